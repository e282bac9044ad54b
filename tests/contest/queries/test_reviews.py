"""What an entrant sees of a corrected question: nothing before the correction is published, all that holds after."""

import pytest

from contest.actions import corrections, rounds, settlement
from contest.models import Paper
from contest.queries import results, snapshots
from contest.rules.visibility import ReviewPolicy
from tests.builders import CLOSES, at, world

pytestmark = pytest.mark.django_db
AFTER = at(days=5, minutes=10)


@pytest.fixture
def played():
    """A settled round of four questions; An has answered the first three right and the fourth with a."""
    place = world(review=ReviewPolicy.AFTER_CLOSE)
    place.attempt = place.finish(place.entrant("An"), right=3, now=at(5))
    place.blank = place.start(place.entrant("Bình"), now=at(5))
    rounds.begin_closing(now=CLOSES)
    settle(place)
    place.attempt.refresh_from_db()
    place.blank.refresh_from_db()
    return place


def settle(place, reason=""):
    return settlement.settle_round(place.round, actor=place.chief, now=AFTER, reason=reason)


def correct(place, effect, answer=None, number=4):
    version = Paper.objects.get(round=place.round).items[number - 1]["version"]
    corrections.correct_key(
        place.round,
        version_id=version,
        effect=effect,
        answer=answer,
        actor=place.chief,
        reason="sai đề",
        now=AFTER,
    )


def publish(place):
    settlement.publish_round(place.round, actor=place.chief, now=AFTER)
    snapshots.forget_all()


def seen(attempt, number=4):
    """(verdict, points, maximum, note) of the question as reviewed, and the page."""
    snapshots.forget_all()
    page = results.result_page(attempt, now=AFTER)
    stem = snapshots.paper(attempt.paper_id).items[number - 1]["stem"]
    [review] = [review for review in page["reviews"] if review["stem"] == stem]
    return (review["verdict"], review["points"], review["max_points"], review["note"]), review, page


UNTOUCHED = ("wrong", 0, 1, "")


@pytest.mark.parametrize(
    ("effect", "answer", "expected", "score"),
    [
        ("accept", "a", ("right", 1, 1, "accept"), 4),
        ("accept_all", None, ("right", 1, 1, "accept_all"), 4),
        ("void", None, ("void", 1, 1, "void_full"), 4),
    ],
)
def test_a_correction_shows_once_its_edition_is_published(played, effect, answer, expected, score):
    correct(played, effect, answer)
    assert seen(played.attempt)[0] == UNTOUCHED, "recorded only"
    settle(played)
    assert seen(played.attempt)[0] == UNTOUCHED, "settled, not published"

    publish(played)

    shown, _, page = seen(played.attempt)
    assert shown == expected
    assert (page["attempt"]["score"], page["attempt"]["correct"]) == (score, 4)
    assert results.score_shown(played.attempt, played.round.settlements.last()) == (4, 4)


def test_a_correction_after_publication_waits_for_the_next_edition(played):
    publish(played)
    correct(played, "accept", "a")
    assert seen(played.attempt)[0] == UNTOUCHED

    settle(played, reason="sai đề")

    assert seen(played.attempt)[0] == ("right", 1, 1, "accept")


def test_both_options_are_shown_as_right(played):
    correct(played, "accept", "a")
    settle(played)
    publish(played)

    _, review, _ = seen(played.attempt)
    assert sum(option["right"] for option in review["options"]) == 2
    assert [option["given"] for option in review["options"] if option["right"]].count(True) == 1


def test_points_of_the_review_add_up_to_the_standing(played):
    correct(played, "accept", "a")
    correct(played, "void", number=1)
    settle(played)
    publish(played)

    for attempt in (played.attempt, played.blank):
        _, _, page = seen(attempt)
        standing = played.round.settlements.last().standings.get(attempt=attempt)
        assert (
            sum(review["points"] for review in page["reviews"]) == standing.points == page["attempt"]["score"]
        )


def test_a_question_that_counts_for_nobody_leaves_the_maximum(played):
    played.round.rules["void_removes"] = True
    played.round.save()
    correct(played, "void", number=1)
    settle(played)
    publish(played)

    shown, _, page = seen(played.attempt, number=1)
    assert shown == ("void", 0, 0, "void_removed")
    assert (page["attempt"]["score"], page["attempt"]["max_points"], page["attempt"]["total"]) == (2, 3, 3)


def test_accepting_all_does_not_credit_a_blank(played):
    correct(played, "accept_all")
    settle(played)
    publish(played)

    assert seen(played.blank)[0] == ("blank", 0, 1, "accept_all")
