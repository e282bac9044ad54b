"""The figures of a hall, and how they are printed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.load import live_budgets
from tests.load.report import print_line, print_table


@dataclass
class Asked:
    """The figures of one question; ms, CPU seconds, bytes a phone.

    `waited`: how long the server stood in line for its core between the key and the last phone, because others were at
    work on the machine.
    """

    first: float
    last: float
    waited: float
    p50: float
    p99: float
    marked: float
    result: float
    fan_out_cpu: float
    answers_cpu: float
    cpu: float
    bytes_each: float
    client: float
    server_ack: float


@dataclass
class Report:
    """What was seen of one hall."""

    people: int
    joined: int = 0
    join_s: float = 0.0
    join_cpu: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)
    empty_memory: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    given: int = 0
    acked: int = 0
    lost: int = 0
    oddities: dict[str, int] = field(default_factory=dict)

    @property
    def bad(self) -> int:
        """What must not be: people left out, answers without an acknowledgement or lost, odd messages."""
        wanted = self.people * len(self.asked)
        return (self.people - self.joined + wanted - self.acked + self.lost + sum(self.oddities.values())) + (
            not self.asked
        )

    def figures(self) -> live_budgets.Figures:
        """The best of the questions."""
        best: Callable[[str], float] = lambda name: min(  # noqa: E731
            (getattr(asked, name) for asked in self.asked), default=float("inf")
        )
        each = 1000 / max(1, self.joined)
        return live_budgets.Figures(
            people=self.people,
            join_s=self.join_s,
            join_cpu_ms=self.join_cpu * each,
            last_shown_ms=best("last"),
            ack_p99_ms=best("p99"),
            answer_cpu_ms=best("answers_cpu") * each,
            result_ms=min((asked.marked + asked.result for asked in self.asked), default=float("inf")),
            bytes_each=best("bytes_each"),
            question_cpu_ms=best("cpu") * 1000,
        )


def memory(pid: int) -> tuple[float, float]:
    """MB resident now, and at most so far."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    found = {name: value for name, _, value in (line.partition(":") for line in lines)}
    return int(found["VmRSS"].split()[0]) / 1024, int(found["VmHWM"].split()[0]) / 1024


def waited(pid: int) -> float:
    """Milliseconds that the process' main thread has stood in line for a core so far."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1_000_000


def at(ordered: list[float], share: float) -> float:
    """A quantile in ms of ordered seconds."""
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


def print_report(report: Report, slowness: float, *, database: str) -> None:
    """The figures of one hall."""
    figures, (now, most) = report.figures(), report.memory
    print_line(
        f"{report.joined} of {report.people} in the lobby after {report.join_s:.2f} s; server CPU "
        f"{figures.join_cpu_ms:.2f} ms a join"
    )
    rows = [
        (
            f"{number}",
            *(f"{figure:.1f}" for figure in (asked.first, asked.last, asked.waited, asked.p50, asked.p99)),
            f"{asked.server_ack:.0f}",
            *(f"{figure:.1f}" for figure in (asked.marked, asked.result)),
            f"{1000 * asked.fan_out_cpu:.0f}",
            f"{1000 * asked.answers_cpu / max(1, report.joined):.2f}",
            f"{1000 * asked.cpu:.0f}",
            f"{asked.bytes_each:.0f}",
            f"{100 * asked.client:.0f} %",
        )
        for number, asked in enumerate(report.asked, start=1)
    ]
    titles = ("question", "first ms", "last ms", "waited ms", "ack p50", "p99", "its p95", "over → marked")
    titles += (
        "key → last result",
        "fan-out CPU ms",
        "CPU ms an answer",
        "CPU ms all",
        "bytes a phone",
        "phones' core",
    )
    print_table(titles, rows)
    each = 1024 * (most - report.empty_memory) / max(1, report.joined)
    print_line(f"memory: {now:.0f} MB, at most {most:.0f}; {each:.0f} KB a phone")
    print_line(f"answers: {report.given} given, {report.acked} acknowledged, of these lost: {report.lost}")
    for oddity, times in report.oddities.items():
        if times:
            print_line(f"  {times} x {oddity}")
    print_line(f"this machine is {slowness:.2f} times slower than the study's just now")
    lines = live_budgets.budgets(figures, database=database)
    print_table(live_budgets.TITLES, [line.row(slowness) for line in lines])
