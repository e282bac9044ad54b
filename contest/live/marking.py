"""The marks of a run: a pure function of its rows and its key."""

from collections.abc import Sequence

from contest.live import modes
from contest.live.facts import Secret
from contest.live.state import Answer, Item, Mark, Run, State
from question_bank.rules import kinds

MOST_COUNTED = 12  # lines of a distribution; typed answers are many


def marks_of(state: State, run: Run, secret: Secret | None, answers: Sequence[Answer]) -> dict[int, Mark]:
    """Everybody's mark, in the order of participants; none for a poll."""
    item = state.items[run.item - 1]
    if item.type != "question" or secret is None:
        return {}
    marks = modes.get(state.rules.mode).mark(state, run, item, secret.key, answers)
    return dict(sorted(marks.items()))


def tally(state: State, item: Item, answers: Sequence[Answer]) -> dict[str, int]:
    """How often each option was chosen, by key; other kinds by answer line, the most frequent only.

    Nothing for presses of the buzzer.
    """
    if state.rules.mode == "buzzer" and item.type == "question":
        return {}
    found: dict[str, int] = {}
    for answer in answers:
        for name in _names(item, answer):
            found[name] = found.get(name, 0) + 1
    most = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_COUNTED]
    return dict(most)


def _names(item: Item, answer: Answer) -> list[str]:
    value = answer.value
    if item.kind in {"single", "truefalse"}:
        return [str(value)]
    if item.kind == "multi":
        return [str(key) for key in value]
    lines = kinds.get(item.kind).answer_lines(item.body, value)
    return [" – ".join(lines)]
