"""Pages for what went wrong; each has a next step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "frontend/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "frontend/errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection token did not come back; what was typed can be sent again."""
    return render(request, "frontend/errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "frontend/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database."""
    return render(request, "frontend/errors/500.html", status=500)
