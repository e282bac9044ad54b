"""Slow and obvious answers to compare the rules with; nothing here uses the code that it judges."""

from collections import defaultdict
from itertools import combinations, permutations

from contest.rules.ranking import Row
from contest.rules.scoring import KeyEffect


def better(one: Row, other: Row, codes: tuple[str, ...]) -> bool | None:
    """Whether `one` stands before `other` by the first criterion that tells them apart; None when none does."""
    for code in codes:
        verdict = _VERDICTS[code](one, other)
        if verdict is not None:
            return verdict
    return None


def _less(read):
    def verdict(one, other):
        return None if read(one) == read(other) else read(one) < read(other)

    return verdict


def _more(read):
    def verdict(one, other):
        return None if read(one) == read(other) else read(one) > read(other)

    return verdict


def _nearer(one, other):
    mine, theirs = one.prediction_error, other.prediction_error
    if mine == theirs:
        return None
    if mine is None or theirs is None:
        return theirs is None
    return mine < theirs


def _second(moment):
    return moment.replace(microsecond=0)


_VERDICTS = {
    "points": _more(lambda row: row.points),
    "points_share": _more(lambda row: row.points / row.max_points),
    "all_correct": _more(lambda row: row.all_correct),
    "correct": _more(lambda row: row.correct),
    "prediction_error": _nearer,
    "duration": _less(lambda row: row.duration_ms),
    "duration_second": _less(lambda row: row.duration_ms // 1000),
    "started_at": _less(lambda row: row.started_at),
    "submitted_at": _less(lambda row: row.submitted_at),
    "submitted_second": _less(lambda row: _second(row.submitted_at)),
    "attempt_id": _less(lambda row: row.attempt_id),
}


def item_points(mark, effect) -> int:
    full = effect is KeyEffect.VOID_FULL or (effect is KeyEffect.ACCEPT_ALL and mark.answered)
    if effect is KeyEffect.VOID_REMOVED:
        return 0
    return mark.points if full else mark.points * mark.earned // mark.possible


def is_all_correct(marks, effects) -> bool:
    left = [mark for mark in marks if effects.get(mark.version_id) is not KeyEffect.VOID_REMOVED]
    return bool(left) and all(
        mark.earned == mark.possible or item_points(mark, effects.get(mark.version_id)) == mark.points
        for mark in left
    )


def numbers(entries, effects) -> tuple[int, int, int]:
    """(people, attempts, people with an all-correct attempt) among what counts."""
    people = defaultdict(list)
    for entry in entries:
        if entry.state.value != "voided" and not entry.barred:
            people[entry.entrant_id].append(is_all_correct(entry.marks, effects))
    return len(people), sum(map(len, people.values())), sum(any(found) for found in people.values())


def can_fill(plan, items) -> bool:
    """Whether exactly these questions fill the blueprint, tried in every order."""
    places = [cell for cell in plan.cells for _ in range(cell.count)]
    return any(
        all(cell.fits(item) for cell, item in zip(places, order, strict=True))
        for order in permutations(items)
    )


def least_use(plan, pool) -> int | None:
    """The smallest sum of uses of any set of questions that fills the blueprint; None when none does."""
    sums = [
        sum(item.used for item in chosen)
        for chosen in combinations(pool, plan.count)
        if can_fill(plan, chosen)
    ]
    return min(sums, default=None)
