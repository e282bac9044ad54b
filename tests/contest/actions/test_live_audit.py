"""Every deed of staff in a live round is written down: in the journal, and where a result hangs on it in the audit."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import DatabaseError, transaction

import contest.actions
from contest.actions import audit, live_appeals, live_rehearsal, live_remotes, live_setup
from contest.live import commands, moves
from contest.live.state import Item, Phase
from contest.models import AuditEntry, LiveEvent, LiveRound
from tests.builders import user
from tests.live_builders import START, hall

pytestmark = pytest.mark.django_db

# They carry out what `command` and its like have been asked for; those are here.
WITHIN = {"live.carry_out", "live.command", "live_results.settle"}


def deeds() -> Iterator[str]:
    for found in pkgutil.iter_modules(contest.actions.__path__):
        if found.name.split("_")[0] != "live":
            continue
        module = import_module(f"contest.actions.{found.name}")
        for name, function in vars(module).items():
            own = getattr(function, "__module__", "") == module.__name__ and inspect.isfunction(function)
            if own and not name.startswith("_") and "actor" in inspect.signature(function).parameters:
                yield f"{found.name}.{name}"


def revealed(place):
    place.ask()
    place.answer("An", "b")
    place.wait()
    place.advance()
    return place


def appeal(place, who):
    player = revealed(place).seats["An"].player
    found = live_appeals.file_appeal(place.id, player=player, run=1, text="Câu này có hai đáp án", now=START)
    live_appeals.decide_appeal(
        place.id, appeal_id=found.pk, decision="granted", remark="Đúng vậy", actor=who, now=START
    )


def named(place, who):
    return live_setup.add_staff(place.id, username=who.username, role="jury", actor=who, now=START)


DEEDS = {
    "live_setup.create_live_round": lambda place, who: live_setup.create_live_round(
        place.contest, title="Bán kết", actor=who, now=START
    ),
    "live_setup.edit_draft": lambda place, who: live_setup.edit_draft(
        live_setup.create_live_round(place.contest, title="Bán kết", actor=place.chief, now=START).pk,
        actor=who,
        now=START,
        wifi="Hội trường / 12345678",
    ),
    "live_setup.open_lobby": lambda place, who: live_setup.open_lobby(
        hall(open_=False).row.pk, actor=who, now=START
    ),
    "live_setup.add_staff": named,
    "live_setup.remove_staff": lambda place, who: live_setup.remove_staff(
        place.id, staff_id=named(place, who).pk, actor=who, now=START
    ),
    "live_remotes.offer_remote": lambda place, who: live_remotes.offer_remote(place.id, actor=who, now=START),
    "live_appeals.decide_appeal": appeal,
    "live_rehearsal.rehearse": lambda place, who: live_rehearsal.rehearse(
        place.id, people=5, actor=who, now=START
    ),
    "live_rehearsal.clear": lambda place, who: live_rehearsal.clear(
        live_rehearsal.rehearse(place.id, people=5, actor=place.chief, now=START).pk, actor=who, now=START
    ),
}


def test_every_deed_of_live_rounds_has_its_line_here():
    assert set(deeds()) - WITHIN == set(DEEDS)


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_written_down_with_who_and_when(name):
    place = hall("An", "Bình")
    who = user("nguoi-lam", can_organise=True)
    DEEDS[name](place, who)
    entries = AuditEntry.objects.filter(actor=who)
    assert entries
    for entry in entries:
        assert entry.deed.startswith("live.")
        assert entry.target.startswith("live:")
        assert audit.broken_at(entry.contest) is None


def test_what_a_result_hangs_on_stands_in_the_audit_and_everything_in_the_journal():
    place = revealed(hall("An", "Bình"))
    who = user("giam-khao")
    place.do(commands.VoidRun(1, "Đề in sai"), role=moves.JURY, actor=who)
    place.do(commands.Kick(place.seats["An"].player), actor=who)
    entry = AuditEntry.objects.get(actor=who)
    assert (entry.deed, entry.facts, entry.reason) == ("live.void", {"run": 1}, "Đề in sai")
    kinds = list(LiveEvent.objects.filter(actor=who).values_list("kind", "role"))
    assert kinds == [("run-voided", "jury"), ("player-kicked", "host")]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_journal_refuses_to_be_changed(change):
    place = hall("An")
    rows = LiveEvent.objects.filter(round_id=place.id)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(role="clock") if change == "update" else rows.delete()


def test_a_rehearsal_may_be_cleared():
    place = hall("An")
    LiveRound.objects.filter(pk=place.id).update(rehearsal=True)
    LiveEvent.objects.filter(round_id=place.id).delete()
    assert not LiveEvent.objects.filter(round_id=place.id).exists()


def test_items_hold_no_key():
    place = hall("An", questions=1)
    assert place.state.phase is Phase.LOBBY
    assert set(Item.__struct_fields__) & {"key", "solution", "accepted"} == set()
