# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window from outside, as a person with a screen reader, a keyboard and a pointer would.

The window is read through the accessibility bus, by role and visible name. What has an action is activated by it,
an entry is filled through its text, and everything else gets a real key or pointer event. Expects a display, a
session bus and a home folder of its own: see build-aux/headless.

Needs Debian's Python (/usr/bin/python3) for its GObject bindings. It speaks to the bus itself, since libatspi
answers from a cache that only a running main loop keeps right.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import gi

from gi.repository import Gio, GLib

DEADLINE = 10.0
POLL = 0.04

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ACTION = 'org.a11y.atspi.Action'
COMPONENT = 'org.a11y.atspi.Component'
EDITABLE_TEXT = 'org.a11y.atspi.EditableText'
TEXT = 'org.a11y.atspi.Text'
PROPERTIES = 'org.freedesktop.DBus.Properties'
REGISTRY = 'org.a11y.atspi.Registry'
ROOT = '/org/a11y/atspi/accessible/root'

# Bits of AtspiStateType.
STATES = {'active': 1, 'checked': 4, 'editable': 7, 'enabled': 8, 'expanded': 10, 'focusable': 11, 'focused': 12,
          'selected': 23, 'sensitive': 24, 'showing': 25, 'visible': 30}

# Some things have other names by version of GTK.
ROLES = {'button': 'push button', 'toggle button': 'push button', 'grid cell': 'table cell', 'grid': 'table', 'group': 'panel',
         'radio': 'radio button', 'checkbox': 'check box'}

# From GTK 4.10 on these have no name of their own where it is a label's text: they, or what labels them, have the text.
TOLD_BY_TEXT = {'status', 'menu item'}
LABELLED_BY = 2  # of AtspiRelationType

COMPLAINT = re.compile(r'(CRITICAL|WARNING|ERROR) \*\*|\*\* \(|-(CRITICAL|WARNING|ERROR)|runtime error:|AddressSanitizer')


class Failure(Exception):
    """Something that should have been seen was not."""


def wait(condition, what, deadline=DEADLINE, alive=None):
    """Returns the first true answer of condition(); fails once the deadline is over, or when `alive` says no."""
    end = time.monotonic() + deadline
    while True:
        answer = condition()
        if answer:
            return answer
        if alive is not None:
            alive()
        if time.monotonic() > end:
            raise Failure(f'not within {deadline:g} s: {what() if callable(what) else what}')
        time.sleep(POLL)


class Bus:
    """The accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None,
                                    GLib.VariantType('(s)'), Gio.DBusCallFlags.NONE, 20000, None).unpack()[0]
        self.address = address
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None)

    def call(self, name, path, interface, method, arguments=None, timeout=8000):
        return self.connection.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                         timeout, None).unpack()

    def call_all(self, calls):
        """Makes many calls at once; an answer is None where the other side refused."""
        answers = [None] * len(calls)
        left = [len(calls)]

        def answered(connection, result, index):
            try:
                answers[index] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass
            left[0] -= 1

        for index, (name, path, interface, method, arguments) in enumerate(calls):
            self.connection.call(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 8000, None,
                                 answered, index)
        context = GLib.MainContext.default()
        while left[0] > 0:
            context.iteration(True)
        return answers

    def find_application(self, pid):
        """The bus name under which a process has registered, or None."""
        try:
            children = self.call(REGISTRY, ROOT, ACCESSIBLE, 'GetChildren')[0]
        except GLib.Error:
            return None
        for name, _ in children:
            try:
                owner = self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]
            except GLib.Error:
                continue
            if owner == pid:
                return name
        return None


class Node:
    """One thing in the window, as it was when the window was read."""

    def __init__(self, window, path, parent):
        self.window = window
        self.path = path
        self.parent = parent
        self.role = ''
        self.name = ''
        self.states = 0
        self.box = (0, 0, 0, 0)  # x, y, width and height within the window
        self.children = []

    def __repr__(self):
        return f'{self.role} “{self.name}”'

    def is_in(self, state):
        return bool(self.states >> STATES[state] & 1)

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self):
        for child in self.children:
            yield child
            yield from child.descendants()

    def call(self, interface, method, arguments=None):
        return self.window.bus.call(self.window.address, self.path, interface, method, arguments)

    def interfaces(self):
        return self.call(ACCESSIBLE, 'GetInterfaces')[0]

    def extents(self):
        """x, y, width, height in pixels of the window, as they are now."""
        return self.call(COMPONENT, 'GetExtents', GLib.Variant('(u)', (1,)))[0]

    def text(self):
        """What an entry contains."""
        count = self.call(PROPERTIES, 'Get', GLib.Variant('(ss)', (TEXT, 'CharacterCount')))[0]
        return self.call(TEXT, 'GetText', GLib.Variant('(ii)', (0, count)))[0]


def matches(pattern, text):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return pattern == text
    if callable(pattern):
        return pattern(text)
    return pattern.search(text) is not None


class Profile:
    """A home folder for one person's starts of the application."""

    def __init__(self, name='profile'):
        self.folder = tempfile.mkdtemp(prefix=f'{name}-', dir=os.environ.get('HOME'))
        for kind in ('config', 'data', 'cache', 'state'):
            os.mkdir(os.path.join(self.folder, kind))
        # Without a settings daemon GTK would fall back to another font, and move things about.
        settings = os.path.join(os.environ.get('XDG_CONFIG_HOME', ''), 'gtk-4.0')
        if os.path.isdir(settings):
            shutil.copytree(settings, os.path.join(self.folder, 'config', 'gtk-4.0'))

    def environment(self):
        return {'HOME': self.folder,
                'SECRET_FILE_TEST_PATH': os.path.join(self.folder, 'keyring'),
                'XDG_CONFIG_HOME': os.path.join(self.folder, 'config'),
                'XDG_DATA_HOME': os.path.join(self.folder, 'data'),
                'XDG_CACHE_HOME': os.path.join(self.folder, 'cache'),
                'XDG_STATE_HOME': os.path.join(self.folder, 'state')}


class Process:
    """A program, and what it printed."""

    def __init__(self, arguments, environment=None):
        self.arguments = arguments
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        env={**os.environ, **(environment or {})})
        self.pid = self.process.pid

    def output(self):
        size = os.fstat(self.log.fileno()).st_size
        return os.pread(self.log.fileno(), size, 0).decode(errors='replace')

    def check_alive(self):
        status = self.process.poll()
        if status is not None:
            raise Failure(f'{os.path.basename(self.arguments[0])} ended with status {status}:\n{self.output()[-4000:]}')

    def wait_for_output(self, pattern, deadline=DEADLINE):
        """Returns the first group of what matched."""
        found = wait(lambda: re.search(pattern, self.output(), re.M), lambda: f'output like {pattern}:\n{self.output()[-2000:]}',
                     deadline, self.check_alive)
        return found.group(1) if found.groups() else found.group(0)

    def check_clean(self):
        """Fails where GLib, GTK or a sanitizer complained."""
        complaints = [line for line in self.output().splitlines() if COMPLAINT.search(line)]
        if complaints:
            raise Failure('the program complained:\n' + '\n'.join(complaints[:20]))

    def kill(self):
        """As a power cut would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(DEADLINE)

    def stop(self):
        """Asks it to end, and makes sure that it does."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self.kill()


class Window(Process):
    """The application with its window."""

    def __init__(self, program, arguments=(), profile=None, environment=None, bus=None):
        self.profile = profile or Profile()
        self.bus = bus or shared_bus()
        super().__init__([program, *arguments],
                         {'GSETTINGS_BACKEND': os.environ.get('GSETTINGS_BACKEND', 'memory'),
                          **self.profile.environment(), 'NO_AT_BRIDGE': '', **(environment or {})})
        self.address = None
        self.surface = None
        self.scale = 1  # pixels per unit, of GDK_SCALE

    # Reading

    def open(self, deadline=DEADLINE):
        """Waits until the window is there for the accessibility bus and for the display."""
        self.address = wait(lambda: self.bus.find_application(self.pid), 'the application on the accessibility bus',
                            deadline, self.check_alive)
        self.surface = wait(self.find_surface, 'a window on the display', deadline, self.check_alive)
        self.focus()
        return self

    def find_surface(self, name=None):
        """The window of the process with this name, or else its largest, as the display numbers it."""
        found = run_tool('xdotool', 'search', '--onlyvisible', '--pid', str(self.pid), check=False).split()
        if name is not None:
            found = [surface for surface in found
                     if run_tool('xdotool', 'getwindowname', surface, check=False) == name]
        sizes = []
        for surface in found:
            geometry = run_tool('xdotool', 'getwindowgeometry', '--shell', surface, check=False)
            size = dict(line.split('=', 1) for line in geometry.split() if '=' in line)
            sizes.append((int(size.get('WIDTH', 0)) * int(size.get('HEIGHT', 0)), surface))
        sizes = [entry for entry in sizes if entry[0] > 2500]
        return max(sizes)[1] if sizes else None

    def read(self, hidden=False):
        """Everything that is in the window now, in reading order; with what is hidden only when asked."""
        top = Node(self, ROOT, None)
        level = [top]
        while level:
            answers = self.bus.call_all([(self.address, node.path, ACCESSIBLE, 'GetChildren', None) for node in level])
            children = []
            for node, answer in zip(level, answers):
                for _, path in answer[0] if answer else []:
                    children.append(Node(self, path, node))
            calls = []
            for node in children:
                calls += [(self.address, node.path, ACCESSIBLE, 'GetRoleName', None),
                          (self.address, node.path, ACCESSIBLE, 'GetState', None),
                          (self.address, node.path, PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))),
                          (self.address, node.path, COMPONENT, 'GetExtents', GLib.Variant('(u)', (1,)))]
            answers = self.bus.call_all(calls)
            level = []
            for index, node in enumerate(children):
                role, state, name, extents = answers[4 * index:4 * index + 4]
                if role is None or state is None or name is None:
                    continue  # gone meanwhile
                node.role = ROLES.get(role[0], role[0])
                node.states = state[0][0] | state[0][1] << 32
                node.name = name[0]
                node.box = extents[0] if extents is not None else (0, 0, 0, 0)
                # GTK 4.8 tells of what was never laid out, such as the other pages of a stack.
                if not hidden and extents is not None and min(extents[0][2:]) <= 0:
                    continue
                node.parent.children.append(node)
                level.append(node)
            self.name_by_text([node for node in level if not node.name and node.role in TOLD_BY_TEXT])
        return list(top.descendants())

    def name_by_text(self, nodes):
        relations = self.bus.call_all([(self.address, node.path, ACCESSIBLE, 'GetRelationSet', None) for node in nodes])
        paths = [next((targets[0][1] for kind, targets in (answer[0] if answer else []) if kind == LABELLED_BY and targets),
                      node.path) for node, answer in zip(nodes, relations)]
        texts = self.bus.call_all([(self.address, path, TEXT, 'GetText', GLib.Variant('(ii)', (0, -1))) for path in paths])
        for node, text in zip(nodes, texts):
            node.name = text[0] if text else ''

    def descriptions(self, nodes):
        """What is said of them beside their names; empty where nothing is."""
        question = GLib.Variant('(ss)', (ACCESSIBLE, 'Description'))
        answers = self.bus.call_all([(self.address, node.path, PROPERTIES, 'Get', question) for node in nodes])
        return [answer[0] if answer else '' for answer in answers]

    def find_all(self, role=None, name=None, inside=None, hidden=False):
        nodes = inside.descendants() if inside is not None else self.read(hidden)
        return [node for node in nodes if matches(role, node.role) and matches(name, node.name)]

    def find(self, role=None, name=None, inside=None):
        found = self.find_all(role, name, inside)
        return found[0] if found else None

    def wait_for(self, role=None, name=None, deadline=DEADLINE):
        """Waits until something is visible and returns it."""
        return wait(lambda: self.find(role, name), lambda: f'{role or "something"} named {describe(name)}\n{self.dump()}',
                    deadline, self.check_alive)

    def wait_gone(self, role=None, name=None, deadline=DEADLINE):
        wait(lambda: self.find(role, name) is None, lambda: f'no {role or "thing"} named {describe(name)}\n{self.dump()}',
             deadline, self.check_alive)

    def wait_until(self, condition, what, deadline=DEADLINE):
        return wait(condition, lambda: f'{what}\n{self.dump()}', deadline, self.check_alive)

    def texts(self):
        """Every visible name, in reading order."""
        return [node.name for node in self.read() if node.name]

    def says(self, pattern):
        return any(matches(pattern, text) for text in self.texts())

    def dump(self):
        """The window as an indented list."""
        try:
            lines = []
            for node in self.read():
                depth = sum(1 for _ in node.ancestors())
                marks = ''.join(mark for mark, state in (('F', 'focused'), ('f', 'focusable')) if node.is_in(state))
                marks += '' if node.is_in('sensitive') else '-'
                lines.append('  ' * depth + f'{node} {marks}')
            return '\n'.join(lines[:400])
        except GLib.Error as error:
            return f'(the window cannot be read: {error.message})'

    def focused(self):
        """What has the keyboard focus: the innermost thing that says so."""
        found = [node for node in self.read() if node.is_in('focused')]
        return found[-1] if found else None

    # Acting

    def focus(self):
        run_tool('xdotool', 'windowfocus', '--sync', self.surface, check=False)

    def activate(self, node):
        """By its action where it has one, else by the pointer."""
        holder = self.find_action(node)
        if holder is None:
            self.click(node)
        else:
            try:
                holder.call(ACTION, 'DoAction', GLib.Variant('(i)', (0,)))
            except GLib.Error as error:
                # The action may have closed what it belonged to, or ended the program.
                if 'NoReply' not in error.message and 'UnknownObject' not in error.message and 'UnknownMethod' not in error.message:
                    raise

    def find_action(self, node):
        for candidate in [node, *(child for child in node.descendants() if child.role in ('push button', 'toggle button'))]:
            if ACTION not in candidate.interfaces():
                continue
            if candidate.call(PROPERTIES, 'Get', GLib.Variant('(ss)', (ACTION, 'NActions')))[0] > 0:
                return candidate
        return None

    def press(self, name, role='push button', deadline=DEADLINE):
        """Waits for a button that can be pressed, and presses it."""
        def find():
            found = [node for node in self.find_all(role, name) if node.is_in('sensitive')]
            return found[0] if found else None
        self.activate(wait(find, lambda: f'a usable {role} named {describe(name)}\n{self.dump()}', deadline,
                           self.check_alive))

    def activate_cell(self, cell):
        """A cell of a grid or list, which has no action: a real click, where the pointer can get at it."""
        self.click(cell)

    def click(self, node):
        """A real click of the pointer in its middle, after it was brought into view."""
        x, y, width, height = node.extents()
        run_tool('xdotool', 'mousemove', '--window', self.surface, str(self.scale * (x + width // 2)),
                 str(self.scale * (y + height // 2)), 'click', '1')

    def find_entry(self, name):
        for node in self.find_all(None, name):
            for candidate in [node, *node.descendants()]:
                if EDITABLE_TEXT in candidate.interfaces():
                    return candidate
        return None

    def fill(self, name, text, deadline=DEADLINE):
        """Waits for an entry and puts text in it."""
        entry = wait(lambda: self.find_entry(name), lambda: f'an entry named {describe(name)}\n{self.dump()}', deadline,
                     self.check_alive)
        entry.call(EDITABLE_TEXT, 'SetTextContents', GLib.Variant('(s)', (text,)))
        wait(lambda: entry.text() == text, f'“{text}” in the entry {describe(name)}', deadline, self.check_alive)
        return entry

    def key(self, *names):
        """Real keys, as xdotool calls them: Tab, shift+Tab, Return, Down."""
        run_tool('xdotool', 'key', '--delay', '15', *names)

    def type(self, text):
        run_tool('xdotool', 'type', '--delay', '8', '--', text)

    def resize(self, width, height):
        """Returns the width and the height that the window really took."""
        run_tool('xdotool', 'windowsize', self.surface, str(width), str(height))

        def settled():
            sizes = {self.size() for _ in range(3) if not time.sleep(POLL)}
            return sizes.pop() if len(sizes) == 1 else None
        return wait(settled, 'a window of a settled size', DEADLINE, self.check_alive)

    def size(self):
        geometry = run_tool('xdotool', 'getwindowgeometry', '--shell', self.surface)
        found = dict(line.split('=', 1) for line in geometry.split() if '=' in line)
        return int(found['WIDTH']), int(found['HEIGHT'])

    def shoot(self, path):
        """A picture of the window once it has come to rest."""
        last = None
        end = time.monotonic() + 3
        while True:
            run_tool('import', '-window', self.surface, f'png:{path}')
            with open(path, 'rb') as file:
                pixels = run_tool('identify', '-format', '%#', f'png:{path}') if file else None
            if pixels == last or time.monotonic() > end:
                return path
            last = pixels

    def read_code(self, path):
        """What the bar codes in a picture say."""
        return run_tool('zbarimg', '-q', '--raw', path, check=False).splitlines()

    def close_dialog(self, name):
        """Closes a window above this one with Escape."""
        dialog = wait(lambda: self.find_surface(name), f'a window “{name}” on the display', DEADLINE, self.check_alive)
        run_tool('xdotool', 'windowfocus', '--sync', dialog, 'key', 'Escape', check=False)
        wait(lambda: self.find_surface(name) is None, f'no window “{name}” on the display', DEADLINE, self.check_alive)
        self.focus()

    def close(self):
        """Quits by the keyboard and waits for the program's end."""
        if self.process.poll() is None and self.surface is not None:
            self.focus()
            self.key('ctrl+q')
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired as expired:
            raise Failure(f'the program did not end when asked to\n{self.dump()}') from expired
        if self.process.returncode != 0:
            raise Failure(f'the program ended with status {self.process.returncode}:\n{self.output()[-4000:]}')


def describe(name):
    return name if isinstance(name, str) else getattr(name, 'pattern', repr(name))


def run_tool(*arguments, check=True):
    """Runs a small program and returns what it printed."""
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=30, check=False)
    if check and done.returncode != 0:
        raise Failure(f'{" ".join(arguments)}: {done.stderr.decode(errors="replace").strip()}')
    return done.stdout.decode(errors='replace').strip()


_bus = None


def shared_bus():
    global _bus
    if _bus is None:
        _bus = Bus()
    return _bus


class Scene:
    """What one test starts, and its end: everything is stopped, and every program must have kept quiet."""

    def __init__(self, name, build, pictures=None):
        self.name = name
        self.build = build
        self.pictures = pictures
        self.processes = []
        self.closers = []

    def window(self, *arguments, profile=None, environment=None, offline=False, deadline=DEADLINE):
        """Starts the application and waits for its window; offline, in a network that has not even a loopback."""
        command = [os.path.join(self.build, 'src', 'refills'), *arguments]
        if offline:
            command = ['/usr/bin/unshare', '--user', '--map-current-user', '--net', '--', *command]
        window = Window(command[0], command[1:], profile, environment)
        self.processes.append(window)
        return window.open(deadline)

    def sandbox(self, *arguments):
        """Starts the sandbox as a program of its own. Returns it and where it listens."""
        process = Process([os.path.join(self.build, 'src', 'sandbox', 'refills-sandbox'), *arguments])
        self.processes.append(process)
        return process, process.wait_for_output(r'^listening on (\S+)$')

    def server(self):
        from small_server import SmallServer
        server = SmallServer()
        self.closers.append(server.close)
        return server

    def end(self, passed):
        for process in self.processes:
            if not passed and isinstance(process, Window) and process.surface and process.process.poll() is None:
                self.keep_evidence(process)
        for process in reversed(self.processes):
            process.stop()
        for close in self.closers:
            close()
        if passed:
            for process in self.processes:
                process.check_clean()

    def keep_evidence(self, window):
        folder = os.path.join(self.build, 'tests', 'ui', 'failures')
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, re.sub(r'\W+', '-', self.name))
        with open(path + '.txt', 'w', encoding='utf-8') as file:
            file.write(window.dump() + '\n\n' + window.output())
        run_tool('import', '-window', window.surface, f'png:{path}.png', check=False)


def run_tests(*tests):
    """Runs functions that are given a Scene; speaks TAP. The first argument of the program is the build folder; a
    second one chooses tests by a part of their names."""
    build = os.path.abspath(sys.argv[1])
    chosen = [test for test in tests if len(sys.argv) < 3 or sys.argv[2] in test.__name__]
    failed = 0
    print(f'1..{len(chosen)}', flush=True)
    for number, test in enumerate(chosen, 1):
        name = test.__name__.removeprefix('test_').replace('_', ' ')
        scene = Scene(f'{os.path.basename(sys.argv[0])} {name}', build)
        error = None
        begin = time.monotonic()
        try:
            test(scene)
        except BaseException:  # an interrupt, too, must leave nothing running
            error = traceback.format_exc()
        try:
            scene.end(error is None)
        except Exception:
            error = (error or '') + traceback.format_exc()
        if error:
            failed += 1
            print('\n'.join('# ' + line for line in error.splitlines()))
            for process in scene.processes:
                print('\n'.join('#   | ' + line for line in process.output().splitlines()[-30:]))
        print(f'{"not ok" if error else "ok"} {number} - {name}\n# {time.monotonic() - begin:.1f} s', flush=True)
    sys.exit(1 if failed else 0)
