"""The table of review: every state and command moves or refuses."""

import pytest

from question_bank.errors import Refusal
from question_bank.rules.review import MOVES, Command, State, allowed, move

AUTHOR, OTHER = 1, 2
TABLE = {
    (State.DRAFT, Command.SUBMIT): State.IN_REVIEW,
    (State.DRAFT, Command.RETIRE): State.RETIRED,
    (State.IN_REVIEW, Command.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Command.RETURN): State.DRAFT,
    (State.IN_REVIEW, Command.WITHDRAW): State.DRAFT,
    (State.APPROVED, Command.RETIRE): State.RETIRED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", Command)
def test_every_state_and_command(state: State, command: Command) -> None:
    actor = AUTHOR if command is Command.WITHDRAW else OTHER
    after = TABLE.get((state, command))
    if after is not None:
        assert move(state, command, actor=actor, author=AUTHOR) is after
        return
    with pytest.raises(Refusal, match="move-not-allowed") as refused:
        move(state, command, actor=actor, author=AUTHOR)
    assert refused.value.facts == {"state": state.value, "command": command.value}


def test_the_table_holds_nothing_else() -> None:
    assert MOVES == TABLE


@pytest.mark.parametrize("command", [Command.APPROVE, Command.RETURN])
def test_author_and_approver_are_two_persons(command: Command) -> None:
    with pytest.raises(Refusal, match="author-cannot-approve"):
        move(State.IN_REVIEW, command, actor=AUTHOR, author=AUTHOR)


def test_only_the_author_withdraws() -> None:
    with pytest.raises(Refusal, match="not-the-author"):
        move(State.IN_REVIEW, Command.WITHDRAW, actor=OTHER, author=AUTHOR)


def test_what_a_person_may_do() -> None:
    assert allowed("in_review", actor=AUTHOR, author=AUTHOR) == [Command.WITHDRAW]
    assert allowed("in_review", actor=OTHER, author=AUTHOR) == [Command.APPROVE, Command.RETURN]
    assert allowed("retired", actor=OTHER, author=AUTHOR) == []
