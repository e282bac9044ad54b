"""Sixty names that people, robots and pranksters type: what stands on the projector."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.errors import Refusal
from contest.live.names import LONGEST, clean_name, distinct, skeleton

ZALGO = "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306" * 5 + "o"
CASES = [
    # names as they are
    ("An", "An"),
    ("Hà", "Hà"),
    ("Tú", "Tú"),
    ("Nguyễn Thị Phương Thảo", "Nguyễn Thị Phương Thảo"),
    ("Trần Lê Nguyễn Phương Anh", "Trần Lê Nguyễn Phương Anh"),
    ("ĐẶNG VĂN Ơ", "ĐẶNG VĂN Ơ"),
    ("Y Bhiu Byă", "Y Bhiu Byă"),
    ("H'Hen Niê", "H'Hen Niê"),
    ("Lò Văn Păn", "Lò Văn Păn"),
    ("Thạch Sô Phi", "Thạch Sô Phi"),
    ("Ng. Văn A. (10A1)", "Ng. Văn A. (10A1)"),
    ("7", "7"),
    ("李小龙", "李小龙"),
    ("ភ្នំពេញ", "ភ្នំពេញ"),
    ("Ирина", "Ирина"),
    ("O'Brien-Smith", "O'Brien-Smith"),
    # spaces, lines, composition
    ("  Lan   Anh  ", "Lan Anh"),
    ("Lan\nAnh", "Lan Anh"),
    ("Lan\t\r\nAnh", "Lan Anh"),
    ("Lan\u00a0Anh", "Lan Anh"),
    ("Lan\u2003Anh", "Lan Anh"),
    ("Lan\u3000Anh", "Lan Anh"),
    ("Ha\u0300", "Hà"),
    ("Nguye\u0302\u0303n", "Nguyễn"),
    ("Nguye\u0303\u0302n", "Nguy\u1ebd\u0302n"),
    # what nobody sees
    ("La\u200bn", "Lan"),
    ("La\u200cn", "Lan"),
    ("La\u2060n", "Lan"),
    ("\ufeffLan", "Lan"),
    ("La\u00adn", "Lan"),
    ("La\u0000n", None),
    ("La\u0007n", None),
    ("La\u001b[31mn", None),
    ("La\u007fn", None),
    ("La\ue000n", "Lan"),
    ("\u3164Lan\u115f", "Lan"),
    ("\u2800Lan\ufe0f", "Lan"),
    ("L\u034fan\U000e0100", "Lan"),
    ("La\U000e0041n", "Lan"),
    # direction
    ("\u202eLan", "Lan"),
    ("Lan\u202e)1 hạng(", "Lan)1 hạng("),
    ("\u2066Lan\u2069", "Lan"),
    ("\u200fLan\u200e", "Lan"),
    ("\u061cLan", "Lan"),
    # markup, scripts, formulas: text, and shown as text
    ("<b>Lan</b>", "<b>Lan</b>"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ('"><img src=x onerror=a>', '"><img src=x onerror=a>'),
    ("{{7*7}} Lan", "{{7*7}} Lan"),
    ("=1+1", "=1+1"),
    ("Lan%00", "Lan%00"),
    ("../../etc/passwd", "../../etc/passwd"),
    ("'; DROP TABLE x;--", "'; DROP TABLE x;--"),
    # towers
    (ZALGO, None),
    # nothing in it
    ("", "name-empty"),
    ("   ", "name-empty"),
    ("\u200b\u200b", "name-empty"),
    ("\u3164", "name-empty"),
    ("\uffa0\u1160", "name-empty"),
    ("....", "name-empty"),
    ("😀😀", "name-empty"),
    ("\u0301\u0301", "name-empty"),
    # long
    ("x" * 40, "x" * 40),
    ("x" * 41, "name-too-long"),
    ("ễ" * 41, "name-too-long"),
    ("x" * 100_000, "name-too-long"),
    ("😀 Lan 😀", "😀 Lan 😀"),
]


def cleaned(text):
    try:
        return clean_name(text)
    except Refusal as refusal:
        return refusal.code


def test_there_are_sixty():
    assert len(CASES) >= 60
    assert len({text for text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "shown"), CASES, ids=lambda text: ascii(text)[:24])
def test_what_stands_on_the_projector(text, shown):
    found = cleaned(text)
    if shown is not None:
        assert found == shown
    if found not in {"name-empty", "name-too-long"}:
        sound(found)


def sound(name):
    """One line in NFC, nothing invisible, no tower."""
    assert name == unicodedata.normalize("NFC", name)
    assert name == " ".join(name.split())
    assert 1 <= len(name) <= LONGEST
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert any(char.isalnum() for char in name)
    marks = 0
    for char in unicodedata.normalize("NFD", name):
        marks = marks + 1 if unicodedata.combining(char) else 0
        assert marks <= 5


@given(st.text(max_size=60))
def test_any_text_gives_a_sound_name_or_a_refusal(text):
    found = cleaned(text)
    if found not in {"name-empty", "name-too-long"}:
        sound(found)
        assert clean_name(found) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lan Anh", "lan anh"),
        ("Lan Anh", "LANANH"),
        ("Đức", "duc"),
        ("ĐỨC", "đức"),
        ("Hoà", "Hòa"),
        ("Ｌａｎ", "Lan"),
        ("Lan.", "Lan"),
        ("L-a-n", "Lan"),
        ("𝐋𝐚𝐧", "Lan"),
    ],
)
def test_names_that_look_alike(one, other):
    assert skeleton(clean_name(one)) == skeleton(clean_name(other))
    assert distinct(other, taken={skeleton(one)}, seat=12) == f"{other} (12)"


def test_names_that_differ():
    assert skeleton("Lan") != skeleton("Lam")
    assert distinct("Lan", taken={skeleton("Lam")}, seat=12) == "Lan"


@pytest.mark.parametrize(
    ("taken", "shown"),
    [
        (("An", "An (3)"), "An (3-2)"),
        (("An", "an3"), "An (3-2)"),
        (("An", "An (3)", "An (3-2)"), "An (3-3)"),
        (("An (3)",), "An"),
    ],
)
def test_a_name_with_a_number_that_somebody_has_typed_is_told_apart_too(taken, shown):
    assert distinct("An", taken={skeleton(name) for name in taken}, seat=3) == shown


@given(st.lists(st.sampled_from(["An", "an (1)", "An (2)", "An (3)", "An (3-2)", "An 32"]), max_size=8))
def test_no_two_who_join_look_alike(names):
    taken = set()
    for seat, name in enumerate(names, start=1):
        taken.add(skeleton(distinct(name, taken=taken, seat=seat)))
    assert len(taken) == len(names)
