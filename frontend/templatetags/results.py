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


CORRECTIONS: dict[str, str | Promise] = {
    "accept": _(
        "Ban tổ chức đã điều chỉnh câu này: chấp nhận thêm đáp án. Điểm ở đây là điểm sau điều chỉnh."
    ),
    "accept_all": _("Ban tổ chức đã điều chỉnh câu này: mọi câu trả lời đều được tính đúng."),
    "void_full": _("Ban tổ chức đã hủy câu này: mọi người đều được đủ điểm của câu."),
    "void_removed": _("Ban tổ chức đã hủy câu này: câu không được tính vào điểm của ai."),
}


@register.filter
def correction(code: str) -> str:
    """What was corrected in one question, for whoever reviews it; "" for nothing."""
    return str(CORRECTIONS.get(code, ""))


@register.filter
def prize(tier: str) -> str:
    """The prize in words; "" for none."""
    return str(PRIZES.get(tier, ""))
