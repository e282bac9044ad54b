"""Names made to break, deceive or deface a screen: wherever a name is shown it is text, and the cleaned one."""

import pytest
from playwright.sync_api import expect

from contest.live.names import clean_name
from question_bank.errors import Refusal
from tests.journeys.hostile_names import ALIKE, NAMES
from tests.journeys.live_hall import Hall
from tests.journeys.live_screens import PATIENCE

pytestmark = pytest.mark.once  # what a name looks like does not depend on the database
ROUNDS = {"names": {"plan": ["single", "single"], "rules": {"board_every": 1}}}
PLAYERS = ["<svg onload=alert(2)>", '"><iframe src=//b.vn>']
# What no page of ours has, and every name would have to make to do harm.
MADE = "img[src=x], [onerror], [onload], x-ten, iframe, [href^='javascript:'], main style"
MADE += ", main script:not([type='application/json'])"
# Runs of white space are one space to a reader, so they are to this test.
TEXTS = "(all) => all.map((one) => one.textContent.replace(/\\s+/g, ' ').trim())"

# The name alone, without the badge and the unit that may follow it.
OWN_TEXTS = "(all) => all.map((one) => one.firstChild.data)"


@pytest.fixture(scope="module")
def place(live_site):
    return live_site.stage("tests.journeys.live_stage:rounds", wanted=ROUNDS)


def cleaned(name):
    """The name as it should be shown; None when it is refused."""
    try:
        return clean_name(name)
    except Refusal:
        return None


def join(client, hall, name):
    return client.post("/join", json={"pin": hall.facts["pin"], "name": name})


def test_hostile_names_are_text_on_every_screen(place, live_site, new_device):
    hall = Hall(live_site, place, "names", new_device)
    projector, host = hall.projector(), hall.host()
    chips = projector.page.locator(".hall-chip:not([data-more])")
    shown, seen = [], set()
    with hall.api() as client:
        for number, name in enumerate(NAMES, start=1):
            answer, clean = join(client, hall, name), cleaned(name)
            if clean is None:
                assert answer.is_client_error, (name, answer.text)
                assert answer.json()["code"] in {"name-empty", "name-too-long", "malformed"}
            else:
                assert (answer.status_code, answer.json()["name"]) == (201, clean), (name, answer.text)
                shown.append(clean)
            if number % 4 == 0:
                # The newest stands first; what has no room any more is counted.
                expect(chips.first).to_have_text(shown[-1], timeout=PATIENCE)
                seen |= set(chips.evaluate_all(TEXTS))
                assert chips.locator("*").count() == 0
    assert len(NAMES) == 60
    assert 50 <= len(shown) < 60
    assert seen == set(shown)
    expect(host.page.locator("[data-person]")).to_have_count(len(shown), timeout=PATIENCE)
    assert host.page.locator("[data-person] [data-slot=name]").evaluate_all(TEXTS) == shown
    assert host.page.locator("[data-person] [data-slot=name] *").count() == 0
    hall.look("lobby")

    with hall.api() as client:
        for first, second in ALIKE:
            assert join(client, hall, first).json()["name"] == clean_name(first)
            known = join(client, hall, second).json()
            assert known["name"] == f"{clean_name(second)} ({known['seat']})"

    for name in PLAYERS:
        hall.phone(name)
    hall.ask(host)
    for phone in hall.phones:
        phone.answer(hall.item(1), hall.item(1)["right"])
    hall.close(host)
    hall.look("reveal", made)
    host.next()
    hall.at("board")
    for phone in hall.phones:
        assert set(PLAYERS) <= set(phone.page.locator(".live-board__name").evaluate_all(OWN_TEXTS))
    hall.look("board", made)
    hall.ask(host)
    hall.close(host)
    hall.finish(host, made)
    for phone in hall.phones:
        assert set(PLAYERS) <= set(phone.page.locator(".live-board__name").evaluate_all(OWN_TEXTS))

    read_the_result(hall)


def made(page):
    """What a name has made on the page that nobody else would."""
    return page.locator(MADE).evaluate_all("(all) => all.map((one) => one.outerHTML)")


def read_the_result(hall):
    """The jury's page, and once it is published the result of the staff, of everybody, and the replay."""
    second, chief = hall.jury("second"), hall.jury("chief")
    for jury in (second, chief):
        jury.sees(*PLAYERS)
        jury.verdict("confirm")
        assert made(jury.page) == []
    chief.verdict("publish")
    hall.others[0].sees("đã công bố")
    office = chief.page.context.new_page()
    base = f"/to-chuc/truc-tiep/{hall.id}"
    for path in ("ket-qua/", *(f"dien-lai/?v={version}" for version in (10, 40, 9999))):
        assert office.goto(f"{base}/{path}").status == 200
        assert made(office) == [], path
    office.goto(f"{base}/ket-qua/")
    expect(office.locator("main")).to_contain_text(PLAYERS[0])
    public = hall.device().new_page()
    assert public.goto(f"/phong/{hall.id}/ket-qua/").status == 200
    expect(public.locator("main table tbody tr").first).to_be_visible()
    assert made(public) == []
