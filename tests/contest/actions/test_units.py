"""Changing a contest's tree of units; reliability A13: moving keeps totals, parent = children + own."""

import pytest

from contest.actions import units
from contest.errors import Refusal
from contest.models import Attempt, Entrant, Unit
from contest.queries import dashboard
from contest.queries import units as queries
from tests.builders import at, world

pytestmark = pytest.mark.django_db
TREE = """\
Đoàn xã A; 100
  Chi đoàn 1; 40
  Chi đoàn Sen
Đoàn xã B
  Chi đoàn 1
"""


@pytest.fixture
def place():
    place = world()
    place.root = place.contest.unit_root
    return place


def deed(place, call, *args, **keywords):
    return call(place.contest, *args, actor=place.chief, now=at(1), **keywords)


def plant(place, pasted, parent=None):
    return deed(place, units.plant_lines, parent or place.root, pasted)


def unit(name, parent="Đoàn xã A"):
    return Unit.objects.get(name=name, parent__name=parent)


def code_of(call, *args, **keywords):
    with pytest.raises(Refusal) as caught:
        call(*args, **keywords)
    return caught.value.code


def tree_holds():
    """Paths, depths and full names are what the parents say."""
    for one in Unit.objects.select_related("parent"):
        above = one.parent
        assert one.path == f"{above.path if above else ''}{one.pk}/"
        assert one.depth == (above.depth + 1 if above else 0)
        assert one.full_name == (f"{one.name}, {above.full_name}" if above else one.name)
    return True


def test_a_pasted_tree_is_planted_once(place):
    assert plant(place, TREE) == 5
    assert plant(place, TREE + "  Chi đoàn 3; 12") == 1

    assert tree_holds()
    assert (unit("Chi đoàn 1").member_count, unit("Chi đoàn 3", "Đoàn xã B").member_count) == (40, 12)
    assert [found.name for found in queries.search("xa a chi doan sen", contest=place.contest.slug)] == [
        "Chi đoàn Sen"
    ]
    assert list(place.contest.audit.values_list("deed", flat=True))[-2:] == ["plant-units", "plant-units"]


def test_nothing_is_planted_when_a_line_is_wrong(place):
    before = Unit.objects.count()

    with pytest.raises(Refusal) as caught:
        plant(place, "Đoàn xã A\n; 3")

    assert (caught.value.code, caught.value.facts["line"]) == ("units-malformed", 2)
    assert Unit.objects.count() == before
    assert [line.verdict.value for line in units.judge_lines(place.root, "Đoàn xã A\n; 3")] == [
        "new",
        "nameless",
    ]
    assert code_of(plant, place, "\n \n") == "units-empty"


def test_five_thousand_lines_are_planted_in_one_request_and_no_more(place, django_assert_max_num_queries):
    lines = [f"Xã {ward} > Chi đoàn {branch}; 30" for ward in range(50) for branch in range(100)]

    # In bundles, not one by one: a request must not outlast its server's patience.
    with django_assert_max_num_queries(200):
        assert plant(place, "\n".join(lines)) == 5_050

    assert code_of(units.judge_lines, place.root, "\n".join([*lines, "Xã thừa"])) == "units-too-many"


def test_renaming_rewrites_the_names_below_and_leaves_copies_alone(place):
    plant(place, TREE)
    entrant = place.entrant(unit=unit("Chi đoàn 1"))
    deed(place, units.rename_unit, unit("Đoàn xã A", place.root.name), "Đoàn phường A", member_count=90)

    assert tree_holds()
    assert unit("Chi đoàn 1", "Đoàn phường A").full_name.startswith("Chi đoàn 1, Đoàn phường A, ")
    assert Entrant.objects.get(pk=entrant.pk).unit_name.startswith("Chi đoàn 1, Đoàn xã A, ")
    taken = unit("Đoàn phường A", place.root.name)
    assert code_of(deed, place, units.rename_unit, taken, "Đoàn xã B", member_count=None) == "unit-exists"


def totals(place):
    """Everybody's numbers by path, and the sums of children for every unit."""
    lines = dashboard.participation(place.round, now=at(20))
    return {
        line.path: (line.registered, line.people, line.attempts, line.finished, line.points) for line in lines
    }


def test_moving_takes_the_subtree_along_and_keeps_every_total(place):
    plant(place, TREE)
    for number, home in enumerate(
        (unit("Chi đoàn 1"), unit("Chi đoàn Sen"), unit("Đoàn xã B", place.root.name))
    ):
        place.finish(place.entrant(f"Người {number}", unit=home), right=number, now=at(5))
    before, paths = totals(place), list(Attempt.objects.order_by("pk").values_list("unit_path", flat=True))

    moved = deed(place, units.move_unit, unit("Đoàn xã A", place.root.name), unit("Đoàn xã B", place.root.name),
                 reason="sáp nhập")  # fmt: skip

    assert tree_holds()
    assert moved.parent.name == "Đoàn xã B"
    assert unit("Chi đoàn Sen").path.startswith(moved.path)
    after = totals(place)
    assert after == before
    assert list(Attempt.objects.order_by("pk").values_list("unit_path", flat=True)) == paths
    root = after[place.root.path]
    children = [found for path, found in after.items() if path.count("/") == 2]
    assert root == tuple(sum(column) for column in zip(*children, strict=True))
    entry = place.contest.audit.last()
    assert (entry.deed, entry.reason) == ("move-unit", "sáp nhập")


def test_moves_that_make_no_tree_are_refused(place):
    plant(place, TREE)
    first, below = unit("Đoàn xã A", place.root.name), unit("Chi đoàn 1")

    def move(what, where, reason="vì sao"):
        return code_of(deed, place, units.move_unit, what, where, reason=reason)

    assert move(first, first) == move(first, below) == "unit-below-itself"
    assert move(place.root, below) == "unit-root-set"
    assert move(below, unit("Đoàn xã B", place.root.name)) == "unit-exists"
    assert move(first, below, reason=" ") == "reason-missing"
    other = units.add_unit("Tỉnh khác")
    assert move(first, other) == move(other, first) == "unit-outside"
    plant(place, " > ".join("KLMNOPQRSTU"))
    assert move(first, Unit.objects.get(name="U")) == "unit-too-deep"
    assert tree_holds()


def test_a_hidden_unit_is_found_by_its_organisers_alone(place):
    plant(place, TREE)
    hidden = unit("Đoàn xã A", place.root.name)

    assert deed(place, units.set_active, hidden, active=False) == 3
    assert queries.search("chi doan sen", contest=place.contest.slug) == []
    assert queries.find(place.root, "chi doan sen") == [unit("Chi đoàn Sen")]
    assert deed(place, units.set_active, hidden, active=True) == 3
    assert queries.search("chi doan sen", contest=place.contest.slug) == [unit("Chi đoàn Sen")]


def test_a_contest_without_a_tree_gets_its_root(place):
    place.contest.unit_root = None
    place.contest.save()

    root = deed(place, units.add_to_contest, "Huyện đoàn", parent=None, member_count=None)

    place.contest.refresh_from_db()
    assert place.contest.unit_root == root
    assert (
        code_of(deed, place, units.add_to_contest, "Nữa", parent=None, member_count=None) == "unit-root-set"
    )
    added = deed(place, units.add_to_contest, "Xã", parent=root, member_count=5)
    assert added.path == f"{root.path}{added.pk}/"
