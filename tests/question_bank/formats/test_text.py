"""Text files in the encodings Vietnamese ones really have."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import Refusal
from question_bank.formats import text

SAMPLE = "KẾ HOẠCH\n\nI- MỤC ĐÍCH\n\n- Đẩy mạnh phong trào đọc sách ở cơ sở; giữ gìn những tủ sách đã có.\n"

# The fonts used before Unicode, for the letters of the last line of SAMPLE.
VNI = {
    "ạ": "aï", "ả": "aû", "á": "aù", "à": "aø", "ã": "aõ", "ẩ": "aå", "ấ": "aá", "ậ": "aä", "ầ": "aà", "â": "aâ",
    "ă": "aê", "ắ": "aé", "đ": "ñ", "ọ": "oï", "ó": "où", "ô": "oâ", "ố": "oá", "ộ": "oä", "ở": "ôû", "ơ": "ô",
    "ữ": "öõ", "ư": "ö", "ủ": "uû", "ú": "uù", "ụ": "uï", "ế": "eá", "ệ": "eä", "ê": "eâ", "ì": "ì",
    "Đ": "Ñ", "Ế": "EÁ", "Ạ": "AÏ", "Ụ": "UÏ", "Í": "Í",
}  # fmt: skip
TCVN3 = {
    "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC,
    "ư": 0xAD, "đ": 0xAE, "ẩ": 0xC8, "ọ": 0xE4, "ó": 0xE3, "ở": 0xEB, "ữ": 0xF7, "ủ": 0xF1, "ú": 0xF3, "ì": 0xD7,
    "Đ": 0xA7,
}  # fmt: skip


def windows_1258(value: str) -> bytes:
    """The way Windows writes it: base letters with vowel marks, and tones as characters of their own."""
    out = b""
    for char in value:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", char)
            tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
            out += (base + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.encode(),
        SAMPLE.encode("utf-8-sig"),
        SAMPLE.encode("utf-16"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
        unicodedata.normalize("NFD", SAMPLE).encode(),
        SAMPLE.replace("\n", "\r\n").encode(),
        SAMPLE.replace("\n", "\r").encode(),
        windows_1258(SAMPLE),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "decomposed", "crlf", "cr", "windows-1258"],
)
def test_one_text_in_every_encoding(data: bytes) -> None:
    assert text.read(data) == SAMPLE


def tcvn3(value: str) -> bytes:
    return b"".join(
        bytes([TCVN3[char]]) if char in TCVN3 else char.encode("ascii", "ignore") for char in value
    )


def vni(value: str) -> str:
    return "".join(VNI.get(char, char) for char in value)


LAST_LINE = SAMPLE.splitlines()[-1]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (tcvn3(LAST_LINE), "TCVN3"),
        (tcvn3(LAST_LINE).decode("latin-1").encode(), "TCVN3"),
        (vni(LAST_LINE).encode("latin-1"), "VNI"),
        (vni(LAST_LINE).encode(), "VNI"),
    ],
    ids=["TCVN3 bytes", "TCVN3 pasted into UTF-8", "VNI bytes", "VNI pasted into UTF-8"],
)
def test_fonts_from_before_unicode_are_named(data: bytes, encoding: str) -> None:
    with pytest.raises(Refusal, match="legacy-encoding") as refused:
        text.read(data)
    assert refused.value.facts == {"encoding": encoding}


@pytest.mark.parametrize(
    ("data", "code", "facts"),
    [
        (b"", "file-empty", {}),
        ("\ufeff \n\u00a0".encode(), "file-empty", {}),
        (b"PK\x03\x04rest", "file-not-text", {"found": "zip"}),
        (b"%PDF-1.7", "file-not-text", {"found": "pdf"}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file-not-text", {"found": "doc"}),
        (b"\x00\x01\x02\x03 abc" * 9, "file-not-text", {"found": "binary"}),
        (b"abc\x00def", "file-not-text", {"found": "binary"}),
        (b"\xff\xfea\x00b", "encoding-unknown", {}),
        ("Größe und Höhe über alles".encode("latin-1"), "encoding-unknown", {}),
        (b"x" * 2_000_001, "file-too-large", {"limit": 2_000_000}),
    ],
)
def test_other_files_are_refused(data: bytes, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        text.read(data)
    assert (refused.value.code, refused.value.facts) == (code, facts)


@pytest.mark.parametrize(
    "value", ["Größe, Häuser, Öl und Übung – naïve façade", "A plain English text.", "Ngày 22-10"]
)
def test_other_languages_in_utf_8_are_read(value: str) -> None:
    assert text.read(value.encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = text.read(data)
    except Refusal:
        return
    assert text.read(read.encode()) == read
