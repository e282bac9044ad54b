import pytest

from contest.errors import Refusal
from contest.rules.receipts import ALPHABET, read_receipt, receipt

# A published form: codes on paper must stay readable for years.
KNOWN = {
    bytes(10): "0000-0000-0000-00000",
    bytes(range(10)): "000G-40R4-0M30-E209Z",
    b"\xff" * 10: "ZZZZ-ZZZZ-ZZZZ-ZZZZM",
}


@pytest.mark.parametrize("secret", KNOWN)
def test_codes_stay_the_same(secret):
    assert receipt(secret) == KNOWN[secret]


def test_every_wrong_character_and_every_exchange_is_noticed():
    signs = receipt(bytes(range(200, 210))).replace("-", "")
    wrong = [
        signs[:at] + sign + signs[at + 1 :] for at in range(17) for sign in ALPHABET if sign != signs[at]
    ]
    for one in range(17):
        for other in range(one + 1, 17):
            if signs[one] != signs[other]:
                exchanged = list(signs)
                exchanged[one], exchanged[other] = exchanged[other], exchanged[one]
                wrong.append("".join(exchanged))

    for code in wrong:
        with pytest.raises(Refusal, match="receipt-malformed"):
            read_receipt(code)


@pytest.mark.parametrize(
    "typed", ["", "0000", "0000-0000-0000-000000", "000U-0000-0000-00000", "Đ000-0000-0000-00000"]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(Refusal, match="receipt-malformed"):
        read_receipt(typed)


def test_handwriting_is_forgiven():
    assert read_receipt(" oooo oo0o–0000 0000o ") == "0000-0000-0000-00000"


def test_a_receipt_needs_ten_bytes():
    with pytest.raises(ValueError, match="10 bytes"):
        receipt(b"short")
