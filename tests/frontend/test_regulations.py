"""The thể lệ says every rule that a round can be given."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation

from contest.queries.contests import RoundView
from contest.rules.attempts import AttemptRule, Per
from contest.rules.best_attempt import Counted, PredictionFrom
from contest.rules.blueprint import Blueprint, Cell
from contest.rules.prediction import ErrorRule, Kind, PredictionRule
from contest.rules.prizes import PrizePlan, Tier
from contest.rules.ranking import REGISTRY, Chain, Shared
from contest.rules.rulebook import Rules
from contest.rules.visibility import BoardPolicy, ReviewPolicy
from contest.rules.windows import DayHours, Phase, daily_hours, weekly_span
from frontend import regulations

PLAIN = Rules(Blueprint((Cell("II", 10),)))


def text_of(**changes):
    view = RoundView(
        id=1,
        number=1,
        title="Tuần 1",
        opens_at=datetime(2026, 11, 2, 1, tzinfo=UTC),
        closes_at=datetime(2026, 11, 7, 1, tzinfo=UTC),
        phase=Phase.OPEN,
        rules=replace(PLAIN, **changes),
        contest=None,
    )
    return "\n".join(sentence for _, sentences in regulations.clauses(view) for sentence in sentences)


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (daily_hours(range(5), 480, 1320), ["thứ Hai đến thứ Sáu từ 08:00 đến 22:00"]),
        (daily_hours((0, 2), 480, 1440), ["thứ Hai, thứ Tư từ 08:00 đến 24:00"]),
        (weekly_span(0, 450, 4, 1050), ["từ 07:30 thứ Hai đến 17:30 thứ Sáu"]),
        (
            (DayHours(5, 480, 690), DayHours(5, 810, 1020)),
            ["thứ Bảy từ 08:00 đến 11:30", "thứ Bảy từ 13:30 đến 17:00"],
        ),
        (
            (DayHours(0, 0, 60), DayHours(1, 600, 1440), DayHours(2, 0, 120)),
            ["từ 10:00 thứ Ba đến 02:00 thứ Tư", "thứ Hai từ 00:00 đến 01:00"],
        ),
        (daily_hours(range(7), 0, 1440), ["từ 00:00 thứ Hai đến 24:00 Chủ nhật"]),
    ],
)
def test_weekly_hours_are_told_in_words(weekdays, words):
    assert regulations.opening_hours(weekdays) == words
    assert f"Trong tuần chỉ thi được: {'; '.join(words)}." in text_of(weekdays=weekdays)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"limit_s": 90}, "Mỗi lượt làm bài trong 1 phút 30 giây"),
        ({}, "ban tổ chức có thể thêm giờ cho một lượt đang làm"),
        ({"shuffle_options": False}, "Thứ tự câu hỏi được xáo trộn riêng"),
        ({"shuffle_questions": False}, "Thứ tự phương án được xáo trộn riêng"),
        ({}, "Thứ tự câu hỏi và phương án được xáo trộn riêng"),
        ({"partial_credit": True}, "chấm điểm từng phần"),
        ({"void_removes": True}, "Câu hỏi bị hủy được bỏ khỏi tổng điểm"),
        ({}, "Câu hỏi bị hủy được tính đúng cho mọi bài"),
        ({"attempts": AttemptRule(2), "counted": Counted.FIRST}, "Lượt thi đầu tiên được dùng để xếp hạng"),
        ({"attempts": AttemptRule(2), "counted": Counted.LAST}, "Lượt thi cuối cùng được dùng để xếp hạng"),
        ({"attempts": AttemptRule(1, Per.WEEK)}, "Lượt tốt nhất theo thứ tự xét giải"),
        ({"attempts": AttemptRule(2), "counted": Counted.HIGHEST_POINTS}, "Lượt có điểm cao nhất"),
        ({"shared": Shared.NEVER}, "Không có đồng hạng"),
        ({"shared": Shared.SKIPPING}, "(1, 1, 3)"),
        ({"shared": Shared.DENSE}, "(1, 1, 2)"),
        ({"board": BoardPolicy.HIDDEN}, "Trong khi thi không công khai kết quả"),
        ({"review": ReviewPolicy.NEVER}, "Đáp án không được công bố"),
    ],
)
def test_each_rule_has_its_sentence(changes, sentence):
    assert sentence in text_of(**changes)


@pytest.mark.parametrize(
    ("rule", "source", "sentence"),
    [
        (
            PredictionRule(Kind.ATTEMPTS),
            PredictionFrom.FIRST,
            "Số dự đoán lấy trong lượt đầu tiên có dự đoán",
        ),
        (
            PredictionRule(Kind.ATTEMPTS),
            PredictionFrom.LAST,
            "Số dự đoán lấy trong lượt cuối cùng có dự đoán",
        ),
        (PredictionRule(Kind.ATTEMPTS), PredictionFrom.COUNTED, "Số dự đoán lấy trong lượt thi được tính"),
        (
            PredictionRule(Kind.ATTEMPTS, ErrorRule.NOT_ABOVE),
            PredictionFrom.COUNTED,
            "Dự đoán lớn hơn số đúng coi như không dự đoán",
        ),
        (
            PredictionRule(Kind.PERCENT_ALL_CORRECT, decimals=3),
            PredictionFrom.COUNTED,
            "nhiều nhất 3 chữ số sau dấu phẩy",
        ),
    ],
)
def test_the_prediction_is_defined(rule, source, sentence):
    assert sentence in text_of(prediction=rule, prediction_from=source)


def test_every_criterion_is_told_in_its_order():
    codes = tuple(REGISTRY)
    listed = "; ".join(f"({place}) {regulations.CRITERIA[code]}" for place, code in enumerate(codes, start=1))

    assert f"Thứ tự xét: {listed}." in text_of(chain=Chain(codes))


def test_shared_ranks_at_a_prize_boundary_are_told():
    plan = PrizePlan(((Tier.FIRST, 1), (Tier.SECOND, 2)))
    sentence = "tất cả đều được nhận mức giải đó và số giải của các mức dưới giảm đi tương ứng"

    assert sentence in text_of(prizes=plan, shared=Shared.SKIPPING)
    assert sentence not in text_of(prizes=plan, shared=Shared.NEVER)


def test_readers_of_english_are_told_too():
    with translation.override("en"):
        assert "Monday to Friday from 08:00 to 22:00" in text_of(weekdays=daily_hours(range(5), 480, 1320))
