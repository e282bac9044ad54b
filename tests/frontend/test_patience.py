"""Look-ups that could be guessed are counted by the client's own address, and say how long to wait."""

import pytest
from django.core.cache import cache
from django.test import override_settings

from contest.errors import Refusal
from frontend import patience
from frontend.views.public import LOOKUPS


def test_tries_beyond_the_ceiling_wait_for_the_window(monkeypatch):
    monkeypatch.setattr("frontend.patience.time.time", lambda: 1_000_000.0)
    for _ in range(2):
        patience.spend("slot", 2, 600)
    patience.spend("another", 2, 600)

    with pytest.raises(Refusal, match="throttled") as refused:
        patience.spend("slot", 2, 600)
    assert refused.value.facts == {"wait_s": 201}
    monkeypatch.setattr("frontend.patience.time.time", lambda: 1_000_200.0)
    patience.spend("slot", 2, 600)


def test_an_entry_that_ends_meanwhile_is_a_first_try(monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *given: None)

    patience.spend("gone", 1, 60)


@pytest.mark.django_db
def test_receipts_are_counted_by_the_client_behind_our_proxy(client):
    def look_up(address):
        return client.get("/tra-cuu/?ma=x", headers={"X-Forwarded-For": f"1.1.1.1, {address}"})

    with override_settings(TRUSTED_PROXY_DEPTH=1):
        for _ in range(LOOKUPS):
            assert look_up("8.8.8.8").status_code == 200
        late, neighbour = look_up("8.8.8.8"), look_up("7.7.7.7")

    assert (late.status_code, late["Retry-After"].isdigit(), neighbour.status_code) == (429, True, 200)
    assert "quá nhanh" in late.content.decode()
