"""Dates, numbers and durations as people here write them: 23/11/2026 09:30, 1.234,5, 3 phút 05 giây, 04:12."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone, translation
from django.utils.translation import gettext

register = template.Library()


@register.filter
def date_time(value: datetime | None) -> str:
    """`23/11/2026 09:30` in the site's time zone; "" for None."""
    return _local(value).strftime("%d/%m/%Y %H:%M") if value else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """`23/11/2026`; "" for None."""
    found = _local(value) if isinstance(value, datetime) else value
    return found.strftime("%d/%m/%Y") if found else ""


@register.filter
def time_of_day(value: datetime | None) -> str:
    """`09:30:05` in the site's time zone; "" for None."""
    return _local(value).strftime("%H:%M:%S") if value else ""


@register.filter
def number(value: Decimal | float | str | None, decimals: int = 0) -> str:
    """`1.234,5` (`1,234.5` for readers of English), rounded half up; "" for None and ""."""
    if value is None or value == "":
        return ""
    exponent = Decimal(1).scaleb(-int(decimals))
    text = f"{Decimal(str(value)).quantize(exponent, ROUND_HALF_UP):,}"
    return text if _english() else text.translate(str.maketrans(",.", ".,"))


@register.filter
def duration(milliseconds: int | None) -> str:
    """`3 phút 05 giây`, `1 giờ 02 phút 05 giây`, `5 giây`: whole seconds, cut; "" for None."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    facts = {"hours": hours, "minutes": minutes, "seconds": seconds}
    if hours:
        return gettext("%(hours)d giờ %(minutes)02d phút %(seconds)02d giây") % facts
    if minutes:
        return gettext("%(minutes)d phút %(seconds)02d giây") % facts
    return gettext("%(seconds)d giây") % facts


@register.filter
def time_left(moment: datetime | None, now: datetime | None = None) -> str:
    """How long until then, in its two largest units, cut: `5 ngày 3 giờ`, `2 giờ 05 phút`, `40 phút`; "" for None.

    Less than a minute, and any moment past, is `chưa đến 1 phút`.
    """
    if moment is None:
        return ""
    minutes = int((moment - (now or timezone.now())).total_seconds()) // 60
    hours, minutes = divmod(max(0, minutes), 60)
    days, hours = divmod(hours, 24)
    facts = {"days": days, "hours": hours, "minutes": minutes}
    if days:
        return gettext("%(days)d ngày %(hours)d giờ") % facts
    if hours:
        return gettext("%(hours)d giờ %(minutes)02d phút") % facts
    return gettext("%(minutes)d phút") % facts if minutes else gettext("chưa đến 1 phút")


@register.filter
def clock(milliseconds: int | None) -> str:
    """`04:12` or `1:04:12`; a part of a second counts as a whole one, as on the running clock; "" for None."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(-(-max(0, milliseconds) // 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


@register.filter
def board_duration(milliseconds: int | str | None) -> str:
    """`01:01,2` on a board (`01:01.2` for readers of English): cut and never rounded up; "" for None and ""."""
    if milliseconds is None or isinstance(milliseconds, str):
        return ""
    minutes, tenths = divmod(max(0, milliseconds) // 100, 600)
    return f"{minutes:02}:{tenths // 10:02}{'.' if _english() else ','}{tenths % 10}"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value)


def _english() -> bool:
    return (translation.get_language() or "").startswith("en")
