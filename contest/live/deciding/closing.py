"""The close of a question: everybody's marks, secret until the reveal."""

from contest.live import events as e
from contest.live.deciding.registry import auto
from contest.live.facts import Facts
from contest.live.marking import marks_of, tally
from contest.live.state import Run, State


def close(state: State, run: Run, facts: Facts, *, at: int = 0) -> e.RunClosed:
    """The close of a run, at its time if the clock looks later; with its marks."""
    answers = facts.answers(run.no)
    item = state.items[run.item - 1]
    marks = marks_of(state, run, facts.secrets.get(run.item), answers)
    return e.RunClosed(
        run.no,
        at or min(run.closes_at, facts.now),
        marks,
        tally(state, item, answers),
        len({answer.player for answer in answers}),
        auto(state, facts.now),
    )
