"""Kinds of media of a question, what their alternative text must be, and where they are fetched."""

from enum import StrEnum

from question_bank.errors import Refusal
from question_bank.rules.text import nfc

# The frontend serves this path; it is part of papers and of their hashes, so it never changes.
ADDRESS = "/tep/"


class MediaKind(StrEnum):
    """A version has at most one of each."""

    PICTURE = "picture"
    SOUND = "sound"


# Code points. A picture is described in a sentence or two; what a sound says is written out.
ALT_MOST = {MediaKind.PICTURE: 500, MediaKind.SOUND: 2000}


def address(digest: str) -> str:
    """The path of the file with this SHA-256 (hex); it tells nothing else about the file."""
    return f"{ADDRESS}{digest}"


def media_kind(name: str) -> MediaKind:
    """The kind by its name. Refusal("malformed") for any other."""
    if name not in set(MediaKind):
        raise Refusal("malformed")
    return MediaKind(name)


def alternative(kind: MediaKind, text: str) -> str:
    """The text as it is kept. Refusals: "alt-missing", "alt-too-long" with `most`."""
    kept = nfc(text).replace("\r\n", "\n").strip()
    if not kept:
        raise Refusal("alt-missing", field="alt")
    if len(kept) > ALT_MOST[kind]:
        raise Refusal("alt-too-long", field="alt", most=ALT_MOST[kind])
    return kept
