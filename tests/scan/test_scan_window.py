# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole purchase in the window leaves no code, order id, e-mail or payment address in clear: not in the data folder,
the cache, the settings, the log, the folder for temporary files or the one for sockets; while it runs, after it was
killed, and after it has ended."""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'ui')]

import purchase
import scan
from driver import Failure, Profile, run_tests

EMAIL = 'grace.hopper.1906@example.com'


class Watch:
    """What one person's programs have written, and what must not be in it."""

    def __init__(self, server):
        self.profile = Profile()
        self.secrets = {'e-mail': EMAIL, 'address': server.address, 'order id': server.order_id, 'code': server.code,
                        'serial number': server.serial}
        self.temporary = os.path.join(self.profile.folder, 'tmp')
        os.mkdir(self.temporary)
        # Settings go into a file here, and the log says all that it can say.
        self.environment = {'GSETTINGS_BACKEND': 'keyfile', 'G_MESSAGES_DEBUG': 'all', 'TMPDIR': self.temporary,
                            'SECRET_FILE_TEST_PATH': os.path.join(self.profile.folder, 'keyring')}
        missed = scan.check_itself(self.secrets, self.profile.folder)
        if missed:
            raise Failure(f'what was planted is not found: {missed}')

    def open(self, scene, server):
        return scene.window('--api-url', server.url, profile=self.profile, environment=self.environment)

    def look(self, when, window):
        found, count = scan.search(self.secrets, self.profile.folder, os.environ['XDG_RUNTIME_DIR'])
        said = scan.find(window.output().encode(), self.secrets)
        if found or said:
            raise Failure(f'{when}: in files {found}, in the log {said}')
        print(f'# {when}: {count} files and {len(window.output())} characters of log', flush=True)

    def check_reading(self, server):
        """That what the program keeps in clear is found there: the brand in the database, the size in the settings."""
        database, _ = scan.search({'brand': server.brand}, os.path.join(self.profile.folder, 'data'))
        settings, _ = scan.search({'key': 'window-width'}, os.path.join(self.profile.folder, 'config'))
        if not any('.db' in path for path, *_ in database) or not settings:
            raise Failure(f'not even what is in clear is found: {database}, {settings}')


def test_whole_purchase(scene):
    server = scene.server()
    watch = Watch(server)
    window = watch.open(scene, server)
    purchase.wait_for_catalogue(window, server.brand)
    purchase.open_brand(window, server.brand)
    purchase.choose_value(window, lambda name: ' USDC' in name)
    purchase.fill_in(window, EMAIL)
    purchase.wait_for_total(window)
    watch.look('before the order', window)
    purchase.place_order(window)
    watch.look('on the payment page', window)
    server.pay()
    window.wait_for(None, 'Payment seen')
    window.kill()
    watch.look('after a kill', window)

    window = watch.open(scene, server)
    purchase.open_order(window, lambda name: name.startswith(server.brand))
    server.deliver()
    purchase.wait_until_done(window)
    if purchase.reveal_code(window) != server.code:
        raise Failure('the code is another')
    window.kill()
    watch.look('killed with the code on the page', window)

    window = watch.open(scene, server)
    purchase.open_order(window, lambda name: name.startswith(server.brand))
    if purchase.reveal_code(window) != server.code:
        raise Failure('the code is another after the kill')
    watch.look('with the code on the page', window)
    window.resize(800, 700)
    window.close()
    watch.look('after the end', window)
    watch.check_reading(server)


run_tests(test_whole_purchase)
