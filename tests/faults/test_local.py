# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows L01–L11 as the command-line tool meets them, in programs of their own.

test_local.py REFILLS-CLI SANDBOX SHIM
"""

import json
import os
import re
import sys
import tempfile
import time

import local
from local import Points, Shim

from small_server import SmallServer
from tool import Sandbox, Tool

CLI, SANDBOX, SHIM = sys.argv[1:4]
check = Points()

EMAIL = 'ada@example.com'
ORDERS = r'^/v5/orders$'
REPLACE = ('--replace',)
PERSIAN_DIGITS, ARABIC_DIGITS = '۰۱۲۳۴۵۶۷۸۹', '٠١٢٣٤٥٦٧٨٩'


def order_words(server):
    return ('--email', EMAIL, '--coin', 'USDC', '--network', 'Solana',
            '--line', f'{server.brand}|{server.denomination}|{EMAIL}')


def order(tool, server, shim, *more):
    return tool.run('--json', 'order', *order_words(server), *more, **shim.environment)


def place(tool, server, shim):
    """Starts an order whose answer is held; returns the process and what lets the answer go, once it is sent."""
    answer = server.hold('POST', ORDERS)
    sent = server.count('POST', ORDERS)
    process = tool.start('--json', 'order', *order_words(server), **shim.environment)
    while server.count('POST', ORDERS) == sent and process.poll() is None:
        time.sleep(0.02)
    return process, answer


def outcomes(tool):
    return [made['outcome'] for made in tool.run('--json', 'orders').objects]


def test_disk_before(words, row):
    """L01, and L03 before the request: what cannot be written down is not sent."""
    server, tool, shim = SmallServer(), None, Shim(SHIM)
    try:
        tool = Tool(CLI, server.url)
        for name in ('first-order', 'later-order'):
            made = outcomes(tool) if name == 'later-order' else []
            shim.say(words)
            result = order(tool, server, shim, *REPLACE)
            check(f'{row}/{name}/told', result.code == 4 and result.out == '' and '"error":"STORAGE' in result.err
                  and 'so it was not sent.' in result.err, result)
            check(f'{row}/{name}/not-sent', server.count('POST', ORDERS) == len(made))
            check(f'{row}/{name}/no-address', server.address not in result.out + result.err, result)
            shim.say('')
            check(f'{row}/{name}/refused-by-the-disk', shim.count('write' if words == 'full' else 'sync', True) > 0)
            listed = outcomes(tool)
            check(f'{row}/{name}/nothing-is-lost', listed[len(listed) - len(made):] == made, listed)
            result = order(tool, server, shim, *REPLACE)
            check(f'{row}/{name}/then-sent-once', result.code == 0 and server.count('POST', ORDERS) == len(made) + 1,
                  result)
            server.order_id = server.order_id[:-12] + os.urandom(6).hex()
        check(f'{row}/no-sync-again', shim.synced_again() == [], shim.synced_again())
    finally:
        server.close()


def test_disk_after(words, row):
    """L02, and L03 after the request: the tool ends, and says that nobody can tell; the intent is on disk."""
    server, shim = SmallServer(), Shim(SHIM)
    try:
        tool = Tool(CLI, server.url)
        process, answer = place(tool, server, shim)
        shim.say(words)
        answer.set()
        out, err = process.communicate(timeout=30)
        shim.say('')
        check(f'{row}/told', process.returncode == 3 and out == '' and '"error":"UNKNOWN_OUTCOME"' in err,
              (process.returncode, out, err))
        check(f'{row}/no-address', server.address not in out + err, (out, err))
        # What was written and not synced is found whole by whoever opens the file next, unless the power fails.
        check(f'{row}/listed', outcomes(tool) in ([['unknown']] if words == 'full' else [['unknown'], ['placed']]),
              outcomes(tool))
        check(f'{row}/sent-once', server.count('POST', ORDERS) == 1)
        check(f'{row}/no-sync-again', shim.synced_again() == [], shim.synced_again())
    finally:
        server.close()


def test_log():
    """That a second sync of what was lost would be found."""
    shim = Shim(SHIM)
    shim.log.write_text('7 write 5 0\n7 sync 5 5\n7 write 6 0\n7 sync 5 0\n')
    found = shim.synced_again()
    shim.log.write_text('7 write 5 0\n7 sync 5 5\n7 write 5 0\n7 sync 5 0\n8 sync 5 5\n8 close 5 0\n8 sync 5 0\n')
    check('L03/log', found == [(7, 5)] and shim.synced_again() == [], (found, shim.synced_again()))


def test_homes(sandbox):
    """L04: folders that cannot be written, are not there, or are elsewhere."""
    words = ('--email', EMAIL, '--coin', 'USDC', '--network', 'Solana', '--line', f'Steam|10 USD|{EMAIL}')
    posts = sandbox.count('POST', '/v5/orders')
    if not local.can_mount():
        check.skip('L04/read-only', 'needs a mount namespace')
    else:
        for name in ('empty', 'with-orders'):
            tool = Tool(CLI, sandbox.url)
            if name == 'with-orders':
                tool.run('order', *words)
            else:
                os.makedirs(tool.home / 'data')
            posts = sandbox.count('POST', '/v5/orders')
            program = tool.program
            tool.program = local.READ_ONLY[0]
            wrap = (*local.READ_ONLY[1:], str(tool.home), program)
            result = tool.run(*wrap, '--json', 'order', *words)
            check(f'L04/read-only/{name}/not-sent', result.code == 4 and result.out == ''
                  and sandbox.count('POST', '/v5/orders') == posts, result)
            result = tool.run(*wrap, 'brands')
            check(f'L04/read-only/{name}/browse', result.code == 0 and 'Steam' in result.out, result)

    tool = Tool(CLI, sandbox.url)
    for name in ('XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'XDG_DATA_DIRS'):
        tool.environment.pop(name, None)
    result = tool.run('--json', 'order', *words)
    listed = tool.run('--json', 'orders')
    check('L04/no-xdg-folders', result.code == 0 and [made['order_id'] for made in listed.objects]
          == [made['order_id'] for made in result.objects], (result, listed))
    check('L04/no-xdg-folders/in-the-home', (tool.home / 'home/.local/share/refills').is_dir(), tool.files())

    tool = Tool(CLI, sandbox.url)
    with tempfile.TemporaryDirectory() as real:
        os.symlink(real, tool.home / 'home')
        for name in ('DATA', 'CACHE', 'CONFIG'):
            tool.environment[f'XDG_{name}_HOME'] = str(tool.home / 'home' / name.lower())
        result = tool.run('--json', 'order', *words)
        listed = tool.run('--json', 'orders')
        check('L04/home-is-a-link', result.code == 0 and len(listed.objects) == 1
              and os.path.exists(os.path.join(real, 'data')), (result, listed))


def test_side_by_side(sandbox):
    """L06: tools at once, on one file. One order may wait for its payment; the others are told, or take its place."""
    for name, more, made_wanted in (('one-may-be-paid', (), 1), ('each-in-its-place', REPLACE, 4)):
        tool = Tool(CLI, sandbox.url)
        # The key to all of them is made with the first; it is over before the others begin.
        first = tool.run('--json', 'order', '--email', EMAIL, '--coin', 'USDC', '--network', 'Solana',
                         '--line', f'Steam|20 USD|{EMAIL}').objects[0]['order_id']
        sandbox.pay(first, 0)
        tool.run('track', first)
        before = sandbox.count('POST', '/v5/orders')
        running = [tool.start('--json', 'order', '--email', f'ada{value}@example.com', '--coin', 'USDC', '--network', 'Solana',
                              '--line', f'Steam|{value} USD|{EMAIL}', *more) for value in (10, 25, 50, 100)]
        ended = [(process.communicate(timeout=60), process.returncode) for process in running]
        made = [json.loads(out)['order_id'] for (out, _), code in ended if code == 0]
        refused = [code for (_, err), code in ended if code == 1 and '"PAYABLE_ORDER"' in err]
        check(f'L06/{name}', len(made) == made_wanted and len(made) + len(refused) == len(running), ended)
        listed = tool.run('--json', 'orders').objects
        check(f'L06/{name}/all-listed', sorted(entry['order_id'] for entry in listed) == sorted([first, *made]),
              (listed, made))
        check(f'L06/{name}/sent-once-each', sandbox.count('POST', '/v5/orders') == before + len(made))


def test_clock():
    """L07: a clock that is wrong by a year, and one that is set while the order is open."""
    server, shim = SmallServer(), Shim(SHIM)
    try:
        tool = Tool(CLI, server.url)
        made = order(tool, server, shim).objects[0]
        for name, step in (('a-year-back', -365 * 86400), ('a-day-forward', 86400)):
            shim.say(f'clock {step}')
            shown = tool.run('--json', 'show', server.order_id, **shim.environment)
            check(f'L07/{name}/not-expired', shown.code == 0 and shown.objects[0]['order_state'] == 'WaitingForPayment'
                  and shown.objects[0]['pay_before'] == made['pay_before'], shown)
        shim.say('clock 86400')
        tracking = tool.start('--json', 'track', server.order_id, **shim.environment)
        first = json.loads(tracking.stdout.readline())
        shim.say(f'clock {-365 * 86400}')
        server.pay()
        second = json.loads(tracking.stdout.readline())
        shim.say('clock 86400')
        server.deliver()
        out, _ = tracking.communicate(timeout=30)
        check('L07/set-while-followed', (first['order_state'], second['order_state'], tracking.returncode)
              == ('WaitingForPayment', 'PaymentStarted', 0) and json.loads(out.splitlines()[-1])['order_state'] == 'Done',
              (first, second, out))
    finally:
        server.close()


def test_locales(sandbox):
    """L11: what is sent and copied is the same in every language; a tool's output is for scripts."""
    totals = {}
    for locale in ('C', 'tr_TR', 'de_DE', 'ar_EG', 'fa_IR'):
        tool = Tool(CLI, sandbox.url)
        if locale != 'C':
            folder = tool.home / 'locales'
            folder.mkdir()
            done = os.spawnlp(os.P_WAIT, 'localedef', 'localedef', '-i', locale, '-f', 'UTF-8', str(folder / f'{locale}.UTF-8'))
            if done != 0:
                raise SystemExit(f'the locale {locale} cannot be made')
            tool.environment.update(LOCPATH=str(folder), LC_ALL=f'{locale}.UTF-8', LANGUAGE='en')
        result = tool.run('order', '--email', EMAIL, '--coin', 'USDC', '--network', 'Solana',
                          '--line', f'Airbnb|range=75|{EMAIL}')
        posted = [request for request in sandbox.requests() if (request['method'], request['path']) == ('POST', '/v5/orders')]
        body = posted[-1]['body']
        found = re.search(r'^Amount +(.*)$', result.out, re.M)
        totals[locale] = found.group(1) if found else result
        check(f'L11/{locale}', result.code == 0 and totals[locale] == totals['C'] and '.' in totals[locale], result)
        check(f'L11/{locale}/sent', json.loads(body)['deliveries'][0]['product_value'] == 75
              and not set(body) & set(PERSIAN_DIGITS + ARABIC_DIGITS), body)
        check(f'L11/{locale}/no-other-digits', not set(result.out) & set(PERSIAN_DIGITS + ARABIC_DIGITS), result)


def main():
    test_disk_before('full', 'L01')
    test_disk_after('full', 'L02')
    test_disk_before('sync', 'L03/before')
    test_disk_after('sync', 'L03/after')
    test_log()
    with Sandbox(SANDBOX) as sandbox:
        test_homes(sandbox)
        test_side_by_side(sandbox)
        test_locales(sandbox)
    test_clock()
    return check.end()


sys.exit(main())
