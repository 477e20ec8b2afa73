# SPDX-License-Identifier: GPL-3.0-or-later
"""A buyer that is killed, the stand-in for the service beside it, and what must hold afterwards."""

import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time

DEADLINE = 30
PAYMENT_SEEN, READY, EXPIRED = 1, 2, 4
FINAL = {'Done', 'Refunded', 'Canceled', 'PaymentSetupFailed', 'PaymentRejected'}


class Broken(Exception):
    """An invariant, or a test's own expectation, does not hold."""


def expect(condition, what):
    if not condition:
        raise Broken(what() if callable(what) else what)


def wait_until(condition, what, deadline=10):
    end = time.monotonic() + deadline
    while not condition():
        expect(time.monotonic() < end, f'not within {deadline} s: {what}')
        time.sleep(0.005)


class Sandbox:
    """`refills-sandbox`, a process of its own, which lives on."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, '--port', '0', '--seed', '1'], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip().removeprefix('listening on ')
        self.port = int(self.url.rsplit(':', 1)[1])
        self.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=DEADLINE)

    def close(self):
        self.connection.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        for last in (False, True):
            try:
                self.connection.request(method, path, data, {'Content-Type': 'application/json'})
                answer = self.connection.getresponse()
                text = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
                if last:
                    raise
        expect(answer.status == 200, lambda: f'{method} {path}: {answer.status} {text[:200]}')
        return json.loads(text)

    def fault(self, **fault):
        self.ask('POST', '/sandbox/faults', fault)

    def without_faults(self):
        self.ask('DELETE', '/sandbox/faults')

    def orders(self):
        return {order['order_id']: order for order in self.ask('GET', '/sandbox/codes')['orders']}

    def posts(self):
        return [request for request in self.ask('GET', '/sandbox/log?path=/v5/orders')['requests']
                if request['method'] == 'POST']

    def requests(self, path):
        return self.ask('GET', '/sandbox/log?path=' + path)['requests']

    def set_state(self, order_id, scenario):
        self.ask('POST', f'/sandbox/orders/{order_id}/state', {'scenario': scenario})


class Wire:
    """Between the buyer and the sandbox: ends the buyer where a creation's head has passed and its body has not
    (`head`), or where its answer comes (`answer`)."""

    def __init__(self, sandbox, at):
        self.sandbox, self.at, self.buyer = sandbox, at, None
        self.server = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.server.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.server.close()

    def accept(self):
        while True:
            try:
                client = self.server.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def kill(self):
        wait_until(lambda: self.buyer is not None, 'the buyer')
        self.buyer.kill()
        self.buyer.wait()

    def serve(self, client):
        upstream = socket.create_connection(('127.0.0.1', self.sandbox.port))
        creates = threading.Event()

        def back():
            try:
                while data := upstream.recv(65536):
                    if creates.is_set() and self.at == 'answer':
                        self.kill()
                        break
                    client.sendall(data)
            except OSError:
                pass
            client.close()

        threading.Thread(target=back, daemon=True).start()
        try:
            while data := client.recv(65536):
                # The sandbox answers no other host.
                data = data.replace(self.url[7:].encode(), self.sandbox.url[7:].encode())
                # One request at a time: what comes at once begins with a head.
                if data.startswith(b'POST /v5/orders '):
                    creates.set()
                    if self.at == 'head':
                        while b'\r\n\r\n' not in data:
                            data += client.recv(65536)
                        upstream.sendall(data[:data.index(b'\r\n\r\n') + 4])
                        self.kill()
                        break
                upstream.sendall(data)
        except OSError:
            pass
        upstream.close()
        client.close()


class Running:
    """A buyer that was started; its lines are read as they come."""

    def __init__(self, process):
        self.process, self.lines = process, []

    def wait_for(self, word):
        for line in self.process.stdout:
            self.lines.append(line.rstrip('\n'))
            if line.startswith(word):
                return line
        raise Broken(f'the buyer never said {word}: {self.lines}')

    def arm(self):
        self.process.send_signal(signal.SIGUSR1)
        self.wait_for('armed')

    def end(self, deadline=DEADLINE):
        watchdog = threading.Timer(deadline, self.process.kill)
        watchdog.start()
        self.lines += [line.rstrip('\n') for line in self.process.stdout]
        code = self.process.wait()
        watchdog.cancel()
        self.process.stdout.close()
        return code

    def state(self):
        found = [line for line in self.lines if line.startswith('state ')]
        expect(found, lambda: f'the buyer printed no orders: {self.lines}')
        return json.loads(found[-1][6:])


class Buyer:
    """One person's folder, and the program that is started in it again and again."""

    def __init__(self, program, sandbox, old=None):
        self.program, self.sandbox = program, sandbox
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='refills-crash-'))
        self.data = self.folder / 'data'
        self.errors = self.folder / 'errors'
        self.first_post = len(sandbox.posts())
        self.best = {}
        self.keyring = self.folder / 'keyring'
        if old:
            self.adopt(old)

    def adopt(self, old):
        """Begins with an older version's database, which is on the disk whole."""
        self.data.mkdir(mode=0o700)
        shutil.copyfile(old, self.data / 'orders.db')
        os.chmod(self.data / 'orders.db', 0o600)
        durable = self.folder / 'durable'
        (durable / 'data').mkdir(parents=True)
        (durable / 'held').mkdir()
        inode = (self.data / 'orders.db').stat().st_ino
        shutil.copyfile(old, durable / 'data' / str(inode))
        os.link(self.data / 'orders.db', durable / 'held' / str(inode))
        (durable / 'entries').write_text(f'{inode} orders.db\n')

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, crash_at):
        variables = {name: os.environ[name] for name in os.environ
                     if name.startswith(('LC_', 'LANG', 'LOCPATH', 'ASAN', 'UBSAN', 'LSAN', 'PATH', 'GSETTINGS'))}
        variables |= {'HOME': str(self.folder), 'GIO_USE_VFS': 'local',
                      'GIO_USE_PROXY_RESOLVER': 'dummy', 'TZ': 'UTC', 'SECRET_BACKEND': 'file',
                      'SECRET_FILE_TEST_PATH': str(self.keyring), 'SECRET_FILE_TEST_PASSWORD': 'crash',
                      'XDG_RUNTIME_DIR': str(self.folder)}
        if crash_at:
            variables['REFILLS_CRASH_AT'] = crash_at
        return variables

    def start(self, *words, at=None, url=None):
        with open(self.errors, 'ab') as errors:
            return Running(subprocess.Popen([self.program, url or self.sandbox.url, str(self.folder), *words],
                                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
                                            env=self.environment(at)))

    def run(self, *words, at=None, killed=None, url=None):
        """@killed: whether it must have been, as it is where a point is named; `maybe` where that is open."""
        running = self.start(*words, at=at, url=url)
        code = running.end()
        wanted = {'maybe': (0, -signal.SIGKILL)}.get(killed, (-signal.SIGKILL if at else 0,))
        expect(code in wanted, lambda: f'the buyer ended with {code} at {at}: {running.lines}\n' + self.last_errors())
        return running

    def last_errors(self):
        return self.errors.read_text(errors='replace')[-3000:] if self.errors.exists() else ''

    def screen(self, what=None, asked=False):
        """What was shown; with @asked until the orders were last asked for."""
        path = self.folder / 'screen'
        lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        if asked:
            lines = lines[:max(number for number, line in enumerate(lines) if line['what'] == 'asked')]
        return [line for line in lines if what in (None, line['what'])]

    def posts(self):
        return self.sandbox.posts()[self.first_post:]

    def rows(self, columns='count(*)'):
        """What is in the file, for whoever opens it; None where there is no table yet."""
        if not (self.data / 'orders.db').exists():
            return None
        try:
            return self.read_file('orders.db', f'SELECT {columns} FROM orders')
        except sqlite3.OperationalError:
            return None

    def count_rows(self):
        rows = self.rows()
        return rows[0][0] if rows else 0

    def read_file(self, name, sql):
        """What SQLite finds in a copy of a file of the folder."""
        copy = self.folder / 'look'
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for suffix in ('', '-wal', '-journal'):
            if (self.data / (name + suffix)).exists():
                shutil.copyfile(self.data / (name + suffix), copy / (name + suffix))
        connection = sqlite3.connect(copy / name)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def size(self):
        """Bytes on the disk; the index of the log is none of them, which SQLite makes anew at each start."""
        return sum(path.stat().st_size for path in self.data.iterdir() if not path.name.endswith('-shm'))

    def cut_power(self, seed=None):
        """Leaves what was synced; with a seed some of what was not, sector by sector, has reached the disk too."""
        durable, dice = self.folder / 'durable', random.Random(seed)
        fresh = self.folder / 'fresh'
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        entries = durable / 'entries'
        names = {}
        for line in entries.read_text().splitlines() if entries.exists() else []:
            inode, name = line.split(' ', 1)
            names[name] = inode
        for name, inode in names.items():
            if name.endswith('-shm'):
                continue
            synced = durable / 'data' / inode
            kept = synced.read_bytes() if synced.exists() else b''
            held = durable / 'held' / inode
            if seed is not None and held.exists():
                kept = mix(kept, held.read_bytes(), dice)
            (fresh / name).write_bytes(kept)
            os.chmod(fresh / name, 0o600)
        shutil.rmtree(self.data, ignore_errors=True)
        fresh.rename(self.data)
        # From here on that is what is on the disk.
        for part in ('data', 'held'):
            shutil.rmtree(durable / part, ignore_errors=True)
            (durable / part).mkdir(parents=True)
        lines = []
        for path in self.data.iterdir():
            inode = path.stat().st_ino
            shutil.copyfile(path, durable / 'data' / str(inode))
            os.link(path, durable / 'held' / str(inode))
            lines.append(f'{inode} {path.name}\n')
        entries.write_text(''.join(lines))

    def look(self, *words, at=None):
        """Starts again, and checks every invariant against what is on the screen and at the service."""
        running = self.run(*words, 'state', at=at)
        orders = running.state()
        self.check(orders)
        return orders

    def check(self, orders):
        served = self.sandbox.orders()
        by_row = {order['row']: order for order in orders}
        submits, posts = len(self.screen('submit')), len(self.posts())
        expect(posts <= submits, f'I4: {posts} POSTs for {submits} submits')
        expect(self.count_rows() >= posts, lambda: f'I1: {posts} POSTs and {self.count_rows()} rows')
        expect(len(by_row) == len(orders), 'I7: a row is listed twice')
        expect(sum(order['payable'] for order in orders) <= 1, lambda: f'two orders can be paid: {orders}')
        for shown in self.screen('payment', asked=True):
            order, truth = by_row.get(shown['row']), served.get(shown['order_id'])
            expect(order and order['order_id'] == shown['order_id'], f'I2: an order that was on screen is lost: {shown}')
            expect(truth is not None, f'I2: the service has no such order: {shown}')
            expect((order['stored_address'], order['stored_amount']) == (shown['address'], shown['total']),
                   f'I5: {order} was shown as {shown}')
            expect(shown['amount'] in (shown['total'], shown['missing']), f'I5: {shown}')
            expect((truth['wallet_address'], truth['coin_amount'], truth['coin'], truth['network']) ==
                   (shown['address'], shown['total'], shown['coin'], shown['network']),
                   f'I5: {shown} is not what was sent: {truth}')
        for shown in self.screen('code', asked=True):
            order, truth = by_row.get(shown['row']), served.get(shown['order_id'])
            expect(order and shown['code'] in order['codes'], f'I3: a code that was on screen is lost: {shown} {order}')
            expect(truth and shown['code'] in [code['pin_code'] for code in truth['codes']],
                   f'I3: no such code was sent: {shown} {truth}')
        for told in self.screen('notice', asked=True):
            order = by_row.get(told['row'])
            expect(order and order['phase'] not in ('waiting-for-payment', 'unknown'), f'I3: {told} was told of {order}')
            expect(told['kind'] != READY or order['phase'] == 'done', f'I3: {told} was told of {order}')
        for order in orders:
            self.check_order(order, served)
        for row in self.best:
            expect(row in by_row, f'I6: row {row} is gone')

    def check_order(self, order, served):
        best = self.best.setdefault(order['row'], {'codes': set()})
        if order['outcome'] != 'placed':
            expect(best.get('outcome') != 'placed', f'I7: {order} was placed')
            expect('address' not in order and not order['codes'], f'I2: an order of unknown outcome has a payment: {order}')
            return
        best['outcome'] = 'placed'
        truth = served.get(order['order_id'])
        expect(truth is not None, f'the service has no such order: {order}')
        expect(order['open'] or truth['order_state'] in FINAL,
               f'I6: {order} is not followed any more, and is {truth["order_state"]}')
        expect(best['codes'] <= set(order['codes']), f'I7: {order} had the codes {best["codes"]}')
        best['codes'] |= set(order['codes'])
        if best.get('done'):
            expect(order['phase'] == 'done', f'I7: {order} was done')
        best['done'] = order['phase'] == 'done'
        for name in ('stored_address', 'stored_amount', 'order_id'):
            expect(best.setdefault(name, order[name]) == order[name], f'I5: {order}: {name} was {best[name]}')


def mix(synced, live, dice):
    """Of each sector the one or the other, of the length one or the other."""
    length = dice.choice((len(synced), len(live)))
    mixed = bytearray()
    for at in range(0, length, 512):
        old, new = synced[at:at + 512], live[at:at + 512]
        part = dice.choice((old, new))
        mixed += part + b'\0' * (min(512, length - at) - len(part))
    return bytes(mixed[:length])
