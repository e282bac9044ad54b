"""How fast this machine is just now: a trivial Django view through WSGI, in this process.

The budgets were set where this took STUDY_US. Shared machines run at half their speed for hours, so figures are printed
as they are and, beside them, at the speed of the study. Run in a process of its own: it configures Django by itself.

    python -m tests.load.yardstick
"""

import io
import subprocess
import sys
import time
from typing import Any

from tests.load.report import print_line

STUDY_US = 44.0
ROUNDS, EACH = 12, 1500


def slowness() -> float:
    """How many times the study's CPU time this machine needs now; measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.yardstick"], check=True, capture_output=True, text=True
    )
    return float(done.stdout) / STUDY_US


def measure() -> float:
    """CPU µs of a trivial view, the least of several rounds."""
    application = trivial()
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/x",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }

    def once() -> None:
        response = application(dict(environ), lambda *_: None)
        b"".join(response)
        response.close()

    took = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        for _ in range(EACH):
            once()
        took.append((time.thread_time() - began) / EACH * 1_000_000)
    return min(took)


def trivial() -> Any:
    """Django with nothing in it but one view."""
    from django.conf import settings  # noqa: PLC0415  (only in the process that measures)

    settings.configure(
        ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[], DATABASES={}, SECRET_KEY="-"
    )
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.http import HttpResponse  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    globals()["urlpatterns"] = [path("x", lambda _: HttpResponse(b"ok"))]
    return get_wsgi_application()


if __name__ == "__main__":
    print_line(f"{measure():.1f}")
