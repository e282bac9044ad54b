"""Which reader takes a plan document, by the file's extension."""

from pathlib import PurePath

from question_bank.errors import Refusal
from question_bank.formats import text, word

READERS = {".txt": text.read, ".md": text.read, ".docx": word.read}


def read_source(name: str, data: bytes) -> str:
    """The text of a document. Refusal("file-kind-unknown", known=) for an extension without a reader; the readers'
    own refusals for files they cannot trust or decode.
    """
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Refusal("file-kind-unknown", known=", ".join(READERS))
    return reader(data)
