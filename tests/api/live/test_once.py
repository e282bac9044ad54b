"""A hall of many costs what one costs: views, differences and frames are made once a role and process."""

from collections import Counter

import pytest

from api.live import streams
from api.live.streams import Stream
from tests.api.live.recorded import SCREENS, Recorded, Screen

PHONES = 50


@pytest.fixture
def counted(monkeypatch):
    """How often views were built, moves made and whole views encoded, by role."""
    found = Counter()
    view_of, move, encoder = streams.view_of, Stream.move, streams._json

    class Encoder:
        def encode(self, value):
            found["encoded", type(value).__name__] += 1
            return encoder.encode(value)

    def viewing(role, now):
        found["built", role] += 1
        return view_of(role, now)

    def moving(stream, now, at):
        found["moved", stream.role] += 1
        return move(stream, now, at)

    monkeypatch.setattr(streams, "view_of", viewing)
    monkeypatch.setattr(Stream, "move", moving)
    monkeypatch.setattr(streams, "_json", Encoder())
    return found


async def test_every_role_is_told_a_move_by_one_frame_however_many_watch(counted):
    hall = Recorded(players=PHONES)
    hall.screens |= {(role, 2): Screen(hall.room, role) for role in SCREENS}
    counted.clear()
    before = {who: len(screen.texts) for who, screen in hall.screens.items()}

    super(Recorded, hall).do(hall.key())
    hall.room.take(hall.state)

    roles = ("player", *SCREENS)
    assert counted == Counter({(what, role): 1 for what in ("built", "moved") for role in roles})
    for role in roles:
        told = [
            screen.texts[before[who] :] for who, screen in hall.screens.items() if screen.link.role == role
        ]
        assert len(told) == (PHONES if role == "player" else 2)
        assert all(len(texts) == 1 for texts in told)
        assert all(texts[0] is told[0][0] for texts in told), "one object, so that a server may frame it once"


async def test_the_snapshot_of_a_role_is_encoded_once_for_all_who_come_in_one_state(counted):
    hall = Recorded(players=PHONES)
    assert counted["built", "player"] == 1
    assert counted["encoded", "PlayerView"] == 1
    hall.come(*range(1, PHONES + 1))
    assert (counted["built", "player"], counted["encoded", "PlayerView"]) == (1, 1)
    for screen in hall.screens.values():
        assert screen.frames[-1]["type"] == "welcome"
    # A resync of every phone costs no more.
    for number in range(1, PHONES + 1):
        hall.room.welcome(hall.screens[number].link)
    assert (counted["built", "player"], counted["encoded", "PlayerView"]) == (1, 1)
