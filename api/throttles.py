"""How often one account, attempt or address may ask.

Counts stand in each process (a throttle must not fail with Redis), so with several processes the true ceiling is a
multiple. Addresses have high ceilings: a whole hall shares one. The table is printed in the OpenAPI description.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from contest.errors import Refusal
from contest.rules import addresses

WINDOW_S = 60
MOST_KEYS = 200_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `account` requests a minute of one account (or attempt) and `address` of one address."""

    account: int
    address: int


LIMITS = {
    "start": Limit(account=30, address=6_000),
    "attempt": Limit(account=300, address=60_000),
    "board": Limit(account=300, address=60_000),
    "public": Limit(account=600, address=6_000),
    "receipt": Limit(account=60, address=600),
    "staff": Limit(account=600, address=6_000),
}


class Meter:
    """Counts by key in fixed windows of WINDOW_S seconds; all keys are forgotten when a window ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window = 0
        self._counts: dict[str, int] = {}

    def spend(self, key: str, most: int) -> int:
        """Counts one request; 0 when it is allowed, else how many seconds to wait."""
        now = self._clock()
        with self._lock:
            if now // WINDOW_S != self._window:
                self._window = int(now // WINDOW_S)
                self._counts.clear()
            count = self._counts.get(key, 0) + 1
            if count > 1 or len(self._counts) < MOST_KEYS:
                self._counts[key] = count
        return 0 if count <= most else int(WINDOW_S - now % WINDOW_S) + 1

    def forget(self) -> None:
        """Drops all counts."""
        with self._lock:
            self._counts.clear()


meter = Meter()


def spend(request: HttpRequest, scope: str, account: str | int | None = None) -> None:
    """Counts the request against its address and, when given, its account. Refusal("throttled", wait_s)."""
    limit = LIMITS[scope]
    wait = meter.spend(f"{scope}@{address(request)}", limit.address)
    if not wait and account is not None:
        wait = meter.spend(f"{scope}:{account}", limit.account)
    if wait:
        raise Refusal("throttled", wait_s=wait)


def address(request: HttpRequest) -> str:
    """The client's address; X-Forwarded-For is believed only as far as TRUSTED_PROXY_DEPTH says."""
    remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    return addresses.client_address(remote, forwarded, settings.TRUSTED_PROXY_DEPTH)


class ScopedThrottle(BaseThrottle):
    """The same for REST framework views: scope `throttle_scope` of the view, the account of a signed-in user."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """True, or Refusal("throttled")."""
        user = request.user if view.authentication_classes else None
        account = user.pk if user is not None and user.is_authenticated else None
        spend(request._request, getattr(view, "throttle_scope", "public"), account)  # noqa: SLF001
        return True
