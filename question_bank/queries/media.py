"""Pictures and sounds: what is shown beside a question, and the bytes of one file."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from question_bank.models import Media
from question_bank.rules import media as rules


@dataclass(frozen=True, slots=True)
class MediaRef:
    """A picture or sound as a public item names it.

    `kind` is picture or sound, `url` a path on our own origin whose content never changes, `size` in bytes (for a
    preload), sides in pixels or None for a sound. `alt` is the picture in words, or what the sound says.
    """

    kind: str
    url: str
    alt: str
    size: int
    width: int | None = None
    height: int | None = None

    def to_json(self) -> dict[str, Any]:
        """{"kind", "url", "alt", "size"}, and for a picture {"width", "height"}: all that an entrant may see."""
        shown: dict[str, Any] = {"kind": self.kind, "url": self.url, "alt": self.alt, "size": self.size}
        if self.width and self.height:
            shown |= {"width": self.width, "height": self.height}
        return shown


@dataclass(frozen=True, slots=True)
class MediaFile:
    """The bytes as they are sent."""

    content: bytes
    content_type: str


def of_versions(version_ids: Collection[int]) -> dict[int, tuple[MediaRef, ...]]:
    """Media by version id, the picture first; versions without any are missing. One query, without the bytes."""
    rows = Media.objects.filter(version_id__in=version_ids).order_by("version_id", "kind")
    found: dict[int, tuple[MediaRef, ...]] = {}
    fields = ("version_id", "kind", "digest", "alt", "size", "width", "height")
    for version_id, kind, digest, *rest in rows.values_list(*fields):
        ref = MediaRef(kind, rules.address(digest), *rest)
        found[version_id] = (*found.get(version_id, ()), ref)
    return found


def of_version(version_id: int) -> tuple[MediaRef, ...]:
    """The version's media, the picture first."""
    return of_versions([version_id]).get(version_id, ())


def hashed(version_id: int) -> list[tuple[str, str, str]]:
    """(kind, digest, alt) of the version's media in a fixed order: what its content hash covers."""
    rows = Media.objects.filter(version_id=version_id).order_by("kind")
    return list(rows.values_list("kind", "digest", "alt"))


def find(digest: str) -> MediaFile | None:
    """The file with this SHA-256 (hex), of whichever version."""
    row = Media.objects.filter(digest=digest).values_list("content", "content_type").first()
    # PostgreSQL gives a view of its buffer.
    return MediaFile(bytes(row[0]), row[1]) if row else None
