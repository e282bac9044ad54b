"""Words of results."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

PRIZES: dict[str, str | Promise] = {
    "first": _("Giải nhất"),
    "second": _("Giải nhì"),
    "third": _("Giải ba"),
    "consolation": _("Giải khuyến khích"),
}


@register.filter
def prize(tier: str) -> str:
    """The prize in words; "" for none."""
    return str(PRIZES.get(tier, ""))
