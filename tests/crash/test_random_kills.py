# SPDX-License-Identifier: GPL-3.0-or-later
"""K30: killed at random times, with one request in a hundred going wrong: what was lost is counted.

    test_random_kills.py BUYER SANDBOX [RUNS [SEED]]

`REFILLS_CRASH_RUNS` and `REFILLS_CRASH_SEED` stand for the last two.
"""

import math
import os
import random
import statistics
import sys
import time
import traceback

from harness import Broken, Buyer, Sandbox, expect

RUNS_OF_ONE_PERSON = 25
LIVES = ('happy', 'lightning', 'partial', 'over', 'late', 'manual-done', 'rebuy', 'refund', 'cancelled', 'expiry')
FAULTS = (
    {'kind': 'close'}, {'kind': 'close', 'unperformed': True}, {'kind': 'cut', 'after': 40}, {'kind': 'delay', 'delay_ms': 80},
    {'kind': 'html'}, {'kind': 'body', 'body': ''},
    {'kind': 'status', 'status': 500, 'body': '{}'}, {'kind': 'status', 'status': 503, 'body': '{}'},
    {'kind': 'status', 'status': 404, 'body': '{}'}, {'kind': 'stream-close', 'after': 1},
    {'kind': 'stream-drop', 'after': 1}, {'kind': 'stream-silence', 'after': 1}, {'kind': 'stream-stop', 'after': 1},
    {'kind': 'stream-wrong-id', 'after': 1},
    # Not what was answered first: an alarm, and nothing of it is taken.
    {'kind': 'mutate', 'method': 'GET', 'member': 'wallet_address', 'value': '0x' + 40 * '1'},
    {'kind': 'mutate', 'method': 'GET', 'member': 'coin_amount', 'value': '1147'},
    {'kind': 'mutate', 'method': 'GET', 'member': 'network', 'value': 'Ethereum'},
)
POINTS = ('submitted', 'intent-before-commit', 'intent-committed', 'request-started', 'answer-read',
          'answer-before-commit', 'answer-committed', 'on-screen', 'event-received', 'merge-before-commit',
          'merge-committed', 'state-applied', 'before-code', 'closing+write-db', 'start+write-log:3', 'start+sync-any:2')


class Figures:
    def __init__(self):
        self.runs, self.kills, self.cuts, self.submits, self.posts, self.placed, self.delivered = (0,) * 7
        self.lost_orders, self.lost_codes, self.duplicates, self.wrong_addresses = (0,) * 4
        self.recoveries, self.bytes_of_orders, self.rows = [], 0, 0

    def print(self):
        print(f'# {self.runs} runs, {self.kills} kills, {self.cuts} power cuts: {self.submits} submits, {self.posts} POSTs, '
              f'{self.placed} orders, {self.delivered} with codes')
        print(f'# orders lost {self.lost_orders}\n# codes lost {self.lost_codes}')
        print(f'# duplicate POSTs {self.duplicates}\n# wrong addresses {self.wrong_addresses}')
        if self.recoveries and self.rows:
            print(f'# recovery {1000 * statistics.median(self.recoveries):.0f} ms (median), '
                  f'{1000 * max(self.recoveries):.0f} ms at most; {self.bytes_of_orders / self.rows:.0f} bytes per order')


class Person:
    """One folder, and all the runs in it."""

    def __init__(self, program, sandbox, number, dice, figures):
        self.buyer, self.sandbox = Buyer(program, sandbox), sandbox
        self.number, self.dice, self.figures, self.wishes = number, dice, figures, 0
        self.last = ''

    def wish(self):
        self.wishes += 1
        life = self.dice.choice(LIVES)
        word = self.dice.choice(('buy', 'replace', 'replace'))
        return f'{word}=life+{life}+{self.dice.randint(1, 40)}@p{self.number}-{self.wishes}.example.com'

    def run(self):
        dice, figures = self.dice, self.figures
        words = [self.wish() for _ in range(dice.choice((0, 1, 1, 2)))] + ['run=1000']
        # The number of requests that go well before the next that does not, at one in a hundred.
        well = math.floor(math.log(1 - dice.random()) / math.log(0.99))
        self.sandbox.without_faults()
        self.sandbox.fault(path='/v*', count=1, skip=well, **dice.choice(FAULTS))

        figures.runs += 1
        point = dice.choice(POINTS) if dice.random() < 0.3 else None
        running = self.buyer.start(*words, at=point)
        # As long as ten starts take here, at most: between the first line of a start and an order's end.
        time.sleep(dice.uniform(0, 1) * min(0.45, 0.05 + 10 * statistics.median(figures.recoveries or [0.02])))
        if dice.random() < 0.1:
            running.process.terminate()
        else:
            running.process.kill()
        code = running.end()
        expect(code in (0, -9, -15), lambda: f'the buyer ended with {code}:\n{self.buyer.last_errors()}')
        if code != 0:
            figures.kills += 1
            if dice.random() < 0.3:
                self.buyer.cut_power(dice.choice((None, dice.randint(0, 1 << 30))))
                figures.cuts += 1
        self.last = f'{words}, at {point}, ended with {code}, {figures.cuts} power cuts'
        begin = time.monotonic()
        running = self.buyer.start('state')
        running.wait_for('started')
        figures.recoveries.append(time.monotonic() - begin)
        expect(running.end() == 0, lambda: f'it does not start again:\n{self.buyer.last_errors()}')
        self.count(running.state())
        self.buyer.check(running.state())

    def end(self):
        """The network is well again; everything that is open comes to its end."""
        self.sandbox.without_faults()
        for order in self.buyer.look('run=100'):
            if order['open'] and order['outcome'] == 'placed':
                self.sandbox.set_state(order['order_id'], 'done')
        orders = self.buyer.look('settled')
        served = self.sandbox.orders()
        for order in orders:
            if order['outcome'] == 'placed' and served[order['order_id']]['order_state'] == 'Done':
                codes = [code['pin_code'] for code in served[order['order_id']]['codes']]
                self.figures.lost_codes += order['codes'] != codes
                expect(order['codes'] == codes, f'lost a code: {order}, not {codes}')
                self.figures.delivered += 1
        self.figures.placed += sum(order['outcome'] == 'placed' for order in orders)
        self.figures.submits += len(self.buyer.screen('submit'))
        self.figures.posts += len(self.buyer.posts())
        self.figures.rows += self.buyer.count_rows()
        self.figures.bytes_of_orders += self.buyer.size()

    def count(self, orders):
        """What is missing or wrong, before the check that fails for it."""
        figures, served = self.figures, self.sandbox.orders()
        listed = {order['order_id']: order for order in orders}
        shown = self.buyer.screen(asked=True)
        on_screen = {line['order_id'] for line in shown if line['what'] == 'payment'}
        figures.lost_orders += len(on_screen - set(listed)) + max(0, len(self.buyer.posts()) - self.buyer.count_rows())
        figures.lost_codes += sum(line['code'] not in listed.get(line['order_id'], {'codes': ()})['codes']
                                  for line in shown if line['what'] == 'code')
        figures.wrong_addresses += sum(line['address'] != served.get(line['order_id'], {}).get('wallet_address')
                                       for line in shown if line['what'] == 'payment')
        bodies = [post['body'] for post in self.buyer.posts()]
        figures.duplicates += len(bodies) - len(set(bodies))
        expect(len(bodies) == len(set(bodies)), 'I4: an order was sent twice')


def main():
    buyer, sandbox = sys.argv[1:3]
    runs = int(sys.argv[3] if len(sys.argv) > 3 else os.environ.get('REFILLS_CRASH_RUNS', 50))
    seed = int(sys.argv[4] if len(sys.argv) > 4 else os.environ.get('REFILLS_CRASH_SEED', random.randrange(1 << 30)))
    print(f'1..1\n# seed {seed}', flush=True)
    figures, error = Figures(), None
    for number in range(math.ceil(runs / RUNS_OF_ONE_PERSON)):
        service = Sandbox(sandbox)
        person = Person(buyer, service, number, random.Random(f'{seed} {number}'), figures)
        try:
            for _ in range(min(RUNS_OF_ONE_PERSON, runs - figures.runs)):
                person.run()
            person.end()
        except Broken as broken:
            error = str(broken)
        except Exception:
            error = traceback.format_exc()
        if error:
            error = f'person {number}, {person.last}: {error}\n{person.buyer.last_errors()}'
        person.buyer.close()
        service.close()
        if error:
            break
    if error:
        print('\n'.join('# ' + line for line in error.splitlines()))
    figures.print()
    print(f'{"not ok" if error else "ok"} 1 /crash/K30-random-kills', flush=True)
    return error is not None


if __name__ == '__main__':
    sys.exit(main())
