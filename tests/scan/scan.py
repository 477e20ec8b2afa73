# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for secrets in everything that a program has written, in whatever form they may have got there."""

import base64
import os
import uuid

LARGEST = 256 * 1024 * 1024


def forms(text):
    """The bytes by which a text could be read again, each with a name."""
    plain = text.encode()
    yield 'text', plain
    yield 'UTF-16', text.encode('utf-16-le')
    yield 'UTF-16, the other way', text.encode('utf-16-be')
    yield 'hexadecimal', plain.hex().encode()
    yield 'backwards', plain[::-1]
    yield 'escaped', ''.join(f'%{byte:02x}' for byte in plain).encode()
    # In base64 a text begins at any of three places; its ends depend on what stands beside it.
    for shift in range(3):
        yield f'base64 {shift}', base64.b64encode(b'\0' * shift + plain)[(0, 2, 3)[shift]:-4]
    try:
        yield 'bytes of a UUID', uuid.UUID(text).bytes
        yield 'a UUID without its hyphens', uuid.UUID(text).hex.encode()
    except ValueError:
        pass


def find(data, secrets):
    """Which of the secrets are in some bytes, in upper or lower case: pairs of name and form."""
    lower = data.lower()
    return [(name, form) for name, text in secrets.items() for form, needle in forms(text)
            if needle in data or ('base64' not in form and needle.lower() in lower)]


def files(*folders):
    for folder in folders:
        for path, _, names in os.walk(folder):
            for name in names:
                name = os.path.join(path, name)
                if os.path.isfile(name) and not os.path.islink(name):
                    yield name


def search(secrets, *folders):
    """Looks into every file below these folders, and at its name. Returns what is there that must not be, and how many
    files there are."""
    found, count = [], 0
    for path in files(*folders):
        try:
            with open(path, 'rb') as file:
                data = file.read(LARGEST)
        except FileNotFoundError:
            continue  # gone meanwhile
        count += 1
        found += [(path, *hit) for hit in find(data, secrets) + find(path.encode(), secrets)]
    return found, count


def check_itself(secrets, folder):
    """Whether each secret would be found in each form, in the middle of other bytes: what is missed."""
    missed = []
    for name, text in secrets.items():
        plain = text.encode()
        for form, data in (('text', plain), ('UTF-16', text.encode('utf-16')), ('hexadecimal', plain.hex().upper().encode()),
                           ('backwards', plain[::-1]), *((f'base64 {shift}', base64.b64encode(os.urandom(shift) + plain + b'.'))
                                                         for shift in range(3))):
            path = os.path.join(folder, 'planted')
            with open(path, 'wb') as file:
                file.write(os.urandom(1000) + data + os.urandom(1000))
            if not any(hit[1] == name for hit in search({name: text}, folder)[0]):
                missed.append((name, form))
            os.remove(path)
    return missed
