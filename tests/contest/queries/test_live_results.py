"""A live result in public: out once it is published, by masked names and seats, the stored edition and no other."""

import pytest

from contest.errors import Refusal
from contest.live import commands as c
from contest.live import moves
from contest.models import LivePlayer, LiveRound
from contest.queries import live_results, live_story
from tests import builders
from tests.contest.queries.test_live_minutes import confirmed_by_two, to_the_end
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    place = hall("Nguyễn Thị An", "Bình", "Bình", questions=1)
    place.ask()
    place.answer("Nguyễn Thị An", "b")
    to_the_end(place)
    return place


def test_nothing_is_out_before_it_is_published(ended):
    with pytest.raises(Refusal, match="results-not-public"):
        live_story.released(ended.id)
    assert live_results.published(ended.contest) == []


def test_names_are_masked_and_told_apart_by_the_seat(ended):
    confirmed_by_two(ended)
    lines = live_results.lines(live_story.released(ended.id))

    assert [(line.rank, line.seat, line.name, line.points) for line in lines] == [
        (1, 1, "Nguyễn T. A.", 10),
        (2, 2, "B.", 0),
        (2, 3, "B.", 0),
    ]
    assert live_results.published(ended.contest) == [ended.row]


def test_who_agreed_to_be_named_is_named(ended):
    world = builders.world()
    entrant = world.entrant("Nguyễn Thị An")
    entrant.consents = {"take_part": "x", "publish_name": "x"}
    entrant.save()
    LivePlayer.objects.filter(pk=ended.seats["Nguyễn Thị An"].player).update(entrant=entrant)
    confirmed_by_two(ended)

    assert live_results.lines(live_story.released(ended.id))[0].name == "Nguyễn Thị An"


def test_a_correction_leaves_the_published_edition_until_the_next_is_out(ended):
    confirmed_by_two(ended)
    ended.do(c.VoidRun(1, "Đề sai"), role=moves.JURY)
    found = live_story.released(ended.id)

    assert (found.edition.edition, found.reviewed) == (1, True)
    assert live_results.lines(found)[0].points == 10

    confirmed_by_two(ended)
    found = live_story.released(ended.id)
    assert (found.edition.edition, found.reviewed, [one.edition for one in found.editions]) == (
        2,
        False,
        [2, 1],
    )
    assert live_results.lines(found)[0].points == 0


def test_a_rehearsal_is_never_out(ended):
    confirmed_by_two(ended)
    LiveRound.objects.filter(pk=ended.id).update(rehearsal=True)

    assert live_results.published(ended.contest) == []
    with pytest.raises(Refusal, match="results-not-public"):
        live_story.released(ended.id)
