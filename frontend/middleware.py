"""What goes wrong at the edge of a page becomes a drawn page with the right status; the API answers for itself."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from frontend.views import errors
from frontend.views.errors import API
from question_bank.errors import Refusal


class PrivatePages:
    """Keeps the pages of people we know out of caches and histories: phones and office computers are shared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(API) and _is_known(request):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _is_known(request: HttpRequest) -> bool:
    """A session or the cookie of an entrant came along; whether it is still good is not asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or any(
        name.startswith("entrant_") for name in request.COOKIES
    )


class RefusalPages:
    """Draws pages for refusals, a database that is away, and methods that an address does not take.

    An address with a zero byte, which no column of text can be asked for, is one of nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        response = self.get_response(request)
        if response.status_code == 405 and not request.path.startswith(API):
            return errors.wrong_method(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a Refusal or a database that did not answer; None leaves every other exception to Django."""
        if request.path.startswith(API):
            return None
        if isinstance(exception, errors.AWAY):
            return errors.away(exception)
        if not isinstance(exception, Refusal):
            return None
        if exception.code == "sign-in-needed":
            return redirect_to_login(request.get_full_path())
        return errors.refused(request, exception)
