"""Whole numbers between two bounds, whose refusal names both."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def whole_number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A field of `forms.IntegerField`; whatever it refuses it answers in one short sentence."""
    bounds = format_lazy(_("Số nguyên từ {least} đến {most}."), least=least, most=most)
    told = dict.fromkeys(("invalid", "min_value", "max_value"), bounds)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=told, **more)
