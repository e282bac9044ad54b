"""What must be true of a room, kept in the simplest way beside it: a stopwatch a run, and who was told what."""

from dataclasses import dataclass, field

LIMIT_MS, GRACE_MS, MOST_LAG_MS = 20_000, 250, 250


def meant(value):
    """What was typed, however it is spelt."""
    return value.lower().rstrip(".")


@dataclass
class Stopwatch:
    """Runs from the options' appearance while nothing stands; `budget` is the time there is."""

    start: int
    budget: int = LIMIT_MS
    spent: list[tuple[int, int]] = field(default_factory=list)
    running: bool = True

    def used(self, at):
        past = sum(max(0, min(end, at) - begin) for begin, end in self.spent)
        return past + (max(0, at - self.start) if self.running else 0)

    def closes(self):
        return self.start + self.budget - sum(end - begin for begin, end in self.spent)

    def pause(self, now):
        if now >= self.start:
            self.spent.append((self.start, now))
        self.waits = max(0, self.start - now)
        self.running = False

    def resume(self, now):
        self.start, self.running = now + self.waits, True

    def close(self, now):
        self.budget = self.used(now)

    def stood_at(self, at):
        """Whether it stood at a moment between the first appearance and now."""
        begins = self.spent[0][0] if self.spent else self.start
        runs = [*self.spent, *([(self.start, at + 1)] if self.running else [])]
        return at >= begins and not any(begin <= at <= end for begin, end in runs)


@dataclass
class Model:
    """`acked`: (player, run) → (value, ms) as promised; `sent`: whatever was ever sent.

    `seen`: which runs had been revealed when somebody was removed. `heard`, `wrong`: by run, whom the jury heard at the
    buzzer with a right and a wrong answer.
    """

    acked: dict = field(default_factory=dict)
    sent: set = field(default_factory=set)
    watches: dict = field(default_factory=dict)
    out: set = field(default_factory=set)
    seen: dict = field(default_factory=dict)
    void: set = field(default_factory=set)
    replaced: set = field(default_factory=set)
    revealed: set = field(default_factory=set)
    right: dict = field(default_factory=dict)
    everything: set = field(default_factory=set)
    given: dict = field(default_factory=dict)
    heard: dict = field(default_factory=dict)
    wrong: dict = field(default_factory=dict)

    def is_right(self, run, value):
        return run in self.everything or meant(value) in self.right.get(run, {"a"})

    def counting(self):
        return [run for run in sorted(self.revealed) if run not in self.void | self.replaced]

    def totals(self, player, points_of):
        """(points, right, ms) by the rules of the mode, from what was acknowledged alone."""
        points, right, total_ms = self.given.get(player, 0), 0, 0
        for run in self.counting():
            found = self.acked.get((player, run))
            if found is not None and self.is_right(run, found[0]):
                points, right, total_ms = points + points_of(found[1]), right + 1, total_ms + found[1]
        return points, right, total_ms
