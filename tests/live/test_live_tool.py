# SPDX-License-Identifier: GPL-3.0-or-later
"""`refills-cli` at the service itself, as it believes: no other server is named, and the wall lets nothing out. Without
--accept-terms nothing is sent, with it one order. And the wall itself."""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'cli')]

from front import API, Front, make_certificate
from tool import Checks, Sandbox, Tool

CLI, SANDBOX, WALL, SHIM = sys.argv[1:5]
check = Checks('live')

ORDERS, VALIDATIONS = '/v5/orders', '/v5/orders/validations'
ORDER = ('order', '--key-file', '--email=ada@example.com', '--coin=USDC', '--network=Solana',
         '--line=Steam|10 USD|ada@example.com')

# Each line of what it prints is what got through; TEST-NET-1 and the names are nobody's (RFC 5737, RFC 2606).
PROBE = '''
import os, socket, subprocess, sys
def attempt(what, function):
    try:
        print(what, function())
    except OSError:
        pass
for family, host in ((socket.AF_INET, '192.0.2.1'), (socket.AF_INET6, '2001:db8::1'), (socket.AF_INET, '127.0.0.1')):
    attempt('connection', lambda: socket.socket(family).connect((host, 80)))
    attempt('datagram', lambda: socket.socket(family, socket.SOCK_DGRAM).sendto(b'x', (host, 53)))
attempt('listener', lambda: socket.create_server(('127.0.0.1', 0)))
for name in ('shop.example', 'localhost', '%s.example'):
    attempt('name', lambda: socket.getaddrinfo(name, 443))
    attempt('old name', lambda: socket.gethostbyname_ex(name))
attempt('packet', lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
if len(sys.argv) == 1:
    found = {entry[4] for entry in socket.getaddrinfo(%r, 443, type=socket.SOCK_STREAM)}
    print('live', *sorted(found))
    socket.create_connection((%r, 443)).close()
    print('reached')
    del os.environ['LD_PRELOAD']
    sys.stdout.flush()
    subprocess.run([sys.executable, '-S', '-c', sys.stdin.read(), 'child'], check=True)
'''


def test_wall(tool, front):
    # The child is without the library, so that the kernel alone stands before it: it is asked for no names.
    child = '''
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_PACKET):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind)
            print('a socket')
        except OSError:
            pass
print('child')
'''
    seen = len(front.tried())
    probe = subprocess.run([WALL, sys.executable, '-S', '-c', PROBE % ('refills', API, API)], input=child, text=True,
                           env=tool.environment, capture_output=True, timeout=60, check=False)
    check('wall/nothing-gets-out', probe.returncode == 0
          and probe.stdout.splitlines() == ["live ('127.0.0.1', 443)", 'reached', 'child'],
          (probe.returncode, probe.stdout, probe.stderr))
    tried = front.tried()[seen:]
    check('wall/what-was-tried-is-known',
          {'name shop.example', 'connect 2', 'connect 10', 'socket 2'} <= set(tried), tried)

    environment = dict(tool.environment, LD_PRELOAD='')
    naked = subprocess.run([WALL, '/bin/echo', 'run'], env=environment, capture_output=True, text=True, timeout=60,
                           check=False)
    check('wall/not-without-the-library', (naked.returncode, naked.stdout) == (125, '')
          and 'nothing is run' in naked.stderr, naked)
    result = tool.run('/bin/echo', 'run')
    check('wall/with-it', (result.code, result.out) == (0, 'run\n'), result)


def test_stranger(tool, front):
    """The certificate is looked at, as everywhere: one that the system does not trust ends it."""
    with tempfile.TemporaryDirectory() as folder:
        make_certificate(pathlib.Path(folder))
        result = tool.run(CLI, '--json', 'vias', REFILLS_LIVE_CA=f'{folder}/ca.pem')
    check('stranger/not-trusted', (result.code, result.out) == (3, '') and front.seen == []
          and json.loads(result.err)['error'] == 'TLS_UNTRUSTED', result)


def test_terms(tool, front, sandbox):
    result = tool.run(CLI, 'search', 'steam')
    check('live/is-what-nothing-names', result.code == 0 and result.out.startswith('Steam')
          and front.seen != [] and {host for host, *_ in front.seen} == {API}, (result, front.seen))

    asked = len(front.seen)
    for words in ((), ('--replace',), ('--track',)):
        result = tool.run(CLI, *ORDER, *words)
        check('terms/text' + ''.join(words), (result.code, result.out) == (1, '') and '--accept-terms' in result.err
              and all(part in result.err for part in ('Refills checks the address, the network, the token',
                                                      'what your wallet sends', 'refunds and help')), result)
    result = tool.run(CLI, '--json', *ORDER)
    check('terms/json', (result.code, result.out) == (1, '') and json.loads(result.err)['error'] == 'TERMS', result)
    check('terms/nothing-is-asked', len(front.seen) == asked and tool.files() == [], (front.seen[asked:], tool.files()))

    # A total is no order.
    result = tool.run(CLI, 'validate', *[word for word in ORDER[1:] if word != '--key-file'])
    check('terms/not-for-a-total', result.code == 0 and front.count('POST', ORDERS) == 0, result)

    result = tool.run(CLI, '--json', *ORDER, '--accept-terms')
    made = result.objects[0] if result.code == 0 else {}
    check('order/one', result.code == 0 and front.count('POST', ORDERS) == 1
          and sandbox.count('POST', ORDERS) == 1 and made['environment'] == 'live', result)
    check('order/in-its-own-folder', any(name.startswith('data/refills/live/orders.db') for name in tool.files())
          and not any('practice' in name for name in tool.files()), tool.files())

    # Named by its address it is the same.
    named = f'--api-url=https://{API}'
    result = tool.run(CLI, named, '--json', 'orders')
    check('order/by-its-address', [order['environment'] for order in result.objects] == ['live'], result)
    result = tool.run(CLI, named, *ORDER)
    check('terms/by-its-address', (result.code, result.out) == (1, '') and '--accept-terms' in result.err, result)

    # What was agreed to is kept nowhere.
    result = tool.run(CLI, *ORDER, '--replace')
    check('terms/each-time', (result.code, result.out) == (1, '') and front.count('POST', ORDERS) == 1, result)

    # Where another server is named the orders of this one are not there, and the other way round.
    for words in (('show', made['order_id'], '--offline'), ('track', '--row=1')):
        result = tool.run(CLI, '--api-url=https://127.0.0.1:9', *words)
        check(f'order/not-elsewhere-{words[0]}',
              result.code != 0 and made['wallet_address'] not in result.out + result.err, result)
    check('nothing-else-was-tried', front.tried() == [], front.tried())


def main():
    with Sandbox(SANDBOX) as sandbox:
        front = Front(sandbox.url, WALL, SHIM)
        tool = Tool(front.wall)
        tool.environment.update(front.environment)
        try:
            test_stranger(tool, front)
            test_terms(tool, front, sandbox)
            test_wall(tool, front)
        finally:
            front.close()
    return check.end()


sys.exit(main())
