# SPDX-License-Identifier: GPL-3.0-or-later
"""build-aux/count-tests.py, which decides whether a run was good, calls nothing good that is not."""

import json
import tempfile
from pathlib import Path

import lint

TAP = 'TAP version 13\n1..2\nok 1 /a\nok 2 /b\n'

LOST = 'Tracer caught signal 11\n==7==LeakSanitizer has encountered a fatal error.\n'

# The logged programs, the allowed skips, the last line, and whether it is good.
CASES = {
    'all-pass': ([('core / x', 'OK', TAP)], '', '2 passed, 0 failed, 0 skipped', True),
    'names-of-other-versions': ([('refills:core / x', 'OK', '1..1\nok 1 /a # SKIP no\n'), ('core / y', 'OK', TAP)],
                                'core:x  no', '2 passed, 0 failed, 1 skipped', True),
    'exit-status-only': ([('core / x', 'OK', '')], '', '1 passed, 0 failed, 0 skipped', True),
    'point-fails': ([('core / x', 'FAIL', '1..2\nok 1 /a\nnot ok 2 /b\n')], '', '1 passed, 1 failed, 0 skipped', False),
    'crash-after-points': ([('core / x', 'ERROR', '1..3\nok 1 /a\n')], '', '1 passed, 1 failed, 0 skipped', False),
    'time-out': ([('core / x', 'TIMEOUT', '1..2\nok 1 /a\nok 2 /b\n')], '', '2 passed, 1 failed, 0 skipped', False),
    'leak-search-lost': ([('core / x', 'ERROR', TAP, LOST)], '', '2 passed, 0 failed, 0 skipped', True),
    'leak-search-lost-too-early': ([('core / x', 'ERROR', '1..3\nok 1 /a\n', LOST)], '',
                                   '1 passed, 1 failed, 0 skipped', False),
    'leak-search-lost-and-more': ([('core / x', 'ERROR', TAP, f'ERROR: AddressSanitizer: heap\n{LOST}')], '',
                                  '2 passed, 1 failed, 0 skipped', False),
    'points-missing': ([('core / x', 'OK', '1..3\nok 1 /a\n')], '', '1 passed, 1 failed, 0 skipped', False),
    'skip-unlisted': ([('core / x', 'OK', '1..2\nok 1 /a\nok 2 /b # SKIP no\n')], '', '1 passed, 0 failed, 1 skipped',
                      False),
    'skip-listed-for-another': ([('core / x', 'OK', '1..2\nok 1 /a\nok 2 /b # SKIP no\n')], 'core:x/a  why',
                                '1 passed, 0 failed, 1 skipped', False),
    'skip-listed-point': ([('core / x', 'OK', '1..2\nok 1 /a\nok 2 /b # SKIP no\n')], 'core:x/b  why',
                          '1 passed, 0 failed, 1 skipped', True),
    'whole-program-skipped': ([('core / x', 'SKIP', '1..0 # SKIP no\n'), ('core / y', 'OK', TAP)], '',
                              '2 passed, 0 failed, 1 skipped', False),
    'nothing-ran': ([], '', '0 passed, 1 failed, 0 skipped', False),
    'no-log': (None, '', '0 passed, 1 failed, 0 skipped', False),
    'only-skips': ([('core / x', 'SKIP', '1..0 # SKIP no\n')], 'core:x  why', '0 passed, 0 failed, 1 skipped', False),
}


def main():
    for name, (programs, allowed, last_line, good) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            log, skips = Path(folder) / 'testlog.json', Path(folder) / 'allowed-skips.txt'
            skips.write_text(allowed + '\n', encoding='utf-8')
            if programs is not None:
                log.write_text(''.join(
                    json.dumps({'name': test, 'result': result, 'stdout': out, 'stderr': ''.join(stderr),
                                'returncode': 0}) + '\n'
                    for test, result, out, *stderr in programs), encoding='utf-8')
            result = lint.run('/usr/bin/python3', '-B', 'build-aux/count-tests.py', skips, log)
        problems = []
        if result.stdout.splitlines()[-1:] != [last_line]:
            problems.append(f'ends with {result.stdout.splitlines()[-1:]} {result.stderr}, not with {last_line}')
        if (result.returncode == 0) != good:
            problems.append(f'exit status {result.returncode}')
        lint.point(f'/verdict/{name}', problems)
    lint.finish()


main()
