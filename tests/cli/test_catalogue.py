# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tool lists, in both forms: the words, the service's own members and digits, and what it ends with."""

import sys

from tool import Checks, Sandbox, Service, Tool, as_json

CLI, SANDBOX = sys.argv[1:3]
check = Checks('catalogue')

PRODUCTS = '''\
Steam (United States)
  10 USD   $10   11.47 USDC   by_email
  20 USD   $20   21.43 USDC   by_email
  25 USD   $25   28.95 USDC   by_email
  30 USD   $30   31.85 USDC   by_email
  50 USD   $50   53.53 USDC   by_email
  100 USD  $100  111.23 USDC  by_email
  150 USD  $150  169.36 USDC  by_email
  200 USD  $200  222.49 USDC  by_email
'''

# Numbers as no parser that knows doubles gives them back, a member nobody knows, and what steers a terminal.
BRAND = ('{"brand_id":"b1","brand":"A\\u001b[31m\\u009bmazing\\u202e","family":"Amazing","kind":"giftcard",'
         '"category":"e-commerce","country_code":"US","is_out_of_stock":false,"unknown":'
         '{"amount":5.0,"big":12345678901234567890,"exact":0.10000000000000000555,"power":1E2}}')
HIDDEN = BRAND.replace('giftcard', 'flight').replace('b1', 'b2')
BROKEN = '{"brand":7}'


def test_countries(tool):
    text, lines = tool.run('countries'), tool.run('--json', 'countries')
    check('countries/text', text.code == 0 and len(text.lines) == 233 and 'US  United States' in text.lines
          and text.err == '', text)
    check('countries/json', lines.code == 0 and len(lines.objects) == 233
          and {'isoCode': 'US', 'name': 'United States'} in lines.objects
          and all(list(country) == ['isoCode', 'name'] for country in lines.objects), lines)


def test_sandbox(tool, sandbox):
    vias = tool.run('vias')
    check('vias/text', vias.code == 0 and vias.err == '' and any(
        line.split()[:3] == ['USER_WALLET', 'USDC', 'Solana'] and 'at least 0.56' in line for line in vias.lines), vias)
    vias = tool.run('--json', 'vias')
    check('vias/json', vias.code == 0 and vias.objects[0]['name'] == 'USER_WALLET'
          and vias.objects[0]['currencies'][0]['networks'][0]['name'] == 'Mainnet', vias)

    brands = tool.run('--json', 'brands')
    ids = [brand['brand_id'] for brand in brands.objects]
    check('brands/json', brands.code == 0 and len(ids) >= 500 and len(ids) == len(set(ids))
          and {'brand', 'family', 'logo_url', 'kind'} <= set(brands.objects[0]), brands)
    check('brands/what-is-not-sold-is-counted', not {brand['kind'] for brand in brands.objects}
          & {'flight', 'stay', 'nft_giftcard'} and 'not sold here' in brands.err, brands.err)
    brands = tool.run('brands')
    check('brands/text', brands.code == 0 and len(brands.lines) == len(ids)
          and any(line.split()[:2] == ['Steam', 'giftcard'] for line in brands.lines), brands)

    home = tool.run('--json', 'home')
    check('home/json', home.code == 0 and all(section['brands'] for section in home.objects), home)
    home = tool.run('home')
    check('home/text', home.code == 0 and home.lines[0][0] != ' ' and home.lines[1].startswith('  '), home)

    found = tool.run('--lang', 'de_DE.UTF-8', '--json', 'search', 'steam')
    check('search/json', found.code == 0 and [brand['brand'] for brand in found.objects] == ['Steam'], found)
    request = sandbox.requests()[-1]
    check('search/what-is-asked', request['path'] == '/v2/search/US' and request['query'] == 'lang=de&q=steam', request)
    check('search/text', tool.run('search', 'steam').out.startswith('Steam  giftcard'))
    nothing = tool.run('search', 'qqqq')
    check('search/nothing', (nothing.code, nothing.out) == (0, ''), nothing)

    products = tool.run('products', 'steam', '--coin', 'USDC')
    check('products/text', (products.code, products.out) == (0, PRODUCTS), products)
    products = tool.run('products', 'airbnb')
    check('products/range', products.out == 'Airbnb (United States)\n  range  50 – 500 USD  in steps of 1  by_email\n',
          products)
    products = tool.run('--json', 'products', 'airbnb')
    check('products/json', products.code == 0 and len(products.lines) == 1 and '"min":50.0' in products.out
          and products.objects[0]['brand'] == 'Airbnb', products)
    products = tool.run('products', 'qqqq')
    check('products/nothing', products.code == 1 and products.out == '' and 'qqqq' in products.err, products)

    price = tool.run('price', 'Airbnb', '100', '--coin', 'USDC')
    check('price/text', (price.code, price.out) == (0, '101.48 USDC\n'), price)
    price = tool.run('--json', 'price', 'Airbnb', '100', '--coin', 'USDC')
    check('price/json', price.code == 0 and price.objects[0]['coin_amount'] == '101.48', price)
    price = tool.run('--json', 'price', 'Airbnb', '100.5', '--coin', 'USDC')
    check('price/refused', (price.code, price.out) == (1, '') and '"problem":"BAD_REQUEST"' in price.err, price)

    other = tool.run('--country', 'gb', '--partner-id', 'someone', '--json', 'search', 'steam')
    request = sandbox.requests()[-1]
    check('options/country', other.code == 0 and request['path'] == '/v2/search/GB'
          and request['headers']['x-country-iso-code'] == 'GB', request)
    check('options/partner-id', request['headers'].get('x-cr-application') == 'someone', request)
    again = tool.run('--api-url', sandbox.url, 'price', 'Airbnb', '100', '--coin', 'USDC', url='http://127.0.0.1:1')
    check('options/api-url-before-the-variable', again.code == 0, again)


def test_exact(tool):
    envelope = f'{{"all_brands":[{BRAND},{HIDDEN},{BROKEN}],"categories":[]}}'.encode()
    with Service({('GET', '/v2/brands'): as_json(envelope),
                  ('GET', '/v2/homepage'): as_json({'weather': 'fine'}),
                  ('GET', '/v2/search/US'): (200, 'text/html', b'<html>'),
                  ('GET', '/v3/payment_vias'): as_json({'detail': 'NOPE'}, 500)}) as service:
        result = tool.run('--json', 'brands', url=service.url)
        check('exact/digits-and-unknown-members', '"amount":5.0,"big":12345678901234567890,'
              '"exact":0.10000000000000000555,"power":1E2}' in result.out, result)
        check('exact/escapes', '\\u001b[31m\\u009bmazing' in result.out and '\x1b' not in result.out, result)
        check('exact/left-out', len(result.lines) == 1 and '1 item could not be read' in result.err
              and '1 brand is of a kind that is not sold here' in result.err, result)
        result = tool.run('brands', url=service.url)
        check('exact/no-controls-in-text', result.out == 'A[31mmazing  Amazing  giftcard  e-commerce\n', result)
        result = tool.run('home', url=service.url)
        check('exact/another-envelope', (result.code, result.out) == (3, ''), result)
        for name, answer, titles in (
                ('array-of-sections', f'[{{"title":"One","items":[{BRAND}]}},{{"kind":"giftcard","brands":[]}}]',
                 ['One']),
                ('sections', f'{{"sections":[{{"name":"Two","brands":[{BRAND}]}},7]}}', ['Two']),
                ('popular', f'{{"popular_brands":[{BRAND}],"categories":[{{"brands":[{BRAND}]}}]}}',
                 ['Popular', 'Other'])):
            service.answers[('GET', '/v2/homepage')] = as_json(answer.encode())
            result = tool.run('home', url=service.url)
            check(f'home/{name}', result.code == 0 and result.lines[::2] == titles
                  and all(line.startswith('  A') for line in result.lines[1::2]), result)
            result = tool.run('--json', 'home', url=service.url)
            check(f'home/{name}-json', result.code == 0 and len(result.objects) == len(titles)
                  and '"exact":0.10000000000000000555' in result.out, result)
        result = tool.run('--json', 'search', 'x', url=service.url)
        check('exact/a-sign-in-page', result.code == 3 and '"error":"SIGN_IN"' in result.err, result)
        service.answers[('GET', '/v2/brands')] = as_json({}, 429)
        result = tool.run('brands', url=service.url)
        check('refusals/too-many-requests', (result.code, result.out) == (3, '') and 'Try again in 30 s' in result.err,
              result)
        result = tool.run('vias', url=service.url)
        check('exact/a-broken-service', (result.code, result.out) == (3, ''), result)


def too_many(handler):
    handler.send_response(429)
    handler.send_header('Retry-After', '40')
    handler.send_header('Content-Length', '0')
    handler.end_headers()


def test_too_many(tool):
    """Nothing is repeated by itself here, so nothing says so."""
    with Service({('GET', '/v2/brands'): too_many, ('GET', '/v3/payment_vias'): too_many}) as service:
        for command in ('brands', 'vias'):
            result = tool.run(command, url=service.url)
            check(f'too-many/{command}', result.code == 3 and 'Too many requests. Try again in 40 s.' in result.err, result)
        check('too-many/asked-once', len(service.seen) == 2, service.seen)


def test_refusals(tool):
    nobody = 'http://127.0.0.1:1'
    result = tool.run('brands', url=nobody)
    check('refusals/no-server', (result.code, result.out) == (3, '') and result.err.startswith('refills-cli: '), result)
    result = tool.run('--json', 'brands', url=nobody)
    check('refusals/no-server-json', result.code == 3 and result.err.startswith('{"error":"UNREACHABLE","message":'),
          result)
    for name, words in (('none', []), ('unknown-command', ['fly']), ('unknown-option', ['--fly', 'vias']),
                        ('option-of-another', ['vias', '--coin', 'X']), ('too-few', ['search']),
                        ('too-many', ['search', 'a', 'b']), ('none-wanted', ['vias', 'x']),
                        ('country', ['--country', 'USA', 'vias']), ('no-coin', ['price', 'Airbnb', '5']),
                        ('no-amount', ['price', 'Airbnb', 'x', '--coin', 'USDC']),
                        ('unsafe-server', ['--api-url', 'http://example.com', 'vias']),
                        ('partner-id', ['--partner-id', 'a\nb', 'vias']),
                        ('shape', ['--order-shape', 'round', 'vias'])):
        result = tool.run(*words, url=nobody)
        check(f'usage/{name}', (result.code, result.out) == (2, '') and result.err != '', result)
    result = tool.run('--version')
    check('usage/version', result.code == 0 and result.out.startswith('refills-cli '), result)
    result = tool.run('--help')
    check('usage/help', result.code == 0 and all(name in result.out for name in (
        '--api-url', '--country', '--lang', '--json', '--partner-id', '--order-shape', 'countries', 'relay'))
          and '--test-intervals' not in result.out, result)
    result = tool.run('price', '--help')
    check('usage/help-of-a-command', result.code == 0 and 'refills-cli price [OPTION…] BRAND VALUE' in result.out, result)


def main():
    with Sandbox(SANDBOX) as sandbox:
        tool = Tool(CLI, sandbox.url)
        test_countries(tool)
        test_sandbox(tool, sandbox)
        test_exact(tool)
        test_too_many(tool)
        test_refusals(tool)
        check('nothing-is-written', tool.files() == [], tool.files())
    sys.exit(check.end())


main()
