"""One Daphne process: WebSockets on the event loop, HTTP on a pool of long-lived threads.

Django's own ASGI handler starts a thread a request (performance.md: 630–700 µs a trivial request against about 44 on
WSGI), so HTTP goes through the WSGI application. This module holds the one exempted import of a door.
"""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest.project.settings")

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings

from contest.project.bridge import Bridge
from contest.project.lean_daphne import make_lean
from contest.project.wsgi import application as wsgi_application

from api.live.routing import websocket_urlpatterns  # isort: skip  (needs the app registry)
from contest.clock import start_embedded_clock  # isort: skip

make_lean()
http: Any = wsgi_application
application: Any = ProtocolTypeRouter(
    {
        "http": Bridge(http, threads=settings.HTTP_THREADS),
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
    }
)

if settings.EMBEDDED_CLOCK:
    start_embedded_clock()
