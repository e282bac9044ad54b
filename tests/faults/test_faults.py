"""The faults in small, on real processes, once; `make faults` runs them in full."""

from pathlib import Path

import pytest

from tests.faults.scenarios import QUICK, SCENARIOS, wrong_server
from tests.journeys import site

pytestmark = [
    pytest.mark.once,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables."""
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "template.sqlite3"
    site.migrate({"DATABASE_URL": f"sqlite:///{path}", "DATA_DIR": str(folder)})
    site.with_wal_folded(path)
    return path


@pytest.mark.parametrize("fault", list(SCENARIOS))
async def test_promises_hold(fault: str, tmp_path: Path, migrated: Path) -> None:
    assert await SCENARIOS[fault](QUICK, tmp_path, migrated) == []


async def test_a_server_that_acknowledges_before_the_commit_is_found_out(
    tmp_path: Path, migrated: Path
) -> None:
    problems = await wrong_server(QUICK, tmp_path, migrated, wrong="ack-before-commit")
    assert any(problem.startswith("P1 acknowledged and lost") for problem in problems), problems
