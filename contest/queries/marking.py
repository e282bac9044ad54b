"""Reading and marking the answers of one attempt against its paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from contest.errors import Refusal
from contest.models import Attempt
from contest.queries import snapshots
from contest.rules import scoring
from question_bank.rules import kinds

MAX_FIELDS = 400
MOST_REMEMBERED = 200_000


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
        key = (keys or {}).get(item["version"], paper.keys[number])
        yield _mark(item, key, answers.get(number), partial=partial)


class Marker:
    """Marks many attempts of a round, and remembers each answer: a hundred thousand people give few different ones."""

    def __init__(self, *, partial: bool, keys: Mapping[int, Mapping[str, Any]] | None = None) -> None:
        self._partial = partial
        self._keys = keys or {}
        self._known: dict[tuple[int, str, Any], scoring.ItemMark] = {}

    def marks(self, paper_id: int, answers: Mapping[str, Any]) -> tuple[scoring.ItemMark, ...]:
        """The same marks as `marks` gives for the paper."""
        known = self._known
        if len(known) > MOST_REMEMBERED:
            known.clear()
        found = []
        for number, item in snapshots.paper(paper_id).by_number.items():
            response = answers.get(number)
            told = (paper_id, number, response if isinstance(response, str) else (repr(response),))
            mark = known.get(told)
            if mark is None:
                mark = known[told] = self._mark(paper_id, item, response)
            found.append(mark)
        return tuple(found)

    def _mark(self, paper_id: int, item: Mapping[str, Any], response: Any) -> scoring.ItemMark:
        key = self._keys.get(item["version"]) or snapshots.paper(paper_id).keys[str(item["no"])]
        return _mark(item, key, response, partial=self._partial)


def _mark(
    item: Mapping[str, Any], key: Mapping[str, Any], response: Any, *, partial: bool
) -> scoring.ItemMark:
    kind = kinds.get(item["kind"])
    answered = kind.is_answered(response)
    mark = kind.grade(item["body"], key, response, partial=partial) if answered else None
    return scoring.ItemMark(
        version_id=item["version"],
        points=item["points"],
        earned=mark.earned if mark else 0,
        possible=mark.possible if mark else 1,
        answered=answered,
    )
