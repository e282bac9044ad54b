"""Addresses of the curators' pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
