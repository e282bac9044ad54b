"""The numbers that Word draws before list paragraphs but does not store in their text."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PLACE = re.compile(r"%([1-9])")
_SMALL = re.compile(r"[0-9]{1,4}")
_ROMAN = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
_BULLETS = "bullet"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: `text` is Word's pattern, e.g. `%1.%2-`."""

    style: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of one document, counting as its paragraphs are read in order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, list_id: str, depth: int) -> str:
        """Return the number or bullet of the next paragraph of a list at `depth` (from 0), "" if it has none."""
        levels = self.levels.get(list_id)
        if levels is None or depth not in levels:
            return ""
        level = levels[depth]
        counts = self._counts[list_id]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.style == _BULLETS:
            return "-"
        return _PLACE.sub(lambda match: self._figure(list_id, int(match.group(1)) - 1), level.text)

    def _figure(self, list_id: str, depth: int) -> str:
        level = self.levels[list_id].get(depth, Level())
        return _figure(self._counts[list_id].get(depth, level.start), level.style)


def read_numbering(root: Element | None) -> Numbering:
    """Return the lists that numbering.xml defines; `root` is None for a document without lists."""
    if root is None:
        return Numbering()
    abstract = {
        element.get(f"{W}abstractNumId", ""): {
            small_number(level.get(f"{W}ilvl", "")): _level(level) for level in element.findall(f"{W}lvl")
        }
        for element in root.findall(f"{W}abstractNum")
    }
    lists: dict[str, dict[int, Level]] = {}
    for element in root.findall(f"{W}num"):
        target = element.find(f"{W}abstractNumId")
        if target is not None:
            lists[element.get(f"{W}numId", "")] = abstract.get(target.get(f"{W}val", ""), {})
    return Numbering(lists)


def _level(element: Element) -> Level:
    return Level(
        style=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        start=small_number(_value(element, "start"), default=1),
    )


def small_number(value: str, *, default: int = 0) -> int:
    """Return a whole number below 10 000 out of an attribute, or `default` for anything else."""
    return int(value) if _SMALL.fullmatch(value) else default


def _value(element: Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _figure(number: int, style: str) -> str:
    if style in {"upperRoman", "lowerRoman"}:
        roman = _roman(number)
        return roman if style == "upperRoman" else roman.lower()
    if style in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        return chr((ord("A") if style == "upperLetter" else ord("a")) + number - 1)
    return "" if style == "none" else str(number)


def _roman(number: int) -> str:
    figures = ""
    for value, figure in _ROMAN:
        count, number = divmod(number, value)
        figures += figure * count
    return figures
