"""A registered person has one place in a live round, on whichever phone they come."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from contest.actions import live_join
from contest.errors import Refusal
from contest.live import commands as c
from contest.models import LiveDevice, LivePlayer
from contest.queries import live as reading
from tests import builders
from tests.at_once import at_once
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


def registered(name="Thảo"):
    return builders.world().entrant(name).pk


def enter(place, entrant, device, name="Thảo"):
    return live_join.join(place.id, live_join.Wish(name, device=device * 64, entrant=entrant), now=place.now)


def holds(place, seated):
    found = reading.player_by_token(place.id, seated.token)
    return found.pk if found else None


def test_on_another_phone_the_same_place_comes_back_and_the_old_token_is_dead():
    place = hall()
    thao = registered()

    first, second = enter(place, thao, "a"), enter(place, thao, "b")

    assert (second.player, second.seat, second.name) == (first.player, 1, "Thảo")
    assert (holds(place, first), holds(place, second)) == (None, first.player)
    assert len(place.state.players) == 1


def test_two_phones_of_one_batch_are_one_person():
    place = hall()
    thao = registered()
    wishes = [live_join.Wish("Thảo", device=device * 64, entrant=thao) for device in "ab"]

    first, second = live_join.join_together(place.id, wishes, now=place.now)
    third, fourth = live_join.join_together(place.id, wishes, now=place.now)

    assert {one.player for one in (first, second, third, fourth)} == {first.player}
    assert [holds(place, one) for one in (first, second, third, fourth)] == [None, None, None, first.player]


def test_the_place_of_the_phone_is_left_to_its_owner():
    place = hall()
    thao = registered()
    mine, lent = enter(place, thao, "a"), enter(place, None, "b", name="Bình")

    assert enter(place, thao, "b").player == mine.player
    assert holds(place, lent) == lent.player


def test_a_registered_person_who_was_banned_stays_out_on_any_phone_and_bans_those_that_were_used():
    place = hall()
    thao = registered()
    seated = enter(place, thao, "a")
    enter(place, thao, "b")
    place.do(c.Kick(seated.player, "Nhắc bài", ban=True))

    for entrant, device in ((thao, "c"), (None, "b"), (None, "a")):
        with pytest.raises(Refusal, match="banned"):
            enter(place, entrant, device)
    assert LiveDevice.objects.filter(player=seated.player).count() == 1


def test_who_was_sent_out_comes_in_as_somebody_new_and_stays_registered():
    place = hall()
    thao = registered()
    seated = enter(place, thao, "a")
    place.do(c.Kick(seated.player, "Nhầm"))

    again = enter(place, thao, "a")

    assert again.player != seated.player
    assert list(LivePlayer.objects.filter(entrant=thao).values_list("pk", flat=True)) == [again.player]
    assert enter(place, thao, "b").player == again.player


def test_two_registered_persons_are_two():
    place = hall()
    first, second = registered(), registered("Hòa")

    assert enter(place, first, "a").player != enter(place, second, "b", name="Hòa").player


def test_the_table_holds_no_second_place():
    place = hall("An")
    thao = registered()
    enter(place, thao, "a")

    with pytest.raises(IntegrityError), transaction.atomic():
        LivePlayer.objects.filter(pk=place.seats["An"].player).update(entrant=thao)


@pytest.mark.django_db(transaction=True)
def test_many_phones_at_once_are_one_person():
    place = hall()
    thao = registered()

    seated = at_once(lambda number: enter(place, thao, "abcdef"[number]), threads=6)

    assert len({one.player for one in seated}) == 1
    assert [holds(place, one) for one in seated].count(seated[0].player) == 1


@pytest.mark.django_db(transaction=True)
def test_second_places_from_before_lose_the_registration_and_keep_the_place():
    place = hall("An", "Bình", "Cường")
    thao, hoa = registered(), registered("Hòa")
    place.ask()
    place.answer("Bình", "b")
    an, binh, cuong = (place.seats[name].player for name in ("An", "Bình", "Cường"))
    LivePlayer.objects.filter(pk=cuong).update(entrant=hoa)
    try:
        MigrationExecutor(connection).migrate([("contest", "0008_live_seated_on")])
        LivePlayer.objects.filter(pk__in=(an, binh)).update(entrant=thao)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    assert dict(LivePlayer.objects.filter(round=place.id).values_list("pk", "entrant")) == {
        an: None,
        binh: thao,
        cuong: hoa,
    }
