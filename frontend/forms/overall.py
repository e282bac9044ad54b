"""The prizes of a whole contest as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contest.rules import overall
from contest.rules.overall import Chain, Terms
from contest.rules.prizes import PrizePlan, Tier
from frontend.contest_prizes import in_words
from frontend.forms.organise_round import TIERS

CHAINS = (
    overall.DEFAULT_CHAIN,
    ("points", "rounds", "duration", "last_finish", "entrant_id"),
    ("points", "prediction_error", "duration", "last_finish", "entrant_id"),
    ("rounds_all_correct", "points", "duration", "last_finish", "entrant_id"),
    ("points", "duration", "lottery"),
)
MOST_PRIZES = 1000


class OverallForm(forms.Form):
    """The chain, the least number of rounds, and how many prizes of each tier; `terms()` reads it."""

    chain = forms.ChoiceField(label=_("Thứ tự xét giải chung cuộc"))
    least_rounds = forms.IntegerField(
        label=_("Số vòng dự thi tối thiểu"),
        min_value=1,
        max_value=100,
        help_text=_("Người dự thi ít vòng hơn không được xếp hạng chung cuộc."),
    )
    prize_first = forms.IntegerField(min_value=0, max_value=MOST_PRIZES, required=False)
    prize_second = forms.IntegerField(min_value=0, max_value=MOST_PRIZES, required=False)
    prize_third = forms.IntegerField(min_value=0, max_value=MOST_PRIZES, required=False)
    prize_consolation = forms.IntegerField(min_value=0, max_value=MOST_PRIZES, required=False)
    one_a_person = forms.BooleanField(
        label=_("Người đã nhận giải của một vòng không nhận thêm giải chung cuộc"), required=False
    )
    reason = forms.CharField(
        label=_("Lý do thay đổi"),
        max_length=1000,
        required=False,
        help_text=_("Bắt buộc khi đổi cơ cấu giải mà mọi người đã đọc được."),
    )

    def __init__(self, data: Any = None, *, terms: Terms | None) -> None:
        self.base = terms or Terms()
        counts = {f"prize_{tier.value}": count for tier, count in self.base.prizes.counts}
        initial = counts | {
            "chain": ",".join(self.base.chain.codes),
            "least_rounds": self.base.least_rounds,
            "one_a_person": self.base.prizes.one_a_person if terms else True,
        }
        super().__init__(data, initial=initial, auto_id="overall_%s")
        for tier in Tier:
            self.fields[f"prize_{tier.value}"].label = TIERS[tier]
        own = self.base.chain.codes
        chains = CHAINS if own in CHAINS else (*CHAINS, own)
        field = self.fields["chain"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  Declared above.
        field.choices = [(",".join(codes), in_words(codes)) for codes in chains]

    def terms(self) -> Terms:
        """The rules as typed; what the form does not ask stays as it was."""
        given = self.cleaned_data
        counts = tuple((tier, given[f"prize_{tier.value}"] or 0) for tier in Tier)
        plan = PrizePlan(tuple(pair for pair in counts if pair[1]), given["one_a_person"])
        chain = Chain(tuple(given["chain"].split(",")))
        return Terms(chain, self.base.shared, given["least_rounds"], plan)
