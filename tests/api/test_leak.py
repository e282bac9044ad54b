"""No key leaves the server before review: canaries in keys, weights, explanations and sources, every door searched.

The addresses are taken from the URL configuration, so a new one is searched too; one whose parts this test does not
know how to fill fails it. What is found after publication shows that the canaries are where a leak would be found.
"""

import gzip
import json
from datetime import timedelta
from itertools import pairwise

import pytest
from asgiref.sync import async_to_sync
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client
from django.urls import path as url_path

from api.live.consumers import BoardSocket
from api.live.hub import Hub
from contest.actions import attempts, live_setup, settlement
from contest.models import Paper
from contest.queries import board as boards
from contest.queries import snapshots, tokens
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.ranking import Chain
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from question_bank.actions.questions import Content
from question_bank.models import QuestionVersion
from tests import builders
from tests.api.conftest import Api
from tests.doors.routes import routes
from tests.live_builders import Hall

CANARY = "CHIMYEN"
KINDS = {
    "single": ({"options": [{"key": key, "text": f"Một {key}", "fixed": False} for key in "abcd"]}, "b"),
    "multi": (
        {"options": [{"key": key, "text": f"Nhiều {key}", "fixed": False} for key in "abcd"]},
        ["a", "c"],
    ),
    "truefalse": ({}, "true"),
    "fill": ({}, f"{CANARY}-dap-an"),
    "order": ({"items": [{"key": key, "text": f"Bước {key}"} for key in "abc"]}, ["c", "a", "b"]),
    "match": (
        {
            "left": [{"key": key, "text": f"Trái {key}"} for key in ("l1", "l2")],
            "right": [{"key": key, "text": f"Phải {key}"} for key in ("r1", "r2")],
        },
        [["l1", "r2"], ["l2", "r1"]],
    ),
}
GIVEN = {"single": "a", "multi": ["b"], "truefalse": "false", "fill": "khác", "order": ["a", "b", "c"]}


def question(kind):
    """A question whose every secret part holds the canary."""
    body, accepted = KINDS[kind]
    return Content(
        kind=kind,
        level="NB",
        stem=f"Câu hỏi loại {kind}?",
        explanation=f"{CANARY}-giai-thich",
        body=body,
        key={"accepted": [accepted], "weight": f"{CANARY}-trong-so"},
        citations=[("II.1.1", f"{CANARY}-trich-dan")],
    )


def canary_world(**changes):
    """A round that asks one question of every kind."""
    for kind in KINDS:
        builders.approved(question(kind), topic="II.1.2")
    plan = Blueprint(tuple(Cell("II.1.2", 1, kind=kind) for kind in KINDS))
    world = builders.world(
        questions_asked=1, rules=Rules(blueprint=plan, chain=Chain(("attempt_id",)), **changes)
    )
    assert all(CANARY in json.dumps(paper.keys) for paper in Paper.objects.all())
    return world


def canary_hall(world):
    """A live round over the same questions; the first of them is open, and the visitor sits in the hall."""
    now = builders.at(0)
    row = live_setup.create_live_round(world.contest, title="Chung kết", actor=world.chief, now=now)
    versions = QuestionVersion.objects.filter(kind__in=KINDS, key__weight__isnull=False).order_by("pk")
    plan = [{"type": "question", "version_id": version.pk} for version in versions]
    live_setup.edit_draft(row.pk, actor=world.chief, now=now, plan=plan)
    row = live_setup.open_lobby(row.pk, actor=world.chief, now=now)
    found = Hall(world.contest, world.chief, row, now)
    found.join("Thí sinh")
    found.ask()
    assert CANARY in json.dumps(row.secrets)
    return found


def text_of(reply):
    """Headers and content of a reply, unpacked."""
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    if reply.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return f"{dict(reply.headers)}\n{content.decode(errors='replace')}"


class Visitor:
    """An entrant in a browser and with tokens, who looks everywhere."""

    def __init__(self, world, entrant):
        self.world, self.entrant = world, entrant
        self.hall = canary_hall(world)
        self.client = Client(raise_request_exception=True)
        self.client.cookies[f"entrant_{world.contest.pk}"] = tokens.write_entrant(entrant.pk)
        self.client.cookies[f"phong_{self.hall.id}"] = self.hall.seats["Thí sinh"].token
        self.seen = {}

    def keep(self, name, reply):
        assert reply.status_code < 500, name
        self.seen[name] = self.seen.get(name, "") + text_of(reply)
        return reply

    def walk(self, attempt, methods):
        """Asks every address with every method by the cookie, and the API with the attempt's token too."""
        receipt = attempt.receipt or attempts.receipt_of(attempt.public_id)
        known = {
            "round_id": self.world.round.pk,
            "public_id": attempt.public_id,
            "slug": self.world.contest.slug,
            "code": receipt,
            "entrant_id": attempt.entrant_id,
            "exclusion_id": 1,
            "digest": "0" * 64,
            "live_id": self.hall.id,
            "room_id": self.hall.id,
            "pin": self.hall.row.pin,
            "token": self.hall.row.join_token,
            "appeal_id": 1,
            "run_no": 1,
            "version_id": QuestionVersion.objects.filter(kind="fill").values_list("pk", flat=True)[0],
        }
        signed = {"Authorization": f"Attempt {tokens.write_attempt(builders.token_of(attempt))}"}
        for method in methods:
            for address in (route.address(known) for route in routes()):
                for headers in ({}, signed) if address.startswith("/api/") else ({},):
                    reply = self.client.generic(method, address, "{}", "application/json", headers=headers)
                    self.keep(f"{method} {address} {'token' if headers else 'cookie'}", reply)

    def take(self, attempt):
        """The hot path: resume, save, look, submit; every reply kept."""
        api = Api(self.client)
        opened = self.keep("resume", api.send("POST", f"attempts/{attempt.public_id}/resume")).json()[
            "attempt"
        ]
        page = Api(self.client, Authorization=f"Attempt {opened['token']}")
        answers = {str(item["no"]): GIVEN.get(item["kind"], []) for item in opened["items"]}
        for name, method, body in (
            ("answers", "PUT", {"revision": 1, "answers": answers}),
            ("answers", "PUT", {"revision": 2, "answers": {"1": {}}}),
            ("submit", "POST", {"revision": 3, "answers": answers}),
        ):
            self.keep(
                f"{method} {name} {body['revision']}",
                page.send(method, f"attempts/{attempt.public_id}/{name}", body),
            )
        attempt.refresh_from_db()

    def listen(self):
        """The frames of the board's socket: on connect, on resync, on nonsense."""
        shown = boards.board(self.world.round.pk, now=builders.at(2), fresh=True)

        async def read(round_id, now):
            return shown

        async def frames():
            routes = URLRouter([url_path("ws/vong/<int:round_id>/bang", BoardSocket(Hub(read)))])
            socket = WebsocketCommunicator(routes, f"/ws/vong/{self.world.round.pk}/bang")
            await socket.connect()
            found = [await socket.receive_from()]
            for text in ('{"type":"resync"}', '{"type":"keys"}'):
                await socket.send_to(text)
                found.append(await socket.receive_from())
            await socket.disconnect()
            return found

        self.seen["frames"] = "\n".join(async_to_sync(frames)())

    def leaks(self):
        return sorted(name for name, text in self.seen.items() if CANARY in text)


@pytest.fixture
def visitor(clock, db):
    """In the middle of an attempt; another has finished one before."""
    world = canary_world(board=BoardPolicy.LIVE, review=ReviewPolicy.AFTER_PUBLICATION)
    world.finish(world.entrant("Trần Văn Hòa"), right=0, now=builders.at(0.5))
    return Visitor(world, world.entrant())


def test_nothing_secret_is_seen_during_an_attempt_nor_after_it(visitor):
    attempt = visitor.world.start(visitor.entrant, now=builders.at(2))
    visitor.keep(
        "start",
        Api(visitor.client).send(
            "POST", f"rounds/{visitor.world.round.pk}/attempts", {"start_key": "k" * 16}
        ),
    )

    visitor.walk(attempt, ["GET", "HEAD", "OPTIONS"])
    visitor.listen()
    visitor.take(attempt)
    visitor.walk(attempt, ["GET", "POST", "PUT", "PATCH", "DELETE"])

    assert visitor.leaks() == []
    assert "Câu hỏi loại fill?" in visitor.seen[f"GET /bai-thi/{attempt.public_id}/ cookie"]
    assert "Câu hỏi loại fill?" in visitor.seen["resume"]
    assert len(visitor.seen) > 200


def test_the_order_of_options_says_nothing_about_the_key(clock, db):
    """Papers show options as shuffled for the attempt: over many attempts the right one stands everywhere."""
    world = canary_world()
    places = {}
    for number in range(24):
        entrant = world.entrant(f"Người {number}")
        key = {"start_key": f"start-key-{number:04}"}
        api = Api(Authorization=f"Entrant {tokens.write_entrant(entrant.pk)}")
        _, body = api("POST", f"rounds/{world.round.pk}/attempts", key)
        for item in body["attempt"]["items"]:
            if item["kind"] == "single":
                order = [option["key"] for option in item["body"]["options"]]
                places.setdefault(order.index("b"), []).append(number)

    assert set(places) == {0, 1, 2, 3}


def test_the_replies_to_right_and_wrong_answers_are_alike(clock, db):
    world = canary_world(board=BoardPolicy.HIDDEN)
    seen = []
    for number, answer in enumerate(("a", "b")):
        attempt = world.start(world.entrant(f"Người {number}"), now=builders.at(2))
        page = Api(Authorization=f"Attempt {tokens.write_attempt(builders.token_of(attempt))}")
        single = next(
            str(item["no"]) for item in snapshots.paper(attempt.paper_id).items if item["kind"] == "single"
        )
        saved = page(
            "PUT", f"attempts/{attempt.public_id}/answers", {"revision": 1, "answers": {single: answer}}
        )
        _, sent = page("POST", f"attempts/{attempt.public_id}/submit", {"revision": 2, "answers": {}})
        _, result = page("GET", f"attempts/{attempt.public_id}/result")
        own = {"receipt": "", "result_url": ""}
        seen.append((saved, sent | own, result | own))

    assert all(first == second for first, second in pairwise(seen))


def test_after_publication_the_same_search_finds_them(visitor, clock):
    attempt = visitor.world.finish(visitor.entrant, right=0, now=builders.at(2))
    clock.now = builders.CLOSES + timedelta(minutes=1)
    settlement.settle_round(visitor.world.round, actor=visitor.world.chief, now=clock.now)
    settlement.publish_round(visitor.world.round, actor=visitor.world.chief, now=clock.now)
    snapshots.forget_all()

    visitor.walk(attempt, ["GET"])

    assert visitor.leaks() == [
        f"GET /api/v1/attempts/{attempt.public_id}/result cookie",
        f"GET /api/v1/attempts/{attempt.public_id}/result token",
        f"GET /bai-thi/{attempt.public_id}/ket-qua/ cookie",
    ]
    assert settings.DEBUG is False
