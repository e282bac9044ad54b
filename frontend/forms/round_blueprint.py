"""The blueprint as rows of fields: what each row of questions is drawn from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from contest.rules.blueprint import KINDS, LEVELS, Blueprint, Cell
from question_bank.rules import kinds

ROWS = 6
MOST_ROWS = 60
CELL = re.compile(r"cell-([0-9]{1,2})-topic")
LEVEL_NAMES = {"NB": _("Nhận biết"), "TH": _("Thông hiểu"), "VD": _("Vận dụng"), "VDC": _("Vận dụng cao")}
NAMES = ("topic", "level", "kind", "count", "points")


@dataclass(frozen=True, slots=True)
class CellFields:
    """The bound fields of one row of the blueprint, in the order of the table."""

    number: int
    topic: BoundField
    level: BoundField
    kind: BoundField
    count: BoundField
    points: BoundField


class BlueprintFields(forms.Form):
    """The part of a round's form that asks what its papers are made of; `blueprint()` reads it."""

    row_count = 0

    def add_cells(self, data: Any, own: Blueprint, topics: Sequence[tuple[str, str]]) -> None:
        """As many rows as are stored and one more, or as were sent."""
        typed = [int(found[1]) + 1 for name in data or () if (found := CELL.fullmatch(name))]
        self.row_count = min(MOST_ROWS, max([ROWS, len(own.cells) + 1, *typed]))
        for number in range(self.row_count):
            self._add_cell(number, own.cells[number] if number < len(own.cells) else None, topics)

    @property
    def cells(self) -> list[CellFields]:
        """The rows of the blueprint."""
        return [
            CellFields(number + 1, *(self[f"cell-{number}-{name}"] for name in NAMES))
            for number in range(self.row_count)
        ]

    def blueprint(self) -> Blueprint:
        """The rows with a number of questions."""
        found = []
        for number in range(self.row_count):
            topic, level, kind, count, points = (self.cleaned_data[f"cell-{number}-{name}"] for name in NAMES)
            if count:
                found.append(Cell(topic, count, points or 1, level or None, kind or None))
        return Blueprint(tuple(found))

    def _add_cell(self, number: int, cell: Cell | None, topics: Sequence[tuple[str, str]]) -> None:
        choices: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
            "topic": (
                _("Nội dung"),
                [("", _("Toàn bộ đề cương")), *((key, f"{key} {title}") for key, title in topics)],
            ),
            "level": (
                _("Mức độ"),
                [("", _("Mọi mức độ")), *((level, LEVEL_NAMES[level]) for level in LEVELS)],
            ),
            "kind": (_("Dạng"), [("", _("Mọi dạng")), *((kind, _(kinds.get(kind).name)) for kind in KINDS)]),
        }
        for name, (label, options) in choices.items():
            value = getattr(cell, name, None) or ""
            if value and value not in {key for key, _label in options}:
                options.append((value, value))
            self.fields[f"cell-{number}-{name}"] = forms.ChoiceField(
                label=_labelled(label, number), choices=options, required=False, initial=value
            )
        counted = whole(
            _labelled(_("Số câu"), number), least=0, most=200, initial=cell.count if cell else None
        )
        pointed = whole(
            _labelled(_("Điểm mỗi câu"), number), least=1, most=1000, initial=cell.points if cell else 1
        )
        self.fields[f"cell-{number}-count"], self.fields[f"cell-{number}-points"] = counted, pointed


def whole(label: Any, *, least: int, most: int, initial: int | None = None) -> forms.IntegerField:
    """A whole number that may be left out."""
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, initial=initial)


def _labelled(label: Any, number: int) -> str:
    return str(_("%(label)s, dòng %(number)s")) % {"label": label, "number": number + 1}
