"""The thể lệ of a contest's final standing and its prizes: sentences made from the settings that settle it."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contest.models import Contest
from contest.queries import overall
from contest.rules.prizes import Tier
from contest.rules.ranking import Shared

CRITERIA: Mapping[str, str | Promise] = {
    "points": lazy("tổng điểm các vòng cao hơn"),
    "rounds_all_correct": lazy("nhiều vòng đúng tất cả hơn"),
    "rounds": lazy("dự thi nhiều vòng hơn"),
    "correct": lazy("tổng số câu đúng nhiều hơn"),
    "prediction_error": lazy("tổng sai số dự đoán nhỏ hơn"),
    "duration": lazy("tổng thời gian làm bài ngắn hơn"),
    "last_finish": lazy("hoàn thành bài cuối cùng sớm hơn"),
    "lottery": lazy("kết quả bốc thăm có biên bản"),
    "entrant_id": lazy("đăng ký dự thi trước"),
}
TIERS: Mapping[Tier, str | Promise] = {
    Tier.FIRST: lazy("giải nhất"),
    Tier.SECOND: lazy("giải nhì"),
    Tier.THIRD: lazy("giải ba"),
    Tier.CONSOLATION: lazy("giải khuyến khích"),
}


def clauses(contest: Contest) -> list[str]:
    """Sentences on the final standing; none when the contest has no prizes of its own."""
    terms = overall.terms_of(contest)
    if terms is None:
        return []
    listed = ", ".join(f"{count} {TIERS[tier]}" for tier, count in terms.prizes.counts)
    found = [
        _("Giải chung cuộc: %(listed)s.") % {"listed": listed},
        _("Xếp hạng chung cuộc cộng kết quả lượt được tính của từng vòng. Thứ tự xét: %(order)s.")
        % {"order": in_words(terms.chain.codes)},
    ]
    if terms.least_rounds > 1:
        found.append(
            _("Chỉ xếp hạng người dự thi từ %(least)s vòng trở lên.") % {"least": terms.least_rounds}
        )
    if terms.shared is not Shared.NEVER:
        found.append(_("Người bằng nhau ở mọi tiêu chí được xếp đồng hạng."))
    if terms.prizes.one_a_person:
        found.append(_("Người đã nhận giải của một vòng không nhận thêm giải chung cuộc."))
    else:
        found.append(_("Người đã nhận giải của vòng vẫn được xét giải chung cuộc."))
    return found


def counts(contest: Contest) -> list[tuple[str, int]]:
    """(tier, how many) of the prizes for the whole contest."""
    terms = overall.terms_of(contest)
    return [(tier.value, count) for tier, count in terms.prizes.counts] if terms else []


def in_words(codes: Sequence[str]) -> str:
    """The criteria in their order: "(1) …; (2) …"."""
    return "; ".join(f"({place}) {CRITERIA[code]}" for place, code in enumerate(codes, start=1))
