# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever the server sends, the window says it in a sentence, nothing ends, and what is stored stays."""

import json
import re
import threading

import purchase
from driver import Failure, describe, run_tests

# In every bad answer: if it is ever seen, the server's raw text was shown.
MARK = 'Zebra<b>Xylophone</b>'
HTML = f'<!DOCTYPE html><html><body><h1>502 {MARK}</h1></body></html>'.encode()
BRACKETS = b'[' * 80000

UNREACHABLE = 'The shop cannot be reached right now.'
UNREADABLE = 'The shop sent an answer that could not be understood.'
SLOW = 'The shop took too long to answer.'
PORTAL = 'This network wants you to sign in first. Open a web page to do that.'
UNKNOWN = re.compile('^We can’t tell whether this order was made')


def send_html(handler, _usual):
    handler.send_bytes(HTML, content_type='text/html')


def send_html_as_json(_handler, _usual):
    return HTML


def send_brackets(_handler, _usual):
    return BRACKETS


def send_cut(handler, usual):
    body = json.dumps({**usual, 'note': MARK} if isinstance(usual, dict) else usual).encode()
    handler.send_cut(body, len(body) // 2)


def send_slowly(handler, usual):
    """A byte every 200 ms, for longer than anybody waits: the time-out of a socket never ends this."""
    body = json.dumps(usual).encode()
    handler.send_response(200)
    handler.send_header('Content-Type', 'application/json')
    handler.send_header('Content-Length', str(len(body) + 600))
    handler.end_headers()
    for byte in b' ' * 600 + body:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        threading.Event().wait(0.2)


def check_no_raw_text(window):
    for text in window.texts():
        if any(raw in text for raw in ('Zebra', 'Xylophone', '<html', '[[[[', 'json', 'JSON', 'refills-', 'GError')):
            raise Failure(f'raw text is shown: “{text}”')


def wait_for_text(window, text, deadline=10):
    window.wait_until(lambda: window.says(text), f'“{describe(text)}” is said', deadline)
    check_no_raw_text(window)


def check_unpayable(window, *addresses):
    """There is nothing on the page that one could pay to."""
    if window.find(None, 'Payment QR code') or window.find('push button', 'Copy Address'):
        raise Failure('it can still be paid\n' + window.dump())
    for address in addresses:
        if any(address in text for text in window.texts()):
            raise Failure('an address is still shown\n' + window.dump())


def start_buying(window, server):
    """From the catalogue to the checkout."""
    purchase.wait_for_catalogue(window, server.brand)
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)


def test_catalogue(scene):
    slow_server = scene.server()
    slow_server.add_rule('GET', '^/v2/brands$', send_slowly)
    # By another name, or it would be the same instance of the application.
    slow_window = scene.window('--api-url', slow_server.url.replace('127.0.0.1', 'localhost'))

    server = scene.server()
    window = scene.window('--api-url', server.url)
    start_buying(window, server)
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    purchase.place_order(window)
    profile = window.profile
    window.close()

    # Another home folder: nothing is there to show instead of the failed list.
    wrong_types = {'country_code': 'US', 'categories': {'a': MARK}, 'all_brands': {'brand': [MARK]}}
    answers = ((send_html, {UNREADABLE, PORTAL}), (send_html_as_json, {UNREADABLE, PORTAL}), (send_brackets, {UNREADABLE}),
               (send_cut, {UNREADABLE, UNREACHABLE}), (lambda handler, usual: wrong_types, {UNREADABLE}),
               (lambda handler, usual: b'', {UNREADABLE}), (lambda handler, usual: b'{"all_brands":[]} x', {UNREADABLE}))
    server.add_rule('GET', '^/v2/brands$', answers[0][0])
    window = scene.window('--api-url', server.url)
    for index, (answer, sentences) in enumerate(answers):
        if index > 0:
            asked = server.count('GET', '^/v2/brands')
            server.clear_rules()
            server.add_rule('GET', '^/v2/brands$', answer)
            window.press('Try Again')
            window.wait_until(lambda: server.count('GET', '^/v2/brands') > asked, 'the list is asked for again')
        window.wait_for(None, 'Brands Can’t Be Loaded')
        wait_for_text(window, lambda text, sentences=sentences: text in sentences)
    server.clear_rules()
    window.press('Try Again')
    purchase.wait_for_catalogue(window, server.brand)
    window.close()

    # With a list from earlier that stays, and an order from earlier that stays, too.
    server.add_rule('GET', '^/v2/brands$', send_brackets)
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.wait_for_catalogue(window, server.brand)
    window.press('Orders', 'tab')
    window.wait_for('list item', f'{server.brand}, ${server.value}, Waiting for payment')
    window.close()

    wait_for_text(slow_window, SLOW, 25)
    slow_window.close()


def test_server_down(scene):
    server = scene.server()
    server.close()
    window = scene.window('--api-url', server.url)
    window.wait_for(None, 'Brands Can’t Be Loaded')
    wait_for_text(window, UNREACHABLE)
    window.close()


def test_one_bad_item_is_left_out(scene):
    server = scene.server()

    def add_bad_items(_handler, usual):
        bad = [{**usual['all_brands'][0], 'brand': {'a': MARK}}, 7, None, {**usual['all_brands'][0], 'brand_id': 1e400}]
        body = json.dumps({**usual, 'all_brands': bad + usual['all_brands']})
        return body.replace('Infinity', '1e400').encode()
    server.add_rule('GET', '^/v2/brands$', add_bad_items)
    window = scene.window('--api-url', server.url)
    purchase.wait_for_catalogue(window, server.brand)
    check_no_raw_text(window)
    if len(window.find_all('table cell')) != 1:
        raise Failure('a bad item is shown\n' + window.dump())
    window.close()


def test_validation(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)

    def send_huge_amount(_handler, usual):
        return json.dumps({**usual, 'coin_amount': 1e400}).replace('Infinity', '1e400').encode()
    answers = ((send_html, {UNREADABLE, PORTAL}), (send_brackets, {UNREADABLE}), (send_cut, {UNREADABLE, UNREACHABLE}),
               (send_huge_amount, {UNREADABLE}), (lambda handler, usual: {**usual, 'problems': MARK}, None),
               (lambda handler, usual: {**usual, 'coin_amount': '-1'}, None))
    server.add_rule('POST', '^/v5/orders/validations$', answers[0][0])
    start_buying(window, server)
    purchase.fill_in(window)
    for index, (answer, sentences) in enumerate(answers):
        if index > 0:
            asked = server.count('POST', '/validations$')
            server.clear_rules()
            server.add_rule('POST', '^/v5/orders/validations$', answer)
            purchase.fill_in(window, f'ada{index}@example.com')
            window.wait_until(lambda: server.count('POST', '/validations$') > asked, 'the total is asked for again')
        if sentences is not None:
            wait_for_text(window, lambda text, sentences=sentences: text in sentences)
        else:
            window.wait_until(lambda: not window.says('Asking for the total…'), 'the answer is read')
        check_no_raw_text(window)
        if any(node.is_in('sensitive') for node in window.find_all('push button', 'Place Order')):
            raise Failure(f'answer {index}: an order without a total can be placed\n{window.dump()}')
    server.clear_rules()
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    if server.count('POST', '^/v5/orders$') != 0:
        raise Failure('an order was sent')
    window.close()


def test_answer_to_the_order(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    for number, answer in enumerate((send_html, send_brackets, send_cut), 1):
        server.clear_rules()
        server.add_rule('POST', '^/v5/orders$', answer)
        start_buying(window, server)
        purchase.fill_in(window)
        purchase.wait_for_total(window)
        window.press('Place Order')
        if number > 1:
            # The same was tried a moment ago.
            window.press('Order Again')
        wait_for_text(window, UNKNOWN)
        check_unpayable(window, server.address)
        if server.count('POST', '^/v5/orders$') != number:
            raise Failure('the order was sent again')
        window.press('Back')
        window.wait_for('push button', 'Continue')
        window.press('Back')
        window.press('Orders', 'tab')
        window.wait_until(lambda number=number: len(window.find_all('list item', re.compile(', No answer$'))) == number,
                          f'{number} orders without an answer are listed')
        window.press('Brands', 'tab')
    window.close()


def test_amount_of_the_order(scene):
    server = scene.server()
    server.add_rule('POST', '^/v5/orders$', lambda handler, usual: json.dumps(
        {**usual, 'coin_amount': 1e400}).replace('Infinity', '1e400').encode())
    window = scene.window('--api-url', server.url)
    start_buying(window, server)
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    window.press('Place Order')
    wait_for_text(window, re.compile('Don’t pay|We can’t tell whether this order was made'))
    check_unpayable(window, server.address)
    window.close()


def test_address_that_changes(scene):
    from small_server import random_base58_key
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    other = random_base58_key()
    server.update(wallet_address=other, qr_text=other)
    wait_for_text(window, 'The address changed. Don’t pay.')
    check_unpayable(window, other)
    profile = window.profile
    window.kill()

    # It is remembered, and it does not go away when the service takes it back.
    server.update(wallet_address=server.address, qr_text=server.address)
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, re.compile('^' + re.escape(server.brand)))
    wait_for_text(window, 'The address changed. Don’t pay.')
    check_unpayable(window, other)
    window.close()


def test_states_and_a_delivery_without_a_code(scene):
    server = scene.server()

    def make_odd(_handler, usual):
        server.update(order_state='Foo', payment_state='Bar')
        return {**usual, 'order_state': 'Foo', 'payment_state': 'Bar'}
    server.add_rule('POST', '^/v5/orders$', make_odd)
    window = scene.window('--api-url', server.url)
    start_buying(window, server)
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    window.press('Place Order')
    wait_for_text(window, 'Waiting for the service (Foo)')
    check_unpayable(window, server.address)
    # Not strings: such an event is passed over, and the stream goes on.
    server.update(order_state=7, payment_state=['x'])
    server.update(order_state='WaitingForDelivery', payment_state='PaymentReceived', note=MARK)
    wait_for_text(window, 'Preparing your card')
    server.deliver(with_code=False)
    purchase.wait_until_done(window)
    wait_for_text(window, re.compile(r'^Delivered by e-mail to a'))
    if window.find('push button', 'Reveal Code'):
        raise Failure('a code that is not there can be revealed')
    # What is stored is there at the next start.
    profile = window.profile
    window.close()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    check_no_raw_text(window)
    window.close()


def test_server_that_goes_while_one_pays(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    before = purchase.read_payment(window)
    server.close()
    wait_for_text(window, re.compile(r'^(The shop cannot be reached right now\.|No connection, trying again soon|Connecting…)$'))
    if purchase.read_payment(window) != before:
        raise Failure('the payment changed with the connection')
    window.close()


run_tests(test_catalogue, test_server_down, test_one_bad_item_is_left_out, test_validation, test_answer_to_the_order,
          test_amount_of_the_order, test_address_that_changes, test_states_and_a_delivery_without_a_code,
          test_server_that_goes_while_one_pays)
