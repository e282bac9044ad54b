"""The final standing of a contest: a total order, whatever the order of its lines; one prize a person."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contest.rules.overall import REGISTRY, Chain, Part, Terms
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Shared
from tests.contest.rules import strategies as some
from tests.contest.rules.judging import judge, refused

OPEN = sorted(code for code, criterion in REGISTRY.items() if not criterion.final)


@st.composite
def parts(draw):
    """Lines of up to six people in up to three rounds; rounds 2 and 3 ask for a prediction."""
    pairs = draw(st.sets(st.tuples(st.integers(1, 3), st.integers(1, 6)), max_size=12))
    return [
        Part(
            round_id=round_id,
            entrant_id=entrant,
            points=draw(some.small),
            correct=draw(some.small),
            all_correct=draw(st.booleans()),
            duration_ms=700 * draw(some.small),
            finished_at=some.MONDAY + timedelta(milliseconds=700 * draw(some.small), days=round_id),
            predicts=round_id > 1,
            prediction_error=draw(st.none() | some.small) if round_id > 1 else None,
        )
        for round_id, entrant in sorted(pairs)
    ]


@st.composite
def terms(draw, *, final=True):
    codes = draw(st.lists(st.sampled_from(OPEN), unique=True, min_size=1, max_size=4))
    counts = tuple((tier, draw(st.integers(1, 2))) for tier in (Tier.FIRST, Tier.SECOND))
    return Terms(
        Chain((*codes, "entrant_id")) if final else Chain(tuple(codes)),
        Shared.NEVER if final else draw(st.sampled_from([Shared.SKIPPING, Shared.DENSE])),
        draw(st.integers(1, 2)),
        PrizePlan(counts, draw(st.booleans())),
    )


def reckoned(found):
    """Sums by person, each by its own plain loop."""
    people = defaultdict(list)
    for part in found:
        people[part.entrant_id].append(part)
    asked = {part.round_id for part in found if part.predicts}
    return {
        person: {
            "points": -sum(part.points for part in mine),
            "rounds": -len(mine),
            "correct": -sum(part.correct for part in mine),
            "rounds_all_correct": -sum(part.all_correct for part in mine),
            "prediction_error": (
                len(asked) - sum(part.prediction_error is not None for part in mine),
                sum(part.prediction_error or 0 for part in mine),
            ),
            "duration": sum(part.duration_ms for part in mine),
            "last_finish": max(part.finished_at for part in mine),
            "entrant_id": person,
        }
        for person, mine in people.items()
    }


@judge("overall")
def a_contest_is_a_total_order_of_sums(engine):
    @given(parts(), terms())
    def check(found, rules):
        final = engine.overall(found, rules)

        sums = reckoned(found)
        enough = {person for person in sums if -sums[person]["rounds"] >= rules.least_rounds}
        assert {entry.row.entrant_id for entry in final.ranked} == enough
        assert [entry.rank for entry in final.ranked] == list(range(1, len(enough) + 1))
        for before, after in pairwise(final.ranked):
            one, other = (
                [sums[row.row.entrant_id][code] for code in rules.chain.codes] for row in (before, after)
            )
            assert one < other

    return check


@judge("overall")
def a_contest_ignores_the_order_of_its_lines(engine):
    @given(st.data(), parts(), terms() | terms(final=False))
    def check(data, found, rules):
        shuffled = data.draw(st.permutations(found))

        assert engine.overall(shuffled, rules) == engine.overall(found, rules)

    return check


@judge("overall")
def a_contest_gives_one_prize_a_person(engine):
    @given(parts(), terms() | terms(final=False), st.sets(st.integers(1, 6)))
    def check(found, rules, won_before):
        final = engine.overall(found, rules, won_before=won_before)

        winners = [award.entrant_id for award in final.awards]
        assert len(winners) == len(set(winners))
        if rules.prizes.one_a_person:
            assert not won_before & set(winners)
        eligible = [
            entry for entry in final.ranked
            if not (rules.prizes.one_a_person and entry.row.entrant_id in won_before)
        ]  # fmt: skip
        places = sum(count for _, count in rules.prizes.counts)
        assert winners[:places] == [entry.row.entrant_id for entry in eligible[:places]]

    return check


@judge("overall")
def an_undecided_contest_is_refused(engine):
    @given(parts(), st.lists(st.sampled_from(OPEN), unique=True, min_size=1, max_size=2))
    def check(found, codes):
        rules = Terms(Chain(tuple(codes)), prizes=PrizePlan(((Tier.FIRST, 1),)))
        keys = [tuple(sums[code] for code in codes) for sums in reckoned(found).values()]

        equal = len(set(keys)) < len(keys)
        assert refused(engine.overall, found, rules) == ("ranking-undecided" if equal else "")

    return check
