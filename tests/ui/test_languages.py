# SPDX-License-Identifier: GPL-3.0-or-later
"""Buys a card in each language: no page has a text left in English, none is wider for it than 360 pixels, and an
amount is the same in every language, whatever the language writes between whole and broken numbers."""

import gettext
import os
import tempfile

import purchase
from driver import Failure, run_tests, run_tool

LOCALES = {'de': 'de_DE', 'es': 'es_ES'}
NARROW = (360, 720)


class Language:
    """The application's words in one language, and an environment that speaks it."""

    def __init__(self, code, build):
        self.words = gettext.translation('refills', os.path.join(build, 'po'), [code])
        self.folder = tempfile.TemporaryDirectory()
        # A system need not have the locale, and may ignore LANGUAGE where it has none but C.
        name = f'{LOCALES[code]}.UTF-8'
        run_tool('localedef', '-i', LOCALES[code], '-f', 'UTF-8', os.path.join(self.folder.name, name))
        self.environment = {'LOCPATH': self.folder.name, 'LC_ALL': name, 'LANGUAGE': code,
                            'REFILLS_LOCALEDIR': os.path.join(build, 'po')}
        said = set(self.words._catalog.values())
        english = (key.rsplit('\x04', 1)[-1] for key in self.words._catalog if isinstance(key, str))
        # What means the same in both is no mistake.
        self.english = {text for text in english if text and text not in said}

    def say(self, text):
        said = self.words.gettext(text)
        if said == text:
            raise Failure(f'“{text}” has no translation')
        return said

    def check(self, window, page):
        left = [node for node in window.read() if node.name in self.english]
        if left:
            raise Failure(f'{page} is not translated: {left}\n{window.dump()}')
        width = window.size()[0]
        if width > NARROW[0]:
            raise Failure(f'{page} is {width} pixels wide at least')


def buy(scene, language):
    say = language.say
    window = scene.window('--practice', environment=language.environment)
    server = window.wait_for_output(r'http://127\.0\.0\.1:\d+')
    window.resize(*NARROW)

    purchase.wait_for_catalogue(window)
    window.wait_for(None, say(purchase.PRACTICE))
    language.check(window, 'the catalogue')
    window.fill(say('Search brands'), 'steam')
    window.activate_cell(window.wait_for('table cell', 'Steam'))
    window.activate(window.wait_for('push button', lambda name: ' USDC' in name))
    language.check(window, 'the brand')

    window.press(say('Continue'))
    order = window.wait_for('push button', say('Place Order')).name
    window.fill(say('E-mail'), purchase.EMAIL)
    window.wait_until(lambda: any(node.is_in('sensitive') for node in window.find_all('push button', order)),
                      'the order can be placed')
    language.check(window, 'the checkout')
    window.press(order)

    window.wait_for(None, say('Payment QR code'))
    language.check(window, 'the payment')
    made = purchase.get_json(server + '/sandbox/codes')['orders'][-1]
    amount = purchase.row_text(window, say('Amount'))
    if amount != f'{made["coin_amount"]} {made["coin"]}':
        raise Failure(f'the window asks for “{amount}”, the server for {made["coin_amount"]} {made["coin"]}')

    window.press(say('Simulate Payment'))
    window.wait_for(None, say('Done'), 15)
    window.press(say('Reveal Code'))
    window.wait_for('label', made['codes'][0]['pin_code'])
    language.check(window, 'the delivery')

    window.press(say('Back'))
    window.press(say('Orders'), 'tab')
    window.wait_for('list item', lambda name: name.startswith('Steam, '))
    language.check(window, 'the orders')
    window.close()


def test_german(scene):
    buy(scene, Language('de', scene.build))


def test_spanish(scene):
    buy(scene, Language('es', scene.build))


run_tests(test_german, test_spanish)
