"""Participants: out, in again, renamed; a technical loss; the screens' switches."""

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events as e
from contest.live import modes
from contest.live.deciding.registry import Events, decides, known_player, reason_of, reopened
from contest.live.facts import Facts
from contest.live.names import clean_name
from contest.live.state import State


@decides(c.Kick)
def _kick(state: State, command: c.Kick, facts: Facts) -> Events:
    """Refusal: `no-such-player`. A kick of somebody banned changes nothing."""
    known_player(state, command.player)
    status = state.players[command.player].status
    if status == "banned" or (status == "kicked" and not command.ban):
        return []
    return [e.PlayerKicked(command.player, command.ban, command.reason.strip()), *reopened(state, "kick")]


@decides(c.Readmit)
def _readmit(state: State, command: c.Readmit, facts: Facts) -> Events:
    """Refusal: `no-such-player`."""
    known_player(state, command.player)
    player = state.players[command.player]
    if player.status == "in":
        return []
    follows = modes.get(state.rules.mode).readmitted(state, player)
    return [e.PlayerReadmitted(player.id), *follows, *reopened(state, "readmit")]


@decides(c.Rename)
def _rename(state: State, command: c.Rename, facts: Facts) -> Events:
    """Refusals: `no-such-player`, `name-empty`, `name-too-long`."""
    known_player(state, command.player)
    name = clean_name(command.name)
    if state.players[command.player].name == name:
        return []
    return [e.PlayerRenamed(command.player, name), *reopened(state, "rename")]


@decides(c.MarkLoss)
def _mark_loss(state: State, command: c.MarkLoss, facts: Facts) -> Events:
    """Who has fallen by this run already waits for the jury from now on.

    Refusals: `no-such-player`, `no-such-run`, `reason-missing`.
    """
    known_player(state, command.player)
    if command.run not in state.runs:
        raise Refusal("no-such-run")
    reason = reason_of(command.reason)
    if command.run in state.players[command.player].loss:
        return []
    held = state.floor.out.get(command.player) == command.run
    return [e.LossMarked(command.player, command.run, reason, held=held), *reopened(state, reason)]


@decides(c.Lock)
def _lock(state: State, command: c.Lock, facts: Facts) -> Events:
    return [] if state.locked == command.on else [e.Locked(command.on)]


@decides(c.Blank)
def _blank(state: State, command: c.Blank, facts: Facts) -> Events:
    return [] if state.blank == command.on else [e.Blanked(command.on)]


@decides(c.HideBoard)
def _hide_board(state: State, command: c.HideBoard, facts: Facts) -> Events:
    return [] if state.board_hidden == command.on else [e.BoardHidden(command.on)]
