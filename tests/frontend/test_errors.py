"""What goes wrong is a drawn page with a next step, whoever asks and whether or not the database answers."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import path

from contest.errors import Refusal
from contest.models import User
from contest.project import urls as project_urls

SIGNED_IN = ["/", "/to-chuc/", "/bien-tap/", "/tra-cuu/", "/nowhere/"]


def refuse(request, code):
    raise Refusal(code, wait_s=7, closed_at="hôm qua", reason="")


def break_down(request):
    raise RuntimeError("a fault of ours")


def too_large(request):
    return request.POST


urlpatterns = [
    path("refuse/<str:code>/", refuse),
    path("break/", break_down),
    path("large/", too_large),
    *project_urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    getattr(project_urls, f"handler{status}") for status in (400, 403, 404, 500)
)
here = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def staff(transactional_db):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("truong-ban", can_organise=True, can_write_questions=True))
    return client


@pytest.fixture
def database_away(transactional_db):
    """Nobody answers where the database was."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/no/such/folder/database"
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


def heading(response):
    page = response.content.decode()
    return page.split("<h1>")[1].split("</h1>")[0]


@here
@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        ("not-found", 404, "Không có trang này"),
        ("not-allowed", 403, "Bạn chưa vào được trang này"),
        ("throttled", 429, "Xin chờ một chút"),
        ("busy", 503, "Hệ thống đang bận"),
        ("too-large", 413, "Chưa làm được việc này"),
        ("round-closed", 409, "Vòng thi đã đóng"),
        ("a-conflict", 409, "Chưa làm được việc này"),
    ],
)
@pytest.mark.django_db
def test_a_refusal_has_its_page_and_status(visitor, code, status, words):
    response = visitor.get(f"/refuse/{code}/")

    assert (response.status_code, heading(response)) == (status, words)
    assert response.has_header("Retry-After") is (status in {429, 503})
    assert 'class="button button--primary"' in response.content.decode()


@here
@pytest.mark.django_db
def test_a_busy_visitor_is_told_how_long_to_wait(visitor):
    response = visitor.get("/refuse/throttled/")

    assert response["Retry-After"] == "7"
    assert "sau 7 giây" in response.content.decode()


@here
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "led_back"),
    [
        ("http://testserver/cuoc-thi/tuan-1/", True),
        ("http://testserver/refuse/a-conflict/", False),
        ("https://elsewhere.example/cuoc-thi/tuan-1/", False),
        ("", False),
    ],
)
def test_a_refusal_leads_back_to_the_page_of_ours_where_it_began(visitor, page, led_back):
    response = visitor.get("/refuse/a-conflict/", headers={"Referer": page})

    assert (f'<a class="button button--primary" href="{page}">' in response.content.decode()) is led_back


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_the_page_for_nonsense(visitor):
    response = visitor.get("/", headers={"Host": "evil.example", "Referer": "http://evil.example/a"})

    assert (response.status_code, heading(response)) == (400, "Máy chủ không hiểu yêu cầu này")
    assert "evil.example" not in response.content.decode()


@here
@pytest.mark.django_db
def test_a_page_for_members_sends_strangers_to_sign_in(visitor):
    response = visitor.get("/refuse/sign-in-needed/?a=1")

    assert (response.status_code, response["Location"]) == (
        302,
        "/dang-nhap/?next=/refuse/sign-in-needed/%3Fa%3D1",
    )


@here
@pytest.mark.django_db
def test_a_fault_of_ours_is_a_500_with_a_next_step(visitor):
    response = visitor.get("/break/")

    assert (response.status_code, heading(response)) == (500, "Hệ thống gặp trục trặc")
    assert response["Cache-Control"] == "no-store"


@here
@pytest.mark.django_db
def test_a_form_that_is_too_large_says_so(visitor):
    response = visitor.post("/large/", {"words": "x" * 1_100_000})

    assert response.status_code == 413
    assert "quá lớn" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/dang-xuat/", "/vong/1/vao-thi/"])
def test_an_address_that_only_takes_forms_says_so(visitor, address):
    response = visitor.get(address)

    assert (response.status_code, heading(response)) == (405, "Trang này không mở trực tiếp được")
    assert "POST" in response["Allow"]


@pytest.mark.parametrize("address", SIGNED_IN)
def test_without_a_database_members_get_a_page_that_says_when_to_come_back(staff, database_away, address):
    response = staff.get(address)

    assert (response.status_code, heading(response)) == (503, "Hệ thống đang bận")
    assert response["Retry-After"].isdigit()


@here
def test_without_a_database_the_page_for_a_fault_of_ours_is_whole(staff, database_away):
    response = staff.get("/break/")

    assert (response.status_code, heading(response)) == (500, "Hệ thống gặp trục trặc")


def test_without_a_database_whoever_needs_none_is_served(visitor, database_away):
    assert visitor.get("/dang-nhap/").status_code == 200
    assert visitor.get("/nowhere/").status_code == 404


@here
@pytest.mark.django_db
def test_a_database_that_goes_away_in_the_middleware_is_no_fault_of_ours(visitor, settings, monkeypatch):
    def gone(*given):
        raise OperationalError("gone")

    monkeypatch.setattr("django.contrib.messages.middleware.MessageMiddleware.process_request", gone)

    response = visitor.get("/tra-cuu/")

    assert (response.status_code, heading(response)) == (503, "Hệ thống đang bận")
