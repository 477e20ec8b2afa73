# SPDX-License-Identifier: GPL-3.0-or-later
"""What spoils one machine: a disk that fills up or cannot sync, a clock that is set, a home that cannot be written."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'cli'), str(HERE.parent / 'ui')]

# A home folder, all of it, on a file system that is mounted read-only for one program.
READ_ONLY = ('/usr/bin/unshare', '--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c',
             'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"', 'sh')


# The same, and then as who one is, since a bus does not take one for another.
READ_ONLY_AS_SELF = tuple(word.replace('shift && exec', 'shift && exec unshare --user '
                                       f'--map-user={os.getuid()} --map-group={os.getgid()} --') for word in READ_ONLY)


def can_mount():
    """Whether this kernel lets us mount something for one program."""
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([*READ_ONLY, folder, '/bin/true'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0


class Shim:
    """What refills-disk-shim.c does to the programs that get its environment; changes while they run."""

    def __init__(self, library):
        self.folder = tempfile.TemporaryDirectory()
        self.words, self.log = (pathlib.Path(self.folder.name) / name for name in ('words', 'log'))
        self.say('')
        preload = os.environ.get('LD_PRELOAD', '')
        self.environment = {'LD_PRELOAD': f'{library}:{preload}'.rstrip(':'), 'REFILLS_SHIM': str(self.words),
                            'REFILLS_SHIM_LOG': str(self.log)}
        if 'ASAN_OPTIONS' in os.environ:
            self.environment['ASAN_OPTIONS'] = os.environ['ASAN_OPTIONS'] + ':verify_asan_link_order=0'

    def say(self, words):
        """Replaced whole, so that nobody reads half of it."""
        new = self.words.with_suffix('.new')
        new.write_text(words)
        new.replace(self.words)

    def count(self, what, refused):
        return sum(1 for _, kind, _, result in self.entries() if kind == what and (result != 0) == refused)

    def entries(self):
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [(int(pid), what, int(fd), int(result)) for pid, what, fd, result in (line.split() for line in lines)]

    def synced_again(self):
        """Files of which a sync failed and was tried again with nothing written in between: the kernel has forgotten
        by then that they are not on the disk, and says that all is well."""
        failed, found = set(), []
        for pid, what, fd, result in self.entries():
            if what == 'sync' and (pid, fd) in failed and result == 0:
                found.append((pid, fd))
            if what == 'sync' and result != 0:
                failed.add((pid, fd))
            else:
                failed.discard((pid, fd))
        return found


class Points:
    """TAP, each point under the row's name."""

    def __init__(self, prefix='faults'):
        self.prefix = prefix
        self.number, self.failures, self.begin = 0, 0, time.monotonic()

    def __call__(self, row, passed, why=''):
        self.number += 1
        self.failures += not passed
        print('ok' if passed else 'not ok', self.number, f'/{self.prefix}/{row}')
        print(f'# {time.monotonic() - self.begin:.1f} s', flush=True)
        if not passed:
            print('# ' + str(why).replace('\n', '\n# '), flush=True)

    def skip(self, row, why):
        self.number += 1
        print('ok', self.number, f'/{self.prefix}/{row} # SKIP {why}', flush=True)

    def end(self):
        print(f'1..{self.number}')
        return self.failures > 0
