"""Extra time, entrants and exclusions on the organiser's desk."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from contest.actions import attempts, exclusions, rounds, settlement
from contest.models import Attempt, AuditEntry, ContestStaff, Entrant, Exclusion, Round
from contest.queries import dashboard, snapshots
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.visibility import BoardPolicy
from tests import builders
from tests.builders import CLOSES, at

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)


class Clock:
    def __init__(self):
        self.now = at(2)


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    yield found
    snapshots.forget_all()


@pytest.fixture
def world(clock):
    return builders.world(board=BoardPolicy.LIVE)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


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


def base(world):
    return f"/to-chuc/{world.contest.slug}"


def attempts_page(world):
    return f"/to-chuc/vong/{world.round.pk}/luot-thi/"


def names(answer):
    return [line.entrant.name for line, _deed in answer.context["found"]]


class TestAttempts:
    def test_they_are_found_by_name_phone_unit_and_receipt(self, world, organiser):
        world.start(world.entrant("Nguyễn Thị Phương Thảo"))
        done = world.finish(world.entrant("Trần Văn Hòa"), right=1, now=at(1))

        def found(typed):
            return names(organiser.get(attempts_page(world), {"q": typed}))

        assert found("phuong thao") == ["Nguyễn Thị Phương Thảo"]
        assert found("0900000002") == found("+84 900 000 002") == ["Trần Văn Hòa"]
        assert found(done.receipt.lower().replace("-", " ")) == ["Trần Văn Hòa"]
        assert sorted(found("dong mit")) == ["Nguyễn Thị Phương Thảo", "Trần Văn Hòa"]
        assert found("") == found("t") == found("khong co ai") == []

    def test_another_rounds_attempts_stay_out(self, world, organiser):
        other = builders.world()
        other.start(other.entrant("Lê Thị Xa"))

        assert names(organiser.get(attempts_page(world), {"q": "le thi xa"})) == []

    def test_time_is_given_with_a_reason(self, world, organiser):
        attempt = world.start(world.entrant(), now=at(1))
        typed = {"action": "adjust", "attempt": attempt.public_id, "change": "give", "minutes": "5"}

        answer = organiser.post(f"{attempts_page(world)}?q=thao", {**typed, "reason": " "})
        assert answer.status_code == 422
        form = answer.context["found"][0][1][0]["form"]
        assert ("reason" in form.errors, form["minutes"].value()) == (True, "5")

        answer = organiser.post(
            f"{attempts_page(world)}?q=thao", {**typed, "reason": "Mất điện"}, follow=True
        )
        assert answer.redirect_chain == [(f"{attempts_page(world)}?q=thao", 302)]
        assert "Bài thi nay nộp muộn nhất lúc 08:16:00." in answer.content.decode()
        assert "Đổi giờ +300 giây" in answer.content.decode()
        assert Attempt.objects.get().deadline == at(16)

    def test_time_is_taken(self, world, organiser):
        attempt = world.start(world.entrant(), now=at(1))
        typed = {"attempt": attempt.public_id, "change": "take", "minutes": "2", "reason": "Thêm nhầm"}

        organiser.post(attempts_page(world), {"action": "adjust", **typed})

        assert Attempt.objects.get().deadline == at(9)

    def test_a_refusal_is_said_at_the_form(self, world, organiser, clock):
        attempt = world.start(world.entrant(), now=at(1))
        clock.now = at(20)
        typed = {"attempt": attempt.public_id, "change": "give", "minutes": "2", "reason": "x"}

        answer = organiser.post(f"{attempts_page(world)}?q=thao", {"action": "adjust", **typed})

        assert answer.status_code == 422
        assert "Bài thi đã nộp" in answer.content.decode()

    def test_an_attempt_ended_by_the_clock_is_opened_again(self, world, organiser, clock):
        attempt = world.start(world.entrant(), now=at(1))
        clock.now = at(20)
        attempts.expire_attempts(now=clock.now)
        page = organiser.get(attempts_page(world), {"q": "thao"})
        assert [deed["action"] for _line, deeds in page.context["found"] for deed in deeds] == ["reopen"]

        typed = {"attempt": attempt.public_id, "minutes": "5", "reason": "Hết pin"}
        answer = organiser.post(attempts_page(world), {"action": "reopen", **typed})

        assert answer.status_code == 302
        assert (Attempt.objects.get().state, Attempt.objects.get().deadline) == ("in_progress", at(25))

    def test_a_viewer_looks_and_gives_nothing(self, world, viewer):
        attempt = world.start(world.entrant(), now=at(1))
        typed = {"attempt": attempt.public_id, "change": "give", "minutes": "5", "reason": "x"}

        page = viewer.get(attempts_page(world), {"q": "thao"})
        assert [deeds for _line, deeds in page.context["found"]] == [[]]
        assert viewer.post(attempts_page(world), {"action": "adjust", **typed}).status_code == 403
        assert Attempt.objects.get().deadline == at(11)

    def test_the_chief_voids_an_attempt_and_nobody_else(self, world, organiser):
        attempt = world.finish(world.entrant(), right=2, now=at(0), seconds=30)
        typed = {"action": "void", "attempt": attempt.public_id}
        assert organiser.post(attempts_page(world), {**typed, "reason": "Khai sai"}).status_code == 403
        chief = signed_in(world.chief)

        answer = chief.post(attempts_page(world), {**typed, "reason": " "})
        assert (answer.status_code, Attempt.objects.get().state) == (422, "submitted")
        page = chief.post(
            f"{attempts_page(world)}?q=thao", {**typed, "reason": "Khai sai người"}, follow=True
        )

        assert "Đã hủy lượt thi." in page.content.decode()
        assert Attempt.objects.get().state == "voided"
        assert [deeds for _line, deeds in page.context["found"]] == [[]]

    def test_a_stranger_finds_nothing(self, world):
        stranger = signed_in(builders.user(can_organise=True))

        addresses = (attempts_page(world), *(f"{base(world)}/{part}/" for part in ("thi-sinh", "loai-tru")))
        assert [stranger.get(address).status_code for address in addresses] == [404] * 3

    @pytest.mark.parametrize("action", ["", "erase"])
    def test_an_unknown_deed_is_refused(self, world, organiser, action):
        assert organiser.post(attempts_page(world), {"action": action}).status_code == 400


class TestScores:
    def test_they_are_shown_where_the_round_shows_them(self, world, organiser):
        world.finish(world.entrant(), right=3, now=at(1))

        assert [
            line.points for line, _ in organiser.get(attempts_page(world), {"q": "thao"}).context["found"]
        ] == [3]

    def test_they_are_withheld_while_a_prediction_is_open(self, clock):
        world = builders.world(prediction=PredictionRule(Kind.ATTEMPTS))
        entrant = world.entrant()
        world.finish(entrant, right=3, now=at(1), prediction=5)
        organiser = staff(world, ContestStaff.Role.ORGANISER)

        page = organiser.get(f"{base(world)}/thi-sinh/{entrant.pk}/")
        assert [line.points for line in page.context["lines"]] == [None]
        assert "3/4" not in page.content.decode()

        clock.now = AFTER
        settlement.settle_round(world.round, actor=world.chief, now=AFTER)
        snapshots.forget_all()
        page = staff(world, ContestStaff.Role.ORGANISER).get(f"{base(world)}/thi-sinh/{entrant.pk}/")
        assert [line.points for line in page.context["lines"]] == [3]


class TestEntrants:
    def test_they_are_listed_by_given_name_and_found_without_accents(self, world, organiser):
        for name in ("Trần Văn Bình", "Đặng Hữu Ân", "Nguyễn Thị Ánh"):
            world.entrant(name)

        def found(typed=""):
            page = organiser.get(f"{base(world)}/thi-sinh/", {"q": typed})
            return [entrant.name for entrant, _phone in page.context["rows"]]

        assert found() == ["Nguyễn Thị Ánh", "Đặng Hữu Ân", "Trần Văn Bình"]
        assert found("dang an") == ["Đặng Hữu Ân"]
        assert found("0900 000 001") == ["Trần Văn Bình"]
        assert found("000001") == ["Trần Văn Bình"]
        assert found("09000") == found() == found("9000")
        assert found("khong ai") == []

    def test_they_come_by_pages(self, world, organiser):
        for number in range(51):
            world.entrant(f"Nguyễn Văn {'A' * (1 + number % 3)}")

        answer = organiser.get(f"{base(world)}/thi-sinh/", {"q": "nguyen", "page": "2"})

        assert len(answer.context["rows"]) == 1
        assert "q=nguyen" in answer.content.decode()

    def test_a_viewer_sees_masked_phones_and_cannot_guess_them(self, world, viewer, organiser):
        entrant = world.entrant("Nguyễn An")
        page = f"{base(world)}/thi-sinh/"

        for address in (page, f"{page}{entrant.pk}/"):
            assert "0900000001" in organiser.get(address).content.decode()
            assert "0900000001" not in viewer.get(address).content.decode()
            assert "090****001" in viewer.get(address).content.decode()
        assert not list(viewer.get(page, {"q": "0000001"}).context["rows"])
        assert list(viewer.get(page, {"q": "0900000001"}).context["rows"])

    def test_who_may_be_entered_twice(self, world, organiser):
        for name in ("Nguyễn Thị Hoà", "nguyễn thị hòa", "Nguyễn Thị Hoa Lan"):
            world.entrant(name)

        page = organiser.get(f"{base(world)}/thi-sinh/", {"trung": "1"})

        assert [[entrant.name for entrant, _ in group] for group in page.context["groups"]] == [
            ["Nguyễn Thị Hoà", "nguyễn thị hòa"]
        ]

    def test_a_name_and_unit_are_put_right_and_past_attempts_keep_theirs(self, world, organiser):
        entrant = world.entrant("Nguyễn Thị Phuong")
        world.finish(entrant, right=1, now=at(1))
        address = f"{base(world)}/thi-sinh/{entrant.pk}/"
        root = world.contest.unit_root
        typed = {"action": "correct", "name": " Nguyễn Thị  Phương ", "unit": root.pk, "unit_query": ""}

        assert organiser.post(address, {**typed, "reason": ""}).status_code == 422
        assert organiser.post(address, {**typed, "reason": "Gõ thiếu dấu"}).status_code == 302

        entrant.refresh_from_db()
        assert (entrant.name, entrant.unit, entrant.unit_path) == ("Nguyễn Thị Phương", root, root.path)
        assert Attempt.objects.get().unit_path == world.unit.path
        entry = AuditEntry.objects.get(deed="correct-entrant")
        assert (entry.reason, entry.facts["before"]["name"]) == ("Gõ thiếu dấu", "Nguyễn Thị Phuong")
        found = organiser.get(f"{base(world)}/thi-sinh/", {"q": "phuong"}).context["rows"]
        assert [one.pk for one, _ in found] == [entrant.pk]

    def test_who_changed_units_between_two_attempts_is_counted_once_in_the_last(self, world, organiser):
        entrant, other = world.entrant("Nguyễn An"), world.entrant("Trần Bình")
        root = world.contest.unit_root
        world.finish(entrant, right=1, now=at(0), seconds=10)
        world.finish(other, right=4, now=at(0), seconds=10)
        typed = {"action": "correct", "name": "Nguyễn An", "unit": root.pk, "reason": "Nhầm đơn vị"}
        organiser.post(f"{base(world)}/thi-sinh/{entrant.pk}/", typed)
        world.finish(entrant, right=2, now=at(1), seconds=10)

        lines = {line.path: line for line in dashboard.participation(world.round, now=at(2))}

        counts = [
            (lines[path].people, lines[path].attempts, lines[path].finished, lines[path].points)
            for path in (root.path, world.unit.path)
        ]
        assert counts == [(2, 3, 3, 7), (1, 1, 1, 4)]

    def test_a_name_alone_keeps_the_unit(self, world, organiser):
        entrant = world.entrant("Nguyễn An")
        typed = {"action": "correct", "name": "Nguyễn Ân", "reason": "Sai dấu"}

        organiser.post(f"{base(world)}/thi-sinh/{entrant.pk}/", typed)

        entrant.refresh_from_db()
        assert (entrant.name, entrant.unit) == ("Nguyễn Ân", world.unit)

    def test_looking_for_a_unit_keeps_what_was_typed(self, world, organiser):
        entrant = world.entrant("Nguyễn An")
        typed = {"action": "find-unit", "name": "Nguyễn Ân", "reason": "Sai dấu", "unit_query": "dong mit"}

        page = organiser.post(f"{base(world)}/thi-sinh/{entrant.pk}/", typed)

        assert [unit["name"] for unit in page.context["units"]] == ["Đoàn xã Đồng Mít"]
        assert 'value="Nguyễn Ân"' in page.content.decode()
        entrant.refresh_from_db()
        assert entrant.name == "Nguyễn An"

    def test_another_contests_entrant_is_not_found(self, world, organiser):
        other = builders.world()

        assert organiser.get(f"{base(world)}/thi-sinh/{other.entrant().pk}/").status_code == 404


class TestExclusions:
    def test_a_person_is_excluded_by_phone_before_registering(self, world, organiser):
        address = f"{base(world)}/loai-tru/"
        typed = {
            "action": "exclude",
            "phone": "0900 000 001",
            "name": "Trần Văn Hòa, thư ký",
            "reason": "Tổ thư ký",
        }

        assert organiser.post(address, typed).status_code == 302

        assert world.entrant().barred == "Tổ thư ký"
        page = organiser.get(address).content.decode()
        assert "Trần Văn Hòa, thư ký" in page
        assert "Đã đăng ký dự thi" in page
        entry = AuditEntry.objects.get(deed="exclude-person")
        assert (entry.reason, entry.facts) == ("Tổ thư ký", {"label": "Trần Văn Hòa, thư ký"})

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"phone": "12"}, "phone"),
            ({"name": ""}, "name"),
            ({"reason": " "}, "reason"),
            ({"reason": "x" * 201}, "reason"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, world, organiser, change, field):
        typed = {"action": "exclude", "phone": "0900000001", "name": "Trần Văn Hòa", "reason": "Tổ thư ký"}

        answer = organiser.post(f"{base(world)}/loai-tru/", typed | change)

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert not Exclusion.objects.exists()

    def test_nobody_is_excluded_twice(self, world, organiser):
        typed = {"action": "exclude", "phone": "0900000001", "name": "Trần Văn Hòa", "reason": "Tổ thư ký"}
        organiser.post(f"{base(world)}/loai-tru/", typed)

        answer = organiser.post(f"{base(world)}/loai-tru/", typed)

        assert answer.status_code == 422
        assert "đã có trong danh sách" in answer.content.decode()

    def test_lifting_needs_a_reason_and_lets_the_person_in(self, world, organiser):
        entrant = world.entrant()
        row = exclusions.exclude_entrant(entrant, reason="Tổ thư ký", actor=world.chief, now=at(1))
        address = f"{base(world)}/loai-tru/"

        assert (
            organiser.post(address, {"action": "lift", "exclusion": row.pk, "reason": ""}).status_code == 422
        )
        assert (
            organiser.post(
                address, {"action": "lift", "exclusion": row.pk, "reason": "Nhầm người"}
            ).status_code
            == 302
        )

        assert Entrant.objects.get().barred == ""
        assert not Exclusion.objects.exists()
        assert AuditEntry.objects.get(deed="readmit-person").reason == "Nhầm người"
        assert (
            organiser.post(address, {"action": "lift", "exclusion": row.pk, "reason": "x"}).status_code == 404
        )

    def test_an_entrant_is_excluded_and_readmitted_on_the_own_page(self, world, organiser):
        entrant = world.entrant()
        address = f"{base(world)}/thi-sinh/{entrant.pk}/"

        organiser.post(address, {"action": "exclude", "reason": "Tổ ra đề"})
        assert "Bị loại trừ: Tổ ra đề" in organiser.get(address).content.decode()
        organiser.post(address, {"action": "readmit", "reason": "Không thuộc tổ ra đề"})

        assert Entrant.objects.get().barred == ""
        answer = organiser.post(address, {"action": "readmit", "reason": "x"})
        assert (answer.status_code, "không bị loại trừ" in answer.content.decode()) == (422, True)

    def test_a_published_result_is_amended_by_the_chief_alone(self, world, clock):
        best = world.entrant("Nguyễn An")
        world.finish(best, right=4, now=at(1))
        world.finish(world.entrant("Trần Bình"), right=2, now=at(1))
        clock.now = AFTER
        rounds.begin_closing(now=CLOSES)
        settlement.settle_round(world.round, actor=world.chief, now=AFTER)
        settlement.publish_round(world.round, actor=world.chief, now=AFTER)
        address, typed = f"{base(world)}/thi-sinh/{best.pk}/", {"action": "exclude", "reason": "Tổ ra đề"}

        answer = staff(world, ContestStaff.Role.ORGANISER).post(address, typed)
        assert (answer.status_code, Round.objects.get().state) == (422, "published")
        assert signed_in(world.chief).post(address, typed).status_code == 302

        assert Round.objects.get().state == "amended"
        newest = Round.objects.get().settlements.order_by("-edition").first()
        assert [row.entrant.name for row in newest.standings.all()] == ["Trần Bình"]
        assert (newest.edition, newest.reason) == (2, "Tổ ra đề")
        assert settlement.verify(newest)

    def test_a_settled_result_is_settled_anew(self, world, clock):
        best = world.entrant("Nguyễn An")
        world.finish(best, right=4, now=at(1))
        clock.now = AFTER
        rounds.begin_closing(now=CLOSES)
        settlement.settle_round(world.round, actor=world.chief, now=AFTER)

        organiser = staff(world, ContestStaff.Role.ORGANISER)
        organiser.post(f"{base(world)}/thi-sinh/{best.pk}/", {"action": "exclude", "reason": "Tổ ra đề"})

        assert list(world.round.settlements.values_list("edition", "numbers__people_participating")) == [
            (1, 1),
            (2, 0),
        ]

    def test_a_viewer_changes_nothing(self, world, viewer):
        entrant = world.entrant()
        assert viewer.get(f"{base(world)}/loai-tru/").status_code == 200

        posts = [
            (
                f"{base(world)}/loai-tru/",
                {"action": "exclude", "phone": "0900000001", "name": "a", "reason": "x"},
            ),
            (f"{base(world)}/thi-sinh/{entrant.pk}/", {"action": "exclude", "reason": "x"}),
            (f"{base(world)}/thi-sinh/{entrant.pk}/", {"action": "correct", "name": "a", "reason": "x"}),
        ]
        assert [viewer.post(address, typed).status_code for address, typed in posts] == [403] * 3
        assert not Exclusion.objects.exists()


def test_no_page_tells_how_many_attempts_match(world, organiser):
    """A number of all attempts would answer a prediction."""
    for _ in range(25):
        world.start(world.entrant())

    page = organiser.get(attempts_page(world), {"q": "thao"})

    assert len(page.context["found"]) == 20
    # Addresses hold random letters, in which any number may stand.
    words = re.sub(r"<[^>]*>", " ", page.content.decode())
    assert not re.search(r"\b25\b", words)
