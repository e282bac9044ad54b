"""What a live round may cost on one Daphne process: gates and targets of the study, and how figures stand to them."""

from dataclasses import dataclass

TITLES = (
    "against the budget",
    "measured",
    "at the study's speed",
    "gate",
    "target",
    "as measured",
    "at that speed",
)
GROWTH_FROM = 500
GROWTH = 1.15


@dataclass(frozen=True, slots=True)
class Budget:
    """A figure that should be at most `gate`, and better at most `target`; `timed`: scales with the machine's speed."""

    name: str
    measured: float
    gate: float
    target: float
    timed: bool = True

    def row(self, slowness: float) -> tuple[str, ...]:
        """A line of the table."""
        scaled = self.measured / slowness if self.timed else self.measured
        return (
            self.name,
            f"{self.measured:.2f}",
            f"{scaled:.2f}" if self.timed else "",
            f"<= {self.gate:g}",
            f"{self.target:g}",
            self.verdict(self.measured),
            self.verdict(scaled) if self.timed else "",
        )

    def verdict(self, figure: float) -> str:
        """target (met), holds (the gate), MISSED."""
        if figure <= self.target:
            return "target"
        return "holds" if figure <= self.gate else "MISSED"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one hall cost: ms unless said otherwise; of the questions asked, the best."""

    people: int
    join_s: float
    join_cpu_ms: float
    last_shown_ms: float
    ack_p99_ms: float
    answer_cpu_ms: float
    result_ms: float
    bytes_each: float
    question_cpu_ms: float


def budgets(found: Figures, *, database: str) -> list[Budget]:
    """The budgets that say something about a hall of this size."""
    lines = [Budget("bytes to a phone a question, KB", found.bytes_each / 1000, 1.5, 1.0, timed=False)]
    lines.append(Budget("CPU ms an answer, durable", found.answer_cpu_ms, 1.5, 0.9))
    shown = {1000: (60, 41), 2000: (110, 85), 4000: (220, 166)}.get(found.people)
    if shown:
        lines.append(Budget("question at the last phone, ms", found.last_shown_ms, *shown))
    if found.people == 1000:
        gate, target = (20, 10) if database == "sqlite" else (40, 20)
        lines.append(Budget("answer to acknowledgement p99, ms", found.ack_p99_ms, gate, target))
        lines.append(Budget("close to the last personal result, ms", found.result_ms, 120, 50))
        lines.append(Budget("1,000 joins at once, s", found.join_s, 3, 1.5))
    return lines


def growth(halls: list[Figures]) -> list[Budget]:
    """How much more a person costs in the larger halls than in the first of at least 500; times the first."""
    large = [hall for hall in halls if hall.people >= GROWTH_FROM]
    lines = []
    for hall in large[1:]:
        first, more = large[0], hall.people / large[0].people
        grown = {
            "question at the last phone": hall.last_shown_ms / first.last_shown_ms / more,
            "CPU of a join": hall.join_cpu_ms / first.join_cpu_ms,
            "CPU of an answer": hall.answer_cpu_ms / first.answer_cpu_ms,
            "CPU of a whole question": hall.question_cpu_ms / first.question_cpu_ms / more,
            "close to the last result": hall.result_ms / first.result_ms / more,
            "bytes of a question": hall.bytes_each / first.bytes_each,
        }
        for name, times in grown.items():
            title = f"{name}, a person, {first.people} → {hall.people}, times"
            lines.append(Budget(title, times, GROWTH, 1.0, timed=False))
    return lines
