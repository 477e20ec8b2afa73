# SPDX-License-Identifier: GPL-3.0-or-later
"""The command-line tool as a person or a script runs it, the sandbox beside it, and a service of canned answers.

The tool gets an environment of its own: no settings schema, no bus, no display, folders that do not exist yet, and
libsecret's file in place of a keyring.
"""

import http.server
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import urllib.request

DEADLINE = 30


class Checks:
    """Numbers and prints what was seen, as TAP."""

    def __init__(self, prefix):
        self.prefix, self.number, self.failures = prefix, 0, 0

    def __call__(self, name, passed, why=''):
        self.number += 1
        self.failures += not passed
        print('ok' if passed else 'not ok', self.number, f'/cli/{self.prefix}/{name}')
        if not passed:
            print('# ' + str(why).replace('\n', '\n# '))

    def end(self):
        print(f'1..{self.number}')
        return self.failures > 0


class Result:
    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def objects(self):
        """Every line, each of which must be JSON."""
        return [json.loads(line) for line in self.lines]

    def __repr__(self):
        return f'exit {self.code}\nstdout:\n{self.out[:2000]}\nstderr:\n{self.err[:2000]}'


class Tool:
    """`refills-cli`, with folders of its own."""

    def __init__(self, program, url=None):
        self.program, self.url = program, url
        self.folder = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.folder.name)
        self.environment = {
            'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'HOME': str(self.home / 'home'),
            'XDG_DATA_HOME': str(self.home / 'data'), 'XDG_CACHE_HOME': str(self.home / 'cache'),
            'XDG_CONFIG_HOME': str(self.home / 'config'), 'XDG_RUNTIME_DIR': str(self.home / 'runtime'),
            'GSETTINGS_SCHEMA_DIR': str(self.home / 'schemas'), 'XDG_DATA_DIRS': str(self.home / 'share'),
            'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': str(self.home / 'keyring'),
            'SECRET_FILE_TEST_PASSWORD': 'test',
            'G_DEBUG': 'fatal-warnings', 'GIO_USE_VFS': 'local', 'GIO_USE_PROXY_RESOLVER': 'dummy',
        }
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'LD_PRELOAD'):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def command(self, *words, url=None, **environment):
        variables = dict(self.environment, **environment)
        if url or self.url:
            variables['REFILLS_API_URL'] = url or self.url
        return [self.program, *words], variables

    def run(self, *words, url=None, **environment):
        command, variables = self.command(*words, url=url, **environment)
        return Result(subprocess.run(command, env=variables, capture_output=True, text=True, timeout=DEADLINE,
                                     stdin=subprocess.DEVNULL, check=False))

    def start(self, *words, url=None, **environment):
        command, variables = self.command(*words, url=url, **environment)
        return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                stdin=subprocess.DEVNULL)

    def files(self):
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob('*') if path.is_file())


class Sandbox:
    """The stand-in for the service, as a program on a free port."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, '--port', '0', '--seed', '1', *options], stdout=subprocess.PIPE,
                                        text=True)
        self.url = self.process.stdout.readline().strip().removeprefix('listening on ')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def post(self, path, body=b''):
        request = urllib.request.Request(self.url + path, data=body, method='POST',
                                         headers={'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
            return json.load(answer)

    def requests(self):
        with urllib.request.urlopen(self.url + '/sandbox/log', timeout=DEADLINE) as answer:
            return [request for request in json.load(answer)['requests']
                    if not request['path'].startswith('/sandbox/')]

    def count(self, method, path):
        return sum(1 for request in self.requests() if (request['method'], request['path']) == (method, path))

    def pay(self, order_id, step_ms=50):
        self.post(f'/sandbox/orders/{order_id}/pay?step_ms={step_ms}')

    def codes(self, order_id):
        with urllib.request.urlopen(self.url + '/sandbox/codes', timeout=DEADLINE) as answer:
            orders = json.load(answer)['orders']
        return [code for order in orders if order['order_id'] == order_id for code in order['codes']]


class Service(http.server.ThreadingHTTPServer):
    """A service that answers what it is told: for a method and path a status, a content type and bytes.

    `None` for the answer ends the connection without one. A function gets the handler and does all by itself.
    """

    daemon_threads = True

    def __init__(self, answers):
        super().__init__(('127.0.0.1', 0), Handler)
        self.answers, self.seen = answers, []
        self.url = f'http://127.0.0.1:{self.server_port}'
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,))
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self):
        length = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(length)
        path = self.path.split('?')[0]
        self.server.seen.append((self.command, self.path, body))
        answer = self.server.answers.get((self.command, path), (404, 'application/json', b'{}'))
        if callable(answer):
            answer(self)
        elif answer is None:
            self.close_connection = True
        else:
            status, kind, data = answer
            self.send_response(status)
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    do_GET = do_POST = answer


def as_json(value, status=200):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return status, 'application/json; charset=utf-8', data
