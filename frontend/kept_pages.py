"""Pages that are the same for a whole hall but for a few words: drawn once, kept in this process, and filled in.

A thousand phones open the same two pages of a live room within a minute, each some hundred translated sentences long;
drawing them anew is most of what a phone's way in costs (`python -m tests.load.phones --door page`).
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from itertools import cycle
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.translation import get_language

MOST = 100
TOKEN = "csrf_token"  # noqa: S105  (the name of a variable of templates)
_kept: OrderedDict[Hashable, list[str]] = OrderedDict()
_lock = Lock()


def render_kept(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    holes: Mapping[str, Any],
    same: Hashable,
) -> HttpResponse:
    """The page with everything of `context` and `holes`. Only `holes` (names of the template's context, written out as
    text or in an attribute, never tested) and the token of forms may differ between two requests with equal `same`,
    path, method and language; `same` has to hold whatever else the page depends on.

    Who is signed in, or is about to be told something, gets a page drawn for them alone.
    """
    if not _is_anybody(request):
        return render(request, template, {**context, **holes})
    names = (TOKEN, *holes)
    key = (template, get_language(), request.method, request.get_full_path(), names, same)
    parts = _kept.get(key)
    if parts is None:
        parts = _drawn(request, template, context, names)
        with _lock:
            _kept[key] = parts
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    given = {name: str(conditional_escape(localize(value))) for name, value in holes.items()}
    given[TOKEN] = get_token(request)
    kinds = cycle((False, True))
    return HttpResponse(
        "".join(given[part] if is_name else part for part, is_name in zip(parts, kinds, strict=False))
    )


def _is_anybody(request: HttpRequest) -> bool:
    cookies = request.COOKIES
    return settings.SESSION_COOKIE_NAME not in cookies and "messages" not in cookies


def _drawn(
    request: HttpRequest, template: str, context: Mapping[str, Any], names: tuple[str, ...]
) -> list[str]:
    """Text and names of holes in turns, text first."""
    marks = {f"hole{secrets.token_hex(12)}": name for name in names}
    page = render_to_string(template, {**context, **{name: mark for mark, name in marks.items()}}, request)
    return [marks.get(part, part) for part in re.split(f"({'|'.join(marks)})", page)]
