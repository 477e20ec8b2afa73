# SPDX-License-Identifier: GPL-3.0-or-later
"""The service itself, as a program behind the wall sees it: its own name and port, TLS that the system trusts, and the
sandbox behind. What is behind the wall can reach nothing else, and asks nobody for a name."""

import os
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading
from urllib.parse import urlsplit

API = 'api.cryptorefills.com'
PICTURES = 'cdn.cryptorefills.com'
TIMEOUT = 60


def run_openssl(folder, *words):
    subprocess.run(['openssl', *words], cwd=folder, check=True, timeout=60, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def make_certificate(folder):
    """A certificate of both hosts with its key, by an authority of its own; for a day."""
    (folder / 'openssl.cnf').write_text(
        '[req]\ndistinguished_name=name\n[name]\n'
        '[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'
        f'[host]\nsubjectAltName=DNS:{API},DNS:{PICTURES}\n')
    key = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'openssl.cnf')
    run_openssl(folder, 'req', '-x509', *key, '-extensions', 'root', '-subj', '/CN=An authority of the tests',
                '-days', '1', '-keyout', 'ca-key.pem', '-out', 'ca.pem')
    run_openssl(folder, 'req', '-new', *key, '-subj', '/CN=A server of the tests', '-keyout', 'key.pem',
                '-out', 'server.csr')
    run_openssl(folder, 'x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem',
                '-set_serial', '1', '-days', '1', '-extfile', 'openssl.cnf', '-extensions', 'host', '-out', 'server.pem')


class Front:
    """Takes what is sent to the service, and hands it to the sandbox at `url`; close() ends it."""

    def __init__(self, url, wall, shim):
        self.wall = str(wall)
        self.backend = urlsplit(url)
        self.folder = tempfile.TemporaryDirectory(dir='/tmp')  # the path of a socket has room for 107 bytes
        folder = pathlib.Path(self.folder.name)
        make_certificate(folder)
        self.log = folder / 'log'
        self.seen = []  # host, method and path of each request
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / 'server.pem', folder / 'key.pem')
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(folder / 'socket'))
        self.listener.listen(64)
        preload = os.environ.get('LD_PRELOAD', '')
        self.environment = {
            'LD_PRELOAD': f'{os.path.abspath(shim)}:{preload}'.rstrip(':'), 'REFILLS_LIVE_HOSTS': f'{API},{PICTURES}',
            'REFILLS_LIVE_SOCKET': str(folder / 'socket'), 'REFILLS_LIVE_CA': str(folder / 'ca.pem'),
            'REFILLS_LIVE_LOG': str(self.log), 'REFILLS_API_URL': ''}
        if 'ASAN_OPTIONS' in os.environ:
            self.environment['ASAN_OPTIONS'] = os.environ['ASAN_OPTIONS'] + ':verify_asan_link_order=0'
        threading.Thread(target=self.listen, daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.folder.cleanup()

    def tried(self):
        """What was looked for anywhere else."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    def count(self, method, path):
        return sum(1 for _, *what in self.seen if what == [method, path])

    def listen(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.settimeout(TIMEOUT)
        try:
            with self.context.wrap_socket(connection, server_side=True) as near:
                self.pass_on(near)
        except (OSError, ValueError):
            connection.close()  # who asked has gone, or did not trust us

    def pass_on(self, near):
        """One request, and all that is said to it; a stream too."""
        head, _, body = read_head(near)
        lines = head.decode('latin-1').split('\r\n')
        method, target, _ = lines[0].split(' ')
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines[1:])}
        while len(body) < int(headers.get('content-length', 0)):
            body += near.recv(65536)
        self.seen.append((headers['host'], method, target.split('?')[0]))
        kept = [line for line in lines[1:] if line.split(':')[0].lower() not in ('host', 'connection')]
        head = '\r\n'.join([lines[0], f'Host: {self.backend.netloc}', 'Connection: close', *kept, '', ''])
        with socket.create_connection((self.backend.hostname, self.backend.port), TIMEOUT) as far:
            far.sendall(head.encode('latin-1') + body)
            while data := far.recv(65536):
                near.sendall(data)


def read_head(connection):
    data = b''
    while b'\r\n\r\n' not in data:
        more = connection.recv(65536)
        if not more:
            raise ValueError('the connection ended')
        data += more
    return data.partition(b'\r\n\r\n')
