# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything there is to buy is bought in the window: top-ups, data, an eSIM, a bill, several cards, with and without a coupon."""

import json
import re

import purchase
from driver import Failure, run_tests


def expect(what, shown, wanted):
    if shown != wanted:
        raise Failure(f'{what} is “{shown}”, not “{wanted}”')


def start(scene):
    """A window at a sandbox of its own."""
    _, url = scene.sandbox('--seed', '7')
    window = scene.window('--api-url', url)
    purchase.wait_for_catalogue(window)
    return window, url


def choose(window, words, brand, value):
    """From the catalogue to the checkout of one value, which is a button."""
    purchase.search(window, words, brand)
    purchase.open_brand(window, brand)
    purchase.choose_value(window, value)


def choose_row(window, words, brand, value):
    """The same by the keyboard, where values stand in rows."""
    purchase.search(window, words, brand)
    purchase.open_brand(window, brand)
    window.wait_for('radio button', value)
    window.wait_until(lambda: window.focused() and window.focused().role == 'radio button', 'the first row has the focus')
    for _ in range(12):
        focused = window.focused()
        if value.search(focused.name):
            break
        window.key('Down')
        window.wait_until(lambda: window.focused() and window.focused().path != focused.path, 'Down moves the focus')
    window.key('Return')
    window.press('Continue')
    window.wait_for('push button', 'Place Order')


def pay(window, url):
    """From the checkout to what was delivered; returns what the sandbox knows of the order."""
    total = purchase.wait_for_total(window)
    purchase.place_order(window)
    expect('the amount', purchase.row_text(window, 'Amount'), total)
    purchase.post(f'{url}/sandbox/orders/last/pay?step_ms=0')
    purchase.wait_until_done(window)
    return purchase.get_json(f'{url}/sandbox/codes')['orders'][-1]


def go_to(window, role):
    """Presses Tab until such a thing has the focus."""
    for _ in range(12):
        if any(node.is_in('focused') and node.role == role for node in window.read()):
            return
        window.key('Tab')
    raise Failure(f'Tab leads to no {role}\n{window.dump()}')


def get_posted(url):
    """The newest order as it was asked for."""
    entries = purchase.get_json(f'{url}/sandbox/log?path=/v5/orders')['requests']
    return json.loads([entry for entry in entries if entry['method'] == 'POST'][-1]['body'])


def go_back(window):
    window.press('Back')
    window.wait_for('search box', 'Search brands')


def wait_for_text(window, text):
    """A line about a field, whatever its role."""
    return window.wait_for(lambda role: role in ('label', 'alert'), text)


def open_extras(window):
    """Shows the fields for a coupon and a refund address."""
    row = window.wait_for('list item', 'Coupon and Refund Address')
    header = [node for node in row.descendants() if node.role == 'list item'][0]
    window.click(header)
    window.wait_until(lambda: window.find_entry('Coupon'), 'the field for a coupon is there')


def check_order_of(window, *texts):
    """These stand below each other, in this order."""
    tops = [wait_for_text(window, text).extents()[1] for text in texts]
    if tops != sorted(tops) or len(set(tops)) != len(tops):
        raise Failure(f'{texts} stand at {tops}\n{window.dump()}')


def test_top_ups(scene):
    window, url = start(scene)

    # To a phone: a number that cannot be one is complained about at its field, and is nothing to ask the service about.
    choose_row(window, 'kestrel credits', 'Kestrel Mobile Credits', re.compile(r'^\$10, Straight to the phone'))
    if window.find('spin button') or window.says('Quantity'):
        raise Failure('a phone is topped up more than once\n' + window.dump())
    purchase.fill_in(window)
    window.fill('Phone Number', '0171 5551234')
    complaint = 'Enter the number with its country code, such as +14155551234.'
    wait_for_text(window, complaint)
    check_order_of(window, 'Phone Number', complaint, 'E-mail')
    if any(node.is_in('sensitive') for node in window.find_all('push button', 'Place Order')):
        raise Failure('a number that is none can be topped up')
    window.fill('Phone Number', '+1 (415) 555-1234')
    pay(window, url)
    expect('the recipient', get_posted(url)['deliveries'][0]['beneficiary_account'], '+14155551234')
    window.wait_for('label', 'The top-up was sent to …1234.')
    go_back(window)

    choose_row(window, 'kestrel credits', 'Kestrel Mobile Credits', re.compile('^20 - PIN, PIN by e-mail'))
    purchase.fill_in(window)
    order = pay(window, url)
    expect('the PIN', purchase.reveal_code(window), order['codes'][0]['pin_code'])
    window.wait_for('label', 'How to Use It')
    go_back(window)

    # A choice of one is made.
    purchase.search(window, 'kestrel bundle', 'Kestrel Mobile Bundle')
    purchase.open_brand(window, 'Kestrel Mobile Bundle')
    window.wait_for('label', '6 GB · 30 days · Straight to the phone')
    window.press('Continue')
    purchase.fill_in(window)
    window.fill('Phone Number', '+14155551234')
    pay(window, url)
    window.wait_for('label', 'The top-up was sent to …1234.')
    window.close()


def test_an_esim_and_a_bill(scene):
    window, url = start(scene)

    choose_row(window, 'esim', 'eSIM', re.compile('^Unlimited 3 days, Unlimited data'))
    purchase.fill_in(window)
    order = pay(window, url)
    window.press('Show eSIM Code')
    window.wait_for(None, 'eSIM QR code')
    code = order['codes'][0]['pin_code']
    expect('the activation code', '$'.join(['LPA:1', purchase.row_text(window, 'SM-DP+ Address'),
                                            purchase.row_text(window, 'Activation Code')]), code)
    picture = purchase.shoot_code(window, f'{window.profile.folder}/esim.png', 'eSIM QR code')
    expect('the QR code', window.read_code(picture), [code])
    go_back(window)

    purchase.search(window, 'millbrook', 'Millbrook Power')
    purchase.open_brand(window, 'Millbrook Power')
    window.wait_for('label', '20 to 400, in steps of 1 · Straight to the account')
    window.fill('Amount', '75')
    window.press('Continue')
    purchase.fill_in(window)
    window.wait_for('label', 'As it stands on your bill or contract')
    window.fill('Account Number', '00-471 1/B')
    pay(window, url)
    delivery = get_posted(url)['deliveries'][0]
    expect('the account', delivery['beneficiary_account'], '00-471 1/B')
    expect('the amount asked for', (delivery['denomination'], delivery['product_value']), ('range', 75))
    window.wait_for('label', re.compile('^The account .* was credited'))
    window.close()


def test_several_cards_and_coupons(scene):
    window, url = start(scene)

    choose(window, 'steam', 'Steam', lambda name: name.startswith('$10,'))
    purchase.fill_in(window)
    go_to(window, 'spin button')
    window.key('Up')
    window.wait_until(lambda: purchase.wait_for_total(window) == '22.94 USDC', 'two cost twice as much')
    order = pay(window, url)
    expect('the number of deliveries', len(order['codes']), 2)
    window.wait_for('label', 'Your cards are here.')
    codes = []
    for number in range(2):
        reveal = window.find_all('push button', 'Reveal Code')[0]
        window.activate(reveal)
        window.wait_until(lambda: len(window.find_all('push button', 'Hide Code')) == number + 1, 'another code is shown')
    codes = [code['pin_code'] for code in order['codes']]
    for code in codes:
        window.wait_for('label', code)
    if len(set(codes)) != 2:
        raise Failure(f'{codes} are not two codes')
    go_back(window)

    choose(window, 'steam', 'Steam', lambda name: name.startswith('$10,'))
    purchase.fill_in(window)
    open_extras(window)
    window.fill('Coupon', 'COUPON_EXPIRED')
    refusal = re.compile('^This coupon was good until')
    wait_for_text(window, refusal)
    check_order_of(window, 'Coupon', refusal, 'Refund Address')
    if any(node.is_in('sensitive') for node in window.find_all('push button', 'Place Order')):
        raise Failure('what was refused can be ordered')
    window.fill('Coupon', 'TEN')
    window.fill('Refund Address', '9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM')
    window.wait_until(lambda: purchase.wait_for_total(window) == '10.33 USDC', 'the coupon takes a tenth off')
    if window.says(refusal):
        raise Failure('the refusal is still there\n' + window.dump())
    order = pay(window, url)
    body = get_posted(url)
    expect('the coupon sent', body['promo_code'], 'TEN')
    expect('the address for refunds', body['refund_wallet_address'], '9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM')
    expect('the code', purchase.reveal_code(window), order['codes'][0]['pin_code'])
    window.close()


def test_what_is_not_sold_here(scene):
    window, url = start(scene)

    window.wait_for('label', re.compile('^4 brands of kinds that are not sold here are left out'))
    purchase.search(window, 'rewarble', 'Rewarble')
    window.activate_cell(window.wait_for('table cell', 'Rewarble'))
    window.wait_for('label', 'Needs an Account')
    window.wait_for('link', 'Open www.cryptorefills.com')
    if window.find('push button', 'Continue') or window.says('Choose a Value'):
        raise Failure('what needs an account can be bought\n' + window.dump())
    go_back(window)

    # The service may say so later, too.
    choose(window, 'steam', 'Steam', lambda name: name.startswith('$10,'))
    if window.find('link'):
        raise Failure('a link leads away from what can be bought\n' + window.dump())
    purchase.fill_in(window, 'problem+LOGIN_REQUIRED@example.com')
    window.wait_for('link', 'Open www.cryptorefills.com')
    purchase.fill_in(window, 'ada@no-mx.example')
    advice = 'No mail can reach this address. Check it.'
    wait_for_text(window, advice)
    check_order_of(window, 'E-mail', advice, 'Quantity')
    purchase.wait_for_total(window)
    window.close()


run_tests(test_top_ups, test_an_esim_and_a_bill, test_several_cards_and_coupons, test_what_is_not_sold_here)
