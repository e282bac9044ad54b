"""Writes requirements.lock and checks both locks without the network.

    python tests/locks.py write    resolve pyproject.toml anew
    python tests/locks.py check    fresh, hash-pinned, and naming no host; exit code 1 with a line a fault

Freshness is a fingerprint of every dependency table of pyproject.toml in the lock's first line: a lock that was not
written after the last change of a dependency has another one.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = ROOT / "pyproject.toml"
PYTHON_LOCK = ROOT / "requirements.lock"
CLIENT = ROOT / "frontend" / "client"


def fingerprint() -> str:
    """Hash of what pyproject.toml asks for, independent of order and comments."""
    project = tomllib.loads(PYPROJECT.read_text())
    asked = {
        "python": project["project"]["requires-python"],
        "dependencies": sorted(project["project"]["dependencies"]),
        "extras": {name: sorted(rows) for name, rows in project["project"]["optional-dependencies"].items()},
        "groups": {name: sorted(rows) for name, rows in project["dependency-groups"].items()},
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def write() -> None:
    """Resolve for every platform, keeping the pins that still fit."""
    command = ["uv", "pip", "compile", "pyproject.toml", "--all-extras", "--group", "dev", "--universal"]
    command += [
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-emit-index-url",
        "--quiet",
    ]
    subprocess.run([*command, "-o", PYTHON_LOCK.name], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    body = re.sub(r"\A# Written by .*\n", "", PYTHON_LOCK.read_text())
    PYTHON_LOCK.write_text(f"# Written by `make lock` from {fingerprint()}\n{body}")


def python_faults() -> list[str]:
    """What is wrong with requirements.lock."""
    text = PYTHON_LOCK.read_text()
    faults = [
        f"requirements.lock names a host: {line}"
        for line in text.splitlines()
        if re.search(r"https?://", line)
    ]
    if fingerprint() not in text.splitlines()[0]:
        faults.append("requirements.lock is older than the dependencies in pyproject.toml: run `make lock`")
    for requirement in re.split(r"\n(?=[a-zA-Z0-9])", text)[1:]:
        if "--hash=sha256:" not in requirement:
            faults.append(f"requirements.lock has no hash for {requirement.split()[0]}")
    return faults


def client_faults() -> list[str]:
    """What is wrong with package-lock.json."""
    lock = json.loads((CLIENT / "package-lock.json").read_text())
    package = json.loads((CLIENT / "package.json").read_text())
    faults = []
    for name, row in lock["packages"].items():
        if "resolved" in row:
            faults.append(f"package-lock.json names a host for {name}: see .npmrc")
        if name and "integrity" not in row:
            faults.append(f"package-lock.json has no hash for {name}")
    for table in ("dependencies", "devDependencies"):
        if lock["packages"][""].get(table, {}) != package.get(table, {}):
            faults.append(f"package-lock.json is older than {table} in package.json: run `make lock`")
    return faults


def main(arguments: list[str]) -> int:
    """Run one of the two commands."""
    if arguments == ["write"]:
        write()
    elif arguments != ["check"]:
        print(__doc__)
        return 2
    faults = python_faults() + client_faults()
    print("\n".join(faults) or "The locks are fresh, hash-pinned, and name no host.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
