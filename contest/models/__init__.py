"""Tables of the competition."""

from contest.models.attempt import Adjustment, Attempt, LateAnswer, StartKey
from contest.models.audit import AuditEntry
from contest.models.contest import Contest, ContestStaff
from contest.models.entrant import Entrant, Exclusion
from contest.models.live import (
    LiveAnswer,
    LiveAppeal,
    LiveDevice,
    LiveEdition,
    LiveEvent,
    LivePlayer,
    LiveRemote,
    LiveRound,
    LiveStaff,
)
from contest.models.overall import ContestLot, ContestSettlement, ContestStanding
from contest.models.round import KeyCorrection, Paper, Round, Settlement
from contest.models.standing import BoardBucket, BoardEntry, Lot, Standing
from contest.models.unit import Unit
from contest.models.user import User

__all__ = [
    "Adjustment", "Attempt", "AuditEntry", "BoardBucket", "BoardEntry", "Contest", "ContestLot",
    "ContestSettlement", "ContestStaff", "ContestStanding", "Entrant", "Exclusion", "KeyCorrection",
    "LateAnswer", "LiveAnswer", "LiveAppeal", "LiveDevice", "LiveEdition", "LiveEvent", "LivePlayer",
    "LiveRemote", "LiveRound", "LiveStaff", "Lot", "Paper", "Round", "Settlement", "Standing", "StartKey",
    "Unit", "User",
]  # fmt: skip
