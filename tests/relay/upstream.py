# SPDX-License-Identifier: GPL-3.0-or-later
"""A service on a free port of 127.0.0.1 that says exactly the bytes it is told, and the relay in front of it."""

import http.client
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import threading
import time

HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'


class Exchange:
    """One request, and what became of its connection."""

    def __init__(self, connection, head):
        self.connection = connection
        self.time = time.monotonic()
        self.line, *lines = head.decode('latin-1').split('\r\n')
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines)}
        self.order_id = (re.match(r'GET /v5/orders/([^/]+)/subscribe ', self.line) or [None, None])[1]
        self.closed = threading.Event()    # by the other side
        self.closed_at = None

    def send(self, data):
        self.connection.sendall(data)

    def watch(self):
        """Waits until the other side closes."""
        try:
            while self.connection.recv(65536):
                pass
        except OSError:
            pass
        self.closed_at = time.monotonic()
        self.closed.set()


class Upstream:
    """Each request is handled in a thread of its own by handler(exchange); the connection closes when it returns."""

    def __init__(self, handler):
        self.handler = handler
        self.exchanges = []
        self.changed = threading.Condition()
        self.socket = socket.create_server(('127.0.0.1', 0), backlog=128)
        self.port = self.socket.getsockname()[1]
        self.uri = f'http://127.0.0.1:{self.port}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        head = b''
        with connection:
            try:
                while b'\r\n\r\n' not in head:
                    data = connection.recv(65536)
                    if not data:
                        return
                    head += data
                exchange = Exchange(connection, head.partition(b'\r\n\r\n')[0])
                with self.changed:
                    self.exchanges.append(exchange)
                    self.changed.notify_all()
                self.handler(exchange)
            except OSError:
                pass

    def wait(self, order_id, seconds=10):
        """The newest exchange about an order."""
        with self.changed:
            self.changed.wait_for(lambda: any(e.order_id == order_id for e in self.exchanges), seconds)
            found = [e for e in self.exchanges if e.order_id == order_id]
        if not found:
            raise TimeoutError(f'nobody asked for {order_id}')
        return found[-1]


def hold(exchange):
    """Says the head, and nothing until the other side closes."""
    exchange.send(HEAD)
    exchange.watch()


class Program:
    """A program that says "listening on URI" once it does; its errors are kept."""

    def __init__(self, *args, env=None):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=self.errors, text=True,
                                        env=dict(os.environ, **(env or {})))
        line = self.process.stdout.readline()
        if not line.startswith('listening on '):
            self.process.wait(timeout=10)
            raise RuntimeError(f'{args[0]} did not start: {self.read_errors()}')
        self.uri = line.split()[-1]
        self.port = int(self.uri.rpartition(':')[2])

    def read_errors(self):
        self.errors.seek(0)
        return self.errors.read().decode()

    def memory(self):
        """Bytes of it that lie in memory."""
        status = pathlib.Path(f'/proc/{self.process.pid}/status').read_text(encoding='ascii')
        return int(re.search(r'VmRSS:\s+(\d+) kB', status)[1]) * 1024

    def end(self, signal_number=15):
        self.process.send_signal(signal_number)
        return self.process.wait(timeout=10)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Client:
    """One request of a socket's, byte by byte."""

    def __init__(self, port, order_id, *headers, version='1.1', method='GET', path=None, host=None, receive=None):
        self.socket = socket.socket()
        if receive:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        self.socket.settimeout(10)
        self.socket.connect(('127.0.0.1', port))
        lines = [f'{method} {path or f"/api/orders/{order_id}/subscribe"} HTTP/{version}',
                 *([f'Host: {host or f"127.0.0.1:{port}"}'] if host != '' else []), *headers]
        self.socket.sendall(('\r\n'.join(lines) + '\r\n\r\n').encode())
        self.file = self.socket.makefile('rb')

    def read_head(self):
        """The status, and the header lines as they came."""
        status = self.file.readline().decode()
        lines = []
        while (line := self.file.readline().decode().rstrip('\r\n')):
            lines.append(line)
        return (int(status.split()[1]) if status else 0), lines

    def read_answer(self):
        """The status, the headers and the whole body of an answer with a length."""
        status, lines = self.read_head()
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines)}
        return status, headers, self.file.read(int(headers.get('content-length', 0))).decode()

    def read_chunk(self):
        """The next piece of the body: b'' for the last one, None where the connection ended without it."""
        line = self.file.readline()
        if not line:
            return None
        data = self.file.read(int(line, 16))
        self.file.read(2)
        return data

    def read_all(self):
        """The rest of the body, and whether it ended as it should."""
        body = b''
        while chunk := self.read_chunk():
            body += chunk
        return body, chunk == b''

    def close(self):
        self.file.close()
        self.socket.close()


def ask(uri, method, path, body=None):
    """One request and its answer, read whole."""
    connection = http.client.HTTPConnection(uri.removeprefix('http://'), timeout=10)
    connection.request(method, path, body, {'Content-Type': 'application/json'})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data


class Checks:
    """Counts and prints, in the form of the Test Anything Protocol."""

    def __init__(self):
        self.number = 0
        self.failures = 0

    def __call__(self, name, holds, detail=''):
        self.number += 1
        if not holds:
            self.failures += 1
            print(f'# {detail}'[:2000].replace('\n', '\n# '))
        print(f'{"ok" if holds else "not ok"} {self.number} {name}', flush=True)

    def finish(self):
        print(f'1..{self.number}')
        return self.failures > 0
