"""How often a page may be asked for something that could be guessed: counts in the cache, shared by all processes."""

import time

from django.core.cache import cache
from django.http import HttpResponse

from question_bank.errors import Refusal

BUSY_S = 5


def spend(slot: str, most: int, window_s: int) -> None:
    """Counts one try of the slot in fixed windows. Refusal("throttled", wait_s) beyond `most` of them in a window."""
    now = time.time()
    key = f"{slot}:{int(now // window_s)}"
    cache.add(key, 0, window_s)
    try:
        tries = cache.incr(key)
    except ValueError:  # the entry ended between the two calls, and with it its window
        tries = 1
    if tries > most:
        raise Refusal("throttled", wait_s=int(window_s - now % window_s) + 1)


def require(slot: str, most: int, window_s: int) -> None:
    """Counts nothing. Refusal("throttled", wait_s) when `most` tries of the slot were spent in this window."""
    now = time.time()
    if cache.get(f"{slot}:{int(now // window_s)}", 0) >= most:
        raise Refusal("throttled", wait_s=int(window_s - now % window_s) + 1)


def asked(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """The answer with the Retry-After (seconds) that belongs to a refusal for now."""
    response["Retry-After"] = str(refusal.facts.get("wait_s", BUSY_S))
    return response
