# SPDX-License-Identifier: GPL-3.0-or-later
"""Buys one gift card in the real window, from outside and by visible names, and checks it against the server.

tour.py BUILD-FOLDER PICTURE-FOLDER [--styles light,dark,narrow] [--brand NAME]

Prints each step and leaves a picture of every page. Ends with status 0 only where the code in the window is the one
in the server's own log, the QR code in the picture says what the page says, and no program complained.
"""

import argparse
import os
import sys
import time

import purchase
from driver import Failure, Profile, Scene, Window

STYLES = {
    'light': ((1000, 700), {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'}),
    'dark': ((1000, 700), {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'narrow': ((360, 720), {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'}),
}


class Tour:
    """One purchase in one style."""

    def __init__(self, scene, style, brand, folder):
        self.scene = scene
        self.style = style
        self.brand = brand
        self.folder = folder
        self.begin = time.monotonic()
        self.window = None

    def say(self, text):
        print(f'[{time.monotonic() - self.begin:5.1f} s] {text}', flush=True)

    def picture(self, page):
        name = page if self.style == 'light' else f'{page}-{self.style}'
        return self.window.shoot(os.path.join(self.folder, f'{name}.png'))

    def expect(self, what, in_window, elsewhere, where):
        if in_window != elsewhere:
            raise Failure(f'{what}: the window says “{in_window}”, {where} says “{elsewhere}”')
        self.say(f'{what} is the same in the window and in {where}: {in_window}')

    def check_practice(self):
        if not self.window.says(purchase.PRACTICE):
            raise Failure('the page does not say that nothing is real\n' + self.window.dump())

    def walk(self):
        size, environment = STYLES[self.style]
        self.say(f'Start Refills in practice mode, with a new home folder ({self.style}).')
        self.window = self.scene.window('--practice', profile=Profile(self.style), environment=environment)
        server = self.window.wait_for_output(r'practice server listens at (\S+)')
        if self.window.size() != size:
            taken = self.window.resize(*size)
            self.say(f'Resize the window to {size[0]}×{size[1]}; it takes {taken[0]}×{taken[1]}.')

        purchase.wait_for_catalogue(self.window)
        self.check_practice()
        self.say('The catalogue is there: ' + ', '.join(
            node.name for node in self.window.find_all('table cell')[:4]) + ', …')
        self.picture('brands')

        self.say(f'Search “{self.brand.lower()}” and open {self.brand}.')
        purchase.search(self.window, self.brand.lower(), self.brand)
        purchase.open_brand(self.window, self.brand)
        self.check_practice()
        self.picture('brand')

        value = purchase.choose_value(self.window, lambda name: ' USDC' in name)
        self.say(f'Choose “{value}” and Continue.')
        self.check_practice()
        coin, network = purchase.row_choice(self.window, 'Coin'), purchase.chosen_network(self.window)
        self.say(f'Enter the e-mail address {purchase.EMAIL}; pay with {coin} on {network}.')
        purchase.fill_in(self.window)
        total = purchase.wait_for_total(self.window)
        self.say(f'The server has validated the total: {total}.')
        self.picture('checkout')

        self.say('Place Order.')
        purchase.place_order(self.window)
        self.check_practice()
        if not self.window.says('Don’t send money'):
            raise Failure('the payment page does not say “Don’t send money”')
        amount, address, network_text = purchase.read_payment(self.window)
        self.say(f'The page asks for {amount} to {address} ({network_text}).')
        self.expect('The total', amount, total, 'the checkout')
        self.picture('payment')
        self.check_payment(server, amount, address, network)

        self.say('Simulate Payment.')
        self.window.press('Simulate Payment')
        purchase.wait_until_done(self.window)
        self.say('Done. Reveal Code.')
        code = purchase.reveal_code(self.window)
        self.picture('done')
        order = purchase.get_json(server + '/sandbox/codes')['orders'][-1]
        self.say(f'Code in the window:       {code}')
        self.say(f'Code in the server’s log: {order["codes"][0]["pin_code"]}')
        self.expect('The code', code, order['codes'][0]['pin_code'], 'the server’s log')

        self.say('Go back and look at the orders.')
        self.window.press('Back')
        self.window.press('Orders', 'tab')
        row = self.window.wait_for('list item', lambda name: name.startswith(self.brand + ', '))
        self.check_practice()
        self.say(f'The list has “{row.name}”.')
        self.picture('orders')
        self.look_at_top_up('Kestrel Mobile Credits')
        self.say('Quit.')
        self.window.close()

    def look_at_top_up(self, brand):
        """Its values in rows, and its checkout with a number that is none."""
        self.say(f'Look at the top-ups of {brand}.')
        self.window.press('Brands', 'tab')
        purchase.search(self.window, brand.lower(), brand)
        purchase.open_brand(self.window, brand)
        self.check_practice()
        self.picture('top-up')
        self.window.activate(self.window.wait_for('radio button', lambda name: 'Straight to the phone' in name))
        self.window.press('Continue')
        self.window.fill('Phone Number', '555 1234')
        self.window.wait_for('alert', lambda text: text.startswith('Enter the number with its country code'))
        self.check_practice()
        self.picture('top-up-checkout')

    def check_payment(self, server, amount, address, network):
        """Page, picture and server must say the same; the QR code is read from a picture of the screen."""
        order = purchase.get_json(server + '/sandbox/codes')['orders'][-1]
        self.expect('The amount', amount, f'{order["coin_amount"]} {order["coin"]}', 'the server’s log')
        self.expect('The address', address, order['wallet_address'], 'the server’s log')
        self.expect('The network', network, order['network'], 'the server’s log')
        path = purchase.shoot_code(self.window, os.path.join(self.folder, 'qr.png'))
        found = self.window.read_code(path)
        if not found or address not in found[0]:
            raise Failure(f'the QR code says {found}, the page says {address}')
        self.say(f'The QR code in the picture, read by zbarimg, says: {found[0]}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('folder')
    parser.add_argument('--styles', default='light')
    parser.add_argument('--brand', default='Steam')
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    begin = time.monotonic()

    for style in options.styles.split(','):
        scene = Scene(f'tour {style}', os.path.abspath(options.build))
        tour = Tour(scene, style, options.brand, options.folder)
        passed = False
        try:
            tour.walk()
            passed = True
        except Failure as failure:
            print(f'FAILED: {failure}', flush=True)
        try:
            scene.end(passed)
        except Failure as failure:
            print(f'FAILED: {failure}', flush=True)
            passed = False
        if not passed:
            sys.exit(1)
    print(f'The pictures are in {options.folder}. Everything was equal. {time.monotonic() - begin:.0f} s.')


if __name__ == '__main__':
    main()
