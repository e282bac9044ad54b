"""Two doors, included by name so that nothing here imports them."""

from django.urls import include, path

urlpatterns = [
    path("", include("api.urls")),
    path("", include("frontend.urls")),
]
handler400 = "frontend.views.errors.bad_request"
handler403 = "frontend.views.errors.forbidden"
handler404 = "frontend.views.errors.not_found"
handler500 = "frontend.views.errors.server_error"
