# SPDX-License-Identifier: GPL-3.0-or-later
"""Told to end at each point of an order's life; and killed while what stays locked is set aside.

    test_crash_told.py BUYER SANDBOX [PART-OF-A-NAME]
"""

import os
import sys
import time

import test_crash as crash
from harness import Broken, expect

EMAIL, QUICK, test = crash.EMAIL, crash.QUICK, crash.test
# Under a sanitizer all takes longer.
SLOWER = 5 if 'ASAN_OPTIONS' in os.environ or 'UBSAN_OPTIONS' in os.environ else 1

crash.tests.clear()


@test('K24-set-aside')
def set_aside(scene):
    """Orders that stay locked are set aside whole or not at all, and what was bought before is found again with its key."""
    seen = set()
    for point in ('rename *', 'folder', 'listed+write-any', 'listed+sync-any'):
        for number in range(1, 60, {'listed+write-any': 9, 'listed+sync-any': 2}.get(point, 1)):
            died = locked_and_killed(scene, f'{point}:{number}', seen)
            if not died:
                break
    expect({(True, True), (True, False), (False, True)} <= seen, f'{seen}')
    print(f'# killed and set aside: {sorted(seen)}')


def locked_and_killed(scene, point, seen):
    buyer = scene.buyer()
    buyer.run(f'buy={QUICK}', 'settled')
    buyer.run(f'replace={EMAIL}')
    before, key = buyer.rows('*'), buyer.keyring.read_bytes()
    buyer.keyring.unlink()
    died = buyer.run('set-aside', at=point, killed='maybe').process.returncode != 0
    if any(path.name.endswith('.next') for path in buyer.data.iterdir()):
        # It was decided, under this name: whoever opens the orders next does the rest.
        buyer.run('state')
    names = [path.name for path in buyer.data.iterdir() if '.locked-' in path.name and path.name[-1].isdigit()]
    left = buyer.count_rows()
    expect(len(names) <= 1 and left in (0, 2), f'{point}: {names}, and {left} rows')
    seen.add((died, bool(names)))
    whole = buyer.read_file(names[0], 'SELECT * FROM orders') if names else buyer.rows('*')
    expect(whole == before, f'{point}: {whole} were {before}')
    if left and not names:
        # As if nothing had been asked for: the key comes back, and with it all that was bought.
        buyer.keyring.write_bytes(key)
        done = min(buyer.look(), key=lambda order: order['row'])
        expect(done['phase'] == 'done' and done['codes'], f'{point}: {done}')
    else:
        # Begun anew or not: one can buy, under numbers that were never given before.
        buyer.run('set-aside', f'replace={QUICK}', 'phase=done')
        new = [row for row, *_ in buyer.rows('row')]
        expect(new == [3], f'{point}: rows {new}')
    return died


# Where the buyer is told to end, and by what it gets there: a purchase, or what the service says of a followed order.
TOLD_AT = (
    ('K01', 'submitted'), ('K02', 'intent-before-commit'), ('K03', 'intent-before-commit'), ('K04', 'intent-committed'),
    ('K04', 'request-before-send'), ('K05', 'request-started'), ('K06', 'request-started'), ('K07', 'answer-read'),
    ('K08', 'answer-before-commit'), ('K09', 'answer-before-commit'), ('K10', 'answer-committed'), ('K10', 'before-screen'),
    ('K11', 'on-screen'), ('K12', 'event-received', 'started'), ('K12', 'merge-before-commit', 'started'),
    ('K13', 'merge-committed', 'started'), ('K13', 'before-notice', 'done'), ('K14', 'notice-sent', 'started'),
    ('K14', 'notice-before-commit', 'done'), ('K14', 'notice-committed', 'expired'), ('K15', 'event-received', 'done'),
    ('K16', 'merge-before-commit', 'done'), ('K17', 'merge-committed', 'done'), ('K17', 'state-applied', 'done'),
    ('K17', 'before-code', 'done'), ('K17', 'code-on-screen', 'done'), ('K18', 'closing'),
    ('K19', 'rename orders.db.before-2', None), ('K20', 'renamed orders.db.before-2', None), ('K21', 'folder', None),
    ('K22', 'folder:2', None), ('K23', 'event-received', 'expired'), ('K23', 'merge-committed', 'expired'),
    ('K24', 'rename orders.db.locked-*', 'set-aside'), ('K25', 'rename orders.db.keys'), ('K25', 'renamed orders.db.keys'),
    ('K26', 'request-started', 'third'), ('K29', 'listed'), ('K29', 'listed', None),
)


def told_to_end(scene, point, how):
    """Returns the buyer, and the seconds from being told to its end."""
    buyer = scene.buyer(crash.old_orders()[0] if how == [None] else None)
    words = (f'buy={EMAIL}',)
    if how == ['set-aside']:
        buyer.run(f'buy={QUICK}', 'settled')
        buyer.keyring.unlink()
        words = ('set-aside',)
    elif how == ['third']:
        buyer.run('buy=one@example.com')
        scene.sandbox.set_state(buyer.screen('payment')[-1]['order_id'], 'started')
        buyer.run('buy=two@example.com')
        words = ('live=2', 'begin=three@example.com', 'stay')
    elif how == [None]:
        words = ('run=2000',)
    if how and how[0] in ('started', 'done', 'expired'):
        running = buyer.start(f'buy={EMAIL}', 'live=1', 'stay', at='@~' + point)
        running.wait_for('staying')
        running.arm()
        scene.sandbox.set_state(buyer.screen('payment')[-1]['order_id'], how[0])
    else:
        running = buyer.start(*words, at='~' + point)
    running.wait_for('told to end')
    begin = time.monotonic()
    code = running.end()
    expect(code == 0 and 'closed' in running.lines, lambda: f'ended with {code}: {running.lines}\n{buyer.last_errors()}')
    return buyer, time.monotonic() - begin


@test('K27-sigterm-at-each-point')
def sigterm_at_each(scene):
    """Nothing is killed: what was begun is finished, the rest is as before, and it ends at once."""
    slowest = (0, None)
    for kill, point, *how in TOLD_AT:
        try:
            buyer, seconds = told_to_end(scene, point, how)
            slowest = max(slowest, (seconds, f'{kill} {point}'))
            if kill != 'K24':
                buyer.cut_power()
            if how == [None]:
                crash.check_old(buyer, buyer.run('state').state())
            elif how == ['set-aside']:
                expect(buyer.count_rows() == 0, 'not set aside')
            else:
                for order in buyer.look():
                    expect(order['outcome'] == 'placed', f'the answer was not waited for: {order}')
            expect(len(buyer.posts()) <= len(buyer.screen('submit')), 'sent again')
        except Broken as broken:
            raise Broken(f'{kill}, {point}: {broken}') from broken
        buyer.close()
    print(f'# {len(TOLD_AT)} points, at most {1000 * slowest[0]:.0f} ms: {slowest[1]}')
    expect(slowest[0] < 2 * SLOWER, f'{slowest}')


if __name__ == '__main__':
    sys.exit(crash.main())
