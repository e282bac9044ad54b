"""What makes a question well-formed and fit for approval, as a list of problems."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from question_bank.rules import kinds
from question_bank.rules.citations import QUOTE_LIMIT, is_topic_key
from question_bank.rules.kinds.entries import texts_of
from question_bank.rules.levels import Level
from question_bank.rules.problems import Problem, Severity, error, warning
from question_bank.rules.text import fold, nfc

STEM_LEAST, STEM_MOST = 10, 600
EXPLANATION_MOST = 2000

# Options that speak of the other options, in accent-free form.
_ABOUT_ALL = re.compile(
    r"(tat ca|ca (hai|ba|bon|nam|2|3|4|5)|khong (co )?(phuong an|dap an|y|cau) nao)\b"
    r".*\b(tren|dung|sai|nao|nay|phuong an|dap an)\b"
)
_ABOUT_LETTERS = re.compile(r"(ca )?[a-h]((,| va| hoac) [a-h])+( (deu )?(dung|sai))?\.?")

# The right option stands out if it is this much longer than every wrong one, and by this many code points.
_LONGER_RATIO, _LONGER_BY = 1.5, 20


class QuestionDraft(Protocol):
    """What an author writes. `citations` are (topic key, quote) pairs."""

    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def stem(self) -> str: ...
    @property
    def explanation(self) -> str: ...
    @property
    def body(self) -> Mapping[str, Any]: ...
    @property
    def key(self) -> Mapping[str, Any]: ...
    @property
    def citations(self) -> Sequence[tuple[str, str]]: ...


def problems(draft: QuestionDraft, *, approving: bool = True) -> list[Problem]:
    """Return everything wrong with a question, errors first.

    With `approving`, an explanation and a citation are required; without, their absence only warns, so
    that unfinished drafts can be kept. Whether quotations stand in a document is checked elsewhere.
    """
    found = [
        *_stem_problems(draft.stem),
        *_explanation_problems(draft.explanation, approving=approving),
        *_citation_problems(draft.citations, approving=approving),
    ]
    if draft.level not in {level.value for level in Level}:
        found.append(error("level-unknown", level=draft.level))
    if draft.kind not in {kind.code for kind in kinds.all_kinds()}:
        found.append(error("kind-unknown", kind=draft.kind))
    else:
        kind_problems = kinds.get(draft.kind).problems(draft.body, draft.key)
        found += kind_problems
        if not errors(kind_problems) and draft.kind in {"single", "multi"}:
            found += _option_problems(draft)
    return sorted(found, key=lambda problem: problem.severity is Severity.WARNING)


def errors(found: Sequence[Problem]) -> list[Problem]:
    """Return those problems that stop approval."""
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _stem_problems(stem: str) -> list[Problem]:
    length = len(nfc(stem).strip())
    if length < STEM_LEAST:
        return [error("stem-too-short", length=length, least=STEM_LEAST)]
    if length > STEM_MOST:
        return [error("stem-too-long", length=length, most=STEM_MOST)]
    return []


def _explanation_problems(explanation: str, *, approving: bool) -> list[Problem]:
    length = len(nfc(explanation).strip())
    if not length:
        return [(error if approving else warning)("explanation-missing")]
    if length > EXPLANATION_MOST:
        return [error("explanation-too-long", length=length, most=EXPLANATION_MOST)]
    return []


def _citation_problems(citations: Sequence[tuple[str, str]], *, approving: bool) -> list[Problem]:
    if not citations:
        return [(error if approving else warning)("citation-missing")]
    found: list[Problem] = []
    for place, (topic, quote) in enumerate(citations, start=1):
        if not is_topic_key(topic):
            found.append(error("citation-topic-malformed", citation=place, topic=topic))
        if not quote.strip():
            found.append(error("citation-quote-missing", citation=place))
        elif len(quote) > QUOTE_LIMIT:
            found.append(error("citation-quote-too-long", citation=place, most=QUOTE_LIMIT))
    return found


def _option_problems(draft: QuestionDraft) -> list[Problem]:
    """Look for options that give themselves away or would lose their sense when shuffled."""
    found: list[Problem] = []
    for option in draft.body["options"]:
        text = fold(option["text"])
        if _ABOUT_LETTERS.fullmatch(text):
            found.append(warning("option-names-letters", key=option["key"]))
        elif _ABOUT_ALL.match(text) and not option.get("fixed", False):
            found.append(warning("option-not-fixed", key=option["key"]))
    return found + _length_problems(draft)


def _length_problems(draft: QuestionDraft) -> list[Problem]:
    answers = draft.key["accepted"]
    right = set(answers) if draft.kind == "single" else {key for answer in answers for key in answer}
    texts = texts_of(draft.body, "options")
    wrong_lengths = [len(text) for key, text in texts.items() if key not in right]
    if not wrong_lengths:
        return []
    shortest_right = min(len(texts[key]) for key in right)
    longest_wrong = max(wrong_lengths)
    if shortest_right > longest_wrong * _LONGER_RATIO and shortest_right - longest_wrong >= _LONGER_BY:
        return [warning("right-option-longest", right=shortest_right, wrong=longest_wrong)]
    return []
