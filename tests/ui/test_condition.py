# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders whose file is not as it should be: told in a strip of the window, and no more kept from than must be."""

import os
import re
import sqlite3

import purchase
from driver import Failure, Profile, run_tests

NEWER = re.compile('^A newer version of Refills saved your orders')
MENDED = re.compile('^The file with your orders was damaged. 1 order was recovered; the damaged file is kept as “orders.db.damaged-')


def find_database(profile):
    for folder, _, names in os.walk(profile.folder):
        if 'orders.db' in names:
            return os.path.join(folder, 'orders.db')
    raise Failure('there is no database')


def buy(scene, server, profile):
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    server.deliver()
    purchase.wait_until_done(window)
    window.close()


def expect_room(window):
    """In a window as small as it gets the strip leaves more than half to the page."""
    window.resize(360, 640)
    window.wait_until(lambda: window.size()[0] <= 380, 'a small window')
    if 'SHOTS' in os.environ:
        window.shoot(os.path.join(os.environ['SHOTS'], f'condition-{len(os.listdir(os.environ["SHOTS"]))}.png'))
    for node in window.find_all('alert'):
        _, _, width, height = node.extents()
        if height > 320 or width > 360:
            raise Failure(f'the strip takes {width} × {height}\n' + window.dump())


def test_newer(scene):
    server = scene.server()
    profile = Profile()
    buy(scene, server, profile)
    database = sqlite3.connect(find_database(profile))
    database.execute('PRAGMA user_version=99')
    database.close()

    window = scene.window('--api-url', server.url, profile=profile)
    window.wait_for('label', NEWER)
    if window.find('push button', 'Dismiss') or window.find('push button', 'Unlock'):
        raise Failure('there is something to press\n' + window.dump())
    expect_room(window)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    code = purchase.reveal_code(window)
    if code != server.code:
        raise Failure(f'the code is {code}, not {server.code}')
    # What could not be written is not offered.
    if window.find('push button', 'Set Passphrase…'):
        raise Failure('a recovery passphrase is offered\n' + window.dump())
    window.close()


def test_mended(scene):
    server = scene.server()
    profile = Profile()
    buy(scene, server, profile)
    path = find_database(profile)
    database = sqlite3.connect(path)
    # The list of keys, without which nothing could be opened.
    page = database.execute("SELECT rootpage FROM sqlite_master WHERE name='keys'").fetchone()[0]
    size = database.execute('PRAGMA page_size').fetchone()[0]
    database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    database.close()
    with open(path, 'r+b') as file:
        file.seek((page - 1) * size)
        file.write(b'\xff' * size)

    window = scene.window('--api-url', server.url, profile=profile)
    window.wait_for('label', MENDED)
    expect_room(window)
    window.press('Dismiss')
    window.wait_gone('label', MENDED)
    window.close()

    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    if purchase.reveal_code(window) != server.code:
        raise Failure('the code is another\n' + window.dump())
    if window.find('label', MENDED):
        raise Failure('it is told again\n' + window.dump())
    window.close()


run_tests(test_newer, test_mended)
