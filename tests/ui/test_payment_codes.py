# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of a payment of each family, read back from pictures of the window: light and dark, and on a finer display.

With REFILLS_PICTURES it leaves a picture of each page in that folder; with REFILLS_ALL_SCREENS it takes both themes on
both displays, where two of the four are enough for every day."""

import json
import os
import re
import subprocess

from collections import Counter

import purchase
from deadline import open_payment
from driver import Failure, Profile, run_tests, wait
from gi.repository import Gio, GLib
from session import ID, call_application, owner
from test_payment_page import (OTHER_ADDRESS, SCREENS, WARNING, buy, choose_wallet, expect, hold, read_clipboard,
                               read_code, toggle, wait_for_code)

# One payment of each family, and those whose symbol misleads; the scheme of a request, where there is one.
FAMILIES = (('BTC', 'Mainnet', 'bitcoin:'), ('BTC', 'Lightning', ''), ('LTC', 'Mainnet', 'litecoin:'),
            ('DOGE', 'Mainnet', ''), ('BCH', 'Mainnet', 'bitcoincash:'), ('ETH', 'Base', ''), ('USDC', 'Base', ''), ('USDT', 'Arbitrum', ''),
            ('USDC', 'Binance Smart Chain Mainnet', ''), ('USDC', 'Solana', 'solana:'), ('USDT', 'Tron', ''),
            ('TON', 'Ton', 'ton:'), ('USDC', 'Sui', ''))
PICTURES = os.environ.get('REFILLS_PICTURES')
OTHER_SCREENS = (({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, 1),
                 ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-light', 'GDK_SCALE': '2'}, 2))
ALL_SCREENS = SCREENS + OTHER_SCREENS if os.environ.get('REFILLS_ALL_SCREENS') else SCREENS


def order_elsewhere(scene, profile, url, coin, network):
    """Makes an order by the tool, for a person who has no window open. Returns its row."""
    tool = os.path.join(scene.build, 'src', 'cli', 'refills-cli')
    common = {'env': {**os.environ, **profile.environment()}, 'stdout': subprocess.PIPE, 'timeout': 30}
    subprocess.run([tool, '--api-url', url, 'order', '--replace', '--email', purchase.EMAIL, '--coin', coin,
                    '--network', network, '--line', f'Steam|10 USD|{purchase.EMAIL}'], check=True, **common)
    done = subprocess.run([tool, '--api-url', url, '--json', 'orders'], check=True, **common)
    return max(json.loads(line)['row'] for line in done.stdout.decode().splitlines())


def show_order(window, row):
    """As a notification's press does."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    names = session.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ListNames', None,
                              None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]
    name = next(name for name in names if name.startswith(ID) and owner(name) == window.pid)
    call_application(name, 'ActivateAction', '(sava{sv})', 'show-order', [GLib.Variant('x', row)], {})


def check_family(window, order, scheme):
    """The code on the screen is the record's, with the whole request and with the address alone."""
    address, amount = order['wallet_address'], order['coin_amount']
    invoice = order['network'] == 'Lightning'
    expect('the amount', purchase.row_text(window, 'Amount'), f'{amount} {order["coin"]}')
    expect('the address', purchase.row_text(window, 'Invoice' if invoice else 'Address'), address)
    if invoice:
        expect('the code', read_code(window), f'lightning:{address}'.upper())
    elif not scheme:
        expect('the code', read_code(window), address)
        if window.find('switch', 'Include Amount in the Code'):
            raise Failure('an amount can be put in a code of which that is not known to work')
    else:
        code = read_code(window)
        if not isinstance(code, str) or not code.startswith(scheme) or address.removeprefix(scheme) not in code:
            raise Failure(f'the code says {code}, not {scheme}{address}')
        toggle(window, 'Include Amount in the Code')
        wait_for_code(window, lambda code: code == address, f'the code has {address} alone')
        toggle(window, 'Include Amount in the Code')
        wait_for_code(window, lambda code: code.startswith(scheme), f'the code has {scheme} again')


def test_families(scene):
    _, url = scene.sandbox('--seed', '7', '--shape', 'suspended=none')
    profile = Profile()
    for coin, network, scheme in FAMILIES:
        row = order_elsewhere(scene, profile, url, coin, network)
        order = purchase.get_json(f'{url}/sandbox/codes')['orders'][-1]
        seen = []
        for environment, scale in ALL_SCREENS:
            window = scene.window('--api-url', url, profile=profile, environment=environment)
            window.scale = scale
            window.resize(1000, 980)
            show_order(window, row)
            window.wait_until(lambda: window.find(None, order['wallet_address']), f'{coin} on {network} is shown')
            seen.append(read_code(window))
            if len(seen) == 1:
                check_family(window, order, scheme)
            if PICTURES:
                window.shoot(os.path.join(PICTURES, f'{coin}-{network}-{len(seen)}.png'.replace(' ', '')))
            window.close()
        expect(f'the code of {coin} on {network} on each display', set(seen), {seen[0]})


def test_comment(scene):
    """What a payment on TON needs beside it is in its row and in its code, and a wallet that takes it is told the end."""
    _, url = scene.sandbox('--seed', '7', '--shape', 'ton-comment=both')
    comment, text = 'Order 48151623 & more', '&text=Order%2048151623%20%26%20more'
    profile = Profile()
    row = order_elsewhere(scene, profile, url, 'TON', 'Ton')
    address = purchase.get_json(f'{url}/sandbox/codes')['orders'][-1]['wallet_address']
    window = scene.window('--api-url', url, profile=profile)
    window.resize(1000, 980)
    show_order(window, row)
    window.wait_until(lambda: window.find(None, address), 'the payment is shown')
    expect('the comment', purchase.row_text(window, 'Comment'), comment)
    window.wait_for('label', 'The payment needs this comment: without it the payment may not be found.')
    wait_for_code(window, lambda code: address in code and code.endswith(text), 'the code has the comment, and no end')
    choose_wallet(window, 'Tonkeeper')
    wait_for_code(window, lambda code: re.search(re.escape(text) + r'&exp=\d{10}$', code), 'the code has an end')
    toggle(window, 'Include Amount in the Code')
    wait_for_code(window, lambda code: code == address, 'the code has the address alone')
    window.wait_for('label', re.compile('Type the comment, too\\.'))
    if PICTURES:
        window.shoot(os.path.join(PICTURES, 'TON-comment.png'))
    window.close()


def test_codes(scene):
    for environment, scale in SCREENS:
        window, order = buy(scene, environment, scale)
        address, amount = order['wallet_address'], order['coin_amount']
        wait_for_code(window, lambda code: code.startswith(f'solana:{address}?') and f'amount={amount}' in code,
                      'the code has address and amount')
        toggle(window, 'Include Amount in the Code')
        wait_for_code(window, lambda code: code == address, 'the code has the address alone')
        window.wait_for('label', 'This code holds the address only. Type the amount yourself.')
        window.press('Enlarge')
        window.wait_for(None, 'Large payment QR code')
        surface = wait(lambda: window.find_surface('Payment QR Code'), 'the window of the code')
        window.wait_until(lambda: read_code(window, surface=surface) == address, 'the large code is the same')
        if window.says('Don’t send money'):
            raise Failure('what is real is called practice')
        window.close_dialog('Payment QR Code')
        window.wait_gone(None, 'Large payment QR code')
        window.close()


def luminance(colour):
    """Relative luminance, by WCAG 2.1."""
    parts = [part / 255 for part in colour]
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(path, box):
    """Of the commonest colour in a part of a picture, and the one that is furthest from it."""
    x, y, width, height = box
    raw = subprocess.run(['convert', f'png:{path}', '-crop', f'{width}x{height}+{x}+{y}', '+repage', '-depth', '8', 'rgb:-'],
                         stdout=subprocess.PIPE, timeout=30, check=True).stdout
    pixels = Counter(raw[start:start + 3] for start in range(0, len(raw) - 2, 3))
    ground = luminance(pixels.most_common(1)[0][0])
    return max((max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) for ink in map(luminance, pixels))


def measure_texts(window, wanted):
    """The contrast of each text that is in sight and can be used; some must be."""
    path = os.path.join(window.profile.folder, 'contrast.png')
    window.shoot(path)
    width, height = window.size()
    found = {}
    for node in window.find_all(lambda role: role in ('label', 'alert'), re.compile('.')):
        x, y, *size = node.box
        is_off = any(holder.role == 'push button' and not holder.is_in('sensitive') for holder in node.ancestors())
        # Where a strip is an alert, its label has the text.
        if not node.children and not is_off and x >= 0 and y >= 0 and x + size[0] <= width and y + size[1] <= height:
            # The box of one with a negative margin reaches into the time above it.
            box = (x, y + size[1] // 3, size[0], size[1] // 3) if node.role == 'alert' else node.box
            found[node.name] = min(contrast(path, box), found.get(node.name, 21))
    missing = [name for name in wanted if name not in found]
    if missing:
        raise Failure(f'not in sight: {missing}\n{window.dump()}')
    return found


def test_contrast(scene):
    """Every text of the page can be read, in light and dark: 4.5 : 1 (WCAG 2.1, 1.4.3)."""
    pale = []
    for scheme in ('light', 'dark'):
        environment = {'ADW_DEBUG_COLOR_SCHEME': f'prefer-{scheme}'}
        window, clock = open_payment(scene, environment)
        clock.leave(290)
        hurry = 'Less than 5 minutes left. Don’t start a slow or exchange payment now.'
        window.wait_for('alert', hurry)
        window.press('Copy Address')
        wait(lambda: read_clipboard(scene) == clock.order['wallet_address'], 'the address is in the clipboard')
        hold(scene, OTHER_ADDRESS)
        window.wait_for('label', WARNING)
        ratios = measure_texts(window, (hurry, WARNING, 'Amount', 'Address', 'Network'))
        window.close()
        window = scene.window('--practice', environment=environment)
        window.resize(1000, 960)
        purchase.buy_to_payment(window, 'Steam')
        ratios.update(measure_texts(window, ('Don’t send money', purchase.PRACTICE)))
        window.close()
        for name, ratio in sorted(ratios.items(), key=lambda entry: entry[1]):
            if ratio < 4.5:
                pale.append(f'{scheme}: {ratio:.2f} “{name}”')
    if pale:
        raise Failure('too pale:\n' + '\n'.join(pale))


run_tests(test_families, test_comment, test_codes, test_contrast)
