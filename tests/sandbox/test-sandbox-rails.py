# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way to pay from a wallet: the address passes the checks of its chain, the text of the QR code says the same as
the order, a transaction looks like one of the chain. The checks are written here anew, from the specifications."""

import base64
import binascii
import hashlib
import re

from sandbox_program import Server, check, finish, make_body, make_line

BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz'
BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

# What no wallet pays by these names: for clients that must say so.
UNKNOWN = {('XRP', 'XRP Ledger'), ('OKT', 'OKEx Mainnet')}


def keccak256(data):
    """FIPS 202's permutation with the padding that Ethereum uses; one block."""
    mask = (1 << 64) - 1

    def rotate(word, bits):
        return ((word << bits) | (word >> (64 - bits))) & mask if bits else word

    block = bytearray(data + bytes(136 - len(data)))
    block[len(data)] ^= 0x01
    block[135] ^= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for i in range(17):
        lanes[i % 5][i // 5] = int.from_bytes(block[8 * i:8 * i + 8], 'little')
    register = 1
    for _ in range(24):
        sums = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in range(5)]
        lanes = [[lane ^ sums[(x + 4) % 5] ^ rotate(sums[(x + 1) % 5], 1) for lane in lanes[x]] for x in range(5)]
        x, y, current = 1, 0, lanes[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], rotate(current, (step + 1) * (step + 2) // 2 % 64)
        for y in range(5):
            row = [lanes[x][y] for x in range(5)]
            for x in range(5):
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & mask & row[(x + 2) % 5])
        for bit in range(7):
            register = ((register << 1) ^ ((register >> 7) * 0x71)) % 256
            if register & 2:
                lanes[0][0] ^= 1 << ((1 << bit) - 1)
    return b''.join(lanes[i % 5][i // 5].to_bytes(8, 'little') for i in range(4))


def base58(text, alphabet=BITCOIN):
    number = 0
    for letter in text:
        number = number * 58 + alphabet.index(letter)
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, 'big')


def is_base58check(text, version, alphabet=BITCOIN):
    data = base58(text, alphabet)
    digest = hashlib.sha256(hashlib.sha256(data[:21]).digest()).digest()
    return len(data) == 25 and data[0] == version and data[21:] == digest[:4]


def polymod(values, generators, width):
    check_sum = 1
    for value in values:
        top = check_sum >> width
        check_sum = ((check_sum & ((1 << width) - 1)) << 5) ^ value
        for i, generator in enumerate(generators):
            check_sum ^= generator if top >> i & 1 else 0
    return check_sum


def bech32_constant(text):
    prefix, _, data = text.rpartition('1')
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [BECH32.index(c) for c in data]
    return polymod(values, [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3], 25)


def is_cashaddr(text):
    prefix, _, data = text.partition(':')
    values = [ord(c) & 31 for c in prefix] + [0] + [BECH32.index(c) for c in data]
    generators = [0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470]
    return prefix == 'bitcoincash' and polymod(values, generators, 35) ^ 1 == 0


def is_evm(text):
    digest = keccak256(text[2:].lower().encode()).hex()
    capitals = ''.join(c.upper() if int(n, 16) >= 8 else c for c, n in zip(text[2:].lower(), digest))
    return text[:2] == '0x' and len(text) == 42 and text[2:] == capitals


def is_ton(text):
    data = base64.urlsafe_b64decode(text)
    return len(text) == 48 and data[0] == 0x51 and data[1] == 0 and binascii.crc_hqx(data, 0) == 0


def is_transaction(pattern):
    return lambda text: re.fullmatch(pattern, text)


HEX = is_transaction('[0-9a-f]{64}')

# How an address and a transaction of each protocol must look.
KINDS = {
    'LIGHTNING_LIKE': (lambda a: a.startswith('lnbc') and bech32_constant(a) == 1, HEX),
    'BTC': (lambda a: a.startswith('bc1q') and bech32_constant(a) == 1, HEX),
    'LTC': (lambda a: a.startswith('ltc1q') and bech32_constant(a) == 1, HEX),
    'DOGE': (lambda a: is_base58check(a, 30), HEX),
    'BCH': (is_cashaddr, HEX),
    'SOLANA_LIKE': (lambda a: len(base58(a)) == 32, lambda t: len(base58(t)) == 64),
    'TRON_LIKE': (lambda a: a[0] == 'T' and is_base58check(a, 0x41), HEX),
    'TON_LIKE': (is_ton, HEX),
    'SUI_LIKE': (is_transaction('0x[0-9a-f]{64}'), lambda t: len(base58(t)) == 32),
    'XRP_LIKE': (lambda a: a[0] == 'r' and is_base58check(a, 0, RIPPLE), is_transaction('[0-9A-F]{64}')),
}


def expected_qr(order, network, decimals):
    """What the URI form says for each scheme."""
    address, amount = order['wallet_address'], order['coin_amount']
    whole, _, fraction = amount.partition('.')
    units = str(int(whole + fraction.ljust(decimals, '0')))
    contract = network.get('smart_contract', {}).get('address')
    protocol = order['payment_method_protocol']
    if network.get('chain_id'):
        target = f'{contract or address}@{network["chain_id"]}'
        return (f'ethereum:{target}/transfer?address={address}&uint256={units}' if contract
                else f'ethereum:{target}?value={units}')
    if protocol == 'LIGHTNING_LIKE':
        return 'lightning:' + address
    if protocol == 'SOLANA_LIKE':
        return f'solana:{address}?amount={amount}' + (f'&spl-token={contract}' if contract else '')
    if protocol == 'TON_LIKE':
        return f'ton://transfer/{address}?' + (f'jetton={contract}&' if contract else '') + f'amount={units}'
    if protocol == 'TRON_LIKE':
        return f'tron:{address}?amount={amount}'
    scheme = {'BTC': 'bitcoin:', 'LTC': 'litecoin:', 'DOGE': 'dogecoin:', 'BCH': ''}.get(order['coin'])
    return f'{scheme}{address}?amount={amount}' if scheme is not None else address


def check_pair(server, coin, network):
    name = f'{coin}-{network["name"]}'.lower().replace(' ', '-')
    body = make_body(make_line(), coin=coin, network=network['name'])
    order = server.post('/v5/orders', body).json
    address = order.get('wallet_address')
    is_address, is_hash = KINDS.get(order.get('payment_method_protocol'), KINDS.get(coin, (None, None)))
    if network.get('chain_id'):
        is_address, is_hash = is_evm, is_transaction('0x[0-9a-f]{64}')
    check(f'/sandbox/rails/address-{name}', address and is_address(address), order)
    decimals = network.get('smart_contract', {}).get('decimals') or NATIVE.get(coin, 18)
    if (coin, network['name']) not in UNKNOWN:
        check(f'/sandbox/rails/qr-{name}', order['qr_text'] == expected_qr(order, network, decimals),
              (order['qr_text'], expected_qr(order, network, decimals)))
    paid = server.post('/sandbox/orders/last/pay?step_ms=0').json
    check(f'/sandbox/rails/transaction-{name}', paid['order_state'] == 'Done' and len(paid['payment_transactions']) == 1
          and is_hash(paid['payment_transactions'][0]), paid['payment_transactions'])
    contract = network.get('smart_contract', {}).get('address', '')
    if contract.startswith('0x') and network.get('chain_id'):
        check(f'/sandbox/rails/contract-{name}', is_evm(contract), contract)


NATIVE = {'BTC': 8, 'LTC': 8, 'DOGE': 8, 'BCH': 8, 'SOL': 9, 'TRX': 6, 'TON': 9, 'GRAM': 9, 'SUI': 9}


def main():
    check('/sandbox/rails/keccak', keccak256(b'abc').hex()
          == '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45')
    with Server('--shape', 'suspended=none', '--shape', 'qr-text=uri') as server:
        wallet = server.get('/v3/payment_vias').json[0]
        pairs = [(coin['name'], network) for coin in wallet['currencies'] for network in coin['networks']]
        names = [(coin, network['name']) for coin, network in pairs]
        check('/sandbox/rails/no-pair-twice', len(set(names)) == len(names) > 50, names)
        check('/sandbox/rails/unknown-pairs', set(names) >= UNKNOWN, names)
        check('/sandbox/rails/none-suspended', not any(coin['is_suspended'] for coin in wallet['currencies'])
              and not any(network.get('is_suspended') for _, network in pairs), wallet)
        for coin, network in pairs:
            check_pair(server, coin, network)

        # An invoice is for one sum: the rest has its own. Elsewhere it goes to the same address.
        for coin, network in (('BTC', 'Lightning'), ('USDC', 'Base'), ('TON', 'Ton')):
            order = server.post('/v5/orders', make_body(coin=coin, network=network)).json
            part = server.post('/sandbox/orders/last/state', {'scenario': 'partial'}).json
            rest = part['missing_amount_qr_text'].removeprefix('lightning:')
            same = part['wallet_address'] == order['wallet_address']
            holds = (rest.startswith('lnbc') and rest != order['wallet_address'] if network == 'Lightning'
                     else order['wallet_address'] in rest)
            check(f'/sandbox/rails/rest-{coin.lower()}', same and holds, part)

        order = server.post('/v5/orders', make_body(coin='USDC', network=None, via='GATE_PAY')).json
        page = server.get(order['checkout_url'].removeprefix(server.uri))
        check('/sandbox/rails/checkout', order['wallet_address'] is None and page.status == 200
              and 'Practice checkout' in page.text, order)
        paid = server.post('/sandbox/orders/last/pay?step_ms=0').json
        check('/sandbox/rails/exchange-transaction', re.fullmatch(r'\d{16}', paid['payment_transactions'][0]), paid)
    finish()


main()
