"""Forms of the organiser's desk, but for the rules of a round (organise_round)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from contest.models import KeyCorrection
from contest.queries.dashboard import Asked
from frontend import phrases
from question_bank.errors import Refusal
from question_bank.rules import kinds, text

MOMENT = "%Y-%m-%dT%H:%M"
TRUE_FALSE = {"đúng": "true", "sai": "false"}


def moment_field(label: Any, *, required: bool = True) -> forms.DateTimeField:
    """A date with a time of the day, in the site's time zone."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(
        label=label,
        required=required,
        widget=widget,
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
    )


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """The refusal in words, at the field it names or on top of the form."""
    field = refusal.facts.get("field")
    form.add_error(
        field if isinstance(field, str) and field in form.fields else None, phrases.sentence(refusal)
    )


class ContestForm(forms.Form):
    """A new contest. An empty address is made from the title."""

    title = forms.CharField(label=_("Tên cuộc thi"), max_length=200)
    slug = forms.SlugField(
        label=_("Địa chỉ trang"),
        max_length=60,
        required=False,
        help_text=_("Chữ không dấu, số và gạch nối. Để trống thì lấy theo tên cuộc thi."),
    )
    organiser = forms.CharField(label=_("Đơn vị tổ chức"), max_length=200)
    introduction = forms.CharField(
        label=_("Giới thiệu"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    contact = forms.CharField(label=_("Liên hệ"), max_length=200, required=False)
    minimum_age = forms.IntegerField(label=_("Tuổi tối thiểu"), min_value=6, max_value=100, required=False)

    def clean(self) -> dict[str, Any]:
        """Fills the address in."""
        super().clean()
        title = self.cleaned_data.get("title", "")
        if not self.cleaned_data.get("slug") and "slug" not in self.errors:
            self.cleaned_data["slug"] = slugify(text.fold(title))[:60].strip("-")
            if title and not self.cleaned_data["slug"]:
                self.add_error("slug", str(_("Xin nhập địa chỉ trang.")))
        return self.cleaned_data


class PressForm(forms.Form):
    """A deed that needs nothing but the press of its button."""


class ReasonForm(forms.Form):
    """A deed that is written down with its reason."""

    reason = forms.CharField(
        label=_("Lý do"), help_text=_("Lý do được lưu vào nhật ký của cuộc thi."), max_length=1000
    )


class LotsForm(forms.Form):
    """The order in which lots were drawn: a receipt code a line, the first drawn first."""

    codes = forms.CharField(
        label=_("Kết quả bốc thăm"),
        help_text=_("Mỗi dòng một mã biên nhận, theo thứ tự bốc được: dòng đầu xếp trước."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6, "spellcheck": "false"}),
    )


class RescheduleForm(ReasonForm):
    """Another window for an announced round."""

    opens_at = moment_field(_("Giờ mở"))
    closes_at = moment_field(_("Giờ kết thúc"))
    field_order = ["opens_at", "closes_at", "reason"]


class CorrectionForm(ReasonForm):
    """A correction of one question's key. `answer` is read as an answer of that question."""

    version_id = forms.TypedChoiceField(label=_("Câu hỏi"), coerce=int)
    effect = forms.ChoiceField(
        label=_("Cách điều chỉnh"),
        choices=[
            (KeyCorrection.Effect.ACCEPT.value, _("Chấp nhận thêm một đáp án")),
            (KeyCorrection.Effect.ACCEPT_ALL.value, _("Tính đúng cho tất cả")),
            (KeyCorrection.Effect.VOID.value, _("Hủy câu hỏi")),
        ],
    )
    answer = forms.CharField(
        label=_("Đáp án chấp nhận thêm"),
        required=False,
        help_text=_("Ví dụ: b · a, c · Đúng · l1:r2, l2:r1. Chỉ dùng khi chấp nhận thêm một đáp án."),
    )
    field_order = ["version_id", "effect", "answer", "reason"]

    def __init__(self, data: Any = None, *, asked: Sequence[Asked]) -> None:
        super().__init__(data, auto_id="correct_%s")
        self.asked = {question.version: question for question in asked}
        choices = [(question.version, _shortened(question.stem)) for question in asked]
        field = self.fields["version_id"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  Declared above.
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """`answer` becomes the JSON of a full answer, or None for the other effects."""
        super().clean()
        question = self.asked.get(self.cleaned_data.get("version_id", 0))
        typed = self.cleaned_data.get("answer", "")
        self.cleaned_data["answer"] = None
        if question is not None and self.cleaned_data.get("effect") == KeyCorrection.Effect.ACCEPT:
            try:
                self.cleaned_data["answer"] = read_answer(question, typed)
            except Refusal as refusal:
                self.add_error("answer", phrases.sentence(refusal))
        return self.cleaned_data


def read_answer(question: Asked, typed: str) -> Any:
    """The full answer a person typed with keys parted by commas. Refusal("response-malformed")."""
    kind = kinds.get(question.kind)
    answer = kind.read(question.body, _raw(question.kind, typed.strip()))
    if kind.answer_problem(question.body, answer) is not None:
        raise Refusal("response-malformed", kind=question.kind)
    return answer


def _raw(kind: str, typed: str) -> str | list[str]:
    if kind == "fill":
        return typed
    if kind == "truefalse":
        return TRUE_FALSE.get(typed.lower(), typed.lower())
    if kind == "single":
        return typed.lower()
    return [part.strip().lower() for part in typed.replace("=", ":").split(",") if part.strip()]


def _shortened(stem: str) -> str:
    return stem if len(stem) <= 110 else f"{stem[:109]}…"
