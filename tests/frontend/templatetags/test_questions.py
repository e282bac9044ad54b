import pytest

from frontend.templatetags import questions


def test_letters():
    assert [questions.letter(position) for position in (1, 2, 8)] == ["A", "B", "H"]


@pytest.mark.parametrize(
    ("response", "given"),
    [("a", True), ("b", False), (["c", "a"], True), ([], False), (None, False), ("ab", False)],
)
def test_what_a_response_gives(response, given):
    assert questions.gives(response, "a") is given


def test_places_count_from_one():
    assert [questions.place_of(["c", "a"], key) for key in "abc"] == [2, 0, 1]
    assert questions.place_of(None, "a") == 0


def test_partners():
    assert questions.partner_of([["l1", "r2"]], "l1") == "r2"
    assert questions.partner_of([["l1", "r2"]], "l2") == ""
    assert questions.partner_of(None, "l1") == ""


@pytest.mark.parametrize(
    ("response", "said"), [("a", True), (["a"], True), (" ", False), ("", False), ([], False), (None, False)]
)
def test_what_counts_as_answered(response, said):
    assert questions.answered(response) is said
