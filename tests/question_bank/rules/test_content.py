"""What a question needs before somebody may approve it."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from question_bank.rules import content
from question_bank.rules.problems import Severity


def options(*texts: str, fixed: tuple[str, ...] = ()) -> dict[str, Any]:
    listed = [
        {"key": key, "text": text, "fixed": key in fixed}
        for key, text in zip("abcdefgh", texts, strict=False)
    ]
    return {"options": listed}


@dataclass(frozen=True)
class Draft:
    kind: str = "single"
    level: str = "NB"
    stem: str = "Theo mục II.1.1, văn bản nào được nêu?"
    explanation: str = "Mục II.1.1 mở đầu bằng văn bản này."
    body: dict[str, Any] = field(
        default_factory=lambda: options("Kết luận 21", "Nghị quyết 35", "Chỉ thị 05")
    )
    key: dict[str, Any] = field(default_factory=lambda: {"accepted": ["a"]})
    citations: tuple[tuple[str, str], ...] = (("II.1.1", "Kết luận số 21-KL/TW"),)


def codes(draft: Draft, *, approving: bool = True) -> list[str]:
    return [problem.code for problem in content.problems(draft, approving=approving)]


def test_a_good_question_has_no_problem() -> None:
    assert codes(Draft()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stem": "  Ngắn    "}, "stem-too-short"),
        ({"stem": "x" * 9}, "stem-too-short"),
        ({"stem": "x" * 601}, "stem-too-long"),
        ({"explanation": " "}, "explanation-missing"),
        ({"explanation": "x" * 2001}, "explanation-too-long"),
        ({"level": "nb"}, "level-unknown"),
        ({"kind": "essay"}, "kind-unknown"),
        ({"citations": ()}, "citation-missing"),
        ({"citations": (("II 1", "trích"),)}, "citation-topic-malformed"),
        ({"citations": (("II.1", " "),)}, "citation-quote-missing"),
        ({"citations": (("II.1", "x" * 401),)}, "citation-quote-too-long"),
        ({"key": {"accepted": ["z"]}}, "answer-unknown-option"),
        ({"body": options("6 việc", "sáu việc", "7 việc")}, "entries-alike"),
    ],
)
def test_errors(change: dict[str, Any], code: str) -> None:
    found = content.problems(replace(Draft(), **change))
    assert [(problem.code, problem.severity) for problem in found] == [(code, Severity.ERROR)]
    assert content.errors(found) == found


@pytest.mark.parametrize(("length", "fits"), [(9, False), (10, True), (600, True), (601, False)])
def test_the_stem_is_10_to_600_code_points(length: int, fits: bool) -> None:
    assert (codes(replace(Draft(), stem="ệ" * length)) == []) is fits


def test_an_unfinished_draft_may_be_kept() -> None:
    found = content.problems(replace(Draft(), explanation="", citations=()), approving=False)
    assert [problem.code for problem in found] == ["explanation-missing", "citation-missing"]
    assert content.errors(found) == []


@pytest.mark.parametrize(
    "last",
    [
        "Tất cả các phương án trên",
        "Cả ba phương án trên",
        "Cả 3 ý trên đều đúng",
        "Không có phương án nào đúng",
        "Không phương án nào nêu trên",
        "TẤT CẢ ĐỀU ĐÚNG",
    ],
)
def test_an_option_about_all_options_must_be_fixed(last: str) -> None:
    texts = ("Kết luận 21-KL/TW về xây dựng", "Nghị quyết 35-NQ/TW về bảo vệ", last)
    assert codes(replace(Draft(), body=options(*texts))) == ["option-not-fixed"]
    assert codes(replace(Draft(), body=options(*texts, fixed=("c",)))) == []


@pytest.mark.parametrize("text", ["Cả A và B", "A, B và C đều đúng", "A và C đúng"])
def test_an_option_may_not_name_letters(text: str) -> None:
    assert codes(replace(Draft(), body=options("Kết luận", "Nghị quyết", text, fixed=("c",)))) == [
        "option-names-letters"
    ]


@pytest.mark.parametrize(
    "text", ["Cả nước", "Tất cả cán bộ, đảng viên", "Không ngừng học tập", "Cả hệ thống chính trị"]
)
def test_ordinary_options_are_left_alone(text: str) -> None:
    assert (
        codes(replace(Draft(), body=options("Toàn thể nhân dân cả nước", "Nghị quyết số 35-NQ/TW", text)))
        == []
    )


def test_the_right_option_should_not_stand_out_by_length() -> None:
    long, short = "Kết luận số 21-KL/TW của Ban Chấp hành Trung ương khóa XIII", "Nghị quyết"
    assert codes(replace(Draft(), body=options(long, short, "Chỉ thị"))) == ["right-option-longest"]
    assert codes(replace(Draft(), body=options(long, short, "Chỉ thị"), key={"accepted": ["b"]})) == []
    assert codes(replace(Draft(), body=options(long, f"{long} nữa", "Chỉ thị"))) == []
    assert codes(replace(Draft(), body=options("Chỉ thị số 05-CT/TW", "Quy định", "Chỉ thị"))) == []
    both = {"kind": "multi", "key": {"accepted": [["a", "b"]]}}
    assert codes(replace(Draft(), body=options(long, short, "Chỉ thị"), **both)) == []


def test_errors_come_first() -> None:
    draft = replace(Draft(), body=options("Kết luận", "Nghị quyết", "Cả A và B"), level="?")
    assert codes(draft) == ["level-unknown", "option-names-letters"]
