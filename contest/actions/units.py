"""Planting and changing the tree of units.

What staff of a contest do to its tree is written into the contest's audit. Entrants and attempts keep the path and name
they were given, so that nothing here rewrites a result or a statistic.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from contest.actions import audit
from contest.errors import Refusal
from contest.models import Contest, Unit, User
from contest.queries import units as queries
from contest.rules import unit_lines, units
from contest.rules.unit_lines import Line, Path
from question_bank.rules import text

MAX_DEPTH = 12


@transaction.atomic
def add_unit(
    name: str, *, parent: Unit | None = None, block: str = Unit.Block.YOUTH, member_count: int | None = None
) -> Unit:
    """A new unit under `parent` (or a root). Refusals: `unit-name-empty`, `unit-exists`, `unit-too-deep`."""
    name = _free_name(name, parent)
    if _depth_below(parent) > MAX_DEPTH:
        raise Refusal("unit-too-deep", most=MAX_DEPTH)
    unit = _made(name, parent, block=block, member_count=member_count)
    unit.save()
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit


@transaction.atomic
def add_to_contest(
    contest: Contest, name: str, *, parent: Unit | None, member_count: int | None, actor: User, now: datetime
) -> Unit:
    """A new unit in the contest's tree; without a parent the root of a contest that has none yet.

    Refusals: those of add_unit, `unit-outside` for a parent outside the tree, `unit-root-set`.
    """
    contest = _locked(contest)
    if parent is None and contest.unit_root_id is not None:
        raise Refusal("unit-root-set")
    if parent is not None:
        _require_inside(contest, parent)
    unit = add_unit(name, parent=parent, member_count=member_count)
    if parent is None:
        contest.unit_root = unit
        contest.save(update_fields=["unit_root"])
    _record(contest, "add-unit", unit, actor=actor, now=now, facts={"name": unit.full_name})
    return unit


def judge_lines(parent: Unit, pasted: str) -> list[Line]:
    """What planting these lines below `parent` would do, line by line; nothing is written.

    Refusal `units-too-many` with `most` for more lines than one request takes.
    """
    if unit_lines.count_lines(pasted) > unit_lines.MOST_LINES:
        raise Refusal("units-too-many", most=unit_lines.MOST_LINES)
    known = queries.names_below(parent)
    return unit_lines.read(pasted, known=known, most_depth=MAX_DEPTH - parent.depth)


@transaction.atomic
def plant_lines(contest: Contest, parent: Unit, pasted: str, *, actor: User, now: datetime) -> int:
    """Plants a pasted tree below `parent`; how many units are new. Known units get the number of members that is given.

    All lines or none. Refusals: those of judge_lines, `unit-outside`, `units-malformed` with the first wrong `line`,
    `units-empty`.
    """
    contest = _locked(contest)
    parent = _require_inside(contest, parent)
    lines = judge_lines(parent, pasted)
    if not lines:
        raise Refusal("units-empty")
    for line in lines:
        if line.verdict not in unit_lines.FINE:
            raise Refusal("units-malformed", line=line.number)
    there = queries.by_names(parent)
    made = _plant(parent, lines, there)
    _count_members(lines, there)
    _record(contest, "plant-units", parent, actor=actor, now=now, facts={"lines": len(lines), "new": made})
    return made


@transaction.atomic
def rename_unit(
    contest: Contest, unit: Unit, name: str, *, member_count: int | None, actor: User, now: datetime
) -> Unit:
    """Another name (or number of members); the full names below follow.

    Refusals: `unit-name-empty`, `unit-exists`, `unit-outside`.
    """
    contest = _locked(contest)
    unit = _require_inside(contest, unit)
    before = unit.full_name
    unit.name = _free_name(name, unit.parent, but=unit)
    unit.member_count = member_count
    unit.save(update_fields=["name", "member_count"])
    _rewrite(unit, unit.parent)
    facts = {"before": before, "after": unit.full_name, "members": member_count}
    _record(contest, "rename-unit", unit, actor=actor, now=now, facts=facts)
    return unit


@transaction.atomic
def move_unit(contest: Contest, unit: Unit, parent: Unit, *, actor: User, reason: str, now: datetime) -> Unit:
    """Puts the unit and all below it under another parent; their paths follow.

    Refusals: `reason-missing`, `unit-outside`, `unit-root-set` for the root itself, `unit-below-itself`, `unit-exists`,
    `unit-too-deep`.
    """
    if not reason.strip():
        raise Refusal("reason-missing", field="reason")
    contest = _locked(contest)
    unit, parent = _require_inside(contest, unit), _require_inside(contest, parent)
    if unit.pk == contest.unit_root_id:
        raise Refusal("unit-root-set")
    if units.lies_in(parent.path, unit.path):
        raise Refusal("unit-below-itself")
    _free_name(unit.name, parent, but=unit)
    deepest = max(Unit.objects.filter(path__startswith=unit.path).values_list("depth", flat=True))
    if parent.depth + 1 + deepest - unit.depth > MAX_DEPTH:
        raise Refusal("unit-too-deep", most=MAX_DEPTH)
    before = unit.path
    unit.parent = parent
    unit.save(update_fields=["parent"])
    _rewrite(unit, parent)
    facts = {"before": before, "after": unit.path}
    _record(contest, "move-unit", unit, actor=actor, now=now, facts=facts, reason=reason)
    return unit


@transaction.atomic
def set_active(contest: Contest, unit: Unit, *, active: bool, actor: User, now: datetime) -> int:
    """Hides the unit and all below it from the search of whoever registers, or shows them again; how many changed.

    Refusals: `unit-outside`.
    """
    contest = _locked(contest)
    unit = _require_inside(contest, unit)
    below = Unit.objects.filter(path__startswith=unit.path, active=not active)
    changed = below.update(active=active)
    deed = "activate-unit" if active else "deactivate-unit"
    _record(contest, deed, unit, actor=actor, now=now, facts={"units": changed})
    return changed


def _locked(contest: Contest) -> Contest:
    """Changes of one tree come one after the other."""
    return Contest.objects.select_for_update().get(pk=contest.pk)


def _require_inside(contest: Contest, unit: Unit) -> Unit:
    """The unit as it is now. Refusal("unit-outside") when it is not in the contest's tree."""
    found = Unit.objects.select_related("parent").filter(pk=unit.pk).first()
    root = contest.unit_root
    if found is None or root is None or not units.lies_in(found.path, root.path):
        raise Refusal("unit-outside")
    return found


def _free_name(name: str, parent: Unit | None, *, but: Unit | None = None) -> str:
    name = text.nfc(name, collapse=True)
    if not name:
        raise Refusal("unit-name-empty", field="name")
    others = Unit.objects.filter(parent=parent, name=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise Refusal("unit-exists", field="name", name=name)
    return name


def _depth_below(parent: Unit | None) -> int:
    return parent.depth + 1 if parent else 0


def _made(
    name: str, parent: Unit | None, *, block: str = Unit.Block.YOUTH, member_count: int | None = None
) -> Unit:
    unit = Unit(name=name, parent=parent, block=block, member_count=member_count)
    _write_names(unit, parent)
    return unit


def _write_names(unit: Unit, parent: Unit | None) -> None:
    full_name = f"{unit.name}, {parent.full_name}" if parent else unit.name
    unit.depth = _depth_below(parent)
    unit.full_name = full_name[:500]
    unit.search = text.fold(full_name)[:500]
    unit.sort_key = text.sort_key(unit.name)[:400]


def _rewrite(unit: Unit, parent: Unit | None) -> None:
    """Names, depths and paths of the unit and of all below it, from the top down."""
    below = list(Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk).order_by("depth"))
    by_id = {unit.pk: unit}
    for one in (unit, *below):
        above = parent if one is unit else by_id[one.parent_id or 0]
        _write_names(one, above)
        one.path = f"{above.path if above else ''}{one.pk}/"
        by_id[one.pk] = one
    fields = ["path", "depth", "full_name", "search", "sort_key"]
    Unit.objects.bulk_update(by_id.values(), fields, batch_size=200)


def _plant(parent: Unit, lines: Sequence[Line], there: dict[Path, Unit]) -> int:
    """Creates what is missing, a level at a time; `there` learns of it. How many."""
    levels: dict[int, dict[Path, None]] = defaultdict(dict)
    for line in lines:
        for length in range(1, len(line.path) + 1):
            if line.path[:length] not in there:
                levels[length][line.path[:length]] = None
    for length in sorted(levels):
        paths = list(levels[length])
        new = [_made(path[-1], there.get(path[:-1], parent), block=parent.block) for path in paths]
        Unit.objects.bulk_create(new, batch_size=500)
        for path, unit in zip(paths, new, strict=True):
            unit.path = f"{there.get(path[:-1], parent).path}{unit.pk}/"
            there[path] = unit
        Unit.objects.bulk_update(new, ["path"], batch_size=500)
    return sum(len(level) for level in levels.values())


def _count_members(lines: Collection[Line], there: dict[Path, Unit]) -> None:
    """The number of members that a line gives; of a repeated unit the last one."""
    given = {line.path: line.members for line in lines if line.members is not None}
    changed = []
    for path, members in given.items():
        if there[path].member_count != members:
            there[path].member_count = members
            changed.append(there[path])
    Unit.objects.bulk_update(changed, ["member_count"], batch_size=500)


def _record(
    contest: Contest, deed: str, unit: Unit, *, actor: User, now: datetime, facts: dict[str, Any],
    reason: str = "",
) -> None:  # fmt: skip
    audit.record(
        contest, actor=actor, deed=deed, target=f"unit:{unit.pk}", facts=facts, reason=reason, now=now
    )
