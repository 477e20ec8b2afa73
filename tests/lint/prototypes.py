# SPDX-License-Identifier: GPL-3.0-or-later
"""Every function a header declares is defined, and somebody calls it."""

import re
from collections import Counter

import lint

DECLARATION = re.compile(r'\b(refills_[a-z0-9_]+)\s*\(')
MACRO = re.compile(r'^[ \t]*#(?:[^\n\\]|\\.|\\\n)*', re.MULTILINE)
WORD = re.compile(r'\brefills_[a-z0-9_]+\b')
# Names the type macros make.
MADE = ('_get_type', '_quark')


def code(path):
    text = lint.read(path)
    return text if path.suffix == '.ui' else lint.without_comments(text, strings=False)


def main():
    declared = {}
    for path in lint.files('src/**/*.h', 'tests/**/*.h'):
        text = re.sub(r'\{.*?\}', '', MACRO.sub('', code(path)), flags=re.DOTALL)
        for match in DECLARATION.finditer(text):
            if not match[1].endswith(MADE):
                declared.setdefault(match[1], path)

    defined, mentioned = set(), Counter()
    for path in lint.files('src/**/*.c', 'src/**/*.h', 'src/**/*.ui', 'tests/**/*.c', 'tests/**/*.h'):
        text = code(path)
        mentioned.update(WORD.findall(text))
        if path.suffix in ('.c', '.h'):
            # A definition begins its line with its name; its parameters are followed by a brace.
            for match in re.finditer(r'^(refills_[a-z0-9_]+) \(', text, re.MULTILINE):
                defined.add(match[1])

    inline = {match[1] for path in lint.files('src/**/*.h', 'tests/**/*.h')
              for match in re.finditer(r'^(refills_[a-z0-9_]+) \(', code(path), re.MULTILINE)}

    lint.point('/prototypes/defined', [
        f'{path}: {name} is declared and defined nowhere'
        for name, path in sorted(declared.items()) if name not in defined])
    # Once declared and once defined; anything more is a use. An inline function is only defined.
    lint.point('/prototypes/used', [
        f'{path}: {name} is declared and used nowhere'
        for name, path in sorted(declared.items()) if mentioned[name] <= (1 if name in inline else 2)])

    lint.finish()


main()
