# SPDX-License-Identifier: GPL-3.0-or-later
"""The payment page: its code, its copies, what it says of the clipboard and of wallets, and what is left of it where a
payment is refused."""

import os
import re
import stat
import subprocess
import tempfile

import purchase
import session
from driver import Failure, Process, Profile, run_tests, run_tool, wait

# The example of EIP-55.
OTHER_ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
HARMLESS = 'milk, bread and 0x5aAe eggs'
WARNING = 'The clipboard now holds another address. Check the address before you pay.'
SCREENS = (({'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'}, 1),
           ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark', 'GDK_SCALE': '2'}, 2))


def expect(what, seen, wanted):
    if seen != wanted:
        raise Failure(f'{what} is “{seen}”, not “{wanted}”')


def program(scene):
    return os.path.join(scene.build, 'tests', 'ui', 'clipboard')


def read_clipboard(scene):
    return subprocess.run([program(scene), 'read'], stdout=subprocess.PIPE, timeout=20, check=True).stdout.decode()


def hold(scene, text):
    """Another program takes the clipboard."""
    process = Process([program(scene), 'hold', text])
    scene.processes.append(process)
    process.wait_for_output('^(held)$')
    return process


def buy(scene, environment=None, scale=1):
    """A window with a payment at a sandbox of its own, and what the sandbox knows of the order."""
    _, url = scene.sandbox('--seed', '7')
    window = scene.window('--api-url', url, environment=environment)
    window.scale = scale
    window.resize(1000, 960)
    purchase.buy_to_payment(window, 'Steam')
    return window, purchase.get_json(f'{url}/sandbox/codes')['orders'][-1]


def read_code(window, name='Payment QR code', surface=None):
    """What the code on the screen says."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'screen.png')
        if surface is None:
            purchase.shoot_code(window, path, name)
        else:
            run_tool('import', '-window', surface, f'png:{path}')
        found = window.read_code(path)
    return found[0] if len(found) == 1 else found


def wait_for_code(window, wanted, what):
    def holds():
        code = read_code(window)
        return isinstance(code, str) and wanted(code)
    window.wait_until(holds, what)


def toggle(window, name):
    """The switch of a row."""
    window.activate(window.wait_for('switch', name))


def choose_wallet(window, name):
    row = window.wait_for('combo box', 'I Pay With')
    for _ in range(20):
        focused = window.focused()
        if focused is not None and focused.role == 'combo box' and focused.name == row.name:
            break
        window.key('Tab')
        window.wait_until(lambda before=focused: window.focused() is not None and
                          (before is None or window.focused().path != before.path), 'Tab moves the focus')
    purchase.choose_by_keyboard(window, 'I Pay With', name)


def test_wallets(scene):
    window, order = buy(scene)
    address, amount = order['wallet_address'], order['coin_amount']
    expect('the first choice', purchase.row_choice(window, 'I Pay With'), 'Other / Not Sure')
    if not window.says(re.compile(r'^Your wallet must now show .* on Solana\. If it shows anything else, don’t pay\.$')):
        raise Failure('the page does not say what the wallet must show\n' + window.dump())
    choose_wallet(window, 'Trust Wallet')
    wait_for_code(window, lambda code: code == address, 'an address alone for a wallet that reads amounts wrongly')
    window.wait_gone('switch', 'Include Amount in the Code')
    window.wait_for('label', re.compile('^Trust Wallet can misread the amount in a code'))
    choose_wallet(window, 'An Exchange')
    wait_for_code(window, lambda code: code == address, 'an address alone for an exchange')
    window.wait_for('label', f'Type {amount} USDC as the amount that arrives, not as the amount to send.')
    window.wait_for('label', re.compile(r'^Some exchanges take their fee .*Exactly ' + re.escape(amount)))
    choose_wallet(window, 'Phantom')
    wait_for_code(window, lambda code: code.startswith(f'solana:{address}?'), 'the whole request for Phantom')
    # What was chosen is there the next time, and has changed nothing of the payment.
    window.press('Back')
    purchase.open_order(window, re.compile('^Steam, '))
    window.wait_for(None, 'Payment QR code')
    expect('the choice', purchase.row_choice(window, 'I Pay With'), 'Phantom')
    expect('the address', purchase.row_text(window, 'Address'), address)
    expect('the amount', purchase.row_text(window, 'Amount'), f'{amount} USDC')
    window.close()


def test_copies_and_clipboard(scene):
    window, order = buy(scene)
    address, amount = order['wallet_address'], order['coin_amount']
    window.focus()
    for button, wanted in (('Copy Amount', amount), ('Copy Network', 'Solana'), ('Copy Payment Request', None),
                           ('Copy Address', address)):
        hold(scene, HARMLESS)
        window.press(button)
        # The code has the whole request.
        wanted = wanted or read_code(window)
        wait(lambda: read_clipboard(scene) == wanted, lambda: f'{button} copies “{wanted}”: “{read_clipboard(scene)}”')
        if window.says(WARNING):
            raise Failure('what was copied here is called another address')

    hold(scene, HARMLESS)
    wait(lambda: read_clipboard(scene) == HARMLESS, 'the clipboard holds something harmless')
    other = hold(scene, OTHER_ADDRESS)
    window.wait_for('label', WARNING)
    # At the top of the page, wherever that was left.
    top = window.wait_for('label', WARNING).extents()[1]
    if not 0 < top < window.size()[1]:
        raise Failure(f'the warning is out of sight, at {top}')
    window.press('Copy Again')
    window.wait_gone('label', WARNING)
    wait(lambda: read_clipboard(scene) == address, 'the clipboard holds the address again')
    other.stop()
    # And what comes while another window has the focus is seen when this one has it again.
    hold(scene, OTHER_ADDRESS + '\n')
    window.wait_for('label', WARNING)
    hold(scene, HARMLESS)
    window.wait_gone('label', WARNING)
    window.close()


def test_picture(scene):
    window, _order = buy(scene)
    code = read_code(window)
    path = os.path.join(window.profile.folder, 'saved.png')
    for target in ('/proc/saved.png', path):
        window.press('Save as PNG…')
        dialog = wait(lambda: window.find_surface('Save QR Code'), 'a window to save in')
        run_tool('xdotool', 'windowfocus', '--sync', dialog)
        window.fill('Name:', target)
        run_tool('xdotool', 'key', 'Return')
        wait(lambda: window.find_surface('Save QR Code') is None, 'the window is gone')
        window.focus()
        if target != path:
            window.wait_for('label', re.compile('^The picture could not be saved'))
    window.wait_gone('label', re.compile('^The picture could not be saved'))
    window.wait_until(lambda: window.read_code(path) == [code], 'the picture has the same code')
    size = [int(part) for part in run_tool('identify', '-format', '%w %h', path).split()]
    if size[0] != size[1] or size[0] % 16 != 0:
        raise Failure(f'a picture of {size}')
    expect('the mode', stat.S_IMODE(os.stat(path).st_mode) & 0o700, 0o600)
    window.close()


def test_wallet_here(scene):
    """A wallet on this computer gets the whole request and nothing else; in practice there is none."""
    opened = os.path.join(os.environ['HOME'], 'opened')

    def install(profile_data):
        folder = os.path.join(profile_data, 'applications')
        os.makedirs(folder, exist_ok=True)
        script = os.path.join(os.environ['HOME'], 'wallet')
        with open(script, 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/sh\nprintf "%s\\n" "$@" > {opened}.new && mv {opened}.new {opened}\n')
        os.chmod(script, 0o755)
        with open(os.path.join(folder, 'wallet.desktop'), 'w', encoding='utf-8') as file:
            file.write(f'[Desktop Entry]\nType=Application\nName=Wallet\nExec={script} %u\n'
                       'MimeType=x-scheme-handler/solana;\n')
        with open(os.path.join(folder, 'mimeapps.list'), 'w', encoding='utf-8') as file:
            file.write('[Default Applications]\nx-scheme-handler/solana=wallet.desktop\n')
    profile = Profile()
    install(os.path.join(profile.folder, 'data'))
    _, url = scene.sandbox('--seed', '7')
    window = scene.window('--api-url', url, profile=profile)
    window.resize(1000, 960)
    purchase.buy_to_payment(window, 'Steam')
    window.press('Open in Wallet')
    wait(lambda: os.path.exists(opened), 'the wallet is started')
    with open(opened, encoding='utf-8') as file:
        expect('what the wallet is given', file.read(), read_code(window) + '\n')
    window.close()

    practice = Profile()
    install(os.path.join(practice.folder, 'data'))
    window = scene.window('--practice', profile=practice)
    purchase.buy_to_payment(window, 'Steam')
    window.wait_for('label', 'Don’t send money')
    if window.find('push button', 'Open in Wallet'):
        raise Failure('a wallet can be opened in practice')
    window.close()


def test_wallet_behind_portal(scene):
    """In a sandbox no wallet is seen: the portal is asked, which tells what became of it."""
    desktop = session.Desktop('org.freedesktop.portal.Desktop', 'org.freedesktop.portal.OpenURI',
                              'org.freedesktop.portal.Inhibit')
    scene.processes.append(desktop)
    # GLib would ask the portal of everything, which has nothing else here.
    window, _ = buy(scene, {'GTK_USE_PORTAL': '1', 'GIO_USE_PORTALS': '1', 'GIO_USE_PROXY_RESOLVER': 'dummy',
                            'GIO_USE_NETWORK_MONITOR': 'base'})
    window.press('Open in Wallet')
    wait(lambda: desktop.calls('OpenURI'), 'a request to the portal')
    expect('what is opened', [call[2] for call in desktop.calls('OpenURI')], [read_code(window)])
    if window.find('label', 'The wallet could not be opened.'):
        raise Failure('what was opened is said not to be')
    window.press('Open in Wallet')
    window.wait_for('label', 'The wallet could not be opened.')
    window.close()


def test_refused(scene):
    from small_server import random_base58_key
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    other = random_base58_key()
    server.update(wallet_address=other, qr_text=other)
    window.wait_for('push button', 'Create Support Message')
    for name in ('Payment QR code', 'Copy Address', 'Copy Amount', 'Copy Payment Request', 'Enlarge', 'I Pay With'):
        if window.find(None, name):
            raise Failure(f'“{name}” is still there\n{window.dump()}')
    for text in [node.name for node in window.find_all(hidden=True)]:
        if other in text or server.address in text:
            raise Failure(f'an address is still there: {text}')
    window.press('Create Support Message')
    text = window.wait_for('label', re.compile('Refills .*address', re.IGNORECASE | re.DOTALL)).name
    window.press('Copy Message')
    wait(lambda: read_clipboard(scene) == text, 'the message is in the clipboard')
    # Escape would be the toast's.
    window.wait_for(None, 'Copied')
    window.wait_gone(None, 'Copied')
    window.close_dialog('Support Message')
    # It is for good, so there is no use in asking again.
    window.wait_for('push button', 'Order Again')
    if window.find('push button', 'Check Again'):
        raise Failure('what is for good can be asked again')
    window.close()


if __name__ == '__main__':
    run_tests(test_wallets, test_copies_and_clipboard, test_picture, test_wallet_here, test_wallet_behind_portal,
              test_refused)
