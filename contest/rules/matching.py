"""Places and what may fill them: exact bipartite matching, used by supply checks and by the draw."""

from collections.abc import Sequence


class Allotment:
    """Fills cells of fixed capacity with items, one item a place, moving earlier items over when that helps.

    Once an item is in, it stays in, perhaps in another of its cells. Items offered in order of preference
    therefore give the most preferred set that can be placed at all (greedy rule of a transversal matroid).
    """

    def __init__(self, capacities: Sequence[int]) -> None:
        self._capacities = tuple(capacities)
        self._held: list[dict[int, tuple[int, ...]]] = [{} for _ in capacities]
        self._closed: set[int] = set()

    def offer(self, item: int, cells: Sequence[int]) -> bool:
        """Takes the item if room can be made for it in one of `cells`; False leaves everything as it was."""
        seen = set(self._closed)
        if self._place(item, tuple(cells), seen):
            return True
        # Every cell reached is full of items that fit only these cells: nothing will ever enter them again.
        self._closed = seen
        return False

    def held(self, cell: int) -> list[int]:
        """The items in a cell, in the order in which they came into it."""
        return list(self._held[cell])

    @property
    def full(self) -> bool:
        return all(len(held) == size for held, size in zip(self._held, self._capacities, strict=True))

    def _place(self, item: int, cells: tuple[int, ...], seen: set[int]) -> bool:
        fresh = [cell for cell in cells if cell not in seen]
        for cell in fresh:
            if len(self._held[cell]) < self._capacities[cell]:
                self._held[cell][item] = cells
                return True
        for cell in fresh:
            if cell not in seen:
                seen.add(cell)
                for other, other_cells in list(self._held[cell].items()):
                    if self._place(other, other_cells, seen):
                        del self._held[cell][other]
                        self._held[cell][item] = cells
                        return True
        return False
