"""How often one may ask."""

import pytest
from django.test import RequestFactory, override_settings

from api import throttles
from api.throttles import LIMITS, Limit, Meter
from contest.errors import Refusal
from tests import builders
from tests.api.conftest import Api, as_entrant


def test_a_meter_counts_each_key_in_windows_of_a_minute():
    now = 120.0
    meter = Meter(lambda: now)

    assert [meter.spend("a", 2) for _ in range(3)] == [0, 0, 61]
    assert meter.spend("b", 2) == 0
    now = 150.5
    assert meter.spend("a", 2) == 30
    now = 180.0
    assert meter.spend("a", 2) == 0


def test_a_full_meter_still_counts_whom_it_knows(monkeypatch):
    monkeypatch.setattr(throttles, "MOST_KEYS", 1)
    meter = Meter(lambda: 0.0)

    assert [meter.spend("a", 1), meter.spend("b", 1), meter.spend("b", 1), meter.spend("a", 1)] == [
        0,
        0,
        0,
        61,
    ]


@pytest.fixture
def tight(monkeypatch):
    """Three a minute of an account, five of an address."""
    for scope in LIMITS:
        monkeypatch.setitem(LIMITS, scope, Limit(account=3, address=5))


@pytest.mark.django_db
def test_an_entrant_is_stopped_and_the_neighbour_in_the_hall_is_not(clock, tight, refused):
    world = builders.world()
    first, second = as_entrant(world.entrant()), as_entrant(world.entrant("Trần Văn Hòa"))
    path, key = f"rounds/{world.round.pk}/attempts", {"start_key": "start-key-0001"}
    for _ in range(3):
        assert first("POST", path, key)[0] == 201

    reply = first.send("POST", path, key)
    assert (reply.status_code, reply["Retry-After"].isdigit()) == (429, True)
    assert second("POST", path, key)[0] == 201


@pytest.mark.django_db
def test_an_address_is_stopped_at_its_ceiling(tight, anyone, refused):
    for _ in range(5):
        assert anyone("GET", "contests")[0] == 200

    refused(anyone("GET", "contests"), 429, "throttled")


@pytest.mark.parametrize(
    ("depth", "forwarded", "expected"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (2, "9.9.9.9, 8.8.8.8", "9.9.9.9"),
        (3, "9.9.9.9", "9.9.9.9"),
        (1, "", "10.0.0.1"),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_proxies_are_trusted(depth, forwarded, expected):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)

    with override_settings(TRUSTED_PROXY_DEPTH=depth):
        assert throttles.address(request) == expected


def test_a_refusal_says_how_long_to_wait(tight):
    request = RequestFactory().get("/")
    for _ in range(5):
        throttles.spend(request, "board")

    with pytest.raises(Refusal) as stopped:
        throttles.spend(request, "board")
    assert 0 < int(str(stopped.value.facts["wait_s"])) <= 61


@pytest.mark.django_db
def test_a_signed_in_account_is_counted_by_itself(clock, client, tight, refused):
    client.force_login(builders.user(can_write_questions=True))
    api = Api(client)
    for _ in range(3):
        assert api("GET", "bank/questions")[0] == 200

    refused(api("GET", "bank/questions"), 429, "throttled")
