"""Short titles out of a node's text: without number, note and Markdown, at most 120 code points."""

import re

TITLE_LIMIT = 120

_END = r"(?: ?(?:\*{1,3}|__?))*\s*$"
_ITALIC_NOTE = re.compile(rf"\s*[*_]{{1,3}}\(([^()]*)\){_END}")
_PLAIN_NOTE = re.compile(rf"\s*\(([^()]*)\){_END}")
_EMPHASIS = re.compile(r"\*+|__+|`")
_ESCAPE = re.compile(r"\\([-.()*_#+!\[\]])")
_RESIDUE = re.compile(r"\*|__|`|\\[-.()*_#+!\[\]]|^#{1,6} ")
# A clause ends at ; : or . before a blank; a single capital before the dot is an initial (C. Mác).
_CLAUSE_END = re.compile(r"(?<!\b[^\W\d_])[.;:](?=\s|$)")


def has_markdown(text: str) -> bool:
    """Say whether Markdown signs are left in a node's text."""
    return _RESIDUE.search(text) is not None


def plain(text: str) -> str:
    """Return `text` without Markdown emphasis, heading signs and escapes."""
    bare = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text))
    return " ".join(bare.lstrip("# ").split())


def split_note(words: str, *, plain_brackets: bool) -> tuple[str, str]:
    """Return a heading's words and the note in brackets at its end, empty if none.

    A note is in italics; with `plain_brackets` also in mere brackets.
    """
    match = _ITALIC_NOTE.search(words) or (_PLAIN_NOTE.search(words) if plain_brackets else None)
    if match is None or match.start() == 0:
        return words, ""
    return words[: match.start()], f"({match.group(1)})"


def heading_title(words: str) -> str:
    """Return a heading's words as a title; if they are too long, their first clause."""
    whole = plain(words).rstrip(" .:;/")
    return whole if len(whole) <= TITLE_LIMIT else clause_title(words)


def clause_title(words: str) -> str:
    """Return the first clause of a sentence as a title, cut at a word if it is too long."""
    whole = plain(words)
    match = _CLAUSE_END.search(whole)
    clause = (whole[: match.start()] if match and match.start() else whole).rstrip(" .:;,/")
    if len(clause) <= TITLE_LIMIT:
        return clause
    kept = clause[: TITLE_LIMIT - 1]
    cut = kept if clause[TITLE_LIMIT - 1] == " " else kept.rpartition(" ")[0] or kept
    return cut.rstrip(" ,;:.-") + "…"
