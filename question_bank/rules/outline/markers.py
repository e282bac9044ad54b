"""How headings and bullets begin: `II-`, `1.`, `2.10-`, `Điều 5.`, `a)`, `-`, plain or in Markdown dress."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The form of a line's beginning; what it means depends on what is open."""

    ROMAN = "roman"
    ARTICLE = "article"
    NUMBER = "number"
    DECIMAL = "decimal"
    DEEP = "deep"  # d.d.d and below
    LETTER = "letter"
    DASH = "dash"
    PLUS = "plus"


@dataclass(frozen=True, slots=True)
class Marker:
    """`printed` is the number without its separator; the words of the line begin at `rest`.

    `is_low` says that they begin with a small letter, which headings seldom do.
    """

    mark: Mark
    printed: str
    separator: str
    numbers: tuple[int, ...]
    rest: int
    is_capitals: bool
    is_low: bool


_LETTERS = "abcdđeghiklmnopqrstuvxy"
_OPEN = r"(?:#{1,6} )?(?:\*{1,3}(?=\S)|__(?=\S))?"
_CLOSE = r"(?: ?(?:\*{1,3}|__))?"
# After a dash, colon or slash a blank is needed (05-CT/TW is no heading), after a dot or bracket only
# before a capital, and even there V.I. Lênin is a name.
_TIGHT = r"\\?[.)](?=[^\W\d_a-z](?!\.))"
_SEPARATOR = rf"{_CLOSE}(?:(?: ?\\?[-–—.):/]){_CLOSE}(?: |$)|{_TIGHT})"
_ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"

_FORMS = [
    (Mark.ROMAN, re.compile(rf"{_OPEN}(?=[IVX])({_ROMAN}){_SEPARATOR}")),
    (
        Mark.ROMAN,
        re.compile(
            rf"{_OPEN}(?:PHẦN|CHƯƠNG|Phần|Chương) (?=[IVX])({_ROMAN})(?:{_SEPARATOR}|{_CLOSE}(?: |$))"
        ),
    ),
    (Mark.ARTICLE, re.compile(rf"{_OPEN}(?:Điều|ĐIỀU) (\d{{1,3}}){_SEPARATOR}")),
    (Mark.DEEP, re.compile(rf"{_OPEN}(\d{{1,2}}(?:\\?\.\d{{1,2}}){{2,4}})(?:{_SEPARATOR}|{_CLOSE} )")),
    (Mark.DECIMAL, re.compile(rf"{_OPEN}(\d{{1,2}}\\?\.\d{{1,2}})(?:{_SEPARATOR}|{_CLOSE} )")),
    (Mark.NUMBER, re.compile(rf"{_OPEN}(\d{{1,2}}){_SEPARATOR}")),
    (Mark.LETTER, re.compile(rf"{_OPEN}([a-zđ]){_CLOSE} ?\\?[).]{_CLOSE} ")),
    (Mark.DASH, re.compile(r"\\?([-–—•▪●*]) ")),
    (Mark.PLUS, re.compile(r"\\?(\+) ")),
]
_SIGNS = re.compile(r"[^-–—.):/]")
_WORDLESS = frozenset({Mark.ROMAN, Mark.ARTICLE})
_ANY_START = frozenset({Mark.LETTER, Mark.DASH, Mark.PLUS})
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def marker_of(line: str) -> Marker | None:
    """Return how a white-space-collapsed line begins, or None if it is plain text."""
    for mark, form in _FORMS:
        match = form.match(line)
        if match is None:
            continue
        words = line[match.end() :].strip("*_ ")
        if not _fits(mark, words):
            continue
        printed = match.group(1).replace("\\", "")
        separator = _SIGNS.sub("", line[match.end(1) : match.end()])
        return Marker(
            mark,
            printed,
            separator,
            _numbers(mark, printed),
            match.end(),
            words.isupper(),
            _first(words).islower(),
        )
    return None


def _fits(mark: Mark, words: str) -> bool:
    """Say whether these words may follow: `22- 10` is no heading, and sections start with a capital."""
    if not words:
        return mark in _WORDLESS
    first = _first(words)
    return mark in _ANY_START or not (first.isdigit() or (mark in _WORDLESS and first.islower()))


def _first(words: str) -> str:
    return words.lstrip("\"“”'‘([*_")[:1]


def _numbers(mark: Mark, printed: str) -> tuple[int, ...]:
    if mark is Mark.ROMAN:
        values = [_ROMAN_VALUES[figure] for figure in printed]
        following = [*values[1:], 0]
        return (sum(-one if one < after else one for one, after in zip(values, following, strict=True)),)
    if mark is Mark.LETTER:
        return (_LETTERS.find(printed) + 1,)
    if mark in {Mark.DASH, Mark.PLUS}:
        return ()
    return tuple(int(part) for part in printed.split("."))
