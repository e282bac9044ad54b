"""Simulated people have no sockets: in a rehearsal they count as there, so that the screens show a full hall."""

import pytest

from api.live import presence
from api.live.rooms import Room
from contest.actions import live_rehearsal
from contest.actions.live_crowd import Crowd
from contest.queries import live
from tests.live_builders import START, hall

pytestmark = pytest.mark.django_db


def counted(round_id, *, full=False):
    room = Room(live.load(round_id), [], now=lambda: 0, moved=lambda room: None)
    return presence.tick_of(room, presence.here(room), full=full)


def test_a_rehearsal_shows_its_people_as_there():
    place = hall(open_=False)
    row = live_rehearsal.rehearse(place.id, people=7, actor=place.chief, now=START)
    Crowd(row.pk, 7, seed=1).beat(START)

    found = counted(row.pk, full=True)
    assert (found.connected, found.of, found.offline) == (7, 7, ())


def test_a_real_round_shows_who_has_no_socket():
    place = hall("An", "Bình")

    found = counted(place.id, full=True)
    assert (found.connected, found.of, len(found.offline)) == (0, 0, 2)
