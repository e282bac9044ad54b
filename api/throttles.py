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
    "live": Limit(account=300, address=120_000),
    "live-join": Limit(account=600, address=6_000),
}


@dataclass(frozen=True, slots=True)
class Misses:
    """Wrong guesses a minute: `address` of one address, but `alarmed` while all together have made more than `total`.

    A hall shares an address, and some people mistype. While somebody guesses from many addresses, one that has guessed
    right every time still gets in.
    """

    address: int
    alarmed: int
    total: int


MISSES = {
    "live-pin": Misses(address=60, alarmed=5, total=300),
    "live-code": Misses(address=10, alarmed=3, total=300),
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

    def peek(self, key: str) -> int:
        """How many have been counted in this window."""
        with self._lock:
            same = self._clock() // WINDOW_S == self._window
            return self._counts.get(key, 0) if same else 0

    def wait(self) -> int:
        """Seconds until the window ends."""
        return int(WINDOW_S - self._clock() % WINDOW_S) + 1

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


def require_few_misses(request: HttpRequest, scope: str, thing: str = "") -> None:
    """Passes while the address (about a `thing`, where that is what is guessed at) has guessed wrong but a few times.

    Refusal("throttled", wait_s), also for a right guess.
    """
    limit = MISSES[scope]
    most = limit.alarmed if meter.peek(f"{scope}!") > limit.total else limit.address
    keys = [f"{scope}!@{address(request)}", *([f"{scope}!{thing}"] if thing else [])]
    if any(meter.peek(key) >= most for key in keys):
        raise Refusal("throttled", wait_s=meter.wait())


def miss(request: HttpRequest, scope: str, thing: str = "") -> None:
    """Counts a wrong guess."""
    for key in ("", f"@{address(request)}", *([thing] if thing else [])):
        meter.spend(f"{scope}!{key}", 0)


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
