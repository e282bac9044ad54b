"""What holds for every question of every kind, whatever is answered."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import Refusal
from question_bank.rules import kinds
from question_bank.rules.shuffle import Stream

LETTERS = "abcdefgh"
Question = tuple[str, dict[str, Any], dict[str, Any]]


def entries(keys: list[str], fixed: list[bool]) -> list[dict[str, Any]]:
    return [
        {"key": key, "text": f"Nội dung {key}", "fixed": fix} for key, fix in zip(keys, fixed, strict=True)
    ]


@st.composite
def choices(draw: st.DrawFn, code: str) -> Question:
    keys = list(LETTERS[: draw(st.integers(2, 8))])
    fixed = draw(st.lists(st.booleans(), min_size=len(keys), max_size=len(keys)))
    one = st.sampled_from(keys)
    answer = one if code == "single" else st.lists(one, min_size=1, unique=True)
    accepted = draw(st.lists(answer, min_size=1, max_size=3))
    return code, {"options": entries(keys, fixed)}, {"accepted": accepted}


@st.composite
def orders(draw: st.DrawFn) -> Question:
    keys = list(LETTERS[: draw(st.integers(3, 8))])
    accepted = draw(st.lists(st.permutations(keys), min_size=1, max_size=3))
    return "order", {"items": entries(keys, [False] * len(keys))}, {"accepted": accepted}


@st.composite
def matches(draw: st.DrawFn) -> Question:
    left = [f"l{number}" for number in range(draw(st.integers(2, 6)))]
    right = [f"r{number}" for number in range(draw(st.integers(2, 8)))]
    pairing = st.lists(st.sampled_from(right), min_size=len(left), max_size=len(left))
    accepted = [
        [[one, other] for one, other in zip(left, chosen, strict=True)]
        for chosen in draw(st.lists(pairing, min_size=1, max_size=3))
    ]
    body = {"left": entries(left, [False] * len(left)), "right": entries(right, [False] * len(right))}
    return "match", body, {"accepted": accepted}


def plain(code: str, answer: st.SearchStrategy[str]) -> st.SearchStrategy[Question]:
    return st.lists(answer, min_size=1, max_size=3).map(lambda accepted: (code, {}, {"accepted": accepted}))


QUESTIONS = st.one_of(
    choices("single"),
    choices("multi"),
    orders(),
    matches(),
    plain("truefalse", st.sampled_from(["true", "false"])),
    plain("fill", st.sampled_from(["phồn vinh", "35-NQ/TW", "sáu", "22-10-2018"])),
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([*LETTERS, "l0", "r0", "l0:r1"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Any]:
    """A question and a response that a client could really give to it."""
    question = draw(QUESTIONS)
    code, body, key = question
    right = draw(st.sampled_from(key["accepted"]))
    if code in {"truefalse", "fill"}:
        return question, draw(
            st.sampled_from(["", "true", "false"] if code == "truefalse" else ["", right, "khác", "6"])
        )
    if code == "single":
        return question, draw(st.sampled_from(["", *[option["key"] for option in body["options"]]]))
    part = {"multi": "options", "order": "items", "match": "left"}[code]
    keys = [entry["key"] for entry in body[part]]
    if code == "multi":
        return question, draw(st.lists(st.sampled_from(keys), unique=True))
    if code == "order":
        return question, draw(st.permutations(keys) | st.just([]) | st.just(right))
    partners = st.sampled_from([entry["key"] for entry in body["right"]])
    return question, [[one, draw(partners)] for one in keys if draw(st.booleans())]


@given(answered())
def test_marks_are_within_bounds(pair: tuple[Question, Any]) -> None:
    (code, body, key), response = pair
    kind = kinds.get(code)
    whole, partial = kind.grade(body, key, response), kind.grade(body, key, response, partial=True)
    assert (whole.possible, whole.earned) in {(1, 0), (1, 1)}
    assert 0 <= partial.earned <= partial.possible
    assert partial.possible >= 1
    assert whole.is_full == partial.is_full
    assert whole.is_full == any(
        kind.grade(body, {**key, "accepted": [one]}, response).is_full for one in key["accepted"]
    )


@given(QUESTIONS)
def test_every_accepted_answer_earns_everything(question: Question) -> None:
    code, body, key = question
    for answer in key["accepted"]:
        assert kinds.get(code).grade(body, key, answer).is_full
        assert kinds.get(code).grade(body, key, answer, partial=True).is_full


@given(answered(), st.data())
def test_accepting_another_answer_never_lowers_a_mark(
    pair: tuple[Question, Any], data: st.DataObject
) -> None:
    (code, body, key), response = pair
    kind = kinds.get(code)
    more = {
        **key,
        "accepted": [
            *key["accepted"],
            *([response] if response else [data.draw(st.sampled_from(key["accepted"]))]),
        ],
    }
    for partial in (False, True):
        before = kind.grade(body, key, response, partial=partial)
        after = kind.grade(body, more, response, partial=partial)
        assert after.earned * before.possible >= before.earned * after.possible
        assert after.is_full or not response


@given(answered())
def test_an_unanswered_question_earns_nothing(pair: tuple[Question, Any]) -> None:
    (code, body, key), _ = pair
    for nothing in ("", [], None):
        assert kinds.get(code).grade(body, key, nothing, partial=True).earned == 0


@given(QUESTIONS, JSON)
def test_reading_gives_a_canonical_response_or_a_refusal(question: Question, raw: Any) -> None:
    code, body, key = question
    kind = kinds.get(code)
    try:
        response, refused = kind.read(body, raw), ""
    except Refusal as refusal:
        response, refused = None, refusal.code
    if refused:
        assert (refused, kind.grade(body, key, raw).earned) == ("response-malformed", 0)
        return
    assert kind.read(body, response) == response
    assert json.loads(json.dumps(response)) == response
    assert isinstance(kind.answer_lines(body, response), list)


@given(answered())
def test_a_possible_response_is_read_as_it_is(pair: tuple[Question, Any]) -> None:
    (code, body, _), response = pair
    read = kinds.get(code).read(body, response)
    assert sorted(map(str, read)) == sorted(map(str, response))


@given(QUESTIONS, st.text(alphabet="abc123"))
def test_arranging_is_a_bijection_that_respects_fixed_places(question: Question, seed: str) -> None:
    code, body, _ = question
    before = json.dumps(body)
    arranged = kinds.get(code).arranged(body, Stream(seed))
    assert json.dumps(body) == before
    assert arranged.keys() == body.keys()
    for part, listed in body.items():
        shuffled = arranged[part]
        assert sorted(entry["key"] for entry in shuffled) == sorted(entry["key"] for entry in listed)
        fixed = [(place, entry) for place, entry in enumerate(listed) if entry["fixed"]]
        assert fixed == [(place, entry) for place, entry in enumerate(shuffled) if entry["fixed"]]
    assert kinds.get(code).arranged(body, Stream(seed)) == arranged


@given(answered(), st.text(alphabet="abc123"))
def test_arranging_does_not_change_a_mark(pair: tuple[Question, Any], seed: str) -> None:
    (code, body, key), response = pair
    kind = kinds.get(code)
    arranged = kind.arranged(body, Stream(seed))
    assert kind.grade(arranged, key, response, partial=True) == kind.grade(body, key, response, partial=True)


@given(QUESTIONS, JSON, JSON)
def test_finding_problems_never_fails(question: Question, body: Any, key: Any) -> None:
    code, good_body, good_key = question
    kind = kinds.get(code)
    kind.problems(body, good_key)
    kind.problems(good_body, key)
    kind.problems(good_body, {"accepted": [key]})
    kind.problems(dict.fromkeys(good_body, body), good_key)
