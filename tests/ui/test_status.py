# SPDX-License-Identifier: GPL-3.0-or-later
"""Where an order stands, in steps, and how news of it comes: as it is named for a screen reader."""

import re

import purchase
from driver import Failure, Profile, run_tests

CLOCK = r'\d\d:\d\d'


def steps(window):
    """The names of the steps, each with how far it is."""
    progress = window.find('list', 'Progress')
    return [node.name for node in progress.children if node.role == 'list item'] if progress else []


def expect_steps(window, *patterns):
    def match():
        names = steps(window)
        return len(names) == len(patterns) and all(re.fullmatch(pattern, name)
                                                   for pattern, name in zip(patterns, names))
    window.wait_until(match, f'the steps {patterns}')


def test_steps_of_an_order(scene):
    server = scene.server()
    profile = Profile()
    window = scene.window('--api-url', server.url, profile=profile)
    window.resize(360, 720)
    purchase.buy_to_payment(window, server.brand)
    ordered = f'Ordered: done, {CLOCK}'
    expect_steps(window, ordered, 'Waiting for payment: in progress, You',
                 'Preparing: not yet', 'Delivery: not yet')
    server.pay()
    expect_steps(window, ordered,
                 f'Payment seen: in progress, {CLOCK}, The network · Usually takes a few minutes',
                 'Preparing: not yet', 'Delivery: not yet')
    server.deliver()
    expect_steps(window, ordered, f'Paid: done, {CLOCK}', f'Prepared: done(, {CLOCK})?', f'Delivered: done, {CLOCK}')
    # No wider than a phone.
    widest = max(node.box[0] + node.box[2] for node in window.read() if node.is_in('showing'))
    if widest > 360:
        raise Failure(f'something is {widest} pixels wide\n' + window.dump())
    before = steps(window)
    window.close()

    # From the disk, the server gone.
    server.close()
    window = scene.window('--api-url', server.url, profile=profile)
    purchase.open_order(window, f'{server.brand}, ${server.value}, Done')
    window.wait_until(lambda: steps(window) == before, f'the steps {before} after a restart')
    window.close()


def test_connection_of_an_order(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    purchase.buy_to_payment(window, server.brand)
    window.wait_for('status', 'Updating live')
    server.close()
    window.wait_until(lambda: not window.find('status', 'Updating live'), 'the connection is not live any more')
    # Each second another number, and the reason beside it as it was.
    first = window.wait_for('label', re.compile(r'^Next try in \d+ seconds?$'), 20).name
    window.wait_until(lambda: any(name.startswith('Next try in') and name != first for name in window.texts()),
                      'the seconds are counted')
    window.close()


run_tests(test_steps_of_an_order, test_connection_of_an_order)
