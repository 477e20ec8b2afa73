# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole purchase by the command-line tool leaves no code, order id, e-mail or payment address in clear on the disk.

test_scan_tool.py REFILLS-CLI
"""

import json
import pathlib
import signal
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ('cli', 'faults', 'ui')]

import scan
from local import Points
from small_server import SmallServer
from tool import Tool

CLI = sys.argv[1]
EMAIL = 'grace.hopper.1906@example.com'
BENEFICIARY = 'katherine.johnson.1918@example.com'


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
    finally:
        server.close()

    return check.end()


sys.exit(main())
