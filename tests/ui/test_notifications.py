# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop is told of an order, what it shows, and where pressing it leads: in a program that runs, in one that
has ended, and where there is no desktop at all."""

import json
import os
import re

import purchase
import session
from driver import Failure, Profile, Window, run_tests, wait

NOTIFICATIONS = 'org.gtk.Notifications'


def expect(what, found, wanted):
    if found != wanted:
        raise Failure(f'{what}: {found!r}, not {wanted!r}')


def desktop(scene, *names):
    mock = session.Desktop(*(names or (NOTIFICATIONS,)))
    scene.processes.append(mock)
    return mock


def leave_page(window):
    """To where the order is not seen."""
    window.press('Back')
    window.wait_gone('push button', 'Back')
    purchase.wait_for_catalogue(window)




def test_told_once(scene):
    server = scene.server()
    profile = Profile()
    shell = desktop(scene)
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.pay()
    name, identifier, notification = shell.wait_for('-payment')
    expect('the title', notification['title'], 'Payment seen')
    expect('the body', notification['body'], f'{server.brand} · ${server.value}')
    expect('the action', notification['default-action'], 'app.show-order')
    expect('the name', bool(re.fullmatch(r'io\.github\.refills\.Refills\.Server[0-9a-f]{16}', name)), True)
    row = notification['default-action-target']
    expect('the id', identifier, f'order-{row}-payment')
    server.deliver()
    name, identifier, notification = shell.wait_for('-ready')
    expect('the title', notification['title'], 'Your gift card is ready')
    expect('the id', identifier, f'order-{row}-ready')
    # The newer one takes the place of the older.
    shell.wait_withdrawn(f'order-{row}-payment')
    shown = json.dumps(shell.calls())
    for what, secret in (('the code', server.code), ('the address', server.address), ('the order’s id', server.order_id),
                         ('the e-mail', purchase.EMAIL), ('the serial', server.serial)):
        if secret in shown:
            raise Failure(f'{what} is in a notification: {shown}')
    expect('notifications', len(shell.shown()), 2)
    window.kill()

    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    window.wait_for('push button', 'Reveal Code')
    # Seen, so taken back, though another process sent it.
    shell.wait_withdrawn(f'order-{row}-ready')
    expect('notifications after a restart', len(shell.shown()), 2)
    window.close()


def test_not_told_while_seen(scene):
    server = scene.server()
    profile = Profile()
    shell = desktop(scene)
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    server.pay()
    window.wait_for(None, 'Payment seen')
    server.deliver()
    purchase.wait_until_done(window)
    window.close()
    expect('notifications', shell.shown(), [])

    # And not after the next start either.
    window = scene.window('--api-url', server.url, profile=profile)
    window.press('Orders', 'tab')
    window.wait_for('list item', f'{server.brand}, ${server.value}, Done')
    window.close()
    expect('notifications after a restart', shell.shown(), [])


def test_pressed_while_running(scene):
    server = scene.server()
    shell = desktop(scene)
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.deliver()
    entry = shell.wait_for('-ready')
    session.press(entry)
    window.focus()
    expect('the code', purchase.reveal_code(window), server.code)
    shell.wait_withdrawn(entry[1])
    window.close()


def test_pressed_over_a_form(scene):
    server = scene.server()
    shell = desktop(scene)
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)
    purchase.fill_in(window, 'bob@example.com')
    server.pay()
    for ending in ('-payment', '-payment'):
        session.press(shell.wait_for(ending))
    window.wait_for(None, 'Payment seen')
    # The form is there as it was left, one step back.
    window.press('Back')
    window.wait_for('push button', 'Place Order')
    expect('the e-mail address', window.find_entry('E-mail').text(), 'bob@example.com')
    window.close()


def test_pressed_over_a_question(scene):
    server = scene.server()
    shell = desktop(scene)
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.update(order_state='Expired', payment_state='Expired')
    entry = shell.wait_for('-expired')
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)
    purchase.fill_in(window)
    window.press('Place Order')
    window.wait_for('push button', 'Order Again')
    session.press(entry)
    # It is not asked over the page of another order, and an unanswered question is a no.
    window.wait_gone('push button', 'Order Again')
    window.wait_for(None, 'Expired: don’t pay')
    window.press('Back')
    window.press('Place Order')
    window.press('Cancel')
    window.wait_gone('push button', 'Cancel')
    window.close()


def test_pressed_after_the_end(scene):
    server = scene.server()
    profile = Profile()
    shell = desktop(scene)
    environment = session.use_server(profile, server.url)
    session.install(scene.build, profile, environment)
    window = scene.window(profile=profile, environment=environment)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.deliver()
    entry = shell.wait_for('-ready')
    expect('the name', entry[0], session.ID)
    window.close()
    expect('a program that runs', session.owner(session.ID), None)

    session.press(entry)
    window = session.StartedWindow(scene, session.ID).open(20)
    expect('the code', purchase.reveal_code(window), server.code)
    shell.wait_withdrawn(entry[1])
    expect('notifications', len(shell.shown()), 1)
    window.close()


def test_practice_pressed_after_the_end(scene):
    profile = Profile()
    shell = desktop(scene)
    session.install(scene.build, profile, practice=True)
    window = scene.window('--practice', profile=profile)
    purchase.buy_to_payment(window, 'Steam')
    leave_page(window)
    url = window.wait_for_output(r'practice server listens at (\S+)')
    purchase.post(f'{url}/sandbox/orders/last/pay?step_ms=0')
    entry = shell.wait_for('-ready')
    expect('the name', entry[0], session.ID + '.Practice')
    window.close()

    session.press(entry)
    window = session.StartedWindow(scene, entry[0]).open(20)
    window.wait_for(None, purchase.PRACTICE)
    if not purchase.reveal_code(window):
        raise Failure('there is no code')
    window.close()


def test_expired(scene):
    server = scene.server()
    shell = desktop(scene)
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.update(order_state='Expired', payment_state='Expired')
    expect('the title', shell.wait_for('-expired')[2]['title'], 'Order expired')
    window.close()


def test_by_the_freedesktop_interface(scene):
    server = scene.server()
    shell = desktop(scene, 'org.freedesktop.Notifications')
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.deliver()
    call = wait(lambda: shell.calls('Notify'), lambda: f'a notification: {shell.output()}')[0]
    expect('the title', call[4], 'Your gift card is ready')
    expect('the body', call[5], f'{server.brand} · ${server.value}')
    window.close()


def test_nobody_to_tell(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    leave_page(window)
    server.pay()
    window.wait_for_output('Nobody shows notifications')
    server.deliver()
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    expect('the code', purchase.reveal_code(window), server.code)
    window.close()


def test_no_bus(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.buy_to_payment(window, server.brand)
    window.close()

    # GTK 4.8 tells nothing to assistive technologies without a bus of the session, so nobody can look into this one.
    asked = server.count('GET', '^/v5/orders/')
    window = Window(os.path.join(scene.build, 'src', 'refills'), ['--api-url', server.url], profile,
                    {'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent/bus', 'XDG_RUNTIME_DIR': '/nonexistent',
                     'GTK_A11Y': 'none'})
    scene.processes.append(window)
    window.surface = wait(window.find_surface, 'a window on the display', alive=window.check_alive)
    wait(lambda: server.count('GET', '^/v5/orders/') > asked, 'the order is followed', alive=window.check_alive)
    server.deliver()
    wait(lambda: server.count('GET', '^/v5/orders/') > asked + 2, 'the end of the order', alive=window.check_alive)
    window.close()

    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    expect('the code', purchase.reveal_code(window), server.code)
    window.close()


run_tests(test_told_once, test_not_told_while_seen, test_pressed_while_running, test_pressed_over_a_form,
          test_pressed_over_a_question, test_pressed_after_the_end, test_practice_pressed_after_the_end, test_expired,
          test_by_the_freedesktop_interface, test_nobody_to_tell, test_no_bus)
