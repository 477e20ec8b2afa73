# SPDX-License-Identifier: GPL-3.0-or-later
"""What another program puts into the clipboard while another window has the focus is looked at when the payment's window
has it again, and no longer once the time to pay is over."""

import os
import subprocess

from deadline import expect_withdrawn, open_payment
from driver import Failure, Process, Window, run_tests, run_tool, wait

# The example of EIP-55.
OTHER_ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
# As a code that was bought looks.
CODE = '4GYY-77HKKG-2J6M'
WARNING = 'The clipboard now holds another address. Check the address before you pay.'


class Other:
    """Another program with a window, and one that takes the clipboard."""

    def __init__(self, scene, window):
        self.scene = scene
        self.window = window
        self.tool = os.path.join(scene.build, 'tests', 'ui', 'clipboard')
        pipe = os.path.join(window.profile.folder, 'pipe')
        os.mkfifo(pipe)
        self.stage = Window(os.path.join(scene.build, 'tests', 'ui', 'countdown-stage'), [pipe])
        scene.processes.append(self.stage)
        self.stage.open()

    def read(self):
        return subprocess.run([self.tool, 'read'], stdout=subprocess.PIPE, timeout=20, check=True).stdout.decode()

    def is_active(self):
        return any(node.is_in('active') for node in self.window.read() if node.role in ('frame', 'window'))

    def hold(self, text):
        """Replaces the text while the payment's window has no focus. Nothing is said of it meanwhile."""
        said = self.window.says(WARNING)
        run_tool('xdotool', 'windowfocus', '--sync', self.stage.surface)
        self.window.wait_until(lambda: not self.is_active(), 'the focus has left')
        process = Process([self.tool, 'hold', text])
        self.scene.processes.append(process)
        process.wait_for_output('^(held)$')
        wait(lambda: self.read() == text, 'the text is in the clipboard')
        if bool(self.window.says(WARNING)) != bool(said):
            raise Failure('the clipboard was looked at without the focus')

    def back(self):
        self.window.focus()
        self.window.wait_until(self.is_active, 'the focus is back')


def test_focus(scene):
    window, clock = open_payment(scene)
    address = clock.order['wallet_address']
    other = Other(scene, window)

    # Nothing of the payment was copied yet.
    other.hold(OTHER_ADDRESS)
    other.back()
    if window.says(WARNING):
        raise Failure('the clipboard is read before anything was copied from here')

    # Selected by the pointer, as it is where no button is looked for.
    label = window.wait_for('label', address)
    for _ in range(3):
        window.click(label)
    window.key('ctrl+c')
    wait(lambda: other.read() == address, 'the address is in the clipboard')
    # Each in place of another address, so that it can be seen when it was looked at.
    for text in (address, CODE):
        other.hold(OTHER_ADDRESS)
        other.back()
        window.wait_for('label', WARNING)
        other.hold(text)
        other.back()
        window.wait_gone('label', WARNING)
        if other.read() != text:
            raise Failure('what somebody else copied was changed')

    # Once the time is over it is nobody's business any more.
    clock.leave(0)
    expect_withdrawn(window, clock.order)
    other.hold(OTHER_ADDRESS)
    other.back()
    if window.says(WARNING):
        raise Failure('the clipboard is read when nothing can be paid')
    window.close()


run_tests(test_focus)
