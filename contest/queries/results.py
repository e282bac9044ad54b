"""One's own result: everything that may be seen now, for the result page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contest.models import Attempt, Settlement, Standing
from contest.queries import board, corrections, marking, papers, snapshots, standings
from contest.rules import prediction, scoring
from contest.rules.regrade import Corrected, Correction
from contest.rules.scoring import KeyEffect
from question_bank.queries import pool
from question_bank.rules import kinds


def result_page(attempt: Attempt, *, now: datetime) -> dict[str, Any]:
    """The context of the result page (frontend/attempts/result.html); score and review obey visible_results.

    Both are by the keys as the newest published edition has corrected them; before one is out, by the published keys.
    """
    snapshot, phase, shown = board.visible(attempt.round_id, now)
    settlement = standings.released(attempt.round_id) if shown.ranking else None
    mine = settlement.standings.filter(entrant_id=attempt.entrant_id).first() if settlement else None
    paper = snapshots.paper(attempt.paper_id)
    keys = corrections.published(settlement, void_removes=snapshot.rules.void_removes)
    marks = _marks(attempt, paper, snapshot, keys) if shown.review or keys.decided else []
    scored = scoring.score(marks, keys.effects) if keys.decided else None
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
            "score": (scored.points if scored else attempt.score) if show_score else None,
            "max_points": scored.max_points if scored else paper.max_points,
            "correct": (scored.correct if scored else attempt.correct) if show_score else None,
            "total": scored.total if scored else len(paper.items),
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
        "reviews": reviews(attempt, marks, keys) if shown.review else [],
        "attempts_left": None,
        "again_url": "",
    }


def reviews(attempt: Attempt, marks: list[scoring.ItemMark], keys: Corrected) -> list[dict[str, Any]]:
    """Every question as given and as right, with explanation and sources, in the order the attempt showed them."""
    paper = snapshots.paper(attempt.paper_id)
    by_version = {mark.version_id: mark for mark in marks}
    behind = pool.background([item["version"] for item in paper.items])
    return [
        _review(
            item,
            position,
            attempt,
            mark=by_version[item["version"]],
            behind=behind[item["version"]],
            key=paper.keys[str(item["no"])],
            keys=keys,
        )
        for position, item in enumerate(papers.arranged_items(attempt), start=1)
    ]


def score_shown(attempt: Attempt, settlement: Settlement | None) -> tuple[int | None, int]:
    """(points, maximum) by the keys as this published edition has corrected them; None: by the published keys."""
    snapshot = snapshots.round_snapshot(attempt.round_id)
    paper = snapshots.paper(attempt.paper_id)
    keys = corrections.published(settlement, void_removes=snapshot.rules.void_removes)
    if not keys.decided or attempt.score is None:
        return attempt.score, paper.max_points
    scored = scoring.score(_marks(attempt, paper, snapshot, keys), keys.effects)
    return scored.points, scored.max_points


def _marks(
    attempt: Attempt, paper: snapshots.PaperSnapshot, snapshot: snapshots.RoundSnapshot, keys: Corrected
) -> list[scoring.ItemMark]:
    partial = snapshot.rules.partial_credit
    return list(marking.marks(paper, attempt.answers, partial=partial, keys=keys.keys))


def _review(
    item: Mapping[str, Any],
    position: int,
    attempt: Attempt,
    *,
    mark: scoring.ItemMark,
    behind: pool.Background,
    key: Mapping[str, Any],
    keys: Corrected,
) -> dict[str, Any]:
    kind = kinds.get(item["kind"])
    response = attempt.answers.get(str(item["no"]))
    scored = scoring.score([mark], keys.effects)
    accepted = keys.keys.get(mark.version_id, key)["accepted"]
    # Variants of the published key are ways to write one answer; what a correction added is another answer.
    right = [accepted[0], *accepted[len(key["accepted"]) :]]
    return {
        "position": position,
        "stem": item["stem"],
        "media": item.get("media", []),
        "kind": item["kind"],
        "verdict": _verdict(mark, scored, keys.effects.get(mark.version_id)),
        "points": scored.points,
        "max_points": scored.max_points,
        "options": _options(item, response, accepted),
        "given": kind.answer_lines(item["body"], response) if mark.answered else [],
        "right": [line for answer in right for line in kind.answer_lines(item["body"], answer)],
        "explanation": behind.explanation,
        "citations": [
            {"topic": key, "title": title, "quote": quote} for key, title, quote in behind.citations
        ],
        "note": _note(mark.version_id, keys),
    }


def _verdict(mark: scoring.ItemMark, scored: scoring.Score, effect: KeyEffect | None) -> str:
    if effect in {KeyEffect.VOID_FULL, KeyEffect.VOID_REMOVED}:
        return "void"
    if not mark.answered:
        return "blank"
    if scored.all_correct:
        return "right"
    return "partial" if mark.earned else "wrong"


def _note(version_id: int, keys: Corrected) -> str:
    """What was corrected: the effect that holds, else `accept`; "" for a question that was left alone."""
    effect = keys.effects.get(version_id)
    if effect is not None:
        return effect.value
    return Correction.ACCEPT.value if version_id in keys.decided else ""


def _options(item: Mapping[str, Any], response: Any, accepted: list[Any]) -> list[dict[str, Any]]:
    if item["kind"] not in {"single", "multi"}:
        return []
    given = {response} if isinstance(response, str) else set(response or [])
    if item["kind"] == "single":
        right = set(accepted)
    else:
        # Of several sets of options that are right, the one that was chosen.
        right = next((set(answer) for answer in accepted if set(answer) == given), set(accepted[0]))
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
