"""Reading and marking the answers of one attempt against its paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from contest.errors import Refusal
from contest.models import Attempt
from contest.queries import snapshots
from contest.rules import scoring
from question_bank.rules import kinds

MAX_FIELDS = 400


def read_answers(paper: snapshots.PaperSnapshot, raw: Mapping[str, Any]) -> dict[str, Any]:
    """A client's answers as responses the kinds know; an empty one stays, so that an answer can be taken back.

    Refusals: `unknown-question` for an item number that is not on the paper, `response-malformed` from the kind with
    its place (`field` = "answers.<number>").
    """
    if len(raw) > MAX_FIELDS:
        raise Refusal("too-many-answers")
    read: dict[str, Any] = {}
    for number, value in raw.items():
        item = paper.by_number.get(number)
        if item is None:
            raise Refusal("unknown-question", number=number[:8])
        try:
            read[number] = kinds.get(item["kind"]).read(item["body"], value)
        except Refusal as refusal:
            raise Refusal(refusal.code, field=f"answers.{number}", **refusal.facts) from None
    return read


def score(attempt: Attempt) -> scoring.Score:
    """The attempt's score by the keys its paper was published with."""
    snapshot = snapshots.round_snapshot(attempt.round_id)
    paper = snapshots.paper(attempt.paper_id)
    return scoring.score(marks(paper, attempt.answers, partial=snapshot.rules.partial_credit))


def marks(
    paper: snapshots.PaperSnapshot,
    answers: Mapping[str, Any],
    *,
    partial: bool,
    keys: Mapping[int, Mapping[str, Any]] | None = None,
) -> Iterable[scoring.ItemMark]:
    """A mark an item, in paper order; `keys` (by version id) replace the published ones after a correction."""
    for item in paper.items:
        number = str(item["no"])
        kind = kinds.get(item["kind"])
        key = (keys or {}).get(item["version"], paper.keys[number])
        response = answers.get(number)
        answered = kind.is_answered(response)
        mark = kind.grade(item["body"], key, response, partial=partial) if answered else None
        yield scoring.ItemMark(
            version_id=item["version"],
            points=item["points"],
            earned=mark.earned if mark else 0,
            possible=mark.possible if mark else 1,
            answered=answered,
        )
