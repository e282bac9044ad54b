"""The settlement of a round, its scores and its prizes."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from contest.rules import sheet
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.prediction import ErrorRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.scoring import KeyEffect
from tests.contest.rules import oracles
from tests.contest.rules import strategies as some
from tests.contest.rules.judging import judge


@judge("settle")
def settling_counts_as_the_rules_define(engine):
    @given(some.entries(), some.terms(), some.effects)
    def check(entries, terms, effects):
        settled = engine.settle(entries, terms, effects)

        people, attempts, all_correct = oracles.numbers(entries, effects)
        found = settled.numbers
        assert (found.people_participating, found.attempts, found.people_all_correct) == (
            people,
            attempts,
            all_correct,
        )
        assert len({line.row.entrant_id for line in settled.rows}) == len(settled.rows) == people
        assert sum(line.attempts for line in settled.rows) == attempts
        assert sum(line.person_all_correct for line in settled.rows) == all_correct
        if terms.prediction is None:
            assert settled.truth is None
        else:
            assert settled.truth == engine.truth(terms.prediction.kind, found, terms.prediction.decimals)

    return check


@judge("settle")
def settling_measures_each_prediction_against_the_truth(engine):
    @given(some.entries(), some.terms(), some.effects)
    def check(entries, terms, effects):
        assume(terms.prediction is not None)
        settled = engine.settle(entries, terms, effects)

        own = {entry.attempt_id: entry.prediction for entry in entries}
        for line in settled.rows:
            if terms.prediction_from is PredictionFrom.COUNTED:
                assert line.row.prediction == own[line.row.attempt_id]
            else:
                counting = [entry for entry in entries if entry.entrant_id == line.row.entrant_id]
                stated = sorted(
                    (entry.started_at, entry.attempt_id, entry.prediction)
                    for entry in counting
                    if entry.prediction is not None and entry.state.value != "voided"
                )
                which = 0 if terms.prediction_from is PredictionFrom.FIRST else -1
                assert line.row.prediction == (stated[which][2] if stated else None)
            said, truth = line.row.prediction, settled.truth
            over = terms.prediction.error is ErrorRule.NOT_ABOVE and said is not None and said > truth
            assert line.row.prediction_error == (None if said is None or over else abs(said - truth))

    return check


@judge("settle")
def settling_twice_gives_the_same_bytes(engine):
    @given(st.data(), some.entries(), some.terms(), some.effects)
    def check(data, entries, terms, effects):
        first = engine.settle(entries, terms, effects)
        second = engine.settle(iter(data.draw(st.permutations(entries))), terms, effects)

        written = [
            sheet.canonical_bytes(sheet.settlement_sheet(found, terms.chain)) for found in (first, second)
        ]
        assert written[0] == written[1]

    return check


@judge("settle")
def settling_ranks_one_attempt_a_person(engine):
    @given(some.entries(), some.terms())
    def check(entries, terms):
        settled = engine.settle(entries, terms)

        for before, after in pairwise(settled.rows):
            assert oracles.better(before.row, after.row, terms.chain.codes) is True
        first = {}
        for entry in sorted(entries, key=lambda entry: (entry.started_at, entry.attempt_id)):
            if entry.state.value != "voided":
                first.setdefault(entry.entrant_id, entry.attempt_id)
        if terms.counted is Counted.FIRST:
            assert all(line.row.attempt_id == first[line.row.entrant_id] for line in settled.rows)

    return check


@judge("settle")
def all_correct_does_not_depend_on_the_counted_attempt(engine):
    @given(some.entries(), some.terms(), st.sampled_from(Counted), st.sampled_from(Counted))
    def check(entries, terms, one, other):
        settled = [engine.settle(entries, replace(terms, counted=policy)) for policy in (one, other)]

        assert settled[0].numbers == settled[1].numbers
        assert settled[0].truth == settled[1].truth

    return check


@judge("settle")
def voiding_treats_everybody_alike(engine):
    @given(some.entries(), some.terms(), st.sampled_from(some.VERSIONS), st.sampled_from(KeyEffect))
    def check(entries, terms, version, effect):
        terms = replace(terms, counted=Counted.FIRST)
        before = {line.row.attempt_id: line for line in engine.settle(entries, terms).rows}
        after = {line.row.attempt_id: line for line in engine.settle(entries, terms, {version: effect}).rows}

        assert before.keys() == after.keys()
        for attempt, line in after.items():
            gained = line.row.points - before[attempt].row.points
            assert gained <= 0 if effect is KeyEffect.VOID_REMOVED else gained >= 0
            assert line.person_all_correct >= before[attempt].person_all_correct
            assert line.row.max_points == 6 - 2 * (effect is KeyEffect.VOID_REMOVED)

    return check


@judge("score")
def scores_are_sums_of_items(engine):
    @given(some.entries(), some.effects)
    def check(entries, effects):
        for entry in entries:
            score = engine.score(entry.marks, effects)
            assert score.points == sum(
                oracles.item_points(mark, effects.get(mark.version_id)) for mark in entry.marks
            )
            assert score.all_correct == oracles.is_all_correct(entry.marks, effects)
            assert 0 <= score.points <= score.max_points
            assert 0 <= score.correct <= score.total

    return check


@judge("award")
def prizes_fall_with_the_rank_and_cut_nobody(engine):
    @given(
        st.lists(st.integers(0, 2), max_size=10),
        st.dictionaries(st.sampled_from(Tier), st.integers(0, 3)),
        st.sets(st.integers(0, 9)),
        st.booleans(),
    )
    def check(steps, counts, won_before, one_a_person):
        ranks = [1 + sum(steps[1 : place + 1]) for place in range(len(steps))]
        ranked = [(rank, person) for person, rank in enumerate(ranks)]
        plan = PrizePlan(tuple((tier, counts[tier]) for tier in Tier if tier in counts), one_a_person)

        awards, ties = engine.award(ranked, plan, won_before=won_before)

        eligible = [pair for pair in ranked if not (one_a_person and pair[1] in won_before)]
        rank_of = {person: rank for rank, person in ranked}
        winners = [award.entrant_id for award in awards]
        assert len(set(winners)) == len(winners)
        assert {person for _, person in eligible} >= set(winners)
        order = list(Tier)
        held = {award.entrant_id: order.index(award.tier) for award in awards}
        for rank, person in eligible:
            for other, tier in held.items():
                if rank_of[other] >= rank:
                    assert held[person] <= tier
        places = sum(counts.values())
        surplus = sum(tie.people - tie.left for tie in ties)
        assert min(places, len(eligible)) <= len(awards) <= places + surplus
        assert all(
            sum(award.tier is tier for award in awards)
            <= count + sum(tie.people - tie.left for tie in ties if tie.tier is tier)
            for tier, count in plan.counts
        )

    return check
