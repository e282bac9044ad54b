"""Opening a zip of XML that came from outside: every limit is checked before anything is parsed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from question_bank.errors import Refusal

MAX_BYTES = 20_000_000
MAX_ENTRIES = 2000
MAX_UNPACKED = 200_000_000
MAX_PART = 30_000_000
MAX_RATIO = 100
_RATIO_FROM = 1_000_000
_CHUNK = 1 << 16


class Package:
    """An opened zip within the limits: 20 MB, 2000 entries, 200 MB unpacked, ratio 100.

    Opening raises Refusal `file-empty`, `file-too-large`, `package-damaged` or `package-bomb`.
    """

    def __init__(self, data: bytes) -> None:
        if not data:
            raise Refusal("file-empty")
        if len(data) > MAX_BYTES:
            raise Refusal("file-too-large", limit=MAX_BYTES)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise Refusal("package-damaged") from None
        _check_sizes(self._zip.infolist())
        self._names = frozenset(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> Element:
        """Return the root of one XML part.

        Raises Refusal `package-damaged` (part missing or broken), `package-encrypted`, `file-too-large`
        (over 30 MB) or `package-doctype` (it declares a document type or entities).
        """
        try:
            root: Element = fromstring(self._bytes(name), forbid_dtd=True)
        except DefusedXmlException:
            raise Refusal("package-doctype", part=name) from None
        except ParseError:
            raise Refusal("package-damaged", part=name) from None
        return root

    def _bytes(self, name: str) -> bytes:
        if name not in self._names:
            raise Refusal("package-damaged", part=name)
        info = self._zip.getinfo(name)
        if info.file_size > MAX_PART:
            # The tree of a part takes about ten times its size in memory.
            raise Refusal("file-too-large", part=name, limit=MAX_PART)
        if info.flag_bits & 1:
            raise Refusal("package-encrypted", part=name)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refusal("package-damaged", part=name)
        try:
            return b"".join(self._chunks(info))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
            raise Refusal("package-damaged", part=name) from None

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a part piecemeal: read whole, one that lies about its size is unpacked before it is cut."""
        with self._zip.open(info) as part:
            while chunk := part.read(_CHUNK):
                yield chunk


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the directory says; no more than it says is ever unpacked."""
    if len(entries) > MAX_ENTRIES:
        raise Refusal("package-bomb", entries=len(entries), limit=MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise Refusal("package-bomb", unpacked=unpacked, limit=MAX_UNPACKED)
    for entry in entries:
        # Small parts of repeated markup compress very well and harm nobody.
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Refusal("package-bomb", part=entry.filename, limit=MAX_RATIO)
