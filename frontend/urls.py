"""Addresses of the pages."""

from django.urls import include, path
from django.views.i18n import set_language

from frontend.views import (
    account,
    attempts,
    entrants,
    final,
    live_hall,
    live_play,
    live_result,
    media,
    offline,
    public,
)

urlpatterns = [
    path("", public.home, name="home"),
    path("sw.js", offline.worker, name="service-worker"),
    path("ngoai-tuyen/", offline.page, name="offline"),
    path("ngon-ngu/", set_language, name="set_language"),
    path("dang-nhap/", account.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", account.SignOut.as_view(), name="sign-out"),
    path("cuoc-thi/<slug:slug>/", public.contest, name="contest"),
    path("cuoc-thi/<slug:slug>/the-le/", public.rules, name="rules"),
    path("cuoc-thi/<slug:slug>/chung-cuoc/", final.result, name="contest-result"),
    path("cuoc-thi/<slug:slug>/dang-ky/", entrants.register, name="register"),
    path("cuoc-thi/<slug:slug>/vao-lai/", entrants.come_back, name="come-back"),
    path("vong/<int:round_id>/vao-thi/", attempts.start, name="start"),
    path("vong/<int:round_id>/bang/", public.board, name="board"),
    path("vong/<int:round_id>/ket-qua/", public.results, name="results"),
    path("phong/<int:live_id>/ket-qua/", live_result.page, name="live-result"),
    path("bai-thi/<str:public_id>/", attempts.attempt, name="attempt"),
    path("bai-thi/<str:public_id>/ket-qua/", attempts.result, name="result"),
    path("tep/<str:digest>", media.file, name="media"),
    path("phong/", include("frontend.live_desk_urls")),
    path("tra-cuu/", public.receipt, name="receipt"),
    path("phong/", live_play.pin, name="live-pin"),
    path("phong/q/<str:token>/", live_play.join_by_qr, name="live-qr"),
    path("phong/<int:room_id>/thi/", live_play.play, name="live-play"),
    path("phong/<str:pin>/", live_play.join, name="live-join"),
    path("phong/<int:room_id>/man-chieu/", live_hall.projector, name="live-projector"),
    path("phong/<int:room_id>/man-chieu/ma-qr.svg", live_hall.code, name="live-projector-qr"),
    path("to-chuc/", include("frontend.organise_urls")),
    path("bien-tap/", include("frontend.curate_urls")),
]
