"""Forms of the tree of units."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contest.models import Unit
from contest.rules.unit_lines import LONGEST_NAME, MOST_MEMBERS, Verdict

VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.NEW: _("thêm mới"),
    Verdict.KNOWN: _("đã có, chỉ cập nhật số"),
    Verdict.REPEATED: _("lặp lại dòng trên"),
    Verdict.NAMELESS: _("thiếu tên đơn vị"),
    Verdict.TOO_LONG: _("tên dài quá 200 ký tự"),
    Verdict.TOO_DEEP: _("sâu quá số cấp cho phép"),
    Verdict.COUNT_MALFORMED: _("số đoàn viên, hội viên không hợp lệ"),
    Verdict.MISALIGNED: _("thụt lề không khớp dòng nào ở trên"),
}
MOST_CHARACTERS = 1_500_000


class UnitForm(forms.Form):
    """A unit's name and its number of members."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=LONGEST_NAME)
    member_count = forms.IntegerField(
        label=_("Số đoàn viên, hội viên"), min_value=0, max_value=MOST_MEMBERS, required=False
    )


class PasteForm(forms.Form):
    """A whole tree as text."""

    lines = forms.CharField(
        label=_("Danh sách đơn vị"),
        max_length=MOST_CHARACTERS,
        help_text=_(
            "Mỗi dòng một đơn vị: thụt lề để vào cấp dưới, hoặc viết “Cha > Con”. Sau dấu chấm phẩy hoặc phím Tab có "
            "thể ghi số đoàn viên, hội viên. Nhiều nhất 5.000 dòng mỗi lần."
        ),
        widget=forms.Textarea(attrs={"class": "input", "rows": 10, "spellcheck": "false"}),
        strip=False,
    )


class MoveForm(forms.Form):
    """Another parent, found by its name."""

    parent = forms.TypedChoiceField(label=_("Chuyển vào đơn vị"), coerce=int)
    reason = forms.CharField(label=_("Lý do"), max_length=1000)

    def __init__(self, data: Any = None, *, parents: list[Unit]) -> None:
        super().__init__(data, auto_id="move_%s")
        field = self.fields["parent"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  Declared above.
        field.choices = [(unit.pk, unit.full_name) for unit in parents]
