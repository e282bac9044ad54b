"""Pictures and sounds made on the fly: good ones, and what somebody might hide in them."""

import io
import math
import random
import struct
import zlib

from PIL import Image

from question_bank.formats import ogg

GPS = 0x8825
HTML = b"<html><script>alert(1)</script></html>"


def short(value: object) -> str:
    """A name of a test's case without the bytes of its file."""
    return value.replace("/", "-") if isinstance(value, str) else ""


def drawn(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A picture with two areas, so that turning it can be seen: the left half is red."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def noise(side: int, mode: str = "RGB") -> Image.Image:
    """A picture that can't be compressed."""
    return Image.frombytes(mode, (side, side), random.Random(side).randbytes(side * side * len(mode)))


def photo(*, turned: int = 1, **options: object) -> bytes:
    """A JPEG as a phone writes it: with the place, the camera and the way it was held."""
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy ảnh"
    exif[0x0112] = turned
    exif[GPS] = {1: "N", 2: (21.0, 2.0, 10.0), 3: "E", 4: (105.0, 50.0, 5.0)}
    return saved(drawn(), "JPEG", exif=exif, comment=HTML, **options)


def png(width: int, height: int, rows: bytes) -> bytes:
    """A grey PNG that says its size, whatever stands in its rows."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a WAV file."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def wav(*, seconds: float = 0.5, rate: int = 8000, coding: int = 1, tags: bytes = b"", cut: int = 0) -> bytes:
    """A tone as WAV. `tags` stand before the sound."""
    tone = [round(9000 * math.sin(i * 440 * 2 * math.pi / rate)) for i in range(int(seconds * rate))]
    form = struct.pack("<HHIIHH", coding, 1, rate, rate * 2, 2, 16)
    samples = struct.pack(f"<{len(tone)}h", *tone)
    body = b"WAVE" + tags + chunk(b"fmt ", form) + chunk(b"data", samples)
    whole = b"RIFF" + struct.pack("<I", len(body)) + body
    return whole[: len(whole) - cut]


def mp3(frames: int = 20, *, before: bytes = b"", behind: bytes = b"") -> bytes:
    """Silence as MP3: 44.1 kHz, 128 kbit/s, 417 bytes a frame."""
    return before + (b"\xff\xfb\x90\xc4" + bytes(413)) * frames + behind


def id3(content: bytes) -> bytes:
    """An ID3v2 tag around some bytes."""
    size = bytes(len(content) >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + size + content


def page(packets: list[bytes], *, number: int, flags: int = 0, serial: int = 7) -> bytes:
    """A page of an Ogg stream with its checksum."""
    sizes = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    body = b"".join(packets)
    head = b"OggS\0" + bytes([flags]) + struct.pack("<QIII", number * 960, serial, number, 0)
    raw = bytearray(head + bytes([len(sizes)]) + sizes + body)
    whole = ogg._Page(0, 27 + len(sizes), len(raw), sizes)
    raw[22:26] = ogg._crc(raw, whole).to_bytes(4, "little")
    return bytes(raw)


def comments(*texts: bytes) -> bytes:
    """A list of comments behind the name of the encoder."""
    rows = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    return struct.pack("<I", 4) + b"test" + struct.pack("<I", len(texts)) + rows


def opus(*texts: bytes, packets: int = 25) -> bytes:
    """Silence as Opus in Ogg."""
    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48000, 0, 0)
    return (
        page([head], number=0, flags=2)
        + page([b"OpusTags" + comments(*texts)], number=1)
        + page([b"\xf8\xff\xfe"] * packets, number=packets, flags=4)
    )


def vorbis(*texts: bytes) -> bytes:
    """The heads of a Vorbis stream; the comments share their page with the packet behind them."""
    head = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44100, 0, 128000, 0, 0xB8, 1)
    tags = b"\x03vorbis" + comments(*texts) + b"\x01"
    return page([head], number=0, flags=2) + page([tags, b"\x05vorbis" + bytes(40)], number=1, flags=4)
