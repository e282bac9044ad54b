"""What anyone may read: contests, rounds, rules, units, standings, receipts."""

from datetime import timedelta

import pytest

from contest.actions import contests, settlement, units
from contest.queries import snapshots
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain
from contest.rules.rulebook import PREDICTION_CHAIN
from tests import builders
from tests.api.conftest import as_entrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock):
    return builders.world(
        prediction=PredictionRule(Kind.PEOPLE_ALL_CORRECT),
        prizes=PrizePlan(((Tier.FIRST, 1),)),
        chain=Chain(PREDICTION_CHAIN),
    )


def publish(world, clock, *results):
    """Plays, settles, publishes; the entrants in the order of their results."""
    found = []
    for place, right in enumerate(results):
        entrant = world.entrant(f"Người Thứ {place}")
        world.finish(entrant, right=right, now=builders.at(1), seconds=60 + place)
        found.append(entrant)
    clock.now = builders.CLOSES + timedelta(minutes=1)
    settlement.settle_round(world.round, actor=world.chief, now=clock.now)
    settlement.publish_round(world.round, actor=world.chief, now=clock.now)
    snapshots.forget_all()
    return found


def contest(number, world):
    """One more published contest."""
    made = contests.create_contest(
        slug=f"them-{number}",
        title=f"Cuộc thi {number}",
        organiser="Tỉnh đoàn",
        creator=world.chief,
        now=builders.at(number),
    )
    return contests.publish_contest(made, actor=world.chief, now=builders.at(number))


def test_contests_come_newest_first_by_pages(world, anyone):
    for number in range(3):
        contest(number, world)

    _, first = anyone("GET", "contests?limit=2")
    _, second = anyone("GET", f"contests?limit=2&cursor={first['next']}")

    assert [row["slug"] for row in first["results"]] == ["them-2", "them-1"]
    assert [row["slug"] for row in second["results"]] == ["them-0", world.contest.slug]
    assert second["next"] is None


@pytest.mark.parametrize("more", [0, 2])
def test_as_many_queries_for_one_contest_as_for_three(world, anyone, django_assert_num_queries, more):
    for number in range(more):
        contest(number, world)

    with django_assert_num_queries(2):
        anyone("GET", "contests")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "cursor=-1", "limit=x"])
def test_a_page_out_of_range_is_refused(world, anyone, query):
    status, body = anyone("GET", f"contests?{query}")

    assert (status, body["code"], list(body["fields"])) == (
        400,
        "malformed",
        [query.split("=", maxsplit=1)[0]],
    )


def test_a_contest_has_its_announced_rounds(world, anyone, refused):
    status, body = anyone("GET", f"contests/{world.contest.slug}")

    assert (status, body) == (
        200,
        {
            "slug": world.contest.slug,
            "title": "Tìm hiểu công tác xây dựng Đảng",
            "organiser": "Tỉnh đoàn",
            "rounds": [
                {
                    "id": world.round.pk,
                    "number": 1,
                    "title": "Tuần 1",
                    "opens_at": "2026-11-02T08:00:00+07:00",
                    "closes_at": "2026-11-07T08:00:00+07:00",
                    "phase": "open",
                }
            ],
        },
    )
    refused(anyone("GET", "contests/khong-co"), 404, "not-found")


def test_drafts_are_not_found(world, anyone, refused, clock):
    draft = contests.create_contest(
        slug="nhap", title="Nháp", organiser="x", creator=world.chief, now=clock.now
    )
    world.round.state = "draft"
    world.round.save()

    refused(anyone("GET", f"contests/{draft.slug}"), 404, "not-found")
    for path in ("", "/rules"):
        refused(anyone("GET", f"rounds/{world.round.pk}{path}"), 404, "not-found")
    assert anyone("GET", f"contests/{world.contest.slug}")[1]["rounds"] == []


def test_a_round_says_what_an_entrant_must_know_and_is_polled_cheaply(world, anyone, clock):
    reply = anyone.send("GET", f"rounds/{world.round.pk}")
    _, body = anyone("GET", f"rounds/{world.round.pk}")

    assert (body["limit_s"], body["questions"], body["max_points"]) == (600, 4, 4)
    assert (body["attempts"], body["prediction"]) == ({"limit": 2, "per": "round"}, "people_all_correct")
    assert (body["phase"], body["board"], body["review"]) == ("open", "own", "after_publication")
    path, tag = f"rounds/{world.round.pk}", {"If-None-Match": reply["ETag"]}
    assert anyone.send("GET", path, **tag).status_code == 304
    clock.now = builders.CLOSES
    assert anyone.send("GET", path, **tag).status_code == 200


def test_the_rules_are_data_with_a_version(world, anyone):
    status, body = anyone("GET", f"rounds/{world.round.pk}/rules")

    assert (status, body["version"]) == (200, 1)
    assert body["rules"]["chain"] == ["points", "prediction_error", "duration", "submitted_at", "attempt_id"]
    assert body["rules"]["prizes"] == {"counts": {"first": 1}, "one_a_person": False}


class TestUnits:
    def test_words_are_found_without_accents_and_come_with_the_parent(self, world, anyone):
        status, body = anyone("GET", "units?q=dong mit")

        assert (status, body["results"]) == (
            200,
            [{"id": world.unit.pk, "name": "Đoàn xã Đồng Mít", "parent": world.contest.unit_root.full_name}],
        )

    def test_a_contest_narrows_the_tree(self, world, anyone):
        units.add_unit("Đoàn xã Đồng Mít", parent=units.add_unit("Tỉnh đoàn khác"))

        assert len(anyone("GET", "units?q=mit")[1]["results"]) == 2
        assert len(anyone("GET", f"units?q=mit&contest={world.contest.slug}")[1]["results"]) == 1

    def test_twenty_at_most(self, world, anyone):
        for number in range(25):
            units.add_unit(f"Chi đoàn {number}", parent=world.unit)

        assert len(anyone("GET", "units?q=chi doan")[1]["results"]) == 20

    @pytest.mark.parametrize("more", [0, 2])
    def test_one_query_and_none_for_a_minute(self, world, anyone, django_assert_num_queries, more):
        for number in range(more):
            units.add_unit(f"Đồng Mít {number}", parent=world.unit)
        with django_assert_num_queries(1):
            reply = anyone.send("GET", "units?q=dong+mit")
        with django_assert_num_queries(0):
            same = anyone.send("GET", "units?q=Đồng Mít", **{"If-None-Match": reply["ETag"]})

        assert (same.status_code, reply["Cache-Control"]) == (304, "public, max-age=60")

    def test_too_long_a_question_is_refused(self, anyone):
        status, body = anyone("GET", f"units?q={'a' * 101}")
        assert (status, list(body["fields"])) == (400, ["q"])


class TestStandings:
    def test_before_publication_there_are_none(self, world, anyone, refused):
        path = f"rounds/{world.round.pk}/standings"
        refused(anyone("GET", path), 404, "results-not-public")
        refused(as_entrant(world.entrant())("GET", f"{path}/mine"), 404, "results-not-public")

    def test_pages_in_order_with_the_hash_of_the_sheet(self, world, anyone, clock):
        publish(world, clock, 2, 4, 3)
        path = f"rounds/{world.round.pk}/standings"

        _, first = anyone("GET", f"{path}?limit=2")
        _, second = anyone("GET", f"{path}?limit=2&cursor={first['next']}")

        edition = world.round.settlements.get()
        assert [row["points"] for row in first["results"]] == [4, 3]
        assert [row["points"] for row in second["results"]] == [2]
        assert second["next"] is None
        assert (first["edition"], first["sheet_hash"], first["people"]) == (1, edition.sheet_hash, 3)
        assert first["results"][0] == {
            "rank": 1,
            "name": "Người T. 1.",
            "unit": world.unit.full_name,
            "points": 4,
            "correct": 4,
            "duration_ms": 61_000,
            "prediction": None,
            "prediction_error": None,
            "prize": "first",
            "own": False,
        }

    @pytest.mark.parametrize("people", [1, 3])
    def test_as_many_queries_for_one_line_as_for_three(
        self, world, anyone, clock, django_assert_num_queries, people
    ):
        publish(world, clock, *[1] * people)

        with django_assert_num_queries(2):
            anyone("GET", f"rounds/{world.round.pk}/standings")

    def test_an_edition_keeps_its_tag(self, world, anyone, clock):
        publish(world, clock, 2)
        path = f"rounds/{world.round.pk}/standings"
        tag = anyone.send("GET", path)["ETag"]

        assert anyone.send("GET", path, **{"If-None-Match": tag}).status_code == 304

    def test_own_line_stands_among_its_neighbours_with_the_whole_name(self, world, anyone, clock, refused):
        people = publish(world, clock, 4, 4, 3, 3, 2, 1)

        status, body = as_entrant(people[3])("GET", f"rounds/{world.round.pk}/standings/mine")

        assert status == 200
        assert [(row["rank"], row["own"]) for row in body["results"]] == [
            (2, False),
            (3, False),
            (4, True),
            (5, False),
            (6, False),
        ]
        assert body["results"][2]["name"] == "Người Thứ 3"
        refused(anyone("GET", f"rounds/{world.round.pk}/standings/mine"), 401, "entrant-needed")


class TestReceipts:
    def test_a_receipt_finds_its_attempt_as_people_type_it(self, world, anyone):
        done = world.finish(world.entrant(), right=4, now=builders.at(1), seconds=75)

        status, body = anyone("GET", f"receipts/{done.receipt.lower().replace('-', '')}")

        assert (status, body) == (
            200,
            {
                "receipt": done.receipt,
                "contest": world.contest.title,
                "round": "Tuần 1",
                "name": "Nguyễn T. P. T.",
                "unit": world.unit.full_name,
                "state": "submitted",
                "finished_at": "2026-11-02T08:02:15+07:00",
                "duration_ms": 75_000,
            },
        )

    def test_others_are_told_apart(self, world, anyone, refused):
        refused(anyone("GET", "receipts/ABCD"), 400, "receipt-malformed")
        refused(anyone("GET", "receipts/0000-0000-0000-00000"), 404, "receipt-unknown")
