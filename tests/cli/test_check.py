# SPDX-License-Identifier: GPL-3.0-or-later
"""`check`: every case of the payment vectors through the program, words as they stand, and nothing else touched."""

import json
import os
import socket
import subprocess
import sys

from tool import Checks, Tool

CLI, VECTORS = sys.argv[1], sys.argv[5:]
check = Checks('check')
COFFEE = 'LPA:1$rsp.truphone.com$QR-G-5C-1LS-1W1Z9P7'


def read_vectors():
    cases = []
    for name in VECTORS:
        with open(name, encoding='utf-8') as file:
            cases += json.load(file)
    return cases


def words_of(case):
    if isinstance(case['input'], dict):
        return ['--decimals', str(case['input']['decimals']), case['group'], case['input']['text']]
    return [case['group'], case['input']]


def differs(case, result):
    """What is not as the case has it, or nothing."""
    if len(result.lines) != 1 or result.err != '':
        return 'not one line'
    said = json.loads(result.out)
    if said.get('valid') is not case['valid'] or result.code != (0 if case['valid'] else 1):
        return 'valid'
    if not case['valid'] and not said.get('problem'):
        return 'no problem is named'
    for name, value in case.get('expect', {}).items():
        if name not in said or type(said[name]) is not type(value) or said[name] != value:
            return name
    return None


def test_vectors(tool, vectors):
    for group in sorted({case['group'] for case in vectors}):
        wrong = []
        for case in (case for case in vectors if case['group'] == group):
            result = tool.run('check', *words_of(case))
            name = differs(case, result)
            if name:
                wrong.append(f'{case["input"]}: {name}: {result}')
        check(f'vectors/{group}', not wrong, '\n'.join(wrong))


def test_words(tool):
    """The last two words are taken as they are."""
    valid, invalid, usage = 0, 1, 2
    for name, words, code in (
            ('empty', ('amount', ''), invalid), ('blank', ('amount', '  '), invalid), ('dash', ('amount', '-1'), invalid),
            ('option', ('amount', '--decimals'), invalid), ('dashes', ('amount', '--'), invalid),
            ('help', ('amount', '--help'), invalid), ('version', ('lpa', '--version'), invalid),
            ('behind-dashes', ('--decimals', '6', 'amount', '--', '1.5'), valid),
            ('behind-dashes-in-front', ('--decimals', '6', '--', 'amount', '1.5'), valid),
            ('behind-dashes-a-dash', ('amount', '--', '-1'), invalid),
            ('equals', ('--decimals=6', 'amount', '1.1234567'), invalid), ('no-decimals', ('amount', '1.1234567'), valid),
            ('no-words', (), usage), ('one-word', ('amount',), usage), ('other-kind', ('money', '1'), usage),
            ('empty-kind', ('', '1'), usage), ('capitals', ('AMOUNT', '1'), usage), ('three', ('x', 'amount', '1'), usage),
            ('bad-decimals', ('--decimals', 'x', 'amount', '1'), usage),
            ('negative-decimals', ('--decimals=-2', 'amount', '1'), usage),
            ('minus-one-decimals', ('--decimals', '-1', 'amount', '1'), usage),
            ('blank-decimals', ('--decimals', ' 6', 'amount', '1'), usage),
            ('no-number-of-decimals', ('--decimals=', 'amount', '1'), usage),
            ('signed-decimals', ('--decimals', '+6', 'amount', '1'), usage),
            ('hexadecimal-decimals', ('--decimals', '0x10', 'amount', '1'), usage),
            ('decimals-without-a-number', ('--decimals', 'amount', '1'), usage),
            ('many-decimals', ('--decimals', '78', 'amount', '1'), usage),
            ('other-option', ('--other', 'amount', '1'), usage)):
        result = tool.run('check', *words)
        good = result.code == code and (code == usage) == (result.out == '') and (code == usage) == (result.err != '')
        check(f'words/{name}', good, result)
        if code != usage:
            check(f'words/{name}/says', result.objects[0]['valid'] is (code == valid), result)
    result = tool.run('check', '--decimals', '6', 'amount', '1.5')
    check('words/units', result.out == '{"valid":true,"units":"1500000"}\n', result)
    for decimals in (0, 1, 6, 8, 10, 18, 77):
        result = tool.run('check', '--decimals', f'{decimals:03}', 'amount', '12.0')
        check(f'words/units/{decimals}', result.out == f'{{"valid":true,"units":"12{decimals * "0"}"}}\n', result)


def test_bytes(tool, vectors):
    """No bytes make it fail otherwise than by its word."""
    command, variables = tool.command('check')
    wrong = []
    for kind in sorted({case['group'] for case in vectors}):
        for text in (b'\xff\xfe', b'\x80' * 100, b'1\xe2\x82', b'bitcoin:\xff', b'\x01', 'é'.encode(), b'1' * 100000,
                     b'%', b'ton://transfer/', b'a1\xff'):
            result = subprocess.run([*command, kind, text], env=variables, capture_output=True, timeout=30, check=False)
            try:
                valid = json.loads(result.stdout)['valid']
            except ValueError:
                valid = None
            if valid is not False or result.returncode != 1 or result.stderr:
                wrong.append((kind, text[:20], result.returncode, result.stdout[:200], result.stderr[:200]))
    check('bytes', not wrong, wrong)


def test_forms(tool):
    for name, text in (('text', COFFEE), ('link', COFFEE.replace('LPA', 'lpa').replace('$', '%24')),
                       ('card-data', 'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata='
                        + COFFEE.replace('$', '%24').replace(':', '%3A'))):
        result = tool.run('check', 'lpa', text)
        check(f'lpa/{name}', result.objects[0].get('matching_id') == 'QR-G-5C-1LS-1W1Z9P7', result)
    for name, kind, text, payable in (
            ('nobody', 'solana-address', '11111111111111111111111111111111', False),
            ('somebody', 'solana-address', 'mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN', True),
            ('mint', 'solana-address', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', False),
            ('broken-address', 'bip321', 'bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W?amount=1', False),
            ('good-address', 'bip321', 'bitcoin:1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu?amount=1', True),
            ('name', 'erc681', 'ethereum:vitalik.eth@1?value=1', False)):
        result = tool.run('check', kind, text)
        said = result.objects[0]
        check(f'payable/{name}', said['valid'] is True and said['payable'] is payable, result)


def is_asked(server):
    """Whether anybody connected."""
    server.setblocking(False)
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def test_alone(tool):
    """No home, server or bus is needed: none is touched where there is one."""
    locked = tool.home / 'locked'
    locked.mkdir(mode=0o500)
    with socket.socket() as service, socket.socket(socket.AF_UNIX) as bus:
        service.bind(('127.0.0.1', 0))
        bus.bind(str(tool.home / 'bus'))
        for server in (service, bus):
            server.listen()
        environment = {'PATH': os.environ['PATH'], 'HOME': str(locked), 'XDG_RUNTIME_DIR': str(locked),
                       'DBUS_SESSION_BUS_ADDRESS': f'unix:path={tool.home / "bus"}',
                       'REFILLS_API_URL': f'http://127.0.0.1:{service.getsockname()[1]}'}
        result = subprocess.run([CLI, 'check', 'bitcoin-address', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'], env=environment,
                                capture_output=True, text=True, timeout=30, check=False)
        check('alone/reads', result.returncode == 0 and json.loads(result.stdout)['valid'] is True, result)
        check('alone/asks-nobody', not is_asked(service) and not is_asked(bus))
    check('alone/writes-nothing', not list(locked.iterdir()), list(locked.iterdir()))
    result = tool.run('check', 'evm-address', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', LC_ALL='tr_TR.UTF-8')
    check('alone/turkish', result.code == 0 and result.objects[0]['checksum'] is True, result)


def main():
    tool = Tool(CLI)
    vectors = read_vectors()
    test_vectors(tool, vectors)
    test_words(tool)
    test_bytes(tool, vectors)
    test_forms(tool)
    check('nothing-is-written', tool.files() == [], tool.files())
    test_alone(tool)
    sys.exit(check.end())


main()
