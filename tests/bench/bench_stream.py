#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event-stream parser beside npm's eventsource-parser, on the same 100 MB of events that look like orders.

bench_stream.py BENCH-STREAM FOLDER

Both read the same bytes in the same pieces, turn about. The reference is fetched into FOLDER with npm, once. Exits 1
where ours is less than LEAST_RATIO times as fast.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

REFERENCE = 'eventsource-parser'
VERSION = '4.1.3'
FILE_BYTES = 100_000_000
PAIRS = 5
ROUNDS = 4
LEAST_RATIO = 3.0


def write_events(path):
    delivery = {'id': '521def0e-7b78-48d9-b907-b4ed130e3015', 'delivery_state': 'Succeeded', 'kind': 'giftcard',
                'deliverable': {'denomination': '25 USD', 'localized_denomination': '25 $', 'family': 'Café',
                                'brand_name': 'Café', 'beneficiary_account': 'ada@example.com',
                                'pin_code': '4GYY-77HKKG-2J6M',
                                'redeem_instructions': '<ol><li>Besuchen Sie die Seite für Gutscheine</li></ol>' * 3}}
    order = {'order_id': '0d2c9d55-1111-4bbb-8ccc-000000000001', 'order_state': 'WaitingForDelivery',
             'payment_state': 'PaymentReceived', 'coin': 'BTC', 'coin_amount': '0.00032833', 'network': 'Lightning',
             'wallet_address': 'lnbc328330n1p' + 'q' * 250, 'qr_url': None, 'deliveries': [delivery]}
    written = number = 0

    with open(path, 'wb') as file:
        while written < FILE_BYTES:
            order['updated_at'] = str(1787679708 + number)
            comment = ': keep-alive\n\n' if number % 4 == 0 else ''
            event = f'{comment}id: {number}\ndata: {json.dumps(order, ensure_ascii=False)}\n\n'.encode()
            written += file.write(event)
            number += 1

    return number


def fetch_reference(folder):
    script = os.path.join(folder, 'bench_stream.mjs')

    os.makedirs(folder, exist_ok=True)
    shutil.copy(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'bench_stream.mjs'), script)
    if not os.path.isdir(os.path.join(folder, 'node_modules', 'eventsource-parser')):
        subprocess.run(['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', '--silent',
                        '@'.join((REFERENCE, VERSION))], check=True, timeout=120)

    return script


def run(command, expected):
    fields = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout.split()
    if int(fields[0]) != expected:
        raise SystemExit(f'{command[0]} found {fields[0]} events instead of {expected}')
    return [float(field) for field in fields[2:]]


def main():
    program, folder = sys.argv[1:]
    ours, theirs, decoded = [], [], []

    script = fetch_reference(folder)
    with tempfile.TemporaryDirectory() as temporary:
        path = os.path.join(temporary, 'events')
        expected = write_events(path)
        for _ in range(PAIRS):
            ours += run([program, path, str(ROUNDS)], expected)
            from_bytes, from_text = run(['node', script, path, str(ROUNDS)], expected)
            theirs.append(from_bytes)
            decoded.append(from_text)

    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f'{expected} events, {FILE_BYTES / 1e6:.0f} MB, {PAIRS} pairs: ours {statistics.median(ours):.1f} ms, '
          f'{REFERENCE} {VERSION} {statistics.median(theirs):.1f} ms from bytes '
          f'({statistics.median(decoded):.1f} ms where the text was decoded before the clock ran)')
    print(f'{ratio:.1f} times as fast, at least {LEAST_RATIO:.1f}; '
          f'{statistics.median(decoded) / statistics.median(ours):.1f} times where only we decode')
    print('within the limit' if ratio >= LEAST_RATIO else 'over the limit')

    return 0 if ratio >= LEAST_RATIO else 1


if __name__ == '__main__':
    sys.exit(main())
