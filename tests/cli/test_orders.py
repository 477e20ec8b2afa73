# SPDX-License-Identifier: GPL-3.0-or-later
"""Buying from the command line: from a line of words to the code, what is refused before anything is asked, what is
told when nobody knows, and what stays on disk."""

import contextlib
import json
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import urllib.request

from tool import Checks, Sandbox, Service, Tool, as_json

CLI, SANDBOX = sys.argv[1:3]
check = Checks('orders')

EMAIL = 'ada@example.com'
PAY = ('--email', EMAIL, '--coin', 'USDC', '--network', 'Solana')
STEAM = ('--line', f'Steam|10 USD|{EMAIL}')
AIRBNB = ('--line', f'Airbnb|range=75|{EMAIL}')
VALIDATIONS, ORDERS = '/v5/orders/validations', '/v5/orders'

ORDER_TEXT = re.compile(
    r'Steam \$10\n'
    r'Waiting for payment\. .*\n'
    r'Order       [0-9a-f-]{36}\n'
    r'Server      http://127\.0\.0\.1\n'
    r'Made        \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n'
    r'State       WaitingForPayment\n'
    r'Payment     WalletCreated\n'
    r'Amount      11\.47 USDC\n'
    r'Address     [1-9A-HJ-NP-Za-km-z]{43,44}\n'
    r'Network     Solana\n'
    r'Request     solana:[1-9A-HJ-NP-Za-km-z]{43,44}\?amount=11\.47&spl-token=EPjFWdd5[0-9A-Za-z]{36}\n'
    r'Pay before  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n')


def test_validate(tool, sandbox):
    result = tool.run('validate', *PAY, *STEAM)
    check('validate/text', (result.code, result.out, result.err) == (0, '11.47 USDC\n', ''), result)
    result = tool.run('--json', 'validate', *PAY, *STEAM, *AIRBNB)
    check('validate/json', result.code == 0 and len(result.lines) == 1 and result.objects[0]['problems'] is None
          and len(result.objects[0]['deliveries']) == 2, result)
    check('validate/no-order', sandbox.count('POST', ORDERS) == 0)

    result = tool.run('--json', 'validate', *PAY, '--line',
                      'Steam|10 USD|problem+OUT_OF_STOCK+DAILY_SPENDING_LIMIT_EXCEEDED@example.com')
    problems = [json.loads(line) for line in result.err.splitlines()]
    check('validate/problems', result.code == 1 and [problem['problem'] for problem in problems]
          == ['OUT_OF_STOCK', 'DAILY_SPENDING_LIMIT_EXCEEDED'] and all(problem['message'] for problem in problems),
          result)
    check('validate/problems-whole', [problem['problem'] for problem in result.objects[0]['problems']]
          == ['OUT_OF_STOCK', 'DAILY_SPENDING_LIMIT_EXCEEDED'], result)
    result = tool.run('validate', *PAY, '--line', 'Steam|10 USD|problem+OUT_OF_STOCK@example.com')
    check('validate/problem-in-words', (result.code, result.out) == (1, '') and 'OUT_OF_STOCK' not in result.err
          and len(result.err.splitlines()) == 1, result)


def test_refused_before(tool, sandbox):
    before = sandbox.count('POST', VALIDATIONS)
    for name, code, words, part in (
            ('denomination', 1, (*PAY, '--line', f'Steam|11 USD|{EMAIL}'), '10 USD, 20 USD, 25 USD'),
            ('label-is-no-denomination', 1, (*PAY, '--line', f'Steam|$10|{EMAIL}'), '10 USD, 20 USD'),
            ('fixed-value-of-a-range', 1, (*PAY, '--line', f'Airbnb|100 USD|{EMAIL}'), 'range=50…500'),
            ('range-of-fixed-values', 1, (*PAY, '--line', f'Steam|range=10|{EMAIL}'), '10 USD, 20 USD'),
            ('off-the-step', 1, (*PAY, '--line', f'Airbnb|range=75.5|{EMAIL}'), 'Airbnb'),
            ('beyond-the-range', 1, (*PAY, '--line', f'Airbnb|range=5000|{EMAIL}'), 'Airbnb'),
            ('nothing-left', 1, (*PAY, '--line', f'mint|10 USD|{EMAIL}'), 'Sold out for now: mint.'),
            ('brand', 1, (*PAY, '--line', f'Stean|10 USD|{EMAIL}'), 'Stean'),
            ('brand-with-a-bar', 1, (*PAY, '--line', f'Ste|an|10 USD|{EMAIL}'), '“Ste|an”'),
            ('recipient', 1, (*PAY, '--line', 'Steam|10 USD|+14155551234'), 'e-mail address'),
            ('second-recipient', 1, (*PAY, *STEAM, '--line', 'Steam|10 USD|ada'), '“ada”'),
            ('email', 1, ('--email', 'ada', '--coin', 'USDC', '--network', 'Solana', *STEAM), '“ada”'),
            ('coin', 1, ('--email', EMAIL, '--coin', 'XYZ', '--network', 'Solana', *STEAM), 'USDC/Solana'),
            ('network', 1, ('--email', EMAIL, '--coin', 'USDC', '--network', 'Mainnet', *STEAM), 'USDC/Solana'),
            ('via', 1, (*PAY, '--via', 'BARTER', *STEAM), 'USER_WALLET'),
            ('eleven-lines', 1, PAY + STEAM * 11, '10'),
            ('no-line', 2, PAY, '--line'),
            ('no-email', 2, ('--coin', 'USDC', '--network', 'Solana', *STEAM), '--email'),
            ('no-network', 2, ('--email', EMAIL, '--coin', 'USDC', *STEAM), '--network'),
            ('two-parts', 2, (*PAY, '--line', 'Steam|10 USD'), 'BRAND|DENOMINATION|BENEFICIARY')):
        result = tool.run('order', *words)
        check(f'refused/{name}', (result.code, result.out) == (code, '') and part in result.err, result)
    check('refused/nothing-was-validated', sandbox.count('POST', VALIDATIONS) == before)
    check('refused/nothing-was-ordered', sandbox.count('POST', ORDERS) == 0)
    check('refused/nothing-is-on-disk', tool.files() == [], tool.files())
    result = tool.run('order', *PAY, '--line', 'Steam|10 USD|problem+OUT_OF_STOCK@example.com')
    check('refused/by-the-service', (result.code, result.out) == (1, '') and sandbox.count('POST', ORDERS) == 0, result)
    sandbox.post('/sandbox/faults', json.dumps({
        'kind': 'status', 'method': 'POST', 'path': ORDERS, 'count': 1, 'status': 422, 'content_type': 'application/json',
        'body': json.dumps({'problems': [{'problem': 'OUT_OF_STOCK'}, {'problem': 'COUPON_NOT_FOUND'}]})}).encode())
    result = tool.run('--json', 'order', *PAY, *STEAM)
    check('refused/all-that-is-wrong', (result.code, result.out) == (1, '')
          and [json.loads(line)['problem'] for line in result.err.splitlines()] == ['OUT_OF_STOCK', 'COUPON_NOT_FOUND'],
          result)


def test_buy(tool, sandbox):
    order = tool.run('order', *PAY, *STEAM)
    check('buy/text', order.code == 0 and ORDER_TEXT.match(order.out) and order.err == '', order)
    check('buy/validated-first', [request['path'] for request in sandbox.requests()
                                  if request['method'] == 'POST'][-2:] == [VALIDATIONS, ORDERS])
    check('buy/not-followed', not any(request['path'].endswith('/subscribe') for request in sandbox.requests()))

    order = tool.run('--json', 'order', '--replace', *PAY, *AIRBNB, *AIRBNB, '--coupon', '', '--refund-address', 'R1')
    made = order.objects[0] if order.code == 0 else {}
    check('buy/json', order.code == 0 and len(order.lines) == 1 and made['coin_amount'] == '152.22'
          and made['coin'] == 'USDC' and made['network'] == 'Solana' and made['wallet_address']
          and made['pay_before'] == int(made['created_at']) + 1200 and made['environment'] == 'http://127.0.0.1', order)
    body = json.loads(next(request for request in reversed(sandbox.requests())
                           if (request['method'], request['path']) == ('POST', ORDERS))['body'])
    check('buy/what-is-sent', [line['denomination'] for line in body['deliveries']] == ['range', 'range']
          and body['refund_wallet_address'] == 'R1' and body['user']['has_accepted_newsletter'] is False, body)
    order_id = made['order_id']

    listed = tool.run('--json', 'orders')
    check('orders/json', listed.code == 0 and listed.objects[0]['order_id'] == order_id and len(listed.objects) == 2
          and listed.objects[0]['outcome'] == 'placed' and made['wallet_address'] not in listed.out, listed)
    asked = len(sandbox.requests())
    text = tool.run('orders')
    check('orders/text', text.code == 0 and len(text.lines) == 2 and order_id in text.lines[0]
          and '152.22 USDC' in text.lines[0] and 'http://127.0.0.1' in text.lines[0], text)
    check('orders/offline', len(sandbox.requests()) == asked)

    tracking = tool.start('--json', 'track', order_id)
    first = json.loads(tracking.stdout.readline())
    check('track/begins-where-it-is', first['order_state'] == 'WaitingForPayment', first)
    sandbox.pay(order_id)
    out, err = tracking.communicate(timeout=30)
    states = [json.loads(line)['order_state'] for line in out.splitlines()]
    check('track/to-the-end', tracking.returncode == 0 and states[-1] == 'Done' and len(states) == len(set(states))
          and err == '', (states, err))

    codes = [code['pin_code'] for code in sandbox.codes(order_id)]
    shown = tool.run('show', order_id)
    check('show/text', shown.code == 0 and len(codes) == 2 and all(f'  {code}\n' in shown.out for code in codes), shown)
    shown = tool.run('--json', 'show', order_id)
    check('show/json', shown.code == 0 and [delivery['deliverable']['pin_code']
                                            for delivery in shown.objects[0]['deliveries']] == codes, shown)
    asked = len(sandbox.requests())
    shown = tool.run('--json', 'show', '--offline', order_id)
    check('show/offline', shown.code == 0 and shown.objects[0]['deliveries'][1]['deliverable']['pin_code'] == codes[1]
          and len(sandbox.requests()) == asked, shown)
    shown = tool.run('show', order_id, url='http://127.0.0.1:1')
    check('show/no-server', shown.code == 0 and codes[0] in shown.out and 'saved here' in shown.err, shown)
    check('show/unknown', tool.run('show', 'nope').code == 1 and tool.run('show', '--offline', 'nope').code == 1)
    check('show/unsafe', tool.run('show', '../nope').code == 2)
    return order_id


def test_exchange(sandbox):
    """Paid on a page of the exchange: no network, no address, and nothing that a wallet could check."""
    tool = Tool(CLI, sandbox.url)
    pay = ('--email', EMAIL, '--coin', 'USDC', '--via', 'KUCOIN_PAY')
    order = tool.run('order', *pay, *STEAM)
    body = json.loads([request for request in sandbox.requests()
                       if (request['method'], request['path']) == ('POST', ORDERS)][-1]['body'])
    check('exchange/no-network-is-sent', body['payment'] == {'type': 'via', 'payment_via': 'KUCOIN_PAY', 'coin': 'USDC'},
          body)
    check('exchange/where-to-pay', order.code == 0 and re.search(r'\nPay at +http', order.out) and order.err == ''
          and re.search(r'\nPay before +20', order.out)
          and 'Waiting for payment' in order.out and 'Don’t pay' not in order.out and 'Address' not in order.out, order)
    check('exchange/listed', 'Waiting for payment' in tool.run('orders').out)
    result = tool.run('order', *pay, '--network', 'Solana', *STEAM)
    check('exchange/of-no-network', (result.code, result.out) == (1, ''), result)
    made = order.out.split('Order')[1].split()[0]
    sandbox.post(f'/sandbox/orders/{made}/state', b'{"scenario":"expired"}')
    shown = tool.run('show', made)
    sandbox.post('/sandbox/faults', json.dumps({'kind': 'mutate', 'method': 'POST', 'path': ORDERS, 'count': 1,
                                                'member': 'checkout_url', 'value': 'http://pay.example/1'}).encode())
    open_page = tool.run('order', '--replace', *pay, *STEAM)
    check('exchange/open-page', open_page.code == 1 and 'pay.example' not in open_page.out
          and 'names no page that is safe to open. Don’t pay.' in open_page.err, open_page)
    for page, is_shown in (('http://pay.example/1', False), ('https://a@pay.example/1', False), ('https://pay.example/1', True)):
        sandbox.post('/sandbox/faults', json.dumps({'kind': 'mutate', 'method': 'POST', 'path': ORDERS, 'count': 1,
                                                    'member': 'checkout_url', 'value': page}).encode())
        answer = tool.run('--json', 'order', '--replace', *pay, *STEAM)
        check(f'exchange/json-{page}', answer.code == (0 if is_shown else 1)
              and answer.objects[0].get('checkout_url') == (page if is_shown else None)
              and ('pay_before' in answer.objects[0]) == is_shown, answer)
    check('exchange/expired', shown.code == 0 and 'Expired' in shown.out and 'Pay at' not in shown.out, shown)


def test_unsupported(sandbox):
    """What cannot be verified is not ordered, whatever the service says of it."""
    tool = Tool(CLI, sandbox.url)
    before = sandbox.count('POST', ORDERS)
    for contracts in ('absent', 'decimals', 'address'):
        sandbox.post('/sandbox/shapes', json.dumps({'contracts': contracts}).encode())
        result = tool.run('--json', 'order', *PAY, *STEAM)
        check(f'unsupported/{contracts}', (result.code, result.out) == (1, '')
              and json.loads(result.err)['error'] == 'UNSUPPORTED_PAYMENT', result)
    result = tool.run('order', *PAY, *STEAM)
    check('unsupported/in-words', result.code == 1 and 'cannot check payments' in result.err, result)
    sandbox.post('/sandbox/shapes', json.dumps({'contracts': 'given'}).encode())
    check('unsupported/nothing-was-ordered', sandbox.count('POST', ORDERS) == before)
    check('unsupported/nothing-is-on-disk', 'Steam' not in tool.run('orders').out)


def test_bar(sandbox):
    """A brand may have in its name what stands between the parts of a line."""
    answers = forward(sandbox, '/v3/payment_vias')
    product = {'denomination': '10 USD', 'localized_denomination': '$10', 'is_dynamic': False, 'product_id': 'p',
               'coin': 'USDC', 'coin_amount': '11.47', 'delivery_type': 'by_email',
               'face_value': {'currency_code': 'USD', 'amount': {'type': 'fixed', 'price': '10'}}}
    brand = {'brand': 'A|B “C” "D"', 'brand_id': 'b', 'family': 'A', 'country_code': 'US', 'kind': 'giftcard',
             'products': [product]}
    answers[('GET', '/v5/products/country/US')] = as_json([brand])

    def validate(handler):
        delivery = json.loads(handler.server.seen[-1][2])['deliveries'][0]
        status, kind, data = as_json({'coin': 'USDC', 'coin_amount': '11.47', 'problems': [],
                                      'deliveries': [{'deliverable': delivery}]})
        handler.send_response(status)
        handler.send_header('Content-Type', kind)
        handler.send_header('Content-Length', str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
    answers[('POST', VALIDATIONS)] = validate
    with Service(answers) as service:
        tool = Tool(CLI, service.url)
        result = tool.run('--json', 'validate', *PAY, '--line', f' A|B “C” "D" | 10 USD |{EMAIL}')
        check('line/a-bar-in-a-name', result.code == 0 and [
            json.loads(body)['deliveries'][0]['brand_name'] for method, path, body in service.seen if method == 'POST']
              == ['A|B “C” "D"'], result)


def test_track(tool, sandbox):
    bought = tool.start('order', '--replace', *PAY, *STEAM, '--track')
    lines = iter(bought.stdout.readline, '')
    order_id = next(line.split()[1] for line in lines if line.startswith('Order'))
    next(line for line in lines if ' WaitingForPayment (WalletCreated) ' in line)
    sandbox.pay(order_id)
    rest = bought.communicate(timeout=30)[0]
    check('track/with-order', bought.returncode == 0 and 'Done (PaymentReceived)' in rest.splitlines()[-1], rest)

    order = tool.run('--json', 'order', '--replace', *PAY, *STEAM).objects[0]['order_id']
    streams = sandbox.count('GET', f'/v5/orders/{order}/subscribe')
    polling = tool.start('--test-intervals', '50', 'track', '--poll=5', order)
    polling.stdout.readline()
    sandbox.pay(order)
    out, _ = polling.communicate(timeout=30)
    check('track/poll', polling.returncode == 0 and 'Done' in out and sandbox.count('GET', f'/v5/orders/{order}') > 1
          and sandbox.count('GET', f'/v5/orders/{order}/subscribe') == streams, out)
    for value in ('4', '11', '5.5', 'x', ''):
        result = tool.run('track', f'--poll={value}', order)
        check(f'track/poll-{value or "nothing"}', (result.code, result.out) == (2, ''), result)
    result = tool.run('track', '--poll', order)
    check('track/poll-before-the-order', result.code == 0 and 'Done' in result.out, result)
    result = tool.run('track', '--raw', '--poll', order)
    check('track/raw-or-poll', result.code == 2, result)

    # Not on this computer: asked for all the same, and not written down.
    other = Tool(CLI, sandbox.url)
    result = other.run('--json', 'track', order)
    check('track/unknown-here', result.code == 0 and result.objects[-1]['order_state'] == 'Done'
          and other.files() == [], result)
    check('track/unknown-there', other.run('track', 'nope').code == 1)
    result = other.run('track', 'nope', url='http://127.0.0.1:1')
    check('track/no-server', (result.code, result.out) == (3, ''), result)

    gets = sandbox.count('GET', f'/v5/orders/{order}')
    result = other.run('track', '--raw', order)
    check('raw/events', result.code == 0 and [event['event'] for event in result.objects] == ['message', 'stop']
          and json.loads(result.objects[0]['data'])['order_id'] == order
          and all(list(event) == ['event', 'data', 'id'] for event in result.objects), result)
    check('raw/nothing-else-is-asked', sandbox.count('GET', f'/v5/orders/{order}') == gets and other.files() == [])


def test_bare():
    """A code, and not a word of what it is for."""
    tool = Tool(CLI)
    order = {'order_id': 'o1', 'order_state': 'Done', 'payment_state': 'PaymentReceived', 'pin_code': 'BARE-1'}
    with Service({('GET', '/v5/orders/o1'): as_json(order)}) as service:
        result = tool.run('show', 'o1', url=service.url)
        order.update(order_state='WaitingForPayment', checkout_url='https://pay.example/1')
        service.answers[('GET', '/v5/orders/o1')] = as_json(order)
        shown = tool.run('show', 'o1', url=service.url)
        check('show/not-ours-to-pay', shown.code == 0 and 'Pay at' not in shown.out, shown)
        check('show/bare-code', result.code == 0 and 'BARE-1' in result.out and 'null' not in result.out, result)


def test_lives(tool, sandbox):
    for life, states in (('expiry', ['Expired']), ('cancelled', ['Canceled']), ('rebuy', ['WaitingForRebuy', 'Done']),
                         ('partial', ['PartialPaymentStarted', 'Done'])):
        order = tool.run('--json', 'order', '--replace', *PAY, *STEAM).objects[0]['order_id']
        tracking = tool.start('--test-intervals', '50', 'track', order)
        tracking.stdout.readline()
        sandbox.post(f'/sandbox/orders/{order}/life?name={life}&step_ms=100')
        out, err = tracking.communicate(timeout=30)
        seen = [line.split()[1] for line in out.splitlines()]
        check(f'track/life-{life}', tracking.returncode == 0 and seen[-1] == states[-1] and set(states) <= set(seen)
              and err == '', (seen, err))


def test_expired(tool, sandbox):
    """Without a stream too, an order that nobody pays is over at some time."""
    order = tool.run('--json', 'order', '--replace', *PAY, *STEAM).objects[0]['order_id']
    sandbox.post(f'/sandbox/orders/{order}/state', b'{"scenario":"expired"}')
    before = sandbox.count('GET', f'/v5/orders/{order}')
    result = tool.run('--test-intervals', '50', 'track', '--poll', order)
    check('track/poll-to-the-expiry', result.code == 0 and [line.split()[1] for line in result.lines] == ['Expired']
          and sandbox.count('GET', f'/v5/orders/{order}') == before + 2, result)


def test_late(tool, sandbox):
    """Money that came too late: the stream is over, the order is not."""
    order = tool.run('--json', 'order', '--replace', *PAY, *STEAM).objects[0]['order_id']
    for scenario in ('expired', 'late'):
        sandbox.post(f'/sandbox/orders/{order}/state', json.dumps({'scenario': scenario}).encode())
    tracking = tool.start('--test-intervals', '50', 'track', order)
    first = tracking.stdout.readline()
    # Asked at first, after the stream's end, and then again.
    while tracking.poll() is None and sandbox.count('GET', f'/v5/orders/{order}') < 4:
        pass
    sandbox.post(f'/sandbox/orders/{order}/state', b'{"scenario":"done"}')
    out, _ = tracking.communicate(timeout=30)
    check('track/late-money', tracking.returncode == 0 and 'ExpiredAfterPaymentDetection' in first and 'Done' in out,
          (first, out))


def test_raw():
    tool = Tool(CLI)
    stream = (b'retry: 1000\n: a comment\nid: 7\nevent: odd\ndata: one\ndata: t\xc3\xa4\xc2\x9bo\x1b\n\n'
              b'data: last\n\ndata: never ends')
    with Service({('GET', '/v5/orders/o1/subscribe'): (200, 'text/event-stream', stream)}) as service:
        result = tool.run('track', '--raw', '--no-reconnect', 'o1', url=service.url)
        check('raw/as-dispatched', result.out == '{"event":"odd","data":"one\\ntä\\u009bo\\u001b","id":"7"}\n'
              '{"event":"message","data":"last","id":"7"}\n', result)
        check('raw/no-reconnect', result.code == 0 and len(service.seen) == 1, service.seen)
        raw = tool.start('--test-intervals', '1000', 'track', '--raw', 'o1', url=service.url)
        seen = [raw.stdout.readline() for _ in range(4)]
        raw.send_signal(signal.SIGINT)
        raw.communicate(timeout=30)
        check('raw/reconnects', seen[:2] == seen[2:] and raw.returncode == -signal.SIGINT, (seen, raw.returncode))


def test_shapes():
    for shape, other in (('flat', 'reference'), ('reference', 'flat')):
        with Sandbox(SANDBOX, '--strict-shape', shape) as sandbox:
            tool = Tool(CLI, sandbox.url)
            result = tool.run('--order-shape', shape, '--json', 'order', *PAY, *STEAM, *STEAM)
            check(f'shape/{shape}', result.code == 0, result)
            order_id = result.objects[0]['order_id']
            sandbox.pay(order_id)
            tool.run('track', order_id)
            shown = tool.run('show', order_id)
            codes = [code['pin_code'] for code in sandbox.codes(order_id)]
            check(f'shape/{shape}-to-the-code', len(codes) == 2 and all(code in shown.out for code in codes), shown)
            result = tool.run('--order-shape', other, '--json', 'order', '--replace', *PAY, *STEAM)
            check(f'shape/{shape}-not-{other}', (result.code, result.out) == (1, ''), result)


def forward(sandbox, path, method='GET'):
    """Answers a request as the sandbox does."""
    def answer(handler):
        body = handler.server.seen[-1][2] or None
        request = urllib.request.Request(sandbox.url + handler.path, data=body, method=method,
                                         headers={'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=30) as reply:
            data = reply.read()
        handler.send_response(200)
        handler.send_header('Content-Type', 'application/json')
        handler.send_header('Content-Length', str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
    return {(method, path): answer}


def test_unknown_outcome(sandbox):
    answers = {}
    for path in ('/v3/payment_vias', '/v5/products/country/US'):
        answers.update(forward(sandbox, path))
    answers.update(forward(sandbox, VALIDATIONS, 'POST'))
    answers[('POST', ORDERS)] = None
    with Service(answers) as service:
        tool = Tool(CLI, service.url)
        result = tool.run('--json', 'order', *PAY, *STEAM)
        check('unknown/told', (result.code, result.out) == (3, '') and '"error":"UNKNOWN_OUTCOME"' in result.err, result)
        listed = tool.run('--json', 'orders')
        check('unknown/stays', [(order['order_id'], order['outcome']) for order in listed.objects]
              == [(None, 'unknown')], listed)
        row = listed.objects[0]['row']
        shown = tool.run('show', f'--row={row}')
        check('unknown/shown', shown.code == 0 and 'We can’t tell whether this order was made. Nothing was paid: '
              'no address was shown.' in shown.out and 'Address' not in shown.out, shown)
        shown = tool.run('--json', 'show', '--row', str(row))
        check('unknown/shown-json', shown.code == 0 and shown.objects[0]['outcome'] == 'unknown', shown)
        check('unknown/no-such-row', tool.run('show', '--row=99').code == 1 and tool.run('show').code == 2
              and tool.run('show', '--row=1', 'o1').code == 2)
        check('unknown/sent-once', sum(1 for seen in service.seen if seen[:2] == ('POST', ORDERS)) == 1)

        # An interruption waits for the answer, whatever it is.
        came, go = threading.Event(), threading.Event()

        def hold(handler):
            came.set()
            go.wait(30)
            handler.close_connection = True
        service.answers[('POST', ORDERS)] = hold
        ordering = tool.start('order', '--replace', *PAY, *STEAM)
        came.wait(30)
        ordering.send_signal(signal.SIGINT)
        said = ordering.stderr.readline()
        go.set()
        ordering.communicate(timeout=30)
        check('unknown/interrupted', ordering.returncode == 3 and 'order was sent' in said
              and len(tool.run('--json', 'orders').objects) == 2, (ordering.returncode, said))


def test_replace(sandbox):
    """One payable order at a time: the tool asks nothing, and is told."""
    tool = Tool(CLI, sandbox.url)
    first = tool.run('--json', 'order', *PAY, *STEAM).objects[0]
    made = sandbox.count('POST', ORDERS)
    result = tool.run('order', *PAY, *AIRBNB)
    check('replace/refused', (result.code, result.out) == (1, '') and '--replace' in result.err
          and sandbox.count('POST', ORDERS) == made, result)
    result = tool.run('--json', 'order', *PAY, *AIRBNB)
    check('replace/refused-json', result.code == 1 and json.loads(result.err)['error'] == 'PAYABLE_ORDER', result)
    second = tool.run('--json', 'order', '--replace', *PAY, *AIRBNB)
    check('replace/goes-ahead', second.code == 0 and sandbox.count('POST', ORDERS) == made + 1, second)
    shown = tool.run('show', '--offline', first['order_id'])
    check('replace/address-withdrawn', shown.code == 0 and 'Replaced by a newer order' in shown.out
          and first['wallet_address'] not in shown.out, shown)


def by_clock_of(home, seconds):
    """As if the orders on disk had been made so long ago."""
    with contextlib.closing(sqlite3.connect(next(home.rglob('orders.db')))) as database:
        database.execute('UPDATE orders SET created_at = created_at - ?', (seconds,))
        database.commit()


def test_late_on_disk():
    """Of an order whose time to pay is over nothing is printed that could be paid, whoever says what time it is."""
    with Sandbox(SANDBOX) as sandbox:
        sandbox.post('/sandbox/shapes', b'{"window":"999999999"}')
        tool = Tool(CLI, sandbox.url)
        order = tool.run('--json', 'order', *PAY, *STEAM).objects[0]
        address = order['wallet_address']
        shown = tool.run('show', '--offline', order['order_id'])
        check('late/in-time', address in shown.out and shown.err == '', shown)
        by_clock_of(tool.home, 21 * 60)
        shown = tool.run('show', '--offline', order['order_id'])
        check('late/offline', shown.code == 0 and address not in shown.out and 'Time is up' in shown.out
              and 'this computer’s clock' in shown.err, shown)
        shown = tool.run('--json', 'show', '--offline', order['order_id'])
        check('late/offline-json', address not in shown.out and 'Time is up' in shown.objects[0]['warning']
              and 'payment' not in shown.objects[0], shown)
        # The service knows better.
        shown = tool.run('show', order['order_id'])
        check('late/asked', address in shown.out, shown)
        by_clock_of(tool.home, -21 * 60)
        sandbox.post('/sandbox/clock?forward=1300')
        shown = tool.run('show', order['order_id'])
        check('late/by-the-service', address not in shown.out and 'Time is up' in shown.out, shown)


def test_read_only(sandbox):
    """What cannot be saved still says that nothing more is to be paid."""
    tool = Tool(CLI, sandbox.url)
    order = tool.run('--json', 'order', *PAY, *STEAM).objects[0]
    with contextlib.closing(sqlite3.connect(next(tool.home.rglob('orders.db')))) as database:
        database.execute("CREATE TRIGGER refuse BEFORE UPDATE OF state ON orders "
                         "BEGIN SELECT RAISE (ABORT, 'refused'); END")
        database.commit()
    sandbox.post(f'/sandbox/orders/{order["order_id"]}/state', b'{"scenario":"expired"}')
    shown = tool.run('show', order['order_id'])
    check('unsaved/expired', shown.code == 4 and order['wallet_address'] not in shown.out, shown)
    shown = tool.run('--json', 'show', order['order_id'])
    check('unsaved/expired-json', shown.code == 4 and order['wallet_address'] not in shown.out, shown)


def test_unsaved(sandbox):
    """The disk fills between the order and its answer: the id is all there is of it, and is printed."""
    tool = Tool(CLI, sandbox.url)
    order_id = tool.run('--json', 'order', *PAY, *STEAM).objects[0]['order_id']
    sandbox.pay(order_id)
    tool.run('track', order_id)
    with contextlib.closing(sqlite3.connect(next(tool.home.rglob('orders.db')))) as database:
        database.execute("CREATE TRIGGER refuse BEFORE UPDATE OF state ON orders "
                         "BEGIN SELECT RAISE (ABORT, 'refused'); END")
        database.commit()
    result = tool.run('order', '--replace', *PAY, *STEAM)
    made = result.out.strip()
    check('unsaved/id', result.code == 4 and len(result.lines) == 1 and made in result.err
          and tool.run('show', made).code == 0, result)
    result = tool.run('--json', 'order', '--replace', *PAY, *STEAM)
    check('unsaved/json', result.code == 4 and set(result.objects[0]) == {'order_id', 'outcome'}
          and json.loads(result.err)['error'] == 'UNSAVED_ORDER', result)


def test_disk(sandbox):
    # Nobody, root included, makes a folder below a file.
    tool = Tool(CLI, sandbox.url)
    (tool.home / 'data').write_text('a file')
    made = sandbox.count('POST', ORDERS)
    result = tool.run('order', *PAY, *STEAM)
    check('disk/order', (result.code, result.out) == (4, '') and sandbox.count('POST', ORDERS) == made, result)
    result = tool.run('--json', 'orders')
    # There are none, and the service may know more of one than nothing.
    check('disk/orders', (result.code, result.out) == (0, '') and 'Nothing can be saved' in result.err, result)
    for command in ('show', 'track'):
        result = tool.run(command, 'nope')
        check(f'disk/{command}', result.code == 1 and 'Nothing can be saved' in result.err, result)
    check('disk/catalogue-needs-none', tool.run('price', 'Airbnb', '100', '--coin', 'USDC').code == 0)
    with open('/dev/full', 'w', encoding='utf-8') as full:
        command, environment = tool.command('countries')
        code = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, timeout=30,
                              check=False).returncode
    check('disk/output', code == 4, code)


def test_servers(tool, sandbox, order_id):
    """Every server but the live one shares a file; each row names its own, and is asked for nowhere else."""
    data = tool.home / 'data' / 'refills'
    check('servers/one-folder', [path.name for path in data.iterdir()] == ['practice'], list(data.iterdir()))
    other = sandbox.url + '/other'
    before = len(sandbox.requests())
    listed = tool.run('--json', 'orders', url=other)
    check('servers/listed', order_id in [order['order_id'] for order in listed.objects], listed)
    shown = tool.run('--json', 'show', order_id, url=other)
    check('servers/shown', shown.code == 0 and shown.objects[0]['environment'] == 'http://127.0.0.1', shown)
    result = tool.run('track', order_id, url=other)
    check('servers/not-followed', result.code == 1 and 'http://127.0.0.1' in result.err, result)
    check('servers/not-asked', len(sandbox.requests()) == before)
    live = Tool(CLI)
    live.environment.update(tool.environment)
    listed = live.run('--json', 'orders')
    check('servers/live-apart', (listed.code, listed.out) == (0, ''), listed)


def test_terms(tool):
    """Where an order costs money nothing is sent, or even asked, before it was said what must be known."""
    result = tool.run('order', *PAY, *STEAM, url='https://orders.invalid')
    check('terms/text', (result.code, result.out) == (1, '') and 'Nothing was sent.' in result.err
          and '--accept-terms' in result.err and 'Cryptorefills' in result.err and 'wallet' in result.err, result)
    result = tool.run('--json', 'order', *PAY, *STEAM, url='https://orders.invalid')
    check('terms/json', (result.code, result.out) == (1, '') and json.loads(result.err)['error'] == 'TERMS', result)
    result = tool.run('order', '--replace', '--accept-terms', *PAY, *STEAM)
    check('terms/not-needed-here', result.code == 0 and ORDER_TEXT.match(result.out), result)
    result = tool.run('validate', '--accept-terms', *PAY, *STEAM)
    check('terms/of-orders-only', result.code == 2, result)


def main():
    with Sandbox(SANDBOX) as sandbox:
        tool = Tool(CLI, sandbox.url)
        test_validate(tool, sandbox)
        test_refused_before(tool, sandbox)
        order_id = test_buy(tool, sandbox)
        test_track(tool, sandbox)
        test_lives(tool, sandbox)
        test_expired(tool, sandbox)
        test_late(tool, sandbox)
        test_exchange(sandbox)
        test_unsupported(sandbox)
        test_bar(sandbox)
        test_servers(tool, sandbox, order_id)
        test_unknown_outcome(sandbox)
        test_replace(sandbox)
        test_unsaved(sandbox)
        test_read_only(sandbox)
        test_disk(sandbox)
        test_terms(Tool(CLI, sandbox.url))
    test_raw()
    test_bare()
    test_shapes()
    test_late_on_disk()
    sys.exit(check.end())


main()
