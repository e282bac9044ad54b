"""Vietnamese alphabetical order as plain digit strings that any database sorts the same way.

A key holds decimal digits only, so its order does not depend on a collation. Two digits a letter;
`00` ends a part, `01` a word, `05` a word's letters, after which its tone follows.
"""

import re
import unicodedata

from question_bank.rules.text.normal import clean_line, even_punctuation, tone_fold

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODES = {letter: f"{20 + place}" for place, letter in enumerate(_ALPHABET)}
_TONE_CODES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WORDS = re.compile(r"[^\s\-/,.;:()]+")
_PIECES = re.compile(r"[0-9]+|.", re.DOTALL)


def sort_key(text: str) -> str:
    """Return the key that sorts `text` in Vietnamese order, syllable by syllable.

    Letters a ă â b c d đ e ê … y first, then tones ngang huyền hỏi ngã sắc nặng; case and punctuation
    do not count; numbers sort by value (`Chi đoàn 2` before `Chi đoàn 10`). About three digits a letter.
    """
    lowered = tone_fold(even_punctuation(clean_line(text)).lower()).replace("ð", "đ")
    return "01".join(_word_key(word) for word in _WORDS.findall(lowered))


def given_name(name: str) -> str:
    """Return the given name, which in Vietnamese is the last word; used in salutations."""
    return clean_line(name).rpartition(" ")[2]


def name_sort_key(name: str) -> str:
    """Return the key that sorts people: by given name, then family name, then middle names."""
    family, *rest = clean_line(name).split(" ")
    if not rest:
        return sort_key(family)
    *middle, given = rest
    return "00".join([sort_key(given), sort_key(family), sort_key(" ".join(middle))])


def _word_key(word: str) -> str:
    codes, tones = "", ""
    for piece in _PIECES.findall(word):
        code, tone = _piece_key(piece)
        codes += code
        tones += tone
    return f"{codes}05{tones or '0'}"


def _piece_key(piece: str) -> tuple[str, str]:
    """Return a number's or a letter's code and its tone (empty for none)."""
    if piece.isascii() and piece.isdigit():
        value = piece.lstrip("0") or "0"
        return f"10{min(len(value), 99):02d}{value}", ""
    marks = unicodedata.normalize("NFD", piece)
    tone = "".join(_TONE_CODES.get(mark, "") for mark in marks)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONE_CODES))
    code = _LETTER_CODES.get(letter) or _LETTER_CODES.get(marks[0])
    if code is None:
        code = f"99{ord(marks[0]):07d}" if marks[0].isalnum() else ""
    return code, tone
