"""A live round as its rows tell it: every answer by itself, where a mark may be a team's."""

from functools import partial

from msgspec.structs import replace

from contest.live import modes
from contest.live.state import Run, State
from contest.queries import live
from contest.queries.live import Loaded


def by_row(loaded: Loaded) -> State:
    """The state with what each answer was worth by itself: for papers about people and answers, never for ranks."""
    runs = {run.no: _by_row(loaded, run) for run in loaded.state.runs.values()}
    return replace(loaded.state, runs=runs)


def _by_row(loaded: Loaded, run: Run) -> Run:
    state, secret = loaded.state, loaded.secrets.get(run.item)
    if secret is None or not run.marks:
        return run
    answers = partial(live.answers_of, loaded.round_id, run.no)
    item = state.items[run.item - 1]
    marks = modes.get(state.rules.mode).row_marks(state, run, item, secret.key, answers)
    return run if marks is run.marks else replace(run, marks=marks)
