"""Reading a picture that came from outside: decoded within limits and encoded anew.

What is stored is made by us from the pixels alone, so metadata (where a photo was taken), appended files and markup in
comments are gone. Only JPEG and PNG come out: every phone that plays shows them.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

from question_bank.errors import Refusal

MOST_READ = 12_000_000
MOST_BYTES = 1024 * 1024
MOST_SIDE = 4096

# A picture that is too heavy is made smaller, down to the last of these, before it is refused.
_SIDES = (MOST_SIDE, 2048, 1280)
_QUALITY = 85
_MAGIC = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
_PLAIN = {"1", "L", "P", "RGB"}
_DEEP = ("I", "F")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow raises, by format and by where the damage is.
_FAULTS = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, AttributeError,
    struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we encoded it; `content_type` is image/png or image/jpeg, sides are in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def read(data: bytes) -> Picture:
    """The picture in a PNG, JPEG or WebP file.

    Refusals: "file-empty"; "media-too-large" (over 12 MB); "picture-unknown" (another format); "picture-dimensions"
    with `most`; "picture-animated"; "picture-damaged"; "picture-too-heavy" (over 1 MiB though made smaller).
    """
    if not data:
        raise Refusal("file-empty")
    if len(data) > MOST_READ:
        raise Refusal("media-too-large", limit=MOST_READ)
    form = _format(data)
    image = _decoded(data, form)
    for content, content_type, size in _encodings(image, edges=form == "PNG"):
        if len(content) <= MOST_BYTES:
            return Picture(content, content_type, *size)
    raise Refusal("picture-too-heavy", limit=MOST_BYTES)


def _format(data: bytes) -> str:
    for form, magic in _MAGIC.items():
        if data.startswith(magic) and (form != "WEBP" or data[8:12] == b"WEBP"):
            return form
    raise Refusal("picture-unknown")


def _decoded(data: bytes, form: str) -> Image.Image:
    """The pixels the right way up, in one of four modes: RGBA, or L, P, RGB without transparency; nothing else."""
    try:
        with Image.open(io.BytesIO(data), formats=(form,)) as opened:
            # Known from the header: nothing has been unpacked yet.
            if max(opened.size) > MOST_SIDE:
                raise Refusal("picture-dimensions", most=MOST_SIDE)
            # Phones write a second, smaller picture behind the first of a JPEG: that is no animation.
            if form != "JPEG" and getattr(opened, "is_animated", False):
                raise Refusal("picture-animated")
            opened.load()
            return _clean(ImageOps.exif_transpose(opened))
    except _BOMBS:
        raise Refusal("picture-dimensions", most=MOST_SIDE) from None
    except _FAULTS:
        raise Refusal("picture-damaged") from None


def _clean(image: Image.Image) -> Image.Image:
    if image.mode.startswith(_DEEP):
        raise Refusal("picture-unknown")
    if image.has_transparency_data:
        kept = image.convert("RGBA")
    else:
        kept = image if image.mode in _PLAIN else image.convert("RGB")
    kept.info = {}
    return kept


def _encodings(image: Image.Image, *, edges: bool) -> Iterator[tuple[bytes, str, tuple[int, int]]]:
    """Encodings from the best to the smallest. `edges`: drawn, not photographed, so PNG is tried first."""
    longest = max(image.size)
    for side in _SIDES:
        if side != MOST_SIDE and longest <= side:
            return
        shown = image
        if longest > side:
            shown = image.convert("RGB") if image.mode in {"1", "P"} else image.copy()
            shown.thumbnail((side, side))
        if edges or shown.mode == "RGBA":
            yield _encoded(shown, "PNG"), "image/png", shown.size
        if shown.mode != "RGBA":
            opaque = shown if shown.mode in {"L", "RGB"} else shown.convert("RGB")
            yield _encoded(opaque, "JPEG"), "image/jpeg", opaque.size


def _encoded(image: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    if form == "JPEG":
        image.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    else:
        image.save(out, "PNG")
    return out.getvalue()
