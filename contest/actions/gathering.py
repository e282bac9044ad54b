"""Group commit for threads: whoever comes while a batch is being written goes into the next one.

The first to come for a key becomes the leader, writes what is waiting, and hands every other thread its outcome.
"""

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class _Ticket(Generic[Item, Outcome]):
    def __init__(self, item: Item) -> None:
        self.item = item
        self.done = threading.Event()
        self.outcome: Outcome | None = None
        self.fault: BaseException | None = None


class Gathering(Generic[Item, Outcome]):
    """`write(key, items)` gives an outcome for each item, in order; it is never run twice at once for one key."""

    def __init__(self, write: Callable[[Hashable, Sequence[Item]], Sequence[Outcome]], *, most: int) -> None:
        self._write = write
        self._most = most
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, list[_Ticket[Item, Outcome]]] = {}
        self._led: set[Hashable] = set()

    def take(self, key: Hashable, item: Item) -> Outcome:
        """The item's outcome; raises what writing its batch raised."""
        ticket: _Ticket[Item, Outcome] = _Ticket(item)
        with self._lock:
            self._waiting.setdefault(key, []).append(ticket)
            leads = key not in self._led
            self._led.add(key)
        if leads:
            self._lead(key)
        ticket.done.wait()
        if ticket.fault is not None:
            raise ticket.fault
        return ticket.outcome  # type: ignore[return-value]  # set with done

    def _lead(self, key: Hashable) -> None:
        while True:
            with self._lock:
                waiting = self._waiting.get(key, [])
                batch, rest = waiting[: self._most], waiting[self._most :]
                if not batch:
                    self._led.discard(key)
                    self._waiting.pop(key, None)
                    return
                self._waiting[key] = rest
            self._write_batch(key, batch)

    def _write_batch(self, key: Hashable, batch: list[_Ticket[Item, Outcome]]) -> None:
        try:
            outcomes = self._write(key, [ticket.item for ticket in batch])
            for ticket, outcome in zip(batch, outcomes, strict=True):
                ticket.outcome = outcome
        except BaseException as fault:
            for ticket in batch:
                ticket.fault = fault
        finally:
            for ticket in batch:
                ticket.done.set()
