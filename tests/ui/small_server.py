# SPDX-License-Identifier: GPL-3.0-or-later
"""A service with one gift card, all of whose facts are random.

It shares nothing with the sandbox, so that what the window shows of it can only have come over the wire. Its answers
can be held, cut or replaced, one request at a time, by rules.
"""

import json
import random
import re
import secrets
import socket
import struct
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'


def random_base58_key():
    """32 random bytes, as a Solana account is written: 43 or 44 characters."""
    while True:
        number = int.from_bytes(secrets.token_bytes(32), 'big')
        text = ''
        while number:
            number, digit = divmod(number, 58)
            text = BASE58[digit] + text
        if len(text) in (43, 44):
            return text


def random_word(generator):
    return ''.join(generator.choice('bcdfghklmnprstvz') + generator.choice('aeiou')
                   for _ in range(generator.randint(2, 4))).capitalize()


def random_code(generator, groups=3):
    return '-'.join(''.join(generator.choice(CODE_ALPHABET) for _ in range(5)) for _ in range(groups))


class Rule:
    """What happens to requests that match, instead of the usual answer.

    `answer` is given the request's handler and the usual answer as an object, and returns another object, or bytes
    to send as they are, or None when it has written to the connection itself.
    """

    def __init__(self, method, path, answer, count=None, skip=0):
        self.method = method
        self.path = re.compile(path)
        self.answer = answer
        self.count = count
        self.skip = skip

    def take(self, method, path):
        if method != self.method or not self.path.search(path):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.count is not None:
            if self.count == 0:
                return False
            self.count -= 1
        return True


class SmallServer:
    """Listens from the start; `close` ends it. `url` is where."""

    def __init__(self):
        generator = random.SystemRandom()
        self.brand = f'{random_word(generator)} {random_word(generator)} {generator.randint(100, 999)}'
        self.brand_id = str(uuid.uuid4())
        self.value = generator.randint(11, 89)
        self.denomination = f'{self.value} USD'
        self.amount = f'{self.value + generator.randint(1, 6)}.{generator.randint(11, 99)}'
        self.address = random_base58_key()
        self.asked_ago = 0  # seconds since an order's payment was asked for, as the answer says
        self.order_id = str(uuid.uuid4())
        self.code = random_code(generator)
        self.serial = str(generator.randint(10 ** 9, 10 ** 10 - 1))
        self.order = None
        self.log = []
        self.rules = []
        self.changed = threading.Condition()
        self.closing = False
        self.started = int(time.time())

        small_server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            server = None

            def do_GET(self):
                small_server.handle(self, 'GET', b'')

            def do_POST(self):
                length = int(self.headers.get('Content-Length') or 0)
                small_server.handle(self, 'POST', self.rfile.read(length))

            def log_message(self, *arguments):
                pass

            def send_bytes(self, body, status=200, content_type='application/json; charset=utf-8'):
                self.send_response(status)
                self.send_header('Content-Type', content_type)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def send_cut(self, body, after):
                """Declares the whole body, sends part of it, and breaks the connection."""
                self.send_response(200)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body[:after])
                self.wfile.flush()
                self.break_connection()

            def break_connection(self):
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                # The handler's own files keep the descriptor open.
                self.connection.shutdown(socket.SHUT_RDWR)

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request, client_address):
                pass  # the other side went away, which is often the point

        self.server = Server(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_address[1]}'
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True)
        self.thread.start()

    def close(self):
        with self.changed:
            self.closing = True
            self.changed.notify_all()
        self.server.shutdown()
        self.server.server_close()

    # What a test asks and does

    def count(self, method, path):
        """How many requests matched so far."""
        with self.changed:
            return sum(1 for entry in self.log if entry[0] == method and re.search(path, entry[1]))

    def bodies(self, method, path):
        with self.changed:
            return [entry[2] for entry in self.log if entry[0] == method and re.search(path, entry[1])]

    def add_rule(self, method, path, answer, count=None, skip=0):
        rule = Rule(method, path, answer, count, skip)
        with self.changed:
            self.rules.append(rule)
        return rule

    def clear_rules(self):
        with self.changed:
            self.rules.clear()

    def hold(self, method, path):
        """The next such request is carried out, and its answer waits for the returned event."""
        event = threading.Event()

        def answer(_handler, usual):
            event.wait(30)
            return usual
        self.add_rule(method, path, answer, count=1)
        return event

    def update(self, **members):
        """Changes the order and tells those that listen."""
        with self.changed:
            self.order.update(members)
            self.order['updated_at'] = int(time.time())
            self.changed.notify_all()

    def pay(self):
        """The money was seen."""
        self.update(order_state='PaymentStarted', payment_state='PaymentStarted')

    def deliver(self, with_code=True):
        """The card is there."""
        with self.changed:
            delivery = self.order['deliveries'][0]
            delivery['delivery_state'] = 'Succeeded'
            if with_code:
                delivery['deliverable']['pin_code'] = self.code
                delivery['deliverable']['pin_serial'] = self.serial
        self.update(order_state='Done', payment_state='PaymentReceived', sent_coin_amount=self.amount)

    # The service

    def handle(self, handler, method, body):
        parts = urlsplit(handler.path)
        with self.changed:
            self.log.append((method, handler.path, body.decode(errors='replace')))
            rule = next((rule for rule in self.rules if rule.take(method, parts.path)), None)

        if rule is None and parts.path.endswith('/subscribe'):
            self.stream(handler)
            return
        status, usual = self.answer(method, parts.path, parse_qs(parts.query), body)
        answer = usual if rule is None else rule.answer(handler, usual)
        if answer is None:
            return
        if not isinstance(answer, bytes):
            answer = json.dumps(answer).encode()
        handler.send_bytes(answer, status)

    def answer(self, method, path, query, body):
        if method == 'GET' and path == '/v3/payment_vias':
            return 200, self.payment_vias()
        if method == 'GET' and path == '/v2/brands':
            return 200, self.brands(query.get('country_code', ['US'])[0])
        if method == 'GET' and path.startswith('/v5/products/country/'):
            asked = (query.get('brand_name') or query.get('family_name') or [''])[0]
            return 200, [self.product()] if asked == self.brand else []
        if method == 'GET' and path == '/v4/products/price':
            return 400, {'status': 400, 'detail': 'BAD_REQUEST'}
        if method == 'POST' and path == '/v5/orders/validations':
            return 200, self.validation(json.loads(body))
        if method == 'POST' and path == '/v5/orders':
            with self.changed:
                self.order = self.make_order(json.loads(body))
                return 200, json.loads(json.dumps(self.order))
        if method == 'GET' and path == f'/v5/orders/{self.order_id}' and self.order is not None:
            with self.changed:
                return 200, json.loads(json.dumps(self.order))
        return 404, {'status': 404, 'detail': 'NOT_FOUND'}

    def payment_vias(self):
        return [{'name': 'USER_WALLET', 'available': True, 'currencies': [
            {'name': 'USDC', 'is_suspended': False, 'networks': [
                {'name': 'Solana', 'threshold': '0.562099175481640', 'smart_contract_engine': 'SVM',
                 'base_token': 'SOL',
                 'smart_contract': {'engine': 'SVM', 'address': 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
                                    'decimals': 6, 'symbol': 'USDC'}}]}]}]

    def brand_object(self):
        return {'family': self.brand, 'brand_id': self.brand_id, 'brand': self.brand, 'logo_url': '',
                'bg_color': '#335577', 'min': f'${self.value}', 'max': f'${self.value}', 'category': 'games',
                'is_out_of_stock': False, 'country_code': 'US', 'additional_categories': [], 'kind': 'giftcard',
                'product_type': 'digital', 'brand_tags': []}

    def brands(self, country):
        brands = [self.brand_object()]
        return {'last_user_purchases': [], 'suggestions': [], 'country_code': country,
                'categories': [{'kind': 'giftcard', 'category': 'games', 'brands': brands, 'popular_brands': []}],
                'all_brands': brands, 'popular_brands': []}

    def product(self):
        return {**self.brand_object(), 'default_denomination': self.denomination, 'product_tc': '',
                'redeem_method': ['Online'], 'rich_description': None,
                'products': [{'product_id': str(uuid.uuid4()), 'is_dynamic': False,
                              'denomination': self.denomination, 'localized_denomination': f'${self.value}',
                              'coin_amount': self.amount, 'coin': 'USDC', 'original_coin_amount': self.amount,
                              'payment_method': 'USDC-MATIC', 'delivery_type': 'by_email', 'points': '11',
                              'face_value': {'currency_code': 'USD',
                                             'amount': {'type': 'fixed', 'price': str(self.value)}}}]}

    def delivery(self, request, state):
        entry = request['deliveries'][0]
        return {'id': str(uuid.uuid4()), 'delivery_state': state, 'kind': 'giftcard',
                'deliverable': {'denomination': self.denomination, 'localized_denomination': f'${self.value}',
                                'family': self.brand, 'brand_name': entry['brand_name'],
                                'beneficiary_account': entry['beneficiary_account'],
                                'country_code': entry['country_code'], 'delivery_type': 'by_email', 'points': '11',
                                'coin_amount': self.amount, 'original_coin_amount': self.amount,
                                'currency_code': 'USD'}}

    def validation(self, request):
        return {'coin': request['payment']['coin'], 'coin_amount': self.amount, 'original_coin_amount': self.amount,
                'coupon_code': None, 'deliveries': [self.delivery(request, 'Created')], 'problems': None,
                'timestamp_of_request': int(time.time())}

    def make_order(self, request):
        now = int(time.time())
        return {'order_id': self.order_id, 'payment_id': str(uuid.uuid4()), 'created_at': str(now),
                'payment_requested_at': str(now - self.asked_ago), 'wallet_address': self.address, 'payment_method': 'USDC-SOLANA',
                'payment_method_protocol': 'SOLANA_LIKE', 'network': request['payment']['network'],
                'coin': request['payment']['coin'], 'payment_via': request['payment']['payment_via'],
                'coin_amount': self.amount, 'original_price': self.amount, 'sent_coin_amount': '0',
                'qr_url': None, 'qr_text': self.address, 'order_state': 'WaitingForPayment',
                'payment_state': 'WalletCreated', 'payment_value': 22.17,
                'deliveries': [self.delivery(request, 'WaitingForPayment')],
                'user': {'email': request['user']['email']}}

    def stream(self, handler):
        handler.send_response(200)
        handler.send_header('Content-Type', 'text/event-stream')
        handler.send_header('Cache-Control', 'no-cache')
        handler.send_header('Connection', 'close')
        handler.end_headers()
        handler.close_connection = True
        last = None
        while True:
            with self.changed:
                while not self.closing and json.dumps(self.order) == last:
                    if not self.changed.wait(5):
                        break
                if self.closing:
                    return
                data = json.dumps(self.order)
                final = self.order is not None and self.order['order_state'] == 'Done'
            if data == last:
                handler.wfile.write(b': still here\n\n')
            else:
                handler.wfile.write(b'data: ' + data.encode() + b'\n\n')
                last = data
            if final:
                handler.wfile.write(b'event: stop\ndata: {}\n\n')
            handler.wfile.flush()
            if final:
                return
