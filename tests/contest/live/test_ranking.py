"""The board: a total order of shared places that no order of rows changes."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contest.live import ranking
from contest.live.rules import CRITERIA, LiveRules
from contest.live.state import Adjustment, Mark, Phase, Player, Run, State
from tests.contest.live.hall import questions

ITEMS = questions(3)
marks = st.builds(Mark, st.booleans(), st.sampled_from([0, 10]), st.integers(0, 3))
runs = st.lists(st.dictionaries(st.integers(1, 6), marks, max_size=6), max_size=3)
chains = st.permutations(CRITERIA).flatmap(lambda order: st.integers(1, 4).map(lambda n: tuple(order[:n])))


def state_of(found, chain=("points", "right", "time"), order=range(1, 7), given=()):
    made = {
        no: Run(no, no, opens_at=1, closes_at=2, closed_at=2, revealed=True, marks=marks)
        for no, marks in enumerate(found, start=1)
    }
    return State(
        phase=Phase.REVEAL,
        rules=LiveRules(chain=chain),
        items=ITEMS,
        item=len(found),
        run=len(found),
        runs=made,
        players={id_: Player(id_, id_, f"Người {id_}") for id_ in order},
        adjustments=tuple(given),
    )


def lines(state):
    return [(line.id, line.rank, line.total) for line in ranking.board(state).lines]


@given(runs, chains, st.permutations(range(1, 7)))
def test_the_order_of_joining_changes_nothing(found, chain, order):
    assert lines(state_of(found, chain)) == lines(state_of(found, chain, order))


@given(runs, chains)
def test_places_are_shared_by_equals_and_the_next_is_skipped(found, chain):
    board = ranking.board(state_of(found, chain)).lines
    keys = {line.id: key(line, chain) for line in board}
    for line in board:
        assert line.rank == 1 + sum(1 for other in keys.values() if other < keys[line.id])
    assert [line.rank for line in board] == sorted(line.rank for line in board)
    assert [line.id for line in board] == [id_ for _, id_ in sorted((line.rank, line.id) for line in board)]


def key(line, chain):
    values = {"points": -line.total.points, "right": -line.total.right, "time": line.total.ms, "floor": 0}
    return [values[code] for code in chain]


@given(runs)
def test_totals_are_what_the_marks_say(found):
    for line in ranking.board(state_of(found)).lines:
        own = [marks[line.id] for marks in found if line.id in marks]
        right = [mark for mark in own if mark.right]
        assert line.total.points == sum(mark.points for mark in own)
        assert (line.total.right, line.total.ms) == (len(right), sum(mark.ms for mark in right))


@given(runs, st.integers(1, 6), st.integers(-20, 20))
def test_adjustments_are_added_and_nothing_else(found, player, points):
    plain = {id_: total.points for id_, _, total in lines(state_of(found))}
    given_ = state_of(found, given=[Adjustment(player, points, "x"), Adjustment(99, 5, "y")])
    assert {id_: total.points for id_, _, total in lines(given_)} == plain | {player: plain[player] + points}


@given(runs)
def test_one_more_person_does_not_change_the_order_of_the_others(found):
    few, all_ = lines(state_of(found, order=range(1, 6))), lines(state_of(found))
    assert [id_ for id_, *_ in all_ if id_ != 6] == [id_ for id_, *_ in few]


@given(runs, st.data())
def test_a_board_that_is_kept_is_the_board(found, data):
    """Whatever happens between two states, and though parts of them are the same objects."""
    state = state_of(found)
    ranking.board(state)
    for _ in range(3):
        state = changed(state, data.draw(st.integers(0, 4)))
        kept = ranking.board(state)
        ranking._kept.clear()
        assert ranking.board(state) == kept


def changed(state, what):
    if what == 0:
        return replace(state, players={**state.players, 1: replace(state.players[1], status="kicked")})
    if what == 1:
        return replace(state, adjustments=(*state.adjustments, Adjustment(2, 7, "x")))
    if what == 2 and state.runs:
        return replace(state, runs={**state.runs, 1: replace(state.runs[1], voided="Sai đề")})
    if what == 3 and state.runs:
        marks = {**state.runs[1].marks, 3: Mark(True, 10, 1)}
        return replace(state, runs={**state.runs, 1: replace(state.runs[1], marks=marks)})
    return replace(state, paused_at=state.paused_at + 1)


@given(runs)
def test_above_is_the_nearest_better_place(found):
    board = ranking.board(state_of(found))
    for index, line in enumerate(board.lines):
        better = [place for place, other in enumerate(board.lines) if other.rank < line.rank]
        assert board.above[index] == (better[-1] if better else -1)
        assert board.place[line.id] == index
