# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of an order and of its money, told truthfully: paid in part, too much, too late, with another coin, or on
a page of an exchange."""

import json
import os
import re
import subprocess
import urllib.request

import purchase
from browser import install_browser, read
from driver import Failure, Profile, run_tests
from gi.repository import Gio, GLib
from session import ID, call_application, owner

PICTURES = os.environ.get('REFILLS_PICTURES')


def shoot(window, name):
    if PICTURES:
        window.shoot(os.path.join(PICTURES, f'{name}.png'))


def expect(what, seen, wanted):
    if seen != wanted:
        raise Failure(f'{what} is “{seen}”, not “{wanted}”')


def order(scene, profile, url, *way, code=0):
    """Makes an order by the tool, in place of the one before. Returns its row and what the sandbox knows of it."""
    tool = os.path.join(scene.build, 'src', 'cli', 'refills-cli')
    common = {'env': {**os.environ, **profile.environment()}, 'stdout': subprocess.PIPE, 'timeout': 30}
    made = subprocess.run([tool, '--api-url', url, 'order', '--replace', '--email', purchase.EMAIL, *way,
                           '--line', f'Steam|10 USD|{purchase.EMAIL}'], check=False, **common)
    expect('what the tool ends with', made.returncode, code)
    done = subprocess.run([tool, '--api-url', url, '--json', 'orders'], check=True, **common)
    row = max(json.loads(line)['row'] for line in done.stdout.decode().splitlines())
    return row, purchase.get_json(f'{url}/sandbox/codes')['orders'][-1]


def show(scene, profile, url, row):
    """A window with the page of an order, as a notification's press opens it."""
    window = scene.window('--api-url', url, profile=profile)
    window.resize(1000, 960)
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    names = session.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ListNames', None,
                              None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]
    name = next(name for name in names if name.startswith(ID) and owner(name) == window.pid)
    call_application(name, 'ActivateAction', '(sava{sv})', 'show-order', [GLib.Variant('x', row)], {})
    return window


def heal(url):
    with urllib.request.urlopen(urllib.request.Request(f'{url}/sandbox/faults', method='DELETE'), timeout=5):
        pass


def test_exchange(scene):
    profile = Profile()
    opened = install_browser(profile)
    _, url = scene.sandbox('--seed', '7')
    exchange = ('--coin', 'USDC', '--via', 'KUCOIN_PAY')
    row, made = order(scene, profile, url, *exchange)
    window = show(scene, profile, url, row)
    window.wait_for('label', f'Pay {made["coin_amount"]} USDC at 127.0.0.1')
    window.wait_for('label', re.compile(f'^The page must ask for {re.escape(made["coin_amount"])} USDC'))
    for name in ('Don’t pay', 'Create Support Message', 'Payment QR code', 'Copy Address', 'Check Again'):
        if window.find(None, name):
            raise Failure(f'“{name}” is on the page of an order that is paid at an exchange\n{window.dump()}')
    if os.path.exists(opened):
        raise Failure('the page is opened before anybody asks for it')
    shoot(window, 'exchange')
    window.press('Open 127.0.0.1')
    expect('the page', read(opened), purchase.get_json(f'{url}/sandbox/orders/last')['checkout_url'] + '\n')
    # And it is followed here.
    purchase.post(f'{url}/sandbox/orders/last/pay?step_ms=0')
    window.wait_for(None, 'Done')
    if window.find('push button', re.compile('^Open ')):
        raise Failure(f'what was paid can be paid again\n{window.dump()}')

    window.close()

    for page, host in (('https://xn--pypal-4ve.example/pay', 'xn--pypal-4ve.example'), ('https://a@pay.example/', None)):
        fault = {'kind': 'mutate', 'path': '/v5/orders*', 'member': 'checkout_url', 'value': page}
        purchase.post(f'{url}/sandbox/faults', json.dumps(fault).encode())
        # Where nothing can be opened nothing can be paid, and help is offered.
        row, made = order(scene, profile, url, *exchange, code=0 if host else 1)
        window = show(scene, profile, url, row)
        if host:
            window.wait_for('label', f'Pay {made["coin_amount"]} USDC at {host}')
        else:
            window.wait_for('status', 'The service names no page that is safe to open. Don’t pay.')
            window.wait_for('push button', 'Create Support Message')
            if window.find('push button', re.compile('^Open ')) or window.says(re.compile('pay.example')):
                raise Failure(f'{page} can be opened\n{window.dump()}')
        window.close()
        heal(url)


if __name__ == '__main__':
    run_tests(test_exchange)
