// SPDX-License-Identifier: GPL-3.0-or-later
// The client of the API reference, section 9a, written anew: what a page does to follow an order. It is told
// what to follow in its address, and tells the test what it saw.

function isOrder (value, orderId)
{
  return value !== null && typeof value === 'object' && value.order_id === orderId &&
         typeof value.order_state === 'string' && typeof value.payment_state === 'string';
}

// Calls told (kind, detail) for all that happens. Waits shortest milliseconds, then twice as long each time up
// to longest, and begins anew after a valid message. Returns what ends it.
function follow (relay, orderId, shortest, longest, told)
{
  let source = null;
  let timer = null;
  let delay = shortest;
  let over = false;

  function leave ()
  {
    source?.close ();
    source = null;
    clearTimeout (timer);
  }

  function stop ()
  {
    over = true;
    leave ();
  }

  function connect ()
  {
    if (over)
      return;
    leave ();
    told ('connects', delay);
    source = new EventSource (`${relay}/api/orders/${orderId}/subscribe`);
    source.onopen = () => told ('opens');
    source.addEventListener ('message', event => {
      let order;

      try {
        order = JSON.parse (event.data);
      } catch (error) {
        told ('invalid', event.data);
        return;
      }
      if (!isOrder (order, orderId)) {
        told ('invalid', event.data);
        return;
      }
      delay = shortest;
      told ('order', order);
    });
    source.addEventListener ('stop', () => {
      told ('stops');
      stop ();
    });
    source.onerror = () => {
      if (over)
        return;
      leave ();
      told ('waits', delay);
      timer = setTimeout (() => {
        delay = Math.min (delay * 2, longest);
        connect ();
      }, delay);
    };
  }

  connect ();

  return stop;
}

function say (what)
{
  return fetch ('said', { method: 'POST', body: JSON.stringify (what) });
}

const wanted = JSON.parse (decodeURIComponent (location.search.slice (1)));

for (const { name, relay, order, shortest, longest, leaves } of wanted.follow) {
  const stop = follow (relay, order, shortest, longest, (kind, detail) => {
    say ({ name, kind, detail: detail ?? null, number: (say.number = (say.number ?? 0) + 1) });
    if (kind === leaves)
      stop ();
  });
}
if (wanted.beside) {
  addEventListener ('DOMContentLoaded', () => {
    const frame = document.createElement ('iframe');

    frame.src = wanted.beside;
    document.body.append (frame);
  });
}
