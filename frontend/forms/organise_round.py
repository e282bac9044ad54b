"""The rules of a round as a form: all that the thể lệ says, in plain fields that work without script.

Whatever a round can be told stands here; what most rounds leave alone lies folded away (see `unfolded`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from contest.models import Round
from contest.rules import rulebook
from contest.rules.attempts import AttemptRule, Per
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.blueprint import Blueprint
from contest.rules.prediction import DEFAULT_DECIMALS, MOST_DECIMALS, ErrorRule, Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Shared
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from frontend.forms.organise import moment_field
from frontend.forms.round_blueprint import LEVEL_NAMES, BlueprintFields, whole
from frontend.forms.round_chain import ChainFields, chain_in_words, initial_chain, problems_in_words
from frontend.forms.round_hours import HoursFields, initial_hours

__all__ = ["LEVEL_NAMES", "TIERS", "RoundForm", "chain_in_words"]

TIERS = {
    Tier.FIRST: _("Giải nhất"),
    Tier.SECOND: _("Giải nhì"),
    Tier.THIRD: _("Giải ba"),
    Tier.CONSOLATION: _("Giải khuyến khích"),
}
PROBLEMS: Mapping[str, Any] = {
    "blueprint-empty": _("Ma trận đề chưa có dòng nào."),
    "blueprint-too-long": _("Đề có quá nhiều câu hỏi."),
    "cell-count": _("Số câu ở mỗi dòng ma trận phải từ 1."),
    "cell-points": _("Điểm mỗi câu phải từ 1."),
    "cell-level": _("Mức độ ở một dòng ma trận không hợp lệ."),
    "cell-kind": _("Dạng câu hỏi ở một dòng ma trận không hợp lệ."),
    "cell-repeated": _("Ma trận đề có hai dòng giống hệt nhau; hãy gộp lại."),
    "limit-out-of-range": _("Thời gian làm bài phải từ 30 giây đến 240 phút."),
    "attempts-out-of-range": _("Số lượt thi phải từ 1."),
    "prediction-not-asked": _("Thứ tự xét giải dùng số dự đoán nhưng vòng thi không hỏi dự đoán."),
}
# What lies folded away: by the fold's name the fields that tell whether something is unusual, and how others begin.
FOLDS: Mapping[str, tuple[str, ...]] = {
    "hours": ("hours", "daily", "span", "day-"),
    "counting": ("counted",),
    "paper": ("paper_count", "shuffle_questions", "shuffle_options", "partial_credit", "void_removes"),
    "prediction": ("prediction_error", "prediction_decimals", "prediction_from"),
}


class RoundForm(HoursFields, BlueprintFields, ChainFields):
    """Title, window, blueprint and rules of a round; `rules()` gives the rulebook."""

    title = forms.CharField(label=_("Tên vòng thi"), max_length=200)
    opens_at = moment_field(_("Giờ mở"))
    closes_at = moment_field(_("Giờ kết thúc"))
    limit_minutes = forms.IntegerField(
        label=_("Thời gian làm bài (phút)"), min_value=0, max_value=240, initial=15
    )
    limit_seconds = whole(_("và giây"), least=0, most=59)
    attempts = forms.IntegerField(label=_("Số lượt thi mỗi người"), min_value=1, max_value=100, initial=1)
    per = forms.ChoiceField(
        label=_("Lượt thi tính theo"),
        choices=[(Per.ROUND.value, _("cả vòng thi")), (Per.WEEK.value, _("mỗi tuần"))],
    )
    counted = forms.ChoiceField(
        label=_("Lượt được xếp hạng"),
        required=False,
        initial=Counted.BEST.value,
        choices=[
            (Counted.BEST.value, _("Lượt tốt nhất theo thứ tự xét giải")),
            (Counted.HIGHEST_POINTS.value, _("Lượt có điểm cao nhất, bằng điểm thì lấy lượt sớm hơn")),
            (Counted.FIRST.value, _("Lượt đầu tiên")),
            (Counted.LAST.value, _("Lượt cuối cùng")),
        ],
    )
    paper_count = forms.IntegerField(
        label=_("Số đề"),
        min_value=1,
        max_value=200,
        initial=1,
        help_text=_("Mỗi lượt thi nhận ngẫu nhiên một đề."),
    )
    shuffle_questions = forms.BooleanField(
        label=_("Xáo trộn thứ tự câu hỏi cho từng lượt"), required=False, initial=True
    )
    shuffle_options = forms.BooleanField(
        label=_("Xáo trộn thứ tự phương án cho từng lượt"), required=False, initial=True
    )
    partial_credit = forms.BooleanField(label=_("Chấm điểm từng phần cho câu có nhiều phần"), required=False)
    void_removes = forms.BooleanField(
        label=_("Câu bị hủy thì bỏ khỏi tổng điểm (không đánh dấu: mọi người được trọn điểm câu đó)"),
        required=False,
    )
    prediction = forms.ChoiceField(
        label=_("Câu hỏi dự đoán"),
        required=False,
        choices=[
            ("", _("Không hỏi")),
            (Kind.PEOPLE_ALL_CORRECT.value, _("Số người trả lời đúng tất cả")),
            (Kind.PEOPLE_PARTICIPATING.value, _("Số người dự thi")),
            (Kind.ATTEMPTS.value, _("Số lượt thi")),
            (Kind.PERCENT_ALL_CORRECT.value, _("Tỷ lệ phần trăm người đúng tất cả")),
        ],
        help_text=_("Trong lúc hỏi dự đoán, số liệu dự thi được giữ kín với mọi người, kể cả ban tổ chức."),
    )
    prediction_error = forms.ChoiceField(
        label=_("Sai số"),
        required=False,
        initial=ErrorRule.ABSOLUTE.value,
        choices=[
            (ErrorRule.ABSOLUTE.value, _("Khoảng cách đến số đúng, thừa hay thiếu như nhau")),
            (ErrorRule.NOT_ABOVE.value, _("Không được lớn hơn số đúng; lớn hơn coi như không dự đoán")),
        ],
    )
    prediction_from = forms.ChoiceField(
        label=_("Lấy số dự đoán ở"),
        required=False,
        initial=PredictionFrom.COUNTED.value,
        choices=[
            (PredictionFrom.COUNTED.value, _("lượt được xếp hạng")),
            (PredictionFrom.FIRST.value, _("lượt đầu tiên có dự đoán")),
            (PredictionFrom.LAST.value, _("lượt cuối cùng có dự đoán")),
        ],
    )
    prediction_decimals = whole(
        _("Số chữ số thập phân của tỷ lệ phần trăm"), least=0, most=MOST_DECIMALS, initial=DEFAULT_DECIMALS
    )
    board = forms.ChoiceField(
        label=_("Bảng xếp hạng khi đang thi"),
        initial=BoardPolicy.OWN.value,
        choices=[
            (BoardPolicy.LIVE.value, _("Công khai, cập nhật liên tục")),
            (BoardPolicy.FROZEN.value, _("Công khai đến giờ dừng bảng")),
            (BoardPolicy.OWN.value, _("Chỉ thấy kết quả của mình")),
            (BoardPolicy.HIDDEN.value, _("Giữ kín đến khi công bố")),
        ],
    )
    frozen_from = moment_field(_("Giờ dừng bảng"), required=False)
    review = forms.ChoiceField(
        label=_("Cho xem đáp án"),
        initial=ReviewPolicy.AFTER_PUBLICATION.value,
        choices=[
            (ReviewPolicy.AFTER_SUBMIT.value, _("Ngay sau khi nộp bài")),
            (ReviewPolicy.AFTER_CLOSE.value, _("Sau khi vòng thi kết thúc")),
            (ReviewPolicy.AFTER_PUBLICATION.value, _("Sau khi công bố kết quả")),
            (ReviewPolicy.NEVER.value, _("Không cho xem")),
        ],
    )
    one_a_person = forms.BooleanField(
        label=_("Mỗi người chỉ nhận một giải trong cả cuộc thi"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        topics: Sequence[tuple[str, str]],
        base: Rules | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.base = base or Rules(Blueprint(()))
        super().__init__(data, initial=initial)
        self.add_days()
        self.add_cells(data, self.base.blueprint, topics)
        self.add_criteria(self.base.chain)
        for tier, name in TIERS.items():
            self.fields[f"prize_{tier.value}"] = whole(name, least=0, most=10_000)

    @classmethod
    def of_round(cls, round: Round, *, topics: Sequence[tuple[str, str]], data: Any = None) -> "RoundForm":
        """The form filled with the round as it is stored."""
        rules = Rules.from_json(round.rules)
        return cls(data, topics=topics, base=rules, initial=_initial(round, rules))

    @property
    def prizes(self) -> list[BoundField]:
        """How many prizes, the highest first."""
        return [self[f"prize_{tier.value}"] for tier in Tier]

    @property
    def unfolded(self) -> dict[str, bool]:
        """Which folds stand open: those with an error, and those that say something unusual."""
        usual = type(self)(topics=()) if self.is_bound or self.initial else self
        return {
            fold: any(
                name in self.errors
                or (name in starts and str(self[name].value() or "") != str(usual[name].value() or ""))
                for name in self.fields
                if name.startswith(starts)
            )
            for fold, starts in FOLDS.items()
        }

    def clean(self) -> dict[str, Any]:
        """Says in words what would keep these rules from being announced."""
        super().clean()
        if not self.errors:
            self.clean_weekly_hours()
        if not self.errors:
            rules = self.rules()
            found = [PROBLEMS[code] for code in dict.fromkeys(rulebook.problems(rules)) if code in PROBLEMS]
            for sentence in (*found, *problems_in_words(rules.chain, rules.shared)):
                self.add_error(None, str(sentence))
            if self.cleaned_data["board"] == BoardPolicy.FROZEN and not self.cleaned_data["frozen_from"]:
                self.add_error("frozen_from", str(_("Xin chọn giờ dừng bảng.")))
        return self.cleaned_data

    def rules(self) -> Rules:
        """The typed rules. Choices that were not sent keep what the round had."""
        given, base = self.cleaned_data, self.base
        counts = tuple((tier, given[f"prize_{tier.value}"] or 0) for tier in Tier)
        return replace(
            base,
            blueprint=self.blueprint(),
            limit_s=60 * given["limit_minutes"] + (given["limit_seconds"] or 0),
            attempts=AttemptRule(given["attempts"], Per(given["per"])),
            weekdays=self.weekly_hours(),
            shuffle_questions=given["shuffle_questions"],
            shuffle_options=given["shuffle_options"],
            partial_credit=given["partial_credit"],
            chain=self.ranking_chain(),
            shared=Shared(given["shared"]),
            counted=Counted(given["counted"] or base.counted),
            prediction=self._prediction(),
            prediction_from=PredictionFrom(given["prediction_from"] or base.prediction_from),
            board=BoardPolicy(given["board"]),
            frozen_from=given["frozen_from"],
            review=ReviewPolicy(given["review"]),
            prizes=PrizePlan(tuple((tier, count) for tier, count in counts if count), given["one_a_person"]),
            void_removes=given["void_removes"],
        )

    def _prediction(self) -> PredictionRule | None:
        given = self.cleaned_data
        if not given["prediction"]:
            return None
        decimals = given["prediction_decimals"]
        return PredictionRule(
            Kind(given["prediction"]),
            ErrorRule(given["prediction_error"] or ErrorRule.ABSOLUTE),
            DEFAULT_DECIMALS if decimals is None else decimals,
        )


def _initial(round: Round, rules: Rules) -> dict[str, Any]:
    prizes = {f"prize_{tier.value}": count for tier, count in rules.prizes.counts}
    minutes, seconds = divmod(rules.limit_s, 60)
    guessed = rules.prediction or PredictionRule(Kind.ATTEMPTS)
    return {
        **prizes,
        **initial_hours(rules.weekdays),
        "title": round.title,
        "opens_at": round.opens_at,
        "closes_at": round.closes_at,
        "limit_minutes": minutes,
        "limit_seconds": seconds or None,
        "attempts": rules.attempts.limit,
        "per": rules.attempts.per.value,
        "counted": rules.counted.value,
        "paper_count": round.paper_count,
        "shuffle_questions": rules.shuffle_questions,
        "shuffle_options": rules.shuffle_options,
        "partial_credit": rules.partial_credit,
        "void_removes": rules.void_removes,
        "prediction": rules.prediction.kind.value if rules.prediction else "",
        "prediction_error": guessed.error.value,
        "prediction_decimals": guessed.decimals,
        "prediction_from": rules.prediction_from.value,
        "chain": initial_chain(rules.chain),
        "shared": rules.shared.value,
        "board": rules.board.value,
        "frozen_from": rules.frozen_from,
        "review": rules.review.value,
        "one_a_person": rules.prizes.one_a_person,
    }
