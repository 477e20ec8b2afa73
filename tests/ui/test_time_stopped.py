# SPDX-License-Identifier: GPL-3.0-or-later
"""The time to pay goes on while the program does not, as after a sleep: nothing payable is left when it goes on."""

import os
import re
import signal

from deadline import expect_withdrawn, open_payment
from driver import run_tests, wait


def test_stopped(scene):
    window, clock = open_payment(scene)
    clock.leave(6)
    window.wait_for('label', re.compile('^0:0. left'))
    # A file that is chosen after the end would hold what must not be paid any more.
    window.press('Save as PNG…')
    wait(lambda: window.find_surface('Save QR Code'), 'a window to save in')
    os.kill(window.pid, signal.SIGSTOP)
    wait(lambda: clock.now() > clock.until, 'the time is over')
    os.kill(window.pid, signal.SIGCONT)
    wait(lambda: window.find_surface('Save QR Code') is None, 'the window to save in is gone')
    expect_withdrawn(window, clock.order)
    window.close()


run_tests(test_stopped)
