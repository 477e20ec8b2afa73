#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start-up of the catalogue from disk, beside an empty window and beside a bare grid.

bench_startup.py SANDBOX BARE-WINDOW BARE-GRID BENCH-STARTUP

Runs are interleaved. Exits 1 where a figure is over its limit.
"""
import os
import statistics
import subprocess
import sys
import time

import bench_server

BRANDS = 552  # of the sandbox's 556, four are of kinds that are not sold
RUNS = 10
PAINTED_RATIO = 1.35
COMPLETE_MS = 250
MEMORY_RATIO = 1.25


def run(command):
    environment = dict(os.environ, REFILLS_BENCH_T0=str(time.monotonic_ns() // 1000))
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, timeout=60, check=True)
    return {key: int(value) for key, value in (line.split() for line in done.stdout.splitlines())}


def main():
    sandbox, bare_window, bare_grid, bench = sys.argv[1:]
    figures = {"window": [], "grid": [], "strict grid": [], "refills": []}

    with bench_server.sandbox(sandbox) as url:
        application = [bench, str(BRANDS), "--api-url", url]
        first = run(application)  # fills the disk cache
        print(f"first start, without a cache: painted {first['painted_us'] / 1000:.0f} ms, "
              f"complete {first['complete_us'] / 1000:.0f} ms, {first['brands']} brands")
        for _ in range(RUNS):
            figures["window"].append(run([bare_window]))
            figures["refills"].append(run(application))
            figures["grid"].append(run([bare_grid, "556", "556"]))
            figures["strict grid"].append(run([bare_grid, "556", "48"]))

    def values(name, key, scale=1000):
        return [figure[key] / scale for figure in figures[name]]

    for name in ("window", "refills", "grid", "strict grid"):
        print(f"{name}: painted {bench_server.describe(values(name, 'painted_us'))}, "
              f"peak {bench_server.describe(values(name, 'peak_kib', 1024), 'MiB')}")

    painted = [a / b for a, b in zip(values("refills", "painted_us"), values("window", "painted_us"))]
    painted_ratio = statistics.median(values("refills", "painted_us")) / \
        statistics.median(values("window", "painted_us"))
    complete = [(figure["complete_us"] - figure["painted_us"]) / 1000 for figure in figures["refills"]]
    memory = statistics.median(values("refills", "peak_kib")) / statistics.median(values("grid", "peak_kib"))
    strict = statistics.median(values("refills", "peak_kib")) / \
        statistics.median(values("strict grid", "peak_kib"))

    print(f"painted: {painted_ratio:.2f} of the bare window's (pairs {min(painted):.2f}–{max(painted):.2f}), "
          f"limit {PAINTED_RATIO}")
    print(f"whole list and logos in sight: {bench_server.describe(complete)} later, limit {COMPLETE_MS} ms")
    print(f"memory: {memory:.2f} of the bare grid's, limit {MEMORY_RATIO} "
          f"({strict:.2f} of a grid that holds 48 textures only)")
    over = painted_ratio > PAINTED_RATIO or statistics.median(complete) > COMPLETE_MS or memory > MEMORY_RATIO
    print("over the limit" if over else "within the limits")

    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
