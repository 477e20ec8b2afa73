# SPDX-License-Identifier: GPL-3.0-or-later
"""Each switch of the API reference, section 17: what every one of its values puts on the wire."""

import re
import subprocess
import sys

from sandbox_program import Server, check, finish, make_body, make_line

NESTED = {'kind': 'giftcard', 'quantity': 2,
          'deliverable': {'brand_name': 'Amazon.com', 'country_code': 'US', 'denomination': 'range',
                          'product_value': 25, 'beneficiary_account': 'ada@example.com'}}


def order(server, **more):
    return server.post('/v5/orders', make_body(**more)).json


def order_text(server, **more):
    return server.post('/v5/orders', make_body(**more)).text


def validate(server, *lines, **more):
    return server.post('/v5/orders/validations', make_body(*lines, **more))


def paid(server):
    order(server)
    return server.post('/sandbox/orders/last/pay?step_ms=0').json


def half_paid(server):
    order(server)
    return server.post('/sandbox/orders/last/state', {'scenario': 'partial'}).json


def deliverable(answer):
    return answer['deliveries'][0]['deliverable']


def creates(server, line):
    return server.post('/v5/orders', make_body(line)).status


def range_amount(server):
    return server.get('/v5/products/country/US?family_name=airbnb').json[0]['products'][0]['face_value']['amount']


def exchange_coins(server):
    """Of one exchange each coin: whether it is suspended, and how many networks it has."""
    via = next(via for via in server.get('/v3/payment_vias').json if via['name'] == 'KUCOIN_PAY')
    return [(coin['is_suspended'], len(coin['networks'])) for coin in via['currencies']]


def checkout(server):
    return order(server, via='KUCOIN_PAY', network=None).get('checkout_url')


def description(server):
    return server.get('/v5/products/country/US?family_name=steam&lang=ar').json[0]['rich_description']


def logo(server):
    return server.get('/v2/brands?country_code=US').json['all_brands'][0]


def e_money(server):
    body = make_body(make_line('Rewarble', 'range', 25), network='Arbitrum')
    validation = server.post('/v5/orders/validations', body).json['problems']
    creation = server.post('/v5/orders', body)
    return (bool(validation), creation.status)


def qr_texts(server):
    return [order(server, coin=coin, network=network)['qr_text'] for coin, network in
            (('BTC', 'Mainnet'), ('USDC', 'Base'), ('SOL', 'Solana'), ('USDC', 'Solana'), ('USDT', 'Tron'))]


def coupon_amounts(server):
    """What is asked for and what is to be paid of it: of a validation and an order with a coupon, of one without."""
    answers = [server.post('/v5/orders/validations', {**make_body(), 'promo_code': 'TEN'}).json,
               server.post('/v5/orders', {**make_body(), 'promo_code': 'TEN'}).json, order(server)]
    return [(each['coin_amount'], each['summary']['coin_amount_to_pay_in_crypto']) for each in answers]


def references(server):
    server.shape('qr-text', 'uri')
    texts = [order(server, coin='USDC', network=network)['qr_text'] for network in ('Solana', 'Base')]
    return [text.count('&reference=') for text in texts]


def ton_comment(server):
    """Of an order on TON its request's comment and its memo; of another one whether there is either."""
    made, other = order(server, coin='TON', network='Ton'), order(server, coin='SOL', network='Solana')
    return (made['qr_text'].partition('&text=')[2], made.get('memo'),
            'text=' in other['qr_text'] or 'memo' in other)


def has_schemes(texts, *schemes):
    return all((scheme == '' and ':' not in text) or (scheme and text.startswith(scheme + ':'))
               for text, scheme in zip(texts, schemes))


def homepage(server):
    return server.get('/v2/homepage?country_code=US').json


def headers_status(server):
    bare = server.ask('GET', '/v3/payment_vias').status
    full = server.get('/v3/payment_vias', **{'X-Cr-Application': 'a', 'X-Cr-Version': '1'}).status
    return (bare, full)


def wallet(server):
    return server.get('/v3/payment_vias').json[0]['currencies']


def suspended(server):
    coins = server.get('/v3/currencies').json
    flags = {coin['name']: coin['is_suspended'] for coin in coins}
    ton = [network for coin in wallet(server) for network in coin['networks']
           if (coin['name'], network['name']) == ('USDT', 'TON')]
    statuses = [server.post('/v5/orders', make_body(coin=coin, network=network)).status
                for coin, network in (('DOGE', 'Mainnet'), ('USDT', 'TON'))]
    return flags['DOGE'], ton[0].get('is_suspended'), statuses


def contracts(server):
    """Every token's contract as it is chosen, and the true one."""
    def ask():
        return [network['smart_contract']['address'] for coin in wallet(server) for network in coin['networks']
                if 'smart_contract' in network]
    chosen = ask()
    server.shape('contracts', 'given')
    return list(zip(chosen, ask()))


def contract(server):
    networks = {(coin['name'], network['name']): network for coin in wallet(server) for network in coin['networks']}
    return networks['USDC', 'Base'].get('smart_contract')


def address(server, coin, network):
    made = order(server, coin=coin, network=network)
    return made['wallet_address'], made['qr_text']


def invoice_expiry(server):
    invoice = order(server, coin='BTC', network='Lightning')['wallet_address']
    letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
    data = [letters.index(letter) for letter in invoice[invoice.rindex('1') + 1:-6]][7:-104]
    while data:
        length = data[1] * 32 + data[2]
        if letters[data[0]] == 'x':
            return sum(group << 5 * i for i, group in enumerate(reversed(data[3:3 + length])))
        data = data[3 + length:]
    return None


BASE_USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'

# (switch, value, what is asked, what must hold of it)
CASES = [
    ('deliveries', 'any', lambda s: (creates(s, make_line()), creates(s, NESTED)), lambda a: a == (200, 200)),
    ('deliveries', 'flat', lambda s: (creates(s, make_line()), creates(s, NESTED)), lambda a: a == (200, 400)),
    ('deliveries', 'reference', lambda s: (creates(s, make_line()), creates(s, NESTED)), lambda a: a == (400, 200)),
    ('deliveries', 'reference', lambda s: (validate(s).status, validate(s, NESTED).status), lambda a: a == (200, 200)),
    ('window', '1800', order, lambda a: a['order_state'] == 'WaitingForPayment'),
    ('window', '0', lambda s: s.get('/v5/orders/' + order(s)['order_id']).json,
     lambda a: a['order_state'] == a['payment_state'] == 'Expired'),
    ('timestamps', 'string', order_text, lambda a: re.search(r'"created_at":"\d{10}"', a)),
    ('timestamps', 'int', order_text, lambda a: re.search(r'"created_at":\d{10},', a)
     and re.search(r'"payment_requested_at":\d{10},', a)),
    ('timestamps', 'float', order_text, lambda a: re.search(r'"created_at":\d{10}\.75,', a)),
    ('payment-value', 'number', order_text, lambda a: '"payment_value":22.1678,' in a),
    ('payment-value', 'string', order_text, lambda a: '"payment_value":"22.1678",' in a),
    ('payment-value', 'null', order_text, lambda a: '"payment_value":null,' in a),
    ('range-face-value', 'string', range_amount, lambda a: a['min'] == '50.00'),
    ('range-face-value', 'object', range_amount, lambda a: a['min'] == {'amount': '50.00', 'currency': 'USD'}
     and a['max'] == {'amount': '500.00', 'currency': 'USD'}),
    ('range-face-value', 'object', lambda s: s.get('/v5/products/country/US?family_name=airbnb').text,
     lambda a: '"step_size":1.0' in a),
    ('paid-state', 'PaymentReceived', paid, lambda a: a['payment_state'] == 'PaymentReceived'),
    ('paid-state', 'PaymentCompleted', paid, lambda a: a['payment_state'] == 'PaymentCompleted'),
    ('delivered-state', 'Succeeded', paid, lambda a: a['deliveries'][0]['delivery_state'] == 'Succeeded'),
    ('delivered-state', 'Done', paid, lambda a: a['deliveries'][0]['delivery_state'] == 'Done'),
    ('delivered-state', 'Completed', paid, lambda a: a['deliveries'][0]['delivery_state'] == 'Completed'),
    ('partial', 'started', half_paid, lambda a: a['order_state'] == 'PartialPaymentStarted' and a['missing_amount']),
    ('partial', 'waiting', half_paid, lambda a: a['order_state'] == 'WaitingForPayment' and 'missing_amount' not in a
     and a['sent_coin_amount'] == '12.68'),
    ('no-problems', 'null', lambda s: validate(s).json, lambda a: a['problems'] is None),
    ('no-problems', 'empty', lambda s: validate(s).json, lambda a: a['problems'] == []),
    ('no-problems', 'absent', lambda s: validate(s).json, lambda a: 'problems' not in a),
    ('no-problems', 'absent', lambda s: validate(s, make_line('mint', '1 USD')).json,
     lambda a: a['problems'][0]['problem'] == 'OUT_OF_STOCK'),
    ('summary', 'with', lambda s: (validate(s).json, order(s)),
     lambda a: {'summary', 'payment_fee', 'points'} <= set(a[0]) and 'summary' in a[1]),
    ('summary', 'without', lambda s: (validate(s).json, order(s)),
     lambda a: not {'summary', 'payment_fee', 'points'} & set(a[0]) and 'summary' not in a[1]),
    ('coupon', 'total', coupon_amounts, lambda a: a == [('22.84', '22.84'), ('22.84', '22.84'), ('25.37', '25.37')]),
    ('coupon', 'summary', coupon_amounts, lambda a: a == [('25.37', '22.84'), ('25.37', '22.84'), ('25.37', '25.37')]),
    ('headers', 'any', headers_status, lambda a: a == (200, 200)),
    ('headers', 'required', headers_status, lambda a: a == (400, 200)),
    ('product-value', 'number', order_text, lambda a: '"product_value":25,' in a),
    ('product-value', 'string', order_text, lambda a: '"product_value":"25",' in a),
    ('product-value', 'absent', order_text, lambda a: 'product_value' not in a),
    ('range-echo', 'value', order, lambda a: deliverable(a)['denomination'] == '25 USD'),
    ('range-echo', 'range', lambda s: (order(s), validate(s).json),
     lambda a: all(deliverable(each)['denomination'] == 'range' for each in a)),
    ('create-status', '200', lambda s: s.post('/v5/orders', make_body()).status, lambda a: a == 200),
    ('create-status', '201', lambda s: s.post('/v5/orders', make_body()).status, lambda a: a == 201),
    ('create-status', '201', lambda s: s.post('/v5/orders', make_body(make_line('mint', '1 USD'))).status,
     lambda a: a == 422),
    ('qr-text', 'mixed', qr_texts, lambda a: has_schemes(a, 'bitcoin', 'ethereum', '', '', '')),
    ('qr-text', 'bare', qr_texts, lambda a: has_schemes(a, '', '', '', '', '')),
    ('qr-text', 'bare', lambda s: order(s, coin='BTC', network='Lightning'),
     lambda a: a['qr_text'] == a['wallet_address'] and a['qr_text'].startswith('lnbc')),
    ('qr-text', 'uri', qr_texts, lambda a: has_schemes(a, 'bitcoin', 'ethereum', 'solana', 'solana', 'tron')
     and 'spl-token=EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' in a[3] and 'spl-token' not in a[2]),
    ('qr-text', 'absent', order, lambda a: 'qr_text' not in a and a['wallet_address']),
    ('network', 'optional', lambda s: validate(s, network=None).status, lambda a: a == 200),
    ('network', 'required', lambda s: validate(s, network=None).status, lambda a: a == 400),
    ('unknown-language', 'null', description, lambda a: a is None),
    ('unknown-language', 'english', description, lambda a: a['locale'] == 'en'),
    ('logos', 'some', logo, lambda a: a['logo_url'].startswith('http') and a['logo_base_url']),
    ('logos', 'stub', logo, lambda a: a['logo_url'] == 'x' and 'logo_base_url' not in a),
    ('logos', 'relative', logo, lambda a: a['logo_url'].startswith('/logos/')),
    ('logos', 'absent', logo, lambda a: 'logo_url' not in a),
    ('error-status', 'number', lambda s: s.get('/v5/orders/nothing').text, lambda a: '"status":404' in a),
    ('error-status', 'string', lambda s: s.get('/v5/orders/nothing').text, lambda a: '"status":"404"' in a),
    ('e-money', 'both', e_money, lambda a: a == (True, 422)),
    ('e-money', 'validation', e_money, lambda a: a == (True, 200)),
    ('e-money', 'creation', e_money, lambda a: a == (False, 422)),
    ('homepage', 'subset', homepage, lambda a: 'all_brands' not in a and len(a['popular_brands']) == 8
     and 'brand_tags' not in a['categories'][0]['brands'][0]
     and 'logo_base_url' not in a['categories'][0]['brands'][0]),
    ('homepage', 'envelope', homepage, lambda a: 'all_brands' in a),
    ('homepage', 'sections', homepage, lambda a: isinstance(a, list) and all(len(each['brands']) <= 8 for each in a)),
    ('homepage', 'empty', homepage, lambda a: a['categories'] == [] == a['popular_brands']),
    ('suspended', 'some', suspended, lambda a: a == (True, True, [422, 422])),
    ('suspended', 'none', suspended, lambda a: a == (False, None, [200, 200])),
    ('contracts', 'given', contract, lambda a: (a['address'], a['decimals']) == (BASE_USDC, 6)),
    ('contracts', 'absent', contract, lambda a: a is None),
    ('contracts', 'decimals', contract, lambda a: (a['address'], a['decimals']) == (BASE_USDC, 18)),
    ('contracts', 'address', contract, lambda a: a['address'] != BASE_USDC and a['decimals'] == 6),
    ('contracts', 'address', contracts, lambda a: len(a) > 30 and all(one and one != other for one, other in a)),
    ('evm-address', 'checksum', lambda s: address(s, 'USDC', 'Base'), lambda a: a[0] != a[0].lower() and a[0] in a[1]),
    ('evm-address', 'lower', lambda s: address(s, 'USDC', 'Base'),
     lambda a: a[0] == a[0].lower() and a[0] in a[1] and BASE_USDC in a[1]),
    ('bitcoin-address', 'segwit', lambda s: address(s, 'BTC', 'Mainnet'), lambda a: a[0].startswith('bc1q')),
    ('bitcoin-address', 'script', lambda s: address(s, 'BTC', 'Mainnet'),
     lambda a: a[0][0] == '3' and a[1].startswith('bitcoin:3')),
    ('bitcoin-address', 'taproot', lambda s: address(s, 'BTC', 'Mainnet'),
     lambda a: a[0].startswith('bc1p') and len(a[0]) == 62),
    ('invoice-expiry', '1800', invoice_expiry, lambda a: a == 1800),
    ('invoice-expiry', '0', invoice_expiry, lambda a: a == 0),
    ('invoice-expiry', '604800', invoice_expiry, lambda a: a == 604800),
    ('reference', 'absent', references, lambda a: a == [0, 0]),
    ('reference', 'one', references, lambda a: a == [1, 0]),
    ('reference', 'two', references, lambda a: a == [2, 0]),
    ('ton-comment', 'absent', ton_comment, lambda a: a == ('', None, False)),
    ('ton-comment', 'qr', ton_comment, lambda a: a == ('Order%2048151623%20%26%20more', None, False)),
    ('ton-comment', 'field', ton_comment, lambda a: a == ('', 'Order 48151623 & more', False)),
    ('ton-comment', 'both', ton_comment,
     lambda a: a == ('Order%2048151623%20%26%20more', 'Order 48151623 & more', False)),
    ('memo', 'absent', order, lambda a: 'memo' not in a),
    ('memo', 'null', order, lambda a: a['memo'] is None),
    ('memo', 'text', order, lambda a: a['memo'] == '48151623'),
    ('memo', 'number', order, lambda a: a['memo'] == 48151623),
    ('request-time', 'absent', order, lambda a: 'timestamp_of_request' not in a),
    ('request-time', 'present', order, lambda a: a['timestamp_of_request'] >= int(a['created_at'])),
    ('exchanges', 'bare', exchange_coins, lambda a: a == [(False, 0), (False, 0)]),
    ('exchanges', 'suspended', exchange_coins, lambda a: a == [(True, 0), (False, 0)]),
    ('exchanges', 'networks', exchange_coins, lambda a: all(n > 1 and not suspended for suspended, n in a)),
    ('checkout-url', 'local', checkout, lambda a: a.startswith('http://127.0.0.1:')),
    ('checkout-url', 'page', checkout, lambda a: a.startswith('https://exchange.example/checkout/')),
    ('checkout-url', 'other', checkout, lambda a: a.startswith('https://other.example/checkout/')),
    ('checkout-url', 'plain', checkout, lambda a: a.startswith('http://exchange.example/checkout/')),
    ('checkout-url', 'absent', checkout, lambda a: a is None),
    ('checkout-url', 'absent', order, lambda a: a['wallet_address']),
]

# Proven where the secrets are.
ELSEWHERE = {'esim'}


def main():
    with Server() as server:
        known = server.get('/sandbox/shapes').json
        missing = {(name, value) for name, shape in known.items() for value in shape['values']
                   if name not in ELSEWHERE and value != '#'} - {case[:2] for case in CASES}
        check('/sandbox/shapes/all-tested', not missing, missing)
        check('/sandbox/shapes/usual', all(shape['value'] == shape['values'][0] for shape in known.values()), known)
        for index, (name, value, ask, holds) in enumerate(CASES):
            server.shape(name, value)
            answer = ask(server)
            check(f'/sandbox/shapes/{name}-{value.lower()}-{index}', holds(answer), answer)
            reset = server.ask('DELETE', '/sandbox/shapes').json[name]
            if reset['value'] != reset['values'][0]:
                check('/sandbox/shapes/reset', False, reset)

        # What is chosen holds for streams, and for orders that exist.
        made = order(server)
        server.shape('timestamps', 'int')
        server.fault(kind='stream-close', after=1, count=1)
        stream = server.subscribe(made['order_id'])
        event = stream.read_order()
        stream.close()
        check('/sandbox/shapes/on-streams', event['created_at'] == int(made['created_at']), event)
        for body in ({'timestamps': 'roman'}, {'nothing': 'any'}, {'window': 'soon'}, {'window': '#'}):
            check(f'/sandbox/shapes/refused-{"-".join(*body.items())}', server.post('/sandbox/shapes', body).status == 400,
                  body)

    with Server('--shape', 'create-status=201', '--shape', 'error-status=string', '--strict-shape', 'flat') as server:
        check('/sandbox/shapes/options', creates(server, make_line()) == 201 and creates(server, NESTED) == 400
              and server.get('/v5/orders/nothing').json['status'] == '404')
    for options in (('--shape', 'nothing'), ('--shape', 'window=soon'), ('--strict-shape', 'round')):
        ended = subprocess.run([sys.argv[1], *options], capture_output=True, text=True, timeout=10, check=False)
        check(f'/sandbox/shapes/wrong-option-{options[1].replace("=", "-")}', ended.returncode == 1 and ended.stderr, ended)
    finish()


main()
