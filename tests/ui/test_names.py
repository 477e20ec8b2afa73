# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks every page: each control has a name of its own, the practice strip is there, and 360 pixels are enough."""

import re

import purchase
from driver import Failure, run_tests, wait

CLASS_NAME = re.compile(r'^(Gtk|Adw|Refills|Gdk)[A-Z]')
CONTROLS = {'push button', 'toggle button', 'check box', 'radio button', 'switch', 'link', 'text box', 'text',
            'search box', 'entry', 'spin button', 'combo box', 'table cell', 'list item', 'menu item', 'tab', 'slider'}
# What libadwaita and GTK put inside a control that has a name; the control is what is operated.
NAMED_FROM_OUTSIDE = {'combo box'}
# Rows that only hold rows: an AdwExpanderRow is one, with its own header row inside.
NARROW = (360, 640)


def complain_about(node):
    """Why a control's name will not do, or None."""
    if node.role not in CONTROLS:
        return None
    if any(ancestor.role in NAMED_FROM_OUTSIDE for ancestor in node.ancestors()):
        return None
    if any(child.role in CONTROLS and child.name for child in node.descendants()) and not node.is_in('focusable'):
        return None
    if not node.name.strip():
        return 'has no name'
    if CLASS_NAME.match(node.name):
        return 'is named like a class'
    return None


def check_names(window, page):
    nodes = window.read()
    complaints = [f'{node!r} {complain_about(node)}, in {[a for a in node.ancestors() if a.name][:2]}'
                  for node in nodes if complain_about(node)]
    if not any(node.role in CONTROLS for node in nodes):
        raise Failure(f'{page}: nothing was found')
    if complaints:
        raise Failure(f'{page}:\n' + '\n'.join(complaints) + '\n' + window.dump())


def check_page(window, page, practice=True):
    """Names, strip and width of the page that is open."""
    check_names(window, page)
    if window.says(purchase.PRACTICE) != practice:
        raise Failure(f'{page}: the practice strip is wrong\n{window.dump()}')

    size = window.size()
    # GTK 4.18 leaves the paddings of all that is around a thing out of its place.
    slack = 40 if window.read()[0].box[0] < 0 else 0
    taken = window.resize(*NARROW)
    if taken[0] > NARROW[0]:
        raise Failure(f'{page} is {taken[0]} pixels wide at least')

    def is_cut(node):
        x, y, width, height = node.box
        # A grid leaves the cells that are out of sight where they once were.
        if any(cell.role == 'table cell' and cell not in cell.parent.children[:4] for cell in [node, *node.ancestors()]):
            return False
        return (node.role in CONTROLS | {'label', 'status', 'image'} and y < taken[1] and y + height > 0
                and (x < -slack or x + width > taken[0]))

    def list_cut():
        return [f'{node!r} {node.box}' for node in window.read() if is_cut(node)]
    wait(lambda: not list_cut(), lambda: f'{page} within {NARROW[0]} pixels; beyond are {list_cut()[:10]}', 5)
    window.resize(*size)


def check_open_list(window, title):
    """The choices of a row have names of their own, and the one that is chosen is told."""
    window.wait_for('combo box', title)
    window.activate_cell(window.find('combo box', title))
    wait(lambda: purchase.list_choices(window, title), f'the list of {title} is open', 5)
    for item, text in purchase.list_choices(window, title):
        if not text or item.name != text:
            raise Failure(f'the choice “{text}” of {title} is named “{item.name}”\n{window.dump()}')
    check_names(window, f'the list of {title}')
    window.key('Escape')
    wait(lambda: not purchase.list_choices(window, title), f'the list of {title} is closed', 5)


def buy_up_to_payment(window, brand, check, has_choice=True):
    purchase.wait_for_catalogue(window, brand)
    check('brands')
    purchase.open_brand(window, brand)
    check('brand')
    purchase.choose_value(window, lambda name: ' USDC' in name)
    check('checkout')
    if has_choice:
        check_open_list(window, 'Coin')
    purchase.fill_in(window)
    purchase.wait_for_total(window)
    check('checkout with a total')
    purchase.place_order(window)
    check('payment')


def test_pages_in_practice(scene):
    window = scene.window('--practice')

    def check(page):
        check_page(window, page)
    window.press('Orders', 'tab')
    window.wait_for(None, 'No Orders Yet')
    check('orders, empty')
    window.press('Brands', 'tab')
    buy_up_to_payment(window, 'Steam', check)
    if not window.says('Don’t send money'):
        raise Failure('the payment page does not warn')
    window.press('Simulate Payment')
    purchase.wait_until_done(window)
    check('done')
    purchase.reveal_code(window)
    check('done, revealed')
    if window.says('Don’t send money'):
        raise Failure('a page without a payment warns of paying')
    window.press('Back')
    window.press('Orders', 'tab')
    window.wait_for('list item', 'Steam, $10, Done')
    check('orders')
    window.close()


def test_a_range_and_a_search_without_results(scene):
    window = scene.window('--practice')
    purchase.wait_for_catalogue(window)
    window.fill('Search brands', 'qqqqqq')
    window.wait_for(None, 'No Results Found')
    check_page(window, 'no results')
    window.press('Clear Search')
    purchase.wait_for_catalogue(window)  # the press takes effect a moment later
    purchase.search(window, 'airbnb', 'Airbnb')
    purchase.open_brand(window, 'Airbnb')
    check_page(window, 'brand with a range')
    window.fill('Amount', '1')
    window.wait_for(None, re.compile('^Enter an amount between'))
    check_page(window, 'brand with a complaint')
    window.close()


def test_rows_and_fields_of_other_kinds(scene):
    window = scene.window('--practice')
    purchase.wait_for_catalogue(window)
    purchase.search(window, 'kestrel credits', 'Kestrel Mobile Credits')
    purchase.open_brand(window, 'Kestrel Mobile Credits')
    check_page(window, 'brand with rows')
    window.activate(window.find('radio button', re.compile('^.10, Straight to the phone')))
    window.press('Continue')
    window.wait_for('push button', 'Place Order')
    window.fill('Phone Number', '5')
    window.wait_for(None, re.compile('^Enter the number with its country code'))
    extras = window.find('list item', 'Coupon and Refund Address')
    window.click(next(node for node in extras.descendants() if node.role == 'list item'))
    window.fill('Coupon', 'COUPON_EXPIRED')
    window.fill('Phone Number', '+14155551234')
    purchase.fill_in(window)
    window.wait_for(None, re.compile('^This coupon was good until'))
    check_page(window, 'checkout of a top-up')
    window.close()

    window = scene.window('--practice')
    purchase.wait_for_catalogue(window)
    purchase.search(window, 'rewarble', 'Rewarble')
    window.activate_cell(window.wait_for('table cell', 'Rewarble'))
    window.wait_for('link', 'Open www.cryptorefills.com')
    check_page(window, 'brand that needs an account')
    window.close()


def test_a_server_of_its_own_is_not_practice(scene):
    server = scene.server()
    window = scene.window('--api-url', server.url)
    buy_up_to_payment(window, server.brand, lambda page: check_page(window, page, practice=False), has_choice=False)
    if window.says('Don’t send money'):
        raise Failure('a real payment page says not to pay')
    window.close()


def test_menu_shortcuts_and_about(scene):
    window = scene.window('--practice')
    purchase.wait_for_catalogue(window)

    for item, title in (('Keyboard Shortcuts', re.compile('Keyboard Shortcuts')), ('About Refills', re.compile('About'))):
        window.press('Main Menu', is_inner_button)
        window.wait_for('menu item', item)
        check_names(window, 'menu')
        window.press(item, 'menu item')
        dialog = window.wait_for(lambda role: role in ('dialog', 'window'), title)
        check_names(window, item)
        window.close_dialog(dialog.name)
    window.close()


def is_inner_button(role):
    return role in ('push button', 'toggle button')


run_tests(test_pages_in_practice, test_a_range_and_a_search_without_results, test_rows_and_fields_of_other_kinds,
          test_a_server_of_its_own_is_not_practice, test_menu_shortcuts_and_about)
