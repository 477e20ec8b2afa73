# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about the sandbox: each of its lines of curl does what stands below it, and it names every
life, every form of the wire with its values, and every kind of fault."""

import os
import re
import subprocess
import sys
from pathlib import Path

from sandbox_program import Server, check, finish


def main():
    page = Path(sys.argv[2]).read_text(encoding='utf-8')
    lines = page.split('\n')
    with Server() as server:
        environment = dict(os.environ, REFILLS=server.uri, no_proxy='*')
        for number, line in enumerate(lines, 1):
            if not line.startswith('curl '):
                continue
            answer = subprocess.run(['sh', '-c', line], capture_output=True, text=True, timeout=20, env=environment,
                                    check=False)
            expected = lines[number]
            check(f'/sandbox/readme/line-{number}', answer.returncode == 0 and expected.startswith('#> ')
                  and expected[3:] in answer.stdout, f'{line}\n{answer.stdout[:400]}{answer.stderr}')
        check('/sandbox/readme/has-lines', sum(line.startswith('curl ') for line in lines) > 20)

        lives = server.get('/sandbox/lives').json
        missing = [name for name in lives['lives'] if f'`{name}`' not in page]
        check('/sandbox/readme/lives', not missing, missing)
        missing = [name for name, shape in server.get('/sandbox/shapes').json.items()
                   if not re.search(rf'^\| `{name}` \| ' + ', '.join(
                       'any number' if value == '#' else f'`{value}`' for value in shape['values']), page, re.MULTILINE)]
        check('/sandbox/readme/shapes', not missing, missing)
    source = (Path(sys.argv[2]).parent / 'refills-sandbox-faults.c').read_text(encoding='utf-8')
    kinds = re.findall(r'"([a-z-]+)"', source[source.index('kind_names[]'):source.index('G_STATIC_ASSERT')])
    missing = [kind for kind in kinds if f'`{kind}`' not in page]
    check('/sandbox/readme/faults', kinds and not missing, missing)
    finish()


main()
