"""Order out of a seed: fair, and the same for ever."""

from collections import Counter
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.rules.shuffle import Stream


def test_the_published_format_never_changes() -> None:
    """These values are recorded draws: if they change, old draws can no longer be repeated."""
    stream = Stream("round-1")
    assert [stream.below(100) for _ in range(10)] == [82, 45, 20, 10, 15, 92, 50, 3, 30, 4]
    assert "".join(Stream("round-1").shuffled("abcdefgh")) == "hfbdagec"
    assert "".join(Stream("tuần 2").branch("7").shuffled("abcdefgh")) == "gdecfhba"


@given(st.text(), st.lists(st.integers(), max_size=40))
def test_shuffling_loses_and_adds_nothing(seed: str, items: list[int]) -> None:
    shuffled = Stream(seed.encode("utf-8", "replace").decode()).shuffled(items)
    assert Counter(shuffled) == Counter(items)


@given(st.text(alphabet="abc123"), st.integers(1, 2**64))
def test_numbers_stay_below_the_limit(seed: str, limit: int) -> None:
    assert 0 <= Stream(seed).below(limit) < limit


def test_no_number_is_favoured_near_the_top() -> None:
    """Of 64-bit words, those past the last whole multiple of the limit are thrown away."""
    digests = [sha256(f"fair\0{block}".encode()).digest() for block in range(50)]
    words = [
        int.from_bytes(digest[place : place + 8], "big") for digest in digests for place in (0, 8, 16, 24)
    ]
    limit = 3 << 62
    kept = [word for word in words if word < limit]
    stream = Stream("fair")
    assert [stream.below(limit) for _ in kept] == kept
    assert len(kept) < len(words)


@pytest.mark.parametrize("limit", [0, -1, 2**64 + 1])
def test_an_impossible_limit_is_an_error(limit: int) -> None:
    with pytest.raises(ValueError, match="limit out of range"):
        Stream("x").below(limit)


def test_every_order_is_about_equally_likely() -> None:
    orders = Counter("".join(Stream(f"seed {number}").shuffled("abc")) for number in range(6000))
    assert len(orders) == 6
    assert all(850 < count < 1150 for count in orders.values())


def test_branches_are_independent_of_what_was_drawn_before() -> None:
    drawn, fresh = Stream("s"), Stream("s")
    drawn.below(10)
    assert drawn.branch("a").below(10**9) == fresh.branch("a").below(10**9)
    assert fresh.branch("a").below(10**9) != fresh.branch("b").below(10**9)
