# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole purchase by the command-line tool leaves no code, order id, e-mail or payment address in clear on the disk.

test_scan_tool.py REFILLS-CLI
"""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import sys
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ('cli', 'faults', 'ui')]

import scan
from local import Points
from small_server import SmallServer
from tool import Tool

CLI = sys.argv[1]
OLD = HERE.parent / 'crash' / 'old'
EMAIL = 'grace.hopper.1906@example.com'
BENEFICIARY = 'katherine.johnson.1918@example.com'


def leave_old(path, gone):
    """The folder of a program of version 1 that was killed: its orders in clear, in the database and in a log that is not
    yet in it; and in a page that was given free a text that is in no row any more."""
    old = path.with_name('old.db')
    path.parent.mkdir(parents=True, mode=0o700)
    shutil.copyfile(OLD / 'orders-1.db', old)
    with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as program:
        program.execute('PRAGMA secure_delete = OFF')
        program.execute('PRAGMA journal_mode = WAL')
        program.execute('PRAGMA wal_autocheckpoint = 0')
        program.execute("INSERT INTO orders SELECT 99, environment, created_at, updated_at, outcome, order_state, phase, brand, "
                        "face, coin, amount, 'gone', ?, NULL, NULL, NULL FROM orders LIMIT 1", ((gone * 400).encode(),))
        program.execute('PRAGMA wal_checkpoint')
        program.execute('DELETE FROM orders WHERE row = 99')
        program.execute('UPDATE orders SET updated_at = updated_at + 1')
        for suffix in ('', '-wal'):
            shutil.copyfile(f'{old}{suffix}', f'{path}{suffix}')
            os.chmod(f'{path}{suffix}', 0o600)
    for suffix in ('', '-wal', '-shm'):
        pathlib.Path(f'{old}{suffix}').unlink(missing_ok=True)


def test_migration(check, server):
    """What version 1 kept in clear is sealed with the first key: in the database, in its log, in pages that were given
    free, and in the copy that is made before the step."""
    tool = Tool(CLI, server.url)
    orders = json.loads((OLD / 'orders-1.json').read_text())
    secrets = {f'{name} of {order["row"]}': order[name] for order in orders for name in ('order_id', 'stored_address')
               if order[name]}
    secrets |= {f'code of {order["row"]}': code for order in orders for code in order['codes']}
    secrets |= {f'e-mail of {name}': f'{name}@example.com' for name in ('bob', 'carol', 'dora', 'life+happy+5')}
    secrets['what was deleted'] = 'edith.clarke.1883@example.com'
    path = tool.home / 'data' / 'refills' / 'practice' / 'orders.db'
    leave_old(path, secrets['what was deleted'])
    found = scan.search(secrets, tool.home / 'data')[0]
    check('migration/was-in-clear', {name for _, name, _ in found} == set(secrets) and any('-wal' in hit[0] for hit in found),
          found)
    listed = tool.run('--json', 'orders')
    check('migration/lists', listed.code == 0 and len(listed.objects) == len(orders), listed)
    # Without a key it stays as it was; the key comes with the next order.
    made = tool.run('--json', 'order', '--email', EMAIL, '--coin', 'USDC', '--network', 'Solana',
                    '--line', f'{server.brand}|{server.denomination}|{BENEFICIARY}', '--replace')
    again = tool.run('--json', 'orders')
    check('migration/orders', made.code == 0 and len(again.objects) == len(orders) + 1, (made, again))
    found, count = scan.search(secrets, tool.home)
    check('migration/nothing-in-clear', not found, found)
    code = next(order for order in orders if order['codes'])
    shown = tool.run('show', code['order_id'], '--offline')
    check('migration/shows-the-code', code['codes'][0] in shown.out, shown)
    print(f'# {sorted(entry.name for entry in path.parent.iterdir())}')


def main():
    check = Points('scan/tool')
    server = SmallServer()
    try:
        tool = Tool(CLI, server.url)
        loud = {'G_MESSAGES_DEBUG': 'all', 'TMPDIR': str(tool.home / 'tmp')}
        (tool.home / 'tmp').mkdir()
        said = tool.home / 'said'
        secrets = {'e-mail': EMAIL, 'beneficiary': BENEFICIARY, 'address': server.address, 'order id': server.order_id,
                   'code': server.code, 'serial number': server.serial}

        missed = scan.check_itself(secrets, tool.home)
        check('finds-what-is-planted', not missed, missed)

        def look(when, text=''):
            said.write_text(text)
            found, count = scan.search(secrets, tool.home)
            check(when, not found, found)
            return count

        # What is printed is what was asked for; what is said beside it is not.
        result = tool.run('--json', 'order', '--email', EMAIL, '--coin', 'USDC', '--network', 'Solana',
                          '--line', f'{server.brand}|{server.denomination}|{BENEFICIARY}', **loud)
        check('orders', result.code == 0 and server.order_id in result.out and server.address in result.out, result)
        look('after-the-order', result.err)
        clear, _ = scan.search({'brand': server.brand}, tool.home / 'data')
        check('reads-what-is-clear', any(path.endswith('.db') or '.db-' in path for path, *_ in clear), clear)

        tracking = tool.start('--json', 'track', server.order_id, **loud)
        json.loads(tracking.stdout.readline())
        server.pay()
        json.loads(tracking.stdout.readline())
        look('while-it-follows')
        tracking.send_signal(signal.SIGKILL)
        _, err = tracking.communicate(timeout=30)
        look('after-a-kill', err)

        tracking = tool.start('--json', 'track', server.order_id, **loud)
        json.loads(tracking.stdout.readline())
        server.deliver()
        _, err = tracking.communicate(timeout=30)
        look('after-the-end', err)
        shown = tool.run('show', server.order_id, **loud)
        check('shows-the-code', shown.code == 0 and server.code in shown.out, shown)
        count = look('after-the-code-was-shown', shown.err)
        print(f'# {count} files')
        server.order = None
        server.order_id = str(uuid.uuid4())
        test_migration(check, server)
    finally:
        server.close()

    return check.end()


sys.exit(main())
