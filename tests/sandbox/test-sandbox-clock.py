# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's clock, moved: what it dates, and what is due by it."""

import email.utils
import time

from sandbox_program import Server, check, finish, make_body


def date_of(reply):
    return email.utils.parsedate_to_datetime(reply.headers['date']).timestamp()


def is_ahead(seconds, by):
    return by - 5 <= seconds - time.time() <= by + 5


def main():
    with Server() as server:
        order = server.post('/v5/orders', make_body()).json
        path = '/v5/orders/' + order['order_id']
        check('/sandbox/clock/usual', is_ahead(date_of(server.get(path)), 0) and server.get('/sandbox/clock').json[
            'forward'] == 0)
        moved = server.post('/sandbox/clock?forward=1200').json
        check('/sandbox/clock/forward', moved['forward'] == 1200 and is_ahead(moved['now'], 1200), moved)
        reply = server.get(path)
        check('/sandbox/clock/date', is_ahead(date_of(reply), 1200), reply.headers)
        check('/sandbox/clock/order-keeps-its-times', reply.json == order, reply.json)
        check('/sandbox/clock/headers-once', reply.headers['date'].count('GMT') == 1, reply.headers)
        validation = server.post('/v5/orders/validations', make_body()).json
        check('/sandbox/clock/validation', is_ahead(validation['timestamp_of_request'], 1200), validation)
        server.shape('request-time', 'present')
        check('/sandbox/clock/request-time', is_ahead(server.get(path).json['timestamp_of_request'], 1200))

        # An order made now is as old as it says, and its stream tells when it is too late.
        stream = server.subscribe(order['order_id'])
        first = stream.read_order()
        server.post('/sandbox/clock?forward=600')
        second = stream.read_order()
        stop = stream.read_order()
        stream.close()
        check('/sandbox/clock/expiry', (first['order_state'], second['order_state'], stop)
              == ('WaitingForPayment', 'Expired', 'event: stop'), (first, second, stop))
        later = server.post('/v5/orders', make_body(email='bob@example.com')).json
        check('/sandbox/clock/new-order', is_ahead(int(later['created_at']), 1800)
              and later['created_at'] == later['payment_requested_at']
              and later['order_state'] == 'WaitingForPayment', later)

        # What was paid in part waits for the rest, however late it is.
        server.post('/sandbox/orders/last/state', {'scenario': 'partial'})
        server.post('/sandbox/clock?forward=7200')
        check('/sandbox/clock/part-payment', server.get('/v5/orders/' + later['order_id']).json['order_state']
              == 'PartialPaymentStarted')
        server.post('/sandbox/clock?forward=-3600')
        check('/sandbox/clock/back', is_ahead(server.get('/sandbox/clock').json['now'], 5400))
        for bad in ('', '?forward=0', '?forward=soon', '?forward=99999999999'):
            check(f'/sandbox/clock/refused{bad}', server.post('/sandbox/clock' + bad).status == 400)
        check('/sandbox/clock/reset', server.ask('DELETE', '/sandbox/clock').json['forward'] == 0
              and is_ahead(date_of(server.get('/v3/payment_vias')), 0))
    finish()


main()
