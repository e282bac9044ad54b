"""Addresses of the organiser's desk, below /to-chuc/."""

from django.urls import URLPattern, path

from frontend.views.organise import (
    attempts,
    contests,
    export,
    live_rehearsal,
    live_replay,
    live_result,
    numbers,
    overall,
    people,
    poster,
    rounds,
    running,
    units,
)

urlpatterns: list[URLPattern] = [
    path("", contests.mine, name="organise"),
    path("moi/", contests.create, name="organise-contest-new"),
    path("vong/<int:round_id>/", running.desk, name="organise-round"),
    path("vong/<int:round_id>/so-lieu/", numbers.part, name="organise-round-numbers"),
    path("vong/<int:round_id>/sua/", rounds.edit, name="organise-round-edit"),
    path("vong/<int:round_id>/ket-qua.xlsx", export.result, name="organise-round-export"),
    path("vong/<int:round_id>/luot-thi/", attempts.find, name="organise-attempts"),
    path("truc-tiep/<int:live_id>/ket-qua/", live_result.page, name="organise-live-result"),
    path("truc-tiep/<int:live_id>/bien-ban.pdf", live_result.minutes, name="organise-live-minutes"),
    path("truc-tiep/<int:live_id>/ket-qua.xlsx", live_result.sheet, name="organise-live-sheet"),
    path("truc-tiep/<int:live_id>/dien-lai/", live_replay.page, name="organise-live-replay"),
    path("truc-tiep/<int:live_id>/dien-tap/", live_rehearsal.begin, name="organise-live-rehearse"),
    path("truc-tiep/<int:live_id>/xoa-dien-tap/", live_rehearsal.clear, name="organise-live-clear"),
    path("<slug:slug>/", contests.overview, name="organise-contest"),
    path("<slug:slug>/ma-qr.svg", poster.code, name="organise-contest-qr"),
    path("<slug:slug>/ap-phich/", poster.poster, name="organise-poster"),
    path("<slug:slug>/don-vi/", units.tree, name="organise-units"),
    path("<slug:slug>/chung-cuoc/", overall.desk, name="organise-overall"),
    path("<slug:slug>/chung-cuoc.xlsx", overall.export, name="organise-overall-export"),
    path("<slug:slug>/vong/moi/", rounds.create, name="organise-round-new"),
    path("<slug:slug>/thi-sinh/", people.listing, name="organise-entrants"),
    path("<slug:slug>/thi-sinh/<int:entrant_id>/", people.person, name="organise-entrant"),
    path("<slug:slug>/loai-tru/", people.excluded, name="organise-exclusions"),
]
