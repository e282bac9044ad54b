"""The service worker keeps one page that is the same for everybody."""

import json
import re

import pytest
from django.test import Client

from contest.models import User


@pytest.fixture
def visitor():
    return Client()


def kept(response):
    return json.loads(response.content.decode().removeprefix("self.KEPT=").split(";\n")[0])


def test_the_worker_serves_the_whole_site_under_a_strict_policy(visitor):
    response = visitor.get("/sw.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "max-age=3600"
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    assert "import" not in response.content.decode().split(";\n", 1)[1].split("(")[0]


def test_it_keeps_the_offline_page_with_everything_that_page_needs_and_nothing_else(visitor):
    files = kept(visitor.get("/sw.js"))["files"]
    page = visitor.get("/ngoai-tuyen/").content.decode()

    needed = re.findall(r'<(?:link[^>]*? href|script[^>]*? src|img[^>]*? src)="([^"]+)"', page)
    assert set(needed) - {"/static/frontend/icons/touch.png"} <= set(files)
    assert all(
        re.fullmatch(r"/static/frontend/(dist/assets|icons)/[^/]+\.(css|js|svg)", name) for name in files
    )


@pytest.mark.django_db
def test_page_and_worker_are_the_same_for_everybody(visitor):
    staff = Client(headers={"Accept-Language": "en"})
    staff.force_login(User.objects.create_user("truong-ban", can_organise=True))

    for address in ("/ngoai-tuyen/", "/sw.js"):
        assert staff.get(address).content == visitor.get(address).content
    assert not re.search(
        r"csrf|sign-out|đăng xuất", visitor.get("/ngoai-tuyen/").content.decode(), re.IGNORECASE
    )


def test_the_page_speaks_both_languages(visitor):
    page = visitor.get("/ngoai-tuyen/").content.decode()

    assert '<html lang="vi">' in page
    assert "<h1>Mất mạng</h1>" in page
    assert "No network" in page.split('lang="en"')[1]


def test_another_page_to_keep_is_another_cache(visitor, settings):
    before = kept(visitor.get("/sw.js"))["name"]
    settings.SITE_NAME = "Thi tìm hiểu"

    assert kept(visitor.get("/sw.js"))["name"] != before
