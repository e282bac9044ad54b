"""Every refusal of the product is a sentence, and the sentence gets the facts it needs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contest.errors import Refusal
from frontend import phrases

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("api", "contest", "frontend", "question_bank")


def refusals() -> Iterator[tuple[str, ast.Call]]:
    """(place, call) of every Refusal(…) in the sources."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if isinstance(node, ast.Call) and name == "Refusal":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def codes_of(call: ast.Call) -> set[str]:
    """The codes written in a call; none where the code comes from elsewhere."""
    return {
        node.value for node in call.args[:1] if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_has_its_sentence():
    named = {code: place for place, call in refusals() for code in codes_of(call)}

    assert {code: named[code] for code in named.keys() - phrases.SENTENCES.keys()} == {}
    assert len(named) > 60


def test_every_sentence_gets_its_facts():
    lacking = {}
    for place, call in refusals():
        given = {keyword.arg for keyword in call.keywords}
        for code in codes_of(call):
            needed = set(re.findall(r"%\((\w+)\)", str(phrases.SENTENCES.get(code, ""))))
            if None not in given and not needed <= given:
                lacking[place] = (code, needed - given)

    assert lacking == {}


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (Refusal("legacy-encoding", encoding="TCVN3"), "TCVN3"),
        (Refusal("file-kind-unknown", known=".txt, .md, .docx"), ".docx"),
        (Refusal("not-an-outline", expected="section-heading", line=4, found="x"), "dòng 4"),
        (Refusal("a-code-nobody-knows"), str(phrases.UNKNOWN)),
        (Refusal("no-attempts-left"), "Bạn đã dùng hết"),
    ],
)
def test_sentences_hold_their_facts_and_survive_without(refusal, words):
    assert words in phrases.sentence(refusal)
