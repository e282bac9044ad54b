"""What the operator's screen says besides what everybody sees."""

from itertools import pairwise

import pytest

from contest.live import audiences, commands, machine, ranking
from contest.live.facts import Facts, Secret
from contest.live.rules import LiveRules
from contest.live.state import Item, Phase, Solution, State

OPTIONS = {"options": [{"key": key, "text": f"Phương án {key}"} for key in "ab"]}
ITEMS = (
    Item(1, "question", "Câu thứ nhất?", kind="single", body=OPTIONS),
    Item(2, "slide", "Nghỉ giải lao", text="Mười phút."),
    Item(3, "question", "Câu thứ hai?", kind="single", body=OPTIONS),
)
SECRETS = {no: Secret({"accepted": ["a"]}, Solution(("Phương án a",), ("a",))) for no in (1, 3)}


def play(state, command, now):
    return machine.apply(state, machine.decide(state, command, Facts(now, SECRETS)))


def view(state, role="host"):
    return audiences.host_view(state, ranking.board(state), SECRETS, role=role)


def through_the_round():
    """Every state of a whole round, as the next key and the clock lead it."""
    now = 1_000_000
    state = play(State(), commands.OpenLobby("Thử", LiveRules(board_every=1), ITEMS), now)
    while True:
        yield state
        if state.phase is Phase.ENDED:
            return
        if state.due_at:
            now = state.due_at
            state = play(state, commands.Tick(), now)
        else:
            state = play(state, commands.Advance(machine.stamp(state)), now)


def test_the_next_key_leads_where_the_view_says():
    states = list(through_the_round())
    for state, after in pairwise(states):
        expected = "" if state.phase is Phase.OPEN else after.phase.value
        assert view(state).next_phase == expected, state.phase
    assert view(states[-1]).next_phase == ""
    assert {state.phase for state in states} == set(Phase) - {Phase.JUDGING}


@pytest.mark.parametrize("role", ["host", "jury"])
def test_the_question_is_whole_before_the_hall_sees_it(role):
    title = next(state for state in through_the_round() if state.phase is Phase.TITLE)
    shown = view(title, role).question
    assert shown is not None
    assert shown.stem == "Câu thứ nhất?"
    assert [option.key for option in shown.options] == ["a", "b"]


def test_a_remote_sees_no_key_and_nobody():
    title = next(state for state in through_the_round() if state.phase is Phase.TITLE)
    shown = view(title, "remote")
    assert shown.question is not None
    assert (shown.question.stem, shown.question.options) == ("", ())
    assert (shown.key, shown.next_key, shown.people) == (None, None, {})
