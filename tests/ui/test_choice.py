# SPDX-License-Identifier: GPL-3.0-or-later
"""With what one pays: what is recommended, what cannot be chosen and why, and what was chosen the last time."""

import json
import os
import re

import purchase
from driver import ACCESSIBLE, PROPERTIES, Failure, GLib, Profile, run_tests

NARROW = (360, 980)
PICTURES = os.environ.get('REFILLS_PICTURES')


def expect(what, shown, wanted):
    if shown != wanted:
        raise Failure(f'{what} is “{shown}”, not “{wanted}”')


def open_checkout(window, brand='Steam'):
    purchase.wait_for_catalogue(window)
    purchase.search(window, brand.lower(), brand)
    purchase.open_brand(window, brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)


def start(scene, change=None, profile=None, environment=None):
    """A window at a sandbox whose networks of USDC are as `change` leaves them."""
    _, url = scene.sandbox('--seed', '7')
    if change:
        vias = purchase.get_json(url + '/v3/payment_vias')
        usdc = next(coin for via in vias if via['name'] == 'USER_WALLET'
                    for coin in via['currencies'] if coin['name'] == 'USDC')
        change({network['name']: network for network in usdc['networks']})
        fault = {'kind': 'body', 'path': '/v3/payment_vias', 'body': json.dumps(vias)}
        purchase.post(url + '/sandbox/faults', json.dumps(fault).encode())
    return scene.window('--api-url', url, profile=profile, environment=environment), url


def description(node):
    return node.call(PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Description')))[0]


def look(window, name):
    if PICTURES:
        window.shoot(os.path.join(PICTURES, f'{name}.png'))


def test_recommended(scene):
    window, _ = start(scene)
    open_checkout(window)
    row = purchase.network_row(window, 'Solana')
    expect('the first row', row.name, 'Solana, Recommended: lowest fees, fastest settlement, On exchanges: SOL, SPL')
    expect('the first of all', window.find_all('radio button')[0].name, row.name)
    expect('what is chosen', purchase.chosen_network(window), 'Solana')
    expect('another row', purchase.network_row(window, 'BNB Smart Chain').name,
           'BNB Smart Chain, Binance-Peg USDC · On exchanges: BEP-20 (not BEP-2)')
    expect('what stands against it', description(row), '')
    window.resize(1000, 980)
    look(window, 'choice')
    window.activate(purchase.network_row(window, 'Base'))
    window.wait_until(lambda: purchase.chosen_network(window) == 'Base', 'Base is chosen')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    purchase.place_order(window)
    expect('the network', purchase.read_payment(window)[2].split(' ')[0], 'Base')
    window.close()


def test_barred(scene):
    def change(networks):
        networks['Solana']['is_suspended'] = True
        networks['Base']['smart_contract']['address'] = '0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA'
        networks['Arbitrum']['smart_contract']['decimals'] = 18
    window, url = start(scene, change)
    open_checkout(window)
    for title, reason in (('Solana', 'Suspended for now'), ('Base', 'Not supported by this version'),
                          ('Arbitrum One', 'Not supported by this version')):
        row = purchase.network_row(window, title)
        expect(f'why not on {title}', description(row), reason)
        if row.is_in('sensitive') or 'Recommended' in row.name:
            raise Failure(f'{title} can be chosen\n{window.dump()}')
        if not window.says(re.compile(f'^{reason}')):
            raise Failure(f'{reason} cannot be seen\n{window.dump()}')
    expect('what is chosen', purchase.chosen_network(window), 'Polygon')
    if not window.says('USDC on Solana is suspended for now. USDC on Polygon is chosen instead.'):
        raise Failure(f'nothing says why\n{window.dump()}')
    window.resize(1000, 980)
    look(window, 'choice-barred')
    window.resize(*NARROW)
    look(window, 'choice-barred-narrow')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    asked = [json.loads(entry['body'])['payment'] for entry in
             purchase.get_json(url + '/sandbox/log?path=/v5/orders/validations')['requests']]
    expect('what was asked about', {(payment['coin'], payment['network']) for payment in asked},
           {('USDC', 'Polygon (Matic)')})
    window.close()


def test_barred_coins(scene):
    """A coin that cannot be used on any network stands in the list with the reason, and nothing gets at it."""
    def change(networks):
        for network in networks.values():
            network['is_suspended'] = True
    window, _ = start(scene, change)
    open_checkout(window)
    if purchase.row_choice(window, 'Coin') in (None, 'USDC', 'DOGE'):
        raise Failure(f'what is chosen is {purchase.row_choice(window, "Coin")}')
    window.resize(1000, 980)
    window.activate_cell(window.find('combo box', 'Coin'))
    window.wait_until(lambda: purchase.list_choices(window, 'Coin'), 'the list is open')
    rows = {text: item for item, text in purchase.list_choices(window, 'Coin')}
    for coin in ('USDC', 'DOGE'):
        expect(f'why not {coin}', description(rows[coin]), 'Suspended for now')
        if rows[coin].is_in('sensitive') or rows[coin].is_in('focused'):
            raise Failure(f'{coin} can be chosen\n{window.dump()}')
    if not rows['BTC'].is_in('sensitive') or description(rows['BTC']):
        raise Failure(f'BTC cannot be chosen\n{window.dump()}')
    look(window, 'coins-barred')
    before = purchase.row_choice(window, 'Coin')
    # Round the list and back, over what cannot be chosen.
    open_coins = [text for text, item in rows.items() if item.is_in('sensitive')]
    for key, coins in (('Home', open_coins[:1]), ('Down', open_coins[1:]), ('Up', open_coins[-2::-1])):
        for coin in coins:
            window.key(key)
            window.wait_until(lambda coin=coin: window.focused().name == coin, f'{key} leads to {coin}')
    window.key('Escape')
    window.wait_until(lambda: not purchase.list_choices(window, 'Coin'), 'the list is closed')
    expect('what is chosen', purchase.row_choice(window, 'Coin'), before)
    window.resize(*NARROW)
    window.activate_cell(window.find('combo box', 'Coin'))
    window.wait_until(lambda: purchase.list_choices(window, 'Coin'), 'the list is open')
    look(window, 'coins-barred-narrow')
    window.key('Escape')
    window.close()


def test_invoice(scene):
    window, _ = start(scene)
    open_checkout(window)
    window.wait_for('label', 'You will get an address to pay to. The price is fixed for 20 minutes.')
    window.activate_cell(window.find('combo box', 'Coin'))
    window.wait_until(lambda: purchase.list_choices(window, 'Coin'), 'the list is open')
    window.key('Escape')
    window.wait_until(lambda: not purchase.list_choices(window, 'Coin'), 'the list is closed')
    purchase.choose_by_keyboard(window, 'Coin', 'BTC')
    window.activate(purchase.network_row(window, 'Lightning'))
    window.wait_for('label', 'You will get an invoice to pay. The price is fixed for 20 minutes.')
    window.close()


def test_remembered(scene):
    profile = Profile()
    kept = {'GSETTINGS_BACKEND': 'keyfile'}
    window, url = start(scene, profile=profile, environment=kept)
    open_checkout(window)
    window.activate(purchase.network_row(window, 'Base'))
    window.wait_until(lambda: purchase.chosen_network(window) == 'Base', 'Base is chosen')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    purchase.place_order(window)
    purchase.post(url + '/sandbox/orders/last/state', b'{"scenario":"expired"}')
    window.close()

    window = scene.window('--api-url', url, profile=profile, environment=kept)
    open_checkout(window)
    expect('what is chosen', purchase.chosen_network(window), 'Base')
    expect('the recommended one', purchase.network_row(window, 'Solana').name.split(', ')[1],
           'Recommended: lowest fees')
    window.close()


run_tests(test_recommended, test_barred, test_barred_coins, test_invoice, test_remembered)
