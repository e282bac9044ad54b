"""Non-interference (A14, row 36): while a round is open, nobody sees from any answer what others have just achieved.

Everybody looks everywhere; somebody else hands in a perfect attempt; everybody looks again. What may differ stands in
`MAY_DIFFER`, by the round's board policy. The addresses are taken from the URL configuration.
"""

import re

import pytest
from asgiref.sync import async_to_sync
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.test import Client
from django.urls import path

from api.live.consumers import BoardSocket
from api.live.hub import Hub
from contest.actions import attempts
from contest.queries import board as boards
from contest.queries import snapshots, tokens
from contest.rules import visibility
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from tests import builders
from tests.api.test_leak import text_of
from tests.doors import matrix, people
from tests.doors.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What the matrix says is refused is refused by who asks alone, before anything is read.
REFUSED = {"in", "401", "403", "404", "405"}
# Public pages look alike to these and to strangers; they are asked in two of the worlds.
PASSERS_BY = ("other", "foreign", "curator", "approver")
# The same for everybody and at any time: looked at by strangers alone.
CONSTANT = {"api-schema", "api-docs", "service-worker", "offline", "media", "livez", "readyz"}
STAFF = ("viewer", "organiser", "chief")
# Random in every reply: tokens against forgery, keys that make a start idempotent.
RANDOM = re.compile(
    r'(csrfmiddlewaretoken" value="|start_key" value="|csrftoken=|csrf-token" content=")[\w-]+'
)
EXPIRES = re.compile(r"expires=[^;]+;|'Expires': '[^']+'")

BOARD = {(role, name) for role in people.ROLES for name in ("board", "api-board")} | {("anyone", "frames")}
OWN_PLACE = {("entrant", "board"), ("entrant", "api-own-place")}
# Whoever runs a contest watches entries arrive, as long as no prediction asks for their number.
ARRIVALS = {
    (role, name)
    for role in STAFF
    for name in (
        "organise-round",
        "organise-round-numbers",
        "api-unit-statistics",
        "api-unit-statistics?under={unit}",
    )
}
FREEZE = builders.at(30)
WORLDS = {
    "live": ({"board": BoardPolicy.LIVE}, BOARD | OWN_PLACE | ARRIVALS),
    "freezes later": ({"board": BoardPolicy.FROZEN, "frozen_from": FREEZE}, BOARD | OWN_PLACE | ARRIVALS),
    "frozen": ({"board": BoardPolicy.FROZEN, "frozen_from": builders.at(2)}, ARRIVALS),
    "own": ({"board": BoardPolicy.OWN}, OWN_PLACE | ARRIVALS),
    "hidden": ({"board": BoardPolicy.HIDDEN}, ARRIVALS),
}
KINDS = [*Kind, *Kind]
ASKED = [(policy, KINDS[place]) for place, policy in enumerate(WORLDS)]


class Twins:
    """A round in which the entrant has a finished attempt and one in progress, and a rival is about to hand in."""

    def __init__(self, *, everybody=False, **rules):
        self.cast = people.cast(attempts=builders.AttemptRule(3), **rules)
        self.world = self.cast.world
        guess = 3 if rules.get("prediction") else None
        own = self.cast.entrants["entrant"]
        self.finish(self.cast.attempt, right=2, guess=guess, now=builders.at(2.5))
        self.cast.attempt.refresh_from_db()
        self.open = self.world.start(own, now=builders.at(2.8))
        self.rival = self.world.start(self.world.entrant("Đỗ Thị Hoàn Hảo"), now=builders.at(2))
        self.guess = guess
        self.browsers = {
            role: self.cast.browser(role) for role in people.ROLES if everybody or role not in PASSERS_BY
        }

    def finish(self, attempt, *, right, guess, now):
        paper = snapshots.paper(attempt.paper_id)
        given = {str(item["no"]): "b" if place < right else "a" for place, item in enumerate(paper.items)}
        token = builders.token_of(attempt)
        return attempts.submit_attempt(token, attempts.Work(1, given, guess), now=now)

    def rival_hands_in(self):
        self.finish(self.rival, right=4, guess=self.guess, now=builders.at(2.9))

    def look(self):
        """Everything that anybody is answered, by role and address; nothing that looking does is kept."""
        seen = {("anyone", "frames"): self.frames()}
        known = self.cast.known() | {"unit": self.world.contest.unit_root.pk}
        more = {
            "api-unit-statistics": ["?under={unit}"],
            "receipt": ["?ma={code}"],
            "contest": ["?x=1"],
            "api-standings": ["?limit=1"],
        }
        for role, client in self.browsers.items():
            for route in routes():
                if route.name in CONSTANT and role != "stranger":
                    continue
                if matrix.ACCESS[route.name].expected("GET")[role] in REFUSED:
                    continue
                for query in ["", *more.get(route.name, [])]:
                    with people.undone():
                        reply = client.get(route.address(known) + query.format(**known))
                    seen[role, route.name + query] = plain(reply)
        return seen | self.go_on(self.browsers["entrant"])

    def go_on(self, client: Client):
        """What the entrant's own work is answered: resuming, saving, handing in, the result; by page and machine."""
        seen, api = {}, f"/api/v1/attempts/{self.open.public_id}"
        token = tokens.write_attempt(builders.token_of(self.open))
        headers = {"Authorization": f"Attempt {token}"}
        work = {"revision": 1, "answers": {"1": "b"}, "prediction": "3" if self.guess else None}
        form = {
            "token": token,
            "revision": "0",
            "q1": "b",
            "prediction": "3",
            "action": "submit",
            "confirmed": "1",
        }
        steps = {
            "save": lambda: client.put(f"{api}/answers", work, "application/json", headers=headers),
            "state": lambda: client.get(api, headers=headers),
            "submit": lambda: client.post(
                f"{api}/submit", work | {"revision": 2}, "application/json", headers=headers
            ),
            "result": lambda: client.get(f"{api}/result", headers=headers),
            "result page": lambda: client.get(f"/bai-thi/{self.open.public_id}/ket-qua/"),
            "contest page": lambda: client.get(f"/cuoc-thi/{self.world.contest.slug}/"),
        }
        with people.undone():
            for name, step in steps.items():
                seen["entrant", f"own {name}"] = plain(step())
        with people.undone():
            seen["entrant", "own form"] = plain(client.post(f"/bai-thi/{self.open.public_id}/", form))
            seen["entrant", "own page"] = plain(client.get(f"/bai-thi/{self.open.public_id}/ket-qua/"))
        with people.undone():
            seen["entrant", "own resume"] = plain(client.post(f"{api}/resume"))
        return seen

    def frames(self):
        """What the socket says on connect and on resync."""
        people.forget_everything()
        shown = boards.board(self.world.round.pk, now=builders.at(3), fresh=True)

        async def read(round_id, now):
            return shown

        async def listen():
            hub = Hub(read, clock=lambda: builders.at(3))
            routing = URLRouter([path("ws/vong/<int:round_id>/bang", BoardSocket(hub))])
            socket = WebsocketCommunicator(routing, f"/ws/vong/{self.world.round.pk}/bang")
            await socket.connect()
            found = [await socket.receive_from()]
            await socket.send_to('{"type":"resync"}')
            found.append(await socket.receive_from())
            await socket.disconnect()
            return re.sub(r'"epoch":"\w+"', "", "\n".join(found))

        return async_to_sync(listen)()


def plain(reply):
    """The whole reply without what is random in every reply."""
    text = f"{reply.status_code} {text_of(reply)} {reply.cookies.output()}"
    return EXPIRES.sub("", RANDOM.sub(r"\1", text))


def differences(twins):
    before = twins.look()
    twins.rival_hands_in()
    after = twins.look()
    assert len(before) > 120
    assert before.keys() == after.keys()
    return {key for key in before if before[key] != after[key]}


@pytest.mark.parametrize("policy", WORLDS)
def test_a_perfect_attempt_shows_only_where_the_board_policy_says(clock, policy):
    rules, may_differ = WORLDS[policy]

    found = differences(Twins(everybody=policy == "hidden", review=ReviewPolicy.AFTER_SUBMIT, **rules))

    assert found <= may_differ, found - may_differ
    # What the policy promises does move, or the test would look past it.
    assert (("anyone", "frames") in found) == (("anyone", "frames") in may_differ)
    assert (("entrant", "api-own-place") in found) == (("entrant", "api-own-place") in may_differ)


@pytest.mark.parametrize(("policy", "kind"), ASKED)
def test_while_a_prediction_about_counts_is_open_it_shows_nowhere(clock, policy, kind):
    rules, _ = WORLDS[policy]

    twins = Twins(everybody=policy == "live", prediction=PredictionRule(kind), **rules)

    assert differences(twins) == set()


def test_the_search_would_find_a_leak(clock, monkeypatch):
    """A fault planted in the one function behind every door is seen through all of them."""

    def careless(**known):
        return visibility.Visible(True, False, True, True, False, False)

    twins = Twins(board=BoardPolicy.HIDDEN, prediction=PredictionRule(Kind.PEOPLE_PARTICIPATING))
    before, again = twins.look(), twins.look()
    assert [key for key in before if before[key] != again[key]] == [], "looking twice shows the same"
    monkeypatch.setattr(boards, "visible_results", careless)

    looked_at = {key for key in BOARD if key[0] not in PASSERS_BY}
    assert differences(twins) >= looked_at | OWN_PLACE | ARRIVALS
