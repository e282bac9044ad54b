"""Receipt codes: what a person notes down, reads out on the telephone and types in again.

Sixteen Crockford base 32 characters (80 bits) and one check character from the same alphabet, shown as
XXXX-XXXX-XXXX-XXXXX. The check is linear over the field of 32 elements with a different weight at each place,
so any one wrong character and any two exchanged characters, neighbours or not, are noticed.
"""

from contest.errors import Refusal

RECEIPT_BYTES = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BODY_LENGTH = RECEIPT_BYTES * 8 // 5
LENGTH = BODY_LENGTH + 1

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
# x^5 + x^2 + 1 is primitive: x generates all 31 non-zero elements.
_POLYNOMIAL = 0b100101


def receipt(secret: bytes) -> str:
    """The code of ten random bytes; ValueError for another number of bytes."""
    if len(secret) != RECEIPT_BYTES:
        raise ValueError(f"a receipt is made of {RECEIPT_BYTES} bytes")
    number = int.from_bytes(secret, "big")
    body = [(number >> shift) & 31 for shift in range(5 * (BODY_LENGTH - 1), -1, -5)]
    return _grouped("".join(ALPHABET[value] for value in [*body, _syndrome(body)]))


def read_receipt(text: str) -> str:
    """The code as receipt() writes it, from what a person typed.

    Any case, spaces and dashes anywhere; O is read as 0, I and L as 1.
    Refusal `receipt-malformed` when it cannot be a code of ours.
    """
    symbols = [symbol for symbol in text.upper().translate(_READ_AS) if symbol not in " -\t\u00a0–—"]
    if len(symbols) != LENGTH or any(symbol not in _VALUES for symbol in symbols):
        raise Refusal("receipt-malformed")
    values = [_VALUES[symbol] for symbol in symbols]
    if _syndrome(values[:-1]) != values[-1]:
        raise Refusal("receipt-malformed")
    return _grouped("".join(symbols))


def _grouped(symbols: str) -> str:
    return "-".join([symbols[0:4], symbols[4:8], symbols[8:12], symbols[12:]])


def _syndrome(body: list[int]) -> int:
    """Sum of value * x^(place + 1): the check character itself has the weight x^0, so all weights differ."""
    total = 0
    for value in reversed(body):
        total = (total ^ value) << 1
        if total & 32:
            total ^= _POLYNOMIAL
    return total
