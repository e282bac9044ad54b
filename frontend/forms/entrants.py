"""Forms of registration and of coming back."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

CONSENTS: Mapping[str, object] = {
    "take_part": _(
        "Tôi đồng ý để ban tổ chức xử lý họ tên, năm sinh, số điện thoại và đơn vị của tôi nhằm tổ chức cuộc thi, "
        "xét giải và giải quyết khiếu nại."
    ),
    "publish_name": _("Tôi đồng ý công khai đầy đủ họ tên khi tôi có tên trong bảng kết quả."),
    "contact_later": _("Tôi đồng ý nhận tin về các cuộc thi sau qua số điện thoại này."),
}
REQUIRED = "take_part"


class RegistrationForm(forms.Form):
    """What everyone is asked; the unit picker and the consents stand in the template."""

    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    birth_day = forms.IntegerField(
        label=_("Ngày"), required=False, min_value=1, max_value=31,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )  # fmt: skip
    birth_month = forms.IntegerField(
        label=_("Tháng"), required=False, min_value=1, max_value=12,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )  # fmt: skip
    birth_year = forms.IntegerField(
        label=_("Năm sinh"), min_value=1900, max_value=2100,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "bday-year"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Số điện thoại"), max_length=24,
        help_text=_("Mỗi số điện thoại là một người dự thi. Ban tổ chức chỉ dùng số này để xác nhận khi trao giải."),
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip


class ComeBackForm(forms.Form):
    """Phone and code of someone who registered on another device."""

    phone = forms.CharField(
        label=_("Số điện thoại"), max_length=24,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Mã dự thi"), max_length=16,
        widget=forms.TextInput(attrs={"class": "input input--code", "autocomplete": "off"}),
    )  # fmt: skip
