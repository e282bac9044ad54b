"""The WSGI application: all of HTTP, whatever server carries it; the hot path stands before Django's handler."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest.project.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

pages = get_wsgi_application()
application = import_string(settings.SHORT_WAY)(pages)
