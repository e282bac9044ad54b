"""Reading a pasted tree of units: indented lines or "Cha > Con" lines, each with its number of members if it is known.

    Đoàn xã Đồng Mít; 600            Đoàn xã Đồng Mít > Chi đoàn thôn 1; 42
      Chi đoàn thôn 1<tab>42         Đoàn xã Đồng Mít > Chi đoàn thôn 2

A line is indented by tabs or spaces; what is indented further than the line above lies in it. The members follow a tab
or a semicolon. Pure: what is there already is an argument.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from question_bank.rules import text

MOST_LINES = 5_000
LONGEST_NAME = 200
MOST_MEMBERS = 10_000_000
_MEMBERS = re.compile(r"^(?P<name>.*?)\s*[;\t]\s*(?P<count>[^;\t]*)$")
_STEP = re.compile(r"\s+>\s+|^\s*>\s*|\s*>\s*$")
_COUNT = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")

Path = tuple[str, ...]


class Verdict(StrEnum):
    """What would become of a line; all but the first three are wrong and keep the whole from being planted."""

    NEW = "new"
    KNOWN = "known"
    REPEATED = "repeated"
    NAMELESS = "nameless"
    TOO_LONG = "too-long"
    TOO_DEEP = "too-deep"
    COUNT_MALFORMED = "count-malformed"
    MISALIGNED = "misaligned"


FINE = frozenset({Verdict.NEW, Verdict.KNOWN, Verdict.REPEATED})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: `number` from 1 in what was pasted, `path` the names from the top down, () when it has none."""

    number: int
    text: str
    path: Path
    members: int | None
    verdict: Verdict

    @property
    def depth(self) -> int:
        """0 at the top."""
        return max(0, len(self.path) - 1)


def count_lines(pasted: str) -> int:
    """Lines that hold anything."""
    return sum(1 for line in pasted.splitlines() if line.strip())


def read(pasted: str, *, known: Collection[Path] = (), most_depth: int = 12) -> list[Line]:
    """Every line that holds anything, with its verdict. `known` paths are there already.

    `most_depth`: how many units may stand above one another. A line below a wrong one is judged as if that were right.
    Units that "Cha > Con" names on the way are planted too, without a line of their own.
    """
    there, found = set(known), []
    open_lines: list[tuple[int, Path]] = []
    for number, raw in enumerate(pasted.splitlines(), start=1):
        if not raw.strip():
            continue
        indent, name, typed = _parted(raw)
        steps = tuple(text.nfc(step, collapse=True) for step in _STEP.split(name))
        while open_lines and open_lines[-1][0] >= indent:
            dropped = open_lines.pop()
            if dropped[0] == indent:
                break
        aligned = not open_lines or open_lines[-1][0] < indent
        path = (*(open_lines[-1][1] if open_lines else ()), *steps)
        members = _members(typed)
        verdict = _verdict(path, steps, there, most_depth=most_depth, aligned=aligned)
        if verdict in FINE and typed.strip() and members is None:
            verdict = Verdict.COUNT_MALFORMED
        open_lines.append((indent, path))
        if verdict is Verdict.NEW or verdict is Verdict.KNOWN:
            there.update(path[: length + 1] for length in range(len(path)))
        if verdict is Verdict.KNOWN and any(line.path == path for line in found[-1:]):
            verdict = Verdict.REPEATED
        found.append(Line(number, raw.strip(), path, members, verdict))
    return _marked_repeats(found)


def _marked_repeats(lines: Sequence[Line]) -> list[Line]:
    seen: set[Path] = set()
    marked = []
    for line in lines:
        repeated = line.verdict in FINE and line.path in seen
        marked.append(
            Line(line.number, line.text, line.path, line.members, Verdict.REPEATED) if repeated else line
        )
        seen.add(line.path)
    return marked


def _parted(raw: str) -> tuple[int, str, str]:
    """(columns of indent, name, what was typed for the members)."""
    expanded = raw.expandtabs(4) if raw[: len(raw) - len(raw.lstrip())] else raw
    indent = len(expanded) - len(expanded.lstrip())
    body = raw.strip(" \u00a0\u3000").lstrip("\t").rstrip()
    cut = _MEMBERS.match(body)
    return (indent, cut["name"], cut["count"]) if cut else (indent, body, "")


def _members(typed: str) -> int | None:
    typed = typed.strip()
    if not _COUNT.fullmatch(typed):
        return None
    number = int(re.sub(r"[. ]", "", typed))
    return number if number <= MOST_MEMBERS else None


def _verdict(path: Path, steps: Path, there: Collection[Path], *, most_depth: int, aligned: bool) -> Verdict:
    if not all(steps):
        return Verdict.NAMELESS
    if any(len(step) > LONGEST_NAME for step in steps):
        return Verdict.TOO_LONG
    if not aligned:
        return Verdict.MISALIGNED
    if len(path) > most_depth:
        return Verdict.TOO_DEEP
    return Verdict.KNOWN if path in there else Verdict.NEW
