"""Forms about one person: extra time, reopening, a name put right, exclusion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.forms.organise import ReasonForm

MOST_MINUTES = 240
GIVE, TAKE = "give", "take"


class SearchForm(forms.Form):
    """What an entrant or attempt is looked for by."""

    q = forms.CharField(
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, label: Any, hint: Any) -> None:
        super().__init__(data)
        self.fields["q"].label, self.fields["q"].help_text = label, hint

    @property
    def words(self) -> str:
        """What was typed; "" for too much of it."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


def _minutes(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=MOST_MINUTES)


class AdjustForm(ReasonForm):
    """Minutes given or taken away."""

    change = forms.ChoiceField(
        label=_("Thay đổi"), choices=[(GIVE, _("Thêm giờ")), (TAKE, _("Bớt giờ"))], initial=GIVE
    )
    minutes = _minutes(_("Số phút"), _("Bớt giờ luôn chừa lại ít nhất 60 giây."))
    field_order = ["change", "minutes", "reason"]

    @property
    def seconds(self) -> int:
        """Below 0 when taken away."""
        seconds = 60 * int(self.cleaned_data["minutes"])
        return seconds if self.cleaned_data["change"] == GIVE else -seconds


class ReopenForm(ReasonForm):
    """Minutes from now for an attempt that is opened again."""

    minutes = _minutes(
        _("Số phút tính từ bây giờ"), _("Thời gian bị gián đoạn vẫn tính vào thời gian làm bài.")
    )
    field_order = ["minutes", "reason"]

    @property
    def seconds(self) -> int:
        """Of the minutes."""
        return 60 * int(self.cleaned_data["minutes"])


class VoidForm(ReasonForm):
    """Why an attempt is to count nowhere."""


class ExclusionForm(ReasonForm):
    """A person who may not take part, by phone, whether registered or not."""

    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=24,
        help_text=_("Chỉ lưu dấu nhận dạng của số này, không lưu số."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Người bị loại trừ"), max_length=120, help_text=_("Ví dụ: Trần Văn Hòa, thư ký ban tổ chức.")
    )
    field_order = ["phone", "name", "reason"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.CharField)  # noqa: S101  Declared above.
        reason.max_length = 200
        reason.widget.attrs["maxlength"] = "200"
        reason.help_text = _("Người bị loại trừ đọc được lý do này khi vào thi.")


class CorrectionOfEntrantForm(ReasonForm):
    """A name put right; the unit picker stands in the template."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    field_order = ["name", "reason"]
