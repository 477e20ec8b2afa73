# SPDX-License-Identifier: GPL-3.0-or-later
"""What the application costs while one order waits: wake-ups and processor time, from /proc.

bench_idle.py BUILD-FOLDER [SECONDS]

The real program, its window on the order's page, and then closed; a server of its own, which sends a comment on the
order's stream every 15 seconds, and the accessibility bus connected, as on a desktop. Whoever sleeps and is woken makes
a voluntary context switch. Each of every thread counts, though one change of a label makes several: who paints waits
for the display, and the bus has a thread of its own. Those that fall together are printed as wake-ups beside it.
Exits 1 where a figure is over its limit.
"""
import os
import pathlib
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / 'ui')]

import purchase
from driver import Profile, Scene

SETTLE_S = 5
LOOK_S = 0.02  # switches between two looks fall together
SWITCHES = 1.0  # a second
PROCESSOR = 0.5  # per cent of one
TICKS = os.sysconf('SC_CLK_TCK')


def read_switches(pid):
    """Voluntary context switches by thread."""
    switches = {}
    for task in pathlib.Path(f'/proc/{pid}/task').iterdir():
        try:
            status = (task / 'status').read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
        switches[task.name] = int(status.rsplit('nonvoluntary', 1)[0].rsplit(':', 1)[1])

    return switches


def read_processor(pid):
    """Seconds of processor time that all threads have used."""
    fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(') ', 1)[1].split()

    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(pid, what, seconds):
    """Prints what it costs to be left alone. Returns whether that is over a limit."""
    time.sleep(SETTLE_S)
    begin, used = time.monotonic(), read_processor(pid)
    last = read_switches(pid)
    wake_ups, switches, was_awake = 0, 0, False
    while time.monotonic() < begin + seconds:
        time.sleep(LOOK_S)
        now = read_switches(pid)
        new = sum(count - last.get(name, 0) for name, count in now.items())
        wake_ups += new > 0 and not was_awake
        switches, last, was_awake = switches + new, now, new > 0
    passed = time.monotonic() - begin
    rate = switches / passed
    processor = (read_processor(pid) - used) / passed * 100
    print(f'{what}: {rate:.2f} switches a second of {len(last)} threads, limit {SWITCHES:g}, {wake_ups / passed:.2f} '
          f'wake-ups; {processor:.2f} % of a processor, limit {PROCESSOR:g}; {passed:.0f} s', flush=True)

    return rate > SWITCHES or processor > PROCESSOR


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    scene = Scene('idle', os.path.abspath(sys.argv[1]))
    over = False
    try:
        _, url = scene.sandbox('--port', '0', '--seed', '7')
        window = scene.window('--api-url', url, profile=Profile())
        purchase.buy_to_payment(window, 'Steam')
        over |= measure(window.pid, 'on the page of an order to be paid', seconds)
        window.key('ctrl+w')
        time.sleep(1)
        if window.process.poll() is None:
            over |= measure(window.pid, 'with the window closed', seconds)
        else:
            print('with the window closed: the program has ended')
    finally:
        # Its window may be closed: there is no picture to keep.
        scene.end(True)
    print('over the limit' if over else 'within the limits')

    return 1 if over else 0


if __name__ == '__main__':
    sys.exit(main())
