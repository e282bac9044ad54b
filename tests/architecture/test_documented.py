"""What a person runs or sets is named in the documents."""

import re
from pathlib import Path

import pytest

from contest.project import env

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
PACKAGES = ("api", "contest", "frontend", "question_bank")
COMMANDS = sorted(
    path.stem
    for package in PACKAGES
    for path in (ROOT / package / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
TARGETS = re.findall(r"^([a-z][a-z0-9-]*):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
TARGETS.remove("help")  # It is `make` alone.


def documents() -> str:
    """All that a newcomer is given to read."""
    return "\n".join(path.read_text() for path in (README, ARCHITECTURE, CONTRIBUTING))


@pytest.mark.parametrize("variable", env.VARIABLES, ids=lambda variable: variable.name)
def test_environment_variable_stands_in_the_readme(variable):
    assert f"`{variable.name}`" in README.read_text()


@pytest.mark.parametrize("command", COMMANDS)
def test_management_command_is_documented(command):
    assert f"`{command}" in documents() or f"manage.py {command}" in documents()


@pytest.mark.parametrize("target", TARGETS)
def test_make_target_is_documented(target):
    assert f"make {target}" in documents()


def test_only_env_reads_the_environment():
    readers = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "node_modules" not in path.parts
        and re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", path.read_text())
    ]

    assert readers == ["contest/project/env.py"]
