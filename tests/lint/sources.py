# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for each file by itself: licence, length, ownership, privacy, and the interface files."""

import re
import xml.etree.ElementTree as ElementTree

import lint

C = ('src/**/*.c', 'src/**/*.h', 'tests/**/*.c', 'tests/**/*.h')
TEXT = C + ('**/*.py', '**/*.sh', '**/meson.build', 'meson_options.txt', '**/*.ui', '**/*.css', '**/*.xml',
            'data/**/*.in', 'data/**/*.svg', 'data/*.1', 'po/*.po', 'po/LINGUAS', 'po/POTFILES',
            'build-aux/*', '.ci/*', 'tests/lint/*.txt')
PAPERS = ('*.md', 'src/*.md', 'tests/*.md', 'NEWS', 'flatpak/*')
GENERATED = ('**/fixtures/**/*', '**/vectors/**/*')

LINES_MAX = 750
# The style asks for 100; a prototype may need a little more.
COLUMNS_MAX = 120

BUTTONS = {'GtkButton', 'GtkMenuButton', 'GtkToggleButton', 'GtkLinkButton'}
LABELLED_CHILDREN = {'GtkLabel', 'GtkInscription', 'AdwButtonContent'}
SHOWN = {'label', 'title', 'subtitle', 'description', 'tooltip-text', 'tooltip-markup', 'placeholder-text', 'text'}

# RFC 2606 keeps these for examples.
EXAMPLE_HOST = re.compile(r'(^|\.)(example|test|invalid|localhost)$|(^|\.)example\.(com|org|net)$')


def find_ui_problems(path):
    nameless, untranslated = [], []
    try:
        root = ElementTree.fromstring(lint.read(path))
    except ElementTree.ParseError as error:
        return [f'{path}: {error}'], [], []

    for element in root.iter():
        if element.tag in ('object', 'template'):
            kind = element.get('parent') if element.tag == 'template' else element.get('class')
            if kind in BUTTONS:
                names = {child.get('name') for child in element if child.tag in ('property', 'binding')}
                names |= {'accessible-' + child.get('name', '') for child in element.findall('accessibility/*')}
                children = {child.get('class') for child in element.iter('object')}
                if not names & {'label', 'tooltip-text', 'tooltip-markup', 'accessible-label',
                                'accessible-labelled-by'} and not children & LABELLED_CHILDREN:
                    nameless.append(f'{path}: {kind} {element.get("id", "")} has no name: give it a tooltip-text or '
                                    'an accessible label')
        if element.tag == 'property' and element.get('name') in SHOWN and element.get('translatable') is None:
            if element.text and len(element) == 0 and re.search(r'[^\W\d_]{2}', element.text) \
                    and element.get('bind-source') is None:
                untranslated.append(f'{path}: {element.get("name")} “{element.text}” is not translatable')

    return [], nameless, untranslated


def main():
    text_files = lint.files(*TEXT, without=GENERATED)

    lint.point('/sources/licence', [
        f'{path}: no SPDX-License-Identifier in its first lines' for path in text_files
        if 'SPDX-License-Identifier:' not in '\n'.join(lint.read(path).split('\n')[:5])])

    long, wide, tabs, frees = [], [], [], []
    for path in lint.files(*C):
        text = lint.read(path)
        count = text.count('\n')
        if count > LINES_MAX:
            long.append(f'{path}: {count} lines, more than {LINES_MAX}')
        for number, line in lint.lines(text):
            if len(line) > COLUMNS_MAX:
                wide.append(f'{path}:{number}: {len(line)} columns')
            if '\t' in line or line != line.rstrip():
                tabs.append(f'{path}:{number}: tab or trailing space')
            if re.match(r'\s*(g_free|g_object_unref) \(.*\);\s*$', line):
                frees.append(f'{path}:{number}: {line.strip()} says not why it is no g_autofree or g_autoptr')
    lint.point('/sources/length', long)
    lint.point('/sources/width', wide)
    lint.point('/sources/spaces', tabs)
    lint.point('/sources/ownership', frees)

    payable = re.compile(r'refills_order_state_get_(wallet_address|qr_text|missing_amount_qr_text) \(|'
                         r'"(wallet_address|(missing_amount_)?qr_(text|url))"')
    lint.point('/sources/payable', [
        f'{path}:{number}: where to pay is told by RefillsPayment alone'
        for path in lint.files('src/ui/**/*.c', 'src/cli/**/*.c', without=('src/cli/refills-cli-answer.c',))
        for number, line in lint.lines(lint.without_comments(lint.read(path))) if payable.search(line)])

    lint.point('/sources/names', [
        f'{path}: says nothing about what it holds' for path in lint.files(*C, 'src/**/*.ui')
        if re.search(r'(^|-)(utils?|helpers?|manager|common|misc)([-.]|$)', path.name)])

    private = []
    for path in lint.files(*TEXT, *PAPERS, without=GENERATED):
        for number, line in lint.lines(lint.read(path)):
            for match in re.finditer(r'(?<![\w.*}$])/(home|root|work|Users)/\w+', line):
                private.append(f'{path}:{number}: {match[0]} is a path of somebody\'s machine')
            if path.parts[0] == 'tests' and path.suffix == '.c':
                continue  # addresses are data there, good ones and bad ones
            for match in re.finditer(r'(\[?[\w.+-]+)@([\w-]+(?:\.[\w-]+)+)', line):
                # [func@Brand.get_name] is a link of the documentation's.
                if not match[1].startswith('[') and not EXAMPLE_HOST.search(match[2]):
                    private.append(f'{path}:{number}: {match[0]} looks like somebody\'s address')
    lint.point('/sources/no-private-data', private)

    lint.point('/sources/no-build-files-outside', [
        f'{path}: built by nothing in meson' for path in lint.files(
            '**/Makefile', '**/CMakeLists.txt', '**/*.am', '**/*.o', '**/*.orig', '**/*.rej')])

    broken, nameless, untranslated = [], [], []
    for path in lint.files('src/**/*.ui'):
        problems = find_ui_problems(path)
        broken += problems[0]
        nameless += problems[1]
        untranslated += problems[2]
    lint.point('/sources/ui-well-formed', broken)
    lint.point('/sources/ui-buttons-have-names', nameless)
    lint.point('/sources/ui-text-is-translatable', untranslated)

    lint.finish()


main()
