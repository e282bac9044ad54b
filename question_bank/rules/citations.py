"""Whether a quotation stands in the text it is taken from."""

import re

from question_bank.rules.text import quote_fold

QUOTE_LIMIT = 400

# As the outline makes them: II.2.10, I/b2, III.3.1/p2, and ~2 for a number printed twice.
_TOPIC_KEY = re.compile(r"\w+(?:~\d+)?(?:\.\w+(?:~\d+)?)*(?:/[bp]\d+)*")
_GAP = re.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*")


def is_topic_key(key: str) -> bool:
    """Say whether `key` has the form of a node's path in an outline."""
    return _TOPIC_KEY.fullmatch(key) is not None


def quote_found(quote: str, text: str) -> bool:
    """Say whether the quotation occurs in `text`.

    White space, case, tone placement and dash or quotation-mark variants do not count. An ellipsis
    leaves something out: the parts around it must occur in this order. An empty quotation is nowhere.
    """
    parts = [quote_fold(part) for part in _GAP.split(quote)]
    parts = [part for part in parts if part]
    folded = quote_fold(text)
    place = 0
    for part in parts:
        found = folded.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return bool(parts)
