"""Addresses of the machine door."""

from django.urls import path, re_path

from api import (
    attempts,
    boards,
    contests,
    health,
    live_results,
    live_rooms,
    live_staff,
    organise,
    overall,
    people,
    questions,
    schema,
    standings,
    units,
    views,
)

ROUND = "api/v1/rounds/<int:round_id>"
ATTEMPT = "api/v1/attempts/<str:public_id>"
LIVE = "api/v1/live/<int:live_id>"

urlpatterns = [
    path("livez", health.alive, name="livez"),
    path("readyz", health.ready, name="readyz"),
    # the hot path
    path(f"{ROUND}/attempts", attempts.start, name="api-start"),
    path(ATTEMPT, attempts.state, name="api-attempt"),
    path(f"{ATTEMPT}/resume", attempts.resume, name="api-resume"),
    path(f"{ATTEMPT}/answers", attempts.answers, name="api-answers"),
    path(f"{ATTEMPT}/submit", attempts.submit, name="api-submit"),
    path(f"{ATTEMPT}/result", attempts.result, name="api-result"),
    path(f"{ROUND}/board", boards.board, name="api-board"),
    path(f"{ROUND}/board/mine", boards.mine, name="api-own-place"),
    # what anyone may read
    path("api/v1/contests", contests.ContestList.as_view(), name="api-contests"),
    path("api/v1/contests/<slug:slug>", contests.ContestDetail.as_view(), name="api-contest"),
    path(
        "api/v1/contests/<slug:slug>/standings", overall.FinalStandings.as_view(), name="api-final-standings"
    ),
    path(ROUND, contests.RoundDetail.as_view(), name="api-round"),
    path(f"{ROUND}/rules", contests.RoundRules.as_view(), name="api-rules"),
    path(f"{ROUND}/standings", standings.Standings.as_view(), name="api-standings"),
    path(f"{ROUND}/standings/mine", standings.OwnStanding.as_view(), name="api-own-standing"),
    path("api/v1/receipts/<str:code>", standings.Receipt.as_view(), name="api-receipt"),
    path("api/v1/units", units.UnitSearch.as_view(), name="api-units"),
    # live rounds
    path("api/v1/live/lookup", live_rooms.lookup, name="api-live-lookup"),
    path("api/v1/live/join", live_rooms.join, name="api-live-join"),
    path("api/v1/live/remotes/pair", live_rooms.pair, name="api-live-pair"),
    path(f"{LIVE}/come-back", live_rooms.come_back, name="api-live-come-back"),
    path(f"{LIVE}/state", live_rooms.state, name="api-live-state"),
    path(f"{LIVE}/answers", live_rooms.give_answer, name="api-live-answers"),
    path(f"{LIVE}/commands", live_rooms.give_command, name="api-live-commands"),
    path(f"{LIVE}/result", live_results.LiveResult.as_view(), name="api-live-result"),
    path(f"{LIVE}/appeals", live_rooms.appeal, name="api-live-appeals"),
    path(f"{LIVE}/appeals/own", live_rooms.own_appeals, name="api-live-own-appeals"),
    path(f"{LIVE}/appeals/all", live_staff.AppealList.as_view(), name="api-live-appeal-list"),
    path(f"{LIVE}/appeals/<int:appeal_id>", live_staff.AppealDecision.as_view(), name="api-live-appeal"),
    path(f"{LIVE}/receipts", live_staff.Receipts.as_view(), name="api-live-receipts"),
    path(f"{LIVE}/tickets", live_staff.Tickets.as_view(), name="api-live-tickets"),
    path(f"{LIVE}/remotes", live_staff.Remotes.as_view(), name="api-live-remotes"),
    # staff
    path(f"{ROUND}/announce", organise.Announce.as_view(), name="api-announce"),
    path(f"{ROUND}/close", organise.Close.as_view(), name="api-close"),
    path(f"{ROUND}/settle", organise.Settle.as_view(), name="api-settle"),
    path(f"{ROUND}/publish", organise.Publish.as_view(), name="api-publish"),
    path(f"{ROUND}/attempts/search", people.AttemptSearch.as_view(), name="api-attempt-search"),
    path(f"{ROUND}/attempts/<str:public_id>/adjust", people.Adjust.as_view(), name="api-adjust"),
    path(f"{ROUND}/attempts/<str:public_id>/reopen", people.Reopen.as_view(), name="api-reopen"),
    path(f"{ROUND}/attempts/<str:public_id>/void", people.Void.as_view(), name="api-void"),
    path("api/v1/contests/<slug:slug>/exclusions", people.Exclusions.as_view(), name="api-exclusions"),
    path(
        "api/v1/contests/<slug:slug>/exclusions/<int:exclusion_id>/lift",
        people.LiftExclusion.as_view(),
        name="api-lift-exclusion",
    ),
    path("api/v1/contests/<slug:slug>/settle", overall.SettleContest.as_view(), name="api-settle-contest"),
    path("api/v1/contests/<slug:slug>/publish", overall.PublishContest.as_view(), name="api-publish-contest"),
    path(f"{ROUND}/statistics/units", organise.UnitStatistics.as_view(), name="api-unit-statistics"),
    path("api/v1/bank/questions", questions.QuestionList.as_view(), name="api-questions"),
    # the document
    path("api/v1/schema", schema.SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs", schema.DocsView.as_view(), name="api-docs"),
    re_path(r"^api/(?P<rest>.*)$", views.unknown),
]
