"""What the jury looks up, and what a deed would change before it is done."""

import pytest

from contest.actions import live_appeals
from contest.errors import Refusal
from contest.live import commands, moves, ranking
from contest.models import LiveEvent
from contest.queries import live_jury
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """One question revealed: An right in 1 s, Bình right in 2 s, Chi wrong with `a`."""
    made = hall("An", "Bình", "Chi")
    made.ask()
    made.answer("An", "b", after_s=1)
    made.answer("Bình", "b", after_s=2)
    made.answer("Chi", "a", after_s=1.5)
    made.wait()
    made.advance()
    return made


def ranks(found):
    return {swing.name: (swing.before.rank, swing.after.rank) for swing in found.changed}


class TestEffect:
    @pytest.mark.parametrize(
        "deed",
        [
            commands.Accept(1, "cả hai đều đúng", "a"),
            commands.Accept(1, "cả hai đều đúng", everything=True),
            commands.VoidRun(1, "đề in sai"),
        ],
    )
    def test_it_is_what_the_deed_then_does(self, place, deed):
        found = live_jury.effect(place.id, deed, now=place.now)
        before = {line.id: (line.rank, line.total.points) for line in ranking.board(place.state).lines}
        place.do(deed, role=moves.JURY)
        after = {line.id: (line.rank, line.total.points) for line in ranking.board(place.state).lines}
        told = {
            swing.id: ((swing.before.rank, swing.before.points), (swing.after.rank, swing.after.points))
            for swing in found.changed
        }
        assert told == {id_: (before[id_], after[id_]) for id_ in before if before[id_] != after[id_]}

    def test_nothing_is_written(self, place):
        known, version = LiveEvent.objects.count(), place.state.version
        found = live_jury.effect(place.id, commands.VoidRun(1, "đề in sai"), now=place.now)
        assert ranks(found) != {}
        assert (LiveEvent.objects.count(), place.state.version) == (known, version)

    def test_it_tells_that_signatures_would_be_lost(self, place):
        place.do(commands.Finish())
        place.do(commands.Confirm(1, "Một"), role=moves.JURY)
        adjust = commands.Adjust(place.seats["Chi"].player, 50, "bù giờ")
        found = live_jury.effect(place.id, adjust, now=place.now)
        assert found.reopens
        assert ranks(found)["Chi"] == (3, 1)

    def test_it_refuses_as_the_deed_would(self, place):
        with pytest.raises(Refusal) as refused:
            live_jury.effect(place.id, commands.VoidRun(1, "  "), now=place.now)
        assert refused.value.code == "reason-missing"

    @pytest.mark.parametrize("text", [b"{}", b"nothing", b'{"do": "undo"}', b'{"do": "void", "run": 1}'])
    def test_only_deeds_of_the_jury_are_read(self, text):
        with pytest.raises(Refusal) as refused:
            live_jury.read_weighed(text)
        assert refused.value.code == "malformed"


class TestRunSheet:
    def test_answers_are_counted_with_whether_they_are_right_now(self, place):
        sheet = live_jury.run_sheet(place.id, 1)
        assert [(given["value"], given["count"], given["right"]) for given in sheet["answers"]] == [
            ("b", 2, True),
            ("a", 1, False),
        ]
        place.do(commands.Accept(1, "cả hai đều đúng", "a"), role=moves.JURY)
        assert all(given["right"] for given in live_jury.run_sheet(place.id, 1)["answers"])

    def test_an_open_question_is_nobody_s(self, place):
        place.advance()
        place.ask()
        with pytest.raises(Refusal) as refused:
            live_jury.run_sheet(place.id, 2)
        assert refused.value.code == "no-such-run"


class TestReceipts:
    def test_found_by_code_seat_and_name_without_accents(self, place):
        (own,) = live_jury.receipts(place.id, "binh")
        assert (own["name"], own["seat"], own["run"], own["lines"]) == (
            "Bình",
            2,
            1,
            ["Phương án b của câu 1"],
        )
        assert live_jury.receipts(place.id, "2") == [own]
        assert live_jury.receipts(place.id, own["receipt"].lower()) == [own]

    @pytest.mark.parametrize("query", ["", "  ", "khong-co-ai"])
    def test_nothing_for_nothing(self, place, query):
        assert live_jury.receipts(place.id, query) == []

    def test_another_round_s_are_not_found(self, place):
        other = hall("An")
        assert live_jury.receipts(other.id, "An") == []


def test_appeals_with_who_and_what_was_decided(place):
    chi = place.seats["Chi"].player
    filed = live_appeals.file_appeal(place.id, player=chi, run=1, text="Đáp án a cũng đúng", now=place.now)
    (open_,) = live_jury.appeals(place.id)
    assert (open_["name"], open_["seat"], open_["run"], open_["decision"]) == ("Chi", 3, 1, "")
    live_appeals.decide_appeal(
        place.id, appeal_id=filed.pk, decision="rejected", remark="Mục II nói rõ", actor=place.chief, now=place.now
    )  # fmt: skip
    (decided,) = live_jury.appeals(place.id)
    assert (decided["decision"], decided["remark"]) == ("rejected", "Mục II nói rõ")
