#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a state at the server to its painted label.

bench_events.py SANDBOX BENCH-EVENTS

The clock starts before the server is told to write the event, so that the figure is an upper bound.
Exits 1 where the 99th percentile is over its limit.
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


def main():
    sandbox, bench = sys.argv[1:]
    sent = {}
    waits = []

    with bench_server.sandbox(sandbox) as url, tempfile.TemporaryDirectory() as folder:
        client = subprocess.Popen([bench, url, folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            order = next(line.split()[1] for line in client.stdout if line.startswith("order "))
            next(line for line in client.stdout if line.startswith("painted "))
            connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
            for number in range(EVENTS):
                amount = f"1.{number + 1:06d}"
                body = json.dumps({"order_state": "PartialPaymentStarted", "payment_state": "PaymentStarted",
                                   "sent_coin_amount": "1", "missing_amount": amount})
                sent[amount] = time.monotonic_ns() // 1000
                connection.request("POST", f"/sandbox/orders/{order}/state", body,
                                   {"Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit(f"the sandbox answered {answer.status}")
                line = next(line for line in client.stdout if line.startswith("painted "))
                _, painted, at = line.split()
                if painted != amount:
                    raise SystemExit(f"{painted} was painted for {amount}")
                waits.append((int(at) - sent[amount]) / 1000)
                time.sleep(PAUSE_S)
        finally:
            client.kill()
            client.wait()

    p99 = bench_server.percentile(waits, 0.99)
    print(f"event to painted label: {bench_server.describe(waits)}, p99 {p99:.1f} ms, limit {LIMIT_MS} ms")
    print("over the limit" if p99 > LIMIT_MS else "within the limit")

    return 1 if p99 > LIMIT_MS else 0


if __name__ == "__main__":
    sys.exit(main())
