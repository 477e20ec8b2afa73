# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of buying one gift card in the window, by visible names."""

import json
import re
import urllib.request

from driver import Failure

PRACTICE = 'Practice mode: nothing here is real'
EMAIL = 'ada@example.com'


def get_json(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)


def post(url, body=b''):
    request = urllib.request.Request(url, data=body, method='POST', headers={'Content-Type': 'application/json'})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def wait_for_catalogue(window, brand=None, deadline=10):
    return window.wait_for('table cell', brand, deadline)


def search(window, words, brand):
    window.fill('Search brands', words)
    return window.wait_for('table cell', brand)


def open_brand(window, brand):
    window.activate_cell(window.wait_for('table cell', brand))
    window.wait_for('push button', 'Back')
    window.wait_for('label', 'Choose a Value')


def choose_value(window, name, role='push button'):
    """A fixed value, by its button: “$10, 11.47 USDC”. Returns the button's whole name."""
    button = window.wait_for(role, name)
    window.activate(button)
    window.press('Continue')
    window.wait_for('push button', 'Place Order')
    return button.name


def fill_in(window, email=EMAIL):
    window.fill('E-mail', email)


def wait_for_total(window):
    """Waits until the order can be placed; returns the validated total."""
    window.wait_until(lambda: any(node.is_in('sensitive') for node in window.find_all('push button', 'Place Order')),
                      'Place Order can be pressed')
    return row_text(window, 'Total')


def row_text(window, title):
    """What stands in the row of this title, beside the title and its buttons."""
    row = window.wait_for('list item', re.compile(f'^{re.escape(title)}(,|$)'))
    texts = [node.name for node in window.find_all('list item', row.name)[0].descendants()
             if node.role in ('label', 'status') and node.name not in ('', title, 'GtkLabel')]
    if not texts:
        raise Failure(f'nothing stands in the row {title}\n{window.dump()}')
    return texts[0]


def place_order(window, deadline=15):
    window.press('Place Order')
    window.wait_for(None, 'Payment QR code', deadline)


def read_payment(window):
    """Amount, address and network as the page has them."""
    return row_text(window, 'Amount'), row_text(window, 'Address'), row_text(window, 'Network')


def wait_until_done(window, deadline=15):
    window.wait_for(None, 'Done', deadline)


def reveal_code(window, deadline=10):
    """Presses Reveal Code; returns what then stands there."""
    window.press('Reveal Code', deadline=deadline)
    window.wait_for('push button', 'Hide Code')
    return row_text(window, 'Code')


def row_choice(window, title):
    """What is chosen in a row with a list of choices."""
    row = window.wait_for('combo box', title)
    listed = {id(node) for item in row.descendants() if item.role == 'list' for node in item.descendants()}
    texts = [node.name for node in row.descendants() if node.role == 'label' and id(node) not in listed]
    chosen = [text for text in texts if text not in ('', title)]
    return chosen[0] if chosen else None


def chosen_network(window):
    """The title of the network that is chosen: its row's name up to the first comma."""
    rows = [node for node in window.find_all('radio button') if node.is_in('checked')]
    return rows[0].name.split(',')[0] if rows else None


def network_row(window, title):
    return window.wait_for('radio button', re.compile(f'^{re.escape(title)}(,|$)'))


def shoot_code(window, path, name='Payment QR code'):
    """A picture in which the whole QR code can be seen."""
    x, y, width, height = window.wait_for(None, name).extents()
    if y + height > window.size()[1]:
        size = window.size()
        window.resize(size[0], min(y + height + 40, 980))
    return window.shoot(path)


def buy_to_payment(window, brand):
    """Everything up to the payment page, in a window that has just been opened."""
    wait_for_catalogue(window)
    search(window, brand.lower(), brand)
    open_brand(window, brand)
    choose_value(window, lambda name: ' USDC' in name)
    fill_in(window)
    wait_for_total(window)
    place_order(window)


def open_order(window, name):
    """Goes to the list of orders and opens the one whose row has this name."""
    window.press('Orders', 'tab')
    window.activate_cell(window.wait_for('list item', name))
    window.wait_for('push button', 'Back')


def list_choices(window, title):
    """The open list of a row with choices: its items with their texts, empty while the list is closed."""
    row = window.find('combo box', title)
    lists = [node for node in row.descendants() if node.role == 'list'] if row else []
    return [(item, next((node.name for node in item.descendants() if node.role == 'label'), ''))
            for opened in lists for item in opened.descendants() if item.role == 'list item']


def choose_by_keyboard(window, title, value):
    """Chooses in the row that has the focus: opens its list, walks up it, and takes the value."""
    window.key('Return')

    def find_focused():
        return next((text for item, text in list_choices(window, title) if item.is_in('focused')), None)
    window.wait_until(find_focused, f'the list of {title} is open')
    # No key leads to what cannot be chosen.
    choices = [text for item, text in list_choices(window, title) if item.is_in('sensitive')]
    position = choices.index(value) if value in choices else 0
    window.key('Home')
    window.wait_until(lambda: find_focused() == choices[0], f'Home leads to {choices[0]}')
    for text in choices[1:position + 1]:
        window.key('Down')
        window.wait_until(lambda text=text: find_focused() == text, f'Down leads to {text}')
    if find_focused() != value:
        raise Failure(f'{value} is not in the list of {title}\n{window.dump()}')
    window.key('Return')
    window.wait_until(lambda: row_choice(window, title) == value and not list_choices(window, title),
                      f'{value} is chosen as {title}')
