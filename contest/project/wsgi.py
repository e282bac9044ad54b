"""The WSGI application: all of HTTP, whatever server carries it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest.project.settings")
application = get_wsgi_application()
