"""Plain text for a terminal."""

import sys
from collections.abc import Sequence


def print_line(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under their titles; nothing when there are no rows."""
    if not rows:
        return
    widths = [max(len(row[place]) for row in (titles, *rows)) for place in range(len(titles))]
    for row in (titles, *rows):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        print_line("  " + "  ".join(cells).rstrip())
