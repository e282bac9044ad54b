"""The plan of a live round as forms: a line each, and what may be added. Works without script."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from contest.rules.blueprint import Cell
from contest.rules.live_plan import RANGES, Line
from frontend import curation_phrases as words
from frontend.forms.curate import FilterForm
from frontend.forms.ranges import whole_number

POLL_KEYS = "abcdefgh"
MOST_DRAWN = 100


def _number(label: Any, name: str) -> forms.IntegerField:
    least, most = RANGES[name]
    return whole_number(label, least, most, required=False)


def _text(label: Any, most: int, *, rows: int = 0, required: bool = True, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=required, widget=widget, help_text=hint)


class LineForm(forms.Form):
    """What may be changed on a line: numbers left empty take the round's."""

    seconds = _number(_("Giây"), "seconds")
    points = _number(_("Điểm"), "points")
    weight = forms.TypedChoiceField(
        label=_("Hệ số"), coerce=int, choices=[(1, "×1"), (2, "×2"), (0, _("×0 (thử)"))]
    )
    bell = forms.BooleanField(label=_("Câu rung chuông"), required=False)
    stem = _text(_("Tiêu đề"), 500)
    text = _text(_("Nội dung"), 2000, rows=2, required=False)

    def __init__(self, line: Line, number: int, data: Any = None) -> None:
        self.line, self.number = line, number
        initial = {
            "seconds": line.seconds,
            "points": line.points,
            "weight": line.weight,
            "bell": line.bell,
            "stem": line.stem,
            "text": line.text,
        }
        super().__init__(data, initial=initial, prefix=f"l{number}")
        for name in self._left_out():
            del self.fields[name]

    def edited(self) -> Line:
        """The line as the valid form has it."""
        return replace(self.line, **{name: self.cleaned_data[name] for name in self.fields})

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The short fields of the line."""
        return [self[name] for name in ("seconds", "points", "weight") if name in self.fields]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The written fields of a slide or a poll."""
        return [self[name] for name in ("stem", "text") if name in self.fields]

    def _left_out(self) -> tuple[str, ...]:
        if self.line.type == "question":
            return ("stem", "text")
        shared = ("points", "weight", "bell")
        return (*shared, "text") if self.line.type == "poll" else (*shared, "seconds")


def line_forms(lines: Sequence[Line], data: Any = None) -> list[LineForm]:
    """A form for each line, numbered from 1."""
    return [LineForm(line, number, data) for number, line in enumerate(lines, start=1)]


class SlideForm(forms.Form):
    """An information slide between questions."""

    stem = _text(_("Tiêu đề"), 500)
    text = _text(_("Nội dung"), 2000, rows=3, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="slide")

    def line(self) -> Line:
        """The line of a valid form."""
        return Line("slide", stem=self.cleaned_data["stem"], text=self.cleaned_data["text"])


class PollForm(forms.Form):
    """A question without a right answer."""

    stem = _text(_("Câu thăm dò"), 500)
    options = _text(_("Các lựa chọn"), 1000, rows=4, hint=_("Mỗi dòng một lựa chọn, từ 2 đến 8 dòng."))
    kind = forms.ChoiceField(
        label=_("Cách chọn"),
        choices=[("single", _("chọn một")), ("multi", _("chọn được nhiều"))],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="poll")

    def clean_options(self) -> list[str]:
        """The lines, between two and eight, each different."""
        found = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if not 2 <= len(found) <= len(POLL_KEYS):
            raise forms.ValidationError(_("Xin ghi từ 2 đến 8 lựa chọn, mỗi dòng một lựa chọn."))
        if len(set(found)) != len(found):
            raise forms.ValidationError(_("Có hai lựa chọn giống hệt nhau."))
        return found

    def line(self) -> Line:
        """The line of a valid form."""
        given = self.cleaned_data
        options = [{"key": key, "text": text} for key, text in zip(POLL_KEYS, given["options"], strict=False)]
        return Line("poll", stem=given["stem"], kind=given["kind"], body={"options": options})


class DrawForm(forms.Form):
    """So many approved questions of a topic, level and kind, drawn by chance."""

    topic = forms.ChoiceField(label=_("Mục"), required=False)
    level = forms.ChoiceField(
        label=_("Mức độ"), choices=[("", _("Mọi mức độ")), *words.LEVELS.items()], required=False
    )
    kind = forms.ChoiceField(
        label=_("Dạng"), choices=[("", _("Mọi dạng")), *words.KINDS.items()], required=False
    )
    count = forms.IntegerField(label=_("Số câu"), min_value=1, max_value=MOST_DRAWN, initial=5)

    def __init__(self, data: Any = None, *, topics: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, prefix="draw")
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  Declared above.
        field.choices = [("", _("Toàn bộ đề cương")), *((key, f"{key} {title}") for key, title in topics)]

    def cell(self) -> Cell:
        """What is drawn."""
        given = self.cleaned_data
        return Cell(given["topic"], given["count"], 1, given["level"] or None, given["kind"] or None)


class PickFilterForm(FilterForm):
    """The bank's filters without the state: a live round asks approved questions only."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["state"].required = False
        self.data = {**{name: data.get(name, "") for name in self.fields}, "state": "approved"}
