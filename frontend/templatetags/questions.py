"""What the question templates ask about a response: letters, what is ticked, which place, which partner."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def letter(position: int) -> str:
    """`A` for 1, `B` for 2, …"""
    return chr(ord("A") + position - 1)


@register.filter
def gives(response: Any, key: str) -> bool:
    """Whether a response of one key, or of a list of keys, gives this key."""
    return response == key if isinstance(response, str) else key in (response or [])


@register.filter
def place_of(response: Any, key: str) -> int:
    """The place of an item, from 1, in the response of an ordering question; 0 when it has none."""
    order = response or []
    return order.index(key) + 1 if key in order else 0


@register.filter
def partner_of(response: Any, left: str) -> str:
    """The right-hand key that a matching response gives to `left`; "" when none."""
    return str(dict(response or []).get(left, ""))


@register.filter
def answered(response: Any) -> bool:
    """Whether a response says anything: not None, blank text or an empty list."""
    return bool(response.strip() if isinstance(response, str) else response)
