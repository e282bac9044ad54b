"""Vietnamese mobile numbers as people type them, in one international form."""

import re

from question_bank.errors import Refusal

_ALLOWED = re.compile(r"[0-9 .()+]+")
_MOBILE = re.compile(r"[35789][0-9]{8}")

# The 11-digit prefixes withdrawn in 2018, without their leading 0, and what replaced them.
_OLD_PREFIXES = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "162": "32", "163": "33", "164": "34", "165": "35",
    "166": "36", "167": "37", "168": "38", "169": "39",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip


def phone_e164(raw: str) -> str:
    """Return a Vietnamese mobile number as E.164, e.g. `0912.345.678` → `+84912345678`.

    Accepts digits, spaces, dots, brackets and one leading plus; a missing leading 0 (spreadsheets drop
    it); the old 11-digit prefixes, which are mapped to the present ones. Anything else, a letter O for
    a zero included, is Refusal("phone-malformed", reason="characters" | "country" | "length" | "prefix").
    """
    typed = raw.replace("\u00a0", " ").strip()
    if not _ALLOWED.fullmatch(typed) or "+" in typed.lstrip("(")[1:]:
        raise Refusal("phone-malformed", reason="characters")
    digits = re.sub(r"[^0-9]", "", typed)
    if "+" in typed and not digits.startswith("84"):
        raise Refusal("phone-malformed", reason="country")
    national = _national(digits, international="+" in typed)
    if len(national) == 10 and national.startswith("1"):
        national = _OLD_PREFIXES.get(national[:3], "") + national[3:]
        if len(national) != 9:
            raise Refusal("phone-malformed", reason="prefix")
    if len(national) != 9:
        raise Refusal("phone-malformed", reason="length")
    if not _MOBILE.fullmatch(national):
        raise Refusal("phone-malformed", reason="prefix")
    return f"+84{national}"


def _national(digits: str, *, international: bool) -> str:
    """Return the digits after the country code or the trunk 0."""
    if digits.startswith("0084"):
        digits, international = digits[2:], True
    # Eleven or more digits from 84 on hold the country code; nine are a number that starts with 84.
    if digits.startswith("84") and (international or len(digits) >= 11):
        digits = digits[2:]
    return digits.removeprefix("0")
