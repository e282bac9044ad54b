"""A live round through the actions: journal, lock, answers as rows, joining."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contest.actions import live, live_answers, live_join
from contest.actions.live_answers import Recorded
from contest.errors import Refusal
from contest.live import answers, commands, moves, ranking
from contest.live.rules import BellRules, LiveRules
from contest.live.state import Phase
from contest.models import AuditEntry, LiveAnswer, LiveEdition, LiveEvent, LivePlayer, LiveRound
from contest.queries import live as reading
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


def test_a_round_from_the_lobby_to_a_published_result():
    place = hall("An", "Bình", "Chi")
    for _ in range(3):
        place.ask()
        place.answer("An", "b", after_s=1)
        place.answer("Bình", "b", after_s=2)
        place.answer("Chi", "a", after_s=1)
        place.wait()
        place.advance()
    while place.state.phase is not Phase.ENDED:
        place.advance()
    lines = ranking.board(place.state).lines
    assert [(line.rank, line.name, line.total.points) for line in lines] == [
        (1, "An", 30),
        (2, "Bình", 30),
        (3, "Chi", 0),
    ]
    place.do(commands.Confirm(1, "Một"), role=moves.JURY)
    place.do(commands.Confirm(2, "Hai"), role=moves.JURY)
    place.do(commands.Publish(1, "Một"), role=moves.JURY)
    assert place.state.verdict == "published"
    assert LiveRound.objects.get(pk=place.id).pin is None
    edition = LiveEdition.objects.get()
    assert edition.published_by == place.chief


def test_the_journal_alone_gives_the_state_again():
    place = hall("An", "Bình")
    place.ask()
    place.answer("An", "b")
    place.wait()
    before = place.state
    reading.forget()
    assert reading.load(place.id).state == before
    versions = list(LiveEvent.objects.filter(round_id=place.id).values_list("version", flat=True))
    assert versions == list(range(1, before.version + 1))


def test_an_answer_is_one_row_whoever_repeats_it():
    place = hall("An")
    place.ask()
    first = place.answer("An", "b", key="k-1234567")
    again = place.answer("An", "b", key="k-1234567", after_s=3)
    other = place.answer("An", "c", key="k-7654321")
    assert first == again
    assert isinstance(other, Refusal)
    assert other.code == "already-answered"
    assert LiveAnswer.objects.get().value == "b"


def test_the_last_answer_counts_where_the_rules_say_so():
    place = hall("An", rules=LiveRules(answer="last"))
    place.ask()
    place.answer("An", "a", seq=1)
    late = place.answer("An", "b", seq=2)
    overtaken = place.answer("An", "c", seq=1, key="another-key")
    assert isinstance(late, Recorded)
    assert isinstance(overtaken, Refusal)
    assert overtaken.code == "answer-overtaken"
    row = LiveAnswer.objects.get()
    assert (row.value, row.seq) == ("b", 2)


def test_an_answer_behind_the_close_or_a_kick_is_refused():
    place = hall("An", "Bình")
    opened = place.ask()
    found = live_answers.Submission(
        "key-12345",
        live_answers.Answer(place.seats["An"].player, 1, "b", opened.runs[1].opens_at + 10, 10),
    )
    place.do(commands.Kick(place.seats["An"].player))
    outcome = live_answers.record(place.id, 1, [found])[0]
    assert isinstance(outcome, Refusal)
    assert outcome.code == "not-a-player"
    place.do(commands.Readmit(place.seats["An"].player))
    place.wait()
    outcome = live_answers.record(place.id, 1, [found])[0]
    assert isinstance(outcome, Refusal)
    assert outcome.code == "question-closed"
    assert not LiveAnswer.objects.exists()


def test_a_question_whose_time_passed_while_the_server_was_down_closes_at_its_time():
    place = hall("An")
    opened = place.ask()
    closes_at = opened.runs[1].closes_at
    place.now = place.now.replace(hour=5)
    place.wait()
    assert place.state.runs[1].closed_at == closes_at


def test_where_nobody_serves_the_room_nobody_has_a_line_and_the_rule_grace_asks_the_jury(capsys):
    place = hall("An", "Bình", "Chi", rules=LiveRules(mode="bell", bell=BellRules(grace=True)))
    place.ask()
    place.answer("An", "b")
    place.answer("Bình", "a")
    over = live.moment(place.state.due_at + live.CLOCK_LATE_MS + 1)
    assert live.tick_due(now=over) == 1
    place.now = over
    place.advance()
    binh, chi = (place.seats[name].player for name in ("Bình", "Chi"))
    assert (dict(place.state.floor.out), dict(place.state.floor.waiting)) == ({binh: 1}, {chi: 1})
    call_command("verify_result", "--live", str(ended(place).id))
    assert "edition 1: 3 entrants, identical" in capsys.readouterr().out


def test_a_round_that_fails_keeps_the_clock_from_no_other():
    broken, whole = hall("An"), hall("Bình")
    for place in (broken, whole):
        place.ask()
    LiveRound.objects.filter(pk=broken.id).update(secrets="nothing of a key")
    reading.forget()
    over = live.moment(whole.state.due_at + live.CLOCK_LATE_MS + 1)
    with pytest.raises(ExceptionGroup):
        live.tick_due(now=over)
    assert whole.state.phase == "closed"


def test_names_that_look_alike_get_their_seat_and_a_device_its_own_place():
    place = hall("Hà", "Hạ")
    assert place.seats["Hạ"].name == "Hạ (2)"
    wish = live_join.Wish("Tú", device="d" * 64)
    first = live_join.join(place.id, wish, now=place.now)
    again = live_join.join(place.id, wish, now=place.now)
    assert (first.player, first.seat) == (again.player, again.seat)
    assert first.token != again.token
    assert LivePlayer.objects.filter(round_id=place.id).count() == 3
    moved = live_join.come_back(place.id, seat=again.seat, code=again.code)
    assert reading.player_by_token(place.id, again.token) is None
    assert reading.player_by_token(place.id, moved.token) is not None


def test_a_role_may_only_do_its_own():
    place = hall("An")
    with pytest.raises(Refusal) as refused:
        place.do(commands.Kick(place.seats["An"].player), role=moves.REMOTE)
    assert refused.value.code == "not-allowed"


def ended(place):
    """Plays all questions: An right, Bình wrong."""
    while place.state.phase is not Phase.ENDED:
        between = place.state.phase in {Phase.LOBBY, Phase.REVEAL}
        if between and place.state.item < len(place.state.items):
            place.ask()
            place.answer("An", "b")
            place.answer("Bình", "a")
            place.wait()
        place.advance()
    return place


def test_a_result_is_verified_from_journal_and_rows(capsys):
    place = ended(hall("An", "Bình"))
    call_command("verify_result", "--live", str(place.id))
    assert "edition 1: 2 entrants, identical" in capsys.readouterr().out
    LiveAnswer.objects.filter(run=2, player_id=place.seats["Bình"].player).update(value="b")
    with pytest.raises(CommandError, match="differs"):
        call_command("verify_result", "--live", str(place.id))


def test_a_correction_makes_the_next_edition_and_asks_for_new_signatures():
    place = ended(hall("An", "Bình"))
    place.do(commands.Confirm(1, "Một"), role=moves.JURY)
    place.do(commands.Confirm(2, "Hai"), role=moves.JURY)
    place.do(commands.Accept(run=1, answer="a", reason="Hai đáp án đều đúng"), role=moves.JURY)
    assert place.state.verdict == "provisional"
    assert place.state.signatures == ()
    editions = list(LiveEdition.objects.order_by("edition"))
    assert [edition.edition for edition in editions] == [1, 2]
    assert editions[0].sheet_hash != editions[1].sheet_hash
    assert editions[1].reason == "Hai đáp án đều đúng"
    line = next(line for line in ranking.board(place.state).lines if line.name == "Bình")
    assert line.total.points == 10


def test_every_answer_the_jury_accepts_is_right_beside_the_key():
    place = hall("An", "Bình", "Chi", "Dung")
    place.ask()
    for name, value in {"An": "b", "Bình": "a", "Chi": "c", "Dung": "d"}.items():
        place.answer(name, value)
    place.wait()
    for value in ("a", "c"):
        place.do(commands.Accept(1, "Cũng đúng", value), role=moves.JURY)
    marks = {name: place.state.runs[1].marks[seat.player].right for name, seat in place.seats.items()}
    assert marks == {"An": True, "Bình": True, "Chi": True, "Dung": False}


def test_a_crowd_costs_as_many_statements_as_two_people():
    place = hall("An")
    counted = []
    for crowd in (2, 60):
        wishes = [
            live_join.Wish(f"Người {crowd} {number}", device=f"{crowd:08}{number:056}")
            for number in range(crowd)
        ]
        with CaptureQueriesContext(connection) as queries:
            seated = live_join.join_together(place.id, wishes, now=place.now)
        counted.append(len(queries))
        assert [one.name for one in seated] == [wish.name for wish in wishes]
        for one in seated:
            assert reading.player_by_token(place.id, one.token).pk == one.player
    assert counted[0] == counted[1]
    assert len(place.state.players) == 63


def test_one_device_twice_in_one_batch_is_one_person():
    place = hall("An")
    wish = live_join.Wish("Hà", device="d" * 64)

    first, second = live_join.join_together(place.id, [wish, wish], now=place.now)
    third = live_join.join_together(place.id, [wish], now=place.now)[0]

    assert first.player == second.player == third.player
    assert reading.player_by_token(place.id, second.token) is None
    assert reading.player_by_token(place.id, third.token) is not None
    assert len(place.state.players) == 2


def test_a_reason_is_one_clean_line_of_500_characters_at_most():
    place = hall("An")
    place.ask()
    place.wait()
    with pytest.raises(Refusal, match="reason-too-long"):
        place.do(commands.VoidRun(1, "dài " * 150), role=moves.JURY)
    place.do(commands.VoidRun(1, "Đề\x00 sai\n" + "x" * 490), role=moves.JURY)
    assert place.state.runs[1].voided == "Đề sai " + "x" * 490
    assert AuditEntry.objects.get(deed="live.void").reason == place.state.runs[1].voided


def test_whoever_has_read_the_row_a_moment_ago_gets_what_is_kept_and_keeps_it(django_assert_num_queries):
    """Another thread has moved the round in between: nothing is read anew but the row."""
    place = hall("An")
    version = place.state.version
    place.ask()
    reading.keep(reading.load(place.id))
    kept = reading.load(place.id)
    with django_assert_num_queries(1):
        found = reading.at_version(place.id, version)
    assert found is kept
    assert found.state.version > version
    assert reading.load(place.id) is kept


def test_an_answer_with_a_dead_token_is_not_written():
    """The old device's answer and the new one's come in one batch: the new one's counts, though it came later."""
    place = hall("An")
    place.ask()
    seated = place.seats["An"]
    again = live_join.come_back(place.id, seat=seated.seat, code=seated.code)
    at = place.state.current.opens_at + 1000
    old, new = (
        live_answers.Submission(
            f"key-{value}",
            answers.accept(place.state, player=seated.player, run=1, value=value, at=at),
            reading.digest(token),
        )
        for value, token in (("a", seated.token), ("b", again.token))
    )
    found = live_answers.record(place.id, 1, [old, new])
    assert (found[0].code, found[1].key) == ("token-invalid", "key-b")
    assert [answer.value for answer in reading.answers_of(place.id, 1)] == ["b"]


def enter(place, name, device):
    return live_join.join(place.id, live_join.Wish(name, device=device * 64), now=place.now)


def test_a_lent_phone_takes_nobody_s_place_away():
    """A guest comes back on somebody's phone, and leaves it again: the phone gives back its owner, not the guest."""
    place = hall()
    xuan = enter(place, "Xuân", "x")
    yen = enter(place, "Yến", "y")
    back = yen
    for device in "xzy":
        back = live_join.come_back(place.id, seat=yen.seat, code=yen.code, device=device * 64)

    again = enter(place, "Xuân", "x")
    zung = enter(place, "Zung", "z")

    assert again.player == xuan.player
    assert zung.player not in {xuan.player, yen.player}
    assert reading.player_by_token(place.id, back.token).pk == yen.player


def test_a_phone_gives_a_guest_back_only_while_the_guest_is_on_it():
    place = hall()
    yen = enter(place, "Yến", "y")
    live_join.come_back(place.id, seat=yen.seat, code=yen.code, device="z" * 64)
    assert enter(place, "Yến", "z").player == yen.player
    live_join.come_back(place.id, seat=yen.seat, code=yen.code)
    assert enter(place, "Yến", "z").player != yen.player


def test_where_a_place_was_made_it_comes_back_under_its_own_name_alone():
    """Yến makes her place on a phone and moves on; whoever else has the phone then is somebody new."""
    place = hall("Yến")
    yen = enter(place, "Yến", "y")
    assert yen.name == "Yến (2)"
    moved = live_join.come_back(place.id, seat=yen.seat, code=yen.code, device="z" * 64)

    other = enter(place, "Zung", "y")
    assert other.player != yen.player
    assert reading.player_by_token(place.id, moved.token).pk == yen.player

    made = enter(place, "An", "a")
    live_join.come_back(place.id, seat=made.seat, code=made.code, device="z" * 64)
    assert enter(place, "An", "a").player == made.player
