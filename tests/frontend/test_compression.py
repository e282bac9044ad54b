"""Pages travel compressed where that tells nothing to whoever counts bytes."""

import gzip

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import Client, RequestFactory

from contest.models import User
from frontend.compression import CompressedPages, compressed

PAGE = "<p>Câu hỏi</p>" * 200
ZIPPED = {"Accept-Encoding": "br, gzip"}


def through(response, path="/", **request):
    given = {"headers": ZIPPED, **request}
    method = given.pop("method", "GET")
    cookies = given.pop("cookies", {})
    sent = RequestFactory().generic(method, path, **given)
    sent.COOKIES.update(cookies)
    return CompressedPages(lambda _request: response)(sent)


def test_a_page_is_compressed_and_says_so():
    page = through(HttpResponse(PAGE))

    assert gzip.decompress(page.content).decode() == PAGE
    assert page["Content-Encoding"] == "gzip"
    assert page["Content-Length"] == str(len(page.content))
    assert page["Vary"] == "Accept-Encoding"
    assert len(page.content) < 500


@pytest.mark.parametrize(
    ("response", "request_"),
    [
        (HttpResponse(PAGE), {"path": "/tra-cuu/?ma=ABCD"}),
        (HttpResponse(PAGE), {"method": "POST"}),
        (HttpResponse(PAGE), {"cookies": {"sessionid": "x"}}),
        (HttpResponse(PAGE, status=404), {}),
        (HttpResponse(PAGE, headers={"Content-Encoding": "br"}), {}),
        (HttpResponse("<p>ngắn</p>"), {}),
        (HttpResponse(PAGE, content_type="application/vnd.ms-excel"), {}),
        (JsonResponse({"rows": PAGE}), {}),
    ],
)
def test_what_might_tell_a_secret_or_is_not_worth_it_stays_as_it_is(response, request_):
    content = response.content

    assert through(response, **request_).content == content


@pytest.mark.parametrize(
    ("accepts", "zipped"), [("", False), ("br", False), ("gzip;q=0", False), ("gzip", True)]
)
def test_only_a_browser_that_asks_gets_gzip(accepts, zipped):
    page = through(HttpResponse(PAGE), headers={"Accept-Encoding": accepts})

    assert page.has_header("Content-Encoding") is zipped
    assert page["Vary"] == "Accept-Encoding"


def test_the_length_of_a_page_is_blurred():
    assert len({len(compressed(PAGE.encode())) for _ in range(40)}) > 5


@pytest.mark.django_db
def test_pages_of_visitors_are_compressed_and_those_of_staff_are_not():
    visitor, staff = Client(), Client()
    staff.force_login(User.objects.create_user("truong-ban", can_organise=True))

    assert visitor.get("/tra-cuu/", headers=ZIPPED)["Content-Encoding"] == "gzip"
    assert not staff.get("/to-chuc/", headers=ZIPPED).has_header("Content-Encoding")
    assert not visitor.get("/api/v1/contests", headers=ZIPPED).has_header("Content-Encoding")
