"""The organisers' screen of the tree of units."""

import pytest

from contest.models import Unit
from tests.builders import user, world

pytestmark = pytest.mark.django_db
LINES = "Đoàn xã A; 100\n  Chi đoàn 1\t42\n"


@pytest.fixture
def place(client):
    place = world()
    client.force_login(place.chief)
    place.root = place.contest.unit_root
    place.address = f"/to-chuc/{place.contest.slug}/don-vi/"
    place.client = client
    return place


def press(place, action, unit=None, **typed):
    at = f"{place.address}?unit={unit.pk}" if unit else place.address
    return place.client.post(at, {"action": action, **typed})


def test_a_list_is_previewed_line_by_line_before_anything_is_written(place):
    before = Unit.objects.count()

    page = press(place, "preview", lines=f"{LINES}; 3")

    assert page.status_code == 200
    assert [verdict for _, verdict, _ in page.context["judged"]] == [
        "thêm mới",
        "thêm mới",
        "thiếu tên đơn vị",
    ]
    assert (page.context["wrong"], Unit.objects.count()) == (1, before)
    assert "Thêm vào cây" not in page.content.decode()
    assert "Đoàn xã A; 100\n  Chi đoàn 1" in page.content.decode()
    assert press(place, "plant", lines=f"{LINES}; 3").status_code == 422
    assert press(place, "plant", lines=LINES).status_code == 302
    assert Unit.objects.get(name="Chi đoàn 1").full_name == f"Chi đoàn 1, Đoàn xã A, {place.root.name}"


def test_five_thousand_lines_come_through_one_request(place):
    lines = "\n".join(
        f"Đoàn xã {ward} > Chi đoàn {branch}; 30" for ward in range(50) for branch in range(100)
    )

    assert press(place, "preview", lines=lines).context["lines"] == 5_000
    assert press(place, "plant", lines=lines).status_code == 302
    assert "5.000" not in press(place, "preview", lines="A").context.get("problem", "")
    refused = press(place, "preview", lines=f"{lines}\nXã thừa")
    assert (refused.status_code, "5000" in refused.context["problem"]) == (422, True)


def test_units_are_added_renamed_moved_and_hidden(place):
    press(place, "plant", lines=f"{LINES}Đoàn xã B")
    first, second = (Unit.objects.get(name=name) for name in ("Đoàn xã A", "Đoàn xã B"))

    assert press(place, "add", first, name="Chi đoàn 2", member_count="7").status_code == 302
    assert press(place, "rename", first, name="Đoàn phường A", member_count="").status_code == 302
    assert press(place, "move", first, parent=place.root.pk, reason="").status_code == 422
    assert press(place, "move", first, parent=second.pk, reason="sáp nhập").status_code == 302
    assert press(place, "hide", second).status_code == 302

    first.refresh_from_db()
    assert (first.name, first.parent, first.member_count, first.active) == (
        "Đoàn phường A",
        second,
        None,
        False,
    )
    page = place.client.get(f"{place.address}?unit={first.pk}").content.decode()
    assert "Chi đoàn 2" in page
    assert "ngừng dùng" in page
    assert "Đoàn phường A" in place.client.get(f"{place.address}?q=phuong+a").content.decode()


def test_a_contest_without_a_tree_begins_with_its_root(place):
    place.contest.unit_root = None
    place.contest.save()

    assert "Đặt đơn vị gốc" in place.client.get(place.address).content.decode()
    assert press(place, "add", name="").status_code == 422
    assert press(place, "add", name="Huyện đoàn").status_code == 302
    place.contest.refresh_from_db()
    assert place.contest.unit_root.name == "Huyện đoàn"


def test_only_the_contests_own_tree_is_shown(place):
    outside = Unit.objects.create(
        name="Tỉnh khác", full_name="Tỉnh khác", path="999999/", search="", sort_key=""
    )

    assert place.client.get(f"{place.address}?unit={outside.pk}").status_code == 404
    place.client.force_login(user())
    assert place.client.get(place.address).status_code == 404
