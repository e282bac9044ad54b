"""The plan of a live round with what the bank says of it: items for the screens, keys for the marking."""

from collections.abc import Sequence

from contest.errors import Refusal
from contest.live.facts import Secret
from contest.live.rules import LiveRules
from contest.live.state import Item, Solution
from contest.rules.live_plan import Line
from question_bank.queries import pool
from question_bank.rules import kinds


def build(lines: Sequence[Line], rules: LiveRules) -> tuple[tuple[Item, ...], dict[int, Secret]]:
    """Items in order, numbered from 1, and the secrets by item number.

    Refusal("plan-question-gone", line=) for a version that is not there or not approved.
    """
    wanted = [line.version_id for line in lines if line.version_id]
    contents, background = pool.contents(wanted), pool.background(wanted)
    approved = {candidate.version_id for candidate in pool.approved()}
    items: list[Item] = []
    secrets: dict[int, Secret] = {}
    for number, line in enumerate(lines, start=1):
        if line.type != "question":
            items.append(_plain(number, line, rules))
            continue
        found = contents.get(line.version_id)
        if found is None or line.version_id not in approved:
            raise Refusal("plan-question-gone", line=number)
        behind = background[line.version_id]
        items.append(_question(number, line, rules, found, _topic(found, behind)))
        secrets[number] = Secret(found.key, _solution(found, behind))
    return tuple(items), secrets


def _plain(number: int, line: Line, rules: LiveRules) -> Item:
    return Item(
        no=number,
        type=line.type,
        stem=line.stem.strip(),
        text=line.text.strip(),
        kind=line.kind,
        body=line.body,
        seconds=line.seconds or rules.seconds,
        reading_s=rules.reading_s if line.reading_s is None else line.reading_s,
        points=0,
    )


def _question(number: int, line: Line, rules: LiveRules, found: pool.Content, topic: str) -> Item:
    return Item(
        no=number,
        type="question",
        stem=found.stem,
        kind=found.kind,
        body=found.body,
        topic=topic,
        version_id=found.version_id,
        points=line.points or rules.points,
        seconds=line.seconds or rules.seconds,
        reading_s=rules.reading_s if line.reading_s is None else line.reading_s,
        weight=line.weight,
        bell=line.bell,
        media=tuple(ref.to_json() for ref in found.media),
    )


def _topic(found: pool.Content, behind: pool.Background) -> str:
    titles = {key: title for key, title, _ in behind.citations}
    return titles.get(found.topic, "")


def _solution(found: pool.Content, behind: pool.Background) -> Solution:
    kind = kinds.get(found.kind)
    accepted = found.key["accepted"]
    lines = [" – ".join(kind.answer_lines(found.body, answer)) for answer in accepted]
    if found.kind in {"order", "match", "multi"}:
        lines = kind.answer_lines(found.body, accepted[0])
    right: list[str] = []
    if found.kind in {"single", "truefalse"}:
        right = [str(answer) for answer in accepted]
    elif found.kind == "multi":
        right = [str(key) for key in accepted[0]]
    source = "; ".join(f"{key} {title}".strip() for key, title, _ in behind.citations)
    return Solution(tuple(lines), tuple(right), behind.explanation, source)
