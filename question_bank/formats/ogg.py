"""Ogg files with one stream of Opus or Vorbis; the comments of the second packet are emptied in place."""

from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.errors import Refusal

_HEAD = 27
_FIRST = 2
# The beginnings of the first two packets, and what stands behind a list of comments.
_CODECS = ((b"OpusHead", b"OpusTags", b""), (b"\x01vorbis", b"\x03vorbis", b"\x01"))


def _table() -> list[int]:
    rows = []
    for byte in range(256):
        crc = byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
        rows.append(crc)
    return rows


_CRC = _table()


@dataclass(frozen=True, slots=True)
class _Page:
    start: int
    body: int
    end: int
    sizes: bytes


def untagged(data: bytes) -> bytes:
    """The same file with an empty list of comments. Refusals: "sound-unknown" (another codec), "sound-damaged"."""
    pages = list(_pages(data))
    out = bytearray(data)
    if not data[5] & _FIRST or not _is_whole(out, pages[0]):
        raise Refusal("sound-damaged")
    spans = _spans(pages)
    if spans[1][-1][1] == pages[-1].end:
        raise Refusal("sound-damaged")  # heads without a sound
    packets = [b"".join(data[start:end] for start, end in packet) for packet in spans]
    place = 0
    emptied = _emptied(*packets)
    for start, end in spans[1]:
        out[start:end] = emptied[place : place + end - start]
        place += end - start
    for page in pages:
        if page.start < spans[1][-1][1]:
            out[page.start + 22 : page.start + 26] = _crc(out, page).to_bytes(4, "little")
    return bytes(out)


def _pages(data: bytes) -> Iterator[_Page]:
    """All pages, end to end, of one stream."""
    at, serial = 0, data[14:18]
    while at < len(data):
        head = data[at : at + _HEAD]
        if len(head) < _HEAD or head[:5] != b"OggS\0" or head[14:18] != serial:
            raise Refusal("sound-damaged")
        body = at + _HEAD + head[26]
        sizes = data[at + _HEAD : body]
        end = body + sum(sizes)
        if end > len(data):
            raise Refusal("sound-damaged")
        yield _Page(at, body, end, sizes)
        at = end


def _spans(pages: list[_Page]) -> list[list[tuple[int, int]]]:
    """Where the first two packets stand, as (start, end) a segment."""
    packets: list[list[tuple[int, int]]] = [[]]
    for page in pages:
        at = page.body
        for size in page.sizes:
            packets[-1].append((at, at + size))
            at += size
            if size < 255:
                if len(packets) == 2:
                    return packets
                packets.append([])
    raise Refusal("sound-damaged")


def _emptied(first: bytes, second: bytes) -> bytes:
    """The second packet at its length, with the encoder's name and no comment."""
    for head, tags, behind in _CODECS:
        if first.startswith(head):
            if not second.startswith(tags):
                raise Refusal("sound-damaged")
            at = len(tags)
            at += 4 + int.from_bytes(second[at : at + 4], "little")
            kept = second[:at] + bytes(4) + behind
            if len(kept) > len(second):
                raise Refusal("sound-damaged")
            return kept.ljust(len(second), b"\0")
    raise Refusal("sound-unknown")


def _is_whole(data: bytearray, page: _Page) -> bool:
    return _crc(data, page) == int.from_bytes(data[page.start + 22 : page.start + 26], "little")


def _crc(data: bytearray, page: _Page) -> int:
    """The checksum of a page, reckoned with zeros in its own place."""
    crc = 0
    for place in range(page.start, page.end):
        byte = 0 if page.start + 22 <= place < page.start + 26 else data[place]
        crc = (crc << 8 & 0xFFFFFFFF) ^ _CRC[crc >> 24 ^ byte]
    return crc
