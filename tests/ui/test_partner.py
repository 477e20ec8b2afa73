# SPDX-License-Identifier: GPL-3.0-or-later
"""The question for a partner ID: once, at the first start with the service itself, and never where it would go to
another server. Those starts have no network at all, so that the service is not asked for anything."""

import purchase
from driver import Failure, Profile, run_tests

TITLE = 'Partner ID'
# Settings that outlive the program, in the profile.
KEPT = {'GSETTINGS_BACKEND': 'keyfile'}


def start(scene, profile, *arguments):
    window = scene.window(*arguments, profile=profile, environment=KEPT, offline=True)
    window.wait_for('push button', 'Try Again')
    return window


def check_not_asked(window):
    if window.find('push button', 'Save'):
        raise Failure(f'the question is there again\n{window.dump()}')
    window.close()


def test_asked_once(scene):
    profile = Profile()
    window = start(scene, profile)
    window.wait_for('label', lambda name: 'account information page' in name and 'without' in name)
    window.close_dialog(TITLE)
    window.close()
    check_not_asked(start(scene, profile))


def test_saved(scene):
    profile = Profile()
    window = start(scene, profile)
    window.fill(TITLE, 'zwölf')
    window.press('Save')
    window.wait_for('label', lambda name: name.startswith('The partner ID'))
    window.fill(TITLE, ' partner-12 ')
    window.press('Save')
    window.wait_gone('push button', 'Save')
    window.close()
    with open(f'{profile.folder}/config/glib-2.0/settings/keyfile', encoding='utf-8') as file:
        if "partner-id='partner-12'" not in file.read():
            raise Failure('the partner ID is not kept')
    check_not_asked(start(scene, profile))


def test_not_asked_where_there_is_one(scene):
    check_not_asked(start(scene, Profile(), '--partner-id', 'partner-12'))


def test_not_asked_in_practice(scene):
    window = scene.window('--practice', environment=KEPT)
    purchase.wait_for_catalogue(window)
    check_not_asked(window)


run_tests(test_asked_once, test_saved, test_not_asked_where_there_is_one, test_not_asked_in_practice)
