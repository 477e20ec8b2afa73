# SPDX-License-Identifier: GPL-3.0-or-later
"""A layer cannot include what lies above it, nor GTK below ui.

Each forbidden include is compiled with the very flags the layer is built with, and must fail because the compiler
finds no such file. So that this proves something, what the layer may include must compile with the same flags.
"""

import json
import os
import shlex
import subprocess
from pathlib import Path

import lint

# A layer, what it may include, and which libraries; as in src/README.md.
LAYERS = {
    'core': ((), ()),
    'model': (('core',), ()),
    'api': (('core', 'model'), ('libsoup/soup.h',)),
    'store': (('core', 'model'), ()),
    'shop': (('core', 'model', 'api', 'store'), ('libsoup/soup.h',)),
    'sandbox': ((), ('libsoup/soup.h',)),
    'ui': (('core', 'model', 'shop'), ('gtk/gtk.h', 'adwaita.h')),
    'cli': (('core', 'model', 'api', 'shop'), ('libsoup/soup.h',)),
    'application': (('core', 'model', 'shop', 'ui', 'sandbox'), ('gtk/gtk.h', 'adwaita.h', 'libsoup/soup.h')),
}
LIBRARIES = ('gtk/gtk.h', 'adwaita.h', 'libsoup/soup.h')

# Found in /usr/include whatever the flags are, so read from the source instead.
UNFLAGGED = {
    'sqlite3.h': ('store',),
    'qrencode.h': ('ui', 'sandbox'),
    'webp/': ('ui', 'sandbox'),
    'libsecret/': ('store',),
    'sodium.h': ('store',),
    'nettle/': ('core',),
}


def is_left_out(layer):
    """Whether the build was told to do without a layer, as with -Dcli=false."""
    options = json.loads((lint.build_root / 'meson-info' / 'intro-buildoptions.json').read_text(encoding='utf-8'))
    return any(option['name'] == layer and option['value'] is False for option in options)


def folder_of(layer):
    return Path('src') if layer == 'application' else Path('src') / layer


def headers_of(layer, private=False):
    """What a layer shows to those above it; with `private`, what it keeps to its own folder."""
    return [path.name for path in lint.files(f'{folder_of(layer)}/*.h')
            if path.stem.endswith('-private') == private]


def read_flags():
    """The compile command of one source file per layer, without its input and outputs."""
    flags = {}
    for entry in json.loads((lint.build_root / 'compile_commands.json').read_text(encoding='utf-8')):
        file = (Path(entry['directory']) / entry['file']).resolve()
        if file.suffix != '.c' or not file.is_relative_to(lint.source_root / 'src'):
            continue
        folder = file.relative_to(lint.source_root).parent
        layer = 'application' if folder == Path('src') else folder.name
        if layer in flags:
            continue
        words, kept = shlex.split(entry['command']), []
        while words:
            word = words.pop(0)
            if word in ('-o', '-c', '-MQ', '-MF', '-MT'):
                words.pop(0)
            elif word not in ('-MD', '-MMD'):
                kept.append(word)
        flags[layer] = kept
    return flags


def compile_includes(flags, headers):
    text = ''.join(f'#include "{header}"\n' for header in headers) + 'typedef int refills_not_empty;\n'
    return subprocess.run(flags + ['-fsyntax-only', '-x', 'c', '-'], input=text, capture_output=True, text=True,
                          cwd=lint.build_root, env=dict(os.environ, LC_ALL='C'), check=False)


def main():
    flags_of = read_flags()

    lint.point('/layers/all-built', [
        f'{folder_of(layer)} has no source in the build'
        for layer in LAYERS if layer not in flags_of and not is_left_out(layer)])

    for layer, (allowed, libraries) in LAYERS.items():
        flags = flags_of.get(layer)
        if not flags:
            continue

        reached, mute = [], []
        forbidden = [other for other in LAYERS if other != layer and other not in allowed]
        headers = [header for other in forbidden for header in headers_of(other) + headers_of(other, private=True)]
        headers += [header for header in LIBRARIES if header not in libraries]
        for header in headers:
            result = compile_includes(flags, [header])
            if result.returncode == 0 or f'{header}: No such file' not in result.stderr:
                reached.append(f'{folder_of(layer)} can include {header}')
        lint.point(f'/layers/{layer}/forbidden-includes-fail', reached)

        wanted = list(libraries) + headers_of(layer, private=True)
        for other in (layer, *allowed):
            wanted += headers_of(other)
        if layer == 'shop':
            wanted.remove('libsoup/soup.h')  # may, by way of api; need not
        # All at once, since it is nearly always fine; one by one to say which is not.
        if compile_includes(flags, wanted).returncode != 0:
            for header in wanted:
                result = compile_includes(flags, [header])
                if result.returncode != 0:
                    mute.append(f'{folder_of(layer)} cannot include {header}: {result.stderr.splitlines()[:1]}')
        lint.point(f'/layers/{layer}/allowed-includes-compile', mute)

    misplaced = []
    for path in lint.files('src/**/*.c', 'src/**/*.h'):
        layer = 'application' if path.parent == Path('src') else path.parts[1]
        for number, line in lint.lines(lint.without_comments(lint.read(path))):
            if not line.startswith('#include'):
                continue
            name = line.split(None, 1)[1].strip('<>" ')
            for library, layers in UNFLAGGED.items():
                if name.startswith(library) and layer not in layers:
                    misplaced.append(f'{path}:{number}: {name} belongs to {" and ".join(layers)}')
            if name.endswith('-private.h') and not (lint.source_root / path.parent / name).is_file():
                misplaced.append(f'{path}:{number}: {name} is private to another folder')
            if '/' in name and line.rstrip().endswith('"'):
                misplaced.append(f'{path}:{number}: our own headers are included by bare name')
            if layer == 'sandbox' and name.startswith('refills-') and not name.startswith('refills-sandbox'):
                misplaced.append(f'{path}:{number}: the sandbox includes nothing of ours')
            if layer not in ('sandbox', 'application') and name.startswith('refills-sandbox'):
                misplaced.append(f'{path}:{number}: only the application includes the sandbox')
    lint.point('/layers/libraries-in-their-place', misplaced)

    # So that a build without the sandbox has none in the application. The relay is a program of its own.
    lint.point('/layers/servers-in-their-place', [
        f'{path}:{number}: only the sandbox and the relay are servers'
        for path in lint.files('src/**/*.c', 'src/**/*.h')
        if path.parts[1] != 'sandbox' and not str(path).startswith('src/cli/refills-relay')
        for number, line in lint.lines(lint.without_comments(lint.read(path)))
        if 'soup_server' in line or 'SoupServer' in line or 'g_socket_service' in line])

    # No header that shop shows may name what shop keeps to itself.
    own = {header.removesuffix('.h') for other in ('api', 'store') for header in headers_of(other)}
    lint.point('/layers/shop-headers-keep-api-and-store-private', [
        f'{path}:{number}: {line.strip()}'
        for path in lint.files('src/shop/*.h')
        for number, line in lint.lines(lint.read(path))
        if line.startswith('#include "') and line.split('"')[1].removesuffix('.h') in own
        and 'private' not in path.stem])

    lint.finish()


main()
