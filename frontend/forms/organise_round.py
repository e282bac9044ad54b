"""The rules of a round as a form: what thể lệ says, in plain fields that work without script."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from contest.models import Round
from contest.rules import rulebook
from contest.rules.attempts import AttemptRule, Per
from contest.rules.blueprint import KINDS, LEVELS, Blueprint, Cell
from contest.rules.prediction import Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import Chain, Shared
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from frontend.forms.organise import moment_field
from question_bank.rules import kinds

ROWS = 6
MOST_ROWS = 60
CELL = re.compile(r"cell-([0-9]{1,2})-topic")

TIERS = {
    Tier.FIRST: _("Giải nhất"),
    Tier.SECOND: _("Giải nhì"),
    Tier.THIRD: _("Giải ba"),
    Tier.CONSOLATION: _("Giải khuyến khích"),
}
LEVEL_NAMES = {"NB": _("Nhận biết"), "TH": _("Thông hiểu"), "VD": _("Vận dụng"), "VDC": _("Vận dụng cao")}
CRITERIA = {
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
PROBLEMS: Mapping[str, Any] = {
    "blueprint-empty": _("Ma trận đề chưa có dòng nào."),
    "blueprint-too-long": _("Đề có quá nhiều câu hỏi."),
    "cell-count": _("Số câu ở mỗi dòng ma trận phải từ 1."),
    "cell-points": _("Điểm mỗi câu phải từ 1."),
    "cell-level": _("Mức độ ở một dòng ma trận không hợp lệ."),
    "cell-kind": _("Dạng câu hỏi ở một dòng ma trận không hợp lệ."),
    "cell-repeated": _("Ma trận đề có hai dòng giống hệt nhau; hãy gộp lại."),
    "chain-empty": _("Chưa chọn thứ tự xét giải."),
    "criterion-repeated": _("Thứ tự xét giải lặp lại một tiêu chí."),
    "criterion-unreachable": _("Thứ tự xét giải có tiêu chí không bao giờ được dùng đến."),
    "no-final-criterion": _("Thứ tự xét giải còn có thể để hai người ngang nhau; hãy cho phép đồng hạng."),
    "limit-out-of-range": _("Thời gian làm bài phải từ 1 đến 240 phút."),
    "attempts-out-of-range": _("Số lượt thi phải từ 1."),
    "prediction-not-asked": _("Thứ tự xét giải dùng số dự đoán nhưng vòng thi không hỏi dự đoán."),
}


@dataclass(frozen=True, slots=True)
class CellFields:
    """The bound fields of one row of the blueprint, in the order of the table."""

    number: int
    topic: BoundField
    level: BoundField
    kind: BoundField
    count: BoundField
    points: BoundField


class RoundForm(forms.Form):
    """Title, window, blueprint and rules of a round; `rules()` gives the rulebook with all the rest kept."""

    title = forms.CharField(label=_("Tên vòng thi"), max_length=200)
    opens_at = moment_field(_("Giờ mở"))
    closes_at = moment_field(_("Giờ kết thúc"))
    limit_minutes = forms.IntegerField(
        label=_("Thời gian làm bài (phút)"), min_value=1, max_value=240, initial=15
    )
    attempts = forms.IntegerField(label=_("Số lượt thi mỗi người"), min_value=1, max_value=100, initial=1)
    per = forms.ChoiceField(
        label=_("Lượt thi tính theo"),
        choices=[(Per.ROUND.value, _("cả vòng thi")), (Per.WEEK.value, _("mỗi tuần"))],
    )
    paper_count = forms.IntegerField(
        label=_("Số đề"),
        min_value=1,
        max_value=200,
        initial=1,
        help_text=_("Mỗi lượt thi nhận ngẫu nhiên một đề."),
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
    chain = forms.ChoiceField(label=_("Thứ tự xét giải"))
    shared = forms.ChoiceField(
        label=_("Khi bằng nhau ở mọi tiêu chí"),
        choices=[
            (Shared.NEVER.value, _("Không đồng hạng")),
            (Shared.SKIPPING.value, _("Đồng hạng, bỏ hạng kế tiếp (1, 1, 3)")),
            (Shared.DENSE.value, _("Đồng hạng, không bỏ hạng (1, 1, 2)")),
        ],
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
        self.row_count = _rows(data, self.base)
        chain = self.fields["chain"]
        assert isinstance(chain, forms.ChoiceField)  # noqa: S101  Declared above.
        chain.choices = _chain_choices(self.base.chain.codes)
        for tier, name in TIERS.items():
            self.fields[f"prize_{tier.value}"] = _whole(name, least=0, most=10_000)
        for number in range(self.row_count):
            self._add_cell(number, topics)

    @classmethod
    def of_round(cls, round: Round, *, topics: Sequence[tuple[str, str]], data: Any = None) -> "RoundForm":
        """The form filled with the round as it is stored."""
        rules = Rules.from_json(round.rules)
        return cls(data, topics=topics, base=rules, initial=_initial(round, rules))

    @property
    def cells(self) -> list[CellFields]:
        """The rows of the blueprint."""
        names = ("topic", "level", "kind", "count", "points")
        return [
            CellFields(number + 1, *(self[f"cell-{number}-{name}"] for name in names))
            for number in range(self.row_count)
        ]

    @property
    def prizes(self) -> list[BoundField]:
        """How many prizes, the highest first."""
        return [self[f"prize_{tier.value}"] for tier in Tier]

    def clean(self) -> dict[str, Any]:
        """Says in words what would keep these rules from being announced."""
        super().clean()
        if not self.errors:
            for code in dict.fromkeys(rulebook.problems(self.rules())):
                self.add_error(None, str(PROBLEMS.get(code, code)))
            if self.cleaned_data["board"] == BoardPolicy.FROZEN and not self.cleaned_data["frozen_from"]:
                self.add_error("frozen_from", str(_("Xin chọn giờ dừng bảng.")))
        return self.cleaned_data

    def rules(self) -> Rules:
        """The typed rules; what the form does not ask keeps its former value."""
        given = self.cleaned_data
        predicted = given["prediction"]
        error = self.base.prediction or PredictionRule(Kind.ATTEMPTS)
        counts = tuple((tier, given[f"prize_{tier.value}"] or 0) for tier in Tier)
        return replace(
            self.base,
            blueprint=Blueprint(tuple(self._typed_cells())),
            limit_s=60 * given["limit_minutes"],
            attempts=AttemptRule(given["attempts"], Per(given["per"])),
            prediction=replace(error, kind=Kind(predicted)) if predicted else None,
            chain=Chain(tuple(given["chain"].split(","))),
            shared=Shared(given["shared"]),
            board=BoardPolicy(given["board"]),
            frozen_from=given["frozen_from"],
            review=ReviewPolicy(given["review"]),
            prizes=PrizePlan(tuple((tier, count) for tier, count in counts if count), given["one_a_person"]),
        )

    def _typed_cells(self) -> list[Cell]:
        found = []
        for number in range(self.row_count):
            topic, level, kind, count, points = (
                self.cleaned_data[f"cell-{number}-{name}"]
                for name in ("topic", "level", "kind", "count", "points")
            )
            if count:
                found.append(Cell(topic, count, points or 1, level or None, kind or None))
        return found

    def _add_cell(self, number: int, topics: Sequence[tuple[str, str]]) -> None:
        stored = self.base.blueprint.cells
        cell = stored[number] if number < len(stored) else None
        choices: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
            "topic": (
                _("Nội dung"),
                [("", _("Toàn bộ đề cương")), *((key, f"{key} {title}") for key, title in topics)],
            ),
            "level": (
                _("Mức độ"),
                [("", _("Mọi mức độ")), *((level, LEVEL_NAMES[level]) for level in LEVELS)],
            ),
            "kind": (_("Dạng"), [("", _("Mọi dạng")), *((kind, _(kinds.get(kind).name)) for kind in KINDS)]),
        }
        for name, (label, options) in choices.items():
            value = getattr(cell, name, None) or ""
            if value and value not in {key for key, _label in options}:
                options.append((value, value))
            self.fields[f"cell-{number}-{name}"] = forms.ChoiceField(
                label=_labelled(label, number), choices=options, required=False, initial=value
            )
        counted = _whole(
            _labelled(_("Số câu"), number), least=0, most=200, initial=cell.count if cell else None
        )
        pointed = _whole(
            _labelled(_("Điểm mỗi câu"), number), least=1, most=1000, initial=cell.points if cell else 1
        )
        self.fields[f"cell-{number}-count"], self.fields[f"cell-{number}-points"] = counted, pointed


def chain_in_words(codes: Sequence[str]) -> str:
    """The criteria in their order, the first decides first."""
    return " › ".join(str(CRITERIA.get(code, code)) for code in codes)


def _labelled(label: Any, number: int) -> str:
    return str(_("%(label)s, dòng %(number)s")) % {"label": label, "number": number + 1}


def _whole(label: Any, *, least: int, most: int, initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, initial=initial)


def _rows(data: Any, base: Rules) -> int:
    typed = [int(found[1]) + 1 for name in data or () if (found := CELL.fullmatch(name))]
    return min(MOST_ROWS, max([ROWS, len(base.blueprint.cells) + 1, *typed]))


def _chain_choices(own: Sequence[str]) -> list[tuple[str, str]]:
    chains = [*CHAINS] if tuple(own) in CHAINS else [*CHAINS, tuple(own)]
    return [(",".join(codes), chain_in_words(codes)) for codes in chains]


def _initial(round: Round, rules: Rules) -> dict[str, Any]:
    prizes = {f"prize_{tier.value}": count for tier, count in rules.prizes.counts}
    return prizes | {
        "title": round.title,
        "opens_at": round.opens_at,
        "closes_at": round.closes_at,
        "limit_minutes": -(-rules.limit_s // 60),
        "attempts": rules.attempts.limit,
        "per": rules.attempts.per.value,
        "paper_count": round.paper_count,
        "prediction": rules.prediction.kind.value if rules.prediction else "",
        "chain": ",".join(rules.chain.codes),
        "shared": rules.shared.value,
        "board": rules.board.value,
        "frozen_from": rules.frozen_from,
        "review": rules.review.value,
        "one_a_person": rules.prizes.one_a_person,
    }
