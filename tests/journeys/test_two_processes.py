"""Two server processes on one PostgreSQL and one Redis: what is handed in at one moves the board of the other.

The refresh that covers lost news is put off for a day (BOARD_REFRESH_SECONDS), so that whatever a socket hears was
pushed. PostgreSQL and Redis are started here where the run has none; Redis always, for it is emptied and stopped.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from redis import Redis
from websockets.sync.client import ClientConnection, connect

from tests import services
from tests.journeys.site import Site, database, migrated_template, served

DAY = str(24 * 3600)
NAMES = ["Một", "Hai", "Ba", "Bốn", "Năm"]
PUSHED_WITHIN = 30.0  # seconds, on a busy machine; the refresh is a day away


class Pair:
    """Two processes; entrants hand in at the first."""

    def __init__(self, first: Site, second: Site, redis: str) -> None:
        self.first, self.second = first, second
        self.redis_url, self.redis = redis, Redis.from_url(redis)
        self.round = int(first.stage("tests.journeys.stages:open_round", questions=3)["round"])
        names = [f"Nguyễn Thị {name}" for name in NAMES]
        self.waiting = first.stage("tests.journeys.stages:entrants", round=self.round, names=names)

    def hand_in(self) -> None:
        """The next entrant starts and hands in at the first process."""
        with httpx.Client(base_url=f"{self.first.url}/api/v1") as client:
            entrant = {"Authorization": f"Entrant {self.waiting.pop()}"}
            body = {"start_key": f"key-{len(self.waiting)}-0123456789"}
            started = client.post(f"/rounds/{self.round}/attempts", json=body, headers=entrant)
            assert started.status_code == 201, started.text
            attempt = started.json()["attempt"]
            page = {"Authorization": f"Attempt {attempt['token']}"}
            work = {"revision": 1, "answers": {}}
            done = client.post(f"/attempts/{attempt['public_id']}/submit", json=work, headers=page)
            assert done.status_code == 200, done.text

    def watch(self) -> ClientConnection:
        """A socket on the board at the second process."""
        address = self.second.url.replace("http://", "ws://")
        return connect(f"{address}/ws/vong/{self.round}/bang", origin=self.second.url)  # type: ignore[arg-type]

    def poll(self, tag: str = "") -> httpx.Response:
        """The board over HTTP at the second process, unless it is still what the tag names."""
        headers = {"If-None-Match": tag} if tag else {}
        return httpx.get(f"{self.second.url}/api/v1/rounds/{self.round}/board", headers=headers)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
            patch.setenv("DATABASE_URL", stack.enter_context(services.postgres()))
        redis = stack.enter_context(services.redis())
        template = stack.enter_context(migrated_template(folder))
        named = stack.enter_context(database(folder, template))
        shared = {
            **named,
            "REDIS_URL": redis,
            "PROCESSES": "2",
            "EMBEDDED_CLOCK": "0",
            "BOARD_REFRESH_SECONDS": DAY,
        }
        sites = [stack.enter_context(served(_folder(folder, name), **shared)) for name in ("first", "second")]
        yield Pair(*sites, redis)


def _folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made


def heard(socket: ClientConnection) -> dict[str, object]:
    """The next frame; fails when none is pushed in time."""
    found: dict[str, object] = json.loads(socket.recv(timeout=PUSHED_WITHIN))
    return found


def test_two_processes_show_one_board_with_redis_emptied_and_without_it(pair: Pair) -> None:
    with pair.watch() as socket:
        first = heard(socket)
        assert (first["attempts"], first["version"]) == (0, 1)

        pair.hand_in()
        pushed = heard(socket)
        assert (pushed["attempts"], pushed["version"]) == (1, 2)

        pair.redis.flushall()
        pair.hand_in()
        pushed = heard(socket)
        assert (pushed["attempts"], pushed["version"]) == (2, 3)

        # Who has no socket polls: unchanged costs a 304, changed comes whole.
        shown = pair.poll()
        assert (shown.status_code, shown.json()["attempts"]) == (200, 2)
        assert pair.poll(shown.headers["ETag"]).status_code == 304
        pair.hand_in()
        assert heard(socket)["attempts"] == 3
        moved = pair.poll(shown.headers["ETag"])
        assert (moved.status_code, moved.json()["attempts"]) == (200, 3)

        # Without Redis answers are taken all the same, and polling shows them.
        pair.redis.shutdown(nosave=True)
        assert not services.redis_answers(pair.redis_url)
        pair.hand_in()
        while (late := pair.poll(moved.headers["ETag"])).status_code == 304:
            assert late.elapsed.total_seconds() < PUSHED_WITHIN
        assert late.json()["attempts"] == 4
