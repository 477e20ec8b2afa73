# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at the worst moments and started again: no order is lost, none is sent twice, codes stay readable."""

import re

import purchase
from driver import Failure, Profile, run_tests


def expect(what, found, wanted):
    if found != wanted:
        raise Failure(f'{what}: {found!r}, not {wanted!r}')


def count_posts(server):
    return server.count('POST', '^/v5/orders$')


def test_with_the_order_in_flight(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.wait_for_catalogue(window, server.brand)
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    answer = server.hold('POST', '^/v5/orders$')
    window.press('Place Order')
    window.wait_until(lambda: count_posts(server) == 1, 'the order is sent')
    window.kill()
    answer.set()

    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, No answer')
    window.wait_for(None, re.compile('^We can’t tell whether this order was made'))
    if window.find(None, 'Payment QR code') or window.find(None, server.address):
        raise Failure('an order that is not known to exist can be paid\n' + window.dump())
    window.close()
    expect('orders sent', count_posts(server), 1)


def test_on_the_payment_page(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    before = purchase.read_payment(window)
    window.kill()

    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    expect('the payment', purchase.read_payment(window), before)
    expect('the address', before[1], server.address)
    server.pay()
    window.wait_for(None, 'Payment seen')
    server.deliver()
    purchase.wait_until_done(window)
    expect('the code', purchase.reveal_code(window), server.code)
    window.close()
    expect('orders sent', count_posts(server), 1)


def test_just_after_done(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    server.deliver()
    purchase.wait_until_done(window)
    window.kill()
    expect('orders sent', count_posts(server), 1)
    server.close()

    # From disk alone: the server is gone.
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    expect('the code', purchase.reveal_code(window), server.code)
    window.close()


def test_practice_with_its_server_inside(scene):
    profile = Profile()
    window = scene.window('--practice', profile=profile)
    purchase.buy_to_payment(window, 'Steam')
    before = purchase.read_payment(window)
    window.kill()

    window = scene.window('--practice', profile=profile)
    url = window.wait_for_output(r'practice server listens at (\S+)')
    purchase.open_order(window, 'Steam, $10, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    expect('the payment', purchase.read_payment(window), before)
    window.press('Simulate Payment')
    purchase.wait_until_done(window)
    order = purchase.get_json(url + '/sandbox/codes')['orders'][-1]
    expect('the address', before[1], order['wallet_address'])
    expect('the code', purchase.reveal_code(window), order['codes'][0]['pin_code'])
    posts = [request for request in purchase.get_json(url + '/sandbox/log')['requests']
             if request['method'] == 'POST' and request['path'] == '/v5/orders']
    expect('orders sent after the restart', len(posts), 0)
    window.close()


def test_a_stand_alone_server_killed_too(scene):
    profile = Profile()
    process, url = scene.sandbox('--state-folder', f'{profile.folder}/server')
    window = scene.window('--api-url', url, profile=profile)
    purchase.buy_to_payment(window, 'Steam')
    before = purchase.read_payment(window)
    order_id = purchase.get_json(url + '/sandbox/codes')['orders'][-1]['order_id']
    window.kill()
    process.kill()

    process, url = scene.sandbox('--state-folder', f'{profile.folder}/server')
    window = scene.window('--api-url', url, profile=profile)
    purchase.open_order(window, 'Steam, $10, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    expect('the payment', purchase.read_payment(window), before)
    purchase.post(f'{url}/sandbox/orders/{order_id}/pay?step_ms=100')
    purchase.wait_until_done(window)
    order = purchase.get_json(url + '/sandbox/codes')['orders'][-1]
    expect('the code', purchase.reveal_code(window), order['codes'][0]['pin_code'])
    window.close()


run_tests(test_with_the_order_in_flight, test_on_the_payment_page, test_just_after_done,
          test_practice_with_its_server_inside, test_a_stand_alone_server_killed_too)
