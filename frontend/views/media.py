"""Serves the pictures and sounds of questions."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from question_bank.queries import media

# The content of an address never changes.
KEPT = "public, max-age=31536000, immutable"
# Opened by itself, a file loads nothing and runs nothing, whatever it may hold.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@require_safe
def file(request: HttpRequest, digest: str) -> HttpResponse:
    """The file with this SHA-256; 404 for none.

    No login is asked for: the address is in the papers of those who may see the question, and nobody else can guess it.
    (Whoever holds the very bytes can work it out, and learns no more than that the bank holds them too.) One range of
    bytes is answered with 206, without which Safari plays no sound.
    """
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Http404
    tag = f'"{digest}"'
    headers = {"Cache-Control": KEPT, "ETag": tag}
    found = media.find(digest)
    if found is None:
        raise Http404
    headers |= {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    }
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return _reply(found, request, headers)


def _reply(found: media.MediaFile, request: HttpRequest, headers: dict[str, str]) -> HttpResponse:
    total = len(found.content)
    asked = request.headers.get("Range", "")
    matched = RANGE.fullmatch(asked)
    if matched is None or not any(matched.groups()) or "If-Range" in request.headers:
        return _sent(found.content, found, headers)
    first, last = matched.groups()
    if first:
        start, end = int(first), min(int(last) if last else total - 1, total - 1)
    else:
        start, end = max(total - int(last), 0), total - 1
    if start > end:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{total}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{total}"
    return _sent(found.content[start : end + 1], found, headers, status=206)


def _sent(
    content: bytes, found: media.MediaFile, headers: dict[str, str], *, status: int = 200
) -> HttpResponse:
    return HttpResponse(content, content_type=found.content_type, headers=headers, status=status)
