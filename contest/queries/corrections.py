"""A round's keys as its corrections leave them."""

from contest.models import KeyCorrection, Round, Settlement
from contest.queries import snapshots
from contest.rules import regrade


def last(round: Round) -> int:
    """The id of the round's newest correction; 0 when there is none."""
    newest = KeyCorrection.objects.filter(round=round).order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def corrected(round_id: int, *, up_to: int, void_removes: bool) -> regrade.Corrected:
    """What the round's corrections with an id of at most `up_to` leave of its papers' keys."""
    if not up_to:
        return regrade.UNCORRECTED
    rows = KeyCorrection.objects.filter(round_id=round_id, id__lte=up_to).order_by("id")
    decisions = list(rows.values_list("version_id", "effect", "answer"))
    if not decisions:
        return regrade.UNCORRECTED
    paper_ids = snapshots.round_snapshot(round_id).paper_ids
    published = {
        item["version"]: paper.keys[str(item["no"])]
        for paper in (snapshots.paper(paper_id) for paper_id in paper_ids)
        for item in paper.items
    }
    return regrade.corrected(published, decisions, void_removes=void_removes)


def published(settlement: Settlement | None, *, void_removes: bool) -> regrade.Corrected:
    """The corrections that went into a published edition: none before one is out, nor any recorded since."""
    if settlement is None or settlement.published_at is None:
        return regrade.UNCORRECTED
    up_to = settlement.basis.get("correction", 0)
    return corrected(settlement.round_id, up_to=up_to, void_removes=void_removes)
