"""Reading pictures: what comes out is ours, within limits; what is hostile, broken or unknown is refused by code."""

import io

import pytest
from PIL import Image, PngImagePlugin

from question_bank.errors import Refusal
from question_bank.formats import pictures
from tests.question_bank.formats import files

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.parametrize(
    ("data", "content_type", "mode"),
    [
        (files.saved(files.drawn(), "PNG"), "image/png", "RGB"),
        (files.saved(files.drawn(mode="P"), "PNG"), "image/png", "P"),
        (files.saved(files.drawn(mode="L"), "PNG"), "image/png", "L"),
        (files.saved(files.drawn(mode="1"), "PNG"), "image/png", "1"),
        (files.saved(files.drawn(mode="RGBA"), "PNG"), "image/png", "RGBA"),
        (files.saved(files.drawn(mode="LA"), "PNG"), "image/png", "RGBA"),
        (files.saved(files.drawn(mode="P"), "PNG", transparency=0), "image/png", "RGBA"),
        (files.saved(files.drawn(), "JPEG"), "image/jpeg", "RGB"),
        (files.saved(files.drawn(mode="L"), "JPEG"), "image/jpeg", "L"),
        (files.saved(files.drawn(mode="CMYK"), "JPEG"), "image/jpeg", "RGB"),
        (files.saved(files.drawn(), "WEBP"), "image/jpeg", "RGB"),
        (files.saved(Image.new("RGBA", (64, 48), (9, 9, 9, 99)), "WEBP"), "image/png", "RGBA"),
        (
            files.saved(files.drawn(), "MPO", save_all=True, append_images=[files.drawn()]),
            "image/jpeg",
            "RGB",
        ),
    ],
    ids=files.short,
)
def test_a_good_picture_is_encoded_anew(data, content_type, mode):
    picture = pictures.read(data)

    with opened(picture) as image:
        assert (picture.content_type, image.mode) == (content_type, mode)
        assert (picture.width, picture.height) == image.size == (64, 48)
        assert getattr(image, "n_frames", 1) == 1


def test_where_a_photo_was_taken_is_gone_and_it_stands_upright():
    data = files.photo(turned=6)
    with Image.open(io.BytesIO(data)) as before:
        assert before.getexif().get_ifd(files.GPS)

    picture = pictures.read(data)

    with opened(picture) as image:
        assert not image.getexif()
        assert not set(image.info) & {"exif", "comment", "icc_profile", "xmp"}
        # Turned by a quarter to the right, the red half is above.
        assert (picture.width, picture.height) == image.size == (48, 64)
        assert image.convert("RGB").getpixel((24, 8))[1] < 60
        assert image.convert("RGB").getpixel((24, 56))[1] > 200
    assert files.HTML not in picture.content
    assert "Hãng".encode() not in picture.content


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_what_hides_behind_a_picture_is_left_behind(form):
    picture = pictures.read(files.saved(files.drawn(), form) + files.HTML + b"PK\x03\x04")

    assert b"script" not in picture.content
    assert b"PK\x03\x04" not in picture.content


def test_colours_told_in_a_profile_and_words_in_chunks_are_left_out():
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", "Đáp án là B")
    words.add_text("Long", "x" * 5000, zip=True)
    data = files.saved(files.drawn(), "PNG", pnginfo=words, icc_profile=b"profile" * 50)

    with opened(pictures.read(data)) as image:
        assert image.info == {}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(pictures.MOST_READ), "media-too-large"),
        (SVG, "picture-unknown"),
        (b"\xff\xfe" + SVG.decode().encode("utf-16-le"), "picture-unknown"),
        (files.HTML, "picture-unknown"),
        (b"%PDF-1.7", "picture-unknown"),
        (files.saved(files.drawn(), "GIF"), "picture-unknown"),
        (files.saved(files.drawn(), "BMP"), "picture-unknown"),
        (files.saved(files.drawn(), "TIFF"), "picture-unknown"),
        (files.saved(files.drawn(), "ICO"), "picture-unknown"),
        (files.saved(Image.new("I;16", (8, 8)), "PNG"), "picture-unknown"),
        (files.HTML + files.saved(files.drawn(), "PNG"), "picture-unknown"),
        (b"\xff\xd8\xff" + SVG, "picture-damaged"),
        (b"RIFF\0\0\0\0WEBP" + SVG, "picture-damaged"),
        (files.wav(), "picture-unknown"),
        (files.saved(files.drawn(4097, 8), "PNG"), "picture-dimensions"),
        (files.saved(files.drawn(8, 4097), "JPEG"), "picture-dimensions"),
        # Bombs: a small file that says, or is, a huge picture. The second is past the limit at which Pillow warns.
        (files.png(5000, 5000, bytes(5001 * 5000)), "picture-dimensions"),
        (files.png(11_000, 11_000, b""), "picture-dimensions"),
        (files.png(2**31 - 1, 2**31 - 1, b""), "picture-dimensions"),
        (files.png(64, 64, b"\0\0"), "picture-damaged"),
    ],
    ids=files.short,
)
def test_others_are_refused(data, code):
    with pytest.raises(Refusal) as caught:
        pictures.read(data)

    assert caught.value.code == code


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(form):
    data = files.saved(
        files.drawn(), form, save_all=True, append_images=[files.noise(64).crop((0, 0, 64, 48))]
    )

    with pytest.raises(Refusal) as caught:
        pictures.read(data)

    assert caught.value.code == "picture-animated"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_cut_picture_is_refused_wherever_it_was_cut(form):
    data = files.saved(files.noise(48), form)
    for end in range(1, len(data) - 20, max(1, len(data) // 60)):
        with pytest.raises(Refusal) as caught:
            pictures.read(data[:end])
        assert caught.value.code in {"picture-damaged", "picture-unknown"}, end


def test_a_heavy_picture_is_made_smaller():
    data = files.saved(files.noise(250).resize((3600, 2700)), "JPEG", quality=95)

    picture = pictures.read(data)

    assert len(picture.content) <= pictures.MOST_BYTES < len(data)
    assert (picture.content_type, picture.width, picture.height) == ("image/jpeg", 2048, 1536)
    with opened(picture) as image:
        assert image.size == (2048, 1536)


def test_a_heavy_drawing_becomes_a_photo_before_it_becomes_smaller():
    picture = pictures.read(files.saved(files.noise(900), "PNG"))

    assert (picture.content_type, picture.width) == ("image/jpeg", 900)


def test_a_heavy_picture_with_transparency_is_made_smaller_or_refused():
    heavy = Image.merge("RGBA", files.noise(1200, "RGBA").split())

    with pytest.raises(Refusal) as caught:
        pictures.read(files.saved(heavy, "PNG"))

    assert (caught.value.code, caught.value.facts) == ("picture-too-heavy", {"limit": pictures.MOST_BYTES})
