"""The pages after a live round: the staff's result, its files, its replay, the rehearsal, and what the public sees."""

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from contest import rehearsal
from contest.actions import corrections, live_appeals
from contest.live import commands as c
from contest.live import moves
from contest.models import LiveRound, LiveStaff
from tests import builders
from tests.contest.queries.test_live_minutes import confirmed_by_two, to_the_end, won_while_it_was_read
from tests.live_builders import hall

pytestmark = pytest.mark.django_db
DESK = "/to-chuc/truc-tiep/{}/"


@pytest.fixture
def ended():
    place = hall("Nguyễn Thị An", "Bình <b>", questions=2)
    place.ask()
    place.answer("Nguyễn Thị An", "b")
    place.answer("Bình <b>", "a")
    to_the_end(place)
    return place


@pytest.fixture
def desk(client, ended):
    client.force_login(ended.chief)
    return lambda path="ket-qua/": client.get(DESK.format(ended.id) + path)


def text(reply):
    return reply.content.decode()


def test_the_result_page_tells_verdict_editions_ranking_and_questions(desk, ended):
    live_appeals.file_appeal(
        ended.id, player=ended.seats["Bình <b>"].player, run=1, text="Phương án a cũng đúng", now=ended.now
    )
    ended.do(c.Accept(1, "Hai đáp án đúng", answer="a"), role=moves.JURY)
    page = text(desk())

    for edition in LiveRound.objects.get(pk=ended.id).editions.all():
        assert edition.sheet_hash in page
    assert "Tạm thời" in page
    assert "Hai đáp án đúng" in page
    assert "A. Phương án a của câu 1" in page
    assert "Phương án a cũng đúng" in page
    assert "Bình &lt;b&gt;" in page
    assert "2/2 đúng" in page


def test_a_question_won_while_it_was_read_stands_among_those_asked(client):
    place = won_while_it_was_read()
    client.force_login(place.chief)
    reply = client.get(DESK.format(place.id) + "ket-qua/")

    assert [(one.number, one.answered, one.right) for one in reply.context["asked"]] == [(1, 1, 1)]
    assert "1/1 đúng" in text(reply)


def test_questions_asked_are_counted_once_though_asked_again(client):
    place = hall("An", questions=2)
    place.ask()
    place.wait()
    place.do(c.Replay(1, "Loa hỏng"))
    to_the_end(place)
    client.force_login(place.chief)
    reply = client.get(DESK.format(place.id) + "ket-qua/")

    assert [one.number for one in reply.context["asked"]] == [1, 1, 2]
    assert reply.context["questions"] == 2


def test_before_the_end_it_shows_the_way_into_the_room(client):
    place = hall("An")
    client.force_login(place.chief)
    page = text(client.get(DESK.format(place.id) + "ket-qua/"))

    assert place.row.pin in page
    assert "bien-ban.pdf" not in page


def test_a_draft_offers_a_rehearsal(client):
    place = hall(open_=False)
    client.force_login(place.chief)

    assert "Mở phòng diễn tập" in text(client.get(DESK.format(place.id) + "ket-qua/"))


def test_the_minutes_and_the_sheet_come_as_files_in_vietnamese(desk, client):
    client.cookies["django_language"] = "en"
    minutes, sheet = desk("bien-ban.pdf"), desk("ket-qua.xlsx")

    assert minutes.content.startswith(b"%PDF")
    assert "truc-tiep-1-bien-ban.pdf" in minutes["Content-Disposition"]
    assert sheet.content.startswith(b"PK")
    assert minutes["Cache-Control"] == sheet["Cache-Control"] == "no-store"


def test_a_round_without_a_result_has_no_files(client):
    place = hall("An")
    client.force_login(place.chief)

    assert client.get(DESK.format(place.id) + "bien-ban.pdf").status_code == 409
    assert client.get(DESK.format(place.id) + "ket-qua.xlsx").status_code == 409


@pytest.mark.parametrize("path", ["ket-qua/", "bien-ban.pdf", "ket-qua.xlsx", "dien-lai/"])
def test_jury_may_look_strangers_learn_nothing(client, ended, path):
    juror, stranger = builders.user(), builders.user(can_organise=True)
    LiveStaff.objects.create(round_id=ended.id, user=juror, role="jury")
    address = DESK.format(ended.id) + path

    assert client.get(address).status_code == 302
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(juror)
    reply = client.get(address)
    assert reply.status_code == 200
    assert f"/to-chuc/{ended.contest.slug}/".encode() not in reply.content


def test_the_replay_shows_the_screen_as_it_was(desk, ended):
    first = text(desk("dien-lai/?v=1"))
    assert "Bước 1/" in first
    assert "Phòng chờ" in first
    reading = next(n for n in range(1, 20) if "Đọc câu hỏi" in text(desk(f"dien-lai/?v={n}")))
    page = text(desk(f"dien-lai/?v={reading}"))
    assert "Câu hỏi số 1 hỏi điều gì?" in page
    assert "Phương án b của câu 1" not in page
    assert "Phương án b của câu 1" in text(desk(f"dien-lai/?v={reading + 1}"))


@pytest.mark.parametrize("version", ["", "0", "999999", "-3", "abc", "9" * 40])
def test_the_replay_takes_any_version_that_is_typed(desk, version):
    assert desk(f"dien-lai/?v={version}").status_code == 200


def test_the_replay_of_a_draft_says_that_there_is_nothing_yet(client):
    place = hall(open_=False)
    client.force_login(place.chief)

    assert "Nhật ký còn trống" in text(client.get(DESK.format(place.id) + "dien-lai/"))


@pytest.fixture
def crowds(monkeypatch):
    """The thread itself is not what these tests ask for."""
    found = []
    monkeypatch.setattr(rehearsal, "start", lambda crowd: found.append(crowd) or True)
    return found


def test_a_rehearsal_is_opened_labelled_and_cleared(client, crowds):
    place = hall(open_=False)
    client.force_login(place.chief)
    reply = client.post(DESK.format(place.id) + "dien-tap/", {"people": "30"})
    row = LiveRound.objects.get(rehearsal=True)

    assert reply["Location"] == DESK.format(row.pk) + "ket-qua/"
    assert [crowd.round_id for crowd in crowds] == [row.pk]
    page = text(client.get(reply["Location"]))
    assert "DIỄN TẬP" in page
    assert "Xóa dữ liệu diễn tập" in page

    reply = client.post(DESK.format(row.pk) + "xoa-dien-tap/")
    assert reply.status_code == 302
    assert list(LiveRound.objects.values_list("pk", flat=True)) == [place.id]


def test_who_leads_this_round_alone_is_led_home_after_clearing(client, crowds):
    place = hall(open_=False)
    leader = builders.user()
    LiveStaff.objects.create(round=place.row, user=leader, role="host")
    client.force_login(leader)
    address = client.post(DESK.format(place.id) + "dien-tap/", {"people": "3"})["Location"]

    assert client.get(address).status_code == 200
    assert client.post(address.replace("ket-qua", "xoa-dien-tap"))["Location"] == "/"


@pytest.mark.parametrize("people", ["0", "5000", "abc", "-1", "9" * 30])
def test_a_rehearsal_of_no_size_is_refused_in_words(client, crowds, people):
    place = hall(open_=False)
    client.force_login(place.chief)
    reply = client.post(DESK.format(place.id) + "dien-tap/", {"people": people})

    assert [str(message) for message in get_messages(reply.wsgi_request)] == [
        "Số người diễn tập từ 1 đến 2000."
    ]
    assert (crowds, LiveRound.objects.count()) == ([], 1)


def test_a_real_round_is_not_cleared_from_the_page(desk, client, ended):
    assert client.post(DESK.format(ended.id) + "xoa-dien-tap/").status_code == 409
    assert LiveRound.objects.filter(pk=ended.id).exists()


def test_the_jury_opens_no_rehearsal(client, ended, crowds):
    juror = builders.user()
    LiveStaff.objects.create(round_id=ended.id, user=juror, role="jury")
    client.force_login(juror)

    assert client.post(DESK.format(ended.id) + "dien-tap/", {"people": "5"}).status_code == 403
    assert "Mở phòng diễn tập" not in text(client.get(DESK.format(ended.id) + "ket-qua/"))


def test_the_public_page_is_out_with_the_publication(client, ended):
    address, contest = f"/phong/{ended.id}/ket-qua/", f"/cuoc-thi/{ended.contest.slug}/"
    assert client.get(address).status_code == 404
    assert address not in text(client.get(contest))
    confirmed_by_two(ended)

    page = text(client.get(address))
    assert "Nguyễn T. A." in page
    assert "Nguyễn Thị An" not in page
    assert LiveRound.objects.get(pk=ended.id).editions.get().sheet_hash in page
    assert address in text(client.get(contest))


def test_the_public_page_says_when_the_jury_looks_again(client, ended):
    confirmed_by_two(ended)
    ended.do(c.VoidRun(1, "Đề sai"), role=moves.JURY)

    assert "đang xem lại kết quả này" in text(client.get(f"/phong/{ended.id}/ket-qua/"))


def test_a_key_corrected_in_the_bank_is_noted_for_the_live_rounds_that_asked(ended):
    version = ended.state.items[0].version_id
    never = hall(open_=False)
    author = builders.user()
    noted = corrections.note_corrected_key(
        version_id=version, actor_id=author.pk, reason="Sai năm", now=timezone.now()
    )

    assert noted == 1
    entry = ended.contest.audit.get(deed="bank-corrected-key")
    assert entry.facts == {"version": version, "live": [ended.id]}
    assert not never.contest.audit.filter(deed="bank-corrected-key").exists()
