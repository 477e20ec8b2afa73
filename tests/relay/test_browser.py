# SPDX-License-Identifier: GPL-3.0-or-later
"""A page in a real browser follows orders through the relay, with the client flow of the API reference."""

import http.server
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import upstream
from upstream import HEAD, Program, Upstream, ask

CLI, SANDBOX, CHROMIUM = sys.argv[1:4]
if not shutil.which(CHROMIUM):
    print('1..0 # SKIP no Chromium')
    sys.exit(0)

HERE = pathlib.Path(__file__).parent
# Instead of the reference's 1 s and 30 s.
SHORTEST_MS, LONGEST_MS = 100, 800
# What a machine that is busy may add to a wait.
SLACK_MS = 20000
DEADLINE_S = 40

check = upstream.Checks()


class Pages:
    """Serves the page on a port of its own, and keeps what it says."""

    def __init__(self):
        pages = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = {'/': 'page.html', '/page.js': 'page.js'}.get(self.path.partition('?')[0])
                body = (HERE / path).read_bytes() if path else b''
                self.send_response(200 if path else 404)
                self.send_header('Content-Type', 'text/javascript' if path == 'page.js' else 'text/html')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                said = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                with pages.changed:
                    pages.said.append(said)
                    pages.changed.notify_all()
                self.send_response(204)
                self.end_headers()

            def log_message(self, format, *args):
                pass

        self.said = []
        self.changed = threading.Condition()
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.origin = f'http://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, name, kind=None):
        """What was told of one follower, in the order in which it happened."""
        said = sorted((s for s in self.said if s['name'] == name), key=lambda s: s['number'])
        return [s for s in said if kind in (None, s['kind'])]

    def wait(self, name, kind, count=1):
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.of(name, kind)) >= count, DEADLINE_S):
                raise TimeoutError(f'{name}: {kind} did not come; there was {self.of(name)}')

    def address(self, wanted):
        return f'{self.origin}/?{urllib.parse.quote(json.dumps(wanted))}'


class Browser:
    def __init__(self, address):
        self.folder = tempfile.mkdtemp(prefix='refills-browser-')
        environment = dict(os.environ, HOME=self.folder, XDG_CONFIG_HOME=self.folder, XDG_CACHE_HOME=self.folder,
                           DBUS_SESSION_BUS_ADDRESS='disabled:', DBUS_SYSTEM_BUS_ADDRESS='disabled:')
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(
            [CHROMIUM, '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage',
             '--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-sync',
             '--disable-component-update', '--disable-extensions', '--disable-default-apps', '--no-proxy-server',
             # Nothing but this machine has an address.
             '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
             f'--user-data-dir={self.folder}', address],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True)

    def end(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def say_order(order_id, state):
    return f'data: {{"order_id":"{order_id}","order_state":"{state}","payment_state":"WalletCreated"}}\n\n'.encode()


# Of the order "hard", one connection after another: (what is said, the wait that follows in ms, None: no more).
HARD = [
    (b'', SHORTEST_MS),
    (b'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n', 2 * SHORTEST_MS),
    (HEAD, 4 * SHORTEST_MS),
    (HEAD + b'data: {not json\n\ndata: []\n\n' + say_order('another', 'Done'), LONGEST_MS),
    (HEAD + b': no wait grows over this\n\n', LONGEST_MS),
    (HEAD + say_order('hard', 'WaitingForPayment') + say_order('hard', 'Cut')[:-9], SHORTEST_MS),
    (HEAD + b'event: unknown\ndata: {}\n\n' + b'HTTP/1.1 nonsense\r\n', 2 * SHORTEST_MS),
    (HEAD + say_order('hard', 'Done'), SHORTEST_MS),
    (HEAD + b'event: stop\ndata: {}\n\n', None),
]


class Hard:
    """Says the next of HARD at each connection, and any other order's first message."""

    def __init__(self):
        self.number = 0
        self.times = []

    def __call__(self, exchange):
        if exchange.order_id != 'hard':
            exchange.send(HEAD + say_order(exchange.order_id, 'WaitingForPayment'))
            exchange.watch()
            return
        self.times.append(exchange.time)
        answer, wait = HARD[min(self.number, len(HARD) - 1)]
        self.number += 1
        exchange.send(answer)
        if wait is None:
            exchange.watch()


def make_order(sandbox, email):
    body = {'deliveries': [{'brand_name': 'Amazon.com', 'country_code': 'US', 'denomination': 'range',
                            'product_value': 25, 'beneficiary_account': email}],
            'payment': {'type': 'via', 'payment_via': 'USER_WALLET', 'coin': 'BTC', 'network': 'Lightning'},
            'user': {'email': email}}
    status, data = ask(sandbox.uri, 'POST', '/v5/orders', json.dumps(body))
    if status != 200:
        raise RuntimeError(f'the sandbox makes no order: {status} {data[:200]}')
    return json.loads(data)['order_id']


def test_purchase(pages, sandbox, order_id):
    """Two followers of one order, up to the code, and nothing after the stop."""
    for name in ('first', 'second'):
        pages.wait(name, 'order')
    waiting = pages.of('first', 'order')[0]['detail']
    check('/browser/purchase/waiting', waiting['order_state'] == 'WaitingForPayment', waiting)
    log = json.loads(ask(sandbox.uri, 'GET', '/sandbox/log')[1])
    check('/browser/purchase/both-are-open', log['open_streams'] == 2, log['open_streams'])

    ask(sandbox.uri, 'POST', f'/sandbox/orders/{order_id}/pay?step_ms=50')
    for name in ('first', 'second'):
        pages.wait(name, 'stops')
    wanted = json.loads(ask(sandbox.uri, 'GET', f'/v5/orders/{order_id}')[1])
    for name in ('first', 'second'):
        orders = [said['detail'] for said in pages.of(name, 'order')]
        deliverable = orders[-1]['deliveries'][0]['deliverable']
        check(f'/browser/purchase/{name}/code', orders[-1]['order_state'] == 'Done' and deliverable['pin_code']
              and deliverable['pin_code'] == wanted['deliveries'][0]['deliverable']['pin_code'], orders[-1])
        kinds = [said['kind'] for said in pages.of(name)]
        check(f'/browser/purchase/{name}/story', kinds == ['connects', 'opens'] + ['order'] * len(orders) + ['stops']
              and len(orders) > 2, kinds)


def test_hard(pages, hard):
    """Refusals, clean ends and what is no order make the wait grow; an order makes it short again."""
    pages.wait('hard', 'stops')
    waits = [said['detail'] for said in pages.of('hard', 'waits')]
    wanted = [wait for _, wait in HARD[:-1]]
    check('/browser/hard/waits', waits == wanted, waits)
    check('/browser/hard/requests', len(hard.times) == len(HARD), len(hard.times))
    for number, (before, after, least) in enumerate(zip(hard.times, hard.times[1:], wanted)):
        waited = (after - before) * 1000
        # The browser's timer begins when it heard of the end, so never before the server's.
        check(f'/browser/hard/wait-{number}', least - 1 <= waited <= least + SLACK_MS, (least, waited))
    states = [said['detail']['order_state'] for said in pages.of('hard', 'order')]
    check('/browser/hard/orders', states == ['WaitingForPayment', 'Done'], states)
    check('/browser/hard/invalid', len(pages.of('hard', 'invalid')) == 3, pages.of('hard', 'invalid'))


def test_leaving(pages, service):
    """That the relay takes no more than a second is for test_relay.py; a browser closes when it comes to it."""
    pages.wait('leaves', 'order')
    exchange = service.wait('leaves')
    check('/browser/leaving', exchange.closed.wait(DEADLINE_S))


def test_other_origin(other, service):
    """A page that the relay was not told of reads nothing."""
    other.wait('beside', 'waits')
    service.wait('beside')
    kinds = {said['kind'] for said in other.of('beside')}
    check('/browser/other-origin', not kinds & {'opens', 'order', 'stops', 'invalid'}, kinds)


def test_no_more(pages, sandbox, hard, relays):
    """Long after every stop: nobody asked again, and nothing is open."""
    time.sleep(3 * LONGEST_MS / 1000)
    check('/browser/no-more/service', len(hard.times) == len(HARD), len(hard.times))
    log = json.loads(ask(sandbox.uri, 'GET', '/sandbox/log')[1])
    asked = [request for request in log['requests'] if request['path'].endswith('/subscribe')]
    check('/browser/no-more/sandbox', len(asked) == 2 and log['open_streams'] == 0, (len(asked), log['open_streams']))
    for name in ('first', 'second', 'hard'):
        check(f'/browser/no-more/{name}', pages.of(name)[-1]['kind'] == 'stops', pages.of(name)[-1])
    codes = [relay.end() for relay in relays]
    check('/browser/relays-end', codes == [0, 0], codes)


def main():
    pages, other, hard = Pages(), Pages(), Hard()
    service = Upstream(hard)
    programs = []
    browser = None
    try:
        sandbox = Program(SANDBOX, '--port', '0')
        programs.append(sandbox)
        order_id = make_order(sandbox, 'ada@example.com')
        relays = [Program(CLI, '--api-url', uri, 'relay', '--port', '0', '--allow-origin', pages.origin)
                  for uri in (sandbox.uri, service.uri)]
        programs += relays

        def followed(name, relay, order, **more):
            return dict(name=name, relay=relay.uri, order=order, shortest=SHORTEST_MS, longest=LONGEST_MS, **more)

        beside = other.address({'follow': [followed('beside', relays[1], 'beside', leaves='waits')]})
        browser = Browser(pages.address({'beside': beside, 'follow': [
            followed('first', relays[0], order_id), followed('second', relays[0], order_id),
            followed('hard', relays[1], 'hard'), followed('leaves', relays[1], 'leaves', leaves='order')]}))
        test_purchase(pages, sandbox, order_id)
        test_leaving(pages, service)
        test_hard(pages, hard)
        test_other_origin(other, service)
        test_no_more(pages, sandbox, hard, relays)
    finally:
        if browser is not None:
            browser.end()
        for program in programs:
            program.kill()
    sys.exit(check.finish())


main()
