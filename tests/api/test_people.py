"""Staff and single people: extra time and exclusions over the API."""

import pytest
from django.test import Client

from contest.models import Attempt, ContestStaff, Entrant, Exclusion
from tests import builders
from tests.api.conftest import Api, as_page
from tests.builders import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(clock):
    return builders.world()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return Api(client)


def staff(world, role):
    user = builders.user()
    ContestStaff.objects.create(contest=world.contest, user=user, role=role)
    return signed_in(user)


@pytest.fixture
def organiser(world):
    return staff(world, ContestStaff.Role.ORGANISER)


@pytest.fixture
def viewer(world):
    return staff(world, ContestStaff.Role.VIEWER)


class TestExtraTime:
    def test_the_page_hears_of_it_with_its_next_save(self, world, organiser, clock):
        attempt = world.start(world.entrant(), now=at(1))
        path = f"rounds/{world.round.pk}/attempts/{attempt.public_id}/adjust"

        status, body = organiser("POST", path, {"seconds": 300, "reason": "Mất điện"})

        assert (status, body["seconds"]) == (200, 300)
        assert (body["before"], body["deadline"]) == (
            "2026-11-02T08:11:00+07:00",
            "2026-11-02T08:16:00+07:00",
        )
        page = as_page(attempt)
        saved = page("PUT", f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {"1": "a"}})
        assert (saved[0], saved[1]["remaining_ms"]) == (200, 14 * 60_000)
        clock.to(15)
        saved = page("PUT", f"attempts/{attempt.public_id}/answers", {"revision": 2, "answers": {"1": "b"}})
        assert (saved[0], saved[1]["remaining_ms"]) == (200, 60_000)

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ({"seconds": 60, "reason": " "}, 400, "reason-missing"),
            ({"seconds": 0, "reason": "x"}, 400, "adjustment-out-of-range"),
            ({"seconds": 10**6, "reason": "x"}, 400, "malformed"),
            ({"reason": "x"}, 400, "malformed"),
            ({"seconds": 60, "reason": "x", "more": 1}, 400, "malformed"),
        ],
    )
    def test_nonsense_is_refused(self, world, organiser, refused, body, status, code):
        attempt = world.start(world.entrant(), now=at(1))

        for deed in ("adjust", "reopen"):
            path = f"rounds/{world.round.pk}/attempts/{attempt.public_id}/{deed}"
            refused(organiser("POST", path, body), status, code)

    def test_finished_attempts_keep_their_time(self, world, organiser, refused):
        attempt = world.finish(world.entrant(), right=1, now=at(0), seconds=30)
        path = f"rounds/{world.round.pk}/attempts/{attempt.public_id}"

        refused(organiser("POST", f"{path}/adjust", {"seconds": 60, "reason": "x"}), 409, "attempt-finished")
        refused(organiser("POST", f"{path}/reopen", {"seconds": 60, "reason": "x"}), 409, "attempt-finished")

    def test_who_may(self, world, viewer, anyone, refused):
        attempt = world.start(world.entrant(), now=at(1))

        for deed in ("adjust", "reopen"):
            path = f"rounds/{world.round.pk}/attempts/{attempt.public_id}/{deed}"
            refused(anyone("POST", path, {"seconds": 60}), 401, "sign-in-needed")
            refused(viewer("POST", path, {"seconds": 60}), 403, "not-allowed")
            refused(signed_in(builders.user())("POST", path, {"seconds": 60}), 404, "not-found")
        assert Attempt.objects.get().deadline == at(11)

    def test_an_attempt_the_clock_has_ended_is_opened_again(self, world, clock, refused):
        attempt = world.start(world.entrant(), now=at(1))
        clock.to(30)
        organiser = staff(world, ContestStaff.Role.ORGANISER)
        path = f"rounds/{world.round.pk}/attempts/{attempt.public_id}/reopen"
        refused(organiser("POST", path, {"seconds": 60, "reason": "x"}), 409, "attempt-open")
        Attempt.objects.update(state="auto_submitted", finished_at=at(11))

        status, body = organiser("POST", path, {"seconds": 300, "reason": "Hết pin"})

        assert (status, body["deadline"]) == (200, "2026-11-02T08:35:00+07:00")
        assert Attempt.objects.get().state == "in_progress"


class TestVoiding:
    def test_the_chief_voids_an_attempt(self, world, organiser, refused):
        attempt = world.finish(world.entrant(), right=1, now=at(0), seconds=30)
        path = f"rounds/{world.round.pk}/attempts/{attempt.public_id}/void"
        chief = signed_in(world.chief)
        refused(organiser("POST", path, {"reason": "Khai sai"}), 403, "not-allowed")
        refused(chief("POST", path, {}), 400, "reason-missing")

        assert chief("POST", path, {"reason": "Khai sai"}) == (
            200,
            {"public_id": attempt.public_id, "state": "voided"},
        )

        refused(chief("POST", path, {"reason": "Khai sai"}), 409, "attempt-voided")


class TestSearch:
    def test_an_attempt_is_found_by_name(self, world, organiser, viewer, refused, anyone):
        attempt = world.finish(world.entrant("Trần Văn Hòa"), right=2, now=at(0), seconds=30)
        world.start(world.entrant("Nguyễn An"))
        path = f"rounds/{world.round.pk}/attempts/search?q=van+hoa"

        (found,) = organiser("GET", path)[1]["results"]

        assert (found["public_id"], found["name"], found["points"]) == (attempt.public_id, "Trần Văn Hòa", 2)
        assert found["phone"] == "0900000001"
        assert viewer("GET", path)[1]["results"][0]["phone"] == "090****001"
        refused(anyone("GET", path), 401, "sign-in-needed")
        refused(organiser("GET", f"rounds/{world.round.pk}/attempts/search"), 400, "malformed")


class TestExclusions:
    def path(self, world, rest=""):
        return f"contests/{world.contest.slug}/exclusions{rest}"

    def test_a_person_is_excluded_and_let_in_again(self, world, organiser):
        entrant = world.entrant()
        body = {"phone": entrant.phone, "name": "Trần Văn Hòa", "reason": "Tổ thư ký"}

        status, made = organiser("POST", self.path(world), body)

        assert (status, made["entrant"]) == (201, entrant.pk)
        assert organiser("GET", self.path(world))[1]["results"] == [made]
        assert Entrant.objects.get().barred == "Tổ thư ký"
        lifted = organiser("POST", self.path(world, f"/{made['id']}/lift"), {"reason": "Nhầm người"})
        assert (lifted[0], Entrant.objects.get().barred) == (204, "")

    def test_what_is_wrong_is_named(self, world, organiser, refused):
        body = {"phone": "0900000001", "name": "Trần Văn Hòa", "reason": "Tổ thư ký"}

        refused(organiser("POST", self.path(world), body | {"phone": "12"}), 400, "phone-malformed")
        refused(organiser("POST", self.path(world), body | {"reason": ""}), 400, "reason-missing")
        organiser("POST", self.path(world), body)
        refused(organiser("POST", self.path(world), body), 409, "already-excluded")
        refused(organiser("POST", self.path(world, "/999999/lift"), {"reason": "x"}), 404, "not-found")

    def test_who_may(self, world, viewer, anyone, refused):
        body = {"phone": "0900000001", "name": "Trần Văn Hòa", "reason": "Tổ thư ký"}

        refused(anyone("GET", self.path(world)), 401, "sign-in-needed")
        refused(signed_in(builders.user())("GET", self.path(world)), 404, "not-found")
        refused(viewer("POST", self.path(world), body), 403, "not-allowed")
        assert viewer("GET", self.path(world)) == (200, {"results": []})
        assert not Exclusion.objects.exists()
