"""Weekly opening hours as fields: always, the same hours on chosen days, one stretch a week, or each day its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from contest.rules.windows import DAY_MINUTES, DayHours, daily_hours, weekly_span

ALWAYS, DAILY, SPAN, OWN = "always", "daily", "span", "own"
DAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"))
STRETCHES = 2
CLOSES_FIRST = _("Giờ đóng phải sau giờ mở; 00:00 là nửa đêm cuối ngày.")
BOTH = _("Xin nhập cả giờ mở và giờ đóng.")


@dataclass(frozen=True, slots=True)
class DayFields:
    """One day of the week with its pairs of opening and closing."""

    name: Any
    pairs: Sequence[tuple[BoundField, BoundField]]


def _days() -> list[tuple[str, Any]]:
    return [(str(number), name) for number, name in enumerate(DAYS)]


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class HoursFields(forms.Form):
    """The part of a round's form that asks for its weekly hours; `weekly_hours()` reads it."""

    hours = forms.ChoiceField(
        label=_("Cách đặt giờ"),
        required=False,
        initial=ALWAYS,
        choices=[
            (ALWAYS, _("Suốt ngày đêm")),
            (DAILY, _("Cùng một khung giờ vào những ngày đã chọn")),
            (SPAN, _("Một mạch mỗi tuần, từ ngày này đến ngày kia")),
            (OWN, _("Riêng từng ngày")),
        ],
        help_text=_("Giờ đóng 00:00 là nửa đêm cuối ngày. Hết khung giờ thì bài đang làm cũng khép lại."),
    )
    daily_days = forms.MultipleChoiceField(
        label=_("Những ngày mở"), required=False, choices=_days, widget=forms.CheckboxSelectMultiple
    )
    daily_opens = _clock(_("Mở lúc"))
    daily_closes = _clock(_("Đóng lúc"))
    span_first = forms.ChoiceField(label=_("Từ"), required=False, choices=_days)
    span_opens = _clock(_("Mở lúc"))
    span_last = forms.ChoiceField(label=_("Đến"), required=False, choices=_days, initial="4")
    span_closes = _clock(_("Đóng lúc"))

    def add_days(self) -> None:
        """Two stretches for each day of the week."""
        for day, name in enumerate(DAYS):
            for stretch in range(STRETCHES):
                labels = {"opens": _("%(day)s, mở"), "closes": _("%(day)s, đóng")}
                for which, label in labels.items():
                    self.fields[_place(day, stretch, which)] = _clock(str(label) % {"day": name})

    @property
    def days(self) -> list[DayFields]:
        """The seven days as they stand in the table."""
        return [
            DayFields(
                name,
                [
                    (self[_place(day, stretch, "opens")], self[_place(day, stretch, "closes")])
                    for stretch in range(STRETCHES)
                ],
            )
            for day, name in enumerate(DAYS)
        ]

    def clean_weekly_hours(self) -> None:
        """Says at its field what is wrong with the chosen way; the fields of other ways are not looked at."""
        given = self.cleaned_data
        way = given.get("hours") or ALWAYS
        if way == DAILY:
            if not given.get("daily_days"):
                self.add_error("daily_days", str(_("Xin chọn ít nhất một ngày.")))
            self._check("daily_opens", "daily_closes")
        elif way == SPAN and not "" < given["span_first"] <= given["span_last"]:
            self.add_error("span_last", str(_("Ngày cuối phải cùng tuần và không trước ngày đầu.")))
        elif way == SPAN:
            self._check("span_opens", "span_closes", one_day=given["span_first"] == given["span_last"])
        elif way == OWN:
            self._check_days()

    def weekly_hours(self) -> tuple[DayHours, ...]:
        """What was typed, when nothing was wrong with it."""
        given = self.cleaned_data
        way = given.get("hours") or ALWAYS
        if way == DAILY:
            days = [int(day) for day in given["daily_days"]]
            return daily_hours(days, _minutes(given["daily_opens"]), _end(given["daily_closes"]))
        if way == SPAN:
            first, last = int(given["span_first"]), int(given["span_last"])
            return weekly_span(first, _minutes(given["span_opens"]), last, _end(given["span_closes"]))
        if way == OWN:
            return tuple(
                DayHours(day, _minutes(opens), _end(closes)) for day, opens, closes in self._typed_days()
            )
        return ()

    def _check_days(self) -> None:
        """Each pair for itself; then that the second of a day comes after the first."""
        filled = False
        for day in range(len(DAYS)):
            for stretch in range(STRETCHES):
                opens, closes = _place(day, stretch, "opens"), _place(day, stretch, "closes")
                if self.cleaned_data.get(opens) is None and self.cleaned_data.get(closes) is None:
                    continue
                filled = True
                self._check(opens, closes)
            first, second = (
                self.cleaned_data.get(_place(day, stretch, which))
                for stretch, which in ((0, "closes"), (1, "opens"))
            )
            if first is not None and second is not None and _minutes(second) < _end(first):
                self.add_error(
                    _place(day, 1, "opens"), str(_("Khung giờ thứ hai phải sau khung giờ thứ nhất."))
                )
        if not filled:
            self.add_error("hours", str(_("Xin nhập giờ của ít nhất một ngày.")))

    def _check(self, opens: str, closes: str, *, one_day: bool = True) -> None:
        start, end = self.cleaned_data.get(opens), self.cleaned_data.get(closes)
        if start is None or end is None:
            if opens not in self.errors and closes not in self.errors:
                self.add_error(opens if start is None else closes, str(BOTH))
        elif one_day and _end(end) <= _minutes(start):
            self.add_error(closes, str(CLOSES_FIRST))

    def _typed_days(self) -> list[tuple[int, time, time]]:
        found = []
        for day in range(len(DAYS)):
            for stretch in range(STRETCHES):
                opens = self.cleaned_data.get(_place(day, stretch, "opens"))
                closes = self.cleaned_data.get(_place(day, stretch, "closes"))
                if opens is not None and closes is not None:
                    found.append((day, opens, closes))
        return found


def initial_hours(weekdays: Sequence[DayHours]) -> Mapping[str, Any]:
    """The plainest way to say these hours, filled in."""
    if not weekdays:
        return {"hours": ALWAYS}
    first, last = weekdays[0], weekdays[-1]
    filled: dict[str, Any] = {}
    for hours in sorted(weekdays):
        stretch = 1 if _place(hours.weekday, 0, "opens") in filled else 0
        filled[_place(hours.weekday, stretch, "opens")] = _time(hours.opens)
        filled[_place(hours.weekday, stretch, "closes")] = _time(hours.closes)
    days = [hours.weekday for hours in weekdays]
    if tuple(weekdays) == daily_hours(days, first.opens, first.closes):
        return filled | {
            "hours": DAILY,
            "daily_days": [str(day) for day in days],
            "daily_opens": _time(first.opens),
            "daily_closes": _time(first.closes),
        }
    if first.weekday < last.weekday and tuple(weekdays) == weekly_span(
        first.weekday, first.opens, last.weekday, last.closes
    ):
        return filled | {
            "hours": SPAN,
            "span_first": str(first.weekday),
            "span_opens": _time(first.opens),
            "span_last": str(last.weekday),
            "span_closes": _time(last.closes),
        }
    return filled | {"hours": OWN}


def _place(day: int, stretch: int, which: str) -> str:
    return f"day-{day}-{which}-{stretch + 1}"


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _end(moment: time) -> int:
    """A field of time knows no 24:00: midnight ends the day."""
    return _minutes(moment) or DAY_MINUTES


def _time(minutes: int) -> time:
    return time(minutes % DAY_MINUTES // 60, minutes % 60)
