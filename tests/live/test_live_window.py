# SPDX-License-Identifier: GPL-3.0-or-later
"""The window at the service itself, as it believes: started as a person starts it, with no server named, behind a wall
that lets nothing out. The first order asks once; practice and other servers never do."""

import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'ui')]

import purchase
from driver import Failure, Process, Profile, Window, run_tests
from front import API, Front
from gi.repository import Gio, GLib
from session import ID, call_bus

ORDERS = '/v5/orders'
QUESTION = 'Before Your First Order'
# What is checked, what cannot be, and whose the refunds are.
MATTERS = (re.compile('^Refills checks the address, the network, the token, the amount and the time'),
           re.compile('It can’t check what your wallet sends, nor who owns the address'),
           re.compile('The seller is Cryptorefills: refunds'))
PRETENCE = re.compile('practice|nothing here is real|don’t send money|simulate', re.IGNORECASE)
KEY = 'first-order-explained'


def expect(what, seen, wanted):
    if seen != wanted:
        raise Failure(f'{what}: {seen!r}, not {wanted!r}')


def settings_file(profile):
    return pathlib.Path(profile.folder, 'config', 'glib-2.0', 'settings', 'keyfile')


def read_settings(profile):
    file = settings_file(profile)
    return file.read_text(encoding='utf-8').splitlines() if file.exists() else []


def write_settings(profile, *lines):
    settings_file(profile).parent.mkdir(parents=True, exist_ok=True)
    settings_file(profile).write_text('\n'.join(['[io/github/refills/Refills]', "partner-id-asked=true", *lines, '']),
                                      encoding='utf-8')


def open_service(scene):
    """A sandbox, and what makes it the service itself for who stands behind the wall."""
    _, url = scene.sandbox('--seed', '7')
    folder = pathlib.Path(scene.build, 'tests', 'live')
    front = Front(url, folder / 'refills-live-wall', folder / 'librefills-live-shim.so')
    scene.closers.append(front.close)
    return front, url


def start(scene, front, profile, **environment):
    """As a person starts it: without a word."""
    window = Window(front.wall, [os.path.join(scene.build, 'src', 'refills')], profile,
                    {**front.environment, 'GSETTINGS_BACKEND': 'keyfile', **environment})
    scene.processes.append(window)
    window.open()
    window.resize(1000, 960)
    return window


def begin_order(window, value='$10'):
    """Up to the button that sends it."""
    purchase.wait_for_catalogue(window)
    purchase.search(window, 'steam', 'Steam')
    purchase.open_brand(window, 'Steam')
    purchase.choose_value(window, lambda name: name.startswith(f'{value}, '))
    purchase.fill_in(window)
    purchase.wait_for_total(window)


def wait_for_question(window):
    window.press('Place Order')
    window.wait_for('label', QUESTION)
    for matter in MATTERS:
        if not window.says(matter):
            raise Failure(f'the question does not say {matter.pattern}\n{window.dump()}')


def cancel(window):
    window.press('Cancel')
    window.wait_gone('label', QUESTION)


def check_nothing_was_sent(window, front):
    # It would be sent before the next question, which one can only ask where nothing was.
    wait_for_question(window)
    cancel(window)
    expect('orders that were sent', front.count('POST', ORDERS), 0)


def install_wallet(profile):
    folder = os.path.join(profile.folder, 'data', 'applications')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'wallet.desktop'), 'w', encoding='utf-8') as file:
        file.write('[Desktop Entry]\nType=Application\nName=Wallet\nExec=/bin/true %u\n'
                   'MimeType=x-scheme-handler/solana;\n')
    with open(os.path.join(folder, 'mimeapps.list'), 'w', encoding='utf-8') as file:
        file.write('[Default Applications]\nx-scheme-handler/solana=wallet.desktop\n')


def check_no_pretence(window):
    """Also of what is hidden: nothing on a page that costs money may look like practice."""
    found = [node for node in window.find_all(None, PRETENCE)]
    if found:
        raise Failure(f'this looks like practice: {found}\n{window.dump()}')


def test_first_order(scene):
    front, url = open_service(scene)
    profile = Profile()
    window = start(scene, front, profile)
    window.close_dialog('Partner ID')
    begin_order(window)
    check_no_pretence(window)
    wait_for_question(window)
    cancel(window)
    # Escape is Cancel.
    wait_for_question(window)
    window.close_dialog(QUESTION)
    check_nothing_was_sent(window, front)
    if any(KEY in line for line in read_settings(profile)):
        raise Failure('what was not agreed to is kept as agreed to')

    wait_for_question(window)
    window.press('Continue')
    window.wait_for(None, 'Payment QR code')
    expect('orders that were sent', front.count('POST', ORDERS), 1)
    window.wait_until(lambda: f'{KEY}=true' in read_settings(profile), 'what was agreed to is kept')
    check_no_pretence(window)
    if window.find('push button', 'Open in Wallet'):
        raise Failure('there is no wallet on this computer')
    order = purchase.get_json(url + '/sandbox/codes')['orders'][-1]
    expect('the address', purchase.read_payment(window)[1], order['wallet_address'])
    if not os.path.exists(os.path.join(profile.folder, 'data', 'refills', 'live', 'orders.db')):
        raise Failure('the order is not among those of the service itself')
    purchase.post(f'{url}/sandbox/orders/{order["order_id"]}/pay?step_ms=50')
    purchase.wait_until_done(window)
    window.close()

    # The same person, another day, with a wallet.
    install_wallet(profile)
    window = start(scene, front, profile)
    begin_order(window, '$20')
    window.press('Place Order')
    window.wait_for(None, 'Payment QR code')
    if window.find('label', QUESTION):
        raise Failure('it is asked again')
    window.wait_for('push button', 'Open in Wallet')
    check_no_pretence(window)
    expect('orders that were sent', front.count('POST', ORDERS), 2)
    window.close()
    expect('who was asked', {host for host, *_ in front.seen}, {API})
    expect('who else was to be asked', front.tried(), [])


def test_damaged_key(scene):
    front, _ = open_service(scene)
    for value in ("'true'", '1'):
        profile = Profile()
        write_settings(profile, f'{KEY}={value}')
        window = start(scene, front, profile)
        begin_order(window)
        wait_for_question(window)
        cancel(window)
        window.close()
        expect('orders that were sent', front.count('POST', ORDERS), 0)


def test_never_elsewhere(scene):
    _, url = scene.sandbox('--seed', '7')
    for words in (('--practice',), ('--api-url', url)):
        profile = Profile()
        window = scene.window(*words, profile=profile, environment={'GSETTINGS_BACKEND': 'keyfile'})
        window.resize(1000, 960)
        begin_order(window)
        window.press('Place Order')
        window.wait_for(None, 'Payment QR code')
        if window.find('label', QUESTION):
            raise Failure(f'it is asked with {words[0]}\n{window.dump()}')
        window.close()
        if any(KEY in line for line in read_settings(profile)):
            raise Failure(f'{words[0]} has it that the person was told')


def ask_bus(name, path, interface, method, signature=None, *arguments):
    """Any program of the session may ask so. None where it is refused."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    try:
        return session.call_sync(name, path, interface, method, GLib.Variant(signature, arguments) if signature else None,
                                 None, Gio.DBusCallFlags.NO_AUTO_START, 5000, None).unpack()
    except GLib.Error:
        return None


def list_actions(name):
    path = '/' + name.replace('.', '/')
    return {place: sorted((ask_bus(name, place, 'org.gtk.Actions', 'List') or [[]])[0])
            for place in (path, path + '/window/1', path + '/window/2')}


def forge(name):
    """Everything that could be asked of a window from outside, with what nobody would mean."""
    path = '/' + name.replace('.', '/')
    for place in (path, path + '/window/1'):
        for action in ('show-order', 'win.show-order', 'app.show-order', 'place-order', 'order-again', 'search', 'refresh'):
            for target in (None, GLib.Variant('x', 1), GLib.Variant('x', -1), GLib.Variant('x', 2 ** 63 - 1),
                           GLib.Variant('s', '1'), GLib.Variant('i', 1), GLib.Variant('as', ['1', 'solana:1'])):
                ask_bus(name, place, 'org.gtk.Actions', 'Activate', '(sava{sv})', action, [target] if target else [], {})
                ask_bus(name, place, 'org.freedesktop.Application', 'ActivateAction', '(sava{sv})', action,
                        [target] if target else [], {})
    ask_bus(name, path, 'org.freedesktop.Application', 'Open', '(asa{sv})', ['solana:1', 'file:///etc/hostname'], {})
    ask_bus(name, path, 'org.gtk.Application', 'Open', '(assa{sv})', ['solana:1'], 'order', {})
    ask_bus(name, path, 'org.freedesktop.Application', 'Activate', '(a{sv})', {})


def check_has_not(window, text):
    if any(text in node.name for node in window.read(hidden=True)):
        raise Failure(f'another server’s “{text}” is in the window\n{window.dump()}')


def test_ways_around(scene):
    """By the bus, by a second start and past the question nothing is sent, and no order is seen but of this server."""
    front, url = open_service(scene)
    profile = Profile()
    write_settings(profile)
    kept = {'GSETTINGS_BACKEND': 'keyfile'}
    window = scene.window('--practice', profile=profile, environment=kept)
    window.resize(1000, 960)
    begin_order(window)
    window.press('Place Order')
    window.wait_for(None, 'Payment QR code')
    practised = purchase.read_payment(window)[1]
    window.close()

    window = start(scene, front, profile)
    own = {f'/{ID.replace(".", "/")}': ['about', 'quit', 'shortcuts', 'show-order']}
    expect('actions anybody can ask for', {place: names for place, names in list_actions(ID).items() if names}, own)
    begin_order(window)
    wait_for_question(window)
    # What is below the question can be pressed by what reads the screen.
    window.press('Place Order')
    window.key('Return')
    window.wait_gone('label', QUESTION)
    wait_for_question(window)
    forge(ID)
    # It leads away from the page, and the question goes with that.
    window.wait_gone('label', QUESTION)
    window.wait_for('label', 'No Orders Yet')
    check_has_not(window, practised)
    again = Process([front.wall, os.path.join(scene.build, 'src', 'refills')],
                    {**profile.environment(), **front.environment, **kept})
    scene.processes.append(again)
    expect('the end of a second start', again.process.wait(20), 0)
    expect('orders that were sent', front.count('POST', ORDERS), 0)

    window.press('Brands', 'tab')
    begin_order(window, '$20')
    wait_for_question(window)
    window.press('Continue')
    window.wait_for(None, 'Payment QR code')
    address = purchase.read_payment(window)[1]
    expect('orders that were sent', front.count('POST', ORDERS), 1)
    forge(ID)
    expect('orders that were sent after that', front.count('POST', ORDERS), 1)

    # The others beside it, in the same home, asked for the same number.
    for words, name in ((('--practice',), ID + '.Practice'), (('--api-url', url), None)):
        other = scene.window(*words, profile=profile, environment=kept)
        name = name or next(found for found in call_bus('ListNames', '()')[0] if found.startswith(ID + '.Server'))
        forge(name)
        other.wait_for('tab', 'Orders')
        check_has_not(other, address)
        if words[0] == '--api-url':
            check_has_not(other, practised)
        other.close()
    check_has_not(window, practised)
    window.close()
    expect('who else was to be asked', front.tried(), [])


def order_by_tool(scene, front, profile, *words):
    tool = Process([front.wall, os.path.join(scene.build, 'src', 'cli', 'refills-cli'), 'order', '--coin=USDC',
                    '--network=Solana', '--email=ada@example.com', '--accept-terms', *words],
                   {**profile.environment(), **front.environment})
    scene.processes.append(tool)
    expect('the end of the tool', tool.process.wait(30), 0)


def test_ordered_again(scene):
    """Who ordered by the tool before is told in the window all the same, before the same is ordered there again; and of
    another order that this would replace."""
    front, url = open_service(scene)
    profile = Profile()
    write_settings(profile)
    order_by_tool(scene, front, profile, '--line=Steam|10 USD|ada@example.com')
    order_id = purchase.get_json(url + '/sandbox/codes')['orders'][-1]['order_id']
    purchase.post(f'{url}/sandbox/orders/{order_id}/state', b'{"scenario":"expired"}')

    window = start(scene, front, profile)
    purchase.wait_for_catalogue(window)
    purchase.open_order(window, re.compile('^Steam, '))
    window.press('I Have Not Paid')
    window.press('Order Again')
    window.wait_for('label', QUESTION)
    cancel(window)
    window.press('Order Again')
    window.wait_for('label', QUESTION)
    for matter in MATTERS:
        if not window.says(matter):
            raise Failure(f'the question does not say {matter.pattern}\n{window.dump()}')
    expect('orders that were sent', front.count('POST', ORDERS), 1)
    window.press('Continue')
    window.wait_for('label', 'Order the Same Again?')
    window.press('Cancel')
    window.wait_gone('label', 'Order the Same Again?')
    order_by_tool(scene, front, profile, '--line=Steam|20 USD|ada@example.com')
    window.close()

    window = start(scene, front, profile)
    purchase.wait_for_catalogue(window)
    purchase.open_order(window, re.compile(r'^Steam, \$10'))
    window.press('I Have Not Paid')
    window.press('Order Again')
    window.wait_for('label', re.compile(r'You already have an order waiting for its payment: Steam, \$20'))
    if window.find('label', QUESTION):
        raise Failure('it is asked again')
    expect('orders that were sent', front.count('POST', ORDERS), 2)
    window.press('Place Order')
    window.wait_for(None, 'Payment QR code')
    expect('orders that were sent', front.count('POST', ORDERS), 3)
    window.close()
    expect('who else was to be asked', front.tried(), [])


if __name__ == '__main__':
    run_tests(test_first_order, test_damaged_key, test_never_elsewhere, test_ways_around, test_ordered_again)
