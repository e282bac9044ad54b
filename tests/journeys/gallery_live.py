"""Live rounds in every state that the pages around them can show; part of the world of gallery.py."""

from datetime import datetime, timedelta

from contest.actions import live, live_appeals, live_crowd, live_rehearsal, live_setup
from contest.actions.live_crowd import Crowd
from contest.live import commands as c
from contest.live import moves
from contest.live.rules import LiveRules
from contest.live.state import Phase
from contest.models import Contest, LiveEvent, LiveRound, User
from contest.queries import live as reading
from question_bank.queries import pool

RULES = LiveRules(ask_unit=True, units_best_of=3)
UNITS = (
    "Chi đoàn Trung tâm Ứng dụng tiến bộ khoa học, kỹ thuật và Dịch vụ nông nghiệp tổng hợp",
    "Chi đoàn thôn Bắc",
)


def rounds(contest: Contest, chief: User, second: User, now: datetime) -> dict[str, int]:
    """Facts by name: ids of the rounds, and the version of a reveal."""
    draft, lobby = _draft(contest, chief, now), _draft(contest, chief, now)
    live_setup.open_lobby(lobby.pk, actor=chief, now=now)
    published, corrected = _draft(contest, chief, now), _draft(contest, chief, now)
    rehearsal = live_rehearsal.rehearse(draft.pk, people=9, actor=chief, now=now)
    for row in (published, corrected):
        live_setup.open_lobby(row.pk, actor=chief, now=now)
    for row in (published, corrected, rehearsal):
        ended = _play(row.pk, chief, now)
    for row in (published, corrected):
        _publish(row.pk, (chief, second), ended)
    void = c.VoidRun(1, "Cả hai phương án đều đúng theo Kế hoạch.")
    live.command(corrected.pk, void, role=moves.JURY, now=ended, actor=chief)
    reveal = LiveEvent.objects.filter(round=published, kind="revealed").order_by("version")[0]
    return {
        "live_draft": draft.pk,
        "live_lobby": lobby.pk,
        "live_published": published.pk,
        "live_corrected": corrected.pk,
        "live_rehearsal": rehearsal.pk,
        "live_reveal": reveal.version,
    }


def _draft(contest: Contest, chief: User, now: datetime) -> LiveRound:
    versions = [found.version_id for found in pool.approved() if found.kind == "single"][:2]
    plan = [{"type": "question", "version_id": version} for version in versions]
    row = live_setup.create_live_round(contest, title="Chung kết tại hội trường", actor=chief, now=now)
    return live_setup.edit_draft(row.pk, actor=chief, now=now, rules=RULES, plan=plan, place="Nhà văn hóa")


def _play(round_id: int, chief: User, now: datetime) -> datetime:
    """From the lobby to the end, with an appeal after it; the moment of the end."""
    crowd = Crowd(round_id, 12, seed=round_id, units=UNITS)
    crowd.beat(now)
    while (state := reading.load(round_id).state).phase is not Phase.ENDED:
        now += timedelta(seconds=3)
        crowd.beat(now)
        live.tick(round_id, now=now)
        deed = live_crowd.next_deed(reading.load(round_id).state, crowd.dice)
        if deed is not None:
            live.command(round_id, deed, role=moves.HOST, now=now, actor=chief)
    player = next(iter(state.players))
    live_appeals.file_appeal(round_id, player=player, run=1, text="Em thấy phương án C cũng đúng.", now=now)
    return now


def _publish(round_id: int, people: tuple[User, User], now: datetime) -> None:
    for user in people:
        deed = c.Confirm(user.pk, user.full_name or user.username)
        live.command(round_id, deed, role=moves.JURY, now=now, actor=user)
    publish = c.Publish(people[0].pk, people[0].full_name)
    live.command(round_id, publish, role=moves.JURY, now=now, actor=people[0])
