"""Finding units and counting by them."""

from django.db.models import Count

from contest.models import Contest, Unit
from contest.rules.unit_lines import Path
from question_bank.rules import text

LIMIT = 20


def search(words: str, *, contest: str | None = None) -> list[Unit]:
    """At most 20 active units that contain every word, accents or none; with a contest's slug, below its root.

    Each comes with its parent, for many names are those of a dozen units.
    """
    found = Unit.objects.filter(active=True).select_related("parent")
    if contest:
        root = Contest.objects.filter(slug=contest).select_related("unit_root").first()
        if root is not None and root.unit_root is not None:
            found = found.filter(path__startswith=root.unit_root.path)
    for word in text.fold(words).split()[:8]:
        found = found.filter(search__contains=word)
    return list(found.order_by("depth", "sort_key")[:LIMIT])


def names_below(parent: Unit) -> set[Path]:
    """The names of every unit below `parent`, each from the one right under it down to itself."""
    return set(by_names(parent))


def by_names(parent: Unit) -> dict[Path, Unit]:
    """Every unit below `parent` by those names."""
    rows = Unit.objects.filter(path__startswith=parent.path).exclude(pk=parent.pk).order_by("depth")
    paths: dict[int, Path] = {parent.pk: ()}
    found: dict[Path, Unit] = {}
    for unit in rows:
        paths[unit.pk] = (*paths[unit.parent_id or 0], unit.name)
        found[paths[unit.pk]] = unit
    return found


def children(parent: Unit) -> list[Unit]:
    """The units right under `parent`, those that are hidden too, with `below`: how many lie under each of them."""
    return list(parent.children.annotate(below=Count("children")).order_by("sort_key", "pk"))


def find(root: Unit, words: str) -> list[Unit]:
    """At most 20 units of the tree that contain every word, accents or none, the hidden ones too."""
    found = Unit.objects.filter(path__startswith=root.path).select_related("parent")
    for word in text.fold(words).split()[:8]:
        found = found.filter(search__contains=word)
    return list(found.order_by("depth", "sort_key")[:LIMIT])


def above(unit: Unit, root: Unit) -> list[Unit]:
    """The units from the root down to this one, itself left out."""
    ids = [int(part) for part in unit.path.split("/") if part]
    rows = Unit.objects.filter(pk__in=ids, path__startswith=root.path).exclude(pk=unit.pk)
    return list(rows.order_by("depth"))
