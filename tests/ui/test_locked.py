# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders whose key cannot be had: listed, locked, opened by one button or by the recovery passphrase."""

import os

import purchase
from driver import Failure, Profile, run_tests

PASSPHRASE = 'correct horse battery'
# Remembers settings from one start to the next.
KEYFILE = {'GSETTINGS_BACKEND': 'keyfile'}


def start(scene, server, profile):
    return scene.window('--api-url', server.url, profile=profile, environment=KEYFILE)


def buy(scene, server, profile):
    window = start(scene, server, profile)
    purchase.buy_to_payment(window, server.brand)
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
    window.fill('Passphrase', PASSPHRASE)
    window.fill('Passphrase Again', PASSPHRASE)
    window.press('Set Passphrase')
    window.wait_for('label', 'Recovery passphrase set', 30)


def test_lost_keyring(scene):
    server = scene.server()
    profile = Profile()
    window = buy(scene, server, profile)
    set_passphrase(window)
    window.close()
    os.remove(os.path.join(profile.folder, 'keyring'))

    window = start(scene, server, profile)
    window.wait_for('push button', 'Unlock', 15)
    open_order(window, server)
    window.wait_for('status', 'This order is locked')
    if len(window.find_all('push button', 'Unlock')) != 1:
        raise Failure('there is more than one button to unlock\n' + window.dump())
    if window.find('push button', 'Reveal Code'):
        raise Failure('a code can be revealed\n' + window.dump())
    window.press('Use Recovery Passphrase…')
    window.fill('Passphrase', 'not the passphrase')
    unlock(window)
    window.wait_for('alert', 'This is not the recovery passphrase.', 30)
    window.fill('Passphrase', PASSPHRASE)
    unlock(window)
    window.wait_for('label', 'Your orders are unlocked', 30)
    expect_code(window, server)
    if window.find('push button', 'Unlock'):
        raise Failure('there is something left to unlock\n' + window.dump())
    window.close()

    # What was recovered is in the keyring again.
    window = start(scene, server, profile)
    open_order(window, server)
    expect_code(window, server)
    window.close()


def test_nothing_left(scene):
    """Keyring lost and no passphrase set: what is locked stays in a file, and one can buy again."""
    server = scene.server()
    profile = Profile()
    buy(scene, server, profile).close()
    os.remove(os.path.join(profile.folder, 'keyring'))

    window = start(scene, server, profile)
    window.wait_for('push button', 'Unlock', 15)
    open_order(window, server)
    window.press('Start Without These Orders…')
    window.press('Cancel')
    window.wait_gone('push button', 'Cancel')
    if kept(profile):
        raise Failure(f'set aside without a yes: {kept(profile)}')
    window.press('Start Without These Orders…')
    window.press('Start Without These Orders')
    window.wait_for('label', 'The locked orders are kept in a file', 15)
    if len(kept(profile)) != 1:
        raise Failure(f'not one file is kept: {kept(profile)}')
    window.wait_gone('push button', 'Unlock')
    window.wait_gone('push button', 'Start Without These Orders…')
    window.close()

    # With a new key.
    buy(scene, server, profile).close()
    window = start(scene, server, profile)
    open_order(window, server)
    expect_code(window, server)
    window.close()


def kept(profile):
    """Beside each lies the copy of its keys."""
    return [name for _, _, names in os.walk(profile.folder) for name in names
            if '.locked-' in name and not name.endswith('.keys')]


def unlock(window):
    """The button of the window above, which is read last."""
    def find():
        found = [node for node in window.find_all('push button', 'Unlock') if node.is_in('sensitive')]
        return found[-1] if found else None
    window.activate(window.wait_until(find, 'a button to unlock'))


def test_keyring_comes_back(scene):
    server = scene.server()
    profile = Profile()
    buy(scene, server, profile).close()
    keyring = os.path.join(profile.folder, 'keyring')
    os.rename(keyring, keyring + '-away')

    window = start(scene, server, profile)
    window.wait_for('push button', 'Unlock', 15)
    open_order(window, server)
    window.wait_for('status', 'This order is locked')
    if window.find('push button', 'Use Recovery Passphrase…'):
        raise Failure('a passphrase is asked for that was never set\n' + window.dump())
    window.press('Unlock')
    window.wait_for('label', 'Your orders stay locked')
    window.wait_for('status', 'This order is locked')
    window.close()

    # Nothing was made in place of the key meanwhile.
    os.rename(keyring + '-away', keyring)
    window = start(scene, server, profile)
    open_order(window, server)
    expect_code(window, server)
    window.close()


run_tests(test_lost_keyring, test_nothing_left, test_keyring_comes_back)
