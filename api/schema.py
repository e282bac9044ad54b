"""The OpenAPI schema and its viewer, served from our own origin without inline script."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny


class SchemaView(SpectacularAPIView):
    """The schema itself; public, for it holds no data."""

    permission_classes = [AllowAny]
    authentication_classes = []


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI; its script is served by the same address with ?script=."""

    permission_classes = [AllowAny]
    authentication_classes = []
    url_name = "api-schema"
