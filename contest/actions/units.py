"""Planting and changing the tree of units."""

from django.db import transaction

from contest.errors import Refusal
from contest.models import Unit
from question_bank.rules import text

MAX_DEPTH = 12


@transaction.atomic
def add_unit(
    name: str, *, parent: Unit | None = None, block: str = Unit.Block.YOUTH, member_count: int | None = None
) -> Unit:
    """A new unit under `parent` (or a root). Refusals: `unit-name-empty`, `unit-exists`, `unit-too-deep`."""
    name = text.nfc(name).strip()
    if not name:
        raise Refusal("unit-name-empty")
    if Unit.objects.filter(parent=parent, name=name).exists():
        raise Refusal("unit-exists", name=name)
    depth = parent.depth + 1 if parent else 0
    if depth > MAX_DEPTH:
        raise Refusal("unit-too-deep", most=MAX_DEPTH)
    full_name = f"{name}, {parent.full_name}" if parent else name
    unit = Unit.objects.create(
        parent=parent,
        depth=depth,
        name=name,
        full_name=full_name[:500],
        block=block,
        member_count=member_count,
        search=text.fold(full_name)[:500],
        sort_key=text.sort_key(name)[:400],
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save(update_fields=["path"])
    return unit
