# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at each point of an order's life, and started again: nothing is lost, nothing sent twice.

    test_crash.py BUYER SANDBOX [PART-OF-A-NAME]
"""

import json
import pathlib
import sqlite3
import sys
import time
import traceback

from harness import EXPIRED, PAYMENT_SEEN, READY, Broken, Buyer, Sandbox, Wire, expect, wait_until

PHASE_OF = {PAYMENT_SEEN: 'payment-seen', READY: 'done', EXPIRED: 'expired'}
EMAIL = 'ada@example.com'
QUICK = 'life+happy+5@example.com'
tests = []


def test(name):
    def add(function):
        tests.append((name, function))
        return function
    return add


def only(orders):
    expect(len(orders) == 1, f'not one order: {orders}')
    return orders[0]


def expect_unknown(buyer, posts):
    """An order that is not known to exist: told so, without an address, and never sent again by itself."""
    order = only(buyer.look())
    expect(order['outcome'] == 'unknown' and not order['payable'], f'not of unknown outcome: {order}')
    buyer.look('run=60')
    expect(len(buyer.posts()) == posts, f'{len(buyer.posts())} POSTs, not {posts}')
    expect(not buyer.screen('payment'), 'an address was on screen')


def expect_payable(buyer):
    order = only(buyer.look())
    truth = buyer.sandbox.orders()[order['order_id']]
    expect(order['payable'], f'not payable: {order}')
    expect((order['address'], order['amount'], order['coin'], order['network']) ==
           (truth['wallet_address'], truth['coin_amount'], truth['coin'], truth['network']), f'{order} is not {truth}')
    left = order['until'] - time.time()
    expect(19 * 60 < left <= 20 * 60, f'{left} s are left')
    return order


def buys_again(buyer):
    """The file can be written to: another order is placed, paid and delivered."""
    before = len(buyer.posts())
    buyer.run(f'replace={QUICK}', 'settled')
    order = max(buyer.look(), key=lambda order: order['row'])
    expect(order['phase'] == 'done' and order['codes'], f'not bought: {order}')
    expect(len(buyer.posts()) == before + 1, 'not one POST for it')


def all_writes(point, what, words, check, scene, most=40):
    """The Nth write or sync after a point, for every N there is."""
    for number in range(1, most):
        died = False
        for cut in ('kill', None) if number % 2 else (number,):
            buyer = scene.buyer()
            died = buyer.run(*words, at=f'{point}+{what}:{number}', killed='maybe').process.returncode != 0
            if cut != 'kill':
                buyer.cut_power(cut)
            check(buyer)
            buyer.close()
            if not died:
                return number - 1
    raise Broken(f'more than {most} of {what}')


def posts_are(buyer, number):
    expect(len(buyer.posts()) == number, f'{len(buyer.posts())} POSTs, not {number}')


@test('K01-before-the-intent')
def before_intent(scene):
    buyer = scene.buyer()
    buyer.run(f'buy={EMAIL}', at='submitted')
    expect(not buyer.look(), 'an order that was never begun')
    posts_are(buyer, 0)
    buys_again(buyer)


@test('K02-in-the-middle-of-the-intent')
def in_intent(scene):
    def check(buyer):
        expect(len(buyer.look()) == 0, 'half an intent counts')
        posts_are(buyer, 0)
        buys_again(buyer)
    n = all_writes('intent-before-commit', 'write-log', (f'buy={EMAIL}', 'run=1'), check_unless_sent(check), scene)
    print(f'# each of {n} writes')


def check_unless_sent(check):
    """Later writes are those of the answer: what holds then is what always does."""
    def checked(buyer):
        if buyer.posts():
            buyer.look()
        else:
            check(buyer)
    return checked


@test('K03-intent-written-and-not-synced')
def intent_not_synced(scene):
    for cut in ('kill', None, 1, 2, 3):
        buyer = scene.buyer()
        buyer.run(f'buy={EMAIL}', at='intent-before-commit+sync-log')
        if cut != 'kill':
            buyer.cut_power(cut)
        orders = buyer.look()
        expect(all(order['outcome'] == 'unknown' for order in orders), f'{orders}')
        expect(cut is not None or not orders, 'what was never synced is on the disk')
        posts_are(buyer, 0)
        buys_again(buyer)


@test('K04-intent-committed-and-not-sent')
def not_sent(scene):
    for point in ('intent-committed', 'request-before-send'):
        for cut in (False, True):
            buyer = scene.buyer()
            buyer.run(f'buy={EMAIL}', at=point)
            if cut:
                buyer.cut_power()
            expect_unknown(buyer, 0)
            buyer.run(f'replace={EMAIL}')
            buyer.look()
            posts_are(buyer, 1)


def killed_on_the_wire(scene, at):
    buyer, wire = scene.buyer(), Wire(scene.sandbox, at)
    try:
        wire.buyer = None
        running = buyer.start(f'buy={EMAIL}', url=wire.url)
        wire.buyer = running.process
        expect(running.end() == -9, 'the buyer was not killed')
    finally:
        wire.close()
    return buyer


@test('K05-head-sent-and-body-not')
def head_sent(scene):
    buyer = scene.buyer()
    buyer.run(f'buy={EMAIL}', at='request-started')
    expect_unknown(buyer, 0)
    buyer = killed_on_the_wire(scene, 'head')
    expect_unknown(buyer, len(buyer.posts()))
    expect(len(buyer.posts()) <= 1, 'sent again')


@test('K06-processed-and-answer-not-read')
def processed(scene):
    buyer = killed_on_the_wire(scene, 'answer')
    expect_unknown(buyer, 1)
    buys_again(buyer)


@test('K07-answer-read-and-not-committed')
def answer_read(scene):
    for point in ('answer-read', 'answer-before-commit'):
        for cut in (False, True):
            buyer = scene.buyer()
            buyer.run(f'buy={EMAIL}', at=point)
            if cut:
                buyer.cut_power()
            expect_unknown(buyer, 1)


@test('K08-in-the-middle-of-the-answer')
def in_answer(scene):
    def check(buyer):
        expect_unknown(buyer, 1)
        buys_again(buyer)
    n = all_writes('answer-before-commit', 'write-log', (f'buy={EMAIL}',), check_unless_whole(check), scene)
    print(f'# each of {n} writes')


def check_unless_whole(check):
    """The last writes are those of the following: the answer is whole then."""
    def checked(buyer):
        if buyer.screen('payment'):
            expect_payable(buyer)
        else:
            check(buyer)
    return checked


@test('K09-answer-written-and-not-synced')
def answer_not_synced(scene):
    for cut in ('kill', None, 1, 2, 3):
        buyer = scene.buyer()
        buyer.run(f'buy={EMAIL}', at='answer-before-commit+sync-log')
        expect(not buyer.screen('payment'), 'on screen before it was on the disk')
        if cut != 'kill':
            buyer.cut_power(cut)
        order = only(buyer.look())
        expect(order['outcome'] in ('unknown', 'placed'), f'{order}')
        expect(cut is not None or order['outcome'] == 'unknown', 'what was never synced is on the disk')
        posts_are(buyer, 1)


@test('K09-answer-not-synced-and-shown-by-the-next')
def answer_shown_before_sync(scene):
    buyer = scene.buyer()
    buyer.run(f'buy={EMAIL}', at='answer-before-commit+sync-log')
    shown = only(buyer.look(at='closing'))
    expect(shown['outcome'] == 'placed', f'not in the log: {shown}')
    buyer.cut_power()
    expect(only(buyer.look())['outcome'] == 'placed', 'an order that was shown is gone')
    posts_are(buyer, 1)


@test('K10-committed-and-not-on-screen')
def before_screen(scene):
    for point in ('answer-committed', 'before-screen'):
        for cut in (False, True):
            buyer = scene.buyer()
            buyer.run(f'buy={EMAIL}', at=point)
            expect(not buyer.screen('payment'), 'it was on screen')
            if cut:
                buyer.cut_power()
            expect_payable(buyer)
            posts_are(buyer, 1)


@test('K11-on-screen')
def on_screen(scene):
    for cut in (False, True):
        buyer = scene.buyer()
        buyer.run(f'buy={EMAIL}', at='on-screen')
        shown = only(buyer.screen('payment'))
        if cut:
            buyer.cut_power()
        expect_payable(buyer)
        started = time.monotonic()
        running = buyer.start('live=1', 'state', 'stay')
        running.wait_for('staying')
        expect(time.monotonic() - started < 2, 'the stream was not open again within 2 s')
        expect(any(request['stream_open'] for request in scene.sandbox.requests(f'*/{shown["order_id"]}/subscribe')),
               'no stream is open')
        running.process.terminate()
        expect(running.end() == 0, 'it does not end')
        posts_are(buyer, 1)


def follow(scene, at, scenarios=(), words=()):
    """An order on screen and followed; from then on killed at @at, while the service says what happens to it."""
    buyer = scene.buyer()
    running = buyer.start(f'buy={EMAIL}', 'live=1', *words, 'stay', at='@' + at)
    running.wait_for('staying')
    order_id = buyer.screen('payment')[-1]['order_id']
    running.arm()
    for scenario in scenarios:
        scene.sandbox.set_state(order_id, scenario)
    return buyer, running, order_id


def killed_while_following(scene, at, *scenarios):
    buyer, running, order_id = follow(scene, at, scenarios)
    expect(running.end() == -9, f'not killed at {at}')
    return buyer, order_id


@test('K12-event-received-and-not-committed')
def event_received(scene):
    for point in ('event-received', 'merge-before-commit', 'merge-before-commit+sync-log'):
        for cut in (False, True):
            buyer, _ = killed_while_following(scene, point, 'started')
            if cut:
                buyer.cut_power()
            order = only(buyer.look('phase=payment-seen'))
            expect_told(buyer, PAYMENT_SEEN)
            posts_are(buyer, 1)


def expect_told(buyer, kind, times=1):
    """Told once in all, or once more under the same name; and not again however often it is started."""
    known = any(line['kind'] == kind for line in buyer.screen('notice'))
    buyer.look(f'phase={PHASE_OF[kind]}', 'run=20' if known else 'told')
    told = [line for line in buyer.screen('notice') if line['kind'] == kind]
    expect(1 <= len(told) <= times, f'told {len(told)} times')
    expect(len({line['id'] for line in told}) == 1, f'not in place of each other: {told}')
    buyer.look('run=40')
    expect(len(told) == len([line for line in buyer.screen('notice') if line['kind'] == kind]), 'told again and again')


@test('K13-committed-and-not-told')
def before_notice(scene):
    for point, scenario, kind in (('merge-committed', 'started', PAYMENT_SEEN), ('before-notice', 'started', PAYMENT_SEEN),
                                  ('before-notice', 'done', READY), ('before-notice', 'expired', EXPIRED)):
        for cut in (False, True):
            buyer, _ = killed_while_following(scene, point, scenario)
            expect(not buyer.screen('notice'), 'it was told before')
            if cut:
                buyer.cut_power()
            expect_told(buyer, kind)


@test('K14-told-and-not-remembered')
def notice_sent(scene):
    for point in ('notice-sent', 'notice-before-commit', 'notice-before-commit+sync-log', 'notice-committed'):
        for scenario, kind, cut in (('started', PAYMENT_SEEN, True), ('done', READY, False), ('expired', EXPIRED, True)):
            buyer, _ = killed_while_following(scene, point, scenario)
            expect(len(buyer.screen('notice')) == 1, 'it was not told')
            if cut:
                buyer.cut_power()
            expect_told(buyer, kind, times=1 if point == 'notice-committed' else 2)


def reaches_done(buyer, order_id):
    order = only(buyer.look('settled'))
    truth = buyer.sandbox.orders()[order_id]
    expect(order['phase'] == 'done', f'not done: {order}')
    expect(order['codes'] == [code['pin_code'] for code in truth['codes']], f'{order} is not {truth}')
    again = only(buyer.look())
    expect(again['codes'] == order['codes'], f'{again} had {order["codes"]}')
    posts_are(buyer, 1)


@test('K15-done-received-and-code-not-committed')
def done_received(scene):
    for point in ('event-received', 'merge-before-commit', 'merge-before-commit+sync-log'):
        for cut in (False, True):
            buyer, order_id = killed_while_following(scene, point, 'done')
            expect(not buyer.screen('code'), 'a code was on screen before it was on the disk')
            if cut:
                buyer.cut_power()
            reaches_done(buyer, order_id)


@test('K16-in-the-middle-of-the-code')
def in_code(scene):
    for number in range(1, 40):
        buyer, running, order_id = follow(scene, f'merge-before-commit+write-log:{number}', ['done'])
        try:
            wait_until(lambda: running.process.poll() is not None or buyer.screen('code'), 'the end')
            running.process.kill()
            running.end()
            whole = bool(buyer.screen('code'))
            if number % 2:
                buyer.cut_power(number)
            reaches_done(buyer, order_id)
        finally:
            running.process.kill()
        if whole:
            print(f'# each of {number - 1} writes')
            return
    raise Broken('no end of writes')


@test('K17-code-committed-and-not-on-screen')
def before_code(scene):
    for point in ('merge-committed', 'state-applied', 'before-code', 'code-on-screen'):
        for cut in (False, True):
            buyer, order_id = killed_while_following(scene, point, 'done')
            if cut:
                buyer.cut_power()
            if point in ('before-code', 'code-on-screen'):
                expect(only(buyer.look())['codes'], 'the code is not there at the start')
            reaches_done(buyer, order_id)


@test('K18-in-a-checkpoint-of-the-log')
def in_checkpoint(scene):
    total = 0
    for what in ('write-db', 'sync-log', 'sync-db'):
        for number in range(1, 40, 3 if what == 'write-db' else 1):
            died = True
            for cut in ('kill', None) if number % 2 else (number,):
                buyer = scene.buyer()
                died = buyer.run(f'buy={QUICK}', 'settled', at=f'closing+{what}:{number}',
                                 killed='maybe').process.returncode != 0
                total += died
                if cut != 'kill':
                    buyer.cut_power(cut)
                order = only(buyer.look())
                expect(order['phase'] == 'done' and order['codes'], f'{order}')
                buys_again(buyer)
            if not died:
                break
    expect(total >= 3, f'no checkpoint was reached: {total}')
    print(f'# {total} kills')


def old_orders():
    """Version 1, as its program left it: delivered, paid, of unknown outcome, and to be paid."""
    folder = pathlib.Path(__file__).parent / 'old'
    return folder / 'orders-1.db', json.loads((folder / 'orders-1.json').read_text())


def check_old(buyer, orders):
    """Every order as it was. No service knows them any more, which takes nothing away."""
    _, wanted = old_orders()
    found = [{name: order.get(name) for name in wanted[0]} for order in orders]
    expect(found == wanted, f'{found} were {wanted}')


def check_copy(buyer):
    """What was copied before the step is whole, and there as long as something may need it."""
    old, _ = old_orders()
    version = buyer.read_file('orders.db', 'PRAGMA user_version')[0][0]
    has_copy = (buyer.data / 'orders.db.before-2').exists()
    if version == 1:
        expect(len(buyer.rows('*')) == 4, 'the old table is not whole')
    elif not has_copy:
        expect(buyer.read_file('orders.db', 'SELECT count(*) FROM orders WHERE key IS NULL') == [(0,)],
               'brought to version 2, still plain, and no copy')
    if has_copy:
        expect(buyer.read_file('orders.db.before-2', 'PRAGMA integrity_check') == [('ok',)], 'the copy is damaged')
        expect(buyer.read_file('orders.db.before-2', 'SELECT * FROM orders') == read_old(old), 'the copy is another')
    return version, has_copy


def read_old(path):
    connection = sqlite3.connect(f'file:{path}?mode=ro&immutable=1', uri=True)
    rows = connection.execute('SELECT * FROM orders').fetchall()
    connection.close()
    return rows


def migrate(scene, points):
    """Kills while a file of version 1 is brought to today's; returns what was seen of it right afterwards."""
    seen = set()
    for point in points:
        for cut in ('kill', None, 1, 2):
            buyer = scene.buyer(old_orders()[0])
            died = buyer.run(at=point, killed='maybe').process.returncode != 0
            if cut != 'kill':
                buyer.cut_power(cut)
            seen.add((died, *check_copy(buyer)))
            try:
                check_old(buyer, buyer.run('state').state())
                check_copy(buyer)
                buyer.run(at=point, killed='maybe')
                check_old(buyer, buyer.run('run=50', 'state').state())
            except Broken as broken:
                raise Broken(f'{point}, {cut}: {broken}') from broken
            buyer.close()
            if not died:
                return seen
    return seen


@test('K19-between-the-copy-and-its-name')
def copy_without_name(scene):
    seen = migrate(scene, ['rename orders.db.before-2'])
    expect(seen == {(True, 1, False)}, f'{seen}')


@test('K20-before-the-name-of-the-copy-is-synced')
def copy_not_synced(scene):
    seen = migrate(scene, ['renamed orders.db.before-2'])
    expect({(True, 1, True), (True, 1, False)} == seen, f'{seen}')


@test('K21-in-a-step-of-a-migration')
def in_migration(scene):
    total = 0
    for what in ('write-any', 'sync-any'):
        for number in range(1, 200, 11 if what == 'write-any' else 1):
            seen = migrate(scene, [f'start+{what}:{number}'])
            if not any(died for died, _, _ in seen):
                break
            total += 1
        else:
            raise Broken(f'no end of {what}')
    expect(total > 5, f'only {total} points')
    print(f'# {total} points')


@test('K22-old-file-until-the-new-one-is-durable')
def old_until_durable(scene):
    """At every sync of the step and of what comes before it, with nothing but what was synced."""
    versions = []
    for number in range(1, 60):
        buyer = scene.buyer(old_orders()[0])
        died = buyer.run(at=f'start+sync-any:{number}', killed='maybe').process.returncode != 0
        buyer.cut_power()
        version, has_copy = check_copy(buyer)
        expect(version == 1 or has_copy, 'the copy is gone')
        versions.append(version)
        if not died:
            break
    expect(versions == sorted(versions) and versions[0] == 1 and versions[-1] == 2, f'{versions}')


@test('K23-in-the-expiry')
def in_expiry(scene):
    for point in ('event-received', 'merge-before-commit', 'merge-before-commit+sync-log', 'merge-committed',
                  'state-applied'):
        for cut in (False, True):
            buyer, order_id = killed_while_following(scene, point, 'expired')
            if cut:
                buyer.cut_power()
            order = only(buyer.look('phase=expired'))
            expect(order['open'], f'not followed any more: {order}')
            scene.sandbox.set_state(order_id, 'late')
            scene.sandbox.set_state(order_id, 'done')
            reaches_done(buyer, order_id)


@test('K24-nothing-deletes')
def nothing_deletes(scene):
    """There is no way to delete an order: whatever is done, no row goes."""
    buyer = scene.buyer()
    buyer.run(f'buy={QUICK}', 'settled')
    buyer.run(f'replace={EMAIL}', at='intent-committed')
    buyer.run(f'replace={EMAIL}', at='answer-committed')
    expect(buyer.count_rows() == 3, f'{buyer.count_rows()} rows')
    for point in ('start', 'listed', 'closing'):
        buyer.run('run=20', at=point)
        buyer.look()
        expect(buyer.count_rows() == 3, f'{buyer.count_rows()} rows')


@test('K25-while-the-key-is-made')
def making_the_key(scene):
    """Half a key is none, a second one is never made, and no start waits or is locked for it."""
    points = [f'submitted+{what}:{number}' for what in ('write-any', 'sync-any') for number in range(1, 6)]
    total = 0
    for point in ['rename keyring', 'renamed keyring'] + points:
        for cut in (False, True):
            buyer = scene.buyer()
            if 'keyring' in point:
                buyer.keyring = buyer.data / 'keyring'
            total += buyer.run(f'buy={EMAIL}', at=point, killed='maybe').process.returncode != 0
            # Whether the keyring is durable is its own affair.
            if cut and 'keyring' not in point:
                buyer.cut_power()
            begin = time.monotonic()
            running = buyer.start('state')
            running.wait_for('started')
            expect(time.monotonic() - begin < 2, f'{point}: the start waits')
            expect(running.end() == 0, f'{point}: no start')
            buyer.run(f'replace={QUICK}', 'phase=done')
            running = buyer.run('state')
            expect('vault open' in running.lines, f'{point}: {running.lines}')
            expect(max(running.state(), key=lambda order: order['row'])['codes'], f'{point}: cannot be read')
            buyer.check(running.state())
            expect(buyer.read_file('orders.db', 'SELECT count(*) FROM keys') == [(1,)], f'{point}: not one key')
    expect(total >= 8, f'only {total} kills')
    print(f'# {total} kills')


@test('K26-two-followed-and-a-third-in-flight')
def third_in_flight(scene):
    for cut in (False, True):
        buyer = scene.buyer()
        running = buyer.start('buy=one@example.com', 'live=1', 'stay')
        running.wait_for('staying')
        scene.sandbox.set_state(buyer.screen('payment')[-1]['order_id'], 'started')
        running.process.terminate()
        running.end()
        scene.sandbox.fault(kind='delay', method='POST', path='/v5/orders', count=1, skip=1, delay_ms=3000)
        running = buyer.start('buy=two@example.com', 'live=2', 'begin=three@example.com', 'stay')
        wait_until(lambda: len(buyer.posts()) == 3, 'the third POST')
        running.process.kill()
        running.end()
        scene.sandbox.without_faults()
        if cut:
            buyer.cut_power()
        third, second, first = buyer.look('phase=payment-seen', 'live=2')
        expect(third['outcome'] == 'unknown', f'{third}')
        expect(second['outcome'] == 'placed' and second['open'], f'{second}')
        expect(first['phase'] == 'payment-seen', f'{first}')
        scene.sandbox.set_state(first['order_id'], 'done')
        scene.sandbox.set_state(second['order_id'], 'done')
        orders = buyer.look('settled')
        expect([order['phase'] for order in orders[1:]] == ['done', 'done'], f'{orders}')
        posts_are(buyer, 3)


@test('K26-replaced-by-one-in-flight')
def replaced(scene):
    """The address of the older order is withdrawn before the newer one is sent, and does not come back by a kill."""
    for point in ('intent-before-commit', 'intent-committed', 'request-started', 'answer-read', 'answer-committed'):
        for cut in (False, True):
            buyer = scene.buyer()
            buyer.run('buy=one@example.com')
            buyer.run('replace=two@example.com', at=point)
            if cut:
                buyer.cut_power()
            orders = buyer.look()
            first = min(orders, key=lambda order: order['row'])
            expect(first['open'], f'not followed any more: {first}')
            expect(first['payable'] == (point == 'intent-before-commit'), f'{point}: {first}')
            if point == 'answer-committed':
                expect(orders[0]['payable'], f'{orders[0]}')
            scene.sandbox.set_state(first['order_id'], 'done')
            expect(min(buyer.look('phase=done'), key=lambda order: order['row'])['codes'], 'what was paid late is lost')


@test('K27-sigterm')
def sigterm(scene):
    slowest = 0
    for words, word in ((('stay',), 'staying'), ((f'begin={EMAIL}', 'stay'), 'staying'),
                        ((f'buy={EMAIL}', 'stay'), 'staying'), ((f'buy={EMAIL}', 'live=1', 'stay'), 'staying'),
                        ((f'buy={QUICK}', 'stay'), 'placed'), (('run=1000',), 'started')):
        buyer = scene.buyer()
        running = buyer.start(*words)
        running.wait_for(word)
        begin = time.monotonic()
        running.process.terminate()
        expect(running.end() == 0, f'{words}: not a clean end')
        slowest = max(slowest, time.monotonic() - begin)
        expect('closed' in running.lines, f'{words}: not closed')
        for order in buyer.look():
            expect(order['outcome'] == 'placed', f'the answer was not waited for: {order}')
    expect(slowest < 2, f'{slowest:.1f} s')
    print(f'# at most {1000 * slowest:.0f} ms')


@test('K28-power-cut-anywhere')
def power_cut(scene):
    points = ('submitted', 'intent-before-commit', 'intent-before-commit+sync-any', 'intent-committed',
              'request-before-send', 'request-started', 'answer-read', 'answer-before-commit',
              'answer-before-commit+sync-any', 'answer-committed', 'before-screen', 'on-screen', 'event-received',
              'merge-before-commit', 'merge-before-commit:2', 'merge-committed', 'state-applied', 'before-code',
              'code-on-screen', 'closing', 'start+sync-any:1', 'start+sync-any:3', 'start+sync-any:5', 'start+write-any:2')
    for number, point in enumerate(points):
        for seed in (None, number) if number % 2 else (None,):
            buyer = scene.buyer()
            buyer.run(f'buy={QUICK}', 'settled', at=point)
            buyer.cut_power(seed)
            for order in buyer.look('settled'):
                expect(order['outcome'] == 'unknown' or order['codes'], f'{point}: {order}')
            expect(len(buyer.posts()) <= 1, f'{point}: sent again')
            if seed is None:
                buys_again(buyer)
    print(f'# {len(points)} points')


@test('K29-ten-kills-while-starting')
def while_starting(scene):
    buyer = scene.buyer()
    buyer.run(f'buy={QUICK}', 'settled')
    buyer.run(f'replace={EMAIL}', at='on-screen')
    buyer.look()
    rows, size = buyer.count_rows(), None
    for point in ('start', 'listed', 'event-received', 'start+write-any', 'listed', 'event-received', 'start+sync-any',
                  'listed', 'event-received', 'listed'):
        buyer.run('live=1', 'run=200', at=point, killed='maybe' if '+' in point else None)
        size = size or buyer.size()
    expect(buyer.count_rows() == rows, f'{buyer.count_rows()} rows, not {rows}')
    expect(buyer.size() <= size + 65536, f'{buyer.size()} bytes, not {size}')
    orders = buyer.look()
    expect([order['phase'] for order in orders] == ['waiting-for-payment', 'done'], f'{orders}')
    posts_are(buyer, 2)


@test('I5-answers-that-differ')
def answers_that_differ(scene):
    """A later answer names another address, amount or network: an alarm, and what is on the disk stays."""
    for member, value in (('wallet_address', '0x' + 40 * '1'), ('coin_amount', '1147'), ('network', 'Ethereum')):
        for point in ('merge-before-commit', 'merge-committed', 'state-applied', None):
            buyer = scene.buyer()
            buyer.run(f'buy={EMAIL}', at='on-screen')
            scene.sandbox.fault(kind='mutate', method='GET', path='/v5/orders/*', member=member, value=value, count=0)
            buyer.run('run=80', at=point, killed='maybe')
            alarmed = only(buyer.look('alarm'))
            expect(alarmed['alarm'] != 0 and not alarmed['payable'], f'no alarm: {alarmed}')
            scene.sandbox.without_faults()
            expect(only(buyer.look('run=80'))['alarm'] == alarmed['alarm'], 'the alarm is forgotten')


class Scene:
    """What one test starts."""

    def __init__(self, buyer, sandbox):
        self.program, self.sandbox, self.buyers = buyer, Sandbox(sandbox), []

    def buyer(self, old=None):
        self.buyers.append(Buyer(self.program, self.sandbox, old))
        return self.buyers[-1]

    def close(self):
        for buyer in self.buyers:
            buyer.close()
        self.sandbox.close()


def main():
    chosen = [test for test in tests if len(sys.argv) < 4 or sys.argv[3] in test[0]]
    failed = 0
    print(f'1..{len(chosen)}', flush=True)
    for number, (name, function) in enumerate(chosen, 1):
        begin, error = time.monotonic(), None
        scene = Scene(sys.argv[1], sys.argv[2])
        try:
            function(scene)
        except Broken as broken:
            error = str(broken) + '\n' + ''.join(traceback.format_tb(broken.__traceback__)[1:2])
        except Exception:
            error = traceback.format_exc()
        if error and scene.buyers:
            error += '\n' + scene.buyers[-1].last_errors()
        scene.close()
        if error:
            failed += 1
            print('\n'.join('# ' + line for line in error.splitlines()))
        print(f'{"not ok" if error else "ok"} {number} /crash/{name}\n# {time.monotonic() - begin:.1f} s', flush=True)
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
