# SPDX-License-Identifier: GPL-3.0-or-later
"""What could be paid is printed from a verified payment or not at all: no address, invoice or request of an order
stands in any member of any answer, at any depth, nor in an event of its stream."""

import json
import sys
import urllib.request

from tool import DEADLINE, Checks, Sandbox, Service, Tool, as_json

CLI, SANDBOX = sys.argv[1:3]
check = Checks('withheld')

PAY = ('--key-file', '--email', 'ada@example.com', '--coin', 'USDC', '--network', 'Solana',
       '--line', 'Steam|10 USD|ada@example.com')
SCHEMES = {'bitcoin-address': 'bitcoin', 'segwit': 'bitcoin', 'litecoin-address': 'litecoin',
           'dogecoin-address': 'dogecoin', 'cashaddr': 'bitcoincash', 'evm-address': 'ethereum', 'bolt11': 'lightning',
           'solana-address': 'solana', 'tron-address': 'tron', 'ton-address': 'ton', 'sui-address': 'sui',
           'xrp-classic': 'xrp', 'stellar-address': 'web+stellar', 'monero-address': 'monero'}


def get_json(url):
    with urllib.request.urlopen(url, timeout=DEADLINE) as answer:
        return json.load(answer)


def read_payees():
    """One valid address of each group of the published vectors, and a request with it."""
    with open(sys.argv[5], encoding='utf-8') as file:
        entries = json.load(file)
    for group, scheme in SCHEMES.items():
        text = next(entry['input'] for entry in entries if entry['group'] == group and entry['valid']
                    and (':' not in entry['input'] or entry['input'].startswith('bitcoincash:')))
        yield group, text, f'{scheme}:{text.removeprefix("bitcoincash:")}'


def hide(payee, request):
    """An order that names its payee in every way there is, and what may be seen of it."""
    texts = [payee, request, f'Pay to {payee}.', f'“{payee}”', f'https://pay.example/?to={payee}&now=1',
             f'https://pay.example/%3A{payee}', f'{{"to":"{payee}"}}']
    plain = {'order_id': 'o1', 'order_state': 'WaitingForPayment', 'payment_state': 'WalletCreated',
             'coin_amount': '1.50'}
    hidden = {'wallet_address': payee, 'qr_text': request, 'missing_amount_qr_text': request, 'a_text': texts[2],
              payee: 'a name'}
    holes = {'payment': {'pay': {'to': payee, 'deeper': [[{'qr_text': 'x', 'n': 1.5}], *texts]}},
             'payment_transactions': [payee, request],
             'deliveries': [{'deliverable': {'brand_name': 'Steam', 'pin_code': payee, 'note': texts[4]}}]}
    seen = {'payment': {'pay': {'deeper': [[{'n': 1.5}], *[None] * len(texts)]}}, 'payment_transactions': [None, None],
            'deliveries': [{'deliverable': {'brand_name': 'Steam'}}]}
    return {**plain, **hidden, **holes}, {**plain, **seen}


def test_nowhere():
    tool = Tool(CLI)
    for group, payee, request in read_payees():
        order, seen = hide(payee, request)
        stream = f'data: {json.dumps(order)}\n\nevent: stop\ndata: Pay {payee}\n\n'.encode()
        with Service({('GET', '/v5/orders/o1'): as_json(order),
                      ('GET', '/v5/orders/o1/subscribe'): (200, 'text/event-stream', stream)}) as service:
            shown = tool.run('--json', 'show', 'o1', url=service.url)
            raw = tool.run('track', '--raw', '--no-reconnect', 'o1', url=service.url)
            service.answers['GET', '/v5/orders/o1'] = as_json(dict(order, order_state='Canceled'))
            tracked = tool.run('--json', 'track', '--poll', 'o1', url=service.url)
        for result in (shown, tracked, raw):
            check(f'{group}/nowhere', result.code == 0 and payee.lower() not in result.out.lower(), result)
        check(f'{group}/shown', shown.objects == [seen], shown)
        check(f'{group}/tracked', tracked.objects == [dict(seen, order_state='Canceled')], tracked)
        check(f'{group}/raw', [event['event'] for event in raw.objects] == ['message', 'stop']
              and json.loads(raw.objects[0]['data']) == seen and raw.objects[1]['data'] is None, raw)


def test_kept():
    """What only looks a little like it is printed: codes, transactions, links and words; and as it came."""
    transaction = '0x' + '5a' * 32
    order = {'order_id': 'o1', 'order_state': 'Done', 'payment_state': 'PaymentReceived',
             'payment_transactions': [transaction, '4' * 43],
             'id': '30a91335-f72d-4ece-ae4a-d0db3126e797',
             'deliveries': [{'deliverable': {
                 'brand_name': 'Steam', 'pin_code': 'UBL8-XVJA3D-JDFT', 'pin_serial': '0x' + '1b' * 20,
                 'logo': 'https://cdn.example/5f4dcc3b5aa765d61d8327deb882cf99/steam.webp?v=20260101',
                 'how_to_redeem': 'Open the store; choose Redeem: type the code. It’s worth $10!'}}]}
    document = json.dumps(order, ensure_ascii=False, indent=1).replace('\n', ' ')
    stream = f'data: {document}\n\ndata: 17:26 bitcoin: nothing\n\nevent: stop\ndata: a\0b\n\n'.encode()
    with Service({('GET', '/v5/orders/o1'): as_json(order),
                  ('GET', '/v5/orders/o1/subscribe'): (200, 'text/event-stream', stream)}) as service:
        tool = Tool(CLI)
        shown = tool.run('--json', 'show', 'o1', url=service.url)
        raw = tool.run('track', '--raw', '--no-reconnect', 'o1', url=service.url)
    check('kept/shown', shown.code == 0 and shown.objects == [order], shown)
    check('kept/raw', [event['data'] for event in raw.objects] == [document, '17:26 bitcoin: nothing', 'a\0b'], raw)


def follow(tool, order_id, url):
    """The first state of an order that goes on waiting."""
    tracking = tool.start('--json', 'track', '--poll', order_id, url=url)
    line = tracking.stdout.readline()
    tracking.terminate()
    tracking.communicate(timeout=30)
    return json.loads(line)


def test_verified(sandbox):
    """Of an order that is on disk the verified address is printed, and no other; a changed one withdraws all."""
    tool = Tool(CLI, sandbox.url)
    made = tool.run('--json', 'order', *PAY).objects[0]
    address, other = made['wallet_address'], '4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T'
    answer = get_json(f'{sandbox.url}/v5/orders/{made["order_id"]}')
    answer['extra'] = {'here': address, 'there': other, 'sentence': f'Pay {address} now'}
    with Service({('GET', f'/v5/orders/{made["order_id"]}'): as_json(answer)}) as service:
        tracked = follow(tool, made['order_id'], service.url)
        check('verified/its-own',
              tracked['wallet_address'] == address and tracked['extra'] == {'here': address}, tracked)
        service.answers['GET', f'/v5/orders/{made["order_id"]}'] = as_json(dict(
            answer, wallet_address=other, qr_text=other))
        changed = tool.run('--json', 'show', made['order_id'], url=service.url)
        again = tool.run('--json', 'show', '--offline', made['order_id'], url=service.url)
        listed = tool.run('--json', 'orders')
        check('verified/changed', all(address not in result.out and other not in result.out
                                      for result in (changed, again, listed))
              and 'warning' in changed.objects[0], (changed, again))
        tracked = follow(tool, made['order_id'], service.url)
        check('verified/changed-and-tracked', 'warning' in tracked and address not in json.dumps(tracked)
              and other not in json.dumps(tracked), tracked)


def main():
    test_nowhere()
    test_kept()
    with Sandbox(SANDBOX) as sandbox:
        test_verified(sandbox)
    return check.end()


sys.exit(main())
