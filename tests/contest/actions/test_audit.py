"""Every deed of staff is written down, by whom and when; what is written can't be changed, and a change would show."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

import contest.actions
from contest.actions import (
    adjustments,
    audit,
    contests,
    corrections,
    entrants,
    exclusions,
    lots,
    overall,
    rounds,
    settlement,
    units,
    voiding,
)
from contest.models import AuditEntry, Exclusion
from contest.rules.overall import Chain as FinalChain
from contest.rules.overall import Terms
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain
from contest.rules.rulebook import Rules
from tests.builders import CLOSES, approved, at, single, user, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)
BY = {"reason": "vì lý do này", "now": at(6)}
triggers = import_module("contest.migrations.0004_audit_append_only")


def deeds():
    """Every public function of the actions that somebody does: it takes an `actor`, `actor_id` or `creator`.

    Those of live rounds stand in test_live_audit.py.
    """
    for found in pkgutil.iter_modules(contest.actions.__path__):
        if found.name.split("_")[0] == "live":
            continue
        module = import_module(f"contest.actions.{found.name}")
        for name, function in vars(module).items():
            own = getattr(function, "__module__", "") == module.__name__ and inspect.isfunction(function)
            if not own or name.startswith("_") or module is audit:
                continue
            if {"actor", "actor_id", "creator"} & set(inspect.signature(function).parameters):
                yield f"{found.name}.{name}"


def closed(place):
    rounds.begin_closing(now=CLOSES)
    place.round.refresh_from_db()
    return place.round


def settled(place):
    settlement.settle_round(closed(place), actor=None, now=AFTER)
    place.round.refresh_from_db()
    return place.round


def draft(place):
    return rounds.create_round(
        place.contest,
        title="Tuần 2",
        opens_at=at(days=7),
        closes_at=at(days=8),
        rules=Rules.from_json(place.round.rules),
    )


def edited(place, who):
    facts = {"title": "Tuần hai", "opens_at": at(days=7), "closes_at": at(days=9), "paper_count": 2}
    rounds.edit_round(draft(place), rules=Rules.from_json(place.round.rules), **facts, actor=who, now=at(6))


def excluded(place, who):
    return exclusions.exclude_entrant(place.first.entrant, actor=place.chief, **BY)


def reopened(place, who):
    attempt = place.start(place.entrant("Cường"), now=at(3))
    contest.actions.attempts.expire_attempts(now=at(30))
    adjustments.reopen_attempt(
        place.round, public_id=attempt.public_id, seconds=300, actor=who, reason="mất điện", now=at(31)
    )


def unpublished(place, who):
    fresh = contests.create_contest(slug="moi", title="Mới", organiser="Đoàn", creator=place.chief, now=at(0))
    contests.publish_contest(fresh, actor=who, now=at(6))


def planned(place, who):
    terms = Terms(chain=FinalChain(("points", "lottery")), prizes=PrizePlan(((Tier.FIRST, 1),)))
    overall.set_terms(place.contest, terms, actor=who, now=at(6), reason="thêm giải")


def final(place, who):
    settlement.publish_round(settled(place), actor=None, now=AFTER)
    planned(place, place.chief)
    overall.settle_contest(place.contest, actor=who, now=AFTER)


DEEDS = {
    "adjustments.adjust_attempt": lambda place, who: adjustments.adjust_attempt(
        place.round, public_id=place.start(place.entrant("Cường"), now=at(5)).public_id, seconds=60, actor=who, **BY
    ),
    "adjustments.reopen_attempt": reopened,
    "voiding.void_attempt": lambda place, who: voiding.void_attempt(
        place.round, public_id=place.start(place.entrant("Dung"), now=at(5)).public_id, actor=who, **BY
    ),
    "contests.create_contest": lambda place, who: contests.create_contest(
        slug="moi", title="Mới", organiser="Đoàn", creator=who, now=at(6)
    ),
    "contests.publish_contest": unpublished,
    "corrections.correct_key": lambda place, who: corrections.correct_key(
        closed(place), version_id=place.version, effect="accept_all", actor=who, **BY
    ),
    "corrections.note_corrected_key": lambda place, who: corrections.note_corrected_key(
        version_id=place.version, actor_id=who.pk, **BY
    ),
    "entrants.correct_entrant": lambda place, who: entrants.correct_entrant(
        place.first.entrant, name="An Bình", unit=place.unit, other_unit="", actor=who, **BY
    ),
    "exclusions.exclude_person": lambda place, who: exclusions.exclude_person(
        place.contest, phone="0987654321", name="Người ngoài", actor=who, **BY
    ),
    "exclusions.exclude_entrant": lambda place, who: exclusions.exclude_entrant(place.first.entrant, actor=who, **BY),
    "exclusions.readmit_entrant": lambda place, who: (
        excluded(place, who), exclusions.readmit_entrant(place.first.entrant, actor=who, **BY)
    ),
    "exclusions.lift_exclusion": lambda place, who: (
        excluded(place, who), exclusions.lift_exclusion(Exclusion.objects.get(), actor=who, **BY)
    ),
    "lots.record_lots": lambda place, who: lots.record_lots(
        closed(place), [place.first.receipt], actor=who, now=AFTER
    ),
    "lots.record_contest_lots": lambda place, who: lots.record_contest_lots(
        place.contest, [place.first.receipt], actor=who, now=at(6)
    ),
    "overall.set_terms": planned,
    "overall.settle_contest": final,
    "overall.publish_contest_result": lambda place, who: (
        final(place, place.chief), overall.publish_contest_result(place.contest, actor=who, now=AFTER)
    ),
    "rounds.create_round": lambda place, who: rounds.create_round(
        place.contest, title="Tuần 2", opens_at=at(days=7), closes_at=at(days=8),
        rules=Rules.from_json(place.round.rules), actor=who, now=at(6),
    ),
    "rounds.edit_round": edited,
    "rounds.announce_round": lambda place, who: rounds.announce_round(draft(place), actor=who, now=at(6)),
    "rounds.reschedule_round": lambda place, who: rounds.reschedule_round(
        place.round, opens_at=at(0), closes_at=at(days=6), actor=who, **BY
    ),
    "rounds.close_round": lambda place, who: rounds.close_round(place.round, actor=who, **BY),
    "settlement.settle_round": lambda place, who: settlement.settle_round(closed(place), actor=who, now=AFTER),
    "settlement.publish_round": lambda place, who: settlement.publish_round(settled(place), actor=who, now=AFTER),
    "units.add_to_contest": lambda place, who: units.add_to_contest(
        place.contest, "Chi đoàn thôn Bắc", parent=place.unit, member_count=20, actor=who, now=at(6)
    ),
    "units.plant_lines": lambda place, who: units.plant_lines(
        place.contest, place.unit, "Chi đoàn thôn Nam; 20", actor=who, now=at(6)
    ),
    "units.rename_unit": lambda place, who: units.rename_unit(
        place.contest, place.unit, "Đoàn phường Đồng Mít", member_count=60, actor=who, now=at(6)
    ),
    "units.move_unit": lambda place, who: units.move_unit(
        place.contest, units.add_unit("Thôn", parent=place.unit), place.contest.unit_root, actor=who, **BY
    ),
    "units.set_active": lambda place, who: units.set_active(
        place.contest, place.unit, active=False, actor=who, now=at(6)
    ),
}  # fmt: skip


@pytest.fixture
def place():
    found = world(chain=Chain(("points", "lottery")))
    approved(single(99))
    found.first = found.finish(found.entrant("An"), right=2, now=at(1))
    found.version = found.round.papers.get().items[0]["version"]
    return found


def test_every_deed_of_staff_has_its_line_here():
    assert set(deeds()) == set(DEEDS)


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_written_down_with_who_and_when(place, name):
    who = user("nguoi-lam", can_organise=True)

    DEEDS[name](place, who)

    entries = AuditEntry.objects.filter(actor=who)
    assert entries
    for entry in entries:
        assert entry.deed
        assert entry.target
        assert entry.at in {at(6), at(31), AFTER}
        assert audit.broken_at(entry.contest) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(reason="sửa sau"),
        lambda rows: rows.delete(),
        lambda rows: rows.first().delete(),
        lambda rows: rows.first().save(),
        lambda rows: AuditEntry.objects.bulk_update([rows.first()], ["reason"]),
    ],
    ids=["update", "delete", "delete one", "save", "bulk update"],
)
def test_the_database_refuses_to_change_what_is_written(place, change):
    before = list(AuditEntry.objects.values_list())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(AuditEntry.objects.all())

    assert list(AuditEntry.objects.values_list()) == before


@pytest.fixture
def without_triggers(place):
    """What somebody with the database in hand could do."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for statement in [triggers.POSTGRES_UNDO] if postgres else triggers.SQLITE_UNDO:
            cursor.execute(statement)
    return place


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "sửa sau"},
        {"facts": {}},
        {"deed": "x"},
        {"target": "x"},
        {"at": at(9)},
        {"actor": None},
        {"digest": "0" * 64},
    ],
)
def test_a_changed_entry_breaks_the_chain(without_triggers, change):
    place = without_triggers
    entry = place.contest.audit.get(deed="announce-round")
    assert audit.broken_at(place.contest) is None

    AuditEntry.objects.filter(pk=entry.pk).update(**change)

    assert audit.broken_at(place.contest) == entry.pk


def test_an_entry_that_is_gone_or_put_between_breaks_the_chain(without_triggers):
    place = without_triggers
    first, second, third = place.contest.audit.all()[:3]
    with transaction.atomic():
        second.delete()
        assert audit.broken_at(place.contest) == third.pk
        transaction.set_rollback(True)
    AuditEntry.objects.filter(pk=third.pk).update(digest=audit.digest(first.digest, third))

    assert audit.broken_at(place.contest) == third.pk
