"""Finding units and counting by them."""

from contest.models import Contest, Unit
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
