"""The letters of PDF documents: cleaned text, its width, and its lines.

All text is set in Be Vietnam Pro; signs that it lacks (≥, →, Greek, some emoji) come from DejaVu Sans, and what neither
has is drawn as an empty box. `make setup` puts the files into the folder beside this module; a wheel carries them.
"""

import re
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent / "fonts"
Font = Literal["text", "bold", "signs"]
FILES: dict[Font, str] = {
    "text": "BeVietnamPro-Regular.ttf",
    "bold": "BeVietnamPro-Bold.ttf",
    "signs": "DejaVuSans.ttf",
}
UNKNOWN = "\u25a1"
UNSEEN = re.compile(r"[\ufe00-\ufe0f\U000e0000-\U000e0fff]")  # variants of signs and tags: nothing to draw


def clean(text: str) -> str:
    """The text in one normal form, without control signs: nothing in it may turn, hide or overlap what stands beside.

    Line ends and no-break spaces stay; every other white space becomes a space. At most two combining marks stay
    on a letter.
    """
    text = UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    kept, marks = [], 0
    for sign in text:
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if sign in "\n\u00a0":
            kept.append(sign)
        elif sign.isspace() or category == "Cc":
            kept.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn") and marks <= 2:
            kept.append(sign)
    return "".join(kept)


class Lettering:
    """Fonts of one document: which font draws which sign, and how wide text is. Sizes and widths in points."""

    def __init__(self) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self._known: dict[Font, set[int]] = {}
        self._signs: dict[tuple[str, bool], tuple[Font, str, float]] = {}
        self._words: dict[tuple[str, bool], float] = {}

    def runs(self, text: str, *, bold: bool) -> list[tuple[Font, str, float]]:
        """Stretches of one font each: the font, what it draws, and its width at a size of 1 point."""
        signs = [self._sign(sign, bold) for sign in text]
        stretches = []
        for font, group in groupby(signs, key=lambda sign: sign[0]):
            drawn = list(group)
            stretches.append((font, "".join(sign[1] for sign in drawn), sum(sign[2] for sign in drawn)))
        return stretches

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """How wide the text is."""
        return size * sum(self._word(word, bold) for word in re.split("( )", text))

    def wrap(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """The lines of a text within a width: broken at spaces, and inside a word only where it fits no line."""
        lines = []
        for part in clean(text).split("\n"):
            lines += self._wrap(part, width / size, bold)
        return lines

    def cut(self, text: str, width: float, size: float, *, bold: bool = False) -> str:
        """The text on one line, cut with … where it is too long."""
        lines = self._wrap(clean(text).replace("\n", " "), width / size, bold)
        if len(lines) < 2:
            return lines[0]
        return self._wrap(lines[0], width / size - self._word("…", bold), bold)[0] + "…"

    def choose(self, font: Font, size: float) -> None:
        """Make this the font of what is drawn next."""
        self._load(font)
        self.pdf.set_font(font, size=size)

    def _wrap(self, text: str, room: float, bold: bool) -> list[str]:
        """The lines of one paragraph within `room`, which is a width at a size of 1 point."""
        lines, line, used = [], "", 0.0
        gap = self._word(" ", bold)
        for word in text.split(" "):
            if not word:
                continue
            long = self._word(word, bold)
            if line and used + gap + long > room:
                lines.append(line)
                line, used = "", 0.0
            pieces = [word] if long <= room else self._pieces(word, room, bold)
            lines += pieces[:-1] if not line else []
            line, used = (
                (f"{line} {word}", used + gap + long) if line else (pieces[-1], self._word(pieces[-1], bold))
            )
        return [*lines, line] if line or not lines else lines

    def _pieces(self, word: str, room: float, bold: bool) -> list[str]:
        pieces, piece, used = [], "", 0.0
        for sign in word:
            wide = self._sign(sign, bold)[2]
            if piece and used + wide > room:
                pieces.append(piece)
                piece, used = "", 0.0
            piece, used = piece + sign, used + wide
        return [*pieces, piece]

    def _word(self, word: str, bold: bool) -> float:
        if (word, bold) not in self._words:
            self._words[word, bold] = sum(self._sign(sign, bold)[2] for sign in word)
        return self._words[word, bold]

    def _sign(self, sign: str, bold: bool) -> tuple[Font, str, float]:
        """Which font draws the sign, as what, and how wide at a size of 1 point."""
        if (sign, bold) not in self._signs:
            first: Font = "bold" if bold else "text"
            if ord(sign) in self._load(first):
                font, drawn = first, sign
            else:
                font, drawn = "signs", sign if ord(sign) in self._load("signs") else UNKNOWN
            self.pdf.set_font(font, size=1000)
            self._signs[sign, bold] = font, drawn, self.pdf.get_string_width(drawn) / 1000
        return self._signs[sign, bold]

    def _load(self, font: Font) -> set[int]:
        """Load the font on first use; the code points it draws."""
        if font not in self._known:
            path = FONTS / FILES[font]
            if not path.is_file():
                raise FileNotFoundError(f"{path} is missing: `make setup` makes it")
            self.pdf.add_font(font, fname=path)
            loaded = self.pdf.fonts[font]
            assert isinstance(loaded, TTFFont)  # noqa: S101  It was read from a .ttf file.
            self._known[font] = set(loaded.cmap)
        return self._known[font]
