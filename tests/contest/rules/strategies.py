"""Random contests for the properties: few values each, so that ties and collisions are common."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from contest.rules.attempts import AttemptState
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.paper import PoolItem
from contest.rules.prediction import ErrorRule, Kind, PredictionRule
from contest.rules.ranking import REGISTRY, Chain, Row, Shared
from contest.rules.scoring import ItemMark, KeyEffect
from contest.rules.settlement import Entry, Terms

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
OPEN_CODES = sorted(code for code, criterion in REGISTRY.items() if not criterion.final)
VERSIONS = (101, 102, 103)

small = st.integers(0, 3)
moments = st.integers(0, 5).map(lambda step: MONDAY + timedelta(milliseconds=700 * step))
predictions = st.none() | st.integers(0, 12)


@st.composite
def row(draw, attempt_id: int = 1, entrant_id: int | None = None) -> Row:
    started = draw(moments)
    used = draw(st.integers(0, 4)) * 700
    correct = draw(small)
    return Row(
        attempt_id=attempt_id,
        entrant_id=attempt_id if entrant_id is None else entrant_id,
        points=draw(small),
        max_points=3,
        correct=correct,
        all_correct=correct == 3,
        duration_ms=used,
        started_at=started,
        submitted_at=started + timedelta(milliseconds=used),
        prediction=draw(predictions),
        prediction_error=draw(st.none() | small),
    )


@st.composite
def rows(draw, least: int = 0, most: int = 8) -> list[Row]:
    ids = draw(st.lists(st.integers(1, 99), unique=True, min_size=least, max_size=most))
    return [draw(row(number)) for number in ids]


@st.composite
def open_chains(draw) -> Chain:
    return Chain(tuple(draw(st.lists(st.sampled_from(OPEN_CODES), unique=True, min_size=1, max_size=5))))


@st.composite
def final_chains(draw) -> Chain:
    return Chain((*draw(open_chains()).codes, "attempt_id"))


@st.composite
def entries(draw, most: int = 8) -> list[Entry]:
    ids = draw(st.lists(st.integers(1, 99), unique=True, max_size=most))
    barred = draw(st.sets(st.integers(1, 4)))
    return [_entry(draw, number, barred) for number in ids]


def _entry(draw, attempt_id: int, barred: set[int]) -> Entry:
    entrant = draw(st.integers(1, 4))
    started = draw(moments)
    earned = draw(st.lists(st.integers(0, 2), min_size=3, max_size=3))
    return Entry(
        attempt_id=attempt_id,
        entrant_id=entrant,
        state=draw(
            st.sampled_from([AttemptState.SUBMITTED, AttemptState.AUTO_SUBMITTED, AttemptState.VOIDED])
        ),
        started_at=started,
        finished_at=started + timedelta(milliseconds=700 * draw(small)),
        marks=tuple(
            ItemMark(version, points=2, earned=part, possible=2, answered=part > 0 or draw(st.booleans()))
            for version, part in zip(VERSIONS, earned, strict=True)
        ),
        prediction=draw(predictions),
        barred=entrant in barred and entrant > 2,
    )


@st.composite
def terms(draw) -> Terms:
    rule = PredictionRule(draw(st.sampled_from(Kind)), draw(st.sampled_from(ErrorRule)), decimals=0)
    return Terms(
        chain=draw(final_chains()),
        counted=draw(st.sampled_from(Counted)),
        shared=Shared.NEVER,
        prediction=draw(st.just(rule) | st.none()),
        prediction_from=draw(st.sampled_from(PredictionFrom)),
    )


effects = st.dictionaries(st.sampled_from(VERSIONS), st.sampled_from(KeyEffect), max_size=3)

topics = st.sampled_from(["I", "II.1.1", "II.10", "II.1/b2"])
cells = st.builds(
    Cell,
    topic=st.sampled_from(["", "II", "II.1"]),
    count=st.integers(1, 2),
    points=st.integers(1, 3),
    level=st.sampled_from([None, None, "NB"]),
    kind=st.none(),
)
blueprints = st.lists(cells, min_size=1, max_size=3).map(lambda found: Blueprint(tuple(found)))


@st.composite
def pools(draw, most: int = 6) -> list[PoolItem]:
    ids = draw(st.lists(st.integers(1, 50), unique=True, min_size=2, max_size=most))
    return [
        PoolItem(
            number,
            draw(topics),
            draw(st.sampled_from(["NB", "TH"])),
            draw(st.sampled_from(["single", "fill"])),
            draw(small),
        )
        for number in ids
    ]


@st.composite
def trees(draw) -> dict[str, list[int]]:
    """Own numbers of some units of a tree, inner ones too."""
    paths = ["1/"]
    # 2 and 20: a path is no mere prefix of text.
    for number in draw(st.lists(st.sampled_from([2, 3, 10, 20, 22, 200]), unique=True)):
        paths.append(f"{draw(st.sampled_from(paths))}{number}/")
    holding = draw(st.lists(st.sampled_from(paths), unique=True))
    return {path: draw(st.lists(small, min_size=2, max_size=2)) for path in holding}
