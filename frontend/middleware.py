"""Refusals that reach the edge of a page become a drawn page with the right status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frontend import phrases
from question_bank.errors import Refusal

STATUS = {
    "not-found": 404,
    "not-allowed": 403,
    "throttled": 429,
    "busy": 503,
    "too-large": 413,
    "results-not-public": 404,
    "entrant-needed": 403,
}


class RefusalPages:
    """Draws a page for a Refusal raised by a view of this door; the API handles its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a Refusal; None leaves every other exception to Django."""
        if not isinstance(exception, Refusal) or request.path.startswith("/api/"):
            return None
        if exception.code == "sign-in-needed":
            return redirect(f"/dang-nhap/?next={request.path}")
        context = {"message": phrases.sentence(exception), "code": exception.code}
        status = STATUS.get(exception.code, 409)
        name = "404" if status == 404 else "403" if status == 403 else "refusal"
        return render(request, f"frontend/errors/{name}.html", context, status=status)
