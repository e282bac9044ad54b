"""The running board over HTTP, one's own place, and what each policy lets be seen."""

from datetime import timedelta

import pytest

from contest.actions import exclusions, settlement
from contest.models import Attempt
from contest.queries import board as boards
from contest.queries import snapshots
from contest.rules.attempts import AttemptRule
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.ranking import Chain
from contest.rules.rulebook import PREDICTION_CHAIN
from contest.rules.visibility import BoardPolicy
from tests import builders
from tests.api.conftest import as_entrant

pytestmark = pytest.mark.django_db


def play(world, *results, seconds=60):
    """One entrant a result (how many right), each a second slower than the one before."""
    found = []
    for place, right in enumerate(results):
        entrant = world.entrant(f"Người Thứ {place}")
        world.finish(entrant, right=right, now=builders.at(1), seconds=seconds + place)
        found.append(entrant)
    return found


def get(anyone, world):
    boards.forget_all()
    return anyone("GET", f"rounds/{world.round.pk}/board")


def test_a_live_board_shows_the_best_first_with_masked_names(clock, anyone):
    world = builders.world(board=BoardPolicy.LIVE)
    play(world, 2, 4, 4)

    status, body = get(anyone, world)

    assert status == 200
    assert body["rows"] == [
        {"rank": 1, "name": "Người T. 1.", "unit": world.unit.full_name, "points": 4, "duration_ms": 61_000},
        {"rank": 2, "name": "Người T. 2.", "unit": world.unit.full_name, "points": 4, "duration_ms": 62_000},
        {"rank": 3, "name": "Người T. 0.", "unit": world.unit.full_name, "points": 2, "duration_ms": 60_000},
    ]
    assert (body["type"], body["policy"], body["phase"]) == ("board", "live", "open")
    assert (body["entrants"], body["attempts"]) == (3, 3)


def test_it_holds_ten_rows_however_many_there_are(clock, anyone):
    world = builders.world(board=BoardPolicy.LIVE)
    play(world, *[1] * 12)

    _, body = get(anyone, world)

    assert ([row["rank"] for row in body["rows"]], body["entrants"]) == (list(range(1, 11)), 12)


def test_who_agreed_to_be_named_is_named_and_who_is_barred_is_gone(clock, anyone):
    world = builders.world(board=BoardPolicy.LIVE)
    named, barred = play(world, 3, 4)
    named.consents["publish_name"] = {"at": "", "text_hash": ""}
    named.save()
    exclusions.exclude_entrant(barred, reason="Ban tổ chức", actor=world.chief, now=clock.now)

    _, body = get(anyone, world)

    assert [row["name"] for row in body["rows"]] == ["Người Thứ 0"]


def test_an_unchanged_board_costs_a_304(clock, anyone):
    world = builders.world(board=BoardPolicy.LIVE)
    path = f"rounds/{world.round.pk}/board"
    first = anyone.send("GET", path)
    clock.to(3)
    boards.forget_all()

    same = anyone.send("GET", path, **{"If-None-Match": first["ETag"]})
    weak = anyone.send("GET", path, **{"If-None-Match": f"W/{first['ETag']}"})
    assert (same.status_code, weak.status_code, same.content) == (304, 304, b"")

    play(world, 1)
    boards.forget_all()
    changed = anyone.send("GET", path, **{"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_versions_count_up_by_one_in_one_epoch(clock, anyone):
    world = builders.world(board=BoardPolicy.LIVE)
    bodies = []
    for _ in range(3):
        bodies.append(get(anyone, world)[1])
        play(world, 1)

    assert {body["epoch"] for body in bodies} == {bodies[0]["epoch"]}
    assert [body["version"] - bodies[0]["version"] for body in bodies] == [0, 1, 2]


def test_a_second_reading_within_a_second_asks_nothing(clock, anyone, django_assert_num_queries):
    world = builders.world(board=BoardPolicy.LIVE)
    get(anyone, world)

    with django_assert_num_queries(0):
        anyone("GET", f"rounds/{world.round.pk}/board")


@pytest.mark.parametrize("people", [1, 3])
def test_as_many_queries_whatever_the_number_of_rows(clock, anyone, django_assert_num_queries, people):
    world = builders.world(board=BoardPolicy.LIVE)
    play(world, *[1] * people)
    snapshots.round_snapshot(world.round.pk)

    with django_assert_num_queries(3):
        get(anyone, world)


def test_a_frozen_board_stays_as_it_was(clock, anyone):
    world = builders.world(board=BoardPolicy.FROZEN, frozen_from=builders.at(30), attempts=AttemptRule(3))
    _, second = play(world, 3, 2)
    _, moving = get(anyone, world)
    clock.to(31)
    _, frozen = get(anyone, world)
    world.finish(second, right=4, now=builders.at(40))
    world.finish(world.entrant("Đến Sau"), right=4, now=builders.at(40))
    clock.to(60)
    _, later = get(anyone, world)

    assert (moving["policy"], moving["entrants"]) == ("live", 2)
    assert frozen["policy"] == "frozen"
    assert frozen["rows"] == moving["rows"] == later["rows"]
    assert (later["entrants"], later["attempts"]) == (None, None)


@pytest.mark.parametrize("policy", [BoardPolicy.OWN, BoardPolicy.HIDDEN])
def test_other_policies_show_nobody(clock, anyone, policy):
    world = builders.world(board=policy)
    play(world, 3)

    _, body = get(anyone, world)

    assert (body["policy"], body["rows"], body["entrants"], body["attempts"]) == (
        policy.value,
        [],
        None,
        None,
    )


def test_while_a_prediction_is_open_nothing_moves_for_anyone(clock, anyone):
    world = builders.world(board=BoardPolicy.LIVE, prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT))
    (own,) = play(world, 2)
    me = as_entrant(own)

    def seen():
        boards.forget_all()
        reply = anyone.send("GET", f"rounds/{world.round.pk}/board")
        return reply["ETag"], me("GET", f"rounds/{world.round.pk}/board/mine")

    before = seen()
    play(world, 4, 4)

    assert seen() == before
    assert before[1] == (200, {"rank": None, "points": None, "duration_ms": None})
    assert get(anyone, world)[1]["policy"] == "hidden"


def test_after_publication_the_board_is_the_published_ranking(clock, anyone):
    world = builders.world(
        board=BoardPolicy.HIDDEN,
        prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT),
        chain=Chain(PREDICTION_CHAIN),
    )
    near = world.entrant("Gần Đúng")
    far = world.entrant("Xa Hơn")
    world.finish(near, right=4, now=builders.at(1), seconds=90, prediction=2)
    world.finish(far, right=4, now=builders.at(1), seconds=30, prediction=50)
    clock.now = builders.CLOSES + timedelta(minutes=1)
    settlement.settle_round(world.round, actor=world.chief, now=clock.now)
    _, settled = get(anyone, world)
    settlement.publish_round(world.round, actor=world.chief, now=clock.now)
    snapshots.forget_all()

    _, body = get(anyone, world)

    assert settled["rows"] == []
    assert [row["name"] for row in body["rows"]] == ["Gần Đ.", "Xa H."]
    assert (body["entrants"], body["attempts"], body["phase"]) == (2, 2, "published")
    assert as_entrant(far)("GET", f"rounds/{world.round.pk}/board/mine")[1] == {
        "rank": 2,
        "points": 4,
        "duration_ms": 30_000,
    }


def test_a_draft_and_a_missing_round_have_no_board(clock, anyone, refused):
    world = builders.world(board=BoardPolicy.LIVE)
    world.round.state = "draft"
    world.round.save()
    snapshots.forget_all()

    refused(get(anyone, world), 404, "not-found")
    refused(anyone("GET", "rounds/999999/board"), 404, "not-found")


def test_own_rank_is_exact(clock):
    """Against the order of a sort, with ties in points, in seconds, and within a second."""
    world = builders.world(board=BoardPolicy.OWN)
    people = []
    for place, (right, seconds) in enumerate(
        [(4, 30), (4, 30.4), (4, 30.9), (4, 31), (3, 5), (3, 5), (0, 2), (4, 30.4)]
    ):
        entrant = world.entrant(f"Người {place}")
        world.finish(entrant, right=right, now=builders.at(1, seconds=place), seconds=seconds)
        people.append(entrant)
    rows = Attempt.objects.order_by("-score", "duration_ms", "finished_at", "id")
    expected = {row.entrant_id: rank for rank, row in enumerate(rows, start=1)}

    found = {
        entrant.pk: as_entrant(entrant)("GET", f"rounds/{world.round.pk}/board/mine")[1]["rank"]
        for entrant in people
    }

    assert found == expected


def test_own_place_follows_the_best_attempt_and_costs_one_statement(clock, django_assert_num_queries):
    world = builders.world(board=BoardPolicy.LIVE)
    _, own = play(world, 3, 2)
    me, path = as_entrant(own), f"rounds/{world.round.pk}/board/mine"
    assert me("GET", path)[1]["rank"] == 2
    world.finish(own, right=4, now=builders.at(5), seconds=100)

    with django_assert_num_queries(1):
        assert me("GET", path) == (200, {"rank": 1, "points": 4, "duration_ms": 100_000})


def test_own_place_without_a_result_or_an_entrant(clock, anyone, refused):
    world = builders.world(board=BoardPolicy.LIVE)
    path = f"rounds/{world.round.pk}/board/mine"

    nothing = {"rank": None, "points": None, "duration_ms": None}
    assert as_entrant(world.entrant())("GET", path) == (200, nothing)
    refused(anyone("GET", path), 401, "entrant-needed")


def test_while_the_board_is_frozen_the_own_rank_is_too(clock):
    world = builders.world(board=BoardPolicy.FROZEN, frozen_from=builders.at(30))
    (own,) = play(world, 2)
    clock.to(31)

    reply = as_entrant(own)("GET", f"rounds/{world.round.pk}/board/mine")

    assert reply == (200, {"rank": None, "points": 2, "duration_ms": 60_000})
