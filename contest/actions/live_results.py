"""The result of a live round: an edition when the round ends, and a new one with every correction that changes it."""

from datetime import datetime

from contest.errors import Refusal
from contest.live import ranking, unit_ranking
from contest.live.sheet import marked_again, result_sheet
from contest.live.state import State
from contest.models import LiveEdition, LiveRound, User
from contest.queries import live
from contest.rules.sheet import canonical_bytes, hash_of


def settle(row: LiveRound, state: State, *, now: datetime, actor: User | None, reason: str = "") -> None:
    """Called within the transaction of every deed after the end. Keeps an edition of each result that differs.

    Publishing puts who and when on the newest edition.
    """
    sheet = canonical_bytes(result_sheet(state))
    newest = row.editions.order_by("-edition").first()
    if newest is None or newest.sheet_hash != hash_of(sheet):
        newest = LiveEdition.objects.create(
            round=row,
            edition=(newest.edition if newest else 0) + 1,
            settled_at=now,
            settled_by=actor,
            numbers=_numbers(state),
            sheet=sheet.decode(),
            sheet_hash=hash_of(sheet),
            reason=reason,
            basis={"version": state.version},
        )
    if state.publication is not None and newest.published_at is None:
        newest.published_at, newest.published_by = now, actor
        newest.save(update_fields=["published_at", "published_by"])


def _numbers(state: State) -> dict[str, int]:
    found = {
        "people": sum(1 for player in state.players.values() if player.status == "in"),
        "questions": len(state.counting_runs()),
    }
    if state.rules.units_best_of:
        found["units"] = len(unit_ranking.of_board(ranking.board(state), state.rules).lines)
    return found


def recomputed(round_id: int) -> tuple[LiveEdition, str, str]:
    """The newest edition, and the sheet and its hash reckoned anew: journal replayed, every answer marked again.

    Refusal("not-settled") for a round that has not ended.
    """
    stored = LiveEdition.objects.filter(round_id=round_id).order_by("-edition").first()
    if stored is None:
        raise Refusal("not-settled")
    live.forget(round_id)
    loaded = live.load(round_id)
    state = marked_again(loaded.state, loaded.secrets, lambda run: live.answers_of(round_id, run))
    sheet = canonical_bytes(result_sheet(state))
    return stored, sheet.decode(), hash_of(sheet)
