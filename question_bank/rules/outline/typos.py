"""Likely misprints, as data: what was found, what was probably meant. The source is never changed."""

import re

from question_bank.rules.outline.nodes import Correction

# (pattern, meant). Only spellings that are hardly ever right; what may follow rightly is ruled out.
_MISPRINTS = [
    (r"cùng\s+cố(?!\s+gắng)", "củng cố"),
    (r"phân\s+bác", "phản bác"),
    (r"bổ\s+xung", "bổ sung"),
    (r"sữa\s+đổi", "sửa đổi"),
    (r"sát\s+nhập", "sáp nhập"),
    (r"suy\s+thái", "suy thoái"),
]
_PATTERNS = [(re.compile(rf"\b{found}\b", re.IGNORECASE), meant) for found, meant in _MISPRINTS]


def corrections_in(source: str, start: int, end: int) -> tuple[Correction, ...]:
    """Return the likely misprints in source[start:end], in order, with a capital kept."""
    found = [
        Correction(" ".join(match.group().split()), _like(match.group(), meant), match.start(), match.end())
        for pattern, meant in _PATTERNS
        for match in pattern.finditer(source, start, end)
    ]
    return tuple(sorted(found, key=lambda correction: correction.start))


def _like(found: str, meant: str) -> str:
    if found.isupper():
        return meant.upper()
    return meant[0].upper() + meant[1:] if found[0].isupper() else meant
