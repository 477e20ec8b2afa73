# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the money of an order, as a person reads it: part of it, too much, too late, with another coin,
rejected, canceled, paid back."""

import re
import urllib.error

import purchase
from driver import Failure, Profile, run_tests
from test_payment_page import read_clipboard
from test_states import expect, order, shoot, show

PAYABLE = ('Payment QR code', 'Copy Address', 'Copy Payment Request', 'I Pay With')
SOLANA = ('--coin', 'USDC', '--network', 'Solana')


class Outcomes:
    """One sandbox and one window, with an order after the other on its page."""

    def __init__(self, scene):
        self.scene = scene
        self.profile = Profile()
        _, self.url = scene.sandbox('--seed', '7')
        self.window = None
        self.row = 0

    def order(self):
        if self.window:
            self.window.close()
        self.row, made = order(self.scene, self.profile, self.url, *SOLANA)
        self.open()
        self.window.wait_for(None, 'Payment QR code')
        return made

    def open(self):
        self.window = show(self.scene, self.profile, self.url, self.row)

    def put(self, *scenarios):
        for scenario in scenarios:
            purchase.post(f'{self.url}/sandbox/orders/last/state', f'{{"scenario":"{scenario}"}}'.encode())

    def last(self):
        return purchase.get_json(f'{self.url}/sandbox/orders/last')

    def check(self, name, title, *texts, steps=(), support=True, payable=False):
        """That the page says all this, and can be paid, or asked about, or not."""
        window = self.window
        window.wait_for('status', title)
        for text in texts:
            window.wait_for(None, text)
        for step in steps:
            window.wait_for('list item', re.compile(step))
        for label in PAYABLE:
            if bool(window.find(None, label)) != payable:
                raise Failure(f'{name}: “{label}” is {"not " if payable else ""}on the page\n{window.dump()}')
        if not payable:
            address = self.last()['wallet_address']
            if any(address in node.name for node in window.find_all(hidden=True)):
                raise Failure(f'{name}: the address is still there\n{window.dump()}')
        if bool(window.find('push button', 'Create Support Message')) != support:
            raise Failure(f'{name}: support can {"not " if support else ""}be asked\n{window.dump()}')
        shoot(window, name)

    def read_message(self):
        self.window.press('Create Support Message')
        text = self.window.wait_for('label', re.compile(r'Refills .*Order id: ', re.DOTALL)).name
        return text

    def expect_copied(self, title, amount):
        """What the button of a row with an amount copies is the number alone."""
        row = self.window.wait_for('list item', re.compile(f'^{re.escape(title)}(,|$)'))
        self.window.activate(next(node for node in row.descendants() if node.name == 'Copy Amount'))
        self.window.wait_until(lambda: read_clipboard(self.scene) == amount, f'“{title}” is copied as {amount}')


def test_part_then_rest(scene):
    page = Outcomes(scene)
    page.order()
    page.put('partial')
    page.window.wait_for('status', re.compile('^Pay the remaining '))
    last = page.last()
    sent, missing = last['sent_coin_amount'], last['missing_amount']
    page.check('partial', f'Pay the remaining {missing} USDC on Solana',
               re.compile(f'^{re.escape(sent)} USDC came, and {re.escape(missing)} USDC is missing. Send exactly that '
                          'to the same address. The network charges another fee, and the service may close'),
               steps=('^Partly paid: in progress, .*You',), payable=True, support=False)
    expect('what is to be paid', purchase.row_text(page.window, 'Still to Pay'), f'{missing} USDC')
    expect('the address', purchase.row_text(page.window, 'Address'), last['wallet_address'])
    page.expect_copied('Received', sent)
    page.put('started')
    page.check('seen', 'Payment seen', re.compile('^Waiting for the network to confirm it. '), support=False,
               steps=('^Payment seen: in progress, .*The network',))
    page.put('delivering')
    page.check('preparing', 'Preparing your card', support=False)
    page.put('done')
    page.check('rest-paid', 'Done', support=False, steps=('^Delivered: done',))


def test_over(scene):
    page = Outcomes(scene)
    asked = page.order()['coin_amount']
    page.put('over')
    sent = page.last()['sent_coin_amount']
    too_much = f'{sent} USDC came and {asked} USDC was asked for, so {asked} USDC is too much. '
    for name, scenario, title in (('over-seen', 'over', 'Payment seen'),
                                  ('over-preparing', 'delivering', 'Preparing your card'), ('over', 'done', 'Done')):
        page.put(scenario)
        page.check(name, title, re.compile(re.escape(too_much) + 'It is paid back only when Cryptorefills’ support'))
    expect('what is too much', purchase.row_text(page.window, 'Too Much'), f'{asked} USDC')
    for title, amount in (('Received', sent), ('Too Much', asked)):
        page.expect_copied(title, amount)
    text = page.read_message()
    for line in ('More was sent than was asked for. Please pay back what is too much.', f'Amount too much: {asked}\n',
                 f'Amount sent: {sent}\n'):
        if line not in text:
            raise Failure(f'“{line}” is not in the message: {text}')


def test_other_ends(scene):
    """Each is an order's last word, so each needs an order of its own."""
    page = Outcomes(scene)
    page.order()
    page.put('started', 'wrong-coin')
    page.check('wrong-coin', 'Preparing your card', re.compile('It was paid with USDT on Polygon instead of what was'),
               'USDT on Polygon', support=False)
    # Its transaction may be on either chain, but looks like one of Solana.
    if page.window.find('push button', re.compile('^View on ')):
        raise Failure(f'a transaction is looked up on a chain that was not paid on\n{page.window.dump()}')

    page.put('manual-action')
    page.check('manual', 'The service has to act', re.compile('This can take a day. There is nothing more to pay.'),
               re.compile('^If nothing has changed after a day'),
               steps=('^The service has to act: in progress, .*The service',))

    page.put('refunded')
    refund = page.last()['refund']
    page.check('refunded', 'Refunded', re.compile(f'^The service pays {re.escape(refund["amount"])} USDC back.'),
               re.compile('^The service asks by e-mail where to pay it back to'),
               'The service says: ' + refund['reason'].replace('_', ' '), steps=('^Refunded: done',))
    page.expect_copied('Refund', refund['amount'])

    page.order()
    page.put('started', 'rejected')
    page.check('rejected', 'Payment rejected', re.compile('Don’t pay again'), re.compile('can say why'),
               steps=('^Payment rejected: stopped, .*You',))
    page.order()
    page.put('cancelled')
    page.check('canceled', 'Canceled: don’t pay', re.compile('^The order was canceled'),
               re.compile('^If you have paid all the same'), 'Order Again', steps=('^Canceled: stopped',))
    page.order()
    page.put('partial', 'expired')
    page.check('partial-expired', 'Expired: don’t pay any more', re.compile('^Only .* USDC of .* USDC came in time'),
               re.compile('^The rest must not be sent any more'), steps=('^Expired: stopped, .*You',))
    if page.window.find('list item', re.compile('^Missing')):
        raise Failure(f'what must not be sent any more can be copied\n{page.window.dump()}')


def test_late(scene):
    page = Outcomes(scene)
    page.order()
    purchase.post(f'{page.url}/sandbox/clock?forward={20 * 60 + 5}')
    try:
        purchase.post(f'{page.url}/sandbox/orders/last/stream?do=close')
    except urllib.error.HTTPError:
        pass  # none is open just now: it is asked anyway
    page.window.wait_for(None, 'I Have Paid')
    page.check('time-up', re.compile('^Time is up'), steps=('^Time to pay is over: in progress',), support=False)
    # The same when the order is opened again.
    page.window.close()
    page.open()
    page.window.wait_for(None, 'I Have Paid')
    page.check('time-up-again', re.compile('^Time is up'), steps=('^Time to pay is over: in progress',), support=False)
    if page.window.find('list item', re.compile('^Waiting for payment')):
        raise Failure(f'it waits for a payment that must not be made\n{page.window.dump()}')
    page.put('expired')
    page.check('expired', 'Expired: don’t pay', support=False)
    page.put('late')
    page.check('late', 'The service has to act', re.compile('^Your payment came after the time to pay'),
               re.compile('^If nothing has changed after a day'), steps=('^Paid late: done',))
    page.put('delivering', 'done')
    page.check('late-done', 'Done', support=False)


run_tests(test_part_then_rest, test_over, test_other_ends, test_late)
