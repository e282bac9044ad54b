"""The server dies without a word while a question is open, and while an answer is shown: every screen comes back by
itself to what the database says, and nothing that was acknowledged is lost.
"""

import pytest
from playwright.sync_api import expect

from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE
from tests.journeys.site import database, serving

ROUNDS = {"crash": {"plan": ["single", "single"]}}
BACK = 30_000  # ms: longest wait between two tries of a phone, and its way back


@pytest.fixture(scope="module")
def server(tmp_path_factory, template):
    """One that can be killed."""
    folder = tmp_path_factory.mktemp("crash")
    with database(folder, template) as named, serving(folder, **named) as running:
        yield running


@pytest.fixture(scope="module")
def live_site(server):
    return server.site


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def crash(server, hall, *, waits_for):
    """Kills the server, waits until a phone says so, starts it again; every page is the one that was there before."""
    for screen in hall.screens:
        screen.page.evaluate("window.stayed = true")
    server.kill()
    waits_for()
    server.start()
    for screen in hall.screens:
        screen.is_connected(BACK)
        assert screen.page.evaluate("window.stayed"), screen.name


def test_every_screen_survives_the_death_of_the_server(server, place, live_site, new_device):
    hall = Hall(live_site, place, "crash", new_device)
    projector, host = hall.projector(), hall.host()
    early, late = hall.phone("Nguyễn An"), hall.phone("Trần Bình")
    item = hall.item(1)
    hall.ask(host)
    early.answer(item, item["right"])
    late.may_answer()

    def answers_into_the_void():
        late.press(item["letters"][item["right"]])
        late.has_state("late")
        hall.look("dead")

    crash(server, hall, waits_for=answers_into_the_void)
    late.is_recorded()
    early.is_recorded()
    assert early.chosen() == [item["letters"][item["right"]]]
    projector.sees("2/2 đã trả lời")
    held = hall.standing()
    assert [name for name, _, _ in held["answers"]["1"]] == ["Nguyễn An", "Trần Bình"]

    hall.close(host)
    early.sees("Đúng")
    crash(
        server,
        hall,
        waits_for=lambda: expect(early.page.locator("[data-pill]")).not_to_have_attribute(
            "data-state", "open", timeout=PATIENCE
        ),
    )
    hall.at("reveal")
    early.sees("Đúng")

    hall.ask(host)
    second = hall.item(2)
    early.answer(second, second["right"])
    projector.sees("1/2 đã trả lời")
    assert hall.standing()["answers"]["1"] == held["answers"]["1"]
