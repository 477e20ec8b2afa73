# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the browser of a profile."""

import os

from driver import wait


def install_browser(profile):
    """A browser that writes down what it is asked to open. Returns where."""
    opened = os.path.join(profile.folder, 'opened')
    folder = os.path.join(profile.folder, 'data', 'applications')
    script = os.path.join(profile.folder, 'browser')
    os.makedirs(folder, exist_ok=True)
    with open(script, 'w', encoding='utf-8') as file:
        file.write(f'#!/bin/sh\nprintf "%s\\n" "$@" > {opened}.new && mv {opened}.new {opened}\n')
    os.chmod(script, 0o755)
    schemes = 'x-scheme-handler/http;x-scheme-handler/https;'
    with open(os.path.join(folder, 'browser.desktop'), 'w', encoding='utf-8') as file:
        file.write(f'[Desktop Entry]\nType=Application\nName=Browser\nExec={script} %u\nMimeType={schemes}\n')
    with open(os.path.join(folder, 'mimeapps.list'), 'w', encoding='utf-8') as file:
        file.write('[Default Applications]\nx-scheme-handler/http=browser.desktop\n'
                   'x-scheme-handler/https=browser.desktop\n')
    return opened


def read(path):
    wait(lambda: os.path.exists(path), 'the browser is opened')
    with open(path, encoding='utf-8') as file:
        return file.read()
