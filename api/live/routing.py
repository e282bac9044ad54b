"""Addresses of the sockets."""

from collections.abc import Callable
from typing import cast

from django.http.response import HttpResponseBase
from django.urls import path

from api.live import consumers

websocket_urlpatterns = [
    path("ws/vong/<int:round_id>/bang", cast("Callable[..., HttpResponseBase]", consumers.board))
]
