"""The ranking chain as fields: one of the usual orders, or the criteria in an order of one's own."""

from collections.abc import Sequence

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contest.rules import ranking, rulebook
from contest.rules.ranking import Chain, Shared

CRITERIA: dict[str, str | Promise] = {
    "points": _("điểm cao hơn"),
    "points_share": _("tỷ lệ điểm cao hơn"),
    "all_correct": _("đúng tất cả"),
    "correct": _("nhiều câu đúng hơn"),
    "prediction_error": _("dự đoán gần hơn"),
    "duration": _("làm bài nhanh hơn"),
    "duration_second": _("làm bài nhanh hơn (tính tròn giây)"),
    "started_at": _("vào thi sớm hơn"),
    "submitted_at": _("nộp bài sớm hơn"),
    "submitted_second": _("nộp bài sớm hơn (tính tròn giây)"),
    "lottery": _("bốc thăm"),
    "attempt_id": _("thứ tự lượt thi"),
}
CHAINS = (
    rulebook.PREDICTION_CHAIN,
    rulebook.DEFAULT_CHAIN,
    ("all_correct", "prediction_error", "submitted_at", "attempt_id"),
    ("points", "prediction_error", "submitted_at", "attempt_id"),
    ("points", "prediction_error", "duration_second", "lottery"),
    ("points", "duration_second", "lottery"),
)
PROBLEMS: dict[str, str | Promise] = {
    "chain-empty": _("Chưa chọn tiêu chí xét giải nào."),
    "criterion-repeated": _("Thứ tự xét giải lặp lại tiêu chí “%(criterion)s”."),
    "criterion-unreachable": _(
        "Tiêu chí “%(criterion)s” không bao giờ được dùng đến, vì tiêu chí trước nó đã phân định được mọi người."
    ),
    "no-final-criterion": _(
        "Thứ tự xét giải còn có thể để hai người ngang nhau. Hãy thêm “bốc thăm” hoặc “thứ tự lượt thi” vào cuối, hoặc "
        "cho phép đồng hạng."
    ),
}
OWN = "own"


class ChainFields(forms.Form):
    """The part of a round's form that asks in which order people are ranked; `ranking_chain()` reads it."""

    chain = forms.ChoiceField(label=_("Thứ tự xét giải"))
    shared = forms.ChoiceField(
        label=_("Khi bằng nhau ở mọi tiêu chí"),
        choices=[
            (Shared.NEVER.value, _("Không đồng hạng")),
            (Shared.SKIPPING.value, _("Đồng hạng, bỏ hạng kế tiếp (1, 1, 3)")),
            (Shared.DENSE.value, _("Đồng hạng, không bỏ hạng (1, 1, 2)")),
        ],
    )

    def add_criteria(self, own: Chain) -> None:
        """A numbered field for every criterion there is, filled with the round's own order."""
        chain = self.fields["chain"]
        assert isinstance(chain, forms.ChoiceField)  # noqa: S101  Declared above.
        chain.initial = ",".join(rulebook.DEFAULT_CHAIN)
        usual = [(",".join(codes), chain_in_words(codes)) for codes in CHAINS]
        chain.choices = [*usual, (OWN, _("Tự sắp xếp các tiêu chí"))]
        for place in range(len(CRITERIA)):
            self.fields[f"criterion-{place + 1}"] = forms.ChoiceField(
                label=str(_("Tiêu chí thứ %(number)s")) % {"number": place + 1},
                required=False,
                choices=[("", _("(bỏ trống)")), *CRITERIA.items()],
                initial=own.codes[place] if place < len(own.codes) else "",
            )

    @property
    def criteria(self) -> list[BoundField]:
        """The numbered fields, the first decides first."""
        return [self[f"criterion-{place + 1}"] for place in range(len(CRITERIA))]

    def ranking_chain(self) -> Chain:
        """The chosen order; blanks between criteria are passed over."""
        if self.cleaned_data["chain"] != OWN:
            return Chain(tuple(self.cleaned_data["chain"].split(",")))
        typed = (self.cleaned_data[f"criterion-{place + 1}"] for place in range(len(CRITERIA)))
        return Chain(tuple(code for code in typed if code))


def initial_chain(chain: Chain) -> str:
    """The value of the field `chain`: the usual order, or one's own."""
    return ",".join(chain.codes) if chain.codes in CHAINS else OWN


def chain_in_words(codes: Sequence[str]) -> str:
    """The criteria in their order, the first decides first."""
    return " › ".join(str(CRITERIA.get(code, code)) for code in codes)


def problems_in_words(chain: Chain, shared: Shared) -> list[str]:
    """What makes the chain unfit, in sentences."""
    return [
        str(PROBLEMS[code]) % {"criterion": CRITERIA.get(criterion, criterion)}
        for code, criterion in ranking.problems(chain, shared)
    ]
