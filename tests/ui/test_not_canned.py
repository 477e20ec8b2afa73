# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window shows came over the wire: a server whose every fact is random sells its one card through it."""

import decimal

import purchase
from driver import Failure, run_tests


def expect(what, shown, wanted):
    if shown != wanted:
        raise Failure(f'{what} is “{shown}”, not “{wanted}”')


def test_a_random_card_is_bought(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)

    purchase.wait_for_catalogue(window, server.brand)
    cells = window.find_all('table cell')
    expect('the catalogue', [cell.name for cell in cells], [server.brand])
    if window.says(purchase.PRACTICE):
        raise Failure('a server of its own is called practice')

    purchase.open_brand(window, server.brand)
    expect('the value', purchase.choose_value(window, lambda name: ' USDC' in name),
           f'${server.value}, {server.amount} USDC')
    purchase.fill_in(window)
    expect('the total', purchase.wait_for_total(window), f'{server.amount} USDC')
    purchase.place_order(window)

    amount, address, network = purchase.read_payment(window)
    expect('the amount', amount, f'{server.amount} USDC')
    expect('the address', address, server.address)
    if not network.startswith('Solana'):
        raise Failure(f'the network is “{network}”')
    if window.says('Don’t send money') or window.find('push button', 'Simulate Payment'):
        raise Failure('a server of its own is treated as practice\n' + window.dump())
    picture = purchase.shoot_code(window, f'{window.profile.folder}/payment.png')
    code = window.read_code(picture)
    # The request writes no zeros at the end.
    amount = format(decimal.Decimal(server.amount).normalize(), 'f')
    if len(code) != 1 or not code[0].startswith(f'solana:{server.address}?amount={amount}&spl-token='):
        raise Failure(f'the QR code says {code}')

    server.pay()
    window.wait_for(None, 'Payment seen')
    if window.find(None, server.code):
        raise Failure('a code is there before it was delivered')
    server.deliver()
    purchase.wait_until_done(window)
    if window.find(None, server.code):
        raise Failure('the code is shown before it was asked for')
    expect('the code', purchase.reveal_code(window), server.code)
    window.press('Reveal Serial')
    window.wait_for('label', server.serial)

    window.press('Back')
    window.press('Orders', 'tab')
    window.wait_for('list item', f'{server.brand}, ${server.value}, Done')
    expect('the number of orders sent', server.count('POST', '^/v5/orders$'), 1)
    window.close()


run_tests(test_a_random_card_is_bought)
