"""What stands around the tree: letterhead, kind, title and preamble before it, recipients and signature after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.rules.outline.lines import Line, is_full, is_terminated, passage
from question_bank.rules.outline.nodes import Passage
from question_bank.rules.outline.titles import plain
from question_bank.rules.text import fold

_DOC_TYPES = (
    "KẾ HOẠCH|ĐỀ CƯƠNG|HƯỚNG DẪN|CHƯƠNG TRÌNH|NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|QUY ĐỊNH|QUY CHẾ|QUYẾT ĐỊNH|"
    "THỂ LỆ|ĐIỀU LỆ|THÔNG TRI|THÔNG BÁO|BÁO CÁO|ĐỀ ÁN|CÔNG VĂN"
)
_DOC_TYPE = re.compile(rf"({_DOC_TYPES})(?: (?!$)(.*))?$")
_TITLE_LINE = 200
_RECIPIENTS = "noi nhan"
_BULLET = re.compile(r"\\?[-–—+•*] ")
_END_OF_BODY = "./."


@dataclass(frozen=True, slots=True)
class Front:
    """The part before the first heading."""

    doc_type: str
    title: str
    letterhead: tuple[Passage, ...]
    preamble: tuple[Passage, ...]


def read_front(source: str, lines: Sequence[Line], *, width: int) -> Front:
    """Return what precedes the tree. Without a known kind of document the first short line is the title."""
    for place, line in enumerate(lines):
        match = _DOC_TYPE.match(plain(line.text))
        if match is not None:
            title, used = _title(lines[place + 1 :], match.group(2) or "")
            rest = lines[place + 1 + used :]
            letterhead = _passages(source, lines[:place], width=width)
            return Front(match.group(1), title, letterhead, _passages(source, rest, width=width))
    title, used = _title(lines, "")
    return Front("", title, (), _passages(source, lines[used:], width=width))


def _title(lines: Sequence[Line], begun: str) -> tuple[str, int]:
    """Return the title and the number of lines it takes: short lines up to a blank one or a full stop."""
    parts = [begun] if begun else []
    used = 0
    for line in lines:
        if (parts and line.blank_before) or len(line.text) > _TITLE_LINE or line.text.endswith("."):
            break
        parts.append(plain(line.text))
        used += 1
    return " ".join(parts), used


def _passages(source: str, lines: Sequence[Line], *, width: int) -> tuple[Passage, ...]:
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and not line.blank_before and _runs_on(blocks[-1][-1], line, width):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(passage(source, block) for block in blocks)


def _runs_on(before: Line, line: Line, width: int) -> bool:
    return is_full(before, line, width) or (not is_terminated(before.text) and line.starts_low)


@dataclass(frozen=True, slots=True)
class Back:
    """The part after the tree, and the number of lines that come before it."""

    body: int
    recipients: tuple[Passage, ...]
    signature: Passage | None


def read_back(source: str, lines: Sequence[Line], *, width: int) -> Back:
    """Return what follows the tree: from “Nơi nhận:” on, or else after the last paragraph ending in `./.`"""
    for place, line in enumerate(lines):
        if fold(plain(line.text)).startswith(_RECIPIENTS):
            recipients, used = _recipients(lines[place + 1 :], width=width)
            return _back(source, place, recipients, lines[place + 1 + used :])
    ends = [place + 1 for place, line in enumerate(lines) if plain(line.text).endswith(_END_OF_BODY)]
    body = ends[-1] if ends else len(lines)
    return _back(source, body, [], lines[body:])


def _back(source: str, body: int, recipients: list[list[Line]], rest: Sequence[Line]) -> Back:
    return Back(
        body,
        tuple(passage(source, block) for block in recipients),
        passage(source, rest) if rest else None,
    )


def _recipients(lines: Sequence[Line], *, width: int) -> tuple[list[list[Line]], int]:
    """Return the recipients' lines and how many lines they take: bullets and what runs on from them."""
    blocks: list[list[Line]] = []
    used = 0
    for line in lines:
        if _BULLET.match(line.text):
            blocks.append([line])
        elif blocks and not line.blank_before and _runs_on(blocks[-1][-1], line, width):
            blocks[-1].append(line)
        else:
            break
        used += 1
    return blocks, used
