# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop does around the window: it shows notifications, presses them, and starts programs by their name."""

import json
import os
import re
import sys
import time

from driver import DEADLINE, Failure, Process, Window, shared_bus, wait
from gi.repository import Gio, GLib

ID = 'io.github.refills.Refills'
HERE = os.path.dirname(os.path.abspath(__file__))
MOCK = os.path.join(HERE, 'mock_desktop.py')
DATA = os.path.join(HERE, '..', '..', 'data')


class Desktop(Process):
    """Those names on the bus that it is given, and what was asked of them."""

    def __init__(self, *names):
        super().__init__([sys.executable, '-B', MOCK, *names])
        wait(lambda: sum(call[0] == 'owned' for call in self.calls()) == len(names), 'the mock of a desktop', DEADLINE,
             self.check_alive)

    def calls(self, method=None):
        lines = [json.loads(line) for line in self.output().splitlines() if line.startswith('[')]
        return [line for line in lines if method in (None, line[0])]

    def shown(self):
        """Application, id and notification of each that was shown so far."""
        return [tuple(call[1:]) for call in self.calls('AddNotification')]

    def wait_for(self, ending):
        """Waits until a notification whose id ends so is shown."""
        def find():
            return next((entry for entry in self.shown() if entry[1].endswith(ending)), None)
        return wait(find, lambda: f'a notification …{ending}: {self.output()}', DEADLINE)

    def wait_withdrawn(self, identifier):
        """Waits until it was taken back after it was last shown."""
        def gone():
            calls = [call for call in self.calls() if call[0].endswith('Notification') and call[2] == identifier]
            return bool(calls) and calls[-1][0] == 'RemoveNotification'
        wait(gone, lambda: f'{identifier} is withdrawn: {self.output()}', DEADLINE)


def call_bus(method, signature, *arguments):
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return session.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method,
                             GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 5000, None).unpack()


def owner(name):
    """The process that has this name, or None."""
    try:
        return call_bus('GetConnectionUnixProcessID', '(s)', name)[0]
    except GLib.Error:
        return None


def call_application(name, method, signature, *arguments):
    """As a desktop calls it, which starts the program where it does not run."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    session.call_sync(name, '/' + name.replace('.', '/').replace('-', '_'), 'org.freedesktop.Application', method,
                      GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 20000, None)


def press(entry):
    """Presses a notification that was shown, as a desktop does by what was said with it."""
    name, _, notification = entry
    action = notification['default-action'].removeprefix('app.')
    target = GLib.Variant('x', notification['default-action-target'])
    call_application(name, 'ActivateAction', '(sava{sv})', action, [target], {})


def install(build, profile, environment=None, *, practice=False):
    """Makes the program one that the bus can start by its name, for this person."""
    name = ID + ('.Practice' if practice else '')
    folder = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'dbus-1', 'services')
    os.makedirs(folder, exist_ok=True)
    applications = os.path.join(os.environ['XDG_DATA_HOME'], 'applications')
    os.makedirs(applications, exist_ok=True)
    for kind, place in (('service', folder), ('desktop', applications)):
        with open(os.path.join(DATA, f'{name}.{kind}.in'), encoding='utf-8') as file:
            text = file.read()
        # As it is installed, but for the folder of the program.
        text = re.sub('^Exec=.*?refills', f'Exec={build}/src/refills', text.replace('@application_id@', ID),
                      flags=re.MULTILINE)
        with open(os.path.join(place, f'{name}.{kind}'), 'w', encoding='utf-8') as file:
            file.write(text)
    wanted = ('DISPLAY', 'XAUTHORITY', 'G_DEBUG', 'GSETTINGS_SCHEMA_DIR', 'GSK_RENDERER', 'GDK_DEBUG', 'GDK_BACKEND',
              'ADW_DISABLE_PORTAL', 'GIO_USE_PROXY_RESOLVER', 'GIO_USE_VFS', 'XDG_DATA_DIRS', 'LANG', 'LC_ALL',
              'SECRET_BACKEND', 'SECRET_FILE_TEST_PATH', 'SECRET_FILE_TEST_PASSWORD')
    values = {key: os.environ[key] for key in wanted if key in os.environ}
    values.update(profile.environment())
    values.update(environment or {})
    values['NO_AT_BRIDGE'] = ''
    call_bus('UpdateActivationEnvironment', '(a{ss})', values)
    call_bus('ReloadConfig', '()')
    return name


def use_server(profile, url):
    """Has the settings name a server, in a file that a program started by the bus reads too. Returns its environment."""
    folder = os.path.join(profile.folder, 'config', 'glib-2.0', 'settings')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as file:
        file.write(f"[io/github/refills/Refills]\napi-url='{url}'\n")
    return {'GSETTINGS_BACKEND': 'keyfile'}


class Stranger:
    """A process that is not ours to wait for."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        try:
            with open(f'/proc/{self.pid}/stat', encoding='utf-8') as file:
                return 0 if file.read().rsplit(')', 1)[1].split()[0] == 'Z' else None
        except FileNotFoundError:
            return 0

    @property
    def returncode(self):
        return self.poll()

    def wait(self, timeout=DEADLINE):
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise Failure(f'process {self.pid} did not end')
            time.sleep(0.05)

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self):
        os.kill(self.pid, 15)


class StartedWindow(Window):
    """The window of a program that the bus started."""

    def __init__(self, scene, name):
        self.arguments = [name]
        self.pid = wait(lambda: owner(name), f'a program called {name}', 20)
        self.process = Stranger(self.pid)
        self.profile = None
        self.bus = shared_bus()
        self.address = None
        self.surface = None
        self.scale = 1
        scene.processes.append(self)

    def output(self):
        return ''
