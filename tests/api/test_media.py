"""Pictures and sounds from the bank to the phone: on papers, over the API, on pages; absent where there are none."""

import hashlib
import json

import pytest
from django.test import Client

from contest.live.rules import LiveRules
from contest.models import Paper
from contest.queries import live_plan, tokens
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.live_plan import Line
from contest.rules.ranking import Chain
from contest.rules.rulebook import Rules
from contest.rules.visibility import ReviewPolicy
from question_bank.models import Media
from question_bank.rules.media import MediaKind
from tests import builders
from tests.api.conftest import as_entrant
from tests.question_bank.formats import files

pytestmark = pytest.mark.django_db
BOTH = {MediaKind.PICTURE: files.saved(files.drawn(), "PNG"), MediaKind.SOUND: files.wav()}
PLAIN = {"no", "version", "kind", "points", "topic", "stem", "body"}


@pytest.fixture
def world(clock):
    """A round that asks one question with a picture and a sound, and one without."""
    builders.approved(builders.single(100), topic="II.1.2", files=BOTH)
    plan = Blueprint((Cell("II.1.2", 1), Cell("II.1.1", 1)))
    chain = Chain(("attempt_id",))
    return builders.world(
        questions_asked=1, rules=Rules(blueprint=plan, chain=chain, review=ReviewPolicy.AFTER_SUBMIT)
    )


@pytest.fixture
def entrant(world):
    return world.entrant()


@pytest.fixture
def shown(world):
    """What is shown of the two files."""
    picture, sound = Media.objects.order_by("kind")
    return [
        {
            "kind": "picture",
            "url": f"/tep/{picture.digest}",
            "alt": "Tệp picture",
            "size": picture.size,
            "width": 64,
            "height": 48,
        },
        {"kind": "sound", "url": f"/tep/{sound.digest}", "alt": "Tệp sound", "size": sound.size},
    ]


def page_of(world, entrant, path):
    client = Client()
    client.cookies[f"entrant_{world.contest.pk}"] = tokens.write_entrant(entrant.pk)
    return client.get(path).content.decode()


def test_a_paper_holds_them_by_an_allow_list_and_nothing_where_there_are_none(world, shown):
    paper = Paper.objects.get()
    illustrated, plain = sorted(paper.items, key=lambda item: "media" not in item)

    assert set(plain) == PLAIN
    assert illustrated["media"] == shown
    assert set(illustrated) == PLAIN | {"media"}
    text = json.dumps([paper.items, paper.keys], ensure_ascii=False, sort_keys=True)
    assert paper.content_hash == hashlib.sha256(text.encode()).hexdigest()
    for media in Media.objects.all():
        assert media.content_type not in text


def test_a_live_round_gets_them_with_its_plan(world, shown):
    lines = [
        Line(type="question", version_id=item["version"])
        for item in sorted(Paper.objects.get().items, key=lambda item: "media" not in item)
    ]

    items, _ = live_plan.build([*lines, Line(type="slide", stem="Nghỉ")], LiveRules())

    assert [list(item.media) for item in items] == [shown, [], []]


def test_the_api_gives_them_with_the_item_and_again_with_the_review(world, entrant, shown):
    api = as_entrant(entrant)
    _, body = api("POST", f"rounds/{world.round.pk}/attempts", {"start_key": "khoa-bat-dau"})
    items = sorted(body["attempt"]["items"], key=lambda item: "media" not in item)

    assert [item.get("media") for item in items] == [shown, None]

    done = world.finish(world.entrant("Trần Văn Hòa"), right=2, now=builders.at(1))
    _, result = as_entrant(done.entrant)("GET", f"attempts/{done.public_id}/result")
    assert sorted((review["media"] for review in result["reviews"]), key=len) == [[], shown]


def test_the_pages_of_an_attempt_and_of_its_result_show_them_once(world, entrant, shown):
    attempt = world.start(entrant, now=builders.at(1))
    done = world.finish(world.entrant("Trần Văn Hòa"), right=2, now=builders.at(1))

    for page in (
        page_of(world, entrant, f"/bai-thi/{attempt.public_id}/"),
        page_of(world, done.entrant, f"/bai-thi/{done.public_id}/ket-qua/"),
    ):
        picture, sound = shown
        assert page.count('class="media"') == 1
        assert f'<img class="media__picture" src="{picture["url"]}" alt="Tệp picture"' in page
        assert f'<audio class="media__sound" src="{sound["url"]}" controls' in page
        assert "<p>Tệp sound</p>" in page
