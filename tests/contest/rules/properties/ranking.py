"""Total order, shared ranks and the counted attempt (reliability: A11, A12)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.ranking import Chain, Shared
from tests.contest.rules import oracles
from tests.contest.rules import strategies as some
from tests.contest.rules.judging import judge, refused


@judge("rank")
def ranking_follows_the_chain(engine):
    @given(some.rows(), some.final_chains())
    def check(rows, chain):
        ranked = engine.rank(rows, chain)

        assert [entry.rank for entry in ranked] == list(range(1, len(rows) + 1))
        assert sorted(entry.row.attempt_id for entry in ranked) == sorted(row.attempt_id for row in rows)
        for before, after in pairwise(ranked):
            assert oracles.better(before.row, after.row, chain.codes) is True

    return check


@judge("rank")
def ranking_ignores_the_order_of_the_rows(engine):
    @given(st.data(), some.rows(), some.open_chains(), st.sampled_from([Shared.SKIPPING, Shared.DENSE]))
    def check(data, rows, chain, shared):
        shuffled = data.draw(st.permutations(rows))

        assert engine.rank(shuffled, chain, shared) == engine.rank(rows, chain, shared)

    return check


@judge("rank")
def another_entrant_leaves_the_others_in_order(engine):
    @given(some.rows(least=1), some.final_chains())
    def check(rows, chain):
        with_all = [entry.row for entry in engine.rank(rows, chain)]
        without_one = [entry.row for entry in engine.rank(rows[1:], chain)]

        assert [row for row in with_all if row != rows[0]] == without_one

    return check


@judge("rank")
def equal_people_share_a_rank(engine):
    @given(some.rows(), some.open_chains())
    def check(rows, chain):
        for shared in (Shared.SKIPPING, Shared.DENSE):
            for entry in engine.rank(rows, chain, shared):
                ahead = [row for row in rows if oracles.better(row, entry.row, chain.codes)]
                if shared is Shared.DENSE:
                    ahead = _distinct(ahead, chain)
                assert entry.rank == len(ahead) + 1

    return check


@judge("rank")
def undecided_ranks_are_refused(engine):
    @given(some.rows(), some.open_chains())
    def check(rows, chain):
        equal = any(
            oracles.better(one, other, chain.codes) is None
            for one in rows
            for other in rows
            if one is not other
        )
        assert refused(engine.rank, rows, chain, Shared.NEVER) == ("ranking-undecided" if equal else "")

    return check


@judge("counted_attempt")
def best_attempt_is_the_best_by_the_policy(engine):
    @given(st.data(), some.rows(least=1), some.final_chains(), st.sampled_from(Counted))
    def check(data, rows, chain, policy):
        chosen = engine.counted_attempt(rows, policy, chain)

        assert engine.counted_attempt(data.draw(st.permutations(rows)), policy, chain) == chosen
        codes = {
            Counted.BEST: chain.codes,
            Counted.FIRST: ("started_at", "attempt_id"),
            Counted.HIGHEST_POINTS: ("points", "started_at", "attempt_id"),
        }
        for other in rows:
            if policy is Counted.LAST:
                assert oracles.better(other, chosen, codes[Counted.FIRST]) in (True, None)
            else:
                assert oracles.better(chosen, other, codes[policy]) in (True, None)

    return check


@judge("stated_prediction")
def prediction_is_taken_where_the_rules_say(engine):
    @given(st.data(), some.rows(least=1), st.sampled_from([PredictionFrom.FIRST, PredictionFrom.LAST]))
    def check(data, rows, source):
        stated = sorted(
            (row.started_at, row.attempt_id, row.prediction) for row in rows if row.prediction is not None
        )
        expected = stated[0 if source is PredictionFrom.FIRST else -1][2] if stated else None

        assert engine.stated_prediction(data.draw(st.permutations(rows)), source) == expected

    return check


def _distinct(rows, chain: Chain):
    kept = []
    for row in rows:
        if not any(oracles.better(row, other, chain.codes) is None for other in kept):
            kept.append(row)
    return kept
