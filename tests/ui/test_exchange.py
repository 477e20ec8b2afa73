# SPDX-License-Identifier: GPL-3.0-or-later
"""Paying at an exchange: chosen in checkout, opened after its host was named, followed here, and withdrawn in time."""

import os
import re
import urllib.error

import purchase
from browser import install_browser, read
from driver import Failure, Profile, run_tests

PICTURES = os.environ.get('REFILLS_PICTURES')
ROW = 'Pay From'


def shoot(window, name):
    if PICTURES:
        window.shoot(os.path.join(PICTURES, f'{name}.png'))


def expect(what, seen, wanted):
    if seen != wanted:
        raise Failure(f'{what} is “{seen}”, not “{wanted}”')


def open_checkout(window):
    purchase.wait_for_catalogue(window)
    purchase.search(window, 'steam', 'Steam')
    purchase.open_brand(window, 'Steam')
    purchase.choose_value(window, lambda name: ' USDC' in name)


def go_to(window, name):
    for _ in range(30):
        node = window.focused()
        if node and node.name == name:
            return
        before = node
        window.key('Tab')
        window.wait_until(lambda before=before: window.focused() != before, 'Tab moves the focus')
    raise Failure(f'Tab does not lead to {name}\n{window.dump()}')


def test_moved(scene):
    """The page moves to another host while it is open here: nothing can be opened any more."""
    _, url = scene.sandbox('--seed', '7', '--shape', 'checkout-url=page', '--shape', 'exchanges=suspended')
    window = scene.window('--api-url', url)
    window.resize(1000, 960)
    open_checkout(window)
    go_to(window, ROW)
    purchase.choose_by_keyboard(window, ROW, 'KuCoin Pay')
    # Its other coin is suspended, and stands in the list with the reason.
    window.wait_until(lambda: purchase.row_choice(window, 'Coin') == 'USDT', 'USDT is chosen')
    go_to(window, 'Coin')
    window.key('Return')
    window.wait_until(lambda: purchase.list_choices(window, 'Coin'), 'the list is open')
    expect('what can be chosen', [text for item, text in purchase.list_choices(window, 'Coin')
                                  if item.is_in('sensitive')], ['USDT'])
    window.key('Escape')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    window.press('Place Order')
    window.wait_for('label', re.compile('^Pay [0-9.]+ USDT at exchange.example$'))
    window.wait_for('push button', 'Open exchange.example')
    purchase.post(f'{url}/sandbox/shapes', b'{"checkout-url":"other"}')
    purchase.post(f'{url}/sandbox/orders/last/stream?do=close')
    window.wait_until(lambda: window.says(re.compile('Don’t pay')), 'an alarm')
    window.wait_until(lambda: not window.find_all('push button', re.compile('^Open '), hidden=True),
                      'nothing can be opened')
    expect('what is left of the page', [node.name for node in window.find_all(hidden=True) if '.example' in node.name
                                        and node.name != purchase.EMAIL and 'ada@' not in node.name], [])
    shoot(window, 'exchange-alarm')
    window.resize(360, 960)
    shoot(window, 'exchange-alarm-narrow')
    window.close()


def order_at_exchange(scene):
    """Chooses the exchange by the keyboard, and orders."""
    profile = Profile()
    opened = install_browser(profile)
    _, url = scene.sandbox('--seed', '7')
    window = scene.window('--api-url', url, profile=profile)
    window.resize(1000, 960)
    open_checkout(window)
    expect('from where it is paid', purchase.row_choice(window, ROW), 'Your Wallet')
    window.wait_for('label', 'You will get an address to pay to. The price is fixed for 20 minutes.')
    shoot(window, 'checkout-wallet')
    go_to(window, ROW)
    purchase.choose_by_keyboard(window, ROW, 'KuCoin Pay')
    window.wait_for('label', re.compile('^You pay on the exchange’s own page'))
    window.wait_for('label', 'You will get the page of the exchange to pay on. The price is fixed for 20 minutes.')
    expect('the coin', purchase.row_choice(window, 'Coin'), 'USDC')
    if window.find_all('radio button') or window.says(re.compile('Recommended')):
        raise Failure(f'an exchange has networks, or is recommended\n{window.dump()}')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    shoot(window, 'checkout-exchange')
    window.resize(360, 960)
    shoot(window, 'checkout-exchange-narrow')
    window.press('Place Order')
    window.wait_for('label', re.compile(r'^Pay [0-9.]+ USDC at 127\.0\.0\.1$'))
    window.wait_for('label', re.compile('^Pay within 19 minutes'))
    shoot(window, 'exchange-narrow')
    window.resize(1000, 960)
    shoot(window, 'exchange')
    if os.path.exists(opened):
        raise Failure('the page is opened before anybody asks for it')
    order = purchase.get_json(f'{url}/sandbox/orders/last')
    expect('the way that was asked for', order['payment_via'], 'KUCOIN_PAY')
    expect('the amount', purchase.row_text(window, 'Amount'), f'{order["coin_amount"]} USDC')
    return window, url, opened, order


def test_paid(scene):
    window, url, opened, order = order_at_exchange(scene)
    window.press('Open 127.0.0.1')
    expect('the page', read(opened), order['checkout_url'] + '\n')
    purchase.post(f'{url}/sandbox/orders/last/pay?step_ms=0')
    purchase.wait_until_done(window)
    if not purchase.reveal_code(window):
        raise Failure('there is no code')
    window.close()


def test_over(scene):
    window, url, _, order = order_at_exchange(scene)
    until = int(float(order['payment_requested_at'])) + 20 * 60
    purchase.post(f'{url}/sandbox/clock?forward={until - purchase.get_json(f"{url}/sandbox/clock")["now"]}')
    try:
        purchase.post(f'{url}/sandbox/orders/last/stream?do=close')
    except urllib.error.HTTPError:
        pass  # none is open just now: it is asked anyway
    window.wait_for(None, 'I Have Paid')
    window.wait_for(None, 'I Have Not Paid')
    window.wait_until(lambda: not window.find_all(None, re.compile('^Open 127'), hidden=True), 'the way to the page is gone')
    left = [node.name for node in window.find_all(hidden=True)
            if '127.0.0.1' in node.name or 'must ask for' in node.name]
    expect('what is left of the page', left, [])
    shoot(window, 'exchange-over')
    window.press('I Have Not Paid')
    window.press('Order Again')
    window.wait_for('label', re.compile('with KuCoin Pay'))
    window.press('Place Order')
    window.wait_for('label', re.compile(r'^Pay [0-9.]+ USDC at 127\.0\.0\.1$'))
    window.close()


run_tests(test_paid, test_over, test_moved)
