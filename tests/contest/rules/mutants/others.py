"""Faulty receipts, draws, unit sums, limits, deadlines and readings of predictions."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, timedelta

from contest.rules import (
    attempts,
    paper,
    prediction,
    receipts,
    windows,
)
from contest.rules import units as unit_rules
from contest.rules.blueprint import Shortage
from contest.rules.paper import Drawn
from tests.contest.rules.engine import REAL
from tests.contest.rules.mutants.seeding import FAULTS, fault


def _with_check(total):
    def make(secret):
        body = receipts.receipt(secret).replace("-", "")[:-1]
        return _grouped(
            body + receipts.ALPHABET[total([receipts.ALPHABET.index(sign) for sign in body]) % 32]
        )

    def read(typed):
        signs = "".join(typed.upper().replace("O", "0").replace("I", "1").replace("L", "1").split()).replace(
            "-", ""
        )
        values = [receipts.ALPHABET.index(sign) for sign in signs]
        if total(values[:-1]) % 32 != values[-1]:
            raise receipts.Refusal("receipt-malformed")
        return _grouped(signs)

    return make, read


def _grouped(signs):
    return "-".join([signs[0:4], signs[4:8], signs[8:12], signs[12:]])


for name, total in {
    "check_by_plain_sum": sum,
    "check_by_odd_weights": lambda values: sum((2 * place + 1) * value for place, value in enumerate(values)),
    "check_by_even_weights": lambda values: sum((place + 2) * value for place, value in enumerate(values)),
    "no_check": lambda values: 0,
}.items():
    make, read = _with_check(total)
    FAULTS[name] = ("read_receipt", replace(REAL, receipt=make, read_receipt=read))


@fault("read_receipt")
def receipt_as_typed(typed):
    receipts.read_receipt(typed)
    return typed


@fault("shortages")
def cells_counted_one_by_one(plan, pool):
    found = []
    for index, cell in enumerate(plan.cells):
        fitting = sum(cell.fits(item) for item in pool)
        if fitting < cell.count:
            found.append(Shortage(index, cell, cell.count - fitting, fitting))
    return found


@fault("shortages")
def cells_served_greedily(plan, pool):
    taken, found = set(), []
    for index, cell in enumerate(plan.cells):
        fitting = [item.version_id for item in pool if cell.fits(item)]
        free = [version for version in fitting if version not in taken][: cell.count]
        taken.update(free)
        if len(free) < cell.count:
            found.append(Shortage(index, cell, cell.count - len(free), len(fitting)))
    return found


@fault("draw")
def use_is_not_looked_at(plan, pool, seed):
    return paper.draw(plan, [replace(item, used=0) for item in pool], seed)


@fault("draw")
def most_used_first(plan, pool, seed):
    return paper.draw(plan, [replace(item, used=9 - item.used) for item in pool], seed)


@fault("draw")
def order_of_the_pool(plan, pool, seed):
    renamed = [replace(item, version_id=number) for number, item in enumerate(pool)]
    return [
        replace(place, version_id=pool[place.version_id].version_id)
        for place in paper.draw(plan, renamed, seed)
    ]


@fault("draw")
def question_twice(plan, pool, seed):
    drawn = paper.draw(plan, pool, seed)
    items = {item.version_id: item for item in pool}
    return [
        Drawn(drawn[0].version_id, place.points, place.cell)
        if plan.cells[place.cell].fits(items[drawn[0].version_id])
        else place
        for place in drawn
    ]


@fault("draw_many")
def every_paper_alike(plan, pool, seed, k):
    return [paper.draw(plan, pool, seed)] * k


@fault("rolled_up")
def own_people_forgotten(own):
    return unit_rules.rolled_up(
        {path: n for path, n in own.items() if not any(p != path and p.startswith(path) for p in own)}
    )


@fault("rolled_up")
def counted_at_each_step_twice(own):
    totals = unit_rules.rolled_up(own)
    return {
        path: [n + m for n, m in zip(numbers, own.get(path, [0, 0]), strict=True)]
        for path, numbers in totals.items()
    }


@fault("rolled_up")
def prefix_without_its_slash(own):
    paths = {above for path in own for above in unit_rules.line(path)}
    return {
        path: [
            sum(column)
            for column in zip([0, 0], *(n for p, n in own.items() if p.startswith(path[:-1])), strict=True)
        ]
        for path in paths
    }


@fault("counted_once")
def counted_in_every_unit(people):
    own = defaultdict(Counter)
    for person, path, numbers in people:
        own[path][person] += numbers[0]
    return {path: [len(found), sum(found.values())] for path, found in own.items()}


@fault("how_many_left")
def one_too_many(rule, started, now, extra=0):
    started = list(started)
    used = rule.limit - attempts.how_many_left(rule, started, now, extra)
    return max(0, rule.limit - used) + (used == rule.limit)


@fault("how_many_left")
def week_of_greenwich(rule, started, now, extra=0):
    shift = timedelta(hours=7)
    return attempts.how_many_left(
        rule, [start - shift for start in started], now.astimezone(UTC) - shift, extra
    )


@fault("how_many_left")
def last_seven_days(rule, started, now, extra=0):
    if rule.per is attempts.Per.ROUND:
        return attempts.how_many_left(rule, started, now, extra)
    return max(0, rule.limit - sum(abs(now - start) < timedelta(days=7) for start in started))


@fault("finish_time")
def finished_when_swept(now, deadline):
    return now


@fault("is_late")
def no_grace(now, deadline):
    return now > deadline


@fault("is_late")
def grace_of_a_minute(now, deadline):
    return attempts.is_late(now, deadline, timedelta(seconds=60))


@fault("deadline_in")
def close_forgotten(window, start, limit_s, extra_s=0):
    return start + timedelta(seconds=limit_s + extra_s)


@fault("deadline_in")
def evening_forgotten(window, start, limit_s, extra_s=0):
    return windows.deadline(start, limit_s, window.closes_at, extra_s)


@fault("deadline_in")
def extra_after_the_close(window, start, limit_s, extra_s=0):
    return windows.deadline_in(window, start, limit_s) + timedelta(seconds=extra_s)


@fault("parse")
def point_is_a_decimal(typed, kind, decimals=5):
    return int(float(typed.replace(",", ".").replace(" ", ""))) if typed.count(".") < 2 else 0


@fault("parse")
def only_comma(typed, kind, decimals=5):
    return prediction.parse(typed.replace(".", ""), kind, decimals)


@fault("parse")
def floats(typed, kind, decimals=5):
    if kind is prediction.Kind.PERCENT_ALL_CORRECT:
        return int(float(typed.replace(",", ".")) * 10**decimals)
    return prediction.parse(typed, kind, decimals)
