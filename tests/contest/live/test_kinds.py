"""Every kind of question plays live: read, marked, counted, and marked again when the jury accepts an answer."""

import pytest

from contest.errors import Refusal
from contest.live import commands as c
from contest.live.facts import Secret
from contest.live.state import Item, Phase, Solution
from tests.contest.live.hall import OPTIONS, Hall, documents

ITEMS = {"items": [{"key": key, "text": text} for key, text in (("a", "1975"), ("b", "1945"), ("c", "1954"))]}
SIDES = {
    "left": [{"key": "l1", "text": "Hà Nội"}, {"key": "l2", "text": "Huế"}],
    "right": [{"key": "r1", "text": "sông Hương"}, {"key": "r2", "text": "sông Hồng"}],
}
# kind: body, key, right answers in any form a client sends, wrong ones, one the jury accepts besides
KINDS = {
    "single": (OPTIONS, {"accepted": ["a"]}, ["a", ["a"]], ["b"], "b"),
    "multi": (OPTIONS, {"accepted": [["a", "c"]]}, [["a", "c"], ["c", "a"]], [["a"], ["a", "b", "c"]], ["a"]),
    "truefalse": ({}, {"accepted": ["true"]}, ["true"], ["false"], "false"),
    "fill": (
        {},
        {"accepted": ["Điện Biên Phủ"]},
        ["Điện Biên Phủ", "  điện biên phủ. ", "ĐIỆN BIÊN PHỦ"],
        ["Dien Bien Phu", "Điện Biên"],
        "Điện Biên",
    ),
    "order": (
        ITEMS,
        {"accepted": [["b", "c", "a"]]},
        [["b", "c", "a"], "b,c,a"],
        [["a", "b", "c"]],
        ["a", "b", "c"],
    ),
    "match": (
        SIDES,
        {"accepted": [[["l1", "r2"], ["l2", "r1"]]]},
        [[["l2", "r1"], ["l1", "r2"]], {"l1": "r2", "l2": "r1"}],
        [[["l1", "r1"], ["l2", "r2"]], [["l1", "r2"]]],
        [["l1", "r1"], ["l2", "r2"]],
    ),
}
kinds = pytest.mark.parametrize("kind", KINDS)


def hall_of(kind, **changes):
    body, key, *_ = KINDS[kind]
    item = Item(1, "question", "Câu hỏi?", kind=kind, body=body)
    return Hall(items=(item,), secrets={1: Secret(key, Solution(("đúng",)))}, players=9, **changes)


@kinds
def test_right_and_wrong_answers_are_told_apart_at_the_reveal(kind):
    _, _, right, wrong, _ = KINDS[kind]
    hall = hall_of(kind)
    hall.open()
    for player, value in enumerate([*right, *wrong], start=1):
        hall.answer(player, value)
    hall.close()
    hall.next()
    found = [hall.run.marks[player].right for player in range(1, len(right) + len(wrong) + 1)]
    assert found == [True] * len(right) + [False] * len(wrong)
    solution = documents(hall)["projector"]["solution"]
    assert solution["right_count"] == len(right)
    assert solution["answered"] == len(right) + len(wrong)
    total = sum(solution["counts"].values())
    assert total >= solution["answered"] if kind == "multi" else total == solution["answered"]


@kinds
def test_an_answer_the_jury_accepts_is_marked_right_afterwards(kind):
    _, _, right, _, accepted = KINDS[kind]
    hall = hall_of(kind)
    hall.ask(p1=(right[0],), p2=(accepted,))
    assert [hall.points()[player] for player in (1, 2, 3)] == [10, 0, 0]
    before = documents(hall)["projector"]["solution"]["lines"]
    hall.do(c.Accept(1, "Sách giáo khoa trang 12", answer=accepted))
    assert [hall.points()[player] for player in (1, 2, 3)] == [10, 10, 0]
    assert len(documents(hall)["projector"]["solution"]["lines"]) > len(before)
    assert hall.do(c.Accept(1, "Lần nữa", answer=accepted)) == []
    hall.undo()
    assert [hall.points()[player] for player in (1, 2, 3)] == [10, 0, 0]


@kinds
def test_everything_given_can_be_accepted(kind):
    _, _, right, wrong, _ = KINDS[kind]
    hall = hall_of(kind)
    hall.ask(p1=(right[0],), p2=(wrong[0],))
    hall.do(c.Accept(1, "Đề sai", everything=True))
    assert [hall.points()[player] for player in (1, 2, 3)] == [10, 10, 0]
    assert documents(hall)["player"]["solution"]["everything"]


@kinds
@pytest.mark.parametrize("raw", [None, "", [], 7, {"x": 1}, ["a", ["b"]], "z" * 201])
def test_what_is_no_answer_is_refused(kind, raw):
    hall = hall_of(kind)
    hall.open()
    with pytest.raises(Refusal) as refused:
        hall.answer(1, raw)
    assert refused.value.code in {"response-malformed", "answer-empty"}


@kinds
def test_the_options_come_with_the_clock_and_the_key_with_the_reveal(kind):
    hall = hall_of(kind)
    parts = {"options", "entries", "left", "right"}
    hall.next()
    assert documents(hall)["player"]["question"]["stem"] == ""
    hall.tick()
    assert hall.state.phase is Phase.READING
    shown = documents(hall)["player"]["question"]
    assert shown["stem"]
    assert not parts & set(shown)
    hall.tick()
    shown = documents(hall)["player"]["question"]
    assert bool(parts & set(shown)) == (kind != "fill")
    hall.close()
    assert "solution" not in documents(hall)["player"]
    hall.next()
    assert "solution" in documents(hall)["player"]
    assert documents(hall)["projector"]["solution"]["lines"] == ("đúng",)


def test_the_last_answer_counts_where_the_rules_say_so():
    for rule, right in (("first", False), ("last", True)):
        hall = hall_of("single", answer=rule)
        hall.open()
        hall.answer(1, "b", 1000)
        hall.answer(1, "a", 2000)
        hall.close()
        hall.next()
        assert hall.run.marks[1].right == right


def test_a_poll_is_counted_and_not_marked():
    poll = Item(1, "poll", "Bạn thấy sao?", kind="multi", body=OPTIONS)
    hall = Hall(items=(poll, Item(2, "question", "?", kind="single", body=OPTIONS)))
    hall.ask(p1=(["a", "b"],), p2=(["a"],))
    solution = documents(hall)["player"]["solution"]
    assert solution["counts"] == {"a": 2, "b": 1}
    assert solution.get("lines", ()) == ()
    assert "result" not in documents(hall)["me1"]
    assert hall.refused(c.Accept(1, "x", answer=["a"])) == "not-marked"
    assert set(hall.points().values()) == {0}


def test_a_poll_does_not_break_a_streak_nor_hide_the_last_result():
    items = (
        Item(1, "question", "?", kind="single", body=OPTIONS),
        Item(2, "poll", "?", kind="single", body=OPTIONS),
        Item(3, "question", "?", kind="single", body=OPTIONS),
    )
    hall = Hall(items=items)
    hall.ask(p1="a")
    hall.ask(p2="a")
    assert hall.me(1).result.run == 1
    hall.ask(p1="a")
    assert hall.me(1).result.streak == 2


def test_a_slide_is_shown_between_questions():
    items = (
        Item(1, "slide", "Chào mừng", text="Nội quy"),
        Item(2, "question", "?", kind="single", body=OPTIONS),
    )
    hall = Hall(items=items)
    hall.next()
    assert hall.state.phase is Phase.SLIDE
    shown = documents(hall)["projector"]["question"]
    assert (shown["stem"], shown["text"], shown.get("points", 0)) == ("Chào mừng", "Nội quy", 0)
    hall.ask(p1="a")
    assert hall.points()[1] == 10
