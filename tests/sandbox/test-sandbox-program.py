# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-alone program, asked by curl with the samples of the service's own developer page.

The samples below are that page's, with the host, the partner id, the address of the customer and the
id of the order filled in, and nothing else changed.
"""

import base64
import json
import subprocess
import sys

HEADERS = ['-H', 'Content-Type: application/json', '-H', 'X-Cr-Application: YOUR_PARTNER_ID',
           '-H', 'X-Cr-Version: YOUR_APP_VERSION']
EMAIL = 'ada@example.com'
VALIDATION = '''{
    "email": "END_USER_EMAIL",
    "payment": {
      "type": "via",
      "payment_via": "USER_WALLET",
      "coin": "USDC"
    },
    "deliveries": [
      {
        "beneficiary_account": "END_USER_EMAIL",
        "brand_name": "Airbnb",
        "country_code": "US",
        "denomination": "100 USD",
        "localized_denomination": "$100"
      }
    ],
    "lang": "en"
  }'''.replace('END_USER_EMAIL', EMAIL)
CREATION = '''{
    "deliveries": [
      {
        "kind": "giftcard",
        "quantity": 1,
        "deliverable": {
          "brand_name": "Airbnb",
          "country_code": "US",
          "denomination": "100",
          "beneficiary_account": "END_USER_EMAIL"
        }
      }
    ],
    "payment": {
      "type": "via",
      "coin": "USDC",
      "network": "Solana",
      "payment_via": "USER_WALLET"
    },
    "user": {
      "email": "END_USER_EMAIL",
      "has_accepted_newsletter": true
    },
    "lang": "en",
    "acquisition": {
      "utm_source": "your_platform"
    }
  }'''.replace('END_USER_EMAIL', EMAIL)

BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

number = 0
failures = 0


def check(name, passed, why=''):
    global number, failures
    number += 1
    failures += not passed
    print(('ok' if passed else 'not ok'), number, name)
    if not passed:
        print('#', why)


def curl(method, uri, body=None):
    command = ['curl', '--silent', '--show-error', '--noproxy', '*', '--max-time', '20',
               '--write-out', '\n%{http_code}', '-X', method, uri] + HEADERS
    if body is not None:
        command += ['-d', body]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text, status = output.rsplit('\n', 1)
    return int(status), json.loads(text)


def base58_length(text):
    value = 0
    for letter in text:
        value = value * 58 + BASE58.index(letter)
    return (value.bit_length() + 7) // 8


def bech32_checks(text):
    """BIP 173, for the human-readable part and the data of an invoice or an address."""
    letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
    prefix, data = text.rsplit('1', 1)
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [letters.index(c) for c in data]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1ffffff) << 5 ^ value
        for i, generator in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
            check ^= generator if top >> i & 1 else 0
    return check == 1


def base58check(text):
    import hashlib
    value = 0
    for letter in text:
        value = value * 58 + BASE58.index(letter)
    raw = value.to_bytes(25, 'big')
    digest = hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()
    return raw[0] == 0x41 and raw[21:] == digest[:4]


def main():
    program = sys.argv[1]
    version = subprocess.run([program, '--version'], capture_output=True, text=True, check=True).stdout
    check('/sandbox/program/version', version.startswith('refills-sandbox '), version)
    usage = subprocess.run([program, '--help'], capture_output=True, text=True, check=True).stdout
    check('/sandbox/program/help', '--state-folder' in usage and '--seed' in usage, usage)

    server = subprocess.Popen([program, '--port', '0'], stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline().strip()
        check('/sandbox/program/says-where', line.startswith('listening on http://127.0.0.1:'), line)
        uri = line.removeprefix('listening on ')

        status, answer = curl('GET', f'{uri}/v3/payment_vias')
        check('/sandbox/program/curl-payment-vias', status == 200 and answer[0]['name'] == 'USER_WALLET', answer)
        status, answer = curl('GET', f'{uri}/v2/brands?country_code=US')
        check('/sandbox/program/curl-brands', status == 200 and len(answer['all_brands']) >= 500, status)
        status, answer = curl('GET', f'{uri}/v2/homepage?country_code=US')
        check('/sandbox/program/curl-homepage', status == 200 and len(answer['categories']) > 5, status)
        status, answer = curl('GET', f'{uri}/v5/products/country/US?family_name=airbnb&coin=USDC&lang=en')
        check('/sandbox/program/curl-products', status == 200 and answer[0]['brand'] == 'Airbnb'
              and answer[0]['products'][0]['range'] == {'min': 50.0, 'max': 500.0, 'currency': 'USD', 'step_size': 1.0,
                                                        'default': '500.0'}, answer)
        status, answer = curl('GET', f'{uri}/v4/products/price?brand_name=Airbnb&country_code=US&face_value=100&coin=USDC')
        check('/sandbox/program/curl-price', status == 200 and answer['coin_amount'] == '101.48', answer)
        status, answer = curl('POST', f'{uri}/v5/orders/validations', VALIDATION)
        check('/sandbox/program/curl-validation', status == 200 and answer['problems'] is None
              and answer['coin_amount'] == '104.50', answer)
        status, order = curl('POST', f'{uri}/v5/orders', CREATION)
        check('/sandbox/program/curl-creation', status == 200 and order['order_state'] == 'WaitingForPayment'
              and order['coin_amount'] == '104.50' and base58_length(order['wallet_address']) == 32, order)
        status, answer = curl('GET', f'{uri}/v5/orders/{order["order_id"]}')
        check('/sandbox/program/curl-order', status == 200 and answer['wallet_address'] == order['wallet_address'],
              answer)
        status, answer = curl('GET', f'{uri}/v5/orders/ord_abc123xyz')
        check('/sandbox/program/curl-unknown-order', status == 404 and answer['status'] == 404, answer)

        for coin, network, test in (('BTC', 'Mainnet', bech32_checks), ('BTC', 'Lightning', bech32_checks),
                                    ('LTC', 'Mainnet', bech32_checks), ('USDT', 'Tron', base58check),
                                    ('TRX', 'Tron', base58check)):
            changed = json.loads(CREATION)
            changed['payment'].update(coin=coin, network=network)
            status, answer = curl('POST', f'{uri}/v5/orders', json.dumps(changed))
            check(f'/sandbox/program/address-{coin}-{network}'.lower(), status == 200 and test(answer['wallet_address']),
                  answer)

        fault = {'kind': 'body', 'path': '/v2/brands', 'count': 1,
                 'body_base64': base64.b64encode(b'{"all_brands":[]}').decode()}
        curl('POST', f'{uri}/sandbox/faults', json.dumps(fault))
        status, answer = curl('GET', f'{uri}/v2/brands?country_code=US')
        check('/sandbox/program/fault-from-outside', answer == {'all_brands': []}, answer)
        status, answer = curl('GET', f'{uri}/sandbox/log')
        paths = [request['path'] for request in answer['requests']]
        check('/sandbox/program/log', '/v3/payment_vias' in paths
              and answer['requests'][0]['headers']['x-cr-application'] == 'YOUR_PARTNER_ID', paths)
        server.terminate()
        check('/sandbox/program/ends', server.wait(timeout=10) == 0, server.returncode)
    finally:
        server.kill()
        server.wait()
    print(f'1..{number}')
    sys.exit(failures > 0)


main()
