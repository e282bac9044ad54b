"""Marking many attempts at once gives what marking each alone gives."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contest.queries import marking, snapshots
from tests import builders

pytestmark = pytest.mark.django_db
RESPONSES = st.one_of(
    st.none(),
    st.sampled_from(["", "a", "b", "true", "35-NQ/TW", "['a']", "[['a', 'b']]"]),
    st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
    st.lists(st.lists(st.sampled_from(["a", "b"]), min_size=2, max_size=2), max_size=2),
)


@pytest.mark.parametrize("partial", [True, False])
def test_a_marker_gives_the_marks_of_each_attempt_alone(partial):
    place = builders.world()
    paper = snapshots.paper(place.round.papers.first().pk)
    marker = marking.Marker(partial=partial)

    @settings(
        max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    @given(st.dictionaries(st.sampled_from(list(paper.by_number)), RESPONSES))
    def same(answers):
        alone = tuple(marking.marks(paper, answers, partial=partial))
        assert marker.marks(paper.id, answers) == alone
        assert marker.marks(paper.id, answers) == alone

    same()


def test_a_marker_marks_by_the_corrected_key():
    place = builders.world()
    paper = snapshots.paper(place.round.papers.first().pk)
    item = paper.items[0]
    right = paper.keys[str(item["no"])]["accepted"][0]
    answers = {str(item["no"]): right}
    other = {**paper.keys[str(item["no"])], "accepted": ["nothing like it"]}

    plain = marking.Marker(partial=False).marks(paper.id, answers)
    corrected = marking.Marker(partial=False, keys={item["version"]: other}).marks(paper.id, answers)

    assert (plain[0].earned, corrected[0].earned) == (1, 0)
    assert plain[1:] == corrected[1:]
