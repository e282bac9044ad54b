"""Review of a question version: its states and the table of allowed moves. Author and approver are two persons."""

from enum import StrEnum

from question_bank.errors import Refusal


class State(StrEnum):
    """Where a version stands. Approved versions never change; a retired one is no longer drawn."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"


class Command(StrEnum):
    """What a person may do with a version."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"
    RETIRE = "retire"


MOVES: dict[tuple[State, Command], State] = {
    (State.DRAFT, Command.SUBMIT): State.IN_REVIEW,
    (State.DRAFT, Command.RETIRE): State.RETIRED,
    (State.IN_REVIEW, Command.WITHDRAW): State.DRAFT,
    (State.IN_REVIEW, Command.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Command.RETURN): State.DRAFT,
    (State.APPROVED, Command.RETIRE): State.RETIRED,
}


def move(state: State | str, command: Command, *, actor: int, author: int | None) -> State:
    """The state after the command, given by the person `actor` (ids).

    Refusals: `move-not-allowed` when the table has no such row; `author-cannot-approve` when the author approves or
    returns the own question; `not-the-author` when another withdraws it.
    """
    current = State(state)
    if (current, command) not in MOVES:
        raise Refusal("move-not-allowed", state=current.value, command=command.value)
    if command in {Command.APPROVE, Command.RETURN} and actor == author:
        raise Refusal("author-cannot-approve")
    if command is Command.WITHDRAW and actor != author:
        raise Refusal("not-the-author")
    return MOVES[current, command]


def allowed(state: State | str, *, actor: int, author: int | None) -> list[Command]:
    """The commands that `move` would accept from this person."""
    found = []
    for command in Command:
        try:
            move(state, command, actor=actor, author=author)
        except Refusal:
            continue
        found.append(command)
    return found
