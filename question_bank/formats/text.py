"""Bytes of a .txt or .md file → text in NFC, with the encodings Vietnamese files really have."""

import codecs

from question_bank.errors import Refusal
from question_bank.formats.legacy import legacy_encoding, vietnamese_share
from question_bank.rules.text import nfc

MAX_BYTES = 2_000_000

_WORD_BINARY = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_CP1258_SHARE = 0.02


def read(data: bytes) -> str:
    """Return the file's text in NFC with `\\n` line ends.

    Reads UTF-8 (with or without BOM), UTF-16, and Windows-1258. Refusals: `file-empty`; `file-too-large`
    (limit in bytes); `file-not-text` (found = "zip", "pdf", "doc" or "binary"); `legacy-encoding`
    (encoding = "TCVN3" or "VNI"); `encoding-unknown`.
    """
    if len(data) > MAX_BYTES:
        raise Refusal("file-too-large", limit=MAX_BYTES)
    _refuse_other_files(data)
    text = nfc(_decoded(data))
    if not text.strip():
        raise Refusal("file-empty")
    refuse_legacy(text)
    return text


def refuse_legacy(text: str) -> None:
    """Raise Refusal("legacy-encoding") for text typed with the fonts used before Unicode."""
    encoding = legacy_encoding(text)
    if encoding is not None:
        raise Refusal("legacy-encoding", encoding=encoding)


def _refuse_other_files(data: bytes) -> None:
    for start, found in ((_ZIP, "zip"), (_PDF, "pdf"), (_WORD_BINARY, "doc")):
        if data.startswith(start):
            raise Refusal("file-not-text", found=found)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, "utf-16")
    zeros = data.count(0)
    if zeros:
        return _utf16(data, _endianness(data, zeros))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows1258(data)


def _endianness(data: bytes, zeros: int) -> str:
    """Return the UTF-16 without BOM this is, or refuse: even Vietnamese has many high bytes that are 0."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if zeros * 5 < len(data) or min(even, odd) * 10 > max(even, odd):
        raise Refusal("file-not-text", found="binary")
    return "utf-16-be" if even > odd else "utf-16-le"


def _utf16(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("encoding-unknown") from None


def _windows1258(data: bytes) -> str:
    """Return Windows-1258 text composed; every byte means something there, so the result must look Vietnamese."""
    refuse_legacy(data.decode("latin-1"))
    try:
        text = nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        raise Refusal("encoding-unknown") from None
    if vietnamese_share(text) < _CP1258_SHARE:
        raise Refusal("encoding-unknown")
    return text
