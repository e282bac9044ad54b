"""What holds for every ranking of units: each law takes the function that ranks and gives a check of random halls."""

import itertools
from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.live.modes.totals import Total
from contest.live.ranking import Line

UNITS = {
    "hòa": ("Chi đoàn xã Hòa Bình", "chi đoàn xã  Hoà Bình", "CHI ĐOÀN XÃ HOÀ BÌNH."),
    "hoa": ("Chi đoàn xã Hoa Bình", "Chi đoàn Xã Hoa Bình "),
    "7": ("Tổ 7", "tổ 7", "TỔ 7"),
}
NOBODYS = ("", " ", "–")
# Few values, so that units tie. Time is that of right answers.
totals = st.builds(
    lambda points, right, ms: Total(points, right, ms if right else 0),
    st.sampled_from([-5, 0, 10, 15]),
    st.integers(0, 2),
    st.sampled_from([700, 900]),
)
spellings = st.sampled_from([*itertools.chain(*UNITS.values()), *NOBODYS])
people = st.lists(st.tuples(spellings, totals), max_size=7).map(
    lambda found: [Line(0, id_, f"Người {id_}", *one) for id_, one in enumerate(found, start=1)]
)
sizes = st.integers(1, 3)
LAWS = {}


def law(make):
    """Registers a law by its name."""
    LAWS[make.__name__] = make
    return make


def units_of(found):
    """The people by the unit they mean, as the test knows it."""
    meant = {spelling: name for name, spelt in UNITS.items() for spelling in spelt}
    members = {}
    for line in found:
        if line.unit in meant:
            members.setdefault(meant[line.unit], []).append(line)
    return members


def lines_of(board, found):
    """The lines of the board by the unit they stand for."""
    return {name: board.lines[board.place[own[0].id]] for name, own in units_of(found).items()}


@law
def the_order_of_people_changes_nothing(rank):
    @given(people, sizes, st.randoms(use_true_random=False))
    def check(found, best_of, dice):
        mixed = dice.sample(found, len(found))
        assert rank(mixed, best_of) == rank(found, best_of)

    return check


@law
def every_unit_stands_once_with_all_its_people(rank):
    @given(people, sizes)
    def check(found, best_of):
        board = rank(found, best_of)
        members = units_of(found)
        assert sum(line.people for line in board.lines) == sum(map(len, members.values()))
        assert len(board.lines) == len(members)
        for own in members.values():
            assert {board.place[line.id] for line in own} == {board.place[own[0].id]}
            assert board.lines[board.place[own[0].id]].people == len(own)
        assert set(board.place) == {line.id for own in members.values() for line in own}

    return check


@law
def a_unit_has_the_mean_of_its_best(rank):
    """By trying every choice of so many people, where nobody (0) may stand for somebody."""

    @given(people, sizes)
    def check(found, best_of):
        shown = lines_of(rank(found, best_of), found)
        for name, own in units_of(found).items():
            choices = itertools.combinations([line.total for line in own] + [Total()] * best_of, best_of)
            best = max(
                (sum(t.points for t in some), sum(t.right for t in some), -sum(t.ms for t in some))
                for some in choices
            )
            total = shown[name].total
            assert (total.right, -total.ms) == best[1:]
            assert total.points == int(Fraction(best[0] * 100, best_of) + Fraction(1, 2))

    return check


@law
def another_person_never_harms_a_unit(rank):
    @given(people, sizes, totals)
    def check(found, best_of, total):
        one = Line(0, len(found) + 1, "Thêm", UNITS["7"][0], total)
        after = rank([*found, one], best_of)
        if "7" in units_of(found):
            before = lines_of(rank(found, best_of), found)["7"]
            assert after.lines[after.place[one.id]].rank <= before.rank
            assert after.lines[after.place[one.id]].total.points >= before.total.points

    return check


@law
def size_alone_wins_nothing(rank):
    """However many come who are no better than the worst that counts, the unit stands where it stood."""

    @given(sizes, totals, st.integers(0, 9), st.integers(0, 9))
    def check(best_of, total, few, many):
        found = [Line(0, id_, "A", UNITS["hòa"][0], total) for id_ in range(best_of + few)]
        found += [Line(0, 100 + id_, "B", UNITS["hoa"][0], total) for id_ in range(best_of + many)]
        board = rank(found, best_of)
        assert [line.rank for line in board.lines] == [1, 1]

    return check


@law
def equals_share_a_rank_and_the_next_is_skipped(rank):
    @given(people, sizes)
    def check(found, best_of):
        lines = rank(found, best_of).lines
        keys = [(-line.total.points, -line.total.right, line.total.ms) for line in lines]
        assert [line.rank for line in lines] == [1 + sum(other < key for other in keys) for key in keys]
        assert keys == sorted(keys)

    return check


@law
def the_most_common_spelling_is_shown(rank):
    @given(people, sizes)
    def check(found, best_of):
        shown = lines_of(rank(found, best_of), found)
        for name, own in units_of(found).items():
            times = Counter(line.unit for line in own)
            commonest = [unit for unit in times if times[unit] == max(times.values())]
            first = min((line for line in own if line.unit in commonest), key=lambda line: line.id)
            assert shown[name].name == first.unit

    return check
