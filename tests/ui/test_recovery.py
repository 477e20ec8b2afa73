# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery passphrase: offered once something was bought, set, and never asked for again."""

import re

import purchase
from driver import Failure, Profile, run_tests

OFFER = re.compile('^Keep access to your codes even if')
PASSPHRASE = 'correct horse battery'
# Remembers settings from one start to the next.
KEYFILE = {'GSETTINGS_BACKEND': 'keyfile'}


def start(scene, server, profile):
    return scene.window('--api-url', server.url, profile=profile, environment=KEYFILE)


def buy(scene, server, profile):
    window = start(scene, server, profile)
    purchase.buy_to_payment(window, server.brand)
    if window.find('label', OFFER):
        raise Failure('the passphrase is offered while something is to be paid\n' + window.dump())
    server.deliver()
    purchase.wait_until_done(window)
    return window


def open_order(window, server):
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')


def expect_code(window, server):
    code = purchase.reveal_code(window)
    if code != server.code:
        raise Failure(f'the code is {code}, not {server.code}')


def set_passphrase(window):
    window.press('Set Passphrase…')
    window.wait_for('label', 'At least 8 characters')
    window.fill('Passphrase', 'short')
    window.press('Set Passphrase')
    window.wait_for('alert', 'Use at least 8 characters')
    window.fill('Passphrase', PASSPHRASE)
    window.fill('Passphrase Again', PASSPHRASE + '?')
    window.press('Set Passphrase')
    window.wait_for('alert', 'This is not the same passphrase')
    window.fill('Passphrase Again', PASSPHRASE)
    window.press('Set Passphrase')
    window.wait_for('label', 'Recovery passphrase set', 30)


def test_declined_once(scene):
    server = scene.server()
    profile = Profile()
    window = buy(scene, server, profile)
    window.wait_for('label', OFFER)
    window.press('Not Now')
    window.wait_until(lambda: not window.find('label', OFFER), 'the offer goes')
    window.close()

    window = start(scene, server, profile)
    open_order(window, server)
    expect_code(window, server)
    if window.find('label', OFFER):
        raise Failure('what was declined is offered again\n' + window.dump())
    window.close()


def test_set_and_kept(scene):
    server = scene.server()
    profile = Profile()
    window = buy(scene, server, profile)
    window.resize(360, 720)
    set_passphrase(window)
    window.wait_until(lambda: not window.find('label', OFFER), 'the offer goes')
    expect_code(window, server)
    window.close()

    window = start(scene, server, profile)
    open_order(window, server)
    expect_code(window, server)
    if window.find('label', OFFER) or window.find('push button', 'Unlock'):
        raise Failure('something is asked for that was given\n' + window.dump())
    window.close()


run_tests(test_declined_once, test_set_and_kept)
