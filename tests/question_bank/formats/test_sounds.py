"""Reading sounds: the container is walked, tags are left out, everything else is refused by code."""

import pytest

from question_bank.errors import Refusal
from question_bank.formats import sounds
from tests.question_bank.formats import files

TITLE = b"TITLE=Dap an la B"


@pytest.mark.parametrize(
    ("data", "content", "content_type"),
    [
        (files.mp3(), files.mp3(), "audio/mpeg"),
        (files.mp3(before=files.id3(TITLE * 50)), files.mp3(), "audio/mpeg"),
        (files.mp3(before=files.id3(bytes(4 * 1024 * 1024))), files.mp3(), "audio/mpeg"),
        (files.mp3(before=files.id3(TITLE) + bytes(99)), files.mp3(), "audio/mpeg"),
        (files.mp3(behind=b"TAG" + TITLE.ljust(125)), files.mp3(), "audio/mpeg"),
        (files.mp3(behind=b"APETAGEX" + TITLE * 900), files.mp3(), "audio/mpeg"),
        (files.mp3(behind=b"\xff\xfb\x90\xc4" + bytes(99)), files.mp3(), "audio/mpeg"),
        (files.wav(), files.wav(), "audio/wav"),
        (files.wav(tags=files.chunk(b"LIST", b"INFO" + TITLE)), files.wav(), "audio/wav"),
        (files.wav() + files.HTML, files.wav(), "audio/wav"),
        (files.opus(), files.opus(), "audio/ogg"),
    ],
    ids=files.short,
)
def test_a_sound_is_kept_without_its_tags(data, content, content_type):
    assert sounds.read(data) == sounds.Sound(content, content_type)


@pytest.mark.parametrize(
    ("data", "empty"),
    [
        (files.opus(TITLE, b"ARTIST=B"), bytes(4)),
        (files.opus(b"METADATA_BLOCK_PICTURE=" + files.HTML * 9, TITLE), bytes(4)),
        (files.vorbis(TITLE), bytes(4) + b"\x01"),
    ],
    ids=files.short,
)
def test_comments_of_an_ogg_file_are_emptied_in_place(data, empty):
    found = sounds.read(data).content

    assert len(found) == len(data)
    assert b"test" + empty in found
    assert b"B" not in found.replace(b"OggS", b"")
    assert b"script" not in found
    # The checksums hold: the result reads as itself.
    assert sounds.read(found).content == found
    assert [files.ogg._is_whole(bytearray(found), page) for page in files.ogg._pages(found)] == [True] * (
        3 if b"Opus" in data else 2
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (bytes(sounds.MOST_READ + 1), "media-too-large"),
        (files.HTML, "sound-unknown"),
        (b"fLaC" + bytes(99), "sound-unknown"),
        (b"\0\0\0\x20ftypM4A " + bytes(99), "sound-unknown"),
        (files.saved(files.drawn(), "PNG"), "sound-unknown"),
        (files.saved(files.drawn(), "JPEG"), "sound-unknown"),
        (files.saved(files.drawn(), "WEBP"), "sound-unknown"),
        (b"\xff\xfb\x90\xc4" + files.HTML, "sound-unknown"),
        # MP3 in name only.
        (files.id3(files.HTML), "sound-damaged"),
        (b"ID3\x04\0\0\xff\xff\xff\xff" + files.mp3(), "sound-damaged"),
        (b"ID3\x04\0", "sound-damaged"),
        (files.mp3(3), "sound-damaged"),
        (files.mp3(behind=files.HTML * 200), "sound-damaged"),
        (files.mp3() + bytes(5000) + files.HTML, "sound-damaged"),
        # WAV
        (files.wav(cut=2), "sound-damaged"),
        (files.wav(seconds=0), "sound-damaged"),
        (files.wav(coding=0x55), "sound-unknown"),
        (files.wav(rate=4000), "sound-unknown"),
        (b"RIFF\x04\0\0\0WAVE", "sound-damaged"),
        (b"RIFF\x04\0\0\0WAVE" + files.HTML, "sound-damaged"),
        (b"RIFF\x04\0\0\0WAVE" + files.chunk(b"fmt ", b"\x01"), "sound-damaged"),
        # Ogg
        (files.opus()[:-1], "sound-damaged"),
        (files.opus() + files.HTML, "sound-damaged"),
        (files.opus() + files.opus().replace(b"\x07\0\0\0", b"\x08\0\0\0"), "sound-damaged"),
        (files.opus().replace(b"OpusHead", b"OpusHeaD"), "sound-damaged"),
        (
            files.page([b"\x80theora"], number=0, flags=2) + files.page([b"x", b"y"], number=1),
            "sound-unknown",
        ),
        (files.page([b"OpusHead"], number=0, flags=2), "sound-damaged"),
        (files.page([b"OpusHead"], number=0, flags=2) + files.page([b"OpusTags"], number=1), "sound-damaged"),
        (b"OggS", "sound-damaged"),
        (files.wav(seconds=20, rate=96_000), "sound-too-heavy"),
        (files.mp3(8000), "sound-too-heavy"),
        (files.opus() + bytes(sounds.MOST_BYTES), "sound-too-heavy"),
    ],
    ids=files.short,
)
def test_others_are_refused(data, code):
    with pytest.raises(Refusal) as caught:
        sounds.read(data)

    assert caught.value.code == code


def test_every_cut_of_every_sound_is_refused_or_read_but_never_breaks():
    for data in (files.mp3(6), files.wav(seconds=0.01), files.opus(TITLE), files.vorbis(TITLE)):
        for end in range(len(data)):
            try:
                sounds.read(data[:end])
            except Refusal:
                continue
            assert data.startswith(b"\xff\xfb"), end  # a cut last frame is left out
