"""The service worker and the page it keeps for when there is no network; both are the same for everybody."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from frontend.templatetags import assets
from frontend.views import errors

ICONS = ("frontend/icons/emblem.svg", "frontend/icons/favicon.svg")
# A page asks for the worker at most once an hour; a new one reaches everybody within that time.
WORKER_KEPT_S = 3600


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """ "No network", Vietnamese first and English second, without anything of the visitor."""
    with translation.override("vi"):
        return errors.alone("offline", 200)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site, with the list of what it keeps written before it."""
    kept = {"page": reverse("offline"), "files": [*assets.everything_of("offline"), *map(static, ICONS)]}
    code = assets.source_of("worker")
    with translation.override("vi"):
        content = errors.alone("offline", 200).content
    name = hashlib.sha256(json.dumps(kept).encode() + content).hexdigest()[:12]
    script = f"self.KEPT={json.dumps({'name': name, **kept})};\n{code}"
    headers = {"Cache-Control": f"max-age={WORKER_KEPT_S}"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)
