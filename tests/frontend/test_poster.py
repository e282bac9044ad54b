"""The QR code of a contest and the poster to print."""

import pytest

from contest.documents import qr
from tests.frontend.test_organise import bank, begin, chief, contest, desk, fresh_site  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


def test_the_code_holds_the_public_address(desk, contest):  # noqa: F811
    answer = desk.get(f"/to-chuc/{contest.slug}/ma-qr.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content == qr.svg(f"http://testserver/cuoc-thi/{contest.slug}/")


def test_the_poster_tells_who_what_when_and_where(desk, contest, bank):  # noqa: F811
    round = begin(desk, contest)

    page = desk.get(f"/to-chuc/{contest.slug}/ap-phich/").content.decode()

    for words in (contest.title, contest.organiser, round.title, f"testserver/cuoc-thi/{contest.slug}"):
        assert words in page
    assert f'src="/to-chuc/{contest.slug}/ma-qr.svg"' in page


def test_a_draft_has_no_invitation_on_its_page(desk, contest, bank):  # noqa: F811
    assert "ma-qr.svg" not in desk.get(f"/to-chuc/{contest.slug}/").content.decode()
    begin(desk, contest)
    assert "ma-qr.svg" in desk.get(f"/to-chuc/{contest.slug}/").content.decode()


@pytest.mark.parametrize("page", ["ma-qr.svg", "ap-phich/"])
def test_strangers_find_nothing(client, desk, contest, django_user_model, page):  # noqa: F811
    client.force_login(django_user_model.objects.create_user("la", password="x"))

    assert client.get(f"/to-chuc/{contest.slug}/{page}").status_code == 404
