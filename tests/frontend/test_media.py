"""What is sent when a picture or a sound of a question is asked for."""

import pytest

from question_bank.models import Media
from question_bank.rules import media as rules
from question_bank.rules.media import MediaKind
from tests import builders
from tests.question_bank.formats import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound():
    builders.approved(builders.single(1), files={MediaKind.SOUND: files.wav()})
    return Media.objects.get()


def address(media):
    return rules.address(media.digest)


def test_a_file_is_sent_to_anybody_with_headers_that_let_it_do_nothing(client, sound):
    reply = client.get(address(sound))

    assert (reply.status_code, reply.content, reply["Content-Type"]) == (200, files.wav(), "audio/wav")
    assert {name: reply[name] for name in ("X-Content-Type-Options", "ETag", "Accept-Ranges")} == {
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{sound.digest}"',
        "Accept-Ranges": "bytes",
    }
    assert reply["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert "Content-Disposition" not in reply.headers
    assert "Set-Cookie" not in reply.headers
    assert not reply.cookies


def test_a_picture_is_sent_as_what_it_is(client):
    builders.approved(builders.single(1), files={MediaKind.PICTURE: files.photo()})

    reply = client.get(address(Media.objects.get()))

    assert (reply["Content-Type"], reply.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_the_head_alone_has_no_content(client, sound):
    reply = client.head(address(sound))

    assert (reply.status_code, reply.content) == (200, b"")


def test_what_the_browser_keeps_is_not_sent_again(client, sound):
    reply = client.get(address(sound), headers={"If-None-Match": f'W/"x", "{sound.digest}"'})
    other = client.get(address(sound), headers={"If-None-Match": '"x"'})

    assert (reply.status_code, reply.content, reply["ETag"]) == (304, b"", f'"{sound.digest}"')
    assert "immutable" in reply["Cache-Control"]
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["0" * 64, "", "x", "../../settings", "%2e%2e", "A" * 64, "0" * 63, "0" * 64 + "/", "0" * 64 + "%0a"],
)
def test_what_is_not_there_is_not_found(client, sound, path):
    assert client.get(f"/tep/{path}").status_code == 404


def test_the_address_is_the_hash_in_small_letters_alone(client, sound):
    assert client.get(address(sound).upper().replace("/TEP/", "/tep/")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=10-", 10, None),
        ("bytes=-7", -7, None),
        ("bytes=0-999999999999", 0, None),
        ("bytes=-999999999999", 0, None),
    ],
)
def test_a_range_is_sent_alone(client, sound, asked, start, end):
    whole = files.wav()

    reply = client.get(address(sound), headers={"Range": asked})

    part = whole[start:end]
    first = len(whole) + start if start < 0 else start
    assert (reply.status_code, reply.content) == (206, part)
    assert reply["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert reply["Content-Type"] == "audio/wav"


@pytest.mark.parametrize("asked", ["bytes=8-3", "bytes=99999999-", "bytes=-0"])
def test_a_range_that_is_empty_is_refused(client, sound, asked):
    reply = client.get(address(sound), headers={"Range": asked})

    assert (reply.status_code, reply["Content-Range"]) == (416, f"bytes */{len(files.wav())}")


@pytest.mark.parametrize(
    "asked", ["bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=x-1", "bytes=0-9" + "9" * 5000]
)
def test_a_range_that_makes_no_sense_is_overlooked(client, sound, asked):
    assert client.get(address(sound), headers={"Range": asked}).status_code == 200


def test_pages_may_show_pictures_and_play_sounds_of_this_server_alone(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "media-src 'self'" in policy
    assert "img-src 'self' data:" in policy
