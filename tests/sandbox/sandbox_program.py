# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-alone sandbox for tests in Python: starts it, asks it, reads its streams, counts points."""

import http.client
import json
import subprocess
import sys

number = 0
failures = 0


def check(name, passed, why=''):
    global number, failures
    number += 1
    failures += not passed
    print(('ok' if passed else 'not ok'), number, name)
    if not passed:
        print('#', str(why).replace('\n', '\n# '))


def finish():
    print(f'1..{number}')
    sys.exit(failures > 0)


class Reply:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.bytes = response.read()
        self.text = self.bytes.decode('utf-8', 'replace')
        try:
            self.json = json.loads(self.text)
        except ValueError:
            self.json = None


class Stream:
    """A stream of events that is read line by line."""

    def __init__(self, connection, path):
        self.connection = connection
        connection.request('GET', path, headers={'Accept': 'text/event-stream'})
        self.response = connection.getresponse()

    def read_lines(self):
        """The lines of one event or comment; empty at the end."""
        lines = []
        while True:
            line = self.response.readline().decode()
            if line == '':
                return lines
            if line == '\n':
                return lines
            lines.append(line.rstrip('\n'))

    def read_order(self):
        while True:
            lines = self.read_lines()
            if not lines:
                return None
            if lines[0].startswith('event:'):
                return lines[0]
            data = ''.join(line[6:] for line in lines if line.startswith('data: '))
            if data:
                return json.loads(data)

    def close(self):
        self.response.close()
        self.connection.close()


class Server:
    def __init__(self, *options):
        self.process = subprocess.Popen([sys.argv[1], '--port', '0', *options], stdout=subprocess.PIPE, text=True)
        self.uri = self.process.stdout.readline().strip().removeprefix('listening on ')
        self.port = int(self.uri.rsplit(':', 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_unused):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def connect(self):
        return http.client.HTTPConnection('127.0.0.1', self.port, timeout=15)

    def ask(self, method, path, body=None, headers=None):
        connection = self.connect()
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        connection.request(method, path, text, {'Content-Type': 'application/json', **(headers or {})})
        reply = Reply(connection.getresponse())
        connection.close()
        return reply

    def get(self, path, **headers):
        return self.ask('GET', path, headers=headers)

    def post(self, path, body=None):
        return self.ask('POST', path, body)

    def fault(self, **fault):
        assert self.post('/sandbox/faults', fault).status == 200, fault

    def shape(self, name, value):
        assert self.post('/sandbox/shapes', {name: value}).status == 200, name

    def subscribe(self, order_id):
        return Stream(self.connect(), f'/v5/orders/{order_id}/subscribe')


def make_line(brand='Amazon.com', denomination='range', value=25, account='ada@example.com', country='US'):
    line = {'brand_name': brand, 'country_code': country, 'denomination': denomination, 'beneficiary_account': account}
    if denomination == 'range':
        line['product_value'] = value
    return line


def make_body(*lines, email='ada@example.com', coin='USDC', network='Base', via='USER_WALLET', **more):
    payment = {'type': 'via', 'payment_via': via, 'coin': coin}
    if network:
        payment['network'] = network
    return {'deliveries': list(lines) or [make_line()], 'payment': payment,
            'user': {'email': email, 'has_accepted_newsletter': False}, 'lang': 'en', **more}
