"""Addresses of the sockets."""

from django.urls import path

from api.live import consumers

websocket_urlpatterns = [path("ws/vong/<int:round_id>/bang", consumers.board)]
