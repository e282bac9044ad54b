"""Bytes of a .docx file → text in NFC: one paragraph a block, list numbers written out."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from question_bank.errors import Refusal
from question_bank.formats.numbering import Numbering, W, read_numbering, small_number
from question_bank.formats.package import Package
from question_bank.formats.text import refuse_legacy
from question_bank.rules.text import nfc

MAX_TEXT = 2_000_000

_DOCUMENT = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_STYLES = "word/styles.xml"
_WORD_BINARY = b"\xd0\xcf\x11\xe0"

_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
# Deleted and moved-away text, and the second copy of drawings kept for old versions of Word.
_SKIPPED = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}pPr",
        f"{W}rPr",
        f"{W}instrText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_MAX_DEPTH = 100

# (list id, depth) of a paragraph, or None outside lists.
ListPlace = tuple[str, int] | None


def read(data: bytes) -> str:
    """Return the document's text in NFC; paragraphs, table cells included, are separated by a blank line.

    Tracked changes are read as accepted. Refusals: those of `Package`, `legacy-encoding`, `file-empty`
    for a document without text, `file-too-large` for one of over 2 million code points, and
    `word-binary` for a .doc file.
    """
    if data.startswith(_WORD_BINARY):
        raise Refusal("word-binary")
    package = Package(data)
    body = package.xml(_DOCUMENT).find(f"{W}body")
    if body is None:
        raise Refusal("package-damaged", part=_DOCUMENT)
    numbering = read_numbering(package.xml(_NUMBERING) if _NUMBERING in package else None)
    styles = _style_lists(package.xml(_STYLES)) if _STYLES in package else {}
    # All paragraphs are found, and their nesting limited, before any is read.
    blocks = [_labelled(paragraph, numbering, styles) for paragraph in list(_paragraphs(body, 0))]
    text = nfc("\n\n".join(block for block in blocks if block.strip()))
    if len(text) > MAX_TEXT:
        raise Refusal("file-too-large", limit=MAX_TEXT)
    if not text:
        raise Refusal("file-empty")
    refuse_legacy(text)
    return f"{text}\n"


def _paragraphs(element: Element, depth: int) -> Iterator[Element]:
    """Yield the paragraphs in reading order, those in tables included; a text box follows its paragraph."""
    if depth > _MAX_DEPTH:
        raise Refusal("package-damaged", part=_DOCUMENT)
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{W}p":
            yield child
        yield from _paragraphs(child, depth + 1)


def _labelled(paragraph: Element, numbering: Numbering, styles: dict[str, ListPlace]) -> str:
    words = "".join(_pieces(paragraph)).strip()
    place = _list_place(paragraph, styles)
    if place is None or not words:
        return words
    label = numbering.label(*place)
    return f"{label} {words}" if label else words


def _pieces(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph's runs, without paragraphs nested in it."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{W}p":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)


def _list_place(paragraph: Element, styles: dict[str, ListPlace]) -> ListPlace:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return styles.get("")
    if properties.find(f"{W}numPr") is not None:
        return _numbered(properties)
    style = properties.find(f"{W}pStyle")
    return styles.get(style.get(f"{W}val", "") if style is not None else "")


def _numbered(properties: Element) -> ListPlace:
    """Return the list of a numPr; list 0 means that the style's numbering is switched off."""
    list_id = properties.find(f"{W}numPr/{W}numId")
    depth = properties.find(f"{W}numPr/{W}ilvl")
    value = list_id.get(f"{W}val", "0") if list_id is not None else "0"
    level = depth.get(f"{W}val", "0") if depth is not None else "0"
    return None if value == "0" else (value, small_number(level))


def _style_lists(root: Element) -> dict[str, ListPlace]:
    """Return the list of each paragraph style that has one, also by the styles it is based on."""
    own: dict[str, ListPlace] = {}
    bases: dict[str, str] = {}
    for style in root.findall(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        properties = style.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}numPr") is not None:
            own[name] = _numbered(properties)
        base = style.find(f"{W}basedOn")
        if base is not None:
            bases[name] = base.get(f"{W}val", "")
    return {name: _inherited(name, own, bases) for name in {*own, *bases}}


def _inherited(name: str, own: dict[str, ListPlace], bases: dict[str, str]) -> ListPlace:
    """Return the list of a style or of the nearest style it is based on; styles in a circle have none."""
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = bases.get(name, "")
    return None
