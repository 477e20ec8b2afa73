#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count-tests.py ALLOWED_SKIPS TESTLOG…

Reads the logs that `meson test` leaves (meson-logs/testlog.json, one JSON object a line), prints every failure and
every skip with its reason, and ends with the line `N passed, N failed, N skipped`.

Each TAP point counts as one. A program that fails in another way than by a failed point (it crashed, timed out,
planned more points than it made, or made none) counts as one failure more. Exits 1 on any failure, on any skip that
ALLOWED_SKIPS does not list, on a log that is missing, and when nothing passed at all.

A line of ALLOWED_SKIPS is `suite:test-name  reason` or `suite:test-name/point  reason`; `#` starts a comment.
"""

import json
import re
import sys

POINT = re.compile(r'^(not )?ok\b\s*(\d+)?\s*(?:- )?(.*?)(?:\s+#\s*(SKIP|TODO)\b\S*\s*(.*))?$', re.IGNORECASE)
PLAN = re.compile(r'^1\.\.(\d+)\s*(?:#\s*SKIP\S*\s*(.*))?$', re.IGNORECASE)


LEAK_SEARCH_LOST = 'LeakSanitizer has encountered a fatal error'


def is_leak_search_lost(stderr):
    """Whether nothing is wrong but with LeakSanitizer's tracer, which crashes where a thread ends just then. It comes
    after everything else, so that every point was made and every memory error found."""
    return LEAK_SEARCH_LOST in stderr and not re.search(r'ERROR: AddressSanitizer|runtime error:|detected memory leaks',
                                                        stderr)


def read_allowed(path):
    allowed = {}
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.split('#', 1)[0].strip()
            if not line:
                continue
            key, _, reason = line.partition(' ')
            if not reason.strip() or ':' not in key:
                sys.exit(f'{path}:{number}: expected `suite:test-name  reason`')
            allowed[key] = reason.strip()
    return allowed


def test_key(name):
    """`refills:core / decimal` and `core / decimal` (the name differs by version) become `core:decimal`."""
    suites, _, test = name.rpartition(' / ')
    suite = suites.split(' / ')[-1].split(':')[-1] if suites else ''
    return f'{suite.split("+")[0]}:{test.strip()}'


def join_point(key, point):
    if not point:
        return key
    return key + point if point.startswith('/') else f'{key}/{point}'


def read_test(entry):
    """Returns (passed, failures, skips) of one program; the last two as lists of (key, reason).

    The diagnostics below a failed point belong to its reason.
    """
    key = test_key(entry['name'])
    result = entry['result']
    passed, failures, skips = 0, [], []
    plan, seen, failing = None, 0, False

    for line in entry.get('stdout', '').splitlines():
        if match := PLAN.match(line):
            plan = int(match[1])
            if plan == 0:
                skips.append((key, match[2] or 'no reason given'))
        elif failing and line.startswith('#'):
            failures[-1] = (failures[-1][0], f'{failures[-1][1]}\n  {line}')
        elif match := POINT.match(line):
            seen += 1
            failing = bool(match[1]) and not match[4]
            point = join_point(key, match[3].strip())
            if match[4]:
                skips.append((point, match[5] or 'no reason given'))
            elif match[1]:
                failures.append((point, 'failed'))
            else:
                passed += 1

    if result == 'SKIP' and not skips:
        skips.append((key, 'the program asked to be skipped'))
    elif result == 'OK' and plan is None and seen == 0:
        passed += 1  # judged by its exit status
    elif result in ('OK', 'SKIP') and plan is not None and plan != seen:
        failures.append((key, f'planned {plan} points, made {seen}'))
    elif result == 'ERROR' and not failures and plan == seen and is_leak_search_lost(entry.get('stderr', '')):
        print(f'not searched for leaks: {key}: {LEAK_SEARCH_LOST}')
    elif result not in ('OK', 'SKIP') and not failures:
        tail = entry.get('stderr', '').strip().splitlines()[-20:]
        failures.append((key, '\n  '.join([f'{result.lower()}, exit status {entry.get("returncode")}', *tail])))

    return passed, failures, skips


def main():
    allowed = read_allowed(sys.argv[1])
    passed, failures, skips = 0, [], []

    for path in sys.argv[2:]:
        try:
            with open(path, encoding='utf-8') as file:
                entries = [json.loads(line) for line in file if line.strip()]
        except (OSError, ValueError) as error:
            failures.append((path, f'cannot be read: {error}'))
            continue
        if not entries:
            failures.append((path, 'holds no test'))
        for entry in entries:
            counts = read_test(entry)
            passed += counts[0]
            failures += counts[1]
            skips += counts[2]

    unlisted = 0
    for key, reason in skips:
        program = key.split('/', 1)[0]
        listed = allowed.get(key) or allowed.get(program)
        unlisted += not listed
        print(f'skipped: {key}: {reason}' + (f' (allowed: {listed})' if listed else ' (not in tests/allowed-skips.txt)'))
    for key, reason in failures:
        print(f'failed: {key}: {reason}')
    if not passed and not failures:
        print('failed: nothing was tested')

    print(f'{passed} passed, {len(failures)} failed, {len(skips)} skipped')
    sys.exit(1 if failures or unlisted or not passed else 0)


main()
