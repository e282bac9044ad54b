"""The stored form of text (NFC, no invisible characters) and the folds for search and quotation."""

import re
import unicodedata

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NEWLINES = "\x0b\x0c\x85\u2028\u2029"
_INVISIBLE = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2066\u2067\u2068\u2069\ufeff"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4\u0060\u2032\uff07"

# Carriage returns are handled before this table; tab and line feed are the only controls kept. Lone
# surrogates (from JSON escapes) are dropped because no database can store them.
_CLEAN = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]),
    **{ord(char): " " for char in _SPACES},
    **{ord(char): "\n" for char in _NEWLINES},
    **{ord(char): None for char in _INVISIBLE},
    0x09: "\t",
    0x0A: "\n",
}
_PUNCTUATION = {
    **{ord(char): "-" for char in _DASHES},
    **{ord(char): '"' for char in _DOUBLE_QUOTES},
    **{ord(char): "'" for char in _SINGLE_QUOTES},
}
# The Icelandic eth looks like đ and is what old keyboards sometimes typed.
_D = str.maketrans("đĐðÐ", "dDdD")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_PAIR = re.compile(rf"(?<![qQ])([oOuU])([{_TONES}])([aAeEyY])(?![^\W\d_]|[\u0300-\u036f])")
_PAIRS = frozenset({"oa", "oe", "uy"})


def nfc(text: str, *, collapse: bool = False) -> str:
    """Return the form in which text is stored: NFC, `\\n` line ends, plain spaces, nothing invisible.

    Done once at every boundary; idempotent. `collapse` also turns every run of white space into one
    space and trims both ends.
    """
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)
    composed = unicodedata.normalize("NFC", cleaned)
    return " ".join(composed.split()) if collapse else composed


def clean_line(text: str) -> str:
    """Return `text` as one stored line: `nfc` with white space collapsed and trimmed."""
    return nfc(text, collapse=True)


def even_punctuation(text: str) -> str:
    """Return `text` with every dash as `-` and every quotation mark as `"` or `'`."""
    return text.translate(_PUNCTUATION)


def strip_marks(text: str) -> str:
    """Return `text` without tone and vowel marks and with đ as d; case is kept."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).translate(_D)


def tone_fold(text: str) -> str:
    """Return `text` with the tone of an open oa, oe, uy on its second vowel: hòa → hoà, ủy → uỷ.

    Old and new style become equal; hoàn, của, mùa and quý are left alone. For comparing only: texts
    are displayed as written.
    """
    return unicodedata.normalize("NFC", _OPEN_PAIR.sub(_move_tone, unicodedata.normalize("NFD", text)))


def _move_tone(match: re.Match[str]) -> str:
    first, tone, second = match.groups()
    return f"{first}{second}{tone}" if (first + second).lower() in _PAIRS else match.group()


def fold(text: str) -> str:
    """Return the accent-free search form: lower case, no marks, đ as d, plain dashes and quotes."""
    return clean_line(strip_marks(even_punctuation(clean_line(text)).lower()).lower())


def quote_fold(text: str) -> str:
    """Return the form in which a quotation is looked for in its source.

    Case, white space, tone placement and dash or quotation-mark variants do not count; every letter,
    accent and punctuation mark does.
    """
    return clean_line(tone_fold(even_punctuation(clean_line(text)).lower()))
