# SPDX-License-Identifier: GPL-3.0-or-later
"""The relay as a client and a service see it: every byte, every refusal, and the end of either side."""

import base64
import itertools
import json
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

import upstream
from upstream import HEAD, Client, Program, Upstream

CLI, VECTORS = sys.argv[1:3]
WANTED_HEADERS = ['Content-Type: text/event-stream', 'Cache-Control: no-cache, no-transform', 'Connection: keep-alive',
                  'X-Accel-Buffering: no', 'Transfer-Encoding: chunked']
REFUSED = '{"error":"Upstream returned an error"}'
UNREACHED = '{"error":"Failed to connect to upstream stream"}'

check = upstream.Checks()
scripts = {}


def handle(exchange):
    scripts.get(exchange.order_id, upstream.hold)(exchange)


def load_bytes():
    """What streams look like, valid and not, and 300 kB of anything."""
    with open(VECTORS, encoding='utf-8') as file:
        cases = [base64.b64decode(case['input_b64']) for case in json.load(file) if case['kind'] == 'parse']
    return b''.join(cases) + random.Random(7).randbytes(300_000)


def test_bytes(relay, service):
    data = load_bytes()

    def send_cut(exchange, chunked):
        exchange.send(HEAD if not chunked else HEAD[:-2] + b'Transfer-Encoding: chunked\r\n\r\n')
        cuts = itertools.cycle([1, 2, 3, 5, 7, 4095, 4097, 16383, 16384, 16385, 1])
        offset = 0
        while offset < len(data):
            piece = data[offset:offset + next(cuts)]
            offset += len(piece)
            exchange.send(b'%x\r\n%s\r\n' % (len(piece), piece) if chunked else piece)
        if chunked:
            exchange.send(b'0\r\n\r\n')

    scripts['cut'] = lambda exchange: send_cut(exchange, False)
    scripts['chunked'] = lambda exchange: send_cut(exchange, True)
    scripts['length'] = lambda exchange: exchange.send(
        HEAD[:-2] + b'Content-Length: %d\r\n\r\n' % len(data) + data)
    for name in ('cut', 'chunked', 'length'):
        client = Client(relay.port, name)
        status, _ = client.read_head()
        body, whole = client.read_all()
        check(f'/relay/bytes/{name}', status == 200 and whole and body == data, (status, whole, len(body), len(data)))
        client.close()

    client = Client(relay.port, 'cut', version='1.0')
    status, lines = client.read_head()
    check('/relay/bytes/http-1.0', lines == WANTED_HEADERS[:-1] and client.file.read() == data, lines)
    client.close()


def test_each_byte_at_once(relay, service):
    """The service says the next byte only when the client has the one before."""
    arrived = threading.Semaphore(0)
    sent = []

    def one_by_one(exchange):
        exchange.send(HEAD)
        for byte in b'data: {"a":1}\r\n\r\n' * 20:
            exchange.send(bytes([byte]))
            if not arrived.acquire(timeout=5):
                return
            sent.append(byte)

    scripts['one-by-one'] = one_by_one
    client = Client(relay.port, 'one-by-one')
    client.read_head()
    body = b''
    while chunk := client.read_chunk():
        body += chunk
        arrived.release()
    check('/relay/each-byte-at-once', body == b'data: {"a":1}\r\n\r\n' * 20 and bytes(sent) == body,
          (len(sent), body[:80]))
    client.close()


def test_headers(relay, service):
    client = Client(relay.port, 'headers', 'Origin: http://page.example', 'Cookie: a=b', 'X-Cr-Application: other',
                    'User-Agent: Browser/1')
    status, lines = client.read_head()
    check('/relay/headers/downstream', status == 200 and lines == WANTED_HEADERS, (status, lines))
    sent = service.wait('headers')
    wanted = {
        'accept': 'text/event-stream', 'cache-control': 'no-cache', 'connection': 'Keep-Alive',
        'content-type': 'application/json', 'host': f'127.0.0.1:{service.port}', 'x-country-iso-code': 'US',
        'x-cr-application': 'partner-7',
    }
    others = {name: value for name, value in sent.headers.items() if name not in wanted}
    check('/relay/headers/upstream', sent.line == 'GET /v5/orders/headers/subscribe HTTP/1.1'
          and {name: sent.headers.get(name) for name in wanted} == wanted
          and sorted(others) == ['user-agent', 'x-cr-version']
          and others['user-agent'] == f'Refills/{others["x-cr-version"]}', (sent.line, sent.headers))
    client.close()

    for name, value, passed in (('sane', 'a-7 …', True), ('long', 'x' * 1025, False), ('longest', 'x' * 1024, True),
                                ('odd', 'a\x01b', False), ('empty', '', False)):
        client = Client(relay.port, f'id-{name}', f'Last-Event-ID: {value}')
        client.read_head()
        got = service.wait(f'id-{name}').headers.get('last-event-id')
        check(f'/relay/headers/last-event-id-{name}',
              got == (value.encode().decode('latin-1') if passed else None), (value[:40], got))
        client.close()


def test_refusals(relay, service):
    longest = 'Aa0_-' * 25 + 'abc'
    port = relay.port
    table = [
        # name, method, path, host, status
        ('root', 'GET', '/', None, 404),
        ('no-id', 'GET', '/api/orders//subscribe', None, 404),
        ('too-long', 'GET', f'/api/orders/{longest}x/subscribe', None, 404),
        ('dots', 'GET', '/api/orders/../subscribe', None, 404),
        ('slash', 'GET', '/api/orders/a%2Fb/subscribe', None, 404),
        ('query-in-id', 'GET', '/api/orders/a%3Fb/subscribe', None, 404),
        ('letters', 'GET', '/api/orders/%C3%A4/subscribe', None, 404),
        ('line', 'GET', '/api/orders/a%0D%0AX:1/subscribe', None, 404),
        ('order', 'GET', '/api/orders/abc', None, 404),
        ('below', 'GET', '/api/orders/abc/subscribe/', None, 404),
        ('v5', 'GET', '/v5/orders/abc/subscribe', None, 404),
        ('post-elsewhere', 'POST', '/', None, 404),
        *((method.lower(), method, '/api/orders/abc/subscribe', None, 405)
          for method in ('POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE')),
        ('foreign-host', 'GET', '/api/orders/abc/subscribe', 'rebind.example', 403),
        ('foreign-port', 'GET', '/api/orders/abc/subscribe', f'127.0.0.1:{port ^ 1}', 403),
        ('longer-host', 'GET', '/api/orders/abc/subscribe', f'localhost.example:{port}', 403),
        ('any-address', 'GET', '/api/orders/abc/subscribe', f'0.0.0.0:{port}', 403),
        ('foreign-host-elsewhere', 'GET', '/', 'rebind.example', 403),
    ]
    for name, method, path, host, wanted in table:
        client = Client(port, None, 'Content-Length: 0', 'Connection: close', method=method, path=path, host=host)
        status, headers, body = client.read_answer() if method != 'HEAD' else (*client.read_head(), '{"error":""}')
        headers = headers if method != 'HEAD' else dict(line.lower().split(': ', 1) for line in headers)
        check(f'/relay/refusals/{name}', status == wanted and headers.get('content-type') == 'application/json'
              and list(json.loads(body)) == ['error'] and (wanted != 405 or headers.get('allow', '').upper() == 'GET')
              and not any(header.startswith('access-control') for header in headers), (status, headers, body))
        client.close()
    client = Client(port, 'abc', version='1.0', host='')
    check('/relay/refusals/no-host', client.read_answer()[0] in (400, 403))
    client.close()
    check('/relay/refusals/nothing-was-asked', not any(e.order_id == 'abc' for e in service.exchanges))

    for name, host in (('address', f'127.0.0.1:{port}'), ('localhost', f'localhost:{port}'),
                       ('upper', f'LocalHost:{port}'), ('six', f'[::1]:{port}'), ('no-port', 'localhost')):
        client = Client(port, longest, host=host)
        check(f'/relay/hosts/{name}', client.read_head()[0] == 200)
        client.close()
    client = Client(port, None, path=f'/api/orders/query/subscribe?pid=1')
    check('/relay/query-is-not-passed-on', client.read_head()[0] == 200
          and service.wait('query').line == 'GET /v5/orders/query/subscribe HTTP/1.1')
    client.close()


def test_upstream_errors(relay, service):
    table = [
        # name, what the service says, status, body
        ('400', b'HTTP/1.1 400 No\r\nContent-Length: 4\r\n\r\nnope', 400, REFUSED),
        ('401', b'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 4\r\n\r\nnope', 401, REFUSED),
        ('401-long', b'HTTP/1.1 401 No\r\n\r\n' + b'nope' * 100, 401, REFUSED),
        ('404', b'HTTP/1.1 404 No\r\nContent-Type: text/event-stream\r\n\r\ndata: {}\n\n', 404, REFUSED),
        ('407', b'HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n', 407, REFUSED),
        ('421', b'HTTP/1.1 421 No\r\nContent-Length: 0\r\n\r\n', 421, REFUSED),
        ('429', b'HTTP/1.1 429 No\r\nRetry-After: 3\r\n\r\n', 429, REFUSED),
        ('500', b'HTTP/1.1 500 No\r\n\r\n<html>', 500, REFUSED),
        ('502', b'HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n', 502, REFUSED),
        ('503', b'HTTP/1.1 503 No\r\n\r\n', 503, REFUSED),
        ('302', b'HTTP/1.1 302 No\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n', 302, REFUSED),
        ('304', b'HTTP/1.1 304 No\r\n\r\n', 502, REFUSED),
        ('204', b'HTTP/1.1 204 No\r\n\r\n', 502, REFUSED),
        ('empty', b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 0\r\n\r\n', 502, REFUSED),
        ('compressed', HEAD[:-2] + b'Content-Encoding: gzip\r\n\r\nxyz', 502, REFUSED),
        ('closed', b'', 502, UNREACHED),
        ('no-http', b'SSH-2.0-x\r\n\r\n', 502, UNREACHED),
    ]
    for name, answer, wanted, body in table:
        scripts[f'error-{name}'] = lambda exchange, answer=answer: exchange.send(answer)
        client = Client(relay.port, f'error-{name}')
        status, headers, got = client.read_answer()
        check(f'/relay/upstream/{name}', (status, got) == (wanted, body)
              and headers.get('content-type') == 'application/json', (status, headers, got))
        check(f'/relay/upstream/{name}/no-more', len([e for e in service.exchanges
                                                       if e.order_id == f'error-{name}']) == 1
              or name == 'closed')
        client.close()
    check('/relay/upstream/redirect-not-followed', not any(' /other ' in e.line for e in service.exchanges))

    # An end that is none: the client must be able to tell.
    scripts['broken'] = lambda exchange: exchange.send(
        HEAD[:-2] + b'Transfer-Encoding: chunked\r\n\r\n99\r\ndata: {"cut":')
    client = Client(relay.port, 'broken')
    client.read_head()
    body, whole = client.read_all()
    check('/relay/upstream/cut', body == b'data: {"cut":' and not whole, (body, whole))
    client.close()

    arrived = threading.Event()

    def reset(exchange):
        exchange.send(HEAD + b'data: 1\n\n')
        arrived.wait(5)
        exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))

    scripts['reset'] = reset
    client = Client(relay.port, 'reset')
    client.read_head()
    first = client.read_chunk()
    arrived.set()
    check('/relay/upstream/reset', first == b'data: 1\n\n' and client.read_all() == (b'', False), first)
    client.close()

    with socket.create_server(('127.0.0.1', 0)) as free:
        port = free.getsockname()[1]
    other = Program(CLI, 'relay', '--port', '0', '--upstream', f'http://127.0.0.1:{port}')
    client = Client(other.port, 'abc')
    status, headers, got = client.read_answer()
    check('/relay/upstream/nobody', (status, got) == (502, UNREACHED), (status, got))
    client.close()
    other.kill()


def test_client_goes(relay, service):
    def silent(exchange):
        exchange.watch()

    scripts['no-head'] = silent
    for name, reset in (('held', False), ('held-reset', True), ('no-head', False)):
        client = Client(relay.port, name)
        if name != 'no-head':
            client.read_head()
        exchange = service.wait(name)
        start = time.monotonic()
        if reset:
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        client.close()
        closed = exchange.closed.wait(5)
        check(f'/relay/client-goes/{name}', closed and exchange.closed_at - start < 1,
              (closed, exchange.closed_at and exchange.closed_at - start))


def test_slow_client(relay, service):
    """A client that does not read: what the service says stays at the service."""
    sent = {}

    def endless(exchange):
        exchange.send(HEAD)
        block = b': ' + b'x' * 65533 + b'\n'
        while True:
            exchange.send(block)
            sent[exchange.order_id] = sent.get(exchange.order_id, 0) + len(block)

    scripts['slow'] = endless
    before = relay.memory()
    slow = Client(relay.port, 'slow', receive=65536)
    slow.read_head()
    service.wait('slow')
    deadline = time.monotonic() + 10
    last = -1
    while sent.get('slow', 0) != last and time.monotonic() < deadline:
        last = sent.get('slow', 0)
        time.sleep(0.3)
    quick = Client(relay.port, 'beside')
    check('/relay/slow-client/others-are-served', quick.read_head()[0] == 200)
    check('/relay/slow-client/upstream-is-paused', 0 < sent['slow'] == last < 64 << 20, (last, sent['slow']))
    check('/relay/slow-client/memory', relay.memory() - before < 4 << 20, (before, relay.memory()))
    total = 0
    while total < 32 << 20:
        chunk = slow.read_chunk()
        total += len(chunk)
    check('/relay/slow-client/goes-on', sent['slow'] > last and relay.memory() - before < 4 << 20,
          (before, relay.memory()))
    exchange = service.wait('slow')
    slow.close()
    deadline = time.monotonic() + 5
    while exchange.connection.fileno() != -1 and time.monotonic() < deadline:
        time.sleep(0.02)
    check('/relay/slow-client/is-let-go', exchange.connection.fileno() == -1)
    quick.close()


def test_many(relay, service):
    scripts['first'] = scripts['second'] = lambda exchange: (
        exchange.send(HEAD + f'data: {exchange.order_id}\n\n'.encode()), exchange.watch())
    clients = [Client(relay.port, name) for name in ('first', 'second', 'first')]
    heads = [client.read_head()[0] for client in clients]
    said = [client.read_chunk() for client in clients]
    check('/relay/several-clients', heads == [200] * 3
          and said == [b'data: first\n\n', b'data: second\n\n', b'data: first\n\n'], (heads, said))
    clients[0].close()
    service.wait('second').send(b'data: more\n\n')
    check('/relay/several-clients/each-by-itself', clients[1].read_chunk() == b'data: more\n\n')

    clients[:1] = []
    while len(clients) < 64:
        clients.append(Client(relay.port, 'many'))
        if clients[-1].read_head()[0] != 200:
            break
    check('/relay/sixty-four', len(clients) == 64, len(clients))
    more = Client(relay.port, 'many')
    status, headers, body = more.read_answer()
    check('/relay/one-more', status == 503 and json.loads(body) == {'error': 'Too many streams'}, (status, body))
    more.close()
    clients.pop().close()
    deadline = time.monotonic() + 5
    status = 0
    while status != 200 and time.monotonic() < deadline:
        more = Client(relay.port, 'many')
        status, _ = more.read_head()
        more.close()
    check('/relay/one-less', status == 200, status)
    for client in clients:
        client.close()


def test_origin(service):
    relay = Program(CLI, '--api-url', service.uri, 'relay', '--port', '0', '--allow-origin', 'http://page.example:8080')
    for name, origin, allowed in (('same', 'http://page.example:8080', True), ('other', 'http://evil.example', False),
                                  ('prefix', 'http://page.example:80801', False), ('null', 'null', False),
                                  ('none', None, False)):
        client = Client(relay.port, 'origin', *([f'Origin: {origin}'] if origin else []))
        _, lines = client.read_head()
        cors = [line for line in lines if line.lower().startswith('access-control')]
        check(f'/relay/origin/{name}', cors == (['Access-Control-Allow-Origin: http://page.example:8080']
                                                if allowed else []), lines)
        client.close()
    relay.kill()


def test_command(service):
    def run(*args):
        done = subprocess.run([CLI, *args], capture_output=True, text=True, timeout=10, check=False)
        return done.returncode if not done.stdout and done.stderr else (done.returncode, done.stdout, done.stderr)

    for name, args in (('no-port', []), ('big-port', ['--port', '65536']), ('odd-port', ['--port', 'x']),
                       ('parameter', ['--port', '0', 'more']), ('unknown', ['--port', '0', '--what']),
                       ('plain-upstream', ['--port', '0', '--upstream', 'http://service.example']),
                       ('odd-upstream', ['--port', '0', '--upstream', 'what']),
                       ('any-origin', ['--port', '0', '--allow-origin', '*']),
                       ('origin-with-path', ['--port', '0', '--allow-origin', 'http://page.example/']),
                       ('origin-without-scheme', ['--port', '0', '--allow-origin', 'page.example'])):
        check(f'/relay/usage/{name}', run('relay', *args) == 2, run('relay', *args))
    taken = run('relay', '--port', str(service.port))
    check('/relay/usage/port-taken', taken == 3, taken)

    for number in (signal.SIGTERM, signal.SIGINT):
        relay = Program(CLI, '--api-url', service.uri, 'relay', '--port', '0', env={'G_MESSAGES_DEBUG': 'refills refills-api refills-cli'})
        client = Client(relay.port, f'ends-{number.value}')
        client.read_head()
        waiting = Client(relay.port, 'no-head')
        exchange = service.wait(f'ends-{number.value}')
        check(f'/relay/ends/{number.value}', relay.end(number) == 0, relay.process.returncode)
        check(f'/relay/ends/{number.value}/upstream', exchange.closed.wait(2))
        check(f'/relay/ends/{number.value}/says-nothing', relay.process.stdout.read() == ''
              and 'ends-' not in relay.read_errors() and 'no-head' not in relay.read_errors(), relay.read_errors())
        client.close()
        waiting.close()


def main():
    service = Upstream(handle)
    relay = Program(CLI, '--partner-id', 'partner-7', 'relay', '--port', '0', '--upstream', service.uri,
                    env={'G_MESSAGES_DEBUG': 'refills refills-api refills-cli'})
    try:
        for test in (test_bytes, test_each_byte_at_once, test_headers, test_refusals, test_upstream_errors,
                     test_client_goes, test_slow_client, test_many):
            test(relay, service)
        test_origin(service)
        test_command(service)
        check('/relay/listens-nowhere-else', listens_on_loopback_only(relay.port))
        check('/relay/ends', relay.end() == 0, relay.process.returncode)
        said = relay.read_errors() + relay.process.stdout.read()
        check('/relay/names-no-order', not any(order_id in said for order_id in scripts), said)
    finally:
        relay.kill()
    sys.exit(check.finish())


def listens_on_loopback_only(port):
    """By the kernel's own table: local address and port in hexadecimal digits, 0A for listening."""
    found = []
    for name in ('tcp', 'tcp6'):
        with open(f'/proc/net/{name}', encoding='ascii') as file:
            rows = [line.split() for line in file][1:]
        found += [row[1] for row in rows if row[3] == '0A' and row[1].endswith(f':{port:04X}')]
    return found == [f'0100007F:{port:04X}']


main()
