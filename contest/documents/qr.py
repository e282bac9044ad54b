"""A QR code as SVG: plain squares, no style, no script, the same bytes for the same text."""

from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around the code, as the standard asks
LONGEST = 1000


def svg(text: str) -> bytes:
    """The code of `text` (an address, 1 to 1000 characters), readable when up to 15 % of it is damaged.

    Drawn in modules, so it is as large as whoever shows it makes it. ValueError for text too long or empty.
    """
    if not 0 < len(text) <= LONGEST:
        raise ValueError(f"a QR code of {len(text)} characters")
    rows = _modules(text)
    side = len(rows) + 2 * QUIET
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * 8}" height="{side * 8}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    ).encode()


def _modules(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _runs(row: list[bool], y: int) -> str:
    """The dark runs of one row as rectangles, one module high."""
    drawn, x = "", QUIET
    for dark, group in groupby(row):
        length = len(list(group))
        drawn += f"M{x} {y}h{length}v1h-{length}z" if dark else ""
        x += length
    return drawn
