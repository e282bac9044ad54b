"""Addresses of the operator, the jury and the remote of live rounds, below /phong/."""

from django.urls import URLPattern, path

from frontend.views import live_host, live_jury, live_remote

urlpatterns: list[URLPattern] = [
    path("tu-xa/<str:code>/", live_remote.page, name="live-remote"),
    path("<int:live_id>/dieu-khien/", live_host.page, name="live-host"),
    path("<int:live_id>/dieu-khien/ghep/", live_host.pair, name="live-host-pair"),
    path("<int:live_id>/dieu-khien/bo-ghep/", live_host.unpair, name="live-host-unpair"),
    path("<int:live_id>/dieu-khien/ma-vao-lai/", live_host.code, name="live-host-code"),
    path("<int:live_id>/giam-khao/", live_jury.page, name="live-jury"),
    path("<int:live_id>/giam-khao/luot/<int:run_no>/", live_jury.run, name="live-jury-run"),
    path("<int:live_id>/giam-khao/xem-truoc/", live_jury.preview, name="live-jury-preview"),
    path("<int:live_id>/giam-khao/khieu-nai/", live_jury.appeals, name="live-jury-appeals"),
    path("<int:live_id>/giam-khao/bien-nhan/", live_jury.receipts, name="live-jury-receipts"),
]
