# SPDX-License-Identifier: GPL-3.0-or-later
"""The time to pay, by the service's clock, which is moved: what is announced, and what is left once it is over."""

import os
import re

import purchase
from deadline import expect_withdrawn, find_secrets, open_payment
from driver import Failure, run_tests, shared_bus
from gi.repository import Gio

PICTURES = os.environ.get('REFILLS_PICTURES')
UP = 'Time is up. Don’t pay now.'
# All of them are in test_announcements.py.
ANNOUNCED = ((10, 'Less than 10 minutes left'), (1, 'Less than a minute left. Don’t start a payment now.'), (0, UP))


def shoot(window, name):
    if PICTURES:
        window.shoot(os.path.join(PICTURES, f'{name}.png'))


class Listener:
    """What the window tells assistive technology as it happens."""

    def __init__(self, window):
        self.told = []
        bus = shared_bus().connection
        self.bus = bus
        self.id = bus.signal_subscribe(window.address, 'org.a11y.atspi.Event.Object', None, None, None,
                                       Gio.DBusSignalFlags.NONE, self.keep)

    def keep(self, _bus, _sender, path, _interface, member, parameters):
        self.told.append((path, member, parameters.unpack()))

    def heard(self, text):
        window_events = [event for event in self.told if event[1] == 'PropertyChange' and event[2][0] == 'accessible-name']
        return any(text in str(event) for event in window_events)

    def end(self):
        self.bus.signal_unsubscribe(self.id)


def test_announced_and_over(scene):
    window, clock = open_payment(scene)
    address = clock.order['wallet_address']
    groups = ' '.join(address[start:start + 4] for start in range(0, len(address), 4))
    if not {address, groups} <= {text for text, _ in find_secrets(window, clock.order)}:
        raise Failure('the address is not in the window that shows it, as its text and group by group')
    window.wait_for('label', re.compile('^Pay within 19 minutes'))
    window.wait_for('label', re.compile('^The service may still take a payment that arrives up to 30 minutes after the order'))
    listener = Listener(window)
    for minutes, text in ANNOUNCED:
        if minutes == 0:
            # The large code goes as well.
            window.press('Enlarge')
            window.wait_for(None, 'Large payment QR code')
        clock.leave(minutes * 60 - 1 if minutes else 0)
        if minutes:
            window.wait_for('alert', text)
        if minutes:
            window.wait_until(lambda wanted=text: listener.heard(wanted), f'“{text}” is announced')
    listener.end()
    expect_withdrawn(window, clock.order)
    window.wait_for(None, 'Time is up')
    shoot(window, 'time-is-up')

    # Neither answer tells the service anything.
    window.press('I Have Paid')
    window.wait_for(None, 'Your payment is looked for')
    shoot(window, 'i-have-paid')
    window.press('Create Support Message')
    window.wait_for('label', re.compile('Order id: ' + re.escape(clock.order['order_id'])))
    if any(clock.order['wallet_address'] in node.name for node in window.find_all(hidden=True)):
        raise Failure('the message has the address that must not be paid any more')
    window.close_dialog('Support Message')
    window.press('I Have Not Paid')
    window.wait_for(None, 'Don’t pay now')
    shoot(window, 'i-have-not-paid')
    posts = [entry['path'] for entry in purchase.get_json(f'{clock.url}/sandbox/log')['requests']
             if entry['method'] == 'POST' and not entry['path'].startswith('/sandbox')]
    window.press('Order Again')
    window.press('Place Order')
    window.wait_for(None, 'Payment QR code')
    after = [entry['path'] for entry in purchase.get_json(f'{clock.url}/sandbox/log')['requests']
             if entry['method'] == 'POST' and not entry['path'].startswith('/sandbox')]
    if after != [*posts, '/v5/orders/validations', '/v5/orders']:
        raise Failure(f'asked again: {after[len(posts):]}')
    window.close()


run_tests(test_announced_and_over)
