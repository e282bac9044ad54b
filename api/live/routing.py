"""Addresses of the sockets."""

from collections.abc import Callable
from typing import cast

from django.http.response import HttpResponseBase
from django.urls import path

from api.live import consumers, lobby
from api.live.room_socket import RoomSocket

websocket_urlpatterns = [
    path("ws/vong/<int:round_id>/bang", cast("Callable[..., HttpResponseBase]", consumers.board)),
    path("ws/phong/<int:round_id>", cast("Callable[..., HttpResponseBase]", RoomSocket(lobby.hall))),
]
