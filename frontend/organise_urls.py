"""Addresses of the organiser's desk, below /to-chuc/."""

from django.urls import URLPattern, path

from frontend.views.organise import contests, export, rounds, running

urlpatterns: list[URLPattern] = [
    path("", contests.mine, name="organise"),
    path("moi/", contests.create, name="organise-contest-new"),
    path("vong/<int:round_id>/", running.desk, name="organise-round"),
    path("vong/<int:round_id>/sua/", rounds.edit, name="organise-round-edit"),
    path("vong/<int:round_id>/ket-qua.xlsx", export.result, name="organise-round-export"),
    path("<slug:slug>/", contests.overview, name="organise-contest"),
    path("<slug:slug>/vong/moi/", rounds.create, name="organise-round-new"),
]
