# SPDX-License-Identifier: GPL-3.0-or-later
"""Each life of an order goes through the pairs of states of the API reference, section 12.2, and each
kind of delivery puts its secret where section 11.3 says."""

from sandbox_program import Server, check, finish, make_body, make_line

WAIT = 'WaitingForPayment/WalletCreated'
STARTED = 'PaymentStarted/PaymentStarted'
DELIVERY = 'WaitingForDelivery/PaymentReceived'
MANUAL = 'WaitingForManualAction/PaymentReceived'
DONE = 'Done/PaymentReceived'
EXPIRED = 'Expired/Expired'
LATE = 'Expired/ExpiredAfterPaymentDetection'
REFUNDED = 'Refunded/PaymentReceived'

LIVES = {
    'happy': [WAIT, STARTED, DELIVERY, DONE],
    'lightning': [WAIT, DELIVERY, DONE],
    'partial': [WAIT, 'PartialPaymentStarted/PaymentStarted', STARTED, DELIVERY, DONE],
    'partial-only': [WAIT, 'PartialPaymentStarted/PaymentStarted'],
    'partial-expiry': [WAIT, 'PartialPaymentStarted/PaymentStarted', 'Expired/Expired'],
    'over': [WAIT, STARTED, DELIVERY, DONE],
    'expiry': [WAIT, EXPIRED],
    'late': [WAIT, EXPIRED, LATE, DELIVERY, DONE],
    'late-manual': [WAIT, EXPIRED, LATE, MANUAL],
    'late-refund': [WAIT, EXPIRED, LATE, MANUAL, REFUNDED],
    'manual': [WAIT, STARTED, DELIVERY, MANUAL],
    'manual-done': [WAIT, STARTED, DELIVERY, MANUAL, DONE],
    'rebuy': [WAIT, STARTED, DELIVERY, 'WaitingForRebuy/PaymentReceived', DONE],
    'rebuy-refund': [WAIT, STARTED, DELIVERY, 'WaitingForRebuy/PaymentReceived', REFUNDED],
    'payment-rejected': [WAIT, STARTED, 'PaymentFailed/PaymentReceived'],
    'setup-failed': ['PaymentSetupFailed/WalletCreated'],
    'cancelled': [WAIT, 'Canceled/PaymentCanceled'],
    'declined': [WAIT, STARTED, DELIVERY, MANUAL, REFUNDED],
    'part-delivery': [WAIT, STARTED, DELIVERY, DONE],
    'refund': [WAIT, STARTED, DELIVERY, REFUNDED],
    'wrong-coin': [WAIT, DELIVERY, DONE],
    'no-code': [WAIT, STARTED, DELIVERY, DONE, DONE],
}


def get_pair(order):
    return f'{order["order_state"]}/{order["payment_state"]}'


def live(server, name, *lines, **more):
    """Every state of an order that lives @name, first to last."""
    # Both at once would be a race with the first step: the life begins once the stream is open.
    at_once = name == 'setup-failed'
    email = f'life+{name}+20@example.com' if at_once else 'ada@example.com'
    order = server.post('/v5/orders', make_body(*lines, email=email, **more)).json
    stream = server.subscribe(order['order_id'])
    seen = [stream.read_order()]
    if not at_once:
        server.post(f'/sandbox/orders/{order["order_id"]}/life?name={name}&step_ms=1')
        seen += [stream.read_order() for _ in LIVES[name.split('-declined')[0]][1:]]
    stream.close()
    return seen


def deliver(server, line, **more):
    """The deliverable of a line, delivered."""
    order = server.post('/v5/orders', make_body(line, network='Arbitrum', **more)).json
    done = server.post(f'/sandbox/orders/{order["order_id"]}/pay?step_ms=0').json
    return done['deliveries'][0]['deliverable']


def test_lives(server):
    known = server.get('/sandbox/lives').json
    check('/sandbox/lives/all-named', set(known['lives']) == set(LIVES), set(known['lives']) ^ set(LIVES))
    check('/sandbox/lives/scenarios-exist', all(step in known['scenarios'] for steps in known['lives'].values()
                                                for step in steps), known)
    server.fault(kind='stream-no-stop')
    for name, expected in LIVES.items():
        seen = [get_pair(order) for order in live(server, name)]
        check(f'/sandbox/lives/{name}', seen == expected, seen)

    _, half, whole, *_ = live(server, 'partial')
    check('/sandbox/lives/partial-amounts',
          half['sent_coin_amount'] == '12.68' and half['missing_amount'] == '12.69'
          and '12690000' in half['missing_amount_qr_text'] and whole['sent_coin_amount'] == '25.37'
          and 'missing_amount' not in whole and len(whole['payment_transactions']) == 2, (half, whole))
    over = live(server, 'over')
    check('/sandbox/lives/over-amount', over[1]['sent_coin_amount'] == '50.74' == over[-1]['sent_coin_amount'], over)
    failed = live(server, 'setup-failed')[0]
    check('/sandbox/lives/setup-failed-has-no-address', failed['wallet_address'] is None is failed['qr_text'], failed)
    wrong = live(server, 'wrong-coin')[-1]
    check('/sandbox/lives/wrong-coin-says-what-came',
          wrong['original_payment_info'] == {'coin': 'USDT', 'protocol': 'MATIC_LIKE'}, wrong)
    refunded = live(server, 'refund')[-1]
    check('/sandbox/lives/refund-amount', refunded['refund']['amount'] == '25.37'
          and refunded['refund']['currency'] == 'USDC', refunded)

    part = live(server, 'part-delivery', make_line(), make_line(value=50), make_line('Steam', '10 USD'))[-1]
    states = [delivery['delivery_state'] for delivery in part['deliveries']]
    codes = [delivery['deliverable'].get('pin_code') for delivery in part['deliveries']]
    check('/sandbox/lives/part-delivery-mixes', states == ['Succeeded', 'Refunded', 'Refunded'] and codes[0]
          and not codes[1] and part['refund']['amount'] == '62.21', part)

    top_up = make_line('Kestrel Mobile Credits', '10 USD', account='+14155551234')
    declined = live(server, 'declined', top_up)
    check('/sandbox/lives/declined-by-the-operator',
          declined[-2]['deliveries'][0]['delivery_state'] == 'declined_credit_party_is_invalid'
          and declined[-2]['deliveries'][0]['deliverable']['failure_reason'] == 'declined_credit_party_is_invalid'
          and declined[-1]['deliveries'][0]['delivery_state'] == 'Refunded', declined[-2])
    word = live(server, 'declined-declined_duplicated_transaction', top_up)[-2]
    check('/sandbox/lives/declined-in-other-words',
          word['deliveries'][0]['delivery_state'] == 'declined_duplicated_transaction', word)
    bare = live(server, 'no-code')
    check('/sandbox/lives/no-code-then-one', 'pin_code' not in bare[-2]['deliveries'][0]['deliverable']
          and bare[-1]['deliveries'][0]['deliverable']['pin_code'], bare[-1])
    server.ask('DELETE', '/sandbox/faults')

    order = server.post('/v5/orders', make_body(email='life+happy+10@example.com')).json
    stream = server.subscribe(order['order_id'])
    last = None
    while (event := stream.read_order()) != 'event: stop':
        last = event
    stream.close()
    check('/sandbox/lives/by-the-address', get_pair(last) == DONE and order['order_state'] == 'WaitingForPayment', last)
    reply = server.post('/sandbox/orders/last/life?name=nothing')
    check('/sandbox/lives/unknown-refused', reply.status == 400, reply.text)
    reply = server.post('/sandbox/orders/last/pay')
    check('/sandbox/lives/paid-once', reply.status == 409, reply.text)


def test_secrets(server):
    card = deliver(server, make_line('Steam', '10 USD'))
    check('/sandbox/secrets/code', len(card['pin_code']) == 16 and len(card['pin_serial']) == 10
          and card['security_code'] is None, card)
    link = deliver(server, make_line('Lantern Link', '10 USD'))
    check('/sandbox/secrets/link', link['pin_code'].startswith('https://redeem.example/'), link)
    prepaid = deliver(server, make_line('Vaultline Prepaid', '50 USD'))
    check('/sandbox/secrets/security-code', len(prepaid['security_code']) == 3 and prepaid['pin_serial'], prepaid)
    ticket = deliver(server, make_line('Turnstile Tickets', '30 USD'))
    picture = server.get(ticket['barcode_image_url'].removeprefix(server.uri))
    check('/sandbox/secrets/barcode', ticket['pin_code'].isdigit() and picture.headers['content-type'] == 'image/png'
          and picture.bytes.startswith(b'\x89PNG\r\n'), ticket)
    top_up = deliver(server, make_line('Kestrel Mobile Credits', '10 USD', account='+14155551234'))
    check('/sandbox/secrets/top-up', 'pin_code' not in top_up and top_up['operator_reference'].isdigit(), top_up)
    pin = deliver(server, make_line('Kestrel Mobile Credits', '10 - PIN'))
    check('/sandbox/secrets/pin', pin['pin_code'].isdigit() and pin['pin_usage_instructions'].startswith('<p>'), pin)
    bill = deliver(server, make_line('Carrier Pigeon Postpaid', '40 USD', account='ACC 1234-5'))
    check('/sandbox/secrets/utility', bill['delivery_type'] == 'by_account' and bill['operator_reference'], bill)

    esim = deliver(server, make_line('eSIM', '1 GB 7 days'))
    check('/sandbox/secrets/esim', esim['pin_code'].startswith('LPA:1$') and esim['installation_url']
          and 'carddata=LPA%3A1%24' in esim['apple_universal_link']
          and 'carddata=LPA%3A1%24' in esim['android_universal_link'] and esim['operator_reference'], esim)
    picture = server.get(esim['qr_image_url'].removeprefix(server.uri))
    check('/sandbox/secrets/esim-picture', picture.headers['content-type'] == 'image/png', picture.text[:80])
    expected = {'links': (False, True), 'picture': (False, False), 'code': (True, False)}
    for shape, (code, links) in expected.items():
        server.shape('esim', shape)
        esim = deliver(server, make_line('eSIM', '1 GB 7 days'))
        check(f'/sandbox/secrets/esim-{shape}', bool(esim['pin_code']) == code
              and ('installation_url' in esim) == links and esim['qr_image_url'], esim)
    server.ask('DELETE', '/sandbox/shapes')
    order = server.post('/v5/orders', make_body()).json
    picture = server.get(order['qr_url'].removeprefix(server.uri))
    check('/sandbox/secrets/payment-picture', picture.status == 200 and picture.bytes.startswith(b'\x89PNG'), order)
    check('/sandbox/secrets/no-such-picture', server.get('/v3/qrs/nothing').status == 404)


def main():
    with Server() as server:
        test_lives(server)
        test_secrets(server)
    finish()


main()
