# SPDX-License-Identifier: GPL-3.0-or-later
"""Every code of the API reference, sections 14.1 and 14.2, with its details, and every status and body
that a client must bear; each by its magic value."""

import re

from sandbox_program import Server, check, finish, make_body, make_line

MONEY = {'daily_max', 'monthly_max', 'spent_today_by_user', 'spent_this_month_by_user', 'spent_today_from_ip',
         'order_price_in_currency', 'is_user_logged_in', 'monthlySpendingLimitInfo', 'dailySpendingLimitInfo'}

# What `moreDetails` has, by section 14.1; None where it has none.
PROBLEMS = {
    'AMOUNT_LESS_THEN_MINIMUM_ALLOWED': {'threshold', 'minimumAmountCoinSymbol', 'minimumAmountUSD',
                                         'minimumAmountCoin'},
    'MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED': {'max_for_each_purchase'},
    'DAILY_SPENDING_LIMIT_EXCEEDED': MONEY,
    'MONTHLY_SPENDING_LIMIT_EXCEEDED': MONEY,
    'PRODUCT_COUNT_EXCEEDED': {'max_products_per_order'},
    'MULTIPLE_LIMITED_PRODUCT_SAME_ORDER': None,
    'NOT_AVAILABLE_PRODUCT': {'delivery'},
    'OUT_OF_STOCK': {'delivery'},
    'NOT_ACTIVE': {'delivery'},
    'INVALID_BENEFICIARY_ACCOUNT': {'delivery'},
    'NOT_ALLOWED_PAYMENT_VIA': {'paymentVia', 'allowedKinds'},
    'UNSUPPORTED_PROTOCOL_COIN_COMBINATION': {'deliveries', 'supported_protocol_coin_combo'},
    'LOGIN_REQUIRED': {'deliveries'},
    'COUPON_REQUIRES_LOGIN': None,
    'COUPON_NOT_FOUND': None,
    'COUPON_NOT_ACTIVE': None,
    'COUPON_ALREADY_SPENT': None,
    'COUPON_MAX_USAGE_REACHED': None,
    'COUPON_NOT_VALID_FOR_USER': None,
    'COUPON_EXPIRED': {'valid_until', 'valid_until_pretty'},
    'COUPON_BELOW_MIN_AMOUNT': {'min_order_amount'},
    'COUPON_NOT_VALID_FOR_CATEGORY': {'valid_categories'},
    'COUPON_NOT_VALID_FOR_KIND': {'valid_kinds'},
    'COUPON_NOT_VALID_FOR_BRAND': {'valid_brand_names'},
    'COUPON_NOT_VALID_FOR_COUNTRY': {'spendable_country_codes'},
    'COUPON_NOT_VALID_FOR_STORE': {'storeRestrictions'},
    'FLIGHT_EXPIRED': None,
    'STAY_EXPIRED': None,
    'FLIGHT_SERVICE_NOT_AVAILABLE': None,
    'STAY_SERVICE_NOT_AVAILABLE': None,
    'PAYMENT_METHOD_NOT_SUPPORTED_FOR_FLIGHTS': None,
    'PAYMENT_METHOD_NOT_SUPPORTED_FOR_STAYS': None,
    'NFT_GIFT_CARD_NOT_APPLICABLE_FOR_SELECTED_PRODUCTS': None,
    'ORDER_AMOUNT_BELOW_MIN_FOR_NFT_GIFT_CARDS': None,
    'TOO_MANY_NFT_GIFT_CARDS': None,
}

# Section 14.2: at validation, then at creation.
VALIDATION_ERRORS = {'SUSPENDED_COIN': {'coin'}, 'SUSPENDED_NETWORK': {'coin'}, 'LOYALTY_NOT_AVAILABLE_FOR_ORDER': None,
                     'LOYALTY_BELOW_MINIMUM': None, 'INSUFFICIENT_LOYALTY_POINTS': None}
CREATION_ERRORS = {
    'OUT_OF_STOCK': {'delivery'}, 'PAYMENT_METHOD_NOT_SUPPORTED_FOR_EMAIL': None, 'FULLNAME_MISSING': None,
    'LOGIN_REQUIRED': {'deliveries'}, 'COUPON_REQUIRES_LOGIN': None,
    'TRANSACTION_LIMIT_EXCEEDED': {'max_for_each_purchase'}, 'VERIFICATION_REQUIRED': {'deliveries'},
    'KYC_MISSING': {'deliveries'}, 'KYC_PENDING': {'deliveries'}, 'KYC_MISSING_ON_PAYMENT_PROCESSOR': {'delivery'},
    'KYC_PENDING_ON_PAYMENT_PROCESSOR': {'deliveries'}, 'KYC_INVALID_ON_PAYMENT_PROCESSOR': {'deliveries'},
    'KYC_DECLINED_ON_PAYMENT_PROCESSOR': {'delivery', 'declined_reason'}, 'DAILY_SPENDING_LIMIT_EXCEEDED': MONEY,
    'MONTHLY_SPENDING_LIMIT_EXCEEDED': MONEY, 'MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED': {'max_for_each_purchase'},
    'INVALID_BENEFICIARY_ACCOUNT': {'delivery'}, 'EMAIL_NOT_CONFIRMED': None, 'USER_BLOCKED': None,
    'USER_BLOCKED_BY_EXTERNAL_PAYMENT_PROCESSOR': None, 'BAD_REQUEST': None, 'BLOCKED_COUNTRY': None,
    'AMOUNT_LESS_THEN_MINIMUM_ALLOWED': PROBLEMS['AMOUNT_LESS_THEN_MINIMUM_ALLOWED'],
    'MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED': {'delivery'},
    'MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED': {'why', 'max_per_day', 'exceeding'}, 'CANT_SETUP_PAYMENT': None,
    'COUPON_NOT_FOUND': None, 'COUPON_NOT_VALID_FOR_USER': None, 'COUPON_MAX_USAGE_REACHED': None,
    'NOT_ALLOWED_PAYMENT_VIA': {'paymentVia', 'allowedKinds'}, 'INSUFFICIENT_LOYALTY_POINTS': None,
    'LOYALTY_REDEMPTION_NOT_AVAILABLE': {'minimum_points', 'available_points'}, 'ORDER_CREATE_ERROR': None,
    'INVALID_EMAIL_DOMAIN': None,
}

STATUSES = (400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503)
GETS = ('/v5/products/country/US?family_name={}', '/v5/products/country/US?brand_name={}',
        '/v4/products/price?country_code=US&face_value=10&brand_name={}', '/v2/search/US?q={}', '/v5/orders/{}',
        '/v5/orders/{}/subscribe', '/v2/brands?country_code={}', '/v2/homepage?country_code={}',
        '/v3/payment_vias?x={}', '/v3/qrs/{}')


def details_fit(entry, expected):
    details = entry['moreDetails']
    return details is None if expected is None else details is not None and expected <= set(details)


def test_problems(server):
    for code, expected in PROBLEMS.items():
        line = make_line(account=f'problem+{code}@example.com')
        reply = server.post('/v5/orders/validations', make_body(line))
        problem = (reply.json['problems'] or [{}])[0]
        creation = server.post('/v5/orders', make_body(line))
        check(f'/sandbox/refusals/problem-{code.lower()}', reply.status == 200 and problem.get('problem') == code
              and details_fit(problem, expected) and creation.status == 422 and creation.json['detail'] == code,
              reply.text)
    reply = server.post('/v5/orders/validations', make_body(email='problem+OUT_OF_STOCK@example.com'))
    problem = reply.json['problems'][0]
    check('/sandbox/refusals/problem-by-the-receipt', problem['problem'] == 'OUT_OF_STOCK'
          and problem['moreDetails']['delivery']['deliverable']['brand_name'] == 'Amazon.com', problem)
    reply = server.post('/v5/orders/validations', make_body(
        make_line(account='problem+NOT_ACTIVE+COUPON_EXPIRED@example.com'), make_line('mint', '1 USD')))
    codes = [problem['problem'] for problem in reply.json['problems']]
    check('/sandbox/refusals/several-problems', codes == ['NOT_ACTIVE', 'COUPON_EXPIRED', 'OUT_OF_STOCK',
                                                          'LOGIN_REQUIRED'], codes)
    reply = server.post('/v5/orders/validations', make_body(promo_code='COUPON_BELOW_MIN_AMOUNT'))
    check('/sandbox/refusals/coupon-by-its-name',
          reply.json['problems'][0]['moreDetails'] == {'min_order_amount': '50'}, reply.text)


def test_errors(server):
    for path, errors in (('/v5/orders/validations', VALIDATION_ERRORS), ('/v5/orders', CREATION_ERRORS)):
        for code, expected in errors.items():
            reply = server.post(path, make_body(email=f'error+{code}@example.com'))
            check(f'/sandbox/refusals/error-{code.lower()}', reply.status == 422 == reply.json['status']
                  and reply.json['detail'] == code and reply.json['title'] and details_fit(reply.json, expected),
                  reply.text)
    reply = server.post('/v5/orders', make_body(email='error+409+ORDER_CREATE_ERROR@example.com'))
    check('/sandbox/refusals/status-of-an-error', reply.status == 409 and reply.json['detail'] == 'ORDER_CREATE_ERROR',
          reply.text)
    reply = server.post('/v5/orders', make_body(email='error+503@example.com'))
    check('/sandbox/refusals/status-only', reply.status == 503 and reply.json['detail'] == 'SERVICE_UNAVAILABLE',
          reply.text)
    bodies = {'message': '{"message":"USER_BLOCKED"}', 'error': '{"error":"USER_BLOCKED"}',
              'reason': '{"detail":"USER_BLOCKED","reason":"refused on request"}',
              'error-code': '{"error_code":"USER_BLOCKED"}', 'text': '"USER_BLOCKED"', 'empty': '',
              'problems': '{"status":422,"problems":[{"problem":"USER_BLOCKED","moreDetails":null}]}'}
    for variant, text in bodies.items():
        reply = server.post('/v5/orders', make_body(email=f'error+USER_BLOCKED+{variant}@example.com'))
        check(f'/sandbox/refusals/body-{variant}', reply.status == 422 and reply.text == text, reply.text)
    reply = server.post('/v5/orders', make_body(email='error+USER_BLOCKED+html@example.com'))
    check('/sandbox/refusals/body-html', reply.headers['content-type'].startswith('text/html')
          and '<html>' in reply.text, reply.text)
    reply = server.post('/v5/orders', make_body(email='error+99+USER_BLOCKED+nothing@example.com'))
    check('/sandbox/refusals/magic-misspelt', reply.status == 400, reply.text)


def test_statuses(server):
    for status in STATUSES:
        answers = {path: server.get(path.format(f'status-{status}')) for path in GETS}
        wrong = [path for path, reply in answers.items() if reply.status != status
                 or (status == 502) != reply.headers['content-type'].startswith('text/html')]
        check(f'/sandbox/refusals/get-{status}', not wrong, wrong)
    for variant, retry, limits in (('', True, True), ('-json', False, False), ('-retry-after', True, False),
                                   ('-limits', False, True), ('-retry-after-limits', True, True)):
        headers = server.get(f'/v2/search/US?q=status-429{variant}').headers
        check(f'/sandbox/refusals/429{variant}', (headers.get('retry-after') == '2') == retry
              and (headers.get('x-ratelimit-remaining') == '0') == limits
              and bool(re.fullmatch(r'\d{10}', headers.get('x-ratelimit-reset', ''))) == limits
              and ('x-ratelimit-limit' in headers) == limits, headers)
    check('/sandbox/refusals/no-such-status', server.get('/v2/search/US?q=status-777').status == 200)
    reply = server.get('/v5/orders/status-502-empty')
    check('/sandbox/refusals/empty-502', reply.status == 502 and reply.bytes == b'', reply.text)


def test_requests(server):
    """What the service refuses without being asked to."""
    lines = {
        'account-is-no-address': (make_line('Carrier Pigeon Postpaid', '40 USD', account='ada@example.com'),
                                  'INVALID_BENEFICIARY_ACCOUNT'),
        'account': (make_line('Carrier Pigeon Postpaid', '40 USD', account='123-456 7'), None),
        'telephone-without-plus': (make_line('Kestrel Mobile Credits', '10 USD', account='14155551234'),
                                   'INVALID_BENEFICIARY_ACCOUNT'),
        'telephone-is-no-address': (make_line('Kestrel Mobile Credits', '10 USD', account='ada@example.com'),
                                    'INVALID_BENEFICIARY_ACCOUNT'),
        'card-to-a-telephone': (make_line(account='+14155551234'), 'INVALID_BENEFICIARY_ACCOUNT'),
        'esim-to-a-telephone': (make_line('eSIM', '1 GB 7 days', account='+14155551234'),
                                'INVALID_BENEFICIARY_ACCOUNT'),
        'off-step-of-five': (make_line('Otter & Quill', value=12), 'NOT_AVAILABLE_PRODUCT'),
        'on-step-of-five': (make_line('Otter & Quill', value=15), None),
        'network-of-a-brand': (make_line('Vaultline Prepaid', '50 USD'), 'UNSUPPORTED_PROTOCOL_COIN_COMBINATION'),
    }
    for name, (line, code) in lines.items():
        problems = server.post('/v5/orders/validations', make_body(line)).json['problems'] or [{}]
        check(f'/sandbox/refusals/line-{name}', problems[0].get('problem') == code, problems)
    reply = server.post('/v5/orders/validations', make_body(make_line('Vaultline Prepaid', '50 USD'),
                                                            network='Arbitrum'))
    check('/sandbox/refusals/network-that-fits', reply.json['problems'] is None, reply.text)
    reply = server.post('/v5/orders/validations', make_body(*[make_line(value=10)] * 11))
    check('/sandbox/refusals/eleven', reply.json['problems'][0] == {
        'problem': 'PRODUCT_COUNT_EXCEEDED', 'moreDetails': {'max_products_per_order': 10}}, reply.text)
    reply = server.post('/v5/orders', make_body(
        {'kind': 'giftcard', 'quantity': 3, 'deliverable': make_line(value=10)}, make_line('Steam', '10 USD'),
        refund_wallet_address='0x' + '1' * 40, promo_code='TEN'))
    order = reply.json
    check('/sandbox/refusals/several-lines', reply.status == 200 and len(order['deliveries']) == 4
          and order['refund_wallet_address'] == '0x' + '1' * 40 and order['user']['email'] == 'ada@example.com'
          and order['summary']['coin_amount_to_pay_via_coupon'] != '0'
          and order['original_price'] != order['coin_amount'], reply.text)
    for domain, reason in (('example.com', None), ('no-mx.example', 'no_mx'), ('bad-format.example', 'bad_format'),
                           ('mail.invalid', 'no_mx')):
        answer = server.post('/v2/validate-email', {'email': f'ada@{domain}'}).json
        check(f'/sandbox/refusals/mail-{domain}', answer['valid'] == (reason is None)
              and answer.get('reason') == reason, answer)
    check('/sandbox/refusals/mail-error',
          server.post('/v2/validate-email', {'email': 'ada@mail-error.example'}).status == 500)


def main():
    with Server() as server:
        test_problems(server)
        test_errors(server)
        test_statuses(server)
        test_requests(server)
    finish()


main()
