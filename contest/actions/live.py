"""One way to move a live round: read the row again under a lock, decide, write the events, tell after the commit.

The lock is the row of the round. A batch of answers holds it shared (`live_answers`), so that no answer slips in behind
the close that counts them, and none that was acknowledged before it is missed.
"""

from collections.abc import Set
from datetime import UTC, datetime, timedelta

import msgspec
from django.db import transaction

from contest.actions import audit, live_results
from contest.errors import Refusal
from contest.live import commands as c
from contest.live import events, machine, moves
from contest.live.events import AnyEvent
from contest.live.state import Phase, State
from contest.models import LiveEvent, LiveRound, User
from contest.queries import live, rows
from contest.queries.live import Loaded
from contest.signals import live_moved
from question_bank.rules.text import clean_line

# Deeds that also stand in the contest's audit; the journal has all of them.
AUDITED = (c.OpenLobby, c.Replay, c.VoidRun, c.Accept, c.Adjust, c.Finish, c.Confirm, c.Publish)
_TAKES_ANSWERS = frozenset({Phase.READING, Phase.OPEN})
CLOCK_LATE_MS = 2500
LONGEST_REASON = 500
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    """An aware moment as milliseconds since 1970, UTC."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def moment(ms: int) -> datetime:
    """Milliseconds since 1970 as an aware moment."""
    return EPOCH + timedelta(milliseconds=ms)


def command(
    round_id: int, deed: c.AnyCommand, *, role: str, now: datetime, actor: User | None = None
) -> State:
    """Does the deed and returns the state after it; unchanged when there was nothing to do.

    Refusals: `not-found`, `not-allowed` (the role), `not-now` (the phase), and the command's own.
    """
    if not moves.allowed(type(deed), role):
        raise Refusal("not-allowed", role=role)
    with rows.one_writer(), transaction.atomic():
        row = locked(round_id)
        return carry_out(row, deed, role=role, now=now, actor=actor).state


def tick(round_id: int, *, now: datetime, host_present: bool = False, away: Set[int] = frozenset()) -> State:
    """Lets the clock look. Costs one statement when nothing is due. The rest as in `contest.live.commands.Tick`."""
    loaded = live.load(round_id)
    due_at = loaded.state.due_at
    if not due_at or loaded.state.paused_at or due_at > milliseconds(now):
        return loaded.state
    return command(round_id, c.Tick(host_present, frozenset(away)), role=moves.CLOCK, now=now)


def tick_due(*, now: datetime) -> int:
    """Looks at every round that has been due for a while; how many moved. Without a host nothing advances by itself,
    and nobody is known to have a line.

    Who serves the sockets comes first: it writes the answers it has received before it closes a question. A round that
    fails keeps the clock from no other: its fault is raised when all have been looked at.
    """
    moved, faults = 0, []
    for round_id in live.due(milliseconds(now) - CLOCK_LATE_MS):
        try:
            before = live.load(round_id).state
            moved += tick(round_id, now=now, away=before.players.keys()).version > before.version
        except Exception as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("live rounds", faults)
    return moved


def locked(round_id: int) -> LiveRound:
    """The row, locked until the transaction ends. Refusal("not-found")."""
    found = LiveRound.objects.select_for_update(of=("self",)).filter(pk=round_id).first()
    if found is None:
        raise Refusal("not-found")
    return found


def carry_out(
    row: LiveRound, deed: c.AnyCommand, *, role: str, now: datetime, actor: User | None = None
) -> Loaded:
    """Like `command`, for a caller that holds the lock. Writes the events and moves the row.

    Refusals besides the command's own: `rehearsal-only` (publishing one), `reason-too-long`.
    """
    deed = _tidy(deed)
    if row.rehearsal and isinstance(deed, c.Publish):
        raise Refusal("rehearsal-only")
    loaded = live.at_version(row.pk, row.version)
    facts = machine.Facts(milliseconds(now), loaded.secrets, lambda run: live.answers_of(row.pk, run))
    decided = machine.decide(loaded.state, deed, facts)
    if not decided:
        return loaded
    state = machine.apply(loaded.state, decided)
    _write(row, decided, role=role, now=now, actor=actor)
    _move(row, state, now)
    if state.verdict and not row.rehearsal:
        live_results.settle(row, state, now=now, actor=actor, reason=getattr(deed, "reason", ""))
    if isinstance(deed, AUDITED):
        _audit(row, deed, now=now, actor=actor)
    after = Loaded(row.pk, loaded.contest_id, loaded.rehearsal, state, loaded.secrets)
    transaction.on_commit(lambda: _tell(after))
    return after


def _tidy(deed: c.AnyCommand) -> c.AnyCommand:
    """The deed, its reason one clean line: it goes to every phone, into papers and into columns of text."""
    given = getattr(deed, "reason", "")
    reason = clean_line(given)
    if len(reason) > LONGEST_REASON:
        raise Refusal("reason-too-long", field="reason", most=LONGEST_REASON)
    return deed if reason == given else msgspec.structs.replace(deed, reason=reason)


def _write(row: LiveRound, decided: list[AnyEvent], *, role: str, now: datetime, actor: User | None) -> None:
    at = milliseconds(now)
    LiveEvent.objects.bulk_create(
        LiveEvent(
            round=row,
            version=version,
            deed=row.version + 1,
            kind=str(event.__struct_config__.tag),
            body=events.encode(event),
            at=at,
            role=role,
            actor=actor,
        )
        for version, event in enumerate(decided, start=row.version + 1)
    )


def _move(row: LiveRound, state: State, now: datetime) -> None:
    """Compare-and-set on the version; the lock makes it certain, the condition proves it."""
    changes: dict[str, object] = {
        "version": state.version,
        "phase": state.phase.value,
        "open_run": state.run if state.phase in _TAKES_ANSWERS else 0,
        "due_at": 0 if state.paused_at else state.due_at,
    }
    if state.phase is Phase.ENDED and row.phase != Phase.ENDED:
        changes |= {"ended_at": now, "pin": None}
    moved = LiveRound.objects.filter(pk=row.pk, version=row.version).update(**changes)
    if moved != 1:
        raise Refusal("live-moved-on")
    for name, value in changes.items():
        setattr(row, name, value)


def _audit(row: LiveRound, deed: c.AnyCommand, *, now: datetime, actor: User | None) -> None:
    facts = {
        name: getattr(deed, name)
        for name in ("run", "player", "points", "everything", "answer")
        if hasattr(deed, name)
    }
    audit.record(
        row.contest,
        actor=actor,
        deed=f"live.{moves.name_of(type(deed))}",
        target=f"live:{row.pk}",
        now=now,
        facts=facts,
        reason=getattr(deed, "reason", ""),
    )


def _tell(after: Loaded) -> None:
    live.keep(after)
    live_moved.send(sender=None, round_id=after.round_id, state=after.state)
