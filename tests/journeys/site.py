"""A real site for the journeys: Daphne in a process of its own, on a free port, with a fresh database.

Embedded by default: SQLite in a temporary folder and the in-memory layer. With DATABASE_URL and REDIS_URL set (run the
journeys under `tests/services.py --`) each site gets a database of its own on that server.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


class SiteError(RuntimeError):
    """The site, or a command in its environment, failed; the message holds its output."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site answers, and the environment that reaches its database."""

    url: str
    environment: dict[str, str]
    log: Path

    def manage(self, *arguments: str) -> str:
        """Run a management command on the site's database; returns what it printed."""
        return run([sys.executable, "manage.py", *arguments], self.environment)

    def stage(self, target: str, **arguments: Any) -> Any:
        """Call "package.module:function" with Django set up on the site's database; JSON in, JSON out."""
        printed = run(
            [sys.executable, "-m", "tests.journeys.stage", target], self.environment, json.dumps(arguments)
        )
        return json.loads(printed.splitlines()[-1])


def run(command: list[str], environment: dict[str, str], stdin: str = "") -> str:
    """Run to the end; SiteError with the output unless it succeeds."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SiteError(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def database(folder: Path, template: str) -> Iterator[dict[str, str]]:
    """Variables that name a fresh, migrated database; a copy of the template."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        shutil.copy(template, folder / "timhieu.sqlite3")
        yield {"DATABASE_URL": f"sqlite:///{folder / 'timhieu.sqlite3'}"}
        return
    name = f"journey_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def migrated_template(folder: Path) -> Iterator[str]:
    """A migrated database to copy: a file name on SQLite, a database name on PostgreSQL."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        path = folder / "template.sqlite3"
        migrate({"DATABASE_URL": f"sqlite:///{path}", "DATA_DIR": str(folder)})
        with_wal_folded(path)
        yield str(path)
        return
    name = f"template_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            url = urlsplit(server)._replace(path=f"/{name}").geturl()
            migrate({"DATABASE_URL": url, "DATA_DIR": str(folder)})
            yield name
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrate(variables: dict[str, str]) -> None:
    """Create all tables."""
    run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], {**os.environ, **variables})


def with_wal_folded(path: Path) -> None:
    """Fail unless the file is whole by itself: the last connection to close folds the WAL in."""
    if path.with_name(path.name + "-wal").exists():
        raise SiteError(f"{path} still has a write-ahead log")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_site(folder: Path, template: str, **variables: str) -> Iterator[Site]:
    """A site that answers; stopped at the end. `variables` are added to its environment."""
    with database(folder, template) as named, served(folder, **named, **variables) as site:
        yield site


@contextmanager
def served(folder: Path, **variables: str) -> Iterator[Site]:
    """One server process on a database that is there already; stopped at the end."""
    with serving(folder, **variables) as server:
        yield server.site


@dataclass(slots=True)
class Server:
    """A server process that can be killed and started anew at the same address, on the same database."""

    site: Site
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Starts the process; returns when it answers."""
        endpoint = f"tcp:port={urlsplit(self.site.url).port}:interface=127.0.0.1:backlog=1024"
        command = [sys.executable, "-m", "daphne", "-e", endpoint, "contest.project.asgi:application"]
        with self.site.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.site.environment, stdout=log, stderr=log
            )
        wait_until_ready(self.site, self.process)

    def kill(self) -> None:
        """As when the power goes: nothing is said, nothing is saved."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """As an administrator does it."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Server]:
    """One server process on a database that is there already, in hand; stopped at the end."""
    port = free_port()
    environment = {**os.environ, "DATA_DIR": str(folder), **variables}
    server = Server(Site(f"http://127.0.0.1:{port}", environment, folder / f"daphne-{port}.log"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


def wait_until_ready(site: Site, process: "subprocess.Popen[bytes]") -> None:
    """Poll /readyz; SiteError with the log when the process ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{site.url}/readyz", timeout=5):  # noqa: S310  (our own address)
                return
        except urllib.error.HTTPError as answer:
            raise SiteError(f"/readyz says {answer.code}:\n{site.log.read_text()[-4000:]}") from None
        except OSError:
            time.sleep(0.1)
    raise SiteError(f"the site did not start:\n{site.log.read_text()[-4000:]}")
