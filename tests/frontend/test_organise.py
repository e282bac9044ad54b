"""The organiser's desk, from a new contest to a corrected result."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from contest.actions import attempts, entrants
from contest.models import Attempt, Contest, ContestStaff, Round, Unit, User
from contest.queries import dashboard, marking, snapshots
from contest.rules.prediction import Kind
from question_bank.actions import questions
from question_bank.models import Outline, QuestionVersion, Topic

pytestmark = pytest.mark.django_db
NOW_STAMP = "%Y-%m-%dT%H:%M"


@pytest.fixture(autouse=True)
def fresh_site(settings, tmp_path):
    """Nothing cached from another test, and no need for collected static files."""
    settings.STATIC_ROOT = str(tmp_path)
    snapshots.forget_all()
    yield
    snapshots.forget_all()


@pytest.fixture
def chief():
    return User.objects.create_user("truong-ban", password="x", can_organise=True)


@pytest.fixture
def desk(client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def bank(chief):
    """Four approved questions whose right answer is always a."""
    now = timezone.now()
    outline = Outline.objects.create(code="thu", title="Đề cương thử", loaded_at=now)
    topic = Topic.objects.create(outline=outline, key="I", kind=Topic.Kind.SECTION, order=1, title="Mục đích")
    approver = User.objects.create_user("nguoi-duyet")
    for number in range(4):
        body = {"options": [{"key": key, "text": f"Phương án {key}"} for key in "abcd"]}
        content = questions.Content("single", "NB", f"Câu hỏi {number}?", "", body, {"accepted": ["a"]}, [])
        made = questions.create_question(
            code=f"I-{number}", topic=topic, content=content, author=chief, now=now
        )
        QuestionVersion.objects.filter(pk=made.pk).update(state="approved", approver=approver)
    return topic


@pytest.fixture
def contest(desk):
    desk.post(
        "/to-chuc/moi/", {"title": "Tìm hiểu xây dựng Đảng", "organiser": "Đoàn xã", "minimum_age": "16"}
    )
    return Contest.objects.get()


def round_fields(**changes):
    now = timezone.localtime()
    fields = {
        "title": "Tuần 1",
        "opens_at": (now - timedelta(hours=2)).strftime(NOW_STAMP),
        "closes_at": (now + timedelta(hours=1)).strftime(NOW_STAMP),
        "limit_minutes": "30",
        "attempts": "1",
        "per": "round",
        "paper_count": "1",
        "prediction": "",
        "chain": "points,duration,submitted_at,attempt_id",
        "shared": "never",
        "board": "own",
        "frozen_from": "",
        "review": "after_publication",
        "prize_first": "1",
        "cell-0-topic": "I",
        "cell-0-level": "",
        "cell-0-kind": "single",
        "cell-0-count": "2",
        "cell-0-points": "5",
    }
    return fields | changes


def add_round(desk, contest, **changes):
    answer = desk.post(f"/to-chuc/{contest.slug}/vong/moi/", round_fields(**changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Round.objects.get()


def enter(contest, number, name, unit=None):
    given = entrants.Registration(
        name=name, birth_year=1990, phone=f"09123456{number:02d}", consents={"take_part": "có"}, unit=unit,
        other_unit="" if unit else "Tổ tự do",
    )  # fmt: skip
    return entrants.register(contest, given, now=timezone.now())


def take(round, entrant, *, right, minutes):
    """One finished attempt with this many right answers, a minute count long, begun an hour ago."""
    began = timezone.now() - timedelta(hours=1)
    made = attempts.start_attempt(round_id=round.pk, entrant_id=entrant.pk, start_key="k", now=began)
    made, token = attempts.resume_attempt(public_id=made.public_id, entrant_id=entrant.pk, now=began)
    answers = {"1": "a" if right > 0 else "b", "2": "a" if right > 1 else "b"}
    work = attempts.Work(1, marking.read_answers(snapshots.paper(made.paper_id), answers))
    return attempts.submit_attempt(token, work, now=began + timedelta(minutes=minutes))


def press(desk, round, action, **typed):
    return desk.post(f"/to-chuc/vong/{round.pk}/", {"action": action, **typed})


def begin(desk, contest, **changes):
    """An open round of a published contest."""
    desk.post(f"/to-chuc/{contest.slug}/")
    round = add_round(desk, contest, **changes)
    assert press(desk, round, "announce").status_code == 302
    contest.refresh_from_db()
    return Round.objects.get()


def end(desk, round):
    """Closes through the page, then lets the tolerance for late answers pass."""
    assert press(desk, round, "close", reason="Kết thúc sớm").status_code == 302
    Round.objects.filter(pk=round.pk).update(closes_at=timezone.now() - timedelta(seconds=10))
    snapshots.forget_all()


def settled(desk, contest):
    round = begin(desk, contest)
    take(round, enter(contest, 1, "=1+1 Nguyễn An"), right=2, minutes=9)
    take(round, enter(contest, 2, "Trần Bình"), right=1, minutes=5)
    end(desk, round)
    assert press(desk, round, "settle").status_code == 302
    return Round.objects.get()


def test_visitors_sign_in_first(client):
    assert client.get("/to-chuc/").headers["Location"].startswith("/dang-nhap/")


def test_a_stranger_finds_nothing(client, contest):
    round = Round.objects.create(
        contest=contest,
        number=1,
        title="A",
        opens_at=timezone.now(),
        closes_at=timezone.now() + timedelta(hours=1),
    )
    client.force_login(User.objects.create_user("nguoi-la"))

    paths = [
        "",
        "moi/",
        f"{contest.slug}/",
        f"{contest.slug}/vong/moi/",
        f"vong/{round.pk}/",
        f"vong/{round.pk}/sua/",
    ]
    assert [client.get(f"/to-chuc/{path}").status_code for path in paths] == [404] * 6
    assert press(client, round, "announce").status_code == 404


def test_a_viewer_looks_and_does_nothing(client, desk, contest, bank):
    round = add_round(desk, contest)
    viewer = User.objects.create_user("nguoi-xem")
    ContestStaff.objects.create(contest=contest, user=viewer, role=ContestStaff.Role.VIEWER)
    client.force_login(viewer)

    assert client.get(f"/to-chuc/vong/{round.pk}/").status_code == 200
    deeds = ["announce", "reschedule", "close", "settle", "publish", "correct", "preview"]
    assert [press(client, round, deed).status_code for deed in deeds] == [403] * 7
    assert client.get(f"/to-chuc/vong/{round.pk}/sua/").status_code == 403
    assert client.get(f"/to-chuc/vong/{round.pk}/ket-qua.xlsx").status_code == 403
    assert client.post(f"/to-chuc/{contest.slug}/").status_code == 403


def test_an_organiser_does_not_publish(client, desk, contest, bank):
    round = settled(desk, contest)
    organiser = User.objects.create_user("to-chuc")
    ContestStaff.objects.create(contest=contest, user=organiser, role=ContestStaff.Role.ORGANISER)
    client.force_login(organiser)

    assert press(client, round, "publish").status_code == 403
    assert press(client, round, "correct").status_code == 403
    assert press(client, round, "settle").status_code == 302


def test_an_address_is_made_from_the_title(contest):
    assert contest.slug == "tim-hieu-xay-dung-dang"
    assert contest.rules == {"minimum_age": 16}


def test_a_taken_address_keeps_what_was_typed(desk, contest):
    typed = {"title": "Lần hai", "slug": contest.slug, "organiser": "Đoàn phường"}
    answer = desk.post("/to-chuc/moi/", typed)

    assert answer.status_code == 422
    assert "slug" in answer.context["form"].errors
    assert "Đoàn phường" in answer.content.decode()


def test_from_draft_to_published(desk, contest, bank):
    round = settled(desk, contest)
    page = desk.get(f"/to-chuc/vong/{round.pk}/")
    columns = page.context["by_score"].columns
    assert [(column.label, column.bars[0][0]) for column in columns if column.bars[0][1]] == [
        ("5", "1"),
        ("10", "1"),
    ]
    assert [(row.entrant.name, prize) for row, prize in page.context["winners"]] == [
        ("=1+1 Nguyễn An", "Giải nhất")
    ]

    assert press(desk, round, "publish").status_code == 302
    assert Round.objects.get().state == "published"
    assert desk.get("/to-chuc/").status_code == 200
    assert desk.get(f"/to-chuc/{contest.slug}/").status_code == 200
    assert desk.get(f"/to-chuc/vong/{round.pk}/").status_code == 200


def test_a_short_bank_is_said_in_words_and_refused(desk, contest, bank):
    desk.post(f"/to-chuc/{contest.slug}/")
    round = add_round(desk, contest, **{"cell-0-count": "9"})

    assert "thiếu 5 câu" in desk.get(f"/to-chuc/vong/{round.pk}/").content.decode()
    answer = press(desk, round, "announce")
    assert answer.status_code == 422
    assert "Ngân hàng chưa đủ" in answer.context["problem"]
    assert Round.objects.get().state == "draft"


def test_no_round_is_announced_while_its_contest_is_a_draft(desk, contest, bank):
    round = add_round(desk, contest)

    assert 'value="announce"' not in desk.get(f"/to-chuc/vong/{round.pk}/").content.decode()
    answer = press(desk, round, "announce")
    assert (answer.status_code, Round.objects.get().state) == (422, "draft")
    assert "Cuộc thi còn là bản nháp" in answer.context["problem"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": "2020-01-01T00:00"}, "closes_at"),
        ({"cell-0-count": ""}, "__all__"),
        ({"chain": "points,prediction_error,duration,submitted_at,attempt_id"}, "__all__"),
        ({"board": "frozen"}, "frozen_from"),
        ({"opens_at": ""}, "opens_at"),
    ],
)
def test_rules_that_cannot_be_are_form_errors(desk, contest, bank, changes, field):
    answer = desk.post(f"/to-chuc/{contest.slug}/vong/moi/", round_fields(**changes))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Tuần 1" in answer.content.decode()
    assert not Round.objects.exists()


def test_a_draft_is_edited(desk, contest, bank):
    round = add_round(desk, contest, prediction=Kind.ATTEMPTS.value)
    Round.objects.filter(pk=round.pk).update(rules=round.rules | {"partial_credit": True})
    form = desk.get(f"/to-chuc/vong/{round.pk}/sua/").context["form"]
    assert (form["cell-0-count"].value(), form["prediction"].value(), form["prize_first"].value()) == (
        2,
        "attempts",
        1,
    )

    changes = {"title": "Tuần đầu", "limit_minutes": "20", "partial_credit": "on"}
    desk.post(f"/to-chuc/vong/{round.pk}/sua/", round_fields(**changes))
    round.refresh_from_db()
    assert (round.title, round.rules["limit_s"], round.rules["partial_credit"]) == ("Tuần đầu", 1200, True)
    assert round.rules["prediction"] is None


def test_deeds_without_a_reason_are_refused(desk, contest, bank):
    round = begin(desk, contest)

    answer = press(desk, round, "close", reason=" ")
    assert answer.status_code == 422
    assert "reason" in answer.context["close_form"].errors
    assert Round.objects.get().closes_at == round.closes_at


def test_a_later_close_keeps_the_opening(desk, contest, bank):
    round = begin(desk, contest)
    Round.objects.filter(pk=round.pk).update(opens_at=round.opens_at + timedelta(seconds=7))
    opens, closes = (timezone.localtime(at) for at in (round.opens_at, round.closes_at + timedelta(hours=3)))

    typed = {
        "opens_at": opens.strftime(NOW_STAMP),
        "closes_at": closes.strftime(NOW_STAMP),
        "reason": "Mưa bão",
    }
    assert press(desk, round, "reschedule", **typed).status_code == 302
    assert Round.objects.get().closes_at == round.closes_at + timedelta(hours=3)


def test_counts_are_withheld_from_staff_while_they_are_predicted(desk, contest, bank):
    changes = {"prediction": "attempts", "chain": "points,prediction_error,submitted_at,attempt_id"}
    round = begin(desk, contest, **changes)
    take(round, enter(contest, 1, "Nguyễn An"), right=2, minutes=3)

    page = desk.get(f"/to-chuc/vong/{round.pk}/")
    assert page.context["arrivals"] is None
    assert [(share.registered, share.attempts) for share in page.context["turnout"].below] == [(1, 0)]
    assert (page.context["by_day"], page.context["by_hour"]) == (None, None)
    assert "giữ kín" in page.content.decode()


def test_counts_without_a_prediction_are_shown(desk, contest, bank):
    round = begin(desk, contest)
    take(round, enter(contest, 1, "Nguyễn An"), right=2, minutes=3)

    arrivals = desk.get(f"/to-chuc/vong/{round.pk}/").context["arrivals"]
    assert (arrivals.people, arrivals.started, arrivals.working, arrivals.finished) == (1, 1, 0, 1)


def test_a_parent_unit_counts_its_own_and_all_below(desk, contest, bank):
    top = Unit.objects.create(name="Huyện đoàn", full_name="Huyện đoàn", search="", sort_key="a")
    below = Unit.objects.create(
        name="Xã đoàn", full_name="Xã đoàn", search="", sort_key="b", parent=top, depth=1
    )
    top.path, below.path = f"{top.pk}/", f"{top.pk}/{below.pk}/"
    top.save()
    below.save()
    round = begin(desk, contest)
    take(round, enter(contest, 1, "An", top), right=2, minutes=3)
    take(round, enter(contest, 2, "Bình", below), right=1, minutes=3)
    enter(contest, 3, "Chi", below)
    enter(contest, 4, "Dung")

    lines = dashboard.participation(round, now=timezone.now())
    assert [(line.name, line.registered, line.people, line.mean) for line in lines] == [
        ("Huyện đoàn", 3, 2, 7.5),
        ("Xã đoàn", 2, 1, 5.0),
        ("", 1, 0, None),
    ]


def test_a_correction_is_previewed_without_a_trace_and_then_applied(desk, contest, bank):
    round = settled(desk, contest)
    press(desk, round, "publish")
    second = Attempt.objects.get(entrant__name="Trần Bình")
    version = next(item["version"] for item in second.paper.items if item["no"] == 2)
    typed = {"version_id": version, "effect": "accept", "answer": "B", "reason": "Đáp án b cũng đúng"}

    page = press(desk, round, "preview", **typed)
    moves = {move.name: (move.before.rank, move.after.rank) for move in page.context["preview"].moves}
    assert moves == {"Trần Bình": (2, 1), "=1+1 Nguyễn An": (1, 2)}
    assert not round.corrections.exists()

    assert press(desk, round, "correct", **typed).status_code == 302
    assert Round.objects.get().state == "amended"
    assert round.settlements.count() == 2


def test_an_answer_to_accept_must_be_one(desk, contest, bank):
    round = settled(desk, contest)
    version = QuestionVersion.objects.filter(drawn__gt=0).first().pk

    typed = {"version_id": version, "effect": "accept", "answer": "z", "reason": "x"}
    answer = press(desk, round, "preview", **typed)
    assert answer.status_code == 422
    assert "answer" in answer.context["correct_form"].errors


def test_the_export_holds_no_formula(desk, contest, bank):
    round = settled(desk, contest)
    book = load_workbook(BytesIO(desk.get(f"/to-chuc/vong/{round.pk}/ket-qua.xlsx").content))

    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert book.worksheets[0]["B2"].value == "=1+1 Nguyễn An"
    assert book.sheetnames == ["Xếp hạng", "Đơn vị"]


def test_there_is_no_export_before_the_result(desk, contest, bank):
    round = begin(desk, contest)

    assert desk.get(f"/to-chuc/vong/{round.pk}/ket-qua.xlsx").status_code == 409
