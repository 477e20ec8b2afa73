# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lint tests share: the tree's files, C without its comments, and TAP.

Each test is called as `NAME.py SOURCE_ROOT BUILD_ROOT` and prints one TAP point a rule; what breaks the rule follows
as diagnostics, a line each. Needs only Python's own library.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

source_root = Path(sys.argv[1]).resolve()
build_root = Path(sys.argv[2]).resolve()

_points = []


def _walk():
    for folder, names, leaves in os.walk(source_root):
        below = Path(folder).relative_to(source_root)
        # Build folders, foreign trees and Git's own data lie at the top.
        names[:] = [name for name in names if name not in ('__pycache__', '.git') and
                    not (below == Path('.') and name.startswith('_'))]
        yield from (below / leaf for leaf in leaves if (source_root / below / leaf).is_file())


_tree = sorted(_walk())


def _glob(pattern):
    parts = {'**/': '(?:.*/)?', '*': '[^/]*', '.': r'\.', '?': '[^/]'}
    return re.compile(re.sub(r'\*\*/|[*.?]', lambda match: parts[match[0]], pattern) + r'\Z')


def files(*patterns, without=()):
    """The tree's files that match one of the glob patterns, sorted, as paths below the source root."""
    wanted, unwanted = [_glob(pattern) for pattern in patterns], [_glob(pattern) for pattern in without]
    return [path for path in _tree
            if any(glob.match(str(path)) for glob in wanted) and not any(glob.match(str(path)) for glob in unwanted)]


def read(path):
    return (source_root / path).read_text(encoding='utf-8')


_TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def without_comments(text, strings=True):
    """C with its comments blanked, and its strings too unless they are wanted; lines keep their numbers."""
    def blank(match):
        token = match[0]
        if token[0] == '/':
            return re.sub(r'[^\n]', ' ', token)
        return token if strings else token[0] + ' ' * (len(token) - 2) + token[-1]
    return _TOKENS.sub(blank, text)


def lines(text):
    return enumerate(text.split('\n'), 1)


def run(*command, **options):
    """Runs a program with messages in English; returns it finished, with its output as text."""
    environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='')
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          env=environment, cwd=source_root, check=False, **options)


def point(name, problems):
    """One rule: holds where `problems` (strings) is empty."""
    problems = list(problems)
    _points.append(name)
    print(f'{"not ok" if problems else "ok"} {len(_points)} - {name}')
    for problem in problems[:40]:
        print('# ' + str(problem).rstrip().replace('\n', '\n# '))
    if len(problems) > 40:
        print(f'# … and {len(problems) - 40} more')


def finish():
    print(f'1..{len(_points)}')
