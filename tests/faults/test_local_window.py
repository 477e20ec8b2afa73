# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows L01–L12 as a person meets them, in the real window.

test_local_window.py BUILD-FOLDER [PART-OF-A-NAME]
"""

import calendar
import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'ui')]

import local
import purchase
import session
from driver import DEADLINE, Failure, Process, Profile, Window, run_tests, run_tool, shared_bus, wait

UNKNOWN = re.compile('^We can’t tell whether this order was made')
NARROW = (360, 720)
# Under a sanitizer all takes longer.
SLOWER = 5 if 'ASAN_OPTIONS' in os.environ or 'UBSAN_OPTIONS' in os.environ else 1


def expect(what, found, wanted):
    if found != wanted:
        raise Failure(f'{what}: {found!r}, not {wanted!r}')


def make_shim(scene):
    return local.Shim(os.path.join(scene.build, 'tests', 'faults', 'librefills-disk-shim.so'))


def posts(server):
    return server.count('POST', '^/v5/orders$')


def go_to_checkout(window, server):
    purchase.wait_for_catalogue(window, server.brand)
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)
    purchase.fill_in(window)
    purchase.wait_for_total(window)


def send_and_hold(window, server):
    """Presses Place Order; returns what lets the answer go, once the order was sent."""
    answer = server.hold('POST', '^/v5/orders$')
    window.press('Place Order')
    window.wait_until(lambda: posts(server) == 1, 'the order is sent')
    return answer


def go_back(window):
    """From the checkout, by way of the brand, to the pages with tabs."""
    window.press('Back')
    window.wait_for('label', 'Choose a Value')
    window.press('Back')


def copy_all(scene, window):
    """Copies by the keyboard what is known of the order; returns the lines, each a title and what it says."""
    window.focus()
    for _ in range(40):
        focused = window.focused()
        if focused and focused.name == 'Copy All':
            break
        window.key('Tab')
    else:
        raise Failure(f'Tab does not lead to Copy All\n{window.dump()}')
    window.key('Return')
    window.wait_for(None, 'Copied')
    window.wait_gone(None, 'Copied')
    text = run_tool(os.path.join(scene.build, 'tests', 'ui', 'read-clipboard'))
    return dict(line.split(': ', 1) for line in text.splitlines())


def is_near(when, seconds=60):
    """Whether a time in UTC is about now."""
    return abs(calendar.timegm(time.strptime(when, '%Y-%m-%dT%H:%M:%SZ')) - time.time()) < seconds


def check_copied(copied, server, *, payable):
    """What was copied is what the server says of the order, and how to pay only while it can be paid."""
    for title, wanted in (('Order ID', server.order_id), ('Item', f'{server.brand} · ${server.value} · {purchase.EMAIL}'),
                          ('E-mail', purchase.EMAIL), ('Amount', f'{server.amount} USDC' if payable else None),
                          ('Network', 'Solana' if payable else None), ('Address', server.address if payable else None),
                          ('Code', None if payable else server.code), ('Serial', None if payable else server.serial)):
        expect(title, copied.get(title), wanted)
    expect('an order’s time', is_near(copied['Ordered']) and is_near(copied['Time at the Service']), True)
    if payable and not is_near(copied['Pay Before'], 1260):
        raise Failure(f'to be paid before {copied["Pay Before"]}')


def seconds_left(window):
    found = window.wait_for(None, re.compile(r'^Pay within \d+:\d\d$')).name
    minutes, seconds = found.split()[-1].split(':')
    return int(minutes) * 60 + int(seconds)


def test_L01_disk_full_before_the_order(scene):
    server, shim = scene.server(), make_shim(scene)
    window = scene.window('--api-url', server.url, environment=shim.environment)
    go_to_checkout(window, server)
    shim.say('full')
    window.press('Place Order')
    window.wait_for(None, re.compile('no space .* so it was not sent.$'))
    expect('orders sent', posts(server), 0)
    if window.find(None, server.address) or window.find(None, 'Payment QR code'):
        raise Failure('there is something to pay\n' + window.dump())
    shim.say('')
    window.press('Try Again')
    purchase.wait_for_total(window)
    purchase.place_order(window)
    expect('the address', purchase.read_payment(window)[1], server.address)
    expect('orders sent', posts(server), 1)
    window.close()


def test_L02_disk_full_after_the_order(scene):
    server, shim, profile = scene.server(), make_shim(scene), Profile()
    window = scene.window('--api-url', server.url, profile=profile, environment=shim.environment)
    go_to_checkout(window, server)
    answer = send_and_hold(window, server)
    shim.say('full')
    answer.set()
    window.wait_for(None, UNKNOWN)
    if window.find(None, server.address) or window.find(None, 'Payment QR code'):
        raise Failure('an order that is not on the disk can be paid\n' + window.dump())
    # Tried again every five seconds, from memory.
    refused = shim.count('write', True)
    window.wait_until(lambda: shim.count('write', True) > refused, 'it is tried again', 12)
    go_back(window)
    purchase.open_order(window, f'{server.brand}, ${server.value}, No answer')
    window.wait_for(None, 'Free some space: this order is not saved')
    check_copied(copy_all(scene, window), server, payable=True)
    window.key('ctrl+q')
    window.wait_for(None, 'An order could not be saved')
    window.press('Cancel')
    window.wait_gone(None, 'An order could not be saved')
    window.check_alive()
    window.press('Back')
    shim.say('')
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    expect('the address', purchase.read_payment(window)[1], server.address)
    expect('orders sent', posts(server), 1)
    window.close()
    expect('files synced again with nothing written', shim.synced_again(), [])


def test_L02_disk_full_with_a_code(scene):
    server, shim, profile = scene.server(), make_shim(scene), Profile()
    window = scene.window('--api-url', server.url, profile=profile, environment=shim.environment)
    purchase.buy_to_payment(window, server.brand)
    shim.say('full')
    server.deliver()
    window.wait_for(None, 'Free some space: this order is not saved. Copy the code and keep it before you quit.')
    check_copied(copy_all(scene, window), server, payable=False)
    expect('the code', purchase.reveal_code(window), server.code)
    window.wait_for('push button', 'Copy Code')
    window.focus()
    window.key('ctrl+q')
    window.wait_for(None, 'A code could not be saved')
    window.press('Cancel')
    window.wait_gone(None, 'A code could not be saved')
    window.check_alive()
    refused = shim.count('write', True)
    window.wait_until(lambda: shim.count('write', True) > refused, 'it is tried again', 12)
    shim.say('')
    window.wait_gone(None, re.compile('^Free some space'), 12)
    window.close()

    # Nothing is asked for that was saved in the end.
    answers = server.count('GET', f'/v5/orders/{server.order_id}')
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    expect('the code', purchase.reveal_code(window), server.code)
    expect('questions', server.count('GET', f'/v5/orders/{server.order_id}'), answers)
    window.close()


def test_L03_no_sync_after_the_order(scene):
    server, shim, profile = scene.server(), make_shim(scene), Profile()
    window = scene.window('--api-url', server.url, profile=profile, environment=shim.environment)
    go_to_checkout(window, server)
    answer = send_and_hold(window, server)
    shim.say('sync')
    answer.set()
    window.wait_for(None, UNKNOWN)
    if window.find(None, server.address):
        raise Failure('an order that is not on the disk can be paid\n' + window.dump())
    refused = shim.count('sync', True)
    window.wait_until(lambda: shim.count('sync', True) > refused, 'it is tried again', 12)
    shim.say('')
    go_back(window)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    expect('files synced again with nothing written', shim.synced_again(), [])
    window.close()


def test_L04_home_is_read_only(scene):
    if not local.can_mount():
        print('# L04: needs a mount namespace')
        return
    server, profile = scene.server(), Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    window.close()

    window = Window(local.READ_ONLY_AS_SELF[0], [*local.READ_ONLY_AS_SELF[1:], profile.folder, window.arguments[0],
                                                 '--api-url', server.url], profile)
    scene.processes.append(window)
    window.open(DEADLINE)
    window.wait_for(None, re.compile('^Nothing can be saved in the folder of your orders'))
    go_to_checkout(window, server)
    window.press('Place Order')
    window.wait_for(None, re.compile('so this one was not sent.$'))
    expect('orders sent', posts(server), 1)
    go_back(window)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    window.close()


def test_L04_home_is_a_link(scene):
    server, profile = scene.server(), Profile()
    link = profile.folder + '-link'
    os.symlink(profile.folder, link)
    profile.folder = link
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    window.close()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    window.close()
    os.unlink(link)


def test_L06_started_twice(scene):
    server, profile = scene.server(), Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.wait_for_catalogue(window, server.brand)
    again = subprocess.run([*window.arguments[:1], '--api-url', server.url], env={**os.environ, **profile.environment()},
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=DEADLINE,
                           check=False)
    expect('the second one’s status', again.returncode, 0)
    window.check_alive()
    expect('windows', len({surface for surface in
                           run_tool('xdotool', 'search', '--onlyvisible', '--name', '^Refills$', check=False).split()}), 1)
    window.close()


def test_L07_clock_is_set(scene):
    server, shim, profile = scene.server(), make_shim(scene), Profile()
    server.asked_ago = 1080  # seconds are shown in the last two minutes
    window = scene.window('--api-url', server.url, profile=profile, environment=shim.environment)
    purchase.buy_to_payment(window, server.brand)
    before, begin = seconds_left(window), time.monotonic()
    for words in (f'clock {-365 * 86400}', 'clock 86400', ''):
        shim.say(words)
        time.sleep(2.5)  # two ticks of the countdown
        left = seconds_left(window) + time.monotonic() - begin
        if abs(left - before) > 3:
            raise Failure(f'with {words!r} there are {left:.0f} s in all, before {before}')
        window.wait_for(None, 'Payment QR code')
    shim.say('clock 86400')
    server.pay()
    window.wait_for(None, 'Payment seen')
    shim.say(f'clock {-365 * 86400}')
    server.deliver()
    purchase.wait_until_done(window)
    expect('the code', purchase.reveal_code(window), server.code)
    window.close()


def test_L08_no_bus(scene):
    """No session bus: so no portal, no notifications, no keyring's service, and no other instance to find. GTK cannot
    be read from outside then; what it does is seen at the server and in the next start."""
    server, profile = scene.server(), Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    window.close()

    asked = server.count('GET', f'/v5/orders/{server.order_id}')
    blind = Window(window.arguments[0], ['--api-url', server.url], profile,
                   {'DBUS_SESSION_BUS_ADDRESS': f'unix:path={profile.folder}/nowhere', 'GTK_A11Y': 'none', 'GSETTINGS_BACKEND': 'memory'})
    scene.processes.append(blind)
    blind.surface = wait(blind.find_surface, 'a window on the display', DEADLINE, blind.check_alive)
    wait(lambda: server.count('GET', f'/v5/orders/{server.order_id}') > asked, 'the order is followed', DEADLINE,
         blind.check_alive)
    server.deliver()
    # Its stream has ended for good once the end is on the disk.
    time.sleep(1)
    blind.close()

    answers = server.count('GET', f'/v5/orders/{server.order_id}')
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    expect('the code', purchase.reveal_code(window), server.code)
    expect('questions about an order that is over', server.count('GET', f'/v5/orders/{server.order_id}'), answers)
    window.close()


def test_K25_settings_that_were_cut(scene):
    """Whatever is left of the file of settings, the window comes, and settings are kept again."""
    server, profile = scene.server(), Profile()
    file = pathlib.Path(profile.folder, 'config', 'glib-2.0', 'settings', 'keyfile')
    file.parent.mkdir(parents=True)
    for left in (b'[io/github/refills/Refills]\nwindow-width=90', b"[io/github/refills/Refills]\ncountry='U", os.urandom(4096)):
        file.write_bytes(left)
        window = scene.window('--api-url', server.url, profile=profile, environment={'GSETTINGS_BACKEND': 'keyfile'})
        purchase.wait_for_catalogue(window, server.brand)
        width = window.resize(833, 700)[0]
        window.close()
        kept = file.read_text(encoding='utf-8', errors='replace')
        print(f'# {len(left)} bytes before, {len(kept)} after', flush=True)
        if f'window-width={width}' not in kept:
            raise Failure(f'after {left[:60]} nothing is kept: {kept[:300]!r}')


EMPTY_BUS = '''<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'''


def test_L08_no_keyring(scene):
    """A session bus with nothing on it: no keyring, no portal, no notifications. Nothing is kept in a file without a yes;
    then all works, and after the next start too. The window is read by the bus for accessibility, which is another one."""
    server, profile = scene.server(), Profile()
    config = pathlib.Path(profile.folder, 'bus.conf')
    config.write_text(EMPTY_BUS.format(folder=profile.folder), encoding='utf-8')
    bus = Process(['dbus-daemon', f'--config-file={config}', '--nofork', '--print-address'])
    scene.processes.append(bus)
    alone = {'DBUS_SESSION_BUS_ADDRESS': bus.wait_for_output('^(unix:.*)$'), 'SECRET_BACKEND': 'service',
             'AT_SPI_BUS_ADDRESS': shared_bus().address}
    window = scene.window('--api-url', server.url, profile=profile, environment=alone)

    def key_files():
        return [path for path in pathlib.Path(profile.folder).rglob('*') if path.is_file() and 'key' in path.name
                and not path.name.startswith('orders.db') and 'data' in path.parts]
    go_to_checkout(window, server)
    window.press('Place Order')
    window.wait_for(None, 'Keep the Key in a File?')
    window.wait_for(None, re.compile('^This computer has no keyring'))
    window.press('Cancel')
    window.wait_gone(None, 'Keep the Key in a File?')
    expect('orders sent without a yes, and keys', (posts(server), key_files()), (0, []))
    window.press('Try Again' if window.find('push button', 'Try Again') else 'Place Order')
    window.press('Keep the Key in a File')
    window.wait_for(None, 'Payment QR code')
    expect('the address', purchase.read_payment(window)[1], server.address)
    expect('orders sent', posts(server), 1)
    expect('who may read the key', [oct(path.stat().st_mode & 0o777) for path in key_files()], ['0o600'])
    server.deliver()
    purchase.wait_until_done(window)
    expect('the code', purchase.reveal_code(window), server.code)
    window.close()

    window = scene.window('--api-url', server.url, profile=profile, environment=alone)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    expect('the code', purchase.reveal_code(window), server.code)
    if window.find('push button', 'Unlock'):
        raise Failure('something is locked\n' + window.dump())
    window.close()


def end_of(window, statuses=(0,), seconds=2):
    """Waits for the end; says how long it took."""
    begin = time.monotonic()
    try:
        window.process.wait(seconds * SLOWER)
    except subprocess.TimeoutExpired as expired:
        raise Failure(f'it does not end within {seconds * SLOWER} s') from expired
    print(f'# ended after {1000 * (time.monotonic() - begin):.0f} ms', flush=True)
    expect('its status', window.process.returncode in statuses, True)


def check_order(scene, server, profile):
    """What was on screen is there again, and was sent once."""
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    expect('the address', purchase.read_payment(window)[1], server.address)
    expect('orders sent', posts(server), 1)
    return window


def test_L10_told_to_end(scene):
    """By SIGTERM, as a session that ends does: while it streams, while nothing comes, and without a window."""
    server, profile = scene.server(), Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    wait(lambda: server.count('GET', '/subscribe$'), 'a stream')
    window.process.send_signal(signal.SIGTERM)
    end_of(window)

    server.add_rule('GET', '/subscribe$', lambda handler, usual: time.sleep(5))
    window = check_order(scene, server, profile)
    window.process.send_signal(signal.SIGHUP)
    end_of(window)
    check_order(scene, server, profile).close()


def test_L10_session_is_asked_to_stay(scene):
    """While an order is being sent, and no longer."""
    server, profile = scene.server(), Profile()
    desktop = session.Desktop('org.gnome.SessionManager')
    scene.processes.append(desktop)
    window = scene.window('--api-url', server.url, profile=profile)
    go_to_checkout(window, server)
    expect('asked before', desktop.calls('Inhibit'), [])
    answer = send_and_hold(window, server)
    asked = wait(lambda: desktop.calls('Inhibit'), 'the session is asked to stay')
    # Neither to log out (1) nor to sleep (4).
    expect('what must not happen', [call[4] for call in asked], [5])
    expect('let go before the answer', desktop.calls('Uninhibit'), [])
    answer.set()
    window.wait_for(None, 'Payment QR code')
    wait(lambda: desktop.calls('Uninhibit') == [['Uninhibit', 17]], 'the session may end')
    expect('asked once', len(desktop.calls('Inhibit')), 1)
    window.process.send_signal(signal.SIGTERM)
    end_of(window)
    check_order(scene, server, profile).close()


@contextlib.contextmanager
def other_display():
    """A display of its own, for what is started meanwhile; what is yielded ends it."""
    reading, writing = os.pipe()
    log = subprocess.DEVNULL
    display = subprocess.Popen(['Xvfb', '-displayfd', str(writing), '-screen', '0', '1280x1000x24', '-noreset', '-nolisten', 'tcp'],
                               pass_fds=[writing], stdin=log, stdout=log, stderr=log)
    os.close(writing)
    with os.fdopen(reading) as file:
        number = file.readline().strip()
    before, os.environ['DISPLAY'] = os.environ['DISPLAY'], f':{number}'
    try:
        yield display.kill
    finally:
        os.environ['DISPLAY'] = before
        display.kill()
        display.wait()


def test_L10_display_is_gone(scene):
    """The end of a session that asks nobody. GDK ends the program where it stands."""
    for sending in (False, True):
        server, profile = scene.server(), Profile()
        with other_display() as end:
            window = scene.window('--api-url', server.url, profile=profile)
            if sending:
                go_to_checkout(window, server)
                answer = send_and_hold(window, server)
            else:
                purchase.buy_to_payment(window, server.brand)
            end()
            end_of(window, (0, 1))
        if sending:
            answer.set()
            window = scene.window('--api-url', server.url, profile=profile)
            purchase.open_order(window, f'{server.brand}, ${server.value}, No answer')
            expect('orders sent', posts(server), 1)
            window.close()
        else:
            check_order(scene, server, profile).close()


def test_L10_terminated_while_sending(scene):
    server, profile = scene.server(), Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    go_to_checkout(window, server)
    answer = send_and_hold(window, server)
    window.process.send_signal(signal.SIGTERM)
    end_of(window)
    answer.set()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, re.compile(f'^{re.escape(server.brand)}, .*(No answer|Waiting for payment)'))
    expect('orders sent', posts(server), 1)
    window.close()


def test_L11_other_digits(scene):
    """Arabic, Persian: dates have other digits, and an amount is what the server said."""
    for locale in ('ar_EG', 'fa_IR'):
        with tempfile.TemporaryDirectory() as folder:
            run_tool('localedef', '-i', locale, '-f', 'UTF-8', os.path.join(folder, f'{locale}.UTF-8'))
            server = scene.server()
            window = scene.window('--api-url', server.url, environment={
                'LOCPATH': folder, 'LC_ALL': f'{locale}.UTF-8', 'LANGUAGE': 'en', 'GTK_DEBUG': ''})
            purchase.buy_to_payment(window, server.brand)
            amount, address, _ = purchase.read_payment(window)
            expect(f'the amount in {locale}', amount, f'{server.amount} USDC')
            expect(f'the address in {locale}', address, server.address)
            window.close()


CONTROLS = {'push button', 'toggle button', 'entry', 'text', 'combo box', 'check box', 'switch', 'link', 'search box'}


class Narrow:
    """A window of 360 pixels with text twice as large, high contrast and no animations; looked at page by page."""

    def __init__(self, scene, server, environment=None):
        self.scene, self.profile = scene, Profile()
        self.mirrored = environment is not None
        # What a settings daemon would say; a file of settings is not asked for it.
        run_tool('xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', 'Xft.dpi:\t192\n')
        scene.closers.append(lambda: run_tool('xprop', '-root', '-remove', 'RESOURCE_MANAGER'))
        self.window = scene.window('--api-url', server.url, profile=self.profile,
                                   environment={'ADW_DEBUG_HIGH_CONTRAST': '1', **(environment or {})})
        self.window.resize(*NARROW)

    def check(self, page):
        window = self.window
        width, _ = window.size()
        nodes = window.read()
        cut = [(node, node.box) for node in nodes if node.name and (node.box[0] < -1 or node.box[0] + node.box[2] > width + 1)]
        # What can be pressed can be hit, by a finger too.
        small = [(node, node.box) for node in nodes if node.role in CONTROLS and min(node.box[2:]) < 20]
        if width > NARROW[0] or cut or small:
            raise Failure(f'{page}: the window is {width} wide; beyond it are {cut}; too small are {small}\n{window.dump()}')
        title = next((node for node in nodes if node.name == 'Choose a Value'), None)
        if title and title.box[3] < 30:
            raise Failure(f'the text is not twice as large: {title.box}')
        back = window.find('push button', 'Back')
        if back and (back.box[0] > width / 2) != self.mirrored:
            raise Failure(f'{page}: Back is at {back.box}, mirrored: {self.mirrored}')
        folder = os.environ.get('REFILLS_PICTURES')
        if folder:
            name = f'{page.replace(" ", "-")}{"-mirrored" if self.mirrored else ""}'
            window.resize(NARROW[0], 980)
            window.shoot(f'{folder}/{name}.png')
            window.resize(*NARROW)


def buy_narrow(scene, server, environment=None):
    narrow = Narrow(scene, server, environment)
    window = narrow.window
    purchase.wait_for_catalogue(window, server.brand)
    narrow.check('the catalogue')
    purchase.open_brand(window, server.brand)
    narrow.check('the brand')
    purchase.choose_value(window, lambda name: ' USDC' in name)
    narrow.check('the checkout')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    purchase.place_order(window)
    narrow.check('the payment')
    server.pay()
    window.wait_for(None, 'Payment seen')
    narrow.check('the payment seen')
    server.deliver()
    purchase.wait_until_done(window)
    purchase.reveal_code(window)
    narrow.check('the delivery')
    window.press('Back')
    window.press('Orders', 'tab')
    window.wait_for('list item', re.compile(', Done$'))
    narrow.check('the orders')
    window.close()


def test_L12_large_and_narrow(scene):
    buy_narrow(scene, scene.server())


def test_L12_large_narrow_and_mirrored(scene):
    shim = make_shim(scene)
    buy_narrow(scene, scene.server(), {**shim.environment, 'REFILLS_SHIM_MIRRORED': '1', 'LC_ALL': '', 'LC_CTYPE': 'C.UTF-8', 'LC_MESSAGES': 'C'})


run_tests(*(test for name, test in sorted(globals().items()) if name.startswith('test_')))
