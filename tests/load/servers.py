"""The three ways to serve that are measured, each in processes of its own, and the CPU time they use."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT

import psycopg

from tests import services
from tests.journeys import site

MODES = {
    "embedded": "one Daphne process, SQLite",
    "wsgi-sqlite": "granian (1 process, threads), SQLite",
    "wsgi-postgres": "granian (1 process, threads), PostgreSQL",
    "daphne-postgres": "one Daphne process, PostgreSQL",
}
PORTS = range(21_600, 21_800)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A running site: its stage, its port and the processes whose CPU time counts (server, and PostgreSQL)."""

    site: site.Site
    port: int
    server: int
    postmaster: int | None

    def cpu(self) -> tuple[float, float]:
        """CPU seconds so far of (the server's processes, PostgreSQL's)."""
        return cpu_of(self.server), cpu_of(self.postmaster) if self.postmaster else 0.0


@contextmanager
def serving(mode: str, folder: Path, *, threads: int, profile: Path | None = None) -> Iterator[Served]:
    """A site on a fresh database and a free port of the loopback; everything started here is stopped at the end."""
    with ExitStack() as stack:
        (folder / "static").mkdir()
        common = {**os.environ, **variables(folder, threads), "DATA_DIR": str(folder)}
        postmaster = None
        if mode.endswith("postgres"):
            url = stack.enter_context(services.postgres(durable=True))
            postmaster = postmaster_of(url)
        else:
            url = f"sqlite:///{folder / 'load.sqlite3'}"
        common["DATABASE_URL"] = url
        site.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], common)
        port = quiet_port()
        found = site.Site(f"http://127.0.0.1:{port}", common, folder / f"{mode}.log")
        command = command_of(mode, port, threads)
        if profile is not None:
            command = [sys.executable, "-m", "tests.load.profiled", str(profile), *command[2:]]
        with found.log.open("wb") as log:
            process = subprocess.Popen(command, cwd=site.ROOT, env=common, stdout=log, stderr=log)
        with services.stopping(process, SIGINT):
            site.wait_until_ready(found, process)
            yield Served(found, port, process.pid, postmaster)


def variables(folder: Path, threads: int) -> dict[str, str]:
    """The environment of a small production site without Redis."""
    return {
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-the-load-test-" + "0123456789" * 5,
        "DEBUG": "0",
        "REDIS_URL": "",
        "LOG_LEVEL": "ERROR",
        "HTTP_THREADS": str(threads),
        "ALLOWED_HOSTS": "127.0.0.1",
    }


def command_of(mode: str, port: int, threads: int) -> list[str]:
    """The server's command line: one process, as many threads as asked."""
    if mode.startswith("wsgi"):
        options = {
            "--interface": "wsgi",
            "--host": "127.0.0.1",
            "--port": str(port),
            "--workers": "1",
            "--blocking-threads": str(threads),
            "--backpressure": "2048",
            "--log-level": "error",
        }
        given = [part for option in options.items() for part in option]
        return [sys.executable, "-m", "granian", *given, "--no-ws", "contest.project.wsgi:application"]
    if mode.startswith("uvicorn"):
        given = ["--host", "127.0.0.1", "--port", str(port), "--backlog", "4096", "--log-level", "error"]
        asgi = "contest.project.asgi:application"
        return [sys.executable, "-m", "uvicorn", *given, "--ws", "websockets-sansio", asgi]
    endpoint = f"tcp:port={port}:interface=127.0.0.1:backlog=4096"
    return [
        sys.executable,
        "-m",
        "daphne",
        "--verbosity",
        "0",
        "-e",
        endpoint,
        "contest.project.asgi:application",
    ]


def quiet_port() -> int:
    """A free port below those that the system gives to outgoing connections.

    A thousand phones would take any of those, and one that dials a dead one of them may even reach itself.
    """
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def available(mode: str) -> bool:
    """False when the mode needs the optional server and it is not installed."""
    return not mode.startswith("wsgi") or find_spec("granian") is not None


def postmaster_of(url: str) -> int:
    """The process that all of PostgreSQL's processes descend from."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None
    return int(stat_of(row[0])[1])


def stat_of(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the third (state) on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_of(pid: int) -> float:
    """CPU seconds of the process, of its living descendants and of those it has waited for."""
    parents: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = stat_of(int(folder.name))
        except OSError:  # it has ended meanwhile
            continue
        parents.setdefault(int(fields[1]), []).append(int(folder.name))
        used[int(folder.name)] = sum(int(ticks) for ticks in fields[11:15]) / TICKS
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        total += used.get(one, 0.0)
        waiting += parents.get(one, [])
    return total


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """This process, and what it starts meanwhile, on one core; None leaves it free."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {sorted(before)[core % len(before)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
