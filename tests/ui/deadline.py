# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders whose time to pay is moved by the sandbox's clock, and what may be left of them in a window."""

import json
import os
import subprocess
import urllib.error

import purchase
from driver import Failure, Profile
from gi.repository import Gio, GLib
from session import ID, call_application, owner


def order(scene, profile, url, *way):
    """Makes an order by the tool, in place of the one before. Returns its row."""
    tool = os.path.join(scene.build, 'src', 'cli', 'refills-cli')
    common = {'env': {**os.environ, **profile.environment()}, 'stdout': subprocess.PIPE, 'timeout': 30, 'check': True}
    subprocess.run([tool, '--api-url', url, 'order', '--replace', '--email', purchase.EMAIL, *way,
                    '--line', f'Steam|10 USD|{purchase.EMAIL}'], **common)
    done = subprocess.run([tool, '--api-url', url, '--json', 'orders'], **common)
    return max(json.loads(line)['row'] for line in done.stdout.decode().splitlines())


def show(window, row):
    """The page of an order, as a notification's press opens it."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    names = session.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ListNames', None,
                              None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]
    name = next(name for name in names if name.startswith(ID) and owner(name) == window.pid)
    call_application(name, 'ActivateAction', '(sava{sv})', 'show-order', [GLib.Variant('x', row)], {})


def open_payment(scene, environment=None):
    """A window with an order that can be paid. Returns it and its clock."""
    profile = Profile()
    _, url = scene.sandbox('--seed', '7')
    row = order(scene, profile, url, '--coin', 'USDC', '--network', 'Solana')
    window = scene.window('--api-url', url, profile=profile, environment=environment)
    window.resize(1000, 960)
    show(window, row)
    window.wait_for(None, 'Payment QR code')
    return window, Clock(url)


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


def find_secrets(window, order):
    """Every name and description in the window, hidden ones too, that has the address, a group of it, or the amount in
    it."""
    address = order['wallet_address']
    groups = [address[start:start + 4] for start in range(0, len(address) - 3, 4)]
    wanted = [address, order['coin_amount'], *groups]
    nodes = window.find_all(hidden=True)
    texts = [node.name for node in nodes] + window.descriptions(nodes)
    return [(text, secret) for text in texts for secret in wanted if secret in text]


def expect_withdrawn(window, order):
    window.wait_gone(None, 'Payment QR code')
    for name in ('Large payment QR code', 'Copy Address', 'Copy Amount', 'Copy Payment Request', 'Open in Wallet', 'Enlarge'):
        if window.find_all(None, name, hidden=True):
            raise Failure(f'“{name}” is still there\n{window.dump()}')
    found = find_secrets(window, order)
    if found:
        raise Failure(f'still there: {found}\n{window.dump()}')
