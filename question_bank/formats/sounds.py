"""Reading a sound that came from outside: MP3, Ogg (Opus or Vorbis) or WAV, known by its container.

The sound itself is stored as given. Tags are left out: a title or a name of the artist could tell the answer, and they
are where another file could hide. Nothing is decoded here.
"""

from dataclasses import dataclass

from question_bank.errors import Refusal
from question_bank.formats import mp3, ogg, wav

MOST_READ = 12_000_000
MOST_BYTES = 3 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sound:
    """`content_type` is audio/mpeg, audio/ogg or audio/wav."""

    content: bytes
    content_type: str


def read(data: bytes) -> Sound:
    """The sound of a file, without its tags.

    Refusals: "file-empty"; "media-too-large" (over 12 MB); "sound-unknown" (another format); "sound-damaged";
    "sound-too-heavy" (over 3 MiB).
    """
    if not data:
        raise Refusal("file-empty")
    if len(data) > MOST_READ:
        raise Refusal("media-too-large", limit=MOST_READ)
    # Nothing is cut off an Ogg file: one that is too heavy need not be walked.
    if data.startswith(b"OggS") and len(data) > MOST_BYTES:
        raise Refusal("sound-too-heavy", limit=MOST_BYTES)
    sound = _read(data)
    if len(sound.content) > MOST_BYTES:
        raise Refusal("sound-too-heavy", limit=MOST_BYTES)
    return sound


def _read(data: bytes) -> Sound:
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return Sound(wav.untagged(data), "audio/wav")
    if data.startswith(b"OggS"):
        return Sound(ogg.untagged(data), "audio/ogg")
    if data.startswith(b"ID3") or mp3.begins_frame(data):
        return Sound(mp3.untagged(data), "audio/mpeg")
    raise Refusal("sound-unknown")
