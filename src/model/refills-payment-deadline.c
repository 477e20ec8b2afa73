/* refills-payment-deadline.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Until when an order may be paid, by the service's clock.
 *
 * Pure functions, on any thread.
 */
#include "refills-payment-private.h"

#include "refills-order-state-private.h"

/* By which a service's own clocks may differ. */
#define SLACK_SECONDS (2 * 60)

/**
 * refills_payment_find_start:
 * @state: an order's state
 * @now: the time at the service, in epoch seconds; 0 where it is not known
 *
 * Finds when the time to pay began: when the payment was asked for, else when the order was made. Either is believed
 * only where it can be: not more than two minutes after the service first answered, since an answer tells of what was,
 * and not more than a day before that. A slip of years or in its unit (seconds and milliseconds are taken for each
 * other) would else leave no time at all, or no end of it. Where neither can be it is the first answer, and never later
 * than that: the person has known the address since then. Without a time of the first answer, as in a state that was
 * put together again from answers, each is measured by the other and by @now.
 *
 * Returns: epoch seconds by the clock of the first answer; 0 where nothing is known
 */
gint64
refills_payment_find_start (RefillsOrderState *state,
                            gint64             now)
{
  gint64 requested = refills_order_state_get_payment_requested_at (state);
  gint64 made = refills_order_state_get_created_at (state);
  gint64 answered = refills_order_state_get_answered_at (state);
  gint64 last = REFILLS_ORDER_LAST_EPOCH;
  gint64 first = 0;

  if (answered != 0)
    last = answered + SLACK_SECONDS;
  else if (now != 0)
    last = now + SLACK_SECONDS;
  else if (made != 0)
    last = made + REFILLS_ORDER_SLIP_SECONDS;
  if (answered != 0)
    first = answered - REFILLS_ORDER_SLIP_SECONDS;
  else if (made <= last)
    first = made - REFILLS_ORDER_SLIP_SECONDS;

  if (requested == 0 || requested < first || requested > last)
    requested = made;
  if (requested == 0 || requested < first || requested > last)
    return answered;

  return answered != 0 ? MIN (requested, answered) : requested;
}

/**
 * refills_payment_find_window_end:
 * @state: an order's state
 * @now: the time at the service, in epoch seconds; 0 where it is not known
 *
 * The service names no end. Its reference says 30 minutes, its site counts 20 (API reference, section 13): the
 * shorter is safe. It is that of a wallet and of an exchange, but not of an invoice, which may end before.
 *
 * Returns: the end of the time to pay, in epoch seconds of the service's clock; 0 where it is not known, and after a
 *   part payment, whose rest may be paid until the service says otherwise
 */
gint64
refills_payment_find_window_end (RefillsOrderState *state,
                                 gint64             now)
{
  gint64 start;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), 0);

  if (refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_PARTIALLY_PAID)
    return 0;
  start = refills_payment_find_start (state, now);

  return start != 0 ? start + REFILLS_PAYMENT_WINDOW_MINUTES * 60 : 0;
}

/**
 * refills_payment_draft_check_time:
 * @self: a draft whose amount is known
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Finds the end of the time to pay: %REFILLS_PAYMENT_WINDOW_MINUTES after [func@payment_find_start], or the end of the
 * invoice, or of the service's request for TON, where that is earlier. What is missing after a part payment may be paid
 * until the service says otherwise, but nothing after its own end. Where the time is not known nothing is refused for
 * it.
 *
 * Returns: whether it is not over
 */
gboolean
refills_payment_draft_check_time (RefillsPaymentDraft  *self,
                                  GError              **error)
{
  gint64 until = refills_payment_find_window_end (self->state, self->now);

  if (self->code_expires_at != 0 && (until == 0 || self->code_expires_at < until))
    until = self->code_expires_at;
  self->payable_until = until;

  if (self->now != 0 && until != 0 && self->now >= until)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_EXPIRED, "the time to pay is over", error);

  return TRUE;
}
