# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader hears of the time that is left: each of four texts once, and one of a page that opens late."""

import os
import re

from driver import Failure, Window, run_tests, shared_bus, wait
from gi.repository import Gio, GLib

TEXTS = ((600, 'Less than 10 minutes left'), (300, 'Less than 5 minutes left. Don’t start a slow or exchange payment now.'),
         (120, 'Less than 2 minutes left. Don’t start a slow or exchange payment now.'),
         (60, 'Less than a minute left. Don’t start a payment now.'),
         (0, 'Time is up. Don’t pay now.'))

# What is on the screen beside them, and is not spoken.
TIME = re.compile(r'^Pay within|^\d:\d\d left$')


class Stage(Window):
    """A window with a countdown that is told how much time is left, and what it tells assistive technology."""

    def __init__(self, scene):
        folder = os.path.join(os.environ['HOME'], 'countdown-stage')
        os.makedirs(folder, exist_ok=True)
        self.pipe = os.path.join(folder, f'pipe-{len(os.listdir(folder))}')
        os.mkfifo(self.pipe)
        super().__init__(os.path.join(scene.build, 'tests', 'ui', 'countdown-stage'), [self.pipe])
        scene.processes.append(self)
        self.open()
        self.told = []
        self.seen = False
        shared_bus().connection.signal_subscribe(self.address, 'org.a11y.atspi.Event.Object', None, None, None,
                                                 Gio.DBusSignalFlags.NONE, self.keep)

    def keep(self, _bus, _sender, _path, _interface, member, parameters):
        kind, _, _, value, *_ = parameters.unpack()
        if member == 'PropertyChange' and kind == 'accessible-name' and not TIME.match(str(value)):
            self.told.append(value)

    def tell(self, seconds):
        with open(self.pipe, 'w', encoding='utf-8') as pipe:
            pipe.write(f'{seconds}\n')

    def shows(self, text):
        """Reads the window, as a screen reader does with a page that has come."""
        self.wait_for(None, text)

    def check_named(self):
        """Nothing has the name of its class to tell. An alert without a text is not there, or in an older GTK empty."""
        for node in self.find_all(hidden=True):
            if node.role in ('alert', 'label') and not TIME.match(node.name) and node.name not in ('', *dict(TEXTS).values()):
                raise Failure(f'{node} in\n{self.dump()}')

    def heard(self):
        """What was spoken, once what is under way has come."""
        self.read()
        while GLib.MainContext.default().iteration(False):
            pass
        return [text for text in self.told if text]


def test_each_once(scene):
    stage = Stage(scene)
    stage.tell(700)
    stage.shows('Pay within 11 minutes')
    stage.check_named()
    spoken = []
    for limit, text in TEXTS:
        stage.tell(limit + 1)
        stage.tell(limit)
        spoken.append(text)
        wait(lambda: text in stage.heard(), lambda: f'“{text}” is heard, not only {stage.told}')
        stage.check_named()
        for left in range(limit - 1, max(limit - 20, 0), -1):
            stage.tell(left)
        if stage.heard() != spoken:
            raise Failure(f'heard {stage.told}, not {spoken}')


def test_opened_late(scene):
    """A page that opens with little time left says so once, after its reader has got to know it."""
    stage = Stage(scene)
    for limit, text in TEXTS[:-1]:
        # A reader that takes longer than most does not hear of it, and reads it anyway.
        for _ in range(5):
            stage.told.clear()
            stage.tell(limit - 5)
            stage.shows(TIME)
            try:
                wait(lambda: text in stage.heard(), f'“{text}” is heard', 3)
                break
            except Failure:
                stage.tell('')
        wait(lambda: text in stage.heard(), lambda: f'“{text}” is heard, not only {stage.told}')
        stage.tell(limit - 6)
        if stage.heard() != [text]:
            raise Failure(f'heard {stage.told}, not {text}')
        stage.tell('')


run_tests(test_each_once, test_opened_late)
