"""What the weekly round may cost (CPU ms of server and database, a whole attempt of twenty questions)."""

from dataclasses import dataclass

UNIT_MS = {"embedded": 10.0, "wsgi-sqlite": 4.0, "wsgi-postgres": 8.0}
BARE_SHARE = 0.23


@dataclass(frozen=True, slots=True)
class Gate:
    """A measured figure and its gate; `least` turns the comparison round."""

    name: str
    measured: float
    gate: float
    least: bool = False

    @property
    def holds(self) -> bool:
        """The figure is within the gate."""
        return self.measured >= self.gate if self.least else self.measured <= self.gate

    def row(self) -> tuple[str, str, str, str]:
        """The gate as a line of a table."""
        sign = ">=" if self.least else "<="
        return self.name, f"{self.measured:.2f}", f"{sign} {self.gate:g}", "holds" if self.holds else "MISSED"


def unit_gates(mode: str, shape: str, each_ms: float, slowness: float) -> list[Gate]:
    """The gate of a unit, as measured and at the study's speed; only saving in fours has one.

    Ours has a request more than the unit: the own rank. `slowness`: see yardstick.
    """
    gate = UNIT_MS.get(mode)
    if gate is None or shape != "5x4":
        return []
    name = f"{mode}, {shape}: CPU ms an attempt"
    return [
        Gate(name, each_ms, gate),
        Gate(f"{name}, at the study's speed (now {slowness:.2f} times slower)", each_ms / slowness, gate),
    ]


def bare_gates(mode: str, shape: str, share: float) -> list[Gate]:
    """What share of the CPU the bare statements would take; the gate is stated for PostgreSQL."""
    if mode != "wsgi-postgres":
        return []
    return [Gate(f"{mode}, {shape}: bare driver / product", share, BARE_SHARE, least=True)]
