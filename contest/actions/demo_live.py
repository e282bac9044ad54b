"""The demo's live rounds: one played and published, one ready to be opened, one Rung chuông vàng in draft."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contest.actions import live, live_appeals, live_crowd, live_setup
from contest.actions.live_crowd import Crowd
from contest.live import commands as c
from contest.live import moves
from contest.live.rules import LiveRules
from contest.live.state import Phase, State
from contest.models import Contest, LiveRound, LiveStaff, User
from contest.queries import live as reading
from contest.rules.windows import VIETNAM
from question_bank.queries import pool

JURY = ("giamkhao", "Vũ Thị Minh Tâm")
PEOPLE = 40
UNIT_BEST_OF = 3
UNITS = (
    "Chi đoàn thôn 1, xã Đồng Mít", "Chi đoàn thôn 2, xã Gò Sim", "Chi đoàn thôn 3, xã Long Khê",
    "Chi đoàn Trung tâm Ứng dụng tiến bộ khoa học, kỹ thuật và Dịch vụ nông nghiệp tổng hợp",
    "Chi đoàn Trường Trung học phổ thông Bến Đá", "Chi đoàn phường Kim Đài",
)  # fmt: skip
PLACE = "Hội trường Nhà văn hóa Thanh niên tỉnh Sông Thao"
WIFI = "NhaVanHoa · mật khẩu: timhieu2026"


@dataclass(frozen=True, slots=True)
class LiveDemo:
    """What was made."""

    played: LiveRound
    draft: LiveRound
    bell: LiveRound


def seed(contest: Contest, staff: dict[str, User], *, now: datetime) -> LiveDemo:
    """`staff` by account name: chief `truongban`, organiser `thuky`, jury `giamkhao`."""
    bank = _Bank()
    played = _make(
        contest, staff, "Vòng sơ khảo trực tiếp", bank.mixed(6), now - timedelta(days=3),
        rules=LiveRules(ask_unit=True, units_best_of=UNIT_BEST_OF),
    )  # fmt: skip
    evening = (
        (now - timedelta(days=2)).astimezone(VIETNAM).replace(hour=19, minute=30, second=4, microsecond=0)
    )
    _play(played, staff, evening)
    draft = _make(contest, staff, "Chung kết tại hội trường", _script(bank), now - timedelta(days=1))
    bell = _make(
        contest, staff, "Rung chuông vàng", bank.bell(10), now - timedelta(days=1),
        rules=LiveRules(mode="bell", seconds=15, chain=("floor", "right", "time"), board_every=0),
    )  # fmt: skip
    played.refresh_from_db()
    return LiveDemo(played, draft, bell)


class _Bank:
    """Approved questions by kind, each given once."""

    def __init__(self) -> None:
        self._left: dict[str, list[int]] = {}
        for found in pool.approved():
            self._left.setdefault(found.kind, []).append(found.version_id)
        dice = random.Random(2026)  # noqa: S311
        for versions in self._left.values():
            dice.shuffle(versions)

    def take(self, *kinds: str, **more: Any) -> list[dict[str, Any]]:
        """A plan line for each kind, in order."""
        return [{"type": "question", "version_id": self._left[kind].pop(), **more} for kind in kinds]

    def mixed(self, singles: int) -> list[dict[str, Any]]:
        """Single choices, and one of every other kind among them."""
        others = self.take("truefalse", "multi", "fill", "order", "match")
        return [*self.take(*["single"] * singles), *others]

    def bell(self, count: int) -> list[dict[str, Any]]:
        """Single choices and true or false; the last one is the bell question."""
        kinds = ["single", "single", "truefalse"] * count
        return [*self.take(*kinds[: count - 1]), *self.take("single", bell=True, seconds=30)]


def _script(bank: _Bank) -> list[dict[str, Any]]:
    """Eight questions of every kind, a slide at the beginning, a poll at half-time."""
    slide = {
        "type": "slide",
        "stem": "Chào mừng các thí sinh",
        "text": "Mỗi câu có 20 giây. Đúng được 10 điểm; bằng điểm thì xét thời gian. Chúc các bạn thi tốt!",
    }
    options = [
        {"key": key, "text": text, "fixed": False}
        for key, text in (("a", "Rất muốn"), ("b", "Muốn"), ("c", "Chưa biết"))
    ]
    poll = {
        "type": "poll", "kind": "single", "stem": "Bạn có muốn đưa cuộc thi này về chi đoàn mình không?",
        "body": {"options": options},
    }  # fmt: skip
    first = bank.take("single", "truefalse", "multi", "single")
    second = bank.take("fill", "order", "match", seconds=40)
    return [slide, *first, poll, *second, *bank.take("single", weight=2)]


def _make(
    contest: Contest,
    staff: dict[str, User],
    title: str,
    plan: Sequence[dict[str, Any]],
    now: datetime,
    *,
    rules: LiveRules | None = None,
) -> LiveRound:
    host = staff["thuky"]
    row = live_setup.create_live_round(contest, title=title, actor=host, now=now)
    live_setup.edit_draft(
        row.pk, actor=host, now=now, place=PLACE, wifi=WIFI, rules=rules or LiveRules(), plan=plan
    )
    live_setup.add_staff(
        row.pk, username=JURY[0], role=LiveStaff.Role.JURY, actor=staff["truongban"], now=now
    )
    return LiveRound.objects.get(pk=row.pk)


def _play(row: LiveRound, staff: dict[str, User], now: datetime) -> None:
    """A whole evening in no time: the hall's clock is a number that moves on."""
    live_setup.open_lobby(row.pk, actor=staff["thuky"], now=now)
    crowd = Crowd(row.pk, PEOPLE, seed=35, units=UNITS)
    evening = _Evening(row.pk, crowd, staff, now)
    evening.lead()
    evening.judge()


class _Evening:
    def __init__(self, round_id: int, crowd: Crowd, staff: dict[str, User], now: datetime) -> None:
        self.round_id = round_id
        self.crowd = crowd
        self.host, self.chief, self.jury = staff["thuky"], staff["truongban"], staff["giamkhao"]
        self.now = now
        self._extended = False
        self._dice = random.Random(35)  # noqa: S311

    def lead(self) -> None:
        """From the lobby to the end, each step as long as people need for it."""
        while (state := self._beat()).phase is not Phase.ENDED:
            if state.phase in {Phase.TITLE, Phase.READING, Phase.OPEN}:
                self._extend(state)
                self.now = max(self.now, live.moment(reading.load(self.round_id).state.due_at))
                self.crowd.beat(self.now)
                live.tick(self.round_id, now=self.now)
                continue
            self.now += timedelta(seconds=self._dice.randint(5, 14))
            deed = live_crowd.next_deed(state, self._dice)
            if deed is not None:
                live.command(self.round_id, deed, role=moves.HOST, now=self.now, actor=self.host)

    def _beat(self) -> State:
        self.crowd.beat(self.now)
        return reading.load(self.round_id).state

    def _extend(self, state: State) -> None:
        """Ten more seconds for the seventh question, and a phone without power: minutes tell what happened."""
        if state.phase is not Phase.OPEN or state.run != 7 or self._extended:
            return
        self._extended = True
        late = c.AddTime(state.run)
        live.command(self.round_id, late, role=moves.HOST, now=self.now, actor=self.host)
        loss = c.MarkLoss(self.crowd.habits[4].player, state.run, "Điện thoại hết pin")
        live.command(self.round_id, loss, role=moves.HOST, now=self.now, actor=self.host)

    def judge(self) -> None:
        """An appeal is rejected, two confirm, the chief publishes."""
        self.now += timedelta(minutes=3)
        appeal = live_appeals.file_appeal(
            self.round_id, player=self.crowd.habits[2].player, run=3, now=self.now,
            text="Em nghĩ phương án em chọn cũng đúng.",
        )  # fmt: skip
        self.now += timedelta(minutes=5)
        live_appeals.decide_appeal(
            self.round_id, appeal_id=appeal.pk, decision="rejected", actor=self.jury, now=self.now,
            remark="Đề cương ghi rõ một đáp án, xem nguồn ghi ở phần giải thích.",
        )  # fmt: skip
        for user in (self.jury, self.chief):
            self.now += timedelta(minutes=2)
            name = user.full_name or user.username
            deed = c.Confirm(user.pk, name)
            live.command(self.round_id, deed, role=moves.JURY, now=self.now, actor=user)
        self.now += timedelta(minutes=10)
        publish = c.Publish(self.chief.pk, self.chief.full_name)
        live.command(self.round_id, publish, role=moves.JURY, now=self.now, actor=self.chief)
