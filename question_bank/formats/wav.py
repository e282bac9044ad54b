"""WAV files: RIFF chunks, of which only `fmt ` and `data` are kept."""

import struct

from question_bank.errors import Refusal

# PCM, IEEE float, and the extensible form that names one of them.
_CODINGS = {1, 3, 0xFFFE}
_RATES = range(8000, 96_001)
_BITS = {8, 16, 24, 32}


def untagged(data: bytes) -> bytes:
    """A WAV file of the sound in `data`. Refusals: "sound-unknown" (a coding browsers don't play), "sound-damaged"."""
    form, samples, at = b"", b"", 12
    while not samples and at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        part = data[at + 8 : at + 8 + size]
        if len(part) != size:
            raise Refusal("sound-damaged")
        if name == b"fmt " and not form:
            form = _checked(part)
        elif name == b"data":
            samples = part
        at += 8 + size + size % 2
    if not form or not samples:
        raise Refusal("sound-damaged")
    chunks = _chunk(b"fmt ", form) + _chunk(b"data", samples)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _checked(form: bytes) -> bytes:
    if len(form) not in {16, 18, 40}:
        raise Refusal("sound-damaged")
    coding, channels, rate, per_second, per_frame, bits = struct.unpack_from("<HHIIHH", form)
    if coding not in _CODINGS or channels not in {1, 2} or rate not in _RATES or bits not in _BITS:
        raise Refusal("sound-unknown")
    if per_frame != channels * bits // 8 or per_second != rate * per_frame:
        raise Refusal("sound-damaged")
    return form


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
