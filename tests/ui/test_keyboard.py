# SPDX-License-Identifier: GPL-3.0-or-later
"""One purchase with the keyboard alone: Tab, Return, arrows and typing."""

import purchase
from driver import Failure, run_tests, wait


# libadwaita 1.2 does not tell when an entry row has the focus.
UNTOLD = '(untold)'
EMAIL_ENTRY = (UNTOLD, 'E-mail')


def path_of(node):
    return node.path if node is not None else None


def describe_focus(window):
    """The focused thing, or the nearest around it that has a name."""
    node = window.focused()
    while node is not None and not node.name:
        node = node.parent
    return node


def go_to(window, name, key='Tab', limit=12):
    """Presses a key until something with this name, or one of these, has the focus. Every press must move the focus, and to
    something that has a name."""
    path = []
    for _ in range(limit + 1):
        node = describe_focus(window)
        found = node.name if node is not None else UNTOLD
        path.append(found)
        if found == name or found in name and isinstance(name, tuple):
            return path
        before = window.focused()
        window.key(key)
        try:
            wait(lambda: path_of(window.focused()) != path_of(before), 'the focus moves', 2, window.check_alive)
        except Failure:
            raise Failure(f'{key} leaves the focus where it is: {" → ".join(path)}\n{window.dump()}') from None
    raise Failure(f'{key} does not lead to {name}: {" → ".join(path)}\n{window.dump()}')


def test_purchase_by_keyboard(scene):
    window = scene.window('--practice')
    url = window.wait_for_output(r'practice server listens at (\S+)')
    purchase.wait_for_catalogue(window)

    go_to(window, 'Search brands')
    window.type('steam')
    window.wait_until(lambda: [cell.name for cell in window.find_all('table cell')] == ['Steam'], 'Steam alone is found')
    go_to(window, 'Steam')
    window.key('Return')
    window.wait_for('label', 'Choose a Value')

    go_to(window, '$10, 11.47 USDC')
    window.key('space')
    go_to(window, 'Continue')
    window.key('Return')
    window.wait_for('push button', 'Place Order')

    go_to(window, EMAIL_ENTRY)
    window.type(purchase.EMAIL)
    wait(lambda: window.find_entry('E-mail').text() == purchase.EMAIL, 'the e-mail address arrives in its entry')
    # Another coin and back: the total follows.
    go_to(window, 'Coin')
    purchase.choose_by_keyboard(window, 'Coin', 'BTC')
    window.wait_until(lambda: purchase.wait_for_total(window).endswith(' BTC'), 'the total is in the other coin')
    purchase.choose_by_keyboard(window, 'Coin', 'USDC')
    window.wait_until(lambda: purchase.wait_for_total(window).endswith(' USDC'), 'the total is in the first coin')
    # The networks are one stop of Tab: arrows lead from one to the next.
    window.key('Tab')
    window.wait_until(lambda: (describe_focus(window) or window).name.startswith('Solana, '), 'Solana has the focus')
    window.key('Down')
    window.wait_until(lambda: describe_focus(window).name.startswith('Base'), 'Base has the focus')
    window.key('space')
    window.wait_until(lambda: purchase.chosen_network(window) == 'Base', 'Base is chosen')
    window.key('Up')
    window.key('space')
    window.wait_until(lambda: purchase.chosen_network(window) == 'Solana', 'Solana is chosen')
    total = purchase.wait_for_total(window)
    go_to(window, 'Place Order')
    window.key('Return')
    window.wait_for(None, 'Payment QR code')
    amount, address, _ = purchase.read_payment(window)
    if amount != total:
        raise Failure(f'{amount} is asked for, {total} was agreed to')

    go_to(window, 'Simulate Payment')
    window.key('Return')
    purchase.wait_until_done(window)
    go_to(window, 'Reveal Code')
    window.key('Return')
    window.wait_for('push button', 'Hide Code')
    code = purchase.row_text(window, 'Code')
    order = purchase.get_json(url + '/sandbox/codes')['orders'][-1]
    if (code, address) != (order['codes'][0]['pin_code'], order['wallet_address']):
        raise Failure(f'{code} and {address} are not of {order}')

    # Back leads to the beginning, and the focus is somewhere.
    window.key('Escape')
    window.wait_for('search box', 'Search brands')
    window.wait_until(lambda: window.focused() is not None, 'something has the focus')
    window.close()


run_tests(test_purchase_by_keyboard)
