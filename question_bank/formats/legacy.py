"""Recognising Vietnamese text in the font encodings used before Unicode (TCVN3, VNI)."""

import re

# Letters only Vietnamese has; one letter in four or five of real text is one of them.
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯạ-ỹẠ-Ỹ]")
_LETTER = re.compile(r"[^\W\d_]")
# TCVN3 keeps đ, á, à, ả, ạ, ô, ơ… at the places of signs that Unicode text never has inside words.
_TCVN3 = re.compile(r"(?<=[^\W\d_])[µ¶·¸¹»¼½¾©ª«¬®]|[©ª«¬®](?=[a-z])")
# VNI writes the mark as a second character after its vowel: Ñaûng Coäng saûn.
_VNI = re.compile(r"[aeouyAEOUY][ûøïäëåüùõÛØÏÄËÅÜÙÕ]|[ñÑ][aeiouy]")

_SIGNS_LEAST = 3
_SIGNS_SHARE = 0.03
_VIETNAMESE_SHARE = 0.02


def vietnamese_share(text: str) -> float:
    """Return which part of the letters, 0 to 1, only Vietnamese has."""
    letters = len(_LETTER.findall(text))
    return len(_VIETNAMESE.findall(text)) / letters if letters else 0.0


def legacy_encoding(text: str) -> str | None:
    """Return "TCVN3" or "VNI" if the text is Vietnamese in that encoding shown as Latin letters, else None."""
    letters = len(_LETTER.findall(text))
    if not letters or vietnamese_share(text) >= _VIETNAMESE_SHARE:
        return None
    for name, signs in (("TCVN3", _TCVN3), ("VNI", _VNI)):
        count = len(signs.findall(text))
        if count >= _SIGNS_LEAST and count / letters >= _SIGNS_SHARE:
            return name
    return None
