"""Deterministic order out of a seed: the same seed gives the same order for ever, on every machine.

Not `random`: its algorithms may change between Python versions, and a published draw must be
repeatable years later.
"""

from collections.abc import Iterable
from hashlib import sha256
from struct import Struct
from typing import TypeVar

T = TypeVar("T")

_WORDS = Struct(">4Q")
_WORD_LIMIT = 1 << 64


class Stream:
    """An endless stream of numbers determined by `seed` alone.

    Block i is SHA-256 of `seed`, a zero byte and i (decimal, from 0), read as four big-endian 64-bit
    words. This is a published format: changing it would change every recorded draw.
    """

    __slots__ = ("_counter", "_seed", "_words")

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._counter = 0
        self._words: list[int] = []  # of the current block, the next one last

    def branch(self, label: str) -> "Stream":
        """Return an independent stream for one purpose, e.g. one question; this one does not move."""
        return Stream(f"{self._seed}/{label}")

    def below(self, limit: int) -> int:
        """Return the next number in [0, limit), each equally likely. Needs 1 <= limit <= 2**64."""
        if not 1 <= limit <= _WORD_LIMIT:
            raise ValueError(f"limit out of range: {limit}")
        # Words at or above the last whole multiple of `limit` are thrown away, or low results would win.
        fair = _WORD_LIMIT - _WORD_LIMIT % limit
        while (word := self._next_word()) >= fair:
            pass
        return word % limit

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """Return the items in a new order, every order equally likely (Fisher-Yates from the end)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            chosen = self.below(last + 1)
            order[last], order[chosen] = order[chosen], order[last]
        return order

    def _next_word(self) -> int:
        if not self._words:
            block = sha256(f"{self._seed}\0{self._counter}".encode()).digest()
            self._words = [*reversed(_WORDS.unpack(block))]
            self._counter += 1
        return self._words.pop()
