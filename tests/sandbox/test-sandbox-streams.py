# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams and bodies that go wrong on request from outside, the log that says when a stream closed, and
the catalogue's oddities."""

import json
import re
import time

from sandbox_program import Server, check, finish, make_body

FEED_KEYS = {'brand_id', 'family', 'brand', 'logo_url', 'bg_color', 'min', 'max', 'category', 'is_out_of_stock',
             'additional_categories', 'product_type', 'country_code', 'kind'}


def wait_for(condition, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    return None


def test_streams(server):
    order = server.post('/v5/orders', make_body()).json
    order_id = order['order_id']

    def act(action):
        return server.post(f'/sandbox/orders/{order_id}/stream?do={action}').status

    check('/sandbox/streams/none-to-act-on', act('stop') == 409)
    stream = server.subscribe(order_id)
    check('/sandbox/streams/first-event', stream.read_order()['order_id'] == order_id)
    check('/sandbox/streams/comment', act('comment') == 200 and stream.read_lines() == [': said on demand'])
    check('/sandbox/streams/repeat', act('repeat') == 200 and stream.read_order()['order_id'] == order_id)
    check('/sandbox/streams/unknown-action', act('dance') == 409)
    check('/sandbox/streams/stop', act('stop') == 200 and stream.read_lines() == ['event: stop', 'data: {}']
          and stream.read_lines() == [])
    stream.close()
    stream = server.subscribe(order_id)
    stream.read_order()
    check('/sandbox/streams/close', act('close') == 200 and stream.read_lines() == [])
    stream.close()
    stream = server.subscribe(order_id)
    stream.read_order()
    act('drop')
    try:
        broken = stream.read_lines()
    except (ConnectionError, OSError) as error:
        broken = error
    except Exception as error:  # http.client's own for an end within a chunk
        broken = error
    check('/sandbox/streams/drop', not isinstance(broken, list) or (broken and not broken[-1].endswith('}')), broken)
    stream.close()
    stream = server.subscribe(order_id)
    stream.read_order()
    act('silence')
    server.post(f'/sandbox/orders/{order_id}/age?seconds=1')
    act('comment')
    check('/sandbox/streams/silence', stream.read_lines() == [': said on demand'])
    stream.close()

    server.fault(kind='stream-ids', count=2)
    server.fault(kind='stream-lines', count=1)
    stream = server.subscribe(order_id)
    lines = stream.read_lines()
    data = '\n'.join(line.removeprefix('data: ') for line in lines if line.startswith('data: '))
    check('/sandbox/streams/ids-and-lines', lines[0] == 'id: 1' and len(lines) > 10
          and json.loads(data)['order_id'] == order_id, lines)
    stream.close()
    stream = server.subscribe(order_id)
    check('/sandbox/streams/ids', stream.read_lines()[0] == 'id: 1')
    act('repeat')
    check('/sandbox/streams/ids-count', stream.read_lines()[0] == 'id: 2')
    stream.close()
    server.fault(kind='stream-late', count=1)
    stream = server.subscribe(order_id)
    act('comment')
    check('/sandbox/streams/late', stream.read_lines() == [': said on demand'])
    stream.close()

    path = f'/v5/orders/{order_id}/subscribe'
    for name, fault, status, text in (
            ('404', {'kind': 'status', 'status': 404, 'body': '{}'}, 404, r'^\{\}$'),
            ('502', {'kind': 'status', 'status': 502, 'content_type': 'text/html', 'body': '<html>'}, 502, '^<html>$'),
            ('html', {'kind': 'html'}, 200, '<html>'),
            ('immediate-end', {'kind': 'stream-close', 'after': 0}, 200, '^$'),
            ('retry', {'kind': 'stream-retry', 'delay_ms': 1500}, 200, '^retry: 1500\n\ndata: '),
            ('comments', {'kind': 'stream-comments'}, 200, '^: one\n:two\n:\ndata: ')):
        server.fault(**fault, path='*/subscribe', count=1)
        server.fault(kind='stream-close', after=1, path='*/subscribe', count=1)
        reply = server.get(path)
        server.ask('DELETE', '/sandbox/faults')
        check(f'/sandbox/streams/fault-{name}', reply.status == status and re.search(text, reply.text), reply.text[:200])
    server.fault(kind='status', status=429, body='{}', count=1,
                 headers={'Retry-After': '7', 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '0'})
    headers = server.get('/v3/payment_vias').headers
    check('/sandbox/streams/fault-with-headers', (headers.get('retry-after'), headers.get('x-ratelimit-limit'),
                                                  headers.get('x-ratelimit-remaining')) == ('7', '60', '0'), headers)
    server.fault(kind='body', body='', count=1)
    reply = server.get('/v2/brands?country_code=US')
    check('/sandbox/streams/empty-200', reply.status == 200 and reply.bytes == b'', reply.text[:80])
    server.fault(kind='slow', delay_ms=1, count=1)
    reply = server.get('/v5/orders/nothing')
    check('/sandbox/streams/slow-body', reply.status == 404 and reply.json['detail'] == 'ORDER_NOT_FOUND', reply.text)


def test_log(server):
    order_id = server.post('/v5/orders', make_body()).json['order_id']
    path = f'/v5/orders/{order_id}/subscribe'

    def get_entry():
        return server.get(f'/sandbox/log?path={path}').json['requests'][-1]

    stream = server.subscribe(order_id)
    stream.read_order()
    entry = get_entry()
    check('/sandbox/log/open', entry['is_stream'] and entry['stream_open'] and entry['status'] == 200 and entry['closed_ms'] is None
          and entry['headers']['accept'] == 'text/event-stream', entry)
    before = time.time() * 1000
    stream.close()
    entry = wait_for(lambda: (found := get_entry())['closed_ms'] and found)
    check('/sandbox/log/closed', entry and not entry['stream_open'] and before - 50 <= entry['closed_ms'] <= before + 4000
          and abs(entry['closed_ms'] - entry['time_ms'] - entry['open_for_ms']) <= 1, entry)
    log = server.get('/sandbox/log').json
    shorter = server.get(f'/sandbox/log?from={len(log["requests"]) - 1}').json
    check('/sandbox/log/from', [entry['index'] for entry in shorter['requests']][0] == len(log['requests']) - 1, shorter)
    creation = [entry for entry in log['requests'] if entry['path'] == '/v5/orders'][-1]
    check('/sandbox/log/request', creation['method'] == 'POST' and creation['status'] == 200
          and json.loads(creation['body'])['payment']['coin'] == 'USDC'
          and creation['headers']['content-type'] == 'application/json', creation)
    check('/sandbox/log/clock', abs(log['now_ms'] - time.time() * 1000) < 5000, log['now_ms'])


def get_products(server, brand, country='US'):
    groups = server.get(f'/v5/products/country/{country}?brand_name={brand.replace(" ", "%20").replace("&", "%26")}').json
    return groups[0]['products']


def test_catalogue(server):
    brands = server.get('/v2/brands?country_code=US').json
    listed = brands['all_brands']
    by_kind = {}
    for brand in listed:
        by_kind.setdefault(brand['kind'], []).append(brand['brand'])
    hidden = {kind: len(by_kind.get(kind, ())) for kind in ('flight', 'stay', 'nft_giftcard', 'programmable_gift_card')}
    check('/sandbox/catalogue/one-of-each-that-is-hidden', set(hidden.values()) == {1}, hidden)
    check('/sandbox/catalogue/counts', len(listed) == 556 and sum(brand['is_out_of_stock'] for brand in listed) == 25
          and sum('min' not in brand for brand in listed) == 26, len(listed))
    check('/sandbox/catalogue/null-category', any(group['category'] is None for group in brands['categories']))
    repeated = sum(len(group['brands']) for group in brands['categories'])
    check('/sandbox/catalogue/duplicates', repeated > 556, repeated)
    families = {}
    for brand in listed:
        families.setdefault(brand['family'], []).append(brand['brand'])
    check('/sandbox/catalogue/families', [len(names) for names in families.values() if len(names) > 1] == [2, 3]
          or sorted(len(names) for names in families.values() if len(names) > 1) == [2, 3], families)
    check('/sandbox/catalogue/labels', any(brand.get('min') == 'PIN USA 19.99 USD' for brand in listed)
          and any(brand.get('max') == 'Honduras TODA 25 Minutes' for brand in listed))
    check('/sandbox/catalogue/logos', any('logo_base_url' not in brand for brand in listed))

    both = {product['delivery_type'] for product in get_products(server, 'Kestrel Mobile Credits')}
    check('/sandbox/catalogue/by-phone-and-by-email', both == {'by_phone', 'by_email'}, both)
    account = {product['delivery_type'] for product in get_products(server, 'Carrier Pigeon Postpaid')}
    check('/sandbox/catalogue/by-account', account == {'by_account'}
          and get_products(server, 'Millbrook Power')[0]['delivery_type'] == 'by_account', account)
    steps = [get_products(server, name)[0]['range']['step_size'] for name in ('Airbnb', 'Otter & Quill')]
    check('/sandbox/catalogue/steps', steps == [1, 5], steps)
    bundle = get_products(server, 'Kestrel Mobile Bundle')[0]
    check('/sandbox/catalogue/bundle', {'benefits', 'validity', 'pin', 'productType', 'description', 'promotions'}
          <= set(bundle['additional_details']) and bundle['benefits'][0]['amount']['promotion_bonus'] == 1, bundle)
    plans = get_products(server, 'eSIM')
    amounts = [plan['benefits'][0]['amount']['base']['amount'] for plan in plans]
    check('/sandbox/catalogue/plans', -1 in amounts and plans[0]['additional_details']['durationInDays'] == 3
          and plans[0]['valid_regions'] == ['US'] and len(plans[-1]['valid_regions']) == 233, plans)
    money = get_products(server, 'Kestrel Mobile Credits')[0]['local_currency']
    check('/sandbox/catalogue/local-currency', money == {'code': 'USD', 'amount': {'type': 'fixed', 'price': 10}}, money)
    group = server.get('/v5/products/country/US?brand_name=Snowdrop%20Gifts').json[0]
    check('/sandbox/catalogue/promotion', group['promotion']['by'] == 'INTERNAL', group)

    served = 0
    for first in 'ABCDEFGHIJKLMNOPQRSTUVWXYZ':
        for second in 'ABCDEFGHIJKLMNOPQRSTUVWXYZ':
            reply = server.get(f'/v2/search/{first}{second}?q=eSIM')
            # Regions have plans, and are no countries.
            served += first + second not in ('EU', 'WW') and len(reply.json['all_brands']) == 1
    check('/sandbox/catalogue/233-countries', served == 233, served)
    check('/sandbox/catalogue/nothing-in-iran', server.get('/v2/brands?country_code=IR').json['all_brands'] == [])
    for region, country in (('WW', 'ZM'), ('EU', 'FR'), ('ASIA', 'JP')):
        brands = server.get(f'/v2/brands?country_code={region}').json['all_brands']
        check(f'/sandbox/catalogue/region-{region.lower()}', [brand['brand'] for brand in brands] == ['eSIM']
              and country in get_products(server, 'eSIM', region)[0]['valid_regions'], brands)
    feed = server.get('/v2/homepage?country_code=US').json
    keys = [set(brand) for group in feed['categories'] for brand in group['brands']] \
        + [set(brand) for brand in feed['popular_brands']]
    check('/sandbox/catalogue/feed', all(each <= FEED_KEYS for each in keys)
          and all(1 <= len(group['brands']) <= 8 for group in feed['categories']), feed['categories'][0])


def main():
    with Server() as server:
        test_streams(server)
        test_log(server)
        test_catalogue(server)
    finish()


main()
