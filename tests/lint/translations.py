# SPDX-License-Identifier: GPL-3.0-or-later
"""POTFILES names every file with text, and German and Spanish say all of it."""

import re
import tempfile
from pathlib import Path

import lint

MARKED = re.compile(r'(?<!\w)(_|N_|C_|NC_|Q_|ngettext|dngettext|g_dngettext|gettext|dgettext|g_dpgettext2) ?\(')
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3', 'gettext')


def listed(name):
    return [line for line in lint.read(f'po/{name}').split('\n') if line and not line.startswith('#')]


def has_text(path):
    if path.suffix == '.ui':
        return 'translatable="' in lint.read(path)
    code = lint.without_comments(lint.read(path), strings=False)
    return bool(MARKED.search(re.sub(r'^[ \t]*#.*$', '', code, flags=re.MULTILINE)))


def main():
    potfiles = listed('POTFILES')
    needed = [str(path) for path in lint.files('data/*.desktop.in', 'data/*.metainfo.xml.in', 'data/*.gschema.xml')]
    needed += [str(path) for path in lint.files('src/**/*.c', 'src/**/*.h', 'src/**/*.ui') if has_text(path)]

    lint.point('/translations/potfiles-complete', [f'{path} is not in po/POTFILES'
                                                   for path in needed if path not in potfiles])
    lint.point('/translations/potfiles-true', [f'{path} holds no text, or is not there'
                                               for path in potfiles if path not in needed])
    lint.point('/translations/potfiles-sorted', [] if potfiles == sorted(set(potfiles)) else ['po/POTFILES'])

    languages = listed('LINGUAS')
    lint.point('/translations/languages', [
        name for name in sorted({'de', 'es'} - set(languages)) +
        sorted({path.stem for path in lint.files('po/*.po')} ^ set(languages))])

    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / 'refills.pot'
        made = lint.run('xgettext', '--from-code=UTF-8', '--package-name=refills', '--add-comments=Translators:',
                        '--flag=g_strdup_printf:1:c-format', '--flag=ngettext:1:pass-c-format',
                        *[f'--keyword={keyword}' for keyword in KEYWORDS], '-o', template,
                        *[path for path in potfiles if (lint.source_root / path).exists()])
        lint.point('/translations/template', [] if made.returncode == 0 else [made.stderr])

        style = []
        for match in re.finditer(r'^msgid(?:_plural)? ((?:".*"\n)+)', template.read_text(encoding='utf-8'),
                                 re.MULTILINE):
            text = ''.join(part for part in re.findall(r'"(.*)"', match[1]))
            if re.search(r"!|\.\.\.|\w'\w|\b[Ss]uccessfully\b|\b[Pp]lease\b", text) and 'Report-Msgid' not in text:
                style.append(f'“{text}”: no exclamation mark, no three dots (…), no straight apostrophe (’), no “successfully”, no “please”')
        lint.point('/translations/plain-words', style)

        for language in languages:
            merged = Path(folder) / f'{language}.po'
            problems = []
            checked = lint.run('msgfmt', '-c', '--check-accelerators=_', '-o', '/dev/null', f'po/{language}.po')
            if checked.returncode != 0:
                problems.append(checked.stderr)
            lint.run('msgmerge', '--quiet', '--no-fuzzy-matching', '-o', merged, f'po/{language}.po', template)
            counted = lint.run('msgfmt', '--statistics', '-o', '/dev/null', merged)
            if not re.fullmatch(r'\d+ translated messages?\.', counted.stderr.strip()):
                problems.append(counted.stderr)
                missing = lint.run('msgattrib', '--untranslated', '--no-obsolete', '--no-wrap', merged)
                fuzzy = lint.run('msgattrib', '--only-fuzzy', '--no-obsolete', '--no-wrap', merged)
                problems += re.findall(r'^msgid ".+"$', missing.stdout + fuzzy.stdout, re.MULTILINE)
            lint.point(f'/translations/{language}-complete', problems)

    lint.finish()


main()
