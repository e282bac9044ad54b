"""MP3 files: frames of MPEG layer III, with tags before and behind, which are cut off."""

from question_bank.errors import Refusal

_BITRATES = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44_100, 48_000, 32_000)
# The two bits that name the version: MPEG 2.5, (reserved), 2, 1.
_DIVISORS = {0: 4, 2: 2, 3: 1}
_LEAST_FRAMES = 4
_TAILS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3")
# Behind the last whole frame: a cut one, or padding.
_MOST_REST = 4096


def begins_frame(data: bytes) -> bool:
    """Whether the bytes begin with the head of a frame that another of its kind follows."""
    length, kind = _frame(data, 0)
    return bool(length) and _frame(data, length)[1] == kind


def untagged(data: bytes) -> bytes:
    """The frames without the tags around them. Refusal("sound-damaged") for less than four frames or bytes between."""
    start = at = _behind_tags(data)
    length, kind = _frame(data, at)
    found = 0
    while length and at + length <= len(data):
        at += length
        found += 1
        length, other = _frame(data, at)
        if other != kind:
            break
    rest = data[at:]
    if found < _LEAST_FRAMES or not (len(rest) <= _MOST_REST or rest.startswith(_TAILS) or not any(rest)):
        raise Refusal("sound-damaged")
    return data[start:at]


def _behind_tags(data: bytes) -> int:
    """Where the ID3v2 tags and the zeros behind them end."""
    at = 0
    while data[at : at + 3] == b"ID3":
        sizes = data[at + 6 : at + 10]
        if len(sizes) < 4 or any(byte > 127 for byte in sizes):
            raise Refusal("sound-damaged")
        size = sum(byte << shift for byte, shift in zip(sizes, (21, 14, 7, 0), strict=True))
        footer = 10 if data[at + 5] & 0x10 else 0
        at += 10 + size + footer
        at += len(data[at : at + _MOST_REST]) - len(data[at : at + _MOST_REST].lstrip(b"\0"))
    return at


def _frame(data: bytes, at: int) -> tuple[int, tuple[int, int]]:
    """(length in bytes, (version bits, rate in Hz)) of the frame there; (0, (0, 0)) for none."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0, (0, 0)
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _DIVISORS or not 0 < bitrate < 15 or rate == 3:
        return 0, (0, 0)
    hertz = _RATES[rate] // _DIVISORS[version]
    family = 1 if version == 3 else 2
    length = 144 // family * _BITRATES[family][bitrate - 1] * 1000 // hertz + (head[2] >> 1 & 1)
    return length, (version, hertz)
