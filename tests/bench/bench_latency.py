#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One event from the server's socket to our callback, beside a plain blocking read of the same.

bench_latency.py BENCH-LATENCY

The clock starts before the server's send, so that the figure is an upper bound. Exits 1 where the 99th percentile is
over its limit.
"""
import socket
import subprocess
import sys
import threading
import time

import bench_server

ROUNDS = 4
EVENTS = 500
PAUSE_S = 0.002
LIMIT_US = 1000

HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'


def serve(listener):
    """Writes events to each connection in turn until its client goes away."""
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            try:
                connection.recv(65536)
                connection.sendall(HEAD)
                while True:
                    time.sleep(PAUSE_S)
                    # As large as an order, after the time.
                    tail = b' ' + b'x' * 1000 + b'\n\n'
                    event = b'data: %d' % (time.monotonic_ns() // 1000) + tail
                    connection.sendall(b'%x\r\n%s\r\n' % (len(event), event))
            except OSError:
                pass


def main():
    program = sys.argv[1]
    times = {'stream': [], 'socket': []}

    with socket.create_server(('127.0.0.1', 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        port = str(listener.getsockname()[1])
        for _ in range(ROUNDS):
            for kind in times:
                done = subprocess.run([program, port, kind, str(EVENTS)], check=True, capture_output=True, text=True,
                                      timeout=60)
                times[kind] += [int(line.split()[1]) for line in done.stdout.splitlines()]

    p99 = {kind: bench_server.percentile(values, 0.99) for kind, values in times.items()}
    for kind, values in times.items():
        print(f'event to {"callback" if kind == "stream" else "a bare read"}: '
              f'{bench_server.describe(values, "µs")}, p99 {p99[kind]} µs')
    print(f'p99 {p99["stream"] / p99["socket"]:.1f} times that of the bare read; limit {LIMIT_US} µs')
    print('within the limit' if p99['stream'] <= LIMIT_US else 'over the limit')

    return 0 if p99['stream'] <= LIMIT_US else 1


if __name__ == '__main__':
    sys.exit(main())
