# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty orders at once for minutes, with one request in a hundred spoilt: memory stays flat, and in the end every order
is what the server says of it, with its code.

test_soak.py SANDBOX SOAK SHIM [SECONDS]

Time goes ten times as fast for the shop and for the server (faults/refills-disk-shim.c), so that three minutes are half
an hour, with the usual intervals, deadlines and budgets.
"""

import json
import os
import pathlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / 'faults')]

from local import Shim

SANDBOX, SOAK, SHIM = sys.argv[1:4]
SECONDS = float(sys.argv[4] if len(sys.argv) > 4 else os.environ.get('REFILLS_SOAK_SECONDS', '10'))

ORDERS = 50
BATCH = 25  # a shop makes no more than 30 in ten minutes
UNPAID = 5  # nothing happens to them until they expire
STREAMS_MAX = 4
FAULTY = 100  # one request in so many
TURN_S = 0.1
WARM_UP = 0.3  # of the time
FLAT_KIB = 5 * 1024
SETTLE_S = 60
SPEED = 10
INSTRUMENTED = 'ASAN_OPTIONS' in os.environ or 'UBSAN_OPTIONS' in os.environ

# What goes wrong on the way. All but the first two carry the request out.
FAULTS = ({'kind': 'status', 'status': 502}, {'kind': 'status', 'status': 503, 'headers': {'Retry-After': '1'}},
          {'kind': 'close'}, {'kind': 'cut', 'after': 40}, {'kind': 'cut-chunked', 'after': 40},
          {'kind': 'delay', 'delay_ms': 800}, {'kind': 'html'}, {'kind': 'body', 'body': '{'}, {'kind': 'body', 'body': ''})
STREAM_FAULTS = ({'kind': 'stream-close', 'after': 1}, {'kind': 'stream-drop', 'after': 1}, {'kind': 'stream-stop', 'after': 1},
                 {'kind': 'stream-garbage', 'body': 'data: {\n\n', 'after': 1}, {'kind': 'stream-wrong-id', 'after': 1},
                 {'kind': 'stream-silence', 'after': 1}, {'kind': 'stream-wrong-type'})

# Steps on the way, each of them told by the server, none of them an end.
STEPS = ({'order_state': 'PaymentStarted', 'payment_state': 'PaymentStarted'},
         {'order_state': 'PartialPaymentStarted', 'payment_state': 'PaymentStarted', 'sent_coin_amount': '1'},
         {'order_state': 'PaymentReceived', 'payment_state': 'PaymentReceived'})


class Server:
    def __init__(self, shim):
        self.process = subprocess.Popen([SANDBOX, '--port', '0', '--seed', '1'], stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **shim.environment})
        self.url = self.process.stdout.readline().split()[-1]

    def ask(self, path, value=None, method=None):
        body = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(self.url + path, data=body, method=method or ('POST' if body else 'GET'),
                                         headers={'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def log(self, path='*', start=0):
        return self.ask(f'/sandbox/log?path={path}&from={start}')['requests']


class Shop:
    def __init__(self, url, folder, log, shim):
        self.process = subprocess.Popen([SOAK, url, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                                        text=True, env={**os.environ, **shim.environment})
        self.read('open')

    def quit(self):
        self.say('quit')
        return self.process.wait(60)

    def say(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def read(self, word):
        for line in self.process.stdout:
            words = line.split()
            if words and words[0] == word:
                return words[1:]
        raise SystemExit(f'Bail out! the shop ended with status {self.process.wait(10)}')

    def report(self):
        """State and code of each order, by its id."""
        self.say('report')
        found = {}
        for line in self.process.stdout:
            words = line.split()
            if words[:1] == ['reported']:
                return found
            if words[:1] == ['row']:
                found[words[2]] = (words[3], words[4] if len(words) > 4 else None)
        raise SystemExit(f'Bail out! the shop ended with status {self.process.wait(10)}')

    def resident_kib(self):
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as status:
            found = next((int(line.split()[1]) for line in status if line.startswith('VmRSS:')), None)
        if found is None:
            raise SystemExit(f'Bail out! the shop ended with status {self.process.wait(10)}')
        return found


def spoil(server, generator, ordered):
    """One of the next hundred requests goes wrong."""
    fault = dict(generator.choice(FAULTS), path='/v5/orders/*', method='GET', count=1, skip=generator.randrange(FAULTY))
    if ordered % 3 == 0:
        fault = dict(generator.choice(STREAM_FAULTS), path='*/subscribe', count=1)
    server.ask('/sandbox/faults', fault)


def live(server, shop, ids, generator):
    """The time in which orders go on and requests go wrong. Returns the memory over time, the requests and the faults
    among them, the events, and the most streams that were open at once."""
    memory, faults, events, streams, requests, counted = [], 0, 0, 0, 0, len(server.log())
    were_open = set()
    begin = time.monotonic()
    while time.monotonic() < begin + SECONDS:
        order = generator.choice(ids)
        server.ask(f'/sandbox/orders/{order}/state', generator.choice(STEPS))
        events += 1
        new = server.log('/v5/orders/*', counted)
        if new:
            counted = new[-1]['index'] + 1  # of all that is in the log
            requests += len(new)
        if requests // FAULTY > faults:
            faults += 1
            spoil(server, generator, faults)
        memory.append((time.monotonic() - begin, shop.resident_kib()))
        if events % 10 == 0:
            # One that is let go of for another may still be open at the server: what counts is open in two looks.
            now_open = {entry['index'] for entry in server.log('*/subscribe') if entry.get('stream_open')}
            streams, were_open = max(streams, len(now_open & were_open)), now_open
        time.sleep(TURN_S)
    # The server says how many it still has; this one is never met.
    return memory, requests, faults - server.ask('/sandbox/faults', {'kind': 'close', 'path': '/none'})['faults'] + 1, events, streams


def settle(server, shop, ids, finals):
    """Ends every order at the server, and waits until the shop has heard of it. Returns what is still wrong."""
    server.ask('/sandbox/faults', method='DELETE')
    for order, life in zip(ids, finals):
        server.ask(f'/sandbox/orders/{order}/life?name={life}&step_ms=0', {}, 'POST')
    deadline = time.monotonic() + SETTLE_S
    while True:
        orders = {entry['order_id']: entry for entry in server.ask('/sandbox/codes')['orders']}
        wanted = {}
        for order in ids:
            codes = [code['pin_code'] for code in orders[order]['codes'] if code.get('pin_code')] if order in orders else []
            state = server.ask(f'/v5/orders/{order}')['order_state']
            wanted[order] = (state, codes[0] if codes and state == 'Done' else None)
        found = shop.report()
        wrong = {order: (found.get(order), wanted[order]) for order in ids if found.get(order) != wanted[order]}
        if not wrong or time.monotonic() > deadline:
            return wrong, wanted, found
        time.sleep(0.5)


def main():
    generator = random.Random(int(os.environ.get('REFILLS_SOAK_SEED', '1')))
    points = []

    def check(name, passed, why=''):
        points.append(passed)
        print('ok' if passed else 'not ok', len(points), f'/soak/{name}', flush=True)
        if not passed:
            print('# ' + str(why)[:2000].replace('\n', '\n# '), flush=True)

    shim = Shim(SHIM)
    server = Server(shim)
    shop, ids, begin, log = None, [], time.monotonic(), tempfile.TemporaryFile()
    try:
        with tempfile.TemporaryDirectory() as folder:
            for first in range(0, ORDERS, BATCH):
                shop = Shop(server.url, folder, log, shim)
                shop.say(f'place {BATCH} {first}')
                ids += [shop.read('order')[1] for _ in range(BATCH)]
                if shop.quit() != 0:
                    raise SystemExit('Bail out! the shop did not end')
            print(f'# {ORDERS} orders placed after {time.monotonic() - begin:.1f} s', flush=True)
            shim.say(f'speed {SPEED} {time.monotonic()}')
            shop = Shop(server.url, folder, log, shim)
            memory, answered, faults, events, streams = live(server, shop, ids[UNPAID:], generator)
            finals = ['expiry'] * UNPAID + [generator.choice(('happy', 'happy', 'refund')) for _ in ids[UNPAID:]]
            wrong, wanted, found = settle(server, shop, ids, finals)

            print(f'# settled after {time.monotonic() - begin:.1f} s', flush=True)
            warm = [kib for when, kib in memory if when >= SECONDS * WARM_UP]
            first, last = (statistics.median(part) for part in (warm[:max(len(warm) // 10, 1)], warm[-max(len(warm) // 10, 1):]))
            requests = server.log('/v5/orders*')
            posts = sum(1 for entry in requests if (entry['method'], entry['path']) == ('POST', '/v5/orders'))
            codes = [code for _, code in wanted.values() if code]
            print(f'# {SECONDS:.0f} s, {ORDERS} orders, {events} events, {answered} requests, {faults} faults '
                  f'({100 * faults / max(answered, 1):.1f} %), at most '
                  f'{streams} streams at once; memory {first / 1024:.1f} MiB after warming up, {last / 1024:.1f} MiB at the '
                  f'end ({min(warm) / 1024:.1f}–{max(warm) / 1024:.1f}); {len(codes)} codes', flush=True)
            check('nothing-missed', not wrong, wrong)
            check('every-code', all(found.get(order, (None, None))[1] == code for order, (_, code) in wanted.items() if code),
                  wrong)
            check('nothing-else', set(found) == set(ids), set(found) ^ set(ids))
            check('sent-once-each', posts == ORDERS, posts)
            if answered >= 10 * FAULTY:
                check('one-in-a-hundred', 0.5 <= faults * FAULTY / answered <= 1.5, (faults, answered))
            check('few-streams', streams <= STREAMS_MAX, streams)
            if INSTRUMENTED:
                print('# memory is not judged where the allocator is a sanitizer')
            else:
                check('memory-is-flat', max(abs(kib - first) for kib in warm) <= FLAT_KIB, (first, min(warm), max(warm)))
            if not all(points):
                log.seek(0)
                print('# ' + log.read()[-3000:].decode(errors='replace').replace('\n', '\n# '), flush=True)
            check('ends', shop.quit() == 0, shop.process.returncode)
    except SystemExit:
        log.seek(0)
        print('# ' + log.read()[-3000:].decode(errors='replace').replace('\n', '\n# '), flush=True)
        raise
    finally:
        for process in (shop and shop.process, server.process):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
    print(f'1..{len(points)}')

    return not all(points)


sys.exit(main())
