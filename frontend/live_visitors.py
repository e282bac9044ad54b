"""Who plays on this device: a cookie a round with the participant's token, and one for the device itself.

The token stands in no address: the page of the round gets it from the cookie and hands it to its script.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from contest.actions.live_join import DEVICE_COOKIE, Seated
from contest.models import LivePlayer, LiveRound
from contest.queries import live

DEVICE_DAYS = 120
SEAT_DAYS = 3
PATH = "/phong/"


def device(request: HttpRequest) -> str:
    """What identifies this device, made up when the cookie is missing; `remember_device` keeps it."""
    found = request.COOKIES.get(DEVICE_COOKIE, "")
    if not _is_hex(found):
        found = secrets.token_hex(16)
        request.COOKIES[DEVICE_COOKIE] = found
    return found


def device_hash(request: HttpRequest) -> str:
    """What the round keeps of the device."""
    return live.digest(device(request))


def remember_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Sets the device's cookie on the answer: whoever sends the form twice is one participant."""
    response.set_cookie(
        DEVICE_COOKIE,
        device(request),
        max_age=DEVICE_DAYS * 86400,
        path="/",  # the API is a door to the round too
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


def token(request: HttpRequest, round_id: int) -> str:
    """The participant's token of this device in the round; "" for none."""
    found = request.COOKIES.get(_seat_cookie(round_id), "")
    return found if _is_hex(found) else ""


def player(request: HttpRequest, row: LiveRound) -> LivePlayer | None:
    """The participant on this device, or None when there is none or another device has taken the place."""
    found = token(request, row.pk)
    return live.player_by_token(row.pk, found) if found else None


def remember(response: HttpResponse, seated: Seated) -> HttpResponse:
    """Sets the round's cookie on the answer."""
    response.set_cookie(
        _seat_cookie(seated.round_id),
        seated.token,
        max_age=SEAT_DAYS * 86400,
        path=PATH,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


def _seat_cookie(round_id: int) -> str:
    return f"phong_{round_id}"


def _is_hex(text: str) -> bool:
    return len(text) == 32 and all(char in "0123456789abcdef" for char in text)
