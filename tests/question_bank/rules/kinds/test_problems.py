"""Bodies and keys that are not well-formed are named, one problem each."""

from typing import Any

import pytest

from question_bank.rules import kinds

GOOD_OPTIONS = [
    {"key": "a", "text": "Một điều"},
    {"key": "b", "text": "Điều khác"},
    {"key": "c", "text": "Điều nữa"},
]
GOOD_SIDES = {
    "left": [{"key": "l1", "text": "Trái một"}, {"key": "l2", "text": "Trái hai"}],
    "right": [{"key": "r1", "text": "Phải một"}, {"key": "r2", "text": "Phải hai"}],
}
WELL_FORMED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "single": ({"options": GOOD_OPTIONS}, {"accepted": ["b"]}),
    "multi": ({"options": GOOD_OPTIONS}, {"accepted": [["a", "c"]]}),
    "truefalse": ({}, {"accepted": ["false"]}),
    "fill": ({}, {"accepted": ["35-NQ/TW"], "accents": "optional"}),
    "order": ({"items": GOOD_OPTIONS}, {"accepted": [["b", "c", "a"]]}),
    "match": (GOOD_SIDES, {"accepted": [[["l1", "r2"], ["l2", "r1"]]]}),
}


def codes(kind: str, body: Any, key: Any) -> list[str]:
    return [problem.code for problem in kinds.get(kind).problems(body, key)]


@pytest.mark.parametrize("kind", WELL_FORMED)
def test_well_formed_questions_have_no_problem(kind: str) -> None:
    assert codes(kind, *WELL_FORMED[kind]) == []


def with_texts(*texts: str) -> dict[str, Any]:
    return {"options": [{"key": key, "text": text} for key, text in zip("abcdefghi", texts, strict=False)]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"options": GOOD_OPTIONS, "answer": "a"}, "body-unknown-field"),
        ({"options": [{**GOOD_OPTIONS[0], "correct": True}, GOOD_OPTIONS[1]]}, "entry-malformed"),
        ({"options": ["a", "b"]}, "entry-malformed"),
        ({"options": [{"key": "A!", "text": "x"}, GOOD_OPTIONS[1]]}, "entry-malformed"),
        ({"options": [{"key": "a", "text": "x", "fixed": "yes"}, GOOD_OPTIONS[1]]}, "entry-malformed"),
        ({"options": GOOD_OPTIONS[:1]}, "entry-count"),
        (with_texts(*"mhbnkqtsp"), "entry-count"),
        ({}, "entry-count"),
        ({"options": [GOOD_OPTIONS[0], {"key": "a", "text": "Điều khác"}]}, "entry-key-repeated"),
        (with_texts("Một điều", "  "), "entry-empty"),
        (with_texts("Một điều", "x" * 301), "entry-too-long"),
        (with_texts("Một điều", "hai  cách"), "entry-not-clean"),
        (with_texts("Hòa bình", "hoà  bình".replace("  ", " ")), "entries-alike"),
        (with_texts("6 nhiệm vụ", "sáu nhiệm vụ"), "entries-alike"),
        (with_texts("bán", "bàn"), "entries-differ-by-accents"),
    ],
)
def test_bodies_of_options(body: Any, code: str) -> None:
    assert codes("single", body, {"accepted": ["a"]}) == [code]


@pytest.mark.parametrize(
    ("kind", "key", "code"),
    [
        ("single", {"accepted": []}, "answer-missing"),
        ("single", {}, "answer-missing"),
        ("single", {"accepted": "a"}, "answer-missing"),
        ("single", {"accepted": ["z"]}, "answer-unknown-option"),
        ("single", {"accepted": [["a"]]}, "answer-unknown-option"),
        ("single", {"accepted": ["a", "a"]}, "answer-repeated"),
        ("multi", {"accepted": [[]]}, "answer-malformed"),
        ("multi", {"accepted": ["a"]}, "answer-malformed"),
        ("multi", {"accepted": [["a", "a"]]}, "answer-malformed"),
        ("multi", {"accepted": [["a", "z"]]}, "answer-unknown-option"),
        ("multi", {"accepted": [["a"]]}, "multi-one-right"),
        ("multi", {"accepted": [["a", "b", "c"]]}, "multi-all-right"),
        ("truefalse", {"accepted": [True]}, "answer-malformed"),
        ("fill", {"accepted": ["  "]}, "answer-malformed"),
        ("fill", {"accepted": ["..."]}, "answer-empty"),
        ("fill", {"accepted": ["một"], "accents": "some"}, "accents-unknown"),
        ("order", {"accepted": [["a", "b"]]}, "answer-incomplete"),
        ("order", {"accepted": ["abc"]}, "answer-malformed"),
        ("order", {"accepted": [["a", "b", "c"]]}, "order-gives-answer-away"),
        ("match", {"accepted": [[["l1", "r2"]]]}, "answer-incomplete"),
        ("match", {"accepted": [[["l1", "r9"], ["l2", "r1"]]]}, "answer-unknown-option"),
        ("match", {"accepted": [[["l1", "r1"], ["l2", "r2"]]]}, "match-gives-answer-away"),
        ("match", {"accepted": [7]}, "answer-malformed"),
    ],
)
def test_keys(kind: str, key: Any, code: str) -> None:
    assert codes(kind, WELL_FORMED[kind][0], key) == [code]


def test_a_body_is_an_object() -> None:
    assert codes("single", [], {"accepted": ["a"]}) == ["body-unknown-field", "entry-count"]


def test_a_key_holds_nothing_else() -> None:
    found = codes("single", WELL_FORMED["single"][0], {"accepted": ["a"], "hint": "a"})
    assert found == ["key-unknown-field", "answer-missing"]


def test_one_key_on_both_sides_of_a_match() -> None:
    body = {"left": GOOD_SIDES["left"], "right": [{"key": "l1", "text": "Phải một"}, GOOD_SIDES["right"][1]]}
    assert codes("match", body, {"accepted": []}) == ["match-keys-shared"]
