"""The thể lệ: sentences made from the settings of a round, so that the text can't differ from what the system does."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contest.queries.contests import RoundView
from contest.rules import prediction, windows
from contest.rules.attempts import Per
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.prizes import Tier
from contest.rules.ranking import Shared
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from contest.rules.windows import DayHours
from frontend.templatetags.vietnamese import date_time, duration, number

CRITERIA: Mapping[str, str | Promise] = {
    "points": lazy("tổng điểm cao hơn"),
    "points_share": lazy("tỷ lệ điểm trên điểm tối đa cao hơn"),
    "all_correct": lazy("trả lời đúng tất cả các câu"),
    "correct": lazy("nhiều câu đúng hơn"),
    "prediction_error": lazy("dự đoán gần đúng hơn"),
    "duration": lazy("thời gian làm bài ngắn hơn, tính đến phần nghìn giây"),
    "duration_second": lazy("thời gian làm bài ngắn hơn, tính đến giây"),
    "started_at": lazy("vào thi sớm hơn"),
    "submitted_at": lazy("nộp bài sớm hơn"),
    "submitted_second": lazy("nộp bài sớm hơn, tính đến giây"),
    "lottery": lazy("kết quả bốc thăm có biên bản"),
    "attempt_id": lazy("lượt thi được hệ thống ghi nhận trước"),
}
TIERS: Mapping[Tier, str | Promise] = {
    Tier.FIRST: lazy("giải nhất"),
    Tier.SECOND: lazy("giải nhì"),
    Tier.THIRD: lazy("giải ba"),
    Tier.CONSOLATION: lazy("giải khuyến khích"),
}
TRUTHS: Mapping[prediction.Kind, str | Promise] = {
    prediction.Kind.PEOPLE_ALL_CORRECT: lazy("số người có ít nhất một lượt thi đúng tất cả các câu"),
    prediction.Kind.PEOPLE_PARTICIPATING: lazy("số người có ít nhất một lượt thi đã nộp"),
    prediction.Kind.ATTEMPTS: lazy("số lượt thi đã nộp"),
    prediction.Kind.PERCENT_ALL_CORRECT: lazy(
        "tỷ lệ phần trăm người đúng tất cả các câu trên số người dự thi"
    ),
}
DAYS = (
    lazy("thứ Hai"), lazy("thứ Ba"), lazy("thứ Tư"), lazy("thứ Năm"), lazy("thứ Sáu"), lazy("thứ Bảy"),
    lazy("Chủ nhật"),
)  # fmt: skip
COUNTED: Mapping[Counted, str | Promise] = {
    Counted.BEST: lazy("Lượt tốt nhất theo thứ tự xét giải được dùng để xếp hạng."),
    Counted.FIRST: lazy("Lượt thi đầu tiên được dùng để xếp hạng."),
    Counted.LAST: lazy("Lượt thi cuối cùng được dùng để xếp hạng."),
    Counted.HIGHEST_POINTS: lazy(
        "Lượt có điểm cao nhất được dùng để xếp hạng; bằng điểm thì lấy lượt sớm hơn."
    ),
}
SHUFFLED: Mapping[tuple[bool, bool], str | Promise] = {
    (True, True): lazy("Thứ tự câu hỏi và phương án được xáo trộn riêng cho từng lượt."),
    (True, False): lazy("Thứ tự câu hỏi được xáo trộn riêng cho từng lượt."),
    (False, True): lazy("Thứ tự phương án được xáo trộn riêng cho từng lượt."),
}
SHARED: Mapping[Shared, str | Promise] = {
    Shared.NEVER: lazy("Không có đồng hạng."),
    Shared.SKIPPING: lazy(
        "Người bằng nhau ở mọi tiêu chí được xếp đồng hạng; hạng kế tiếp được bỏ qua (1, 1, 3)."
    ),
    Shared.DENSE: lazy(
        "Người bằng nhau ở mọi tiêu chí được xếp đồng hạng; hạng kế tiếp không bị bỏ qua (1, 1, 2)."
    ),
}
PREDICTED_IN: Mapping[PredictionFrom, str | Promise] = {
    PredictionFrom.COUNTED: lazy("Số dự đoán lấy trong lượt thi được tính."),
    PredictionFrom.FIRST: lazy("Số dự đoán lấy trong lượt đầu tiên có dự đoán."),
    PredictionFrom.LAST: lazy("Số dự đoán lấy trong lượt cuối cùng có dự đoán."),
}
BOARDS: Mapping[BoardPolicy, str | Promise] = {
    BoardPolicy.LIVE: lazy("Bảng xếp hạng tạm thời được công khai trong khi thi."),
    BoardPolicy.FROZEN: lazy("Bảng xếp hạng tạm thời được công khai rồi dừng cập nhật trước khi kết thúc."),
    BoardPolicy.OWN: lazy("Trong khi thi, mỗi người chỉ xem được kết quả của mình."),
    BoardPolicy.HIDDEN: lazy("Trong khi thi không công khai kết quả."),
}
REVIEWS: Mapping[ReviewPolicy, str | Promise] = {
    ReviewPolicy.AFTER_SUBMIT: lazy("Đáp án và giải thích xem được ngay sau khi nộp bài."),
    ReviewPolicy.AFTER_CLOSE: lazy("Đáp án và giải thích xem được sau khi vòng thi kết thúc."),
    ReviewPolicy.AFTER_PUBLICATION: lazy("Đáp án và giải thích xem được sau khi công bố kết quả."),
    ReviewPolicy.NEVER: lazy("Đáp án không được công bố."),
}


def clauses(round: RoundView) -> list[tuple[str, list[str]]]:
    """(heading, sentences) of everything the round's rules say."""
    rules = round.rules
    found = [
        (_("Thời gian"), _time(round)),
        (_("Đề thi"), _paper(rules)),
        (_("Lượt thi"), _attempts(rules)),
        (_("Xếp hạng"), _ranking(rules)),
    ]
    if rules.prediction is not None:
        found.append((_("Câu dự đoán"), _prediction(rules, rules.prediction)))
    if rules.prizes.counts:
        found.append((_("Giải thưởng"), _prizes(rules)))
    found.append((_("Công bố"), [str(BOARDS[rules.board]), str(REVIEWS[rules.review])]))
    return found


def prediction_truth(rules: Rules, numbers: Mapping[str, Any]) -> dict[str, str] | None:
    """{definition, truth, formula} of a settled round's prediction; None when nothing was predicted."""
    rule = rules.prediction
    if rule is None or numbers.get("truth") is None:
        return None
    shown = prediction.written(numbers["truth"], rule.kind, rule.decimals)
    return {
        "definition": str(TRUTHS[rule.kind]),
        "truth": shown,
        "formula": prediction.formula(rule),
    }


def _time(round: RoundView) -> list[str]:
    opens, closes = date_time(round.opens_at), date_time(round.closes_at)
    found = [_("Vòng thi mở từ %(opens)s đến %(closes)s.") % {"opens": opens, "closes": closes}]
    limit = duration(round.rules.limit_s * 1000)
    found.append(
        _("Mỗi lượt làm bài trong %(limit)s, tính theo đồng hồ máy chủ, và không quá giờ kết thúc vòng thi.")
        % {"limit": limit}
    )
    if round.rules.weekdays:
        listed = "; ".join(opening_hours(round.rules.weekdays))
        found.append(_("Trong tuần chỉ thi được: %(listed)s.") % {"listed": listed})
        found.append(_("Hết khung giờ thì bài đang làm khép lại với những câu trả lời đã lưu."))
    found.append(
        _(
            "Khi có sự cố, ban tổ chức có thể thêm giờ cho một lượt đang làm hoặc mở lại lượt bị khép khi hết giờ, có "
            "ghi lý do; giờ thêm không quá giờ kết thúc vòng thi."
        )
    )
    return found


def opening_hours(weekdays: Iterable[DayHours]) -> list[str]:
    """Weekly hours in words: days with the same hours together, a stretch over several days as one."""
    hours: dict[tuple[int, int], list[int]] = {}
    found = []
    for start, end in windows.weekly_stretches(weekdays):
        first, last = start // windows.DAY_MINUTES, (end - 1) // windows.DAY_MINUTES
        if first == last:
            midnight = first * windows.DAY_MINUTES
            hours.setdefault((start - midnight, end - midnight), []).append(first)
        else:
            facts = {
                "opens": _clock(start - first * windows.DAY_MINUTES),
                "first": DAYS[first],
                "closes": _clock(end - last * windows.DAY_MINUTES),
                "last": DAYS[last],
            }
            found.append(_("từ %(opens)s %(first)s đến %(closes)s %(last)s") % facts)
    for (opens, closes), days in hours.items():
        facts = {"days": _days(days), "opens": _clock(opens), "closes": _clock(closes)}
        found.append(_("%(days)s từ %(opens)s đến %(closes)s") % facts)
    return found


def _days(days: list[int]) -> str:
    """ "thứ Hai đến thứ Sáu" for three days and more in a row, else the days one by one."""
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return _("%(first)s đến %(last)s") % {"first": DAYS[days[0]], "last": DAYS[days[-1]]}
    return ", ".join(str(DAYS[day]) for day in days)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _paper(rules: Rules) -> list[str]:
    plan = rules.blueprint
    values = {"count": number(plan.count), "points": number(plan.max_points)}
    found = [
        _("Đề có %(count)s câu hỏi, tổng điểm tối đa %(points)s, rút từ ngân hàng câu hỏi đã duyệt.") % values
    ]
    shuffled = SHUFFLED.get((rules.shuffle_questions, rules.shuffle_options))
    if shuffled is not None:
        found.append(str(shuffled))
    if rules.partial_credit:
        found.append(_("Câu nhiều phần được chấm điểm từng phần."))
    else:
        found.append(_("Một câu chỉ được điểm khi trả lời đúng hoàn toàn."))
    if rules.void_removes:
        found.append(_("Câu hỏi bị hủy được bỏ khỏi tổng điểm và số câu của mọi bài."))
    else:
        found.append(_("Câu hỏi bị hủy được tính đúng cho mọi bài."))
    return found


def _attempts(rules: Rules) -> list[str]:
    limit = {"limit": rules.attempts.limit}
    per_week = rules.attempts.per is Per.WEEK
    text = (
        _("Mỗi người được thi tối đa %(limit)s lượt mỗi tuần.")
        if per_week
        else _("Mỗi người được thi tối đa %(limit)s lượt trong vòng này.")
    )
    found = [text % limit]
    if rules.attempts.limit > 1 or per_week:
        found.append(str(COUNTED[rules.counted]))
    found.append(_("Bài chưa nộp khi hết giờ được tự động nộp với những câu trả lời đã lưu."))
    return found


def _ranking(rules: Rules) -> list[str]:
    listed = "; ".join(f"({place}) {CRITERIA[code]}" for place, code in enumerate(rules.chain.codes, start=1))
    found = [_("Thứ tự xét: %(listed)s.") % {"listed": listed}]
    found.append(str(SHARED[rules.shared]))
    return found


def _prediction(rules: Rules, rule: prediction.PredictionRule) -> list[str]:
    found = [_("Số đúng là %(truth)s.") % {"truth": TRUTHS[rule.kind]}]
    if rule.error is prediction.ErrorRule.NOT_ABOVE:
        found.append(_("Dự đoán lớn hơn số đúng coi như không dự đoán."))
    else:
        found.append(
            _("Sai số là khoảng cách giữa số dự đoán và số đúng; không dự đoán xếp sau mọi số dự đoán.")
        )
    if rule.kind is prediction.Kind.PERCENT_ALL_CORRECT:
        found.append(
            _("Số dự đoán ghi nhiều nhất %(decimals)s chữ số sau dấu phẩy.") % {"decimals": rule.decimals}
        )
    found.append(str(PREDICTED_IN[rules.prediction_from]))
    found.append(_("Số người và số lượt thi được giữ kín với mọi người đến khi tổng kết vòng thi."))
    return found


def _prizes(rules: Rules) -> list[str]:
    listed = ", ".join(f"{count} {TIERS[tier]}" for tier, count in rules.prizes.counts)
    found = [_("Cơ cấu giải: %(listed)s.") % {"listed": listed}]
    if rules.prizes.one_a_person:
        found.append(_("Mỗi người nhận nhiều nhất một giải vòng trong cả cuộc thi."))
    if rules.shared is not Shared.NEVER:
        found.append(
            _(
                "Khi số người đồng hạng nhiều hơn số giải còn lại của một mức giải, tất cả đều được nhận mức giải đó "
                "và số giải của các mức dưới giảm đi tương ứng."
            )
        )
    return found
