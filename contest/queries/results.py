"""One's own result: everything that may be seen now, for the result page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contest.models import Attempt, KeyCorrection, Settlement, Standing
from contest.queries import board, marking, papers, snapshots, standings
from contest.rules import prediction, scoring
from question_bank.queries import pool
from question_bank.rules import kinds


def result_page(attempt: Attempt, *, now: datetime) -> dict[str, Any]:
    """The context of the result page (frontend/attempts/result.html); score and review obey visible_results."""
    snapshot, phase, shown = board.visible(attempt.round_id, now)
    settlement = standings.released(attempt.round_id) if shown.ranking else None
    mine = settlement.standings.filter(entrant_id=attempt.entrant_id).first() if settlement else None
    paper = snapshots.paper(attempt.paper_id)
    marks = _marks(attempt, paper, snapshot) if shown.review else []
    show_score = shown.own_score or shown.review
    rule = snapshot.rules.prediction
    return {
        "contest_title": snapshot.contest_title,
        "round_title": snapshot.title,
        "contest_url": f"/cuoc-thi/{snapshot.contest_slug}/",
        "board_url": f"/vong/{attempt.round_id}/bang/" if shown.board else "",
        "results_url": f"/vong/{attempt.round_id}/ket-qua/" if shown.ranking else "",
        "attempt": {
            "receipt": attempt.receipt,
            "state": attempt.state,
            "score": attempt.score if show_score else None,
            "max_points": paper.max_points,
            "correct": attempt.correct if show_score else None,
            "total": len(paper.items),
            "duration_ms": attempt.duration_ms,
            "finished_at": attempt.finished_at,
            "prediction": _written(attempt.prediction, rule),
        },
        "phase": phase.value,
        "closes_at": snapshot.window.closes_at,
        "release_at": None if shown.ranking else snapshot.window.closes_at,
        "released": shown.ranking,
        "released_at": settlement.published_at if settlement else None,
        "standing": _standing(attempt, settlement, mine),
        "truth": _truth(settlement, mine, rule),
        "reviews": reviews(attempt, marks) if shown.review else [],
        "attempts_left": None,
        "again_url": "",
    }


def reviews(attempt: Attempt, marks: list[scoring.ItemMark]) -> list[dict[str, Any]]:
    """Every question as given and as right, with explanation and sources, in the order the attempt showed them."""
    paper = snapshots.paper(attempt.paper_id)
    by_version = {mark.version_id: mark for mark in marks}
    notes = dict(KeyCorrection.objects.filter(round_id=attempt.round_id).values_list("version_id", "effect"))
    behind = pool.background([item["version"] for item in paper.items])
    return [
        _review(
            item,
            position,
            attempt,
            mark=by_version[item["version"]],
            behind=behind[item["version"]],
            voided=notes.get(item["version"]) == KeyCorrection.Effect.VOID,
            key=paper.keys[str(item["no"])],
        )
        for position, item in enumerate(papers.arranged_items(attempt), start=1)
    ]


def _marks(
    attempt: Attempt, paper: snapshots.PaperSnapshot, snapshot: snapshots.RoundSnapshot
) -> list[scoring.ItemMark]:
    return list(marking.marks(paper, attempt.answers, partial=snapshot.rules.partial_credit))


def _review(
    item: Mapping[str, Any],
    position: int,
    attempt: Attempt,
    *,
    mark: scoring.ItemMark,
    behind: pool.Background,
    voided: bool,
    key: Mapping[str, Any],
) -> dict[str, Any]:
    kind = kinds.get(item["kind"])
    response = attempt.answers.get(str(item["no"]))
    accepted = key["accepted"]
    return {
        "position": position,
        "stem": item["stem"],
        "kind": item["kind"],
        "verdict": _verdict(mark, voided=voided),
        "points": item["points"] * mark.earned // mark.possible,
        "max_points": item["points"],
        "options": _options(item, response, accepted),
        "given": kind.answer_lines(item["body"], response) if mark.answered else [],
        "right": kind.answer_lines(item["body"], accepted[0]),
        "explanation": behind.explanation,
        "citations": [
            {"topic": key, "title": title, "quote": quote} for key, title, quote in behind.citations
        ],
        "note": "",
    }


def _verdict(mark: scoring.ItemMark, *, voided: bool) -> str:
    if voided:
        return "void"
    if not mark.answered:
        return "blank"
    if mark.earned == mark.possible:
        return "right"
    return "partial" if mark.earned else "wrong"


def _options(item: Mapping[str, Any], response: Any, accepted: list[Any]) -> list[dict[str, Any]]:
    if item["kind"] not in {"single", "multi"}:
        return []
    given = {response} if isinstance(response, str) else set(response or [])
    right = {key for answer in accepted for key in ([answer] if isinstance(answer, str) else answer)}
    return [
        {"text": option["text"], "given": option["key"] in given, "right": option["key"] in right}
        for option in item["body"]["options"]
    ]


def _written(value: int | None, rule: prediction.PredictionRule | None) -> str:
    return prediction.written(value, rule.kind, rule.decimals) if rule and value is not None else ""


def _standing(
    attempt: Attempt, settlement: Settlement | None, mine: Standing | None
) -> dict[str, Any] | None:
    if settlement is None or mine is None:
        return None
    return {
        "rank": mine.rank,
        "of": settlement.numbers["people_participating"],
        "prize": mine.prize,
        "counted": mine.attempt_id == attempt.pk,
        "rows": standings.around(settlement, attempt.entrant_id),
    }


def _truth(
    settlement: Settlement | None, mine: Standing | None, rule: prediction.PredictionRule | None
) -> dict[str, str] | None:
    if settlement is None or rule is None or settlement.numbers.get("truth") is None:
        return None
    error = mine.prediction_error if mine else None
    return {"answer": _written(settlement.numbers["truth"], rule), "error": _written(error, rule)}
