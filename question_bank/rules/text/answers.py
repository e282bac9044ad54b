"""The form in which a typed answer is compared with the accepted ones."""

import re
from functools import cache, lru_cache

from question_bank.rules.text.normal import clean_line, even_punctuation, strip_marks, tone_fold
from question_bank.rules.text.numerals import numerals_to_digits

_EDGES = " .,;:!?…\"'"
_TIGHT = re.compile(r"\s*([-/%])\s*")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+)(?![\d.,]\d|\d)")
_LEADING_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)")
_DATE = re.compile(r"(?<![\d./-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_ROUNDS = 8


@lru_cache(maxsize=8192)
def answer_fold(text: str, *, accents: bool) -> str:
    """Return the form in which a fill-in answer is compared; equal forms are the same answer.

    Case, white space, tone placement (hòa/hoà), dash and quotation-mark variants, spaces around dashes
    and slashes, and punctuation at the ends do not count. 6, 06, sáu and VI are one number; 22-10-2018,
    22/10/2018 and `ngày 22 tháng 10 năm 2018` one date; `số 21-KL/TW` is `21-KL/TW` and `năm 2045` is
    `2045`. With `accents` the marks count (bán is not bàn), without it they do not. Idempotent.

    Remembered: a round asks few texts and gets few different ones back.
    """
    folded = _once(text, accents=accents)
    for _ in range(_ROUNDS):
        again = _once(folded, accents=accents)
        if again == folded:
            break
        folded = again
    return folded


def _once(text: str, *, accents: bool) -> str:
    line = tone_fold(even_punctuation(clean_line(text)).lower()).replace('"', " ")
    if not accents:
        line = strip_marks(line).lower()
    line = _TIGHT.sub(r"\1", clean_line(line))
    line = _plain_dates(line, accents=accents)
    line = _label(accents=accents).sub("", line)
    line = numerals_to_digits(line, accents=accents)
    line = _THOUSANDS.sub(lambda match: match.group().replace(".", ""), line)
    line = _LEADING_ZEROS.sub("", line)
    return clean_line(line).strip(_EDGES)


def _plain_dates(line: str, *, accents: bool) -> str:
    spoken = _spoken_date(accents=accents).sub(r"\1-\2-\3", line)
    return _DATE.sub(lambda match: "-".join(str(int(part)) for part in match.groups()), spoken)


@cache
def _spoken_date(*, accents: bool) -> re.Pattern[str]:
    return _pattern(r"(?<!\d)(\d{1,2}) tháng (\d{1,2}),? năm (\d{4})(?!\d)", accents=accents)


@cache
def _label(*, accents: bool) -> re.Pattern[str]:
    """Words that add nothing before a figure: `số` and `ngày` before any, `năm` before a year."""
    return _pattern(r"\b(?:(?:số|ngày) (?=\d)|năm (?=\d{4}(?!\d)))", accents=accents)


def _pattern(source: str, *, accents: bool) -> re.Pattern[str]:
    return re.compile(source if accents else strip_marks(source))
