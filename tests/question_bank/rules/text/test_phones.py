"""Phone numbers as people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import Refusal
from question_bank.rules.text import phone_e164


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "+84 912 345 678",
        "84912345678",
        "0912.345.678",
        "912345678",
        "0084912345678",
        "(+84) 912345678",
        "+84 (0)912 345 678",
        "(0912) 345 678",
        "0912\xa0345\xa0678",
    ],
)
def test_one_number_has_one_form(written: str) -> None:
    assert phone_e164(written) == "+84912345678"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01682345678", "+84382345678"),
        ("1682345678", "+84382345678"),
        ("0120 234 5678", "+84702345678"),
        ("+84 123 234 5678", "+84832345678"),
        ("01862345678", "+84562345678"),
        ("01992345678", "+84592345678"),
    ],
)
def test_withdrawn_prefixes_are_mapped(old: str, new: str) -> None:
    assert phone_e164(old) == new


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("O912345678", "characters"),
        ("0912x345678", "characters"),
        ("", "characters"),
        ("09123+45678", "characters"),
        ("٠٩١٢٣٤٥٦٧٨", "characters"),
        ("+1 202 555 0100", "country"),
        ("091234567", "length"),
        ("09123456789", "length"),
        ("01612345678", "prefix"),
        ("0212345678", "prefix"),
    ],
)
def test_what_is_no_mobile_number_is_refused(written: str, reason: str) -> None:
    with pytest.raises(Refusal, match="phone-malformed") as refused:
        phone_e164(written)
    assert refused.value.facts == {"reason": reason}


@given(st.from_regex(r"[35789][0-9]{8}", fullmatch=True))
def test_every_way_of_writing_gives_the_same_person(national: str) -> None:
    forms = {phone_e164(start + national) for start in ("0", "84", "+84", "", "0084", "+84 0")}
    assert forms == {f"+84{national}"}
    assert phone_e164(forms.pop()) == f"+84{national}"
