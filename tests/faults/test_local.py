# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows L01–L11 as the command-line tool meets them, in programs of their own.

test_local.py REFILLS-CLI SANDBOX SHIM
"""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
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
    """L02, and L03 after the request: the tool ends, and says which order was made; the intent is on disk."""
    server, shim = SmallServer(), Shim(SHIM)
    try:
        tool = Tool(CLI, server.url)
        process, answer = place(tool, server, shim)
        shim.say(words)
        answer.set()
        out, err = process.communicate(timeout=30)
        shim.say('')
        check(f'{row}/told', process.returncode == 4 and json.loads(out) == {'order_id': server.order_id, 'outcome': 'unsaved'}
              and '"error":"UNSAVED_ORDER"' in err, (process.returncode, out, err))
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
            check(f'L04/read-only/{name}/told', ('so this one was not sent' if name == 'with-orders' else 'KEYRING')
                  in result.err, result)
            result = tool.run(*wrap, 'brands')
            check(f'L04/read-only/{name}/browse', result.code == 0 and 'Steam' in result.out, result)
            result = tool.run(*wrap, '--json', 'orders')
            check(f'L04/read-only/{name}/orders', result.code == 0 and [made['outcome'] for made in result.objects]
                  == ['placed'] * (name == 'with-orders')
                  and ('Nothing can be saved' in result.err) == (name == 'with-orders'), result)

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


class Orders:
    """A tool's folder with some orders, of which copies can be spoilt: one at rest, and one whose log is not yet in it."""

    COUNT = 12

    def __init__(self, sandbox):
        self.tool = Tool(CLI, sandbox.url)
        for name in ('at-rest', 'with-log'):
            watching = None
            for number in range(self.COUNT // 2):
                made = self.tool.run('--json', 'order', '--email', f'ada{number}@example.com', '--coin', 'USDC', '--network',
                                     'Solana', '--line', f'Steam|{(10, 20, 25, 50, 100)[number % 5]} USD|{EMAIL}', *REPLACE)
                if made.code != 0:
                    raise SystemExit(f'Bail out! {made}')
                if name == 'with-log' and watching is None:
                    # Who has the file open keeps the others from emptying the log.
                    watching = self.tool.start('--json', 'track', made.objects[0]['order_id'])
                    watching.stdout.readline()
            if watching:
                watching.send_signal(signal.SIGKILL)
                watching.communicate()
        self.data = self.tool.home / 'data'
        self.file = next(self.data.rglob('orders.db'))
        self.log = self.file.with_name('orders.db-wal')
        self.with_log, self.at_rest = (self.tool.home / name for name in ('with-log', 'at-rest'))
        shutil.copytree(self.data, self.with_log)
        # Whoever closes the file as the last one empties the log into it.
        self.rows = {made['row']: made['order_id'] for made in self.list()[0].objects}
        self.all = list(self.rows.values())
        shutil.copytree(self.data, self.at_rest)
        self.sound = self.file.read_bytes()
        with contextlib.closing(sqlite3.connect(self.file)) as other:
            self.records = find_records(self.sound, len(other.execute('PRAGMA table_info (orders)').fetchall()))

    def restore(self, kept):
        shutil.rmtree(self.data)
        shutil.copytree(kept, self.data)

    def list(self):
        """What the tool says, the damaged files that it put aside, and what each order is."""
        result = self.tool.run('--json', 'orders')
        return result, [path for path in self.file.parent.iterdir() if '.damaged-' in path.name and path.name[-1].isdigit()]

    def find_fault(self, data):
        """What is wrong with what is listed of a file that was spoilt, or None; and the damaged files put aside."""
        whole = self.whole(data)
        result, aside = self.list()
        listed = {made['row']: made['order_id'] for made in result.objects}
        fault = None
        if result.code != 0 or len(listed) != len(result.objects) or not set(filter(None, listed.values())) <= set(self.all):
            fault = 'it fails, or something is made up'
        elif not {(row, self.rows[row]) for row in whole} <= set(listed.items()):
            fault = 'a whole order is passed over'
        elif len(listed) < self.COUNT and not aside:
            fault = 'what is missing was not put aside'
        elif aside and (aside[0].read_bytes() != data or 'damaged' not in result.err or aside[0].name not in result.err):
            fault = 'the old file is not kept, or nothing is said'
        return fault and (fault, sorted(whole), listed, aside, result), aside

    def whole(self, data):
        """The rows of which no byte was touched: of its record in its page, and of the pages that it overflows into."""
        return {row for row, spans in self.records.items()
                if all(data[begin:end] == self.sound[begin:end] for begin, end in spans)}


def varint(data, at):
    value = 0
    for count in range(1, 10):
        byte = data[at + count - 1]
        value = value << 8 | byte if count == 9 else value << 7 | byte & 0x7f
        if count == 9 or byte < 0x80:
            break
    return value, at + count


def find_records(data, n_columns):
    """Where the records of the table with that many columns are in a sound file, by row: the file format of SQLite,
    sections 1.6 and 2.1 (pages of 4096 bytes)."""
    records, size = {}, 4096
    for page in range(0, len(data), size):
        begin = page + (100 if page == 0 else 0)
        if data[begin] != 0x0d:
            continue
        for number in range(int.from_bytes(data[begin + 3:begin + 5], 'big')):
            cell = page + int.from_bytes(data[begin + 8 + 2 * number:begin + 10 + 2 * number], 'big')
            length, at = varint(data, cell)
            row, at = varint(data, at)
            local = length
            if length > size - 35:
                least = (size - 12) * 32 // 255 - 23
                local = least + (length - least) % (size - 4)
                local = local if local <= size - 35 else least
            header, column = varint(data, at)
            count = 0
            while column < at + header:
                _, column = varint(data, column)
                count += 1
            if count != n_columns:
                continue
            spans, left = [(cell, at + local + (4 if local < length else 0))], length - local
            following = int.from_bytes(data[at + local:at + local + 4], 'big')
            while left > 0:
                begins, taken = (following - 1) * size, min(left, size - 4)
                spans.append((begins, begins + 4 + taken))
                left, following = left - taken, int.from_bytes(data[begins:begins + 4], 'big')
            records[row] = spans
    return records


def spoil(path, kind, dice):
    data = bytearray(path.read_bytes())
    at = dice.randrange(len(data))
    if kind == 'cut':
        del data[at:]
    elif kind == 'flipped':
        data[at] ^= 1 << dice.randrange(8)
    elif kind in ('page-lost', 'pages-lost'):
        for _ in range(1 if kind == 'page-lost' else dice.randrange(2, 6)):
            at = dice.randrange(len(data)) // 4096 * 4096
            data[at:at + 4096] = dice.randbytes(len(data[at:at + 4096]))
    elif kind == 'zeroes':
        data[at:] = bytes(len(data) - at)
    else:
        del data[:]
    path.write_bytes(data)
    return f'{kind} at {at} of {len(data)}', bytes(data)


def test_damaged(sandbox):
    """L05: whatever is wrong with the file, all that is whole is listed, nothing is made up, and the file is kept."""
    orders, dice, seed = Orders(sandbox), random.Random(), os.environ.get('REFILLS_FAULTS_SEED') or str(time.time_ns())
    dice.seed(seed)
    print(f'# seed {seed}')
    check('L05/whole', len(orders.all) == orders.COUNT and not orders.list()[1]
          and orders.whole(orders.sound) == set(orders.rows), (orders.all, orders.records))
    for kind in ('cut', 'flipped', 'page-lost', 'pages-lost', 'zeroes', 'emptied'):
        wrong, mended = [], 0
        for _ in range(12 if kind != 'emptied' else 1):
            orders.restore(orders.at_rest)
            where, data = spoil(orders.file, kind, dice)
            fault, aside = orders.find_fault(data)
            mended += bool(aside)
            if fault:
                wrong.append((where, fault))
        check(f'L05/{kind}', not wrong, wrong)
        print(f'# {mended} were mended')
    wrong, counts = [], set()
    for _ in range(16):
        orders.restore(orders.with_log)
        where, _ = spoil(orders.log, dice.choice(('cut', 'flipped', 'zeroes')), dice)
        result, aside = orders.list()
        named = [made['order_id'] for made in result.objects]
        counts.add(len(named))
        # What was made before the log was begun is there; what the log has is there up to the damage, from the oldest on.
        begun = [made for made in named if made]
        if result.code != 0 or aside or len(named) < orders.COUNT // 2 or begun != [
                made for made in orders.all[orders.COUNT - len(named):] if made in begun]:
            wrong.append((where, aside, result))
    check('L05/log', not wrong, wrong)
    print(f'# {sorted(counts)} orders were left')


def test_newer(sandbox):
    """L05: what a newer version wrote is listed, and not changed."""
    orders = Orders(sandbox)
    with contextlib.closing(sqlite3.connect(orders.file)) as other:
        other.execute('PRAGMA user_version=99')
    before, posts = orders.file.read_bytes(), sandbox.count('POST', '/v5/orders')
    result, aside = orders.list()
    check('L05/newer/listed', result.code == 0 and [made['order_id'] for made in result.objects] == orders.all
          and 'newer version' in result.err and not aside, result)
    result = orders.tool.run('--json', 'show', orders.all[0], '--offline')
    check('L05/newer/shown', result.code == 0 and result.objects[0]['order_id'] == orders.all[0], result)
    result = orders.tool.run('--json', 'order', '--email', EMAIL, '--coin', 'USDC', '--network', 'Solana', '--line',
                             f'Steam|10 USD|{EMAIL}', *REPLACE)
    check('L05/newer/not-sent', result.code == 4 and '"error":"STORAGE_NEWER"' in result.err
          and sandbox.count('POST', '/v5/orders') == posts, result)
    check('L05/newer/not-changed', orders.file.read_bytes() == before)


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
        test_damaged(sandbox)
        test_newer(sandbox)
        test_side_by_side(sandbox)
        test_locales(sandbox)
    test_clock()
    return check.end()


sys.exit(main())
