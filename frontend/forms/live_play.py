"""Forms of whoever comes into a live room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.actions.live_join import CODE_LENGTH, LONGEST_UNIT
from contest.live.names import LONGEST


class PinForm(forms.Form):
    """The PIN of the projector; blanks between the digits do not matter."""

    ma = forms.CharField(
        label=_("Mã phòng"), max_length=12,
        help_text=_("Dãy số trên màn chiếu của hội thi."),
        widget=forms.TextInput(attrs={
            "class": "input input--pin number", "inputmode": "numeric", "autocomplete": "off", "enterkeyhint": "go",
        }),
    )  # fmt: skip

    def clean_ma(self) -> str:
        """Digits only."""
        return "".join(char for char in self.cleaned_data["ma"] if char.isdigit())


class JoinForm(forms.Form):
    """A name, and the unit where the rules of the round ask for it."""

    name = forms.CharField(
        label=_("Tên của bạn"), max_length=200, required=False,
        widget=forms.TextInput(attrs={
            "class": "input", "autocomplete": "name", "maxlength": LONGEST, "enterkeyhint": "go", "required": True,
        }),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Đơn vị"), max_length=400, required=False,
        widget=forms.TextInput(attrs={
            "class": "input", "autocomplete": "organization", "maxlength": LONGEST_UNIT, "required": True,
        }),
    )  # fmt: skip

    def __init__(self, *args: Any, ask_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_unit:
            del self.fields["unit"]


class ReturnForm(forms.Form):
    """Seat and code of somebody who was in the room on another phone."""

    seat = forms.IntegerField(
        label=_("Số ghế"), min_value=1, max_value=100_000,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Mã vào lại"), max_length=CODE_LENGTH + 6,
        widget=forms.TextInput(attrs={
            "class": "input input--code", "autocomplete": "off", "autocapitalize": "characters",
        }),
    )  # fmt: skip
