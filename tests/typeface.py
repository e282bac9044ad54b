"""Makes the font files of the PDF documents from npm packages: `python tests/typeface.py` (part of `make setup`).

The web font comes cut by alphabet. A document needs one file a weight: cut files put letters of several fonts into one
word. The packages' licences lie beside the files, so that a wheel carries them, too. Nothing made here is committed;
the same packages give the same bytes.
"""

import shutil
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "frontend" / "client" / "node_modules"
FOLDER = ROOT / "contest" / "documents" / "fonts"
ALPHABETS = ("latin", "latin-ext", "vietnamese")
WEIGHTS = {"Regular": 400, "Bold": 700}


def main() -> None:
    """Write the two weights of the typeface, the font of signs it lacks, and their licences."""
    FOLDER.mkdir(exist_ok=True)
    typeface = PACKAGES / "@fontsource" / "be-vietnam-pro"
    for name, weight in WEIGHTS.items():
        files = [typeface / "files" / f"be-vietnam-pro-{part}-{weight}-normal.woff" for part in ALPHABETS]
        _joined(files).save(FOLDER / f"BeVietnamPro-{name}.ttf")
    signs = PACKAGES / "dejavu-fonts-ttf"
    shutil.copyfile(signs / "ttf" / "DejaVuSans.ttf", FOLDER / "DejaVuSans.ttf")
    shutil.copyfile(signs / "LICENSE", FOLDER / "DejaVu-LICENSE.txt")
    # Last: make takes this file as the sign that all are there.
    shutil.copyfile(typeface / "LICENSE", FOLDER / "BeVietnamPro-OFL.txt")


def _joined(paths: list[Path]) -> TTFont:
    whole, times = [], []
    for path in paths:
        font = TTFont(path, recalcTimestamp=False)
        font.flavor = None
        times.append(font["head"].modified)
        file = BytesIO()
        font.save(file)
        file.seek(0)
        whole.append(file)
    joined = Merger().merge(whole)
    joined.recalcTimestamp = False
    joined["head"].created = joined["head"].modified = max(times)
    return joined


if __name__ == "__main__":
    main()
