# SPDX-License-Identifier: GPL-3.0-or-later
"""What desktops, shops and people read about Refills is valid, and says the same everywhere."""

import json
import os
import re
import struct
import subprocess
import xml.etree.ElementTree as ElementTree
from datetime import date

import lint

ID = 'io.github.refills.Refills'
PREFIX = '/io/github/refills/Refills'


def run_application(*arguments):
    """The application without a display, from the build folder."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS')}
    try:
        return subprocess.run([lint.build_root / 'src' / 'refills', *arguments], capture_output=True, text=True,
                              env=environment, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(arguments, -1, '', str(error))


def check_tools():
    data = lint.build_root / 'data'
    problems = []
    for entry in sorted(data.glob('*.desktop')):
        result = lint.run('desktop-file-validate', entry)
        problems += [result.stdout + result.stderr] if result.returncode or result.stdout or result.stderr else []
    lint.point('/metadata/desktop-entry', problems)

    result = lint.run('appstreamcli', 'validate', '--no-net', '--pedantic', '--no-color', data / f'{ID}.metainfo.xml')
    lint.point('/metadata/metainfo', [line for line in result.stdout.splitlines() if re.match(r'\s*[EW]:', line)] +
               ([result.stdout + result.stderr] if result.returncode else []))

    result = lint.run('glib-compile-schemas', '--strict', '--dry-run', 'data')
    lint.point('/metadata/schema', [result.stdout + result.stderr] if result.returncode else [])

    results = [lint.run('man', '-l', '--warnings', page) for page in lint.files('data/*.1')]
    lint.point('/metadata/manual-page', [result.stderr for result in results if result.returncode or result.stderr])


def check_metainfo():
    root = ElementTree.fromstring(lint.read(f'data/{ID}.metainfo.xml.in'))
    problems = []
    for path in ('metadata_license', 'project_license', 'launchable', 'content_rating/content_attribute', 'translation',
                 'developer/name', 'developer_name', 'requires/display_length', 'screenshots/screenshot/image',
                 "branding/color[@scheme_preference='light']", "branding/color[@scheme_preference='dark']",
                 *(f"url[@type='{kind}']" for kind in ('homepage', 'bugtracker', 'vcs-browser', 'translate')),
                 *(f"supports/control[.='{kind}']" for kind in ('keyboard', 'pointing', 'touch'))):
        if root.find(path) is None:
            problems.append(f'{path} is missing')
    if len(root.findtext('name')) > 15:
        problems.append('the name is longer than 15 characters')
    if not 10 <= len(root.findtext('summary')) <= 35 or root.findtext('summary').endswith('.'):
        problems.append('the summary has not 10 to 35 characters, or ends with a dot')
    if 'not affiliated with Cryptorefills' not in ' '.join(' '.join(root.find('description').itertext()).split()):
        problems.append('the description does not say that Refills is independent')
    lint.point('/metadata/metainfo-complete', problems)

    problems, last = [], None
    for release in root.findall('releases/release'):
        day = date.fromisoformat(release.get('date'))
        if last and day > last:
            problems.append(f'{release.get("version")} is not older than the release above it')
        if day > date.today():
            problems.append(f'{release.get("version")} is dated in the future')
        if not ''.join(release.itertext()).strip():
            problems.append(f'{release.get("version")} has no notes')
        last = day
    lint.point('/metadata/releases', problems)

    problems = []
    for image in root.findall('screenshots/screenshot/image'):
        name = image.text.rsplit('/', 1)[-1]
        path = lint.source_root / 'data' / 'screenshots' / name
        if not path.is_file():
            problems.append(f'data/screenshots/{name} is not there')
            continue
        with open(path, 'rb') as file:
            head = file.read(24)
        if head[:8] != b'\x89PNG\r\n\x1a\n':
            problems.append(f'data/screenshots/{name} is no PNG')
        elif max(struct.unpack('>II', head[16:24])) > 1100:
            problems.append(f'data/screenshots/{name} is larger than a window')
    lint.point('/metadata/screenshots', problems)
    return root


def check_identity(metainfo):
    service = lint.read(f'data/{ID}.service.in')
    schema = ElementTree.fromstring(lint.read(f'data/{ID}.gschema.xml')).find('schema')
    desktop = lint.read(f'data/{ID}.desktop.in')
    manifest = json.loads(lint.read(f'flatpak/{ID}.json'))
    values = {
        'meson.build': re.search(r"application_id = '(.*)'", lint.read('meson.build'))[1],
        'metainfo': metainfo.findtext('id'),
        'launchable': metainfo.findtext('launchable').removesuffix('.desktop'),
        'D-Bus name in the metainfo': metainfo.findtext('provides/dbus'),
        'schema': schema.get('id'),
        'icon': re.search(r'^Icon=(.*)$', desktop, re.MULTILINE)[1],
        'D-Bus service': re.search(r'^Name=(.*)$', service, re.MULTILINE)[1].replace('@application_id@', ID),
        'Flatpak': manifest.get('app-id') or manifest.get('id'),
    }
    problems = [f'{place} says {value}' for place, value in values.items() if value != ID]
    if schema.get('path') != PREFIX + '/':
        problems.append(f'the schema\'s path is {schema.get("path")}')
    if not re.search(r'^Exec=.*/refills --gapplication-service$', service, re.MULTILINE):
        problems.append('the D-Bus service does not start --gapplication-service')
    practice = lint.read(f'data/{ID}.Practice.service.in')
    if not re.search(r'^Name=@application_id@\.Practice$', practice, re.MULTILINE) or \
       not re.search(r'^Exec=.*/refills --practice --gapplication-service$', practice, re.MULTILINE):
        problems.append('the D-Bus service of practice mode does not start --practice --gapplication-service')
    # A notification goes to the desktop entry of the instance's name, which is started by that name when it is pressed.
    for path in lint.files('data/*.desktop.in'):
        for key in ('DBusActivatable', 'StartupNotify', 'X-GNOME-UsesNotifications'):
            if f'\n{key}=true\n' not in lint.read(path):
                problems.append(f'{path} has no {key}')
        if not (lint.source_root / 'data' / path.name.replace('.desktop.in', '.service.in')).is_file():
            problems.append(f'{path} has no D-Bus service')
    for key in schema.findall('key'):
        if not key.findtext('summary'):
            problems.append(f'the setting {key.get("name")} has no summary')
    for kind, suffix in (('scalable', ''), ('symbolic', '-symbolic')):
        if not (lint.source_root / f'data/icons/hicolor/{kind}/apps/{ID}{suffix}.svg').is_file():
            problems.append(f'there is no {kind} icon')

    resources = lint.files('src/**/*.gresource.xml', 'data/**/*.gresource.xml')
    if not resources:
        problems.append('there is no gresource')
    for path in resources:
        for group in ElementTree.fromstring(lint.read(path)).findall('gresource'):
            if not (group.get('prefix') + '/').startswith(PREFIX + '/'):
                problems.append(f'{path}: the prefix {group.get("prefix")} is not below {PREFIX}')
    for path in lint.files('src/**/*.c', 'src/**/*.h', 'src/**/*.ui', 'src/**/*.xml', 'data/*'):
        if path.suffix in ('.png',):
            continue
        for number, line in lint.lines(lint.read(path)):
            for match in re.finditer(r'(?:io|com|org)[./]github[./]\w+[./]\w+', line):
                if match[0].replace('/', '.') != ID:
                    problems.append(f'{path}:{number}: {match[0]} is another identifier')
    lint.point('/metadata/one-identifier', problems)


def check_version(metainfo):
    version = json.loads((lint.build_root / 'meson-info/intro-projectinfo.json').read_text())['version']
    printed = run_application('--version')
    sandbox = lint.build_root / 'src' / 'sandbox' / 'refills-sandbox'
    tool = lint.build_root / 'src' / 'cli' / 'refills-cli'
    values = {
        'metainfo': metainfo.find('releases/release').get('version'),
        'NEWS': (re.match(r'Refills ([\d.]+)', lint.read('NEWS')) or [None, None])[1],
        **{str(page): re.search(r'^\.TH .*"Refills ([\d.]+)"', lint.read(page), re.MULTILINE)[1]
           for page in lint.files('data/*.1')},
        'refills --version': (re.search(r'([\d.]+)\s*$', printed.stdout) or [None, printed.stderr])[1],
    }
    problems = [f'{place} says {value}, the build {version}' for place, value in values.items() if value != version]
    if printed.returncode != 0:
        problems.append(f'refills --version ends with {printed.returncode}')
    for program in (sandbox, tool):
        if program.exists():
            result = lint.run(program, '--version', timeout=20)
            if version not in result.stdout:
                problems.append(f'{program.name} --version says {result.stdout.strip()}')
    for path in lint.files('src/**/*.c', 'src/**/*.h', 'src/**/*.ui'):
        for number, line in lint.lines(lint.read(path)):
            if f'"{version}"' in line or f'/{version}' in line or f'>{version}<' in line:
                problems.append(f'{path}:{number}: the version is written out')
    lint.point('/metadata/one-version', problems)


def compare_options(program, helped):
    own = helped.stdout.split('Application Options', 1)[-1]
    printed = set(re.findall(r'^\s+(?:-\w, )?--([a-z-]+)', own, re.MULTILINE)) - {'display'}
    manual = set(re.findall(r'^\.(?:TP\n\.)?[BIR]+ .*?\\-\\-([a-z\\-]+)',
                            lint.read(f'data/{program}.1').split('.SH OPTIONS')[1].split('.SH')[0], re.MULTILINE))
    manual = {name.replace('\\', '') for name in manual} - {'help'}
    problems = []
    if helped.returncode != 0:
        problems.append(f'{program} --help ends with {helped.returncode}: {helped.stderr}')
    problems += [f'{program} --{name} is in the manual page and not in --help' for name in sorted(manual - printed)]
    problems += [f'{program} --{name} is in --help and not in the manual page' for name in sorted(printed - manual)]
    return problems


# The manual page of refills-cli has commands, with options each: tests/cli compares them.
def check_options():
    problems = compare_options('refills', run_application('--help'))
    sandbox = lint.build_root / 'src' / 'sandbox' / 'refills-sandbox'
    if sandbox.exists():
        problems += compare_options('refills-sandbox', lint.run(sandbox, '--help', timeout=20))
    wrong = run_application('--no-such-option')
    if wrong.returncode == 0 or not wrong.stderr:
        problems.append('an unknown option is taken')
    lint.point('/metadata/options-documented', problems)


def main():
    check_tools()
    metainfo = check_metainfo()
    check_identity(metainfo)
    check_version(metainfo)
    check_options()
    lint.finish()


main()
