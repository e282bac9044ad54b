"""Reading a pasted tree of units: indented lines or "Cha > Con" lines, each with its number of members if it is known.

    Đoàn xã Đồng Mít; 600            Đoàn xã Đồng Mít > Chi đoàn thôn 1; 42
      Chi đoàn thôn 1<tab>42         Đoàn xã Đồng Mít > Chi đoàn thôn 2

A line is indented by tabs or spaces; what is indented further than the line above lies in it. The members follow a tab
or a semicolon. Pure: what is there already is an argument.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from question_bank.rules import text

MOST_LINES = 5_000
LONGEST_NAME = 200
MOST_MEMBERS = 10_000_000
_MEMBERS = re.compile(r"^(?P<name>.*?)\s*[;\t]\s*(?P<count>[^;\t]*)$")
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
    there, seen = set(known), set[Path]()
    found: list[Line] = []
    above: list[tuple[int, Path]] = []
    for number, raw in enumerate(pasted.splitlines(), start=1):
        if not raw.strip():
            continue
        indent, name, typed = _parted(raw)
        deepest = above[-1][0] if above else 0
        while above and above[-1][0] >= indent:
            deepest = above.pop()[0]
        # Less than the line above, but no line to lie beside: whose child it is, nobody can tell.
        aligned = deepest <= indent
        steps = tuple(text.nfc(step, collapse=True) for step in name.split(">"))
        path = (*(above[-1][1] if above else ()), *steps)
        members = _members(typed)
        verdict = _verdict(path, steps, most_depth=most_depth, aligned=aligned)
        if verdict is Verdict.NEW and typed and members is None:
            verdict = Verdict.COUNT_MALFORMED
        if verdict is Verdict.NEW:
            verdict = Verdict.REPEATED if path in seen else Verdict.KNOWN if path in there else Verdict.NEW
            seen.add(path)
        above.append((indent, path))
        found.append(Line(number, raw.strip(), path, members, verdict))
    return found


def _parted(raw: str) -> tuple[int, str, str]:
    """(columns of indent, name, what was typed for the members)."""
    body = raw.lstrip()
    indent = len(raw[: len(raw) - len(body)].expandtabs(4))
    cut = _MEMBERS.match(body.rstrip())
    return (indent, cut["name"], cut["count"].strip()) if cut else (indent, body.rstrip(), "")


def _members(typed: str) -> int | None:
    if not _COUNT.fullmatch(typed):
        return None
    number = int(re.sub(r"[. ]", "", typed))
    return number if number <= MOST_MEMBERS else None


def _verdict(path: Path, steps: Path, *, most_depth: int, aligned: bool) -> Verdict:
    """What is wrong with the line by itself; NEW when nothing is."""
    if not all(steps):
        return Verdict.NAMELESS
    if any(len(step) > LONGEST_NAME for step in steps):
        return Verdict.TOO_LONG
    if not aligned:
        return Verdict.MISALIGNED
    return Verdict.TOO_DEEP if len(path) > most_depth else Verdict.NEW
