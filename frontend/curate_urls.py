"""Addresses of the curators' pages."""

from django.urls import path

from frontend.views import curate, curate_editor, curate_media

urlpatterns = [
    path("", curate.desk, name="curate"),
    path("cau-hoi/", curate.questions, name="curate-questions"),
    path("cau-hoi/moi/", curate_editor.create, name="curate-new"),
    path("phien-ban/<int:version_id>/", curate.version, name="curate-version"),
    path("phien-ban/<int:version_id>/sua/", curate_editor.edit, name="curate-edit"),
    path("phien-ban/<int:version_id>/tep/", curate_media.edit, name="curate-media"),
    path("phien-ban/<int:version_id>/sua-moi/", curate_editor.revise, name="curate-revise"),
]
