"""Running a round and reading the bank: who may, what happens, what is withheld."""

from datetime import timedelta

import pytest
from django.test import Client

from contest.actions import rounds
from contest.models import AuditEntry, ContestStaff, Round
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy
from tests import builders
from tests.api.conftest import Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock):
    return builders.world()


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return Api(client)


def staff(world, role):
    user = builders.user()
    ContestStaff.objects.create(contest=world.contest, user=user, role=role)
    return signed_in(user)


@pytest.fixture
def chief(world):
    return signed_in(world.chief)


@pytest.fixture
def draft(world):
    return rounds.create_round(
        world.contest,
        title="Tuần 2",
        opens_at=builders.at(days=7),
        closes_at=builders.at(days=12),
        rules=Rules(blueprint=Blueprint((Cell("II.1.1", 2),))),
    )


def test_a_round_goes_from_draft_to_published(world, draft, clock):
    path = f"rounds/{draft.pk}"
    chief = signed_in(world.chief)
    assert chief("POST", f"{path}/announce")[1]["state"] == "announced"
    clock.now = builders.at(days=8)
    chief = signed_in(world.chief)
    status, body = chief("POST", f"{path}/close", {"reason": "Mất điện toàn tỉnh"})
    assert (status, body["closes_at"]) == (200, "2026-11-10T08:00:00+07:00")
    clock.now += timedelta(minutes=2)
    status, settled = chief("POST", f"{path}/settle", {})
    assert (status, settled["edition"], settled["published_at"]) == (200, 1, None)
    status, published = chief("POST", f"{path}/publish")
    assert (status, published["sheet_hash"]) == (200, settled["sheet_hash"])
    assert Round.objects.get(pk=draft.pk).state == "published"
    deeds = AuditEntry.objects.filter(target=f"round:{draft.pk}").values_list("deed", "reason")
    assert list(deeds) == [
        ("announce-round", ""),
        ("reschedule-round", "Mất điện toàn tỉnh"),
        ("settle-round", ""),
        ("publish-result", ""),
    ]


@pytest.mark.parametrize(
    ("deed", "body", "status", "code"),
    [
        ("announce", None, 409, "round-announced"),
        ("close", {}, 400, "reason-missing"),
        ("close", {"reason": "x", "more": 1}, 400, "malformed"),
        ("settle", {}, 409, "round-not-closed"),
        ("publish", None, 409, "round-not-settled"),
    ],
)
def test_what_the_state_does_not_allow_is_refused(world, chief, refused, deed, body, status, code):
    refused(chief("POST", f"rounds/{world.round.pk}/{deed}", body), status, code)


@pytest.mark.parametrize("deed", ["announce", "close", "settle", "publish"])
def test_only_who_may_does_it(world, draft, anyone, refused, deed):
    path = f"rounds/{draft.pk}/{deed}"

    refused(anyone("POST", path), 401, "sign-in-needed")
    refused(signed_in(builders.user())("POST", path), 404, "not-found")
    refused(staff(world, ContestStaff.Role.VIEWER)("POST", path), 403, "not-allowed")
    refused(signed_in(world.chief)("POST", f"rounds/999999/{deed}"), 404, "not-found")
    assert Round.objects.get(pk=draft.pk).state == "draft"


def test_the_contest_comes_before_its_rounds(world, draft, chief, refused):
    world.contest.state = "draft"
    world.contest.save()

    refused(chief("POST", f"rounds/{draft.pk}/announce"), 409, "contest-draft")
    assert Round.objects.get(pk=draft.pk).state == "draft"


def test_publishing_is_the_chiefs(world, refused):
    organiser = staff(world, ContestStaff.Role.ORGANISER)

    refused(organiser("POST", f"rounds/{world.round.pk}/publish"), 403, "not-allowed")


def test_a_deed_needs_the_csrf_token(world, draft, refused):
    path = f"rounds/{draft.pk}/announce"
    api = signed_in(world.chief, enforce_csrf_checks=True)

    refused(api("POST", path), 403, "csrf-failed")
    api.client.cookies["csrftoken"] = "a" * 32
    assert api("POST", path, **{"X-CSRFToken": "a" * 32})[0] == 200


def test_a_large_body_is_refused_before_it_is_read(world, chief, refused):
    body = {"reason": "x" * 70_000}

    refused(chief("POST", f"rounds/{world.round.pk}/close", body), 413, "too-large")


class TestStatistics:
    def test_people_are_counted_once_with_all_below(self, clock):
        world = builders.world(board=BoardPolicy.LIVE)
        chief = signed_in(world.chief)
        for right in (4, 1):
            world.finish(world.entrant(), right=right, now=builders.at(1))
        world.entrant()
        root = world.contest.unit_root

        status, body = chief("GET", f"rounds/{world.round.pk}/statistics/units?under={root.pk}")

        assert status == 200
        kept = ("name", "registered", "people", "attempts", "finished", "points")
        assert [{name: line[name] for name in kept} for line in body["results"]] == [
            {"name": name, "registered": 3, "people": 2, "attempts": 2, "finished": 2, "points": 5}
            for name in (root.name, world.unit.name)
        ]

    def test_without_a_unit_the_top_of_the_tree(self, world, chief):
        world.entrant()

        _, body = chief("GET", f"rounds/{world.round.pk}/statistics/units")

        assert [line["path"] for line in body["results"]] == [world.contest.unit_root.path]

    def test_counts_are_withheld_while_a_prediction_is_open(self, clock):
        world = builders.world(prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING))
        world.finish(world.entrant(), right=1, now=builders.at(1))

        _, body = signed_in(world.chief)("GET", f"rounds/{world.round.pk}/statistics/units")

        (line,) = body["results"]
        assert (line["registered"], line["people"], line["attempts"], line["finished"], line["points"]) == (
            1,
            None,
            None,
            None,
            None,
        )

    def test_points_are_withheld_while_the_board_does_not_show_them(self, clock):
        world = builders.world(board=BoardPolicy.HIDDEN)
        world.finish(world.entrant(), right=1, now=builders.at(1))

        _, body = signed_in(world.chief)("GET", f"rounds/{world.round.pk}/statistics/units")

        (line,) = body["results"]
        assert (line["finished"], line["points"]) == (1, None)

    def test_strangers_learn_nothing(self, world, anyone, refused):
        path = f"rounds/{world.round.pk}/statistics/units"
        refused(anyone("GET", path), 401, "sign-in-needed")
        refused(signed_in(builders.user())("GET", path), 404, "not-found")


class TestBank:
    @pytest.fixture
    def curator(self, clock):
        return signed_in(builders.user(can_write_questions=True))

    def test_curators_see_questions_with_their_keys(self, curator):
        version = builders.approved(builders.single(1))

        status, body = curator("GET", "bank/questions")

        assert status == 200
        assert body["results"] == [
            {
                "version": version.pk,
                "code": version.question.code,
                "topic": "II.1.1",
                "number": 1,
                "state": "approved",
                "kind": "single",
                "level": "NB",
                "stem": "Câu hỏi số 1 hỏi điều gì?",
                "body": version.body,
                "key": {"accepted": ["b"]},
                "explanation": "Giải thích của câu 1.",
                "citations": [{"topic": "II.1.1", "quote": "Kết luận số 21-KL/TW"}],
            }
        ]

    def test_nobody_else_learns_that_there_is_a_list(self, clock, anyone, refused):
        refused(anyone("GET", "bank/questions"), 401, "sign-in-needed")
        refused(signed_in(builders.user(can_organise=True))("GET", "bank/questions"), 404, "not-found")

    def test_it_is_narrowed_and_searched(self, curator):
        first = builders.approved(builders.single(900_001))
        other = builders.approved(builders.single(2), topic="II.1.2")

        def found(query):
            return [row["version"] for row in curator("GET", f"bank/questions?{query}")[1]["results"]]

        assert found("topic=II.1") == [first.pk, other.pk]
        assert found("topic=II.1.2") == [other.pk]
        assert found("q=cau+hoi+900001") == [first.pk]
        assert found("state=draft") == found("kind=multi") == found("level=VD") == []

    def test_it_comes_by_pages(self, curator):
        versions = [builders.approved(builders.single(number)).pk for number in range(3)]

        _, first = curator("GET", "bank/questions?limit=2")
        _, second = curator("GET", f"bank/questions?limit=2&cursor={first['next']}")

        assert [row["version"] for row in first["results"] + second["results"]] == versions
        assert second["next"] is None

    @pytest.mark.parametrize("count", [1, 3])
    def test_as_many_queries_for_one_question_as_for_three(self, curator, django_assert_num_queries, count):
        for number in range(count):
            builders.approved(builders.single(number))

        with django_assert_num_queries(5):  # session, user, count, versions, citations
            curator("GET", "bank/questions")
