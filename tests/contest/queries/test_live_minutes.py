"""Minutes and sheets tell what happened: everybody, every question, every deed, the outages, the way of the result."""

from datetime import timedelta

import pytest
from django.utils import translation

from contest.actions import live, live_answers, live_appeals
from contest.actions.live_answers import Submission
from contest.documents import live_sheet, minutes_pdf
from contest.errors import Refusal
from contest.live import answers, moves
from contest.live import commands as c
from contest.live.rules import BellRules, BuzzerRules, LiveRules, TeamRules
from contest.live.state import Item, Phase, Team
from contest.models import LiveAnswer, LiveRound
from contest.queries import live as reading
from contest.queries import live_minutes, live_sheets
from frontend import live_journal
from tests import builders
from tests.contest.live.hall import OPTIONS, Hall, questions
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


def minutes_of(place):
    with translation.override("vi"):
        words = live_journal.words(place.state.rules)
        return live_minutes.minutes(place.id, words=words, now=place.now)


def to_the_end(place):
    while place.state.phase is not Phase.ENDED:
        if place.state.due_at and place.state.phase in {Phase.TITLE, Phase.READING, Phase.OPEN}:
            place.wait()
        else:
            place.advance()


def confirmed_by_two(place):
    jurors = [builders.user(), builders.user()]
    for user, name in zip(jurors, ("Bà Sáu", "Ông Bảy"), strict=True):
        place.do(c.Confirm(user.pk, name), role=moves.JURY, actor=user)
    place.do(c.Publish(jurors[0].pk, "Bà Sáu"), role=moves.JURY, actor=jurors[0])


@pytest.fixture
def played():
    """Three questions: the first with a deed of every kind, the second asked again, the third void."""
    place = hall("An", "Bình", "Cường", "Dung")
    place.chief.full_name = "Ông Tám"
    place.chief.save()
    seat = {name: seated.player for name, seated in place.seats.items()}
    place.ask()
    place.do(c.AddTime(1, 10_000))
    place.answer("An", "b", after_s=2)
    place.answer("Bình", "a", after_s=3)
    place.answer("Cường", "b", after_s=1)
    place.now += timedelta(seconds=4)
    place.do(c.Pause())
    place.now += timedelta(seconds=30)
    place.do(c.Resume())
    place.do(c.CloseNow(1))
    place.wait()
    place.advance()
    place.do(c.Accept(1, "Hai đáp án đều đúng", answer="a"), role=moves.JURY)
    place.do(c.MarkLoss(seat["Dung"], 1, "Điện thoại hết pin"))
    place.do(c.Kick(seat["Cường"], "Nhắc bài", ban=True))
    place.do(c.Rename(seat["Bình"], "Bình An"))
    place.join("Én")
    place.ask()
    place.answer("An", "b")
    place.wait()
    place.do(c.Replay(2, "Loa hỏng"))
    place.ask()
    place.answer("An", "b")
    place.answer("Én", "b", after_s=5)
    place.wait()
    place.ask()
    place.answer("An", "b")
    place.now += timedelta(seconds=600)
    place.wait()
    place.advance()
    place.do(c.VoidRun(4, "Nhầm"), role=moves.JURY)
    place.do(c.Undo(place.state.undo_at))
    place.do(c.VoidRun(4, "Đề sai năm"), role=moves.JURY)
    place.do(c.Adjust(place.seats["Én"].player, 5, "Phụ đề tắt"), role=moves.JURY)
    to_the_end(place)
    return place


def test_everybody_stands_with_what_befell_them(played):
    found = {one.name: (one.seat, one.remark) for one in minutes_of(played).participants}

    assert found == {
        "An": (1, ""),
        "Bình An": (2, ""),
        "Cường": (3, "Bị cấm vào lại phòng"),
        "Dung": (4, "Sự cố kỹ thuật ở câu 1"),
        "Én": (5, "Vào muộn, từ câu 2"),
    }


def test_questions_stand_as_they_were_played_with_key_version_and_rulings(played):
    found = [
        (
            one.number,
            one.key_version,
            one.answered,
            one.right,
            [(r.kind, r.reason, r.who) for r in one.rulings],
        )
        for one in minutes_of(played).questions
    ]

    assert found == [
        (1, 1, 3, 3, [("remarked", "Hai đáp án đều đúng", "Ông Tám")]),
        (2, 1, 1, 1, [("replaced", "Loa hỏng", "Ông Tám")]),
        (2, 1, 2, 2, []),
        (3, 1, 1, 1, [("voided", "Đề sai năm", "Ông Tám")]),
    ]


def test_a_question_has_letters_key_and_moments(played):
    first = minutes_of(played).questions[0]

    assert first.options[1] == "B. Phương án b của câu 1"
    assert first.answers == ("B. Phương án b của câu 1", "A. Phương án a của câu 1")
    run = played.state.runs[1]
    assert first.opened_at == live.moment(run.opens_at)
    assert first.closed_at == live.moment(run.closed_at)


def test_every_override_and_the_outage_stand_in_order(played):
    found = [(one.kind, one.who, one.what, one.reason) for one in minutes_of(played).incidents]

    chief = "Ông Tám"
    assert found == [
        ("override", chief, "Thêm 10 giây cho câu 1", ""),
        ("override", chief, "Tạm dừng", ""),
        ("override", chief, "Tiếp tục sau khi dừng 30 giây", ""),
        ("override", chief, "Đóng câu 1 trước giờ", ""),
        ("override", chief, "Chấm lại câu 1, nhận thêm đáp án", "Hai đáp án đều đúng"),
        ("override", chief, "Ghi nhận sự cố kỹ thuật cho Dung ở câu 1", "Điện thoại hết pin"),
        ("override", chief, "Cấm Cường vào lại phòng", "Nhắc bài"),
        ("override", chief, "Đổi tên Bình thành Bình An", ""),
        ("override", chief, "Hỏi lại câu 2; lần trước không tính", "Loa hỏng"),
        ("outage", "Máy chủ", "Máy chủ gián đoạn 579 giây", ""),
        ("override", chief, "Hủy câu 3", "Nhầm"),
        ("override", chief, "Hoàn tác: hủy câu", ""),
        ("override", chief, "Hủy câu 3", "Đề sai năm"),
        ("override", chief, "Điều chỉnh +5 điểm cho Én", "Phụ đề tắt"),
    ]


def test_lines_that_were_lost_stand_among_the_outages_and_with_the_person():
    made = hall("An", "Bình", "Cường", rules=LiveRules(mode="bell", bell=BellRules(grace=True)))
    made.ask()
    made.answer("An", "b")
    lost = {made.seats[name].player for name in ("Bình", "Cường")}
    made.now = live.moment(made.state.due_at)
    live.tick(made.id, now=made.now, away=lost)
    made.do(c.Finish(), role=moves.HOST)
    found = minutes_of(made)
    assert [(one.who, one.what) for one in found.incidents if one.kind == "outage"] == [
        ("Máy chủ", "2 người mất kết nối, chưa trả lời câu 1: Bình, Cường")
    ]
    remarks = {one.name: one.remark for one in found.participants}
    assert "Sự cố kỹ thuật ở câu 1" in remarks["Bình"]
    assert "kỹ thuật" not in remarks["An"]


def test_places_follow_the_board_and_the_removed_stand_unranked(played):
    found = [(one.rank, one.name, one.right, one.points, one.remark) for one in minutes_of(played).places]

    assert found == [
        (1, "An", 2, 20, ""),
        (2, "Én", 1, 15, "Điều chỉnh +5 điểm"),
        (3, "Bình An", 1, 10, ""),
        (4, "Dung", 0, 0, ""),
        (None, "Cường", 1, 10, "Bị cấm vào lại phòng"),
    ]


def test_the_way_of_the_result_and_its_hash(played):
    confirmed_by_two(played)
    played.do(c.Accept(2, "Xét lại", everything=True), role=moves.JURY)
    found = minutes_of(played)

    assert [(step.kind, step.note) for step in found.steps] == [
        ("provisional", ""), ("confirmed", ""), ("second", ""), ("published", ""), ("corrected", "Xét lại"),
    ]  # fmt: skip
    assert found.status == "provisional"
    newest = LiveRound.objects.get(pk=played.id).editions.order_by("-edition")[0]
    assert found.sha256 == newest.sheet_hash
    assert found.receipts == LiveAnswer.objects.count() == 7


def test_teams_stand_as_teams_with_their_means():
    place = hall("An", "Bình", "Cường", "Dung", questions=1, rules=LiveRules(mode="teams"))
    seat = {name: seated.player for name, seated in place.seats.items()}
    members = {1: (seat["An"], seat["Bình"]), 2: (seat["Cường"], seat["Dung"])}
    place.do(c.FormTeams((Team(1, "Sen"), Team(2, "Trúc")), members))
    place.ask()
    for name in ("An", "Bình", "Cường"):
        place.answer(name, "b")
    to_the_end(place)
    place.do(c.Adjust(2, 1, "Trình bày hay"), role=moves.JURY)
    found = minutes_of(place)

    assert [(one.rank, one.name, one.points, one.remark) for one in found.team_places] == [
        (1, "Sen", 10, ""),
        (2, "Trúc", 6, "Điều chỉnh +1 điểm"),
    ]
    assert found.places == ()
    assert [one.team for one in found.participants] == ["Sen", "Sen", "Trúc", "Trúc"]
    assert found.incidents[-1].what == "Điều chỉnh +1 điểm cho Trúc"
    assert minutes_pdf.pdf(found).startswith(b"%PDF")


def test_a_teams_mark_is_no_verdict_on_the_answer_of_a_member():
    """Three of Sen agree by two to one; Trúc is outvoted by nobody: verdict, points and counts are the rows' own."""
    rules = LiveRules(mode="teams", teams=TeamRules(answers="majority"))
    place = hall("An", "Bình", "Cường", "Dung", questions=1, rules=rules)
    an, binh, cuong, dung = (place.seats[name].player for name in place.seats)
    place.do(c.FormTeams((Team(an, "Sen"), Team(dung, "Trúc")), {an: (an, binh, cuong), dung: (dung,)}))
    place.ask()
    for after_s, (name, value) in enumerate(
        {"An": "b", "Bình": "b", "Cường": "a", "Dung": "b"}.items(), start=1
    ):
        place.answer(name, value, after_s=after_s)
    to_the_end(place)
    place.do(c.Adjust(dung, 7, "Trình bày hay"), role=moves.JURY)
    minutes = minutes_of(place)
    with translation.override("vi"):
        found = live_sheets.sheets(place.id, words=live_journal.words(place.state.rules))
        people = [(one.name, one.team, one.right, one.points, one.time_ms) for one in found.people]
        given = [(one.name, one.verdict, one.points) for one in found.answers]
        teams = [(one.rank, one.name, one.right, one.points, one.remark) for one in found.teams]
        [question] = found.questions
        told = [line.what for line in found.journal]

    assert [(one.name, one.right, one.points) for one in minutes.team_places] == [
        ("Trúc", 1, 17),
        ("Sen", 1, 10),
    ]
    assert teams == [(1, "Trúc", 1, 17, "Điều chỉnh +7 điểm"), (2, "Sen", 1, 10, "")]
    assert [(one.answered, one.right) for one in minutes.questions] == [(4, 3)]
    assert (question.answered, question.right) == (4, 3)
    assert given == [("An", "right", 0), ("Bình", "right", 10), ("Cường", "wrong", 0), ("Dung", "right", 10)]
    assert people == [
        ("Dung", "Trúc", 1, 10, 4000),
        ("An", "Sen", 1, 0, 1000),
        ("Bình", "Sen", 1, 10, 2000),
        ("Cường", "Sen", 0, 0, 0),
    ]
    assert "Đóng câu 1: 4 lượt trả lời, 2 đội đúng" in told


def test_who_left_the_floor_and_when():
    place = hall("An", "Bình", "Cường", "Em", questions=2, rules=LiveRules(mode="bell"))
    place.ask()
    place.answer("An", "b")
    place.answer("Bình", "a")
    place.wait()
    place.advance()
    place.do(c.Rescue("Thầy cô cứu trợ", players=(place.seats["Bình"].player,)), role=moves.HOST)
    place.do(c.MarkLoss(place.seats["Em"].player, 1, "Mất mạng"), role=moves.HOST)
    place.join("Dung")
    place.do(c.Finish("Hết giờ mượn hội trường"))
    found = minutes_of(place)

    assert {one.name: one.remark for one in found.places} == {
        "An": "Còn trên sàn",
        "Bình": "Còn trên sàn",
        "Cường": "Rời sàn ở câu 1",
        "Em": "Chờ giám khảo quyết định về câu 1",
        "Dung": "Vào muộn, trả lời ngoài sàn",
    }
    assert [(one.what, one.reason) for one in found.incidents] == [
        ("Cứu trợ 1 người: Bình", "Thầy cô cứu trợ"),
        ("Ghi nhận sự cố kỹ thuật cho Em ở câu 1", "Mất mạng"),
        ("Kết thúc vòng thi trước khi hết kịch bản", "Hết giờ mượn hội trường"),
    ]


def test_nobody_is_late_who_has_missed_a_poll_and_a_practice_question_only():
    poll = Item(1, "poll", "Bạn khỏe không?", kind="single", body=OPTIONS, points=0)
    practice, first = questions(3, weight=0)[1], questions(3)[2]
    room = Hall(items=(poll, practice, first), players=1)
    for newcomer in (2, 3, 4):
        room.ask(p1="a")
        room.join(newcomer)
    words = live_journal.words(room.state.rules)
    remarks = [live_minutes.remark_of(room.state, room.state.players[one], words) for one in (2, 3, 4)]
    assert [bool(remark) for remark in remarks] == [False, False, True]


def test_a_question_that_the_end_cut_off_is_void_for_that_reason():
    place = hall("An", questions=2)
    place.ask()
    place.do(c.Finish())

    [question] = minutes_of(place).questions
    assert [(one.kind, one.reason) for one in question.rulings] == [
        ("voided", "Vòng thi kết thúc khi câu chưa công bố đáp án")
    ]


def won_while_it_was_read():
    """A round at the buzzer that ended after its first question, won before its time ran."""
    place = hall("An", questions=2, rules=LiveRules(mode="buzzer", buzzer=BuzzerRules(early=True)))
    place.advance()
    place.wait()
    assert place.state.phase is Phase.READING
    press = answers.accept(
        place.state, player=place.seats["An"].player, run=1, value=True, at=live.milliseconds(place.now)
    )
    live_answers.record(place.id, 1, [Submission("early", press)])
    place.now += timedelta(seconds=1)
    place.do(c.CollectPresses(1), role=moves.CLOCK)
    place.do(c.JudgeBuzz(1, place.seats["An"].player, True))
    place.advance()
    place.do(c.Finish())
    return place


def test_a_question_won_while_it_was_read_stands_there_with_its_points():
    place = won_while_it_was_read()

    found = minutes_of(place)
    assert [(one.number, one.opened_at, one.right) for one in found.questions] == [(1, None, 1)]
    assert found.questions[0].closed_at == place.now
    assert [one.points for one in found.places] == [10]
    assert minutes_pdf.pdf(found).startswith(b"%PDF")
    with translation.override("vi"):
        sheets = live_sheets.sheets(place.id, words=live_journal.words(place.state.rules))
        assert [(one.number, one.right, one.opened_at) for one in sheets.questions] == [(1, 1, None)]
        assert [(one.question, one.points) for one in sheets.answers] == [(1, 10)]


def test_a_press_that_had_no_turn_is_not_called_wrong():
    rules = LiveRules(mode="buzzer", buzzer=BuzzerRules(penalty=5, floor=False))
    place = hall("An", "Bình", "Cường", questions=1, rules=rules)
    place.ask()
    for name, after_s in (("An", 1), ("Cường", 1.05), ("Bình", 1.1)):
        place.answer(name, True, after_s=after_s)
    place.now += timedelta(seconds=3)
    place.do(c.CollectPresses(1), role=moves.CLOCK)
    for name, right in (("An", False), ("Cường", True)):
        place.do(c.JudgeBuzz(1, place.seats[name].player, right))
    place.advance()
    place.do(c.Finish())

    with translation.override("vi"):
        found = live_sheets.sheets(place.id, words=live_journal.words(place.state.rules))
        assert [(one.name, one.verdict, one.points) for one in found.answers] == [
            ("An", "wrong", -5),
            ("Bình", "unheard", 0),
            ("Cường", "right", 10),
        ]


def test_a_round_that_runs_and_a_rehearsal_have_no_minutes():
    place = hall("An")
    with pytest.raises(Refusal, match="not-settled"):
        minutes_of(place)
    LiveRound.objects.filter(pk=place.id).update(rehearsal=True)
    with pytest.raises(Refusal, match="rehearsal-only"):
        minutes_of(place)


def test_the_rules_are_told_in_words(played):
    rules = minutes_of(played).rules

    assert rules[0] == "Mỗi câu đúng được 10 điểm; trả lời nhanh không được thêm điểm."
    assert any("250 mili giây" in line for line in rules)


def test_the_pdf_is_made_of_them(played):
    assert minutes_pdf.pdf(minutes_of(played)).startswith(b"%PDF")


def test_the_sheets_have_a_row_a_person_an_answer_a_run_and_an_event(played):
    live_appeals.file_appeal(
        played.id, player=played.seats["An"].player, run=3, text="Xin xem lại", now=played.now
    )
    with translation.override("vi"):
        found = live_sheets.sheets(played.id, words=live_journal.words(played.state.rules))
        people = [(one.rank, one.seat, one.name, one.points) for one in found.people]
        given = [(one.question, one.name, one.answer, one.verdict, one.points) for one in found.answers]
        questions = [(one.number, one.remark) for one in found.questions]
        journal = list(found.journal)

    assert people == [
        (1, 1, "An", 20),
        (2, 5, "Én", 15),
        (3, 2, "Bình An", 10),
        (4, 4, "Dung", 0),
        (None, 3, "Cường", 10),
    ]
    assert given == [
        (1, "An", "B. Phương án b của câu 1", "right", 10),
        (1, "Bình An", "A. Phương án a của câu 1", "right", 10),
        (1, "Cường", "B. Phương án b của câu 1", "right", 10),
        (2, "An", "B. Phương án b của câu 2", "void", 0),
        (2, "An", "B. Phương án b của câu 2", "right", 10),
        (2, "Én", "B. Phương án b của câu 2", "right", 10),
        (3, "An", "B. Phương án b của câu 3", "void", 0),
    ]
    assert questions == [
        (1, "Đã chấm lại 1 lần"), (2, "Đã hỏi lại, lần này không tính"), (2, ""), (3, "Đã hủy: Đề sai năm"),
    ]  # fmt: skip
    assert [line.version for line in journal] == list(range(1, reading.load(played.id).state.version + 1))
    assert all(line.what and "%(" not in line.what for line in journal)


def test_the_workbook_is_made_of_them(played):
    with translation.override("vi"):
        body = live_sheet.workbook(
            live_sheets.sheets(played.id, words=live_journal.words(played.state.rules))
        )
    assert body.startswith(b"PK")
