"""Faulty rankings, settlements, scores and prizes, of the kinds that real systems had."""

from dataclasses import replace
from itertools import groupby

from contest.rules import (
    attempts,
    best_attempt,
    prediction,
    prizes,
    ranking,
    scoring,
    settlement,
)
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.ranking import REGISTRY, Chain, Ranked, Row, Shared
from contest.rules.scoring import KeyEffect
from tests.contest.rules.engine import REAL
from tests.contest.rules.mutants.seeding import fault


def _ranked_by(key):
    def rank(rows, chain, shared=Shared.NEVER):
        ordered = sorted(rows, key=lambda row: key(row, chain))
        return [Ranked(row, place, chain.key(row)) for place, row in enumerate(ordered, start=1)]

    return rank


@fault("rank")
def unstable_tiebreak(rows, chain, shared=Shared.NEVER):
    cut = Chain(tuple(code for code in chain.codes if code != "attempt_id") or ("points",))
    return _ranked_by(lambda row, _: cut.key(row))(rows, chain)


@fault("rank")
def ignoring_the_prediction(rows, chain, shared=Shared.NEVER):
    rows = list(rows)
    blind = {row.attempt_id: replace(row, prediction_error=0) for row in rows}
    return _ranked_by(lambda row, chain: (chain.key(blind[row.attempt_id]), row.attempt_id))(rows, chain)


@fault("rank")
def missing_prediction_first(rows, chain, shared=Shared.NEVER):
    guessed = {row.attempt_id: replace(row, prediction_error=row.prediction_error or 0) for row in list(rows)}
    return _ranked_by(lambda row, chain: (chain.key(guessed[row.attempt_id]), row.attempt_id))(rows, chain)


@fault("rank")
def criteria_in_a_fixed_order(rows, chain, shared=Shared.NEVER):
    fixed = Chain(tuple(code for code in REGISTRY if code in chain.codes))
    return _ranked_by(lambda row, _: fixed.key(row))(rows, chain)


@fault("rank")
def shared_ranks_skip_nobody(rows, chain, shared=Shared.NEVER):
    return ranking.rank(rows, chain, Shared.DENSE if shared is Shared.SKIPPING else shared)


@fault("rank")
def shared_rank_of_the_last(rows, chain, shared=Shared.NEVER):
    ranked, done = [], 0
    for _, group in groupby(ranking.rank(rows, chain, shared), key=lambda entry: entry.key):
        equal = list(group)
        done += len(equal)
        ranked += [replace(entry, rank=done) for entry in equal]
    return ranked


@fault("rank")
def equals_are_cut_by_id(rows, chain, shared=Shared.NEVER):
    return _ranked_by(lambda row, chain: (chain.key(row), row.attempt_id))(rows, chain)


@fault("rank")
def seconds_instead_of_milliseconds(rows, chain, shared=Shared.NEVER):
    coarse = Chain(tuple("duration_second" if code == "duration" else code for code in chain.codes))
    return _ranked_by(lambda row, _: coarse.key(row))(rows, chain)


@fault("counted_attempt")
def latest_attempt(rows: list[Row], policy, chain):
    return best_attempt.counted_attempt(rows, Counted.LAST, chain)


@fault("counted_attempt")
def best_by_points_alone(rows, policy, chain):
    policy = Counted.HIGHEST_POINTS if policy is Counted.BEST else policy
    return best_attempt.counted_attempt(rows, policy, chain)


@fault("counted_attempt")
def first_by_id(rows, policy, chain):
    return (
        min(rows, key=lambda row: row.attempt_id)
        if policy is Counted.FIRST
        else REAL.counted_attempt(rows, policy, chain)
    )


@fault("stated_prediction")
def prediction_of_the_first_row(rows, source):
    return rows[0].prediction


@fault("error")
def no_prediction_is_zero(given, truth, rule):
    return prediction.error(given or 0, truth, rule)


@fault("error")
def above_is_allowed(given, truth, rule):
    return prediction.error(given, truth)


@fault("settle")
def all_correct_of_the_counted_attempt(entries, terms, effects=None):
    settled = settlement.settle(entries, terms, effects)
    people = sum(line.row.all_correct for line in settled.rows)
    return replace(settled, numbers=replace(settled.numbers, people_all_correct=people))


@fault("settle")
def voided_attempts_count(entries, terms, effects=None):
    entries = [replace(entry, state=attempts.AttemptState.SUBMITTED) for entry in entries]
    return settlement.settle(entries, terms, effects)


@fault("settle")
def barred_people_count(entries, terms, effects=None):
    return settlement.settle([replace(entry, barred=False) for entry in entries], terms, effects)


@fault("settle")
def every_guess_stands(entries, terms, effects=None):
    return settlement.settle(entries, replace(terms, prediction_from=PredictionFrom.COUNTED), effects)


@fault("settle")
def truth_before_the_void(entries, terms, effects=None):
    entries = list(entries)
    before = settlement.settle(entries, terms)
    return replace(settlement.settle(entries, terms, effects), truth=before.truth)


@fault("settle")
def void_only_for_who_was_wrong(entries, terms, effects=None):
    removed = dict.fromkeys(effects or {}, KeyEffect.ACCEPT_ALL)
    return settlement.settle(entries, terms, removed)


@fault("settle")
def errors_against_no_truth(entries, terms, effects=None):
    settled = settlement.settle(entries, terms, effects)
    lines = [
        replace(line, row=replace(line.row, prediction_error=line.row.prediction)) for line in settled.rows
    ]
    return replace(settled, rows=tuple(lines))


@fault("settle")
def order_of_the_database(entries, terms, effects=None):
    entries = list(entries)
    settled = settlement.settle(entries, terms, effects)
    place = {entry.attempt_id: number for number, entry in enumerate(entries)}
    return replace(settled, rows=tuple(sorted(settled.rows, key=lambda line: place[line.row.attempt_id])))


@fault("settle")
def counts_attempts_as_people(entries, terms, effects=None):
    settled = settlement.settle(entries, terms, effects)
    return replace(settled, numbers=replace(settled.numbers, people_participating=settled.numbers.attempts))


@fault("score")
def partial_marks_round_up(marks, effects=None):
    marks = list(marks)
    score = scoring.score(marks, effects)
    lost = sum(mark.points * mark.earned % mark.possible > 0 for mark in marks)
    return replace(score, points=score.points + lost + (score.points % 2))


@fault("score")
def void_takes_the_points(marks, effects=None):
    return scoring.score(marks, dict.fromkeys(effects or {}, KeyEffect.VOID_REMOVED))


@fault("score")
def accept_all_even_without_an_answer(marks, effects=None):
    swapped = {v: KeyEffect.VOID_FULL if e is KeyEffect.ACCEPT_ALL else e for v, e in (effects or {}).items()}
    return scoring.score(marks, swapped)


@fault("award")
def ties_cut_at_the_boundary(ranked, plan, *, won_before=()):
    awards, _ = prizes.award(
        [(number, person) for number, (_, person) in enumerate(ranked)], plan, won_before=won_before
    )
    return awards, []


@fault("award")
def winners_win_again(ranked, plan, *, won_before=()):
    return prizes.award(ranked, plan)


@fault("award")
def prizes_from_the_last(ranked, plan, *, won_before=()):
    return prizes.award([(-rank, person) for rank, person in ranked], plan, won_before=won_before)


@fault("award")
def winners_leave_a_gap(ranked, plan, *, won_before=()):
    awards, ties = prizes.award(ranked, plan)
    return [award for award in awards if not (plan.one_a_person and award.entrant_id in won_before)], ties
