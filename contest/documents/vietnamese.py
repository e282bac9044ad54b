"""How documents write moments, numbers and points: the Vietnamese way, in Vietnamese time."""

from datetime import datetime

from contest.rules.windows import VIETNAM


def moment(at: datetime | None) -> str:
    """dd/MM/yyyy HH:mm of an aware datetime; nothing for none."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if at else ""


def exact_moment(at: datetime | None) -> str:
    """dd/MM/yyyy HH:mm:ss of an aware datetime; nothing for none."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S") if at else ""


def long_date(at: datetime) -> str:
    """The date as the head of an official paper writes it."""
    local = at.astimezone(VIETNAM)
    return f"ngày {local.day:02} tháng {local.month:02} năm {local.year}"


def number(value: float) -> str:
    """A number with at most two decimals: 1.250 or 12,5."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def seconds(milliseconds: int) -> str:
    """A time in seconds to the millisecond: 1.083,045."""
    return f"{milliseconds / 1000:,.3f}".translate(str.maketrans(",.", ".,"))


def share(part: int, whole: int) -> str:
    """A share in percent, to one decimal; nothing of nothing."""
    return f"{100 * part / whole:.1f}".replace(".", ",") + "\u00a0%" if whole else ""
