import pytest

from contest.actions import lots, rounds, settlement
from contest.errors import Refusal
from contest.models import Lot
from contest.rules.ranking import Chain
from tests.builders import CLOSES, at, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)


@pytest.fixture
def place():
    found = world(chain=Chain(("points", "lottery")))
    found.first = found.finish(found.entrant("An"), right=2, now=at(5))
    found.second = found.finish(found.entrant("Bình"), right=2, now=at(5))
    return found


def code_of(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.code, caught.value.facts.get("line")


def test_the_drawn_order_decides_and_is_in_the_audit(place):
    rounds.begin_closing(now=CLOSES)
    drawn = [place.second.receipt.lower(), place.first.receipt]

    assert lots.record_lots(place.round, drawn, actor=place.chief, now=AFTER) == 2
    settled = settlement.settle_round(place.round, actor=place.chief, now=AFTER)

    assert list(settled.standings.values_list("entrant__name", flat=True)) == ["Bình", "An"]
    assert place.contest.audit.get(deed="record-lots").facts == {
        "order": [place.second.entrant_id, place.first.entrant_id]
    }


def test_a_later_record_replaces_the_earlier_until_the_round_is_settled(place):
    rounds.begin_closing(now=CLOSES)
    codes = [place.first.receipt, place.second.receipt]
    lots.record_lots(place.round, codes, actor=place.chief, now=AFTER)
    lots.record_lots(place.round, codes[::-1], actor=place.chief, now=AFTER)

    assert list(Lot.objects.order_by("place").values_list("entrant_id", flat=True)) == [
        place.second.entrant_id,
        place.first.entrant_id,
    ]
    settlement.settle_round(place.round, actor=place.chief, now=AFTER)
    refused = code_of(lambda: lots.record_lots(place.round, codes, actor=place.chief, now=AFTER))
    assert refused == ("round-settled", None)


def test_unknown_repeated_and_early_records_are_refused_by_line(place):
    record = lots.record_lots
    codes = [place.first.receipt, "0000-0000-0000-00000"]

    assert code_of(lambda: record(place.round, codes, actor=place.chief, now=at(9)))[0] == "round-not-closed"
    assert code_of(lambda: record(place.round, codes, actor=place.chief, now=AFTER)) == ("lots-malformed", 2)
    twice = [place.first.receipt, place.first.receipt]
    assert code_of(lambda: record(place.round, twice, actor=place.chief, now=AFTER)) == ("lots-malformed", 2)
    assert code_of(lambda: record(place.round, [], actor=place.chief, now=AFTER)) == ("lots-malformed", 1)
    assert not Lot.objects.exists()
