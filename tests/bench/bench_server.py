# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox in a process of its own, for as long as a benchmark runs."""
import contextlib
import statistics
import subprocess


@contextlib.contextmanager
def sandbox(program):
    server = subprocess.Popen([program, "--port", "0", "--seed", "7"], stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            if line.startswith("listening on "):
                yield line.split()[-1].rstrip("/")
                break
    finally:
        server.terminate()
        server.wait(timeout=10)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def describe(values, unit="ms"):
    return (f"median {statistics.median(values):.1f} {unit}"
            f" ({min(values):.1f}–{max(values):.1f}, n={len(values)})")
