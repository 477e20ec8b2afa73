# SPDX-License-Identifier: GPL-3.0-or-later
"""The tool as it is installed: what it links, what its manual and its completion know, and how it behaves in a pipe."""

import re
import signal
import subprocess
import sys

from tool import Checks, Sandbox, Tool

CLI, SANDBOX, MANUAL, COMPLETION = sys.argv[1:5]
check = Checks('program')

COMMANDS = ('countries', 'vias', 'brands', 'home', 'search', 'products', 'price', 'validate', 'order', 'orders', 'show',
            'track', 'check', 'unlock', 'recovery', 'relay')


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def options_of(text):
    return set(re.findall(r'(?<![\w-])--[a-z][a-z-]*', text))


def test_links():
    needed = subprocess.run(['readelf', '-d', CLI], capture_output=True, text=True, check=True).stdout
    loaded = subprocess.run(['ldd', CLI], capture_output=True, text=True, check=True).stdout
    for name in ('libgtk', 'libadwaita', 'libgdk', 'libX11', 'libwayland'):
        check(f'does-not-link-{name}', name not in needed and name not in loaded)
    check('links-what-it-needs', 'libsoup-3.0' in needed and 'libsqlite3' in needed, needed)


def test_help(tool):
    """Manual and completion have every command and option that the help has, and no others."""
    manual = re.sub(r'\\f[BIRP]', '', read(MANUAL)).replace('\\-', '-')
    completion = read(COMPLETION)
    main = tool.run('--help').out
    listed = re.findall(r'^  (\w+) {2,}', main.split('Commands:')[1], re.MULTILINE)
    check('help/commands', tuple(listed) == COMMANDS, listed)
    check('completion/commands', f"commands='{' '.join(COMMANDS)}'" in completion)
    options = options_of(main) - {'--help-all'}
    for command in COMMANDS:
        mine = options_of(tool.run(command, '--help').out)
        options |= mine
        check(f'completion/options-of-{command}', mine == set(complete(command, '--')), (mine, complete(command, '--')))
        check(f'manual/{command}', re.search(rf'^\.BI? "?{command}\b', manual, re.MULTILINE) is not None)
    check('completion/options', options_of(main) == set(complete('--')), complete('--'))
    check('manual/options', options <= options_of(manual), options - options_of(manual))
    check('manual/no-other-options', options_of(manual) <= options, options_of(manual) - options)
    check('manual/exit-codes', [code for code in re.findall(r'^\.B (\d)$', manual, re.MULTILINE)] == list('01234'))


def complete(*words):
    """What bash offers for the last of these words, taken apart as bash does."""
    parts = [part for word in words for part in (re.findall(r'[^=:]+|[=:]', word) or [''])]
    script = (f'source "$1"; shift; COMP_WORDS=(refills-cli "$@"); COMP_CWORD=$#; '
              f'_refills_cli; printf "%s\\n" "${{COMPREPLY[@]}}"')
    output = subprocess.run(['bash', '-c', script, 'bash', COMPLETION, *parts], capture_output=True, text=True, check=True)
    return output.stdout.split()


def test_completion():
    for name, words, wanted in (
            ('command', ('pr',), ['products', 'price']),
            ('behind-global-options', ('--json', '--country', 'US', 'ord'), ['order', 'orders']),
            ('behind-a-url', ('--api-url', 'http://127.0.0.1:8080', 'tr'), ['track']),
            ('behind-a-url-and-equals', ('--api-url=http://127.0.0.1:8080', 'tr'), ['track']),
            ('value', ('--order-shape', ''), ['flat', 'reference']),
            ('value-behind-equals', ('--order-shape=r',), ['reference']),
            ('seconds', ('track', '--poll='), ['5', '6', '7', '8', '9', '10']),
            ('nothing-for-free-text', ('order', '--email', ''), [])):
        offered = complete(*words)
        check(f'completion/{name}', offered == wanted, offered)


def test_pipe(tool):
    # Nobody reads on: the tool ends as any in a pipe does, without a word.
    process = tool.start('--json', 'brands')
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    check('pipe/ends', process.wait(timeout=30) == -signal.SIGPIPE and said == '', (process.returncode, said))
    loud = tool.run('brands', G_MESSAGES_DEBUG='all')
    quiet = tool.run('brands')
    check('pipe/only-results', loud.out == quiet.out and loud.code == 0, loud)


def test_bare(tool):
    # Nothing but a path: no home, no bus, no schema, no locale.
    command, _ = tool.command('price', 'Airbnb', '100', '--coin', 'USDC')
    result = subprocess.run(command, env={'PATH': '/usr/bin:/bin', 'REFILLS_API_URL': tool.url}, capture_output=True,
                            text=True, timeout=30, check=False)
    check('bare/works', (result.returncode, result.stdout, result.stderr) == (0, '101.48 USDC\n', ''), result)
    result = tool.run('countries', LC_ALL='tr_TR.UTF-8')
    check('bare/turkish', result.code == 0 and len(result.lines) == 233, result)


def main():
    with Sandbox(SANDBOX) as sandbox:
        tool = Tool(CLI, sandbox.url)
        test_links()
        test_help(tool)
        test_completion()
        test_pipe(tool)
        test_bare(tool)
        check('nothing-is-written', tool.files() == [], tool.files())
    sys.exit(check.end())


main()
