"""Templates keep to the Content-Security-Policy and work without script."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "frontend" / "templates").rglob("*.html"))
TEMPLATE_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
COMMENT = re.compile(r"\{% comment.*?endcomment %\}|\{#.*?#\}", re.DOTALL)


class Markup(HTMLParser):
    """Collects what a strict policy forbids, and the forms."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        given = dict(attrs)
        for name, value in given.items():
            if name == "style":
                self.faults.append(f"{line}: style attribute on <{tag}>")
            if name.startswith("on"):
                self.faults.append(f"{line}: event handler {name} on <{tag}>")
            if name in {"href", "src", "action", "formaction"} and (value or "").lower().startswith(
                "javascript:"
            ):
                self.faults.append(f"{line}: script address in {name} of <{tag}>")
        if tag == "style":
            self.faults.append(f"{line}: <style>")
        data_only = given.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and "src" not in given and not data_only:
            self.faults.append(f"{line}: inline <script>")
        if tag == "form" and (given.get("method") or "").lower() not in {"get", "post"}:
            self.faults.append(f"{line}: form without method")


def without_tags(source: str) -> str:
    """The markup with template tags blanked, line numbers kept."""
    return TEMPLATE_TAG.sub(lambda tag: "\n" * tag.group().count("\n"), source)


def faults_of(source: str) -> list[str]:
    """A line a fault."""
    source = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), source)
    markup = Markup()
    markup.feed(without_tags(source))
    for form in re.finditer(
        r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", source, re.DOTALL | re.IGNORECASE
    ):
        if "{% csrf_token %}" not in form.group(1):
            markup.faults.append(
                f"{source.count(chr(10), 0, form.start()) + 1}: form posts without csrf_token"
            )
    return markup.faults


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "frontend" / "templates"))
)
def test_template_is_strict(path):
    assert faults_of(path.read_text()) == []


def test_templates_are_found():
    assert TEMPLATES != []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('<p style="color: red">', "1: style attribute on <p>"),
        ('<button onclick="go()">', "1: event handler onclick on <button>"),
        ("\n<script>go()</script>", "2: inline <script>"),
        ('<a href="javascript:go()">', "1: script address in href of <a>"),
        ("<style>p {}</style>", "1: <style>"),
        ('<form action="/x">{% csrf_token %}</form>', "1: form without method"),
        ('<form method="post">\n</form>', "1: form posts without csrf_token"),
    ],
)
def test_faults_are_seen(source, fault):
    assert faults_of(source) == [fault]


def test_good_markup_passes():
    source = '<form method="post" {% if a > b %}class="x"{% endif %}>{% csrf_token %}</form><script src="/a"></script>'

    assert faults_of(source) == []
