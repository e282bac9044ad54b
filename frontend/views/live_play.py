"""A phone's way into a live room: the PIN, the name, the player's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from contest.actions import live_join
from contest.actions.live_join import Seated, Wish
from contest.live import modes
from contest.live.names import LONGEST
from contest.live.state import Phase
from contest.models import Entrant, LiveRound
from contest.queries import live
from frontend import live_visitors, patience, phrases, visitors
from frontend.forms.live_play import JoinForm, PinForm, ReturnForm
from frontend.kept_pages import render_kept
from question_bank.errors import Refusal

# A hall shares one address: some mistype, all of them within a minute. A guesser finds one of twenty rooms among a
# million PINs in six hours at this pace.
MISSES = 120
MISSES_WINDOW_S = 60
RETURNS = 10
RETURNS_WINDOW_S = 600


@never_cache
@require_safe
def pin(request: HttpRequest) -> HttpResponse:
    """The field for the PIN; `ma` leads on to the room that has it."""
    form = PinForm(request.GET if "ma" in request.GET else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            row = _by_pin(request, form.cleaned_data["ma"])
        except Refusal as refusal:
            form.add_error("ma", phrases.sentence(refusal))
            status = 429 if refusal.code == "throttled" else 404
            response = render(request, "frontend/live/pin.html", {"form": form}, status=status)
            return patience.asked(response, refusal) if status == 429 else response
        return redirect("live-join", pin=row.pin)
    return render(request, "frontend/live/pin.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pin: str) -> HttpResponse:
    """The door of the room with this PIN; a wrong one leads back to the field."""
    try:
        row = _by_pin(request, pin)
    except Refusal as refusal:
        if refusal.code == "throttled":
            raise
        form = PinForm({"ma": pin})
        form.is_valid()
        form.add_error("ma", phrases.sentence(refusal))
        return render(request, "frontend/live/pin.html", {"form": form}, status=404)
    return _door(request, row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_by_qr(request: HttpRequest, token: str) -> HttpResponse:
    """The door of the room whose QR code was scanned."""
    return _door(request, live.by_join_token(token))


@never_cache
@require_safe
def play(request: HttpRequest, room_id: int) -> HttpResponse:
    """The player's page. Whoever has no place on this device is led to the door."""
    row = live.get(room_id)
    player = live_visitors.player(request, row)
    if player is None:
        return redirect("live-join", pin=row.pin) if row.pin else redirect("live-pin")
    is_game = modes.get(live.load(row.pk).state.rules.mode).is_game
    join_url = f"/phong/{row.pin}/" if row.pin else "/phong/"
    return render_kept(
        request,
        "frontend/live/play.html",
        {"row": row, "is_game": is_game, "join_url": join_url},
        holes={
            "place": player.pk,
            "seat": player.seat,
            "name": player.name,
            "token": live_visitors.token(request, row.pk),
            "code": live_join.code_of(player),
        },
        same=(row.title, row.rehearsal, is_game, join_url),
    )


def _by_pin(request: HttpRequest, pin: str) -> LiveRound:
    """The room. Wrong PINs are counted by address. Refusals: `no-such-pin`, `throttled`."""
    slot = f"live-pin:{visitors.address(request)}"
    patience.require(slot, MISSES, MISSES_WINDOW_S)
    try:
        return live.by_pin(pin)
    except Refusal:
        patience.spend(slot, MISSES, MISSES_WINDOW_S)
        raise


def _door(request: HttpRequest, row: LiveRound) -> HttpResponse:
    if _has_place(request, row):
        return redirect("live-play", room_id=row.pk)
    if row.phase in {"", Phase.ENDED}:
        return render(request, "frontend/live/not_now.html", {"row": row, "is_over": bool(row.phase)})
    if request.method == "POST" and request.POST.get("action") == "return":
        return _return(request, row)
    entrant = visitors.entrant(request, row.contest)
    form = _form(request, row, entrant)
    if request.method == "POST" and form.is_valid():
        try:
            seated = live_join.join(row.pk, _wish(request, form, entrant), now=timezone.now())
        except Refusal as refusal:
            field = {"unit-missing": "unit", "unit-too-long": "unit"}.get(refusal.code, "name")
            form.add_error(field if field in form.fields else None, _sentence(refusal))
        else:
            return _seat(request, seated)
    return _show(request, row, form, ReturnForm(), entrant)


def _has_place(request: HttpRequest, row: LiveRound) -> bool:
    """Who was sent out may come in again as somebody new; who is banned is told so by the form."""
    player = live_visitors.player(request, row)
    person = live.load(row.pk).state.players.get(player.pk) if player else None
    return person is not None and person.status == "in"


def _form(request: HttpRequest, row: LiveRound, entrant: Entrant | None) -> JoinForm:
    initial = {"name": entrant.name[:LONGEST], "unit": entrant.unit_name} if entrant else {}
    ask_unit = live.load(row.pk).state.rules.ask_unit
    return JoinForm(request.POST if request.method == "POST" else None, initial=initial, ask_unit=ask_unit)


def _wish(request: HttpRequest, form: JoinForm, entrant: Entrant | None) -> Wish:
    """Under another name than the registered one the person plays for themselves, apart from the registration."""
    name, unit = form.cleaned_data["name"], form.cleaned_data.get("unit", "")
    is_entrant = entrant is not None and name.strip() == entrant.name[:LONGEST].strip()
    return Wish(
        name, unit, live_visitors.device_hash(request), entrant.pk if entrant and is_entrant else None
    )


def _return(request: HttpRequest, row: LiveRound) -> HttpResponse:
    """Back from another phone, by seat and code."""
    form = ReturnForm(request.POST)
    status = 200
    if form.is_valid():
        try:
            seated = _by_code(request, row, seat=form.cleaned_data["seat"], code=form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error(None, phrases.sentence(refusal))
            status = 429 if refusal.code == "throttled" else 200
        else:
            return _seat(request, seated)
    entrant = visitors.entrant(request, row.contest)
    ask_unit = live.load(row.pk).state.rules.ask_unit
    return _show(request, row, JoinForm(ask_unit=ask_unit), form, entrant, status=status)


def _by_code(request: HttpRequest, row: LiveRound, *, seat: int, code: str) -> Seated:
    """The place; ten wrong codes in ten minutes for a seat from an address. Others shut nobody's way back.

    Refusals: `throttled`, and those of coming back.
    """
    slot = f"live-return:{row.pk}:{seat}:{visitors.address(request)}"
    patience.require(slot, RETURNS, RETURNS_WINDOW_S)
    try:
        return live_join.come_back(row.pk, seat=seat, code=code, device=live_visitors.device_hash(request))
    except Refusal as refusal:
        if refusal.code == "code-wrong":
            patience.spend(slot, RETURNS, RETURNS_WINDOW_S)
        raise


def _seat(request: HttpRequest, seated: Seated) -> HttpResponse:
    response = live_visitors.remember(redirect("live-play", room_id=seated.round_id), seated)
    return live_visitors.remember_device(request, response)


def _show(
    request: HttpRequest,
    row: LiveRound,
    form: JoinForm,
    return_form: ReturnForm,
    entrant: Entrant | None,
    *,
    status: int = 200,
) -> HttpResponse:
    template = "frontend/live/join.html"
    context: dict[str, Any] = {"row": row, "form": form, "return_form": return_form, "entrant": entrant}
    if entrant or form.is_bound or return_form.is_bound:
        response = render(request, template, context, status=status)
    else:
        same = (row.title, row.contest.title, "unit" in form.fields)
        response = render_kept(request, template, context, holes={}, same=same)
    return live_visitors.remember_device(request, response)


def _sentence(refusal: Refusal) -> str:
    """`name-too-long` tells its limit by another name here than at registration."""
    facts = dict(refusal.facts)
    if "limit" in facts:
        facts.setdefault("most", facts["limit"])
    return phrases.sentence(Refusal(refusal.code, **facts))
