"""Rounds from the draft to the close: create, announce (papers are drawn, rules frozen), reschedule, close."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from contest import signals
from contest.actions import audit
from contest.errors import Refusal
from contest.models import Attempt, Contest, Paper, Round, User
from contest.queries import snapshots
from contest.rules import blueprint, rulebook, windows
from contest.rules import paper as papers
from contest.rules.attempts import AttemptState
from contest.rules.rulebook import Rules
from contest.rules.windows import RoundStatus
from question_bank.actions import usage
from question_bank.queries import pool

MAX_PAPERS = 200


@transaction.atomic
def create_round(
    contest: Contest,
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    rules: Rules,
    paper_count: int = 1,
    actor: User | None = None,
    now: datetime | None = None,
) -> Round:
    """The next round of the contest, as a draft. Refusals: `closes-before-opening`, `paper-count`.

    The deed is in the audit when a person does it: `actor`, at `now`.
    """
    _check_window(opens_at, closes_at)
    _check_papers(paper_count)
    last = contest.rounds.order_by("-number").values_list("number", flat=True).first() or 0
    round = Round.objects.create(
        contest=contest,
        number=last + 1,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        rules=rules.as_json(),
        paper_count=paper_count,
    )
    if actor is not None and now is not None:
        _note_draft(round, "create-round", actor, now)
    return round


@transaction.atomic
def edit_round(
    round: Round,
    *,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    rules: Rules,
    paper_count: int,
    actor: User,
    now: datetime,
) -> Round:
    """Changes a draft. Refusal("round-announced") once entrants can rely on what was announced."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.state != RoundStatus.DRAFT:
        raise Refusal("round-announced")
    _check_window(opens_at, closes_at)
    _check_papers(paper_count)
    round.title, round.opens_at, round.closes_at = title, opens_at, closes_at
    round.rules, round.paper_count = rules.as_json(), paper_count
    round.save()
    _note_draft(round, "edit-round", actor, now)
    return round


def shortages(rules: Rules, *, outline_code: str | None = None) -> list[blueprint.Shortage]:
    """What the bank lacks for these rules, before anyone tries to announce the round."""
    return blueprint.shortages(rules.blueprint, _pool(outline_code))


@transaction.atomic
def announce_round(round: Round, *, actor: User | None, now: datetime, seed: str | None = None) -> Round:
    """Publishes a draft: checks the supply, draws and stores K papers from a recorded seed, freezes the rules.

    Refusals: `round-announced`, `contest-draft` (nobody could find the round, yet it would open), `round-over` (it
    would close before now), `rules-problems`, `pool-too-small`.
    """
    round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
    if round.state != RoundStatus.DRAFT:
        raise Refusal("round-announced")
    if round.contest.state == Contest.State.DRAFT:
        raise Refusal("contest-draft")
    if round.closes_at <= now:
        raise Refusal("round-over", field="closes_at")
    rules = Rules.from_json(round.rules)
    found = rulebook.problems(rules)
    if found:
        raise Refusal("rules-problems", problems=found)
    round.draw_seed = seed or secrets.token_hex(16)
    _draw_papers(round, rules)
    round.state = RoundStatus.ANNOUNCED.value
    round.rules_version = round.rules_version + 1
    round.announced_at = now
    round.save()
    facts = {"seed": round.draw_seed, "papers": round.paper_count, "rules": round.rules}
    audit.record(
        round.contest, actor=actor, deed="announce-round", target=f"round:{round.pk}", facts=facts, now=now
    )
    _tell(round.pk)
    return round


def reschedule_round(
    round: Round, *, opens_at: datetime, closes_at: datetime, actor: User | None, reason: str, now: datetime
) -> Round:
    """Moves the window of an announced round and the deadlines of its open attempts with it.

    An attempt's deadline never moves to earlier than 60 s from now. Refusals: `reason-missing`, `round-not-open`,
    `closes-before-opening`, `opening-passed` (a round that has opened keeps its opening).
    """
    if not reason.strip():
        raise Refusal("reason-missing", field="reason")
    _check_window(opens_at, closes_at)
    with transaction.atomic():
        round = Round.objects.select_for_update().select_related("contest").get(pk=round.pk)
        if round.state != RoundStatus.ANNOUNCED:
            raise Refusal("round-not-open")
        if round.opens_at <= now and opens_at != round.opens_at:
            raise Refusal("opening-passed")
        facts = {"before": [round.opens_at.isoformat(), round.closes_at.isoformat()],
                 "after": [opens_at.isoformat(), closes_at.isoformat()]}  # fmt: skip
        round.opens_at, round.closes_at = opens_at, closes_at
        round.rules_version += 1
        round.save(update_fields=["opens_at", "closes_at", "rules_version"])
        _move_deadlines(round, now)
        audit.record(
            round.contest, actor=actor, deed="reschedule-round", target=f"round:{round.pk}", facts=facts,
            reason=reason, now=now,
        )  # fmt: skip
        _tell(round.pk)
    return round


def close_round(round: Round, *, actor: User | None, reason: str, now: datetime) -> Round:
    """Ends an open round early: its close becomes `now`; open attempts keep 60 s. Refusal("round-not-open")."""
    if now <= round.opens_at:
        raise Refusal("round-not-open")
    return reschedule_round(
        round, opens_at=round.opens_at, closes_at=now, actor=actor, reason=reason, now=now
    )


def begin_closing(*, now: datetime) -> int:
    """Moves announced rounds whose close has passed to closing; how many. One conditional UPDATE, safe to repeat."""
    due = Round.objects.filter(state=RoundStatus.ANNOUNCED, closes_at__lte=now)
    ids = list(due.values_list("id", flat=True))
    moved = Round.objects.filter(id__in=ids, state=RoundStatus.ANNOUNCED, closes_at__lte=now).update(
        state=RoundStatus.CLOSING
    )
    for round_id in ids:
        _tell(round_id)
    return moved


def _draw_papers(round: Round, rules: Rules) -> None:
    candidates = _pool(None)
    drawn = papers.draw_many(rules.blueprint, candidates, round.draw_seed, round.paper_count)
    wanted = {place.version_id for paper in drawn for place in paper}
    contents = pool.contents(wanted)
    for number, places in enumerate(drawn, start=1):
        items = [_item(no, place, contents[place.version_id]) for no, place in enumerate(places, start=1)]
        keys = {str(no): contents[place.version_id].key for no, place in enumerate(places, start=1)}
        Paper.objects.create(
            round=round,
            number=number,
            items=items,
            keys=keys,
            max_points=sum(place.points for place in places),
            content_hash=_hash([items, keys]),
        )
        usage.count_drawn(place.version_id for place in places)


def _item(no: int, place: papers.Drawn, content: pool.Content) -> dict[str, Any]:
    """The public face of a question on a paper, by an allow-list: a key can't slip in (reliability.md §3.1, 1).

    `media` stands only in an item that has a picture or a sound.
    """
    item = {
        "no": no,
        "version": place.version_id,
        "kind": content.kind,
        "points": place.points,
        "topic": content.topic,
        "stem": content.stem,
        "body": dict(content.body),
    }
    return item | {"media": [ref.to_json() for ref in content.media]} if content.media else item


def _pool(outline_code: str | None) -> list[papers.PoolItem]:
    return [
        papers.PoolItem(row.version_id, row.topic, row.level, row.kind, row.drawn)
        for row in pool.approved(outline_code=outline_code)
    ]


def _move_deadlines(round: Round, now: datetime) -> None:
    rules = Rules.from_json(round.rules)
    window = snapshots.window_of(round)
    opened = Attempt.objects.filter(round=round, state=AttemptState.IN_PROGRESS)
    for attempt in opened.iterator(chunk_size=1000):
        deadline = windows.moved_deadline(
            window, started_at=attempt.started_at, limit_s=rules.limit_s, extra_s=attempt.extra_s,
            old=attempt.deadline, now=now,
        )  # fmt: skip
        if deadline != attempt.deadline:
            Attempt.objects.filter(pk=attempt.pk, state=AttemptState.IN_PROGRESS).update(deadline=deadline)


def _note_draft(round: Round, deed: str, actor: User, now: datetime) -> None:
    facts = {
        "title": round.title,
        "window": [round.opens_at.isoformat(), round.closes_at.isoformat()],
        "rules": round.rules,
        "papers": round.paper_count,
    }
    audit.record(round.contest, actor=actor, deed=deed, target=f"round:{round.pk}", facts=facts, now=now)


def _check_window(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Refusal("closes-before-opening", field="closes_at")


def _check_papers(count: int) -> None:
    if not 1 <= count <= MAX_PAPERS:
        raise Refusal("paper-count", field="paper_count", most=MAX_PAPERS)


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _tell(round_id: int) -> None:
    """On commit: this process forgets its copy of the round, and whoever shows it is told."""

    def after() -> None:
        snapshots.forget_round(round_id)
        signals.round_moved.send(Round, round_id=round_id)

    transaction.on_commit(after)
