"""Addresses of the machine door."""

from django.urls import path

from api import attempts, board, contests, health, schema

urlpatterns = [
    path("livez", health.alive, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("api/v1/schema", schema.SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs", schema.DocsView.as_view(), name="api-docs"),
    path("api/v1/contests", contests.ContestList.as_view(), name="api-contests"),
    path("api/v1/contests/<slug:slug>", contests.ContestDetail.as_view(), name="api-contest"),
    path("api/v1/units", contests.UnitSearch.as_view(), name="api-units"),
    path("api/v1/rounds/<int:round_id>/standings", contests.Standings.as_view(), name="api-standings"),
    path("api/v1/rounds/<int:round_id>/attempts", attempts.start, name="api-start"),
    path("api/v1/rounds/<int:round_id>/board", board.board, name="api-board"),
    path("api/v1/rounds/<int:round_id>/board/mine", board.mine, name="api-own-rank"),
    path("api/v1/attempts/<str:public_id>", attempts.state, name="api-attempt"),
    path("api/v1/attempts/<str:public_id>/answers", attempts.answers, name="api-answers"),
    path("api/v1/attempts/<str:public_id>/submit", attempts.submit, name="api-submit"),
]
