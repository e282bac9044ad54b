"""No leak: until the reveal whoever is right gets, byte for byte, what whoever is wrong gets, in every mode.

Two people who differ in nothing but what they answered; what is a person's own by nature (number, seat, name, team,
receipt, moments, and the choice itself) is put out of the texts as they came over the wire.
"""

import json
import re

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from api.live import consumers, lobby
from contest.live.rules import LiveRules, TeamRules
from tests.api.live.room import answer

pytestmark = pytest.mark.django_db(transaction=True)

OWN = [
    (re.compile(pattern), name)
    for name, pattern in {
        "id": r'"id":\d+',
        "seat": r'"seat":\d+',
        "name": r'"name":"(An|Bình)"',
        "team": r'"team":"Đội \d"',
        "receipt": r'"receipt":"[A-Z0-9]{6}"',
        "moment": r'"at":\d+',
        "value": r'"value":"[bc]"',
    }.items()
]
MODES = {
    "official": LiveRules(),
    "official, last answer": LiveRules(answer="last"),
    "game": LiveRules(mode="game"),
    "bell": LiveRules(mode="bell"),
    "members": LiveRules(mode="teams"),
    "captain": LiveRules(mode="teams", teams=TeamRules(answers="captain")),
    "majority": LiveRules(mode="teams", teams=TeamRules(answers="majority")),
}


def bare(text):
    """A text without what is a person's own by nature."""
    for pattern, name in OWN:
        text = pattern.sub(f"<{name}>", text)
    return text


def http(stage, name, path, body=None):
    """A reply over HTTP: status, bare headers and bare body."""
    client, address = Client(), f"/api/v1/live/{stage.made.id}/{path}"
    headers = {"Authorization": f"Bearer {stage.made.seats[name].token}"}
    if body is None:
        reply = client.get(address, headers=headers)
    else:
        reply = client.post(address, json.dumps(body), content_type="application/json", headers=headers)
    found = {header: re.sub(r"player-\d+-", "player-<id>-", value) for header, value in reply.items()}
    length = found.pop("Content-Length", None)
    assert length is None or int(length) == len(reply.content)
    return reply.status_code, found, bare(reply.content.decode())


@pytest.fixture
def over_http(monkeypatch):
    """Many frames in a few seconds, and the queue of the HTTP door."""
    monkeypatch.setattr(consumers, "CREDITS", 10_000)
    yield
    lobby.commits.stop()


class Two:
    """An, who is right, and Bình, who is wrong; `texts` is all that came to each."""

    given = {"An": "b", "Bình": "c"}

    def __init__(self, stage):
        self.stage, self.run = stage, 0
        self.phones, self.texts = {}, {"An": [], "Bình": []}

    async def come(self):
        """On new sockets, as after a lost network."""
        for name in self.given:
            if name in self.phones:
                self.texts[name] += self.phones[name].texts
            self.phones[name] = await self.stage.phone(name)

    async def form_teams(self):
        players = [self.stage.made.seats[name].player for name in self.given]
        await self.stage.command(
            "form-teams",
            teams=[{"id": team, "name": f"Đội {team}"} for team in (1, 2)],
            members={str(team): [player] for team, player in enumerate(players, start=1)},
        )

    async def answer_by_socket(self):
        for name, phone in self.phones.items():
            for seq in (1, 2):  # the second is a retry
                await phone.say(answer(self.run, self.given[name], seq=seq))
                await phone.until("ack")

    async def answer_by_http(self):
        found = {}
        for name, value in self.given.items():
            body = {"run": self.run, "key": "key-00000001", "value": value}
            found[name] = await sync_to_async(http)(self.stage, name, "answers", body)
            await self.phones[name].idle()
        assert found["An"] == found["Bình"]
        assert '"type":"ack"' in found["An"][2]

    async def are_refused(self, code, key):
        """Another answer, over the socket and over HTTP."""
        body = {"run": self.run, "key": key, "value": "d"}
        for phone in self.phones.values():
            await phone.say(answer(self.run, "d", key))
            assert (await phone.until("refused"))["code"] == code
        assert code in (await self.ask("answers", body))[2]

    async def ask(self, *request):
        """The reply over HTTP, which is the same for both."""
        an, binh = [await sync_to_async(http)(self.stage, name, *request) for name in self.given]
        assert an == binh
        return an

    async def until_phase(self, phase):
        for phone in self.phones.values():
            await phone.until_phase(phase)
            await phone.say({"type": "resync"})
            await phone.until("welcome")


@pytest.mark.parametrize("rules", MODES.values(), ids=list(MODES))
@pytest.mark.parametrize("door", ["socket", "http"])
async def test_right_and_wrong_get_the_same_bytes_until_the_reveal(stage, over_http, rules, door):
    place = await stage("An", "Bình", rules=rules)
    both = Two(place)
    await place.desk()
    if rules.mode == "teams":
        await both.form_teams()
    await both.come()
    both.run = await place.ask()
    await both.until_phase("open")
    await (both.answer_by_socket() if door == "socket" else both.answer_by_http())
    assert (await both.ask("state"))[0] == 200
    if rules.answer == "first":
        await both.are_refused("already-answered", "key-00000002")
    await both.come()
    assert {name: phone.frames[-1]["answer"]["value"] for name, phone in both.phones.items()} == both.given
    await place.wait()
    await both.until_phase("closed")
    await both.ask("state")
    await both.are_refused("question-closed", "key-00000003")

    for name, phone in both.phones.items():
        await phone.idle()
        both.texts[name] += phone.texts
    an, binh = ([bare(text) for text in both.texts[name]] for name in both.given)
    assert len(an) > 10
    assert an == binh

    await place.next()
    await both.until_phase("reveal")
    right, wrong = (bare(phone.texts[-1]) for phone in both.phones.values())
    assert right != wrong, "this test can tell them apart"
