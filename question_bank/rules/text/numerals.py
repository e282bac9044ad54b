"""Numbers written in words or Roman figures, turned into digits for comparing answers."""

import re
from functools import cache

from question_bank.rules.text.normal import strip_marks

_UNITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
# These are digits only behind a ten or a hundred (hai mươi mốt, mười lăm, hai mươi tư).
_TAIL_UNITS = {**_UNITS, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_ORDINALS = {"nhất": 1, "nhì": 2, "tư": 4}
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The number words in one spelling: with accents, or without for accent-free comparison."""

    def __init__(self, *, accents: bool) -> None:
        def spell(word: str) -> str:
            return word if accents else strip_marks(word)

        self.units = {spell(word): value for word, value in _UNITS.items()}
        self.tail_units = {spell(word): value for word, value in _TAIL_UNITS.items()}
        self.ordinals = {spell(word): value for word, value in _ORDINALS.items()}
        self.ordinal_mark = spell("thứ")
        self.ten = spell("mười")
        self.tens = spell("mươi")
        self.zero = spell("không")
        self.and_words = frozenset({spell("linh"), spell("lẻ")})
        self.hundred = spell("trăm")
        self.thousand = frozenset({spell("nghìn"), spell("ngàn")})


@cache
def vocabulary(*, accents: bool) -> Vocabulary:
    """Return the number words with or without accents."""
    return Vocabulary(accents=accents)


def numerals_to_digits(text: str, *, accents: bool) -> str:
    """Return lower-case `text` with number words and Roman figures up to XXXIX as digits.

    `sáu` → `6`, `hai mươi mốt` → `21`, `vii` → `7`, `thứ nhất` → `thứ 1`. A fold for comparing only:
    words that merely look like numbers are turned too, on both sides alike.
    """
    words = vocabulary(accents=accents)
    pieces = re.split(r"([^\W\d_]+)", text)
    out: list[str] = []
    place = 0
    while place < len(pieces):
        value, used = _number_at(pieces, place, words)
        if used:
            out.append(str(value))
            place += used
        else:
            out.append(pieces[place])
            place += 1
    return "".join(out)


def _number_at(pieces: list[str], place: int, words: Vocabulary) -> tuple[int, int]:
    """Return the value of the number that starts at `place` and how many pieces it takes (0 = none)."""
    if place % 2 == 0:
        return 0, 0
    # Odd places are words; a number goes on only across single spaces.
    run = [pieces[place]]
    while place + 2 * len(run) < len(pieces) and pieces[place + 2 * len(run) - 1] == " ":
        run.append(pieces[place + 2 * len(run)])
    previous = pieces[place - 2] if place >= 2 and pieces[place - 1] == " " else ""
    if previous == words.ordinal_mark and run[0] in words.ordinals:
        return words.ordinals[run[0]], 1
    value, taken = _spoken(run, words)
    if taken:
        return value, 2 * taken - 1
    roman = _roman(run[0]) if _stands_alone(pieces, place) else 0
    return roman, int(roman > 0)


def _spoken(run: list[str], words: Vocabulary) -> tuple[int, int]:
    """Return the value and the length of the longest spoken number below a million that starts `run`."""
    value, taken = _below_thousand(run, words)
    if taken and taken < len(run) and run[taken] in words.thousand:
        rest, more = _after_thousand(run[taken + 1 :], words)
        return value * 1000 + rest, taken + 1 + more
    return value, taken


def _after_thousand(run: list[str], words: Vocabulary) -> tuple[int, int]:
    if run[:2] == [words.zero, words.hundred]:
        rest, more = _after_hundred(run[2:], words)
        return rest, 2 + more
    value, taken = _below_thousand(run, words)
    return (value, taken) if value >= 100 else _after_hundred(run, words)


def _below_thousand(run: list[str], words: Vocabulary) -> tuple[int, int]:
    if len(run) > 1 and run[0] in words.units and run[1] == words.hundred:
        rest, more = _after_hundred(run[2:], words)
        return words.units[run[0]] * 100 + rest, 2 + more
    return _below_hundred(run, words)


def _after_hundred(run: list[str], words: Vocabulary) -> tuple[int, int]:
    """Read what may follow a hundred: `linh năm`, or a number from ten on; hai trăm năm is 200 years."""
    if len(run) > 1 and run[0] in words.and_words and run[1] in words.tail_units:
        return words.tail_units[run[1]], 2
    value, taken = _below_hundred(run, words)
    return (value, taken) if value >= 10 else (0, 0)


def _below_hundred(run: list[str], words: Vocabulary) -> tuple[int, int]:
    if run and run[0] == words.ten:
        return _with_tail(10, run, 1, words)
    if not run or run[0] not in words.units:
        return 0, 0
    unit = words.units[run[0]]
    if len(run) > 1 and run[1] == words.tens:
        return _with_tail(unit * 10, run, 2, words)
    return unit, 1


def _with_tail(base: int, run: list[str], taken: int, words: Vocabulary) -> tuple[int, int]:
    unit = words.tail_units.get(run[taken]) if len(run) > taken else None
    return (base + unit, taken + 1) if unit is not None else (base, taken)


def _stands_alone(pieces: list[str], place: int) -> bool:
    """Say whether the word at `place` touches no digit: the x of `3x` is no numeral."""
    before, after = pieces[place - 1][-1:], pieces[place + 1][:1]
    return not (before.isdigit() or after.isdigit())


def _roman(word: str) -> int:
    if not word or not _ROMAN.fullmatch(word):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in word]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
