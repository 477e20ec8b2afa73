# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the program stays without a window, what brings the window back, and how it ends when it is told to."""

import os
import re
import signal
import sqlite3
import subprocess
import time

import purchase
import session
from driver import DEADLINE, Failure, Process, Profile, run_tests, run_tool, wait

NOTIFICATIONS = 'org.gtk.Notifications'
PORTAL = 'org.freedesktop.portal.Desktop'
INHIBIT = 'org.freedesktop.portal.Inhibit'


def expect(what, found, wanted):
    if found != wanted:
        raise Failure(f'{what}: {found!r}, not {wanted!r}')


def desktop(scene, *names):
    mock = session.Desktop(*names)
    scene.processes.append(mock)
    return mock


def close_window(window):
    """As by its button; the program may stay."""
    window.focus()
    window.key('ctrl+w')
    wait(lambda: window.find_surface() is None, 'no window on the display', DEADLINE)


def wait_for_end(process, deadline=DEADLINE):
    try:
        process.process.wait(deadline)
    except subprocess.TimeoutExpired as expired:
        raise Failure(f'the program stays: {process.output()}') from expired
    expect('the status', process.process.returncode, 0)


def test_stays_until_delivered(scene):
    server = scene.server()
    shell = desktop(scene, NOTIFICATIONS)
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    close_window(window)
    server.pay()
    shell.wait_for('-payment')
    window.check_alive()
    server.deliver()
    shell.wait_for('-ready')
    wait_for_end(window)
    expect('notifications', len(shell.shown()), 2)


def test_stays_until_expired(scene):
    server = scene.server()
    shell = desktop(scene, NOTIFICATIONS)
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    close_window(window)
    window.check_alive()
    server.update(order_state='Expired', payment_state='Expired')
    shell.wait_for('-expired')
    wait_for_end(window)


def test_ends_with_its_window(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.wait_for_catalogue(window, server.brand)
    close_window(window)
    wait_for_end(window)


def test_quit_watches_nothing(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    window.close()


def test_second_start_brings_it_back(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    close_window(window)
    second = Process([os.path.join(scene.build, 'src', 'refills'), '--api-url', server.url], profile.environment())
    scene.processes.append(second)
    wait_for_end(second)
    window.open()
    purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
    window.wait_for(None, 'Payment QR code')
    window.close()


def test_portal_is_asked(scene):
    server = scene.server()
    shell = desktop(scene, PORTAL, INHIBIT, NOTIFICATIONS)
    window = scene.window('--api-url', server.url, environment={'SNAP': '/nonexistent'})
    purchase.buy_to_payment(window, server.brand)
    expect('requests', shell.calls('RequestBackground'), [])
    close_window(window)
    options = wait(lambda: shell.calls('RequestBackground'), 'a request to the portal')[0][2]
    expect('autostart', options['autostart'], False)
    expect('the reason', options['reason'], 'Refills watches an order until it is delivered.')
    expect('the status', wait(lambda: shell.calls('SetStatus'), 'a status')[0][1], {'message': 'Watching an order'})
    server.deliver()
    # The portal would have the instance of the real service open it.
    expect('the action', shell.wait_for('-ready')[2].get('default-action'), None)
    wait_for_end(window)


def test_started_by_name(scene):
    """Without a window: it ends by itself where there is nothing to watch, and else when that is over."""
    server = scene.server()
    profile = Profile()
    shell = desktop(scene, NOTIFICATIONS)
    environment = session.use_server(profile, server.url)
    name = session.install(scene.build, profile, environment)
    session.call_bus('StartServiceByName', '(su)', name, 0)
    begin = time.monotonic()
    idle = session.Stranger(session.owner(name))
    expect('windows', run_tool('xdotool', 'search', '--onlyvisible', '--pid', str(idle.pid), check=False), '')
    idle.wait(30)
    if time.monotonic() - begin < 8:
        raise Failure('it did not wait for what it was started for')

    window = scene.window(profile=profile, environment=environment)
    purchase.buy_to_payment(window, server.brand)
    window.kill()
    session.call_bus('StartServiceByName', '(su)', name, 0)
    watching = session.Stranger(session.owner(name))
    server.deliver()
    shell.wait_for('-ready')
    watching.wait(30)

    # As from a menu of a desktop.
    run_tool('gapplication', 'launch', name)
    window = session.StartedWindow(scene, name).open(20)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    window.close()


def test_told_to_end_while_sending(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.wait_for_catalogue(window, server.brand)
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda label: ' USDC' in label)
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    answer = server.hold('POST', '^/v5/orders$')
    window.press('Place Order')
    window.wait_until(lambda: server.count('POST', '^/v5/orders$') == 1, 'the order is sent')
    window.process.send_signal(signal.SIGTERM)
    wait_for_end(window, 2)
    answer.set()

    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, No answer')
    window.close()
    expect('orders sent', server.count('POST', '^/v5/orders$'), 1)


def test_told_to_end_while_watching(scene):
    server = scene.server()
    profile = Profile()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        window = scene.window('--api-url', server.url, profile=profile)
        if number == signal.SIGTERM:
            purchase.buy_to_payment(window, server.brand)
        else:
            purchase.open_order(window, f'{server.brand}, ${server.value}, Waiting for payment')
            window.wait_for(None, 'Payment QR code')
        if number != signal.SIGINT:
            close_window(window)
        window.process.send_signal(number)
        wait_for_end(window, 2)


def test_asks_for_a_code_that_is_not_saved(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    database = sqlite3.connect(f'{profile.folder}/data/refills/practice/orders.db', timeout=5)
    database.execute("CREATE TRIGGER refuse BEFORE UPDATE ON orders BEGIN SELECT RAISE (ABORT, 'refused'); END")
    database.close()
    server.deliver()
    window.wait_for(None, re.compile('^This order is not saved'))
    window.press('Back')
    window.wait_gone('push button', 'Back')

    window.key('ctrl+q')
    window.wait_for(None, 'A code could not be saved')
    window.press('Cancel')
    window.wait_gone(None, 'A code could not be saved')
    window.focus()
    window.key('ctrl+w')
    window.press('Show Order')
    expect('the code', purchase.reveal_code(window), server.code)
    window.focus()
    window.key('ctrl+q')
    window.press('Quit Anyway')
    wait_for_end(window)


run_tests(test_stays_until_delivered, test_stays_until_expired, test_ends_with_its_window, test_quit_watches_nothing,
          test_second_start_brings_it_back, test_portal_is_asked, test_started_by_name, test_told_to_end_while_sending,
          test_told_to_end_while_watching, test_asks_for_a_code_that_is_not_saved)
