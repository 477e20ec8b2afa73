# SPDX-License-Identifier: GPL-3.0-or-later
"""The key to the orders on disk, from the command line: in a file where the person says so, in a real keyring on a bus
of its own, and opened by the recovery passphrase where either is lost."""

import contextlib
import fcntl
import json
import os
import pathlib
import pty
import shutil
import signal
import stat
import subprocess
import sys
import termios
import time

from tool import Checks, Sandbox, Tool

CLI, SANDBOX = sys.argv[1:3]
check = Checks('keys')

EMAIL = 'ada@example.com'
ORDER = ('order', '--email', EMAIL, '--coin', 'USDC', '--network', 'Solana', '--line', f'Steam|10 USD|{EMAIL}')
AGAIN = (*ORDER, '--replace')
PASSPHRASE = 'correct horse battery'
# What the tool gives a keyring that does not answer, and as much again for a busy machine.
LIMIT = 12


class Keyring:
    """A session bus with gnome-keyring on it, for one tool."""

    def __init__(self, tool):
        self.home = tool.home
        self.daemon = None
        for folder in ('home/.local/share/keyrings', 'data/keyrings', 'runtime'):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        (self.home / 'runtime').chmod(0o700)
        self.log = open(self.home / 'keyring.log', 'wb')
        self.environment = {name: value for name, value in tool.environment.items()
                            if not name.startswith(('SECRET_', 'G_', 'XDG_DATA_DIRS', 'LD_', 'GSETTINGS'))}
        # Nothing is started by the bus itself: what runs is what the test started.
        config = self.home / 'bus.conf'
        config.write_text('<busconfig><type>session</type>'
                          f'<listen>unix:path={self.home}/runtime/bus</listen><auth>EXTERNAL</auth>'
                          '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                          '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>')
        self.bus = subprocess.Popen(['dbus-daemon', f'--config-file={config}', '--nofork', '--print-address'],
                                    stdout=subprocess.PIPE, stderr=self.log, env=self.environment, text=True)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = self.bus.stdout.readline().strip()
        for name in ('SECRET_BACKEND', 'SECRET_FILE_TEST_PATH', 'SECRET_FILE_TEST_PASSWORD'):
            del tool.environment[name]
        tool.environment['DBUS_SESSION_BUS_ADDRESS'] = self.environment['DBUS_SESSION_BUS_ADDRESS']

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.bus.terminate()
        self.bus.wait()
        self.bus.stdout.close()
        self.log.close()

    def owned(self):
        done = subprocess.run(['dbus-send', '--session', '--print-reply=literal', '--dest=org.freedesktop.DBus',
                               '/', 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'],
                              env=self.environment, capture_output=True, text=True, timeout=10, check=False)
        return 'true' in done.stdout

    def start(self, password=None):
        """Unlocked by the password of its login keyring, or locked without one."""
        words = ['gnome-keyring-daemon', '--foreground', '--components=secrets']
        self.daemon = subprocess.Popen(words + (['--unlock'] if password else ['--start']), stdin=subprocess.PIPE,
                                       stdout=self.log, stderr=self.log, env=self.environment)
        with contextlib.suppress(BrokenPipeError):
            self.daemon.stdin.write((password or '').encode())
            self.daemon.stdin.close()
        deadline = time.monotonic() + 20
        while not self.owned():
            if time.monotonic() > deadline:
                raise TimeoutError('gnome-keyring does not start')
            time.sleep(0.05)

    def stop(self, with_signal=signal.SIGTERM):
        if self.daemon is not None:
            self.daemon.send_signal(signal.SIGCONT)
            self.daemon.send_signal(with_signal)
            self.daemon.wait()
            self.daemon = None

    def lose(self):
        for folder in self.home.rglob('keyrings'):
            shutil.rmtree(folder)
            folder.mkdir()


def feed(tool, text, *words):
    command, variables = tool.command(*words)
    done = subprocess.run(command, env=variables, input=text, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def error_of(result):
    lines = [line for line in result.err.splitlines() if line.startswith('{')]
    return json.loads(lines[-1]).get('error') if lines else None


def check_locked(name, tool, order):
    """Without its key an order is in the list, and nothing of it can be read."""
    result = tool.run('--json', 'show', order, '--offline')
    check(f'{name}/show', result.code == 4 and error_of(result) == 'LOCKED' and not result.out, result)
    result = tool.run('--json', 'orders')
    check(f'{name}/list', result.code == 0 and len(result.lines) == 1, result)


def order_id(result):
    return result.objects[0]['order_id']


def test_file(sandbox):
    tool = Tool(CLI, sandbox.url)
    for name in list(tool.environment):
        if name.startswith('SECRET_'):
            del tool.environment[name]
    key = tool.home / 'data/refills/practice/orders.key'

    posts = sandbox.count('POST', '/v5/orders')
    result = tool.run('--json', *ORDER)
    check('file/no-keyring', result.code == 4 and error_of(result) == 'NO_KEYRING' and '--key-file' in result.err
          and not key.exists(), result)
    check('file/nothing-was-sent', sandbox.count('POST', '/v5/orders') == posts)
    result = tool.run('--json', 'unlock')
    check('file/no-key-yet', result.code == 0 and result.objects[0]['vault'] == 'empty', result)
    code, _, err = feed(tool, PASSPHRASE + '\n', 'recovery')
    check('file/nothing-to-recover', code == 1, err)

    result = tool.run('--json', *ORDER, '--key-file')
    check('file/order', result.code == 0 and stat.S_IMODE(key.stat().st_mode) == 0o600, result)
    order = order_id(result)
    result = tool.run('--json', 'show', order, '--offline')
    check('file/show', result.code == 0 and order_id(result) == order, result)
    code, _, err = feed(tool, 'short\n', 'recovery')
    check('file/short-passphrase', code == 1 and '8' in err, err)
    code, out, err = feed(tool, PASSPHRASE + '\n', '--json', 'recovery')
    check('file/recovery', code == 0 and json.loads(out) == {'vault': 'open', 'place': 'file', 'recovery': True}, err)

    key.chmod(0o644)
    result = tool.run('--json', *AGAIN)
    check('file/others-may-read', result.code == 4 and error_of(result) == 'LOCKED', result)
    check_locked('file/others-may-read', tool, order)
    result = tool.run('unlock')
    check('file/closed-to-others', result.code == 0 and stat.S_IMODE(key.stat().st_mode) == 0o600, result)

    key.unlink()
    result = tool.run('--json', *AGAIN)
    check('file/lost', result.code == 4 and error_of(result) == 'LOCKED', result)
    check_locked('file/lost', tool, order)
    posts = sandbox.count('POST', '/v5/orders')
    result = tool.run('--json', *AGAIN)
    check('file/no-new-key-over-old-orders', result.code == 4 and error_of(result) == 'LOCKED' and not key.exists()
          and sandbox.count('POST', '/v5/orders') == posts, result)
    code, _, err = feed(tool, 'another horse battery\n', '--json', 'unlock', '--passphrase-file', '-')
    check('file/wrong-passphrase', code == 1 and 'WRONG_PASSPHRASE' in err and not key.exists(), err)
    typed = tool.home / 'passphrase'
    typed.write_text(PASSPHRASE + '\n')
    result = tool.run('unlock', f'--passphrase-file={typed}')
    check('file/recovered', result.code == 0 and stat.S_IMODE(key.stat().st_mode) == 0o600, result)
    result = tool.run('--json', 'show', order, '--offline')
    check('file/show-after-recovery', result.code == 0 and order_id(result) == order, result)
    result = tool.run('unlock', '--passphrase-file', str(tool.home / 'absent'))
    check('file/no-passphrase', result.code == 1, result)


def test_set_aside(sandbox):
    tool = Tool(CLI, sandbox.url)
    data = tool.home / 'data/refills/practice'
    result = tool.run('--json', *AGAIN)
    check('aside/order', result.code == 0, result)
    order = order_id(result)
    result = tool.run('--json', 'unlock', '--set-aside')
    check('aside/nothing-is-locked', result.code == 0 and result.objects[0]['vault'] == 'open'
          and not list(data.glob('*.locked-*')), result)
    result = tool.run('unlock', '--set-aside', '--passphrase-file=-')
    check('aside/one-of-two', result.code == 2, result)

    keyring = tool.home / 'keyring'
    kept = keyring.rename(tool.home / 'keyring-kept')
    with open(data / 'orders.db.lock', 'rb') as lock:
        fcntl.lockf(lock, fcntl.LOCK_SH, 1)
        result = tool.run('--json', 'unlock', '--set-aside')
    check('aside/in-use', result.code == 4 and error_of(result) == 'IN_USE' and not list(data.glob('*.locked-*')),
          result)
    result = tool.run('--json', 'unlock', '--set-aside')
    aside = [file for file in data.glob('*.locked-*') if file.suffix != '.keys']
    check('aside/kept', result.code == 0 and result.objects[0]['vault'] == 'empty' and len(aside) == 1
          and str(data) in result.err and stat.S_IMODE(aside[0].stat().st_mode) == 0o600, (aside, result))
    result = tool.run('--json', 'orders')
    check('aside/no-orders', result.code == 0 and not result.lines, result)
    result = tool.run('--json', *AGAIN)
    check('aside/order-again', result.code == 0, result)
    again = order_id(result)
    result = tool.run('--json', 'show', again, '--offline')
    check('aside/show-again', result.code == 0 and order_id(result) == again, result)

    # Whoever finds the key has them back.
    for path in data.glob('orders.db*'):
        if '.locked-' not in path.name:
            path.unlink()
    aside[0].rename(data / 'orders.db')
    kept.rename(keyring)
    result = tool.run('--json', 'show', order, '--offline')
    check('aside/back', result.code == 0 and order_id(result) == order, result)


def test_keyring(sandbox):
    tool = Tool(CLI, sandbox.url)
    with Keyring(tool) as keyring:
        keyring.start('person')
        result = tool.run('--json', *AGAIN)
        check('keyring/order', result.code == 0, result)
        order = order_id(result)
        check('keyring/no-file', not list(tool.home.rglob('orders.key')))
        result = tool.run('--json', 'unlock')
        check('keyring/open', result.code == 0 and result.objects[0] == {'vault': 'open', 'place': 'keyring',
                                                                         'recovery': False}, result)
        code, _, err = feed(tool, PASSPHRASE + '\n', 'recovery')
        check('keyring/recovery', code == 0, err)

        # It stands still: whoever waits for it leaves it in time.
        keyring.daemon.send_signal(signal.SIGSTOP)
        begin = time.monotonic()
        result = tool.run('--json', *AGAIN)
        took = time.monotonic() - begin
        check('keyring/stopped', result.code == 4 and error_of(result) == 'LOCKED' and took < LIMIT, (took, result))
        check_locked('keyring/stopped', tool, order)

        keyring.stop(signal.SIGKILL)
        begin = time.monotonic()
        result = tool.run('--json', *AGAIN)
        took = time.monotonic() - begin
        check('keyring/killed', result.code == 4 and error_of(result) == 'LOCKED' and took < LIMIT, (took, result))
        check_locked('keyring/killed', tool, order)

        keyring.start()
        result = tool.run('--json', *AGAIN)
        check('keyring/locked', result.code == 4 and error_of(result) == 'LOCKED', result)
        check_locked('keyring/locked', tool, order)
        posts = sandbox.count('POST', '/v5/orders')
        result = tool.run('--json', *AGAIN)
        check('keyring/no-new-key-over-old-orders', result.code == 4 and error_of(result) == 'LOCKED'
              and sandbox.count('POST', '/v5/orders') == posts, result)

        keyring.stop()
        keyring.start('person')
        result = tool.run('--json', 'show', order, '--offline')
        check('keyring/open-again', result.code == 0 and order_id(result) == order, result)

        keyring.stop()
        keyring.lose()
        keyring.start('another')
        result = tool.run('--json', 'unlock')
        check('keyring/lost', result.code == 4 and error_of(result) == 'LOCKED', result)
        code, out, err = feed(tool, PASSPHRASE + '\n', '--json', 'unlock', '--passphrase-file', '-')
        check('keyring/recovered', code == 0 and json.loads(out)['place'] == 'keyring', err)
        result = tool.run('--json', 'show', order, '--offline')
        check('keyring/open-after-recovery', result.code == 0 and order_id(result) == order, result)

        keyring.stop()
        code, _, err = feed(tool, PASSPHRASE + '\n', '--json', 'unlock', '--passphrase-file', '-')
        check('keyring/recovered-and-not-kept', code == 4 and 'NO_KEYRING' in err, err)
        code, out, err = feed(tool, PASSPHRASE + '\n', '--json', 'unlock', '--passphrase-file', '-', '--key-file')
        check('keyring/moved-to-a-file', code == 0 and json.loads(out)['place'] == 'file', err)
        result = tool.run('--json', 'show', order, '--offline')
        check('keyring/open-by-the-file', result.code == 0 and order_id(result) == order, result)


def test_given_up(sandbox):
    """A question for a passphrase that is interrupted leaves a terminal that shows what is typed."""
    tool = Tool(CLI, sandbox.url)
    master, slave = pty.openpty()

    def shows():
        return bool(termios.tcgetattr(slave)[3] & termios.ECHO)

    def take_terminal():
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    with subprocess.Popen([CLI, '--api-url', sandbox.url, 'unlock', '--passphrase-file=-'], env=tool.environment,
                          stdin=slave, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          preexec_fn=take_terminal) as process:
        end = time.monotonic() + 20
        while shows() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        check('given-up/quiet', not shows())
        os.write(master, b'\x03')
        check('given-up/status', process.wait(20) == -signal.SIGINT)
        check('given-up/shows-again', shows())
    os.close(master)
    os.close(slave)


def main():
    with Sandbox(SANDBOX) as sandbox:
        test_file(sandbox)
        test_set_aside(sandbox)
        test_given_up(sandbox)
        if all(shutil.which(program) for program in ('gnome-keyring-daemon', 'dbus-daemon', 'dbus-send')):
            test_keyring(sandbox)
    sys.exit(check.end())


main()
