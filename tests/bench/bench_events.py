#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a state at the server to its painted label.

bench_events.py SANDBOX BENCH-EVENTS

The clock starts before the server is told to write the event, so that the figure is an upper bound. Each state must
have been in the database before the frame began that shows it.
Exits 1 where a 99th percentile is over its limit.
"""
import http.client
import json
import subprocess
import sys
import tempfile
import time
import urllib.parse

import bench_server

EVENTS = 300
PAUSE_S = 0.03
LIMIT_MS = 30


class Page:
    """The order's page in a window of its own process, and the server's side of the order."""

    def __init__(self, client, url):
        self.client = client
        self.order = self.read('order ').split()[1]
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
        self.committed = self.read('painted ').split(' ', 3)[2]

    def read(self, start):
        for line in self.client.stdout:
            if line.startswith(start):
                return line.rstrip('\n')
        raise SystemExit('the window is gone')

    def tell(self, text, **state):
        """Has the server write an event; returns the milliseconds until `text` is painted."""
        sent = time.monotonic_ns() // 1000
        self.connection.request('POST', f'/sandbox/orders/{self.order}/state', json.dumps(state),
                                {'Content-Type': 'application/json'})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f'the sandbox answered {answer.status}')
        while True:
            _, painted, committed, shown = self.read('painted ').split(' ', 3)
            if text in shown:
                break
        if committed == self.committed or not committed.startswith(f'{state["order_state"]}/'):
            raise SystemExit(f'{text} was painted before it was committed')
        self.committed = committed

        return (int(painted) - sent) / 1000


def main():
    sandbox, bench = sys.argv[1:]
    titles = []
    amounts = []

    with bench_server.sandbox(sandbox) as url, tempfile.TemporaryDirectory() as folder:
        client = subprocess.Popen([bench, url, folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            page = Page(client, url)
            for number in range(EVENTS):
                amount = f'1.{number + 1:06d}'
                amounts.append(page.tell(amount, order_state='PartialPaymentStarted', payment_state='PaymentStarted',
                                         sent_coin_amount='1', missing_amount=amount))
                time.sleep(PAUSE_S)
            for number in range(EVENTS):
                word = f'Step{number:04d}'
                titles.append(page.tell(word, order_state=word, payment_state='PaymentStarted', missing_amount=None))
                time.sleep(PAUSE_S)
        finally:
            client.kill()
            client.wait()

    over = False
    for what, values in (('status', titles), ('payment made anew, code and all', amounts)):
        p99 = bench_server.percentile(values, 0.99)
        over |= p99 > LIMIT_MS
        print(f'event to painted {what}: {bench_server.describe(values)}, p99 {p99:.1f} ms, limit {LIMIT_MS} ms')
    print('over the limit' if over else 'within the limit')

    return 1 if over else 0


if __name__ == '__main__':
    sys.exit(main())
