# SPDX-License-Identifier: GPL-3.0-or-later
"""The time to pay, by the service's clock, which is moved: what is announced, and what is left once it is over."""

import os
import re
import signal
import urllib.error

import purchase
from driver import Failure, run_tests, shared_bus, wait
from gi.repository import Gio

PICTURES = os.environ.get('REFILLS_PICTURES')
UP = 'Time is up. Don’t pay now.'
ANNOUNCED = ((10, 'Less than 10 minutes left'), (5, 'Less than 5 minutes left. Don’t start a slow payment now.'),
             (2, 'Less than 2 minutes left'), (1, 'Less than a minute left. Don’t start a payment now.'), (0, UP))


def shoot(window, name):
    if PICTURES:
        window.shoot(os.path.join(PICTURES, f'{name}.png'))


class Clock:
    """The clock of a sandbox, and the time to pay its last order."""

    def __init__(self, url):
        self.url = url
        order = purchase.get_json(f'{url}/sandbox/orders/last')
        self.until = int(float(order['payment_requested_at'])) + 20 * 60
        self.order = order

    def now(self):
        return purchase.get_json(f'{self.url}/sandbox/clock')['now']

    def leave(self, seconds):
        """Moves the clock so that this time is left, and has the window hear of it."""
        now = purchase.get_json(f'{self.url}/sandbox/clock')['now']
        purchase.post(f'{self.url}/sandbox/clock?forward={self.until - seconds - now}')
        try:
            purchase.post(f'{self.url}/sandbox/orders/last/stream?do=close')
        except urllib.error.HTTPError:
            pass  # none is open just now: it is asked anyway


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


def find_secrets(window, order):
    """Every text of the window, hidden ones too, that has the address, a group of it, or the amount in it."""
    address = order['wallet_address']
    groups = [address[start:start + 4] for start in range(0, len(address) - 3, 4)]
    wanted = [address, order['coin_amount'], *groups]
    return [(text, secret) for text in (node.name for node in window.find_all(hidden=True))
            for secret in wanted if secret in text]


def buy(scene):
    _, url = scene.sandbox('--seed', '7')
    window = scene.window('--api-url', url)
    window.resize(1000, 960)
    purchase.buy_to_payment(window, 'Steam')
    return window, Clock(url)


def expect_withdrawn(window, order):
    window.wait_gone(None, 'Payment QR code')
    for name in ('Large payment QR code', 'Copy Address', 'Copy Amount', 'Copy Payment Request', 'Open in Wallet', 'Enlarge'):
        if window.find_all(None, name, hidden=True):
            raise Failure(f'“{name}” is still there\n{window.dump()}')
    found = find_secrets(window, order)
    if found:
        raise Failure(f'still there: {found}\n{window.dump()}')


def test_announced_and_over(scene):
    window, clock = buy(scene)
    if not find_secrets(window, clock.order):
        raise Failure('the address is not in the window that shows it')
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
        # GTK 4.8 tells of a text that changes, and of the first one only as something new in the window.
        if minutes not in (0, 10):
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


def test_stopped(scene):
    """As after a sleep: the time goes on while the program does not."""
    window, clock = buy(scene)
    clock.leave(4)
    window.wait_for('label', re.compile('^Pay within 0:0'))
    os.kill(window.pid, signal.SIGSTOP)
    wait(lambda: clock.now() > clock.until, 'the time is over')
    os.kill(window.pid, signal.SIGCONT)
    expect_withdrawn(window, clock.order)
    window.close()


run_tests(test_announced_and_over, test_stopped)
