"""The six kinds: what they read, how they grade, what they refuse."""

from typing import Any

import pytest

from question_bank.errors import Refusal
from question_bank.rules import kinds
from question_bank.rules.kinds import Mark

OPTIONS = {
    "options": [
        {"key": "a", "text": "Kết luận 21-KL/TW", "fixed": False},
        {"key": "b", "text": "Nghị quyết 35-NQ/TW", "fixed": False},
        {"key": "c", "text": "Chỉ thị 05-CT/TW", "fixed": False},
        {"key": "d", "text": "Tất cả các phương án trên", "fixed": True},
    ]
}
ITEMS = {"items": [{"key": key, "text": f"Việc thứ {key}"} for key in "abcd"]}
SIDES = {
    "left": [{"key": key, "text": f"Vế {key}"} for key in ("l1", "l2", "l3")],
    "right": [{"key": key, "text": f"Phần {key}"} for key in ("r1", "r2", "r3", "r4")],
}
BODIES: dict[str, dict[str, Any]] = {
    "single": OPTIONS,
    "multi": OPTIONS,
    "truefalse": {},
    "fill": {},
    "order": ITEMS,
    "match": SIDES,
}
PAIRS = [["l1", "r2"], ["l2", "r1"], ["l3", "r4"]]


def test_the_registry_holds_six_kinds() -> None:
    assert [kind.code for kind in kinds.all_kinds()] == [
        "single",
        "multi",
        "truefalse",
        "fill",
        "order",
        "match",
    ]
    assert all(kinds.get(kind.code) is kind and kind.name for kind in kinds.all_kinds())
    with pytest.raises(Refusal, match="kind-unknown"):
        kinds.get("essay")


@pytest.mark.parametrize(
    ("kind", "raw", "response"),
    [
        ("single", "b", "b"),
        ("single", ["b"], "b"),
        ("single", "", ""),
        ("single", [], ""),
        ("single", None, ""),
        ("multi", "c", ["c"]),
        ("multi", ["c", "a", "c", ""], ["a", "c"]),
        ("multi", "", []),
        ("multi", None, []),
        ("truefalse", "true", "true"),
        ("truefalse", False, "false"),
        ("truefalse", ["false"], "false"),
        ("truefalse", None, ""),
        ("fill", "  hai \u00a0 chữ\n", "hai chữ"),
        ("fill", ["một"], "một"),
        ("fill", None, ""),
        ("order", ["c", "a", "b", "d"], ["c", "a", "b", "d"]),
        ("order", "c,a,b,d", ["c", "a", "b", "d"]),
        ("order", ["a:2", "c:1", "b:", "d:4"], ["c", "a", "", "d"]),
        ("order", ["c"], ["c", "", "", ""]),
        ("order", ["", "", "", ""], []),
        ("order", None, []),
        ("match", [["l2", "r1"], ["l1", "r2"]], [["l1", "r2"], ["l2", "r1"]]),
        ("match", ["l1:r2", "l2:", "l3:r2"], [["l1", "r2"], ["l3", "r2"]]),
        ("match", "l1:r2", [["l1", "r2"]]),
        ("match", {"l1": "r2", "l2": ""}, [["l1", "r2"]]),
        ("match", "", []),
        ("match", None, []),
    ],
)
def test_a_client_may_send_json_or_a_form(kind: str, raw: object, response: object) -> None:
    found = kinds.get(kind)
    assert found.read(BODIES[kind], raw) == response
    assert found.read(BODIES[kind], response) == response
    assert found.is_answered(response) is bool(response)


@pytest.mark.parametrize(
    ("kind", "raw", "reason"),
    [
        ("single", "z", "unknown-option"),
        ("single", ["a", "b"], "several"),
        ("single", 3, "shape"),
        ("single", {"a": "b"}, "shape"),
        ("multi", ["a", 3], "shape"),
        ("multi", ["a", "z"], "unknown-option"),
        ("truefalse", "maybe", "shape"),
        ("truefalse", {}, "shape"),
        ("truefalse", 1, "shape"),
        ("fill", 3, "shape"),
        ("fill", ["a", "b"], "shape"),
        ("fill", "x" * 201, "too-long"),
        ("order", ["a", "a"], "repeated"),
        ("order", ["a:1", "b:1"], "repeated"),
        ("order", ["a:9"], "unknown-place"),
        ("order", ["a:٣"], "unknown-place"),
        ("order", ["a:" + "9" * 5000], "unknown-place"),
        ("order", ["z"], "unknown-item"),
        ("order", ["a", "b", "c", "d", ""], "unknown-item"),
        ("order", 7, "shape"),
        ("match", [["l1", "r1"], ["l1", "r2"]], "repeated"),
        ("match", [["l9", "r1"]], "unknown-item"),
        ("match", [["l1", "r9"]], "unknown-option"),
        ("match", [["l1"]], "shape"),
        ("match", [["l1", ["r1"]]], "shape"),
        ("match", 7, "shape"),
    ],
)
def test_what_is_no_response_is_refused(kind: str, raw: object, reason: str) -> None:
    with pytest.raises(Refusal, match="response-malformed") as refused:
        kinds.get(kind).read(BODIES[kind], raw)
    assert (refused.value.facts["kind"], refused.value.facts["reason"]) == (kind, reason)


@pytest.mark.parametrize(
    ("kind", "accepted", "response", "whole", "partial"),
    [
        ("single", ["a"], "a", (1, 1), (1, 1)),
        ("single", ["a"], "b", (0, 1), (0, 1)),
        ("single", ["a", "b"], "b", (1, 1), (1, 1)),
        ("single", ["a"], "", (0, 1), (0, 1)),
        ("multi", [["a", "c"]], ["a", "c"], (1, 1), (2, 2)),
        ("multi", [["a", "c"]], ["c", "a"], (1, 1), (2, 2)),
        ("multi", [["a", "c"]], ["a"], (0, 1), (1, 2)),
        ("multi", [["a", "c"]], ["a", "b", "c"], (0, 1), (1, 2)),
        ("multi", [["a", "c"]], ["b", "d"], (0, 1), (0, 2)),
        ("multi", [["a", "b", "c"], ["a"]], ["a"], (1, 1), (1, 1)),
        ("multi", [["a", "c"]], [], (0, 1), (0, 2)),
        ("truefalse", ["true"], "true", (1, 1), (1, 1)),
        ("truefalse", ["true"], "false", (0, 1), (0, 1)),
        ("fill", ["35-NQ/TW"], "Số 35 – NQ/TW.", (1, 1), (1, 1)),
        ("fill", ["35-NQ/TW"], "53-NQ/TW", (0, 1), (0, 1)),
        ("fill", ["hạnh phúc", "phồn vinh"], "phồn vinh", (1, 1), (1, 1)),
        ("fill", ["hạnh phúc"], "hanh phuc", (0, 1), (0, 1)),
        ("fill", ["hạnh phúc"], ".", (0, 1), (0, 1)),
        ("order", [["c", "a", "b", "d"]], ["c", "a", "b", "d"], (1, 1), (4, 4)),
        ("order", [["c", "a", "b", "d"]], ["c", "b", "a", "d"], (0, 1), (2, 4)),
        ("order", [["c", "a", "b", "d"]], ["c", "", "", ""], (0, 1), (1, 4)),
        ("order", [["c", "a", "b", "d"]], [], (0, 1), (0, 4)),
        ("match", [PAIRS], PAIRS, (1, 1), (3, 3)),
        ("match", [PAIRS], [["l1", "r2"], ["l2", "r3"]], (0, 1), (1, 3)),
        ("match", [PAIRS], [], (0, 1), (0, 3)),
    ],
)
def test_grading(
    kind: str, accepted: list[Any], response: object, whole: tuple[int, int], partial: tuple[int, int]
) -> None:
    found, body, key = kinds.get(kind), BODIES[kind], {"accepted": accepted}
    assert found.grade(body, key, response) == Mark(*whole)
    assert found.grade(body, key, response, partial=True) == Mark(*partial)


def test_accents_count_unless_the_key_says_otherwise() -> None:
    fill = kinds.get("fill")
    assert not fill.grade({}, {"accepted": ["bàn"], "accents": "required"}, "ban").is_full
    assert fill.grade({}, {"accepted": ["bàn"], "accents": "optional"}, "ban").is_full


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("stored", [{"x": 1}, 17, [["a", "b", "c"]], ["zz"], "zz" * 200])
def test_a_stored_response_that_does_not_fit_earns_nothing(kind: str, stored: object) -> None:
    accepted = {
        "single": "a",
        "multi": ["a"],
        "truefalse": "true",
        "fill": "một",
        "order": list("cabd"),
        "match": PAIRS,
    }
    assert kinds.get(kind).grade(BODIES[kind], {"accepted": [accepted[kind]]}, stored).earned == 0


@pytest.mark.parametrize(
    ("kind", "answer", "lines"),
    [
        ("single", "a", ["Kết luận 21-KL/TW"]),
        ("multi", ["c", "a"], ["Kết luận 21-KL/TW", "Chỉ thị 05-CT/TW"]),
        ("truefalse", "true", ["Đúng"]),
        ("truefalse", "false", ["Sai"]),
        ("fill", "phồn vinh", ["phồn vinh"]),
        ("order", ["c", "", "b", "a"], ["Việc thứ c", "…", "Việc thứ b", "Việc thứ a"]),
        ("match", [["l1", "r2"]], ["Vế l1 → Phần r2"]),
    ],
)
def test_answers_are_shown_as_lines(kind: str, answer: object, lines: list[str]) -> None:
    assert kinds.get(kind).answer_lines(BODIES[kind], answer) == lines


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("empty", ["", [], None])
def test_nothing_is_shown_for_an_open_question(kind: str, empty: object) -> None:
    assert kinds.get(kind).answer_lines(BODIES[kind], empty) == []
    assert not kinds.get(kind).is_answered(empty)
