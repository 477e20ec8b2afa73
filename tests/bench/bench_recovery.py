#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start-up with a thousand orders that are open, beside one with none: to the first painted frame with brands in it.

bench_recovery.py SANDBOX SOAK BENCH-STARTUP

The orders are made by shops on the same folder, each in the place of the one before, and all are still watched. Runs
are interleaved. Exits 1 where a figure is over its limit.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

import bench_server

ORDERS = int(os.environ.get('REFILLS_BENCH_ORDERS', '1000'))
BATCH = 25  # a shop makes no more than 30 in ten minutes
BRANDS = 552
RUNS = 7
LIMIT_MS = 300


def make_orders(soak, url, folder):
    for first in range(0, ORDERS, BATCH):
        subprocess.run([soak, url, folder], input=f'place {BATCH} {first}\n', stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, text=True, timeout=120, check=True)


def run(bench, url, home, keyring):
    environment = dict(os.environ, REFILLS_BENCH_T0=str(time.monotonic_ns() // 1000), XDG_DATA_HOME=home,
                       SECRET_FILE_TEST_PATH=keyring)
    process = subprocess.Popen([bench, str(BRANDS), '--api-url', url], env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    # The last line comes once all brands are there. Without a window the program would stay for the order to be paid.
    lines = dict(process.stdout.readline().split() for _ in range(5))
    process.kill()
    process.wait(10)
    return int(lines['painted_us']) / 1000


def main():
    sandbox, soak, bench = sys.argv[1:]
    with bench_server.sandbox(sandbox) as url, tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        make_orders(soak, url, folder)
        print(f'{ORDERS} orders made in {time.monotonic() - begin:.0f} s', flush=True)
        full, empty = (os.path.join(folder, name) for name in ('full', 'empty'))
        os.makedirs(os.path.join(full, 'refills'))
        os.makedirs(empty)
        os.symlink(os.path.join(folder, 'data'), os.path.join(full, 'refills', 'practice'))
        keyring = os.path.join(folder, 'keyring')
        run(bench, url, empty, keyring)  # fills the disk cache
        with_none, with_all = [], []
        for _ in range(RUNS):
            with_none.append(run(bench, url, empty, keyring))
            with_all.append(run(bench, url, full, keyring))
    print(f'painted with no orders: {bench_server.describe(with_none)}')
    print(f'painted with {ORDERS} open orders: {bench_server.describe(with_all)}, limit {LIMIT_MS} ms')
    over = statistics.median(with_all) > LIMIT_MS
    print('over the limit' if over else 'within the limit')

    return 1 if over else 0


if __name__ == '__main__':
    sys.exit(main())
