"""The real processes of a site, each of which can be killed, stopped and brought back.

A server is watched by a supervisor, as systemd would: it is started again when it dies. Everything ends with the arena.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
from redis import Redis

from tests import services
from tests.journeys import site
from tests.load.servers import quiet_port

READY_S = 60.0


class Process:
    """A command that can be killed and started again in the same place."""

    def __init__(
        self,
        command: list[str],
        *,
        log: Path,
        cwd: Path,
        user: str | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self.command, self.log, self.cwd, self.user, self.env = command, log, cwd, user, env
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; it may not be ready yet."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command, user=self.user, cwd=self.cwd, env=self.env, stdout=output, stderr=output
            )

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """As a power cut for this process alone: no goodbye."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It hangs: nothing is refused and nothing answered."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        os.kill(self.pid, signal.SIGCONT)

    def end(self) -> None:
        """Ends it, gently first."""
        if self.process is None or self.process.poll() is not None:
            return
        self.thaw()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Server(Process):
    """A Daphne with its supervisor. `ready_at`: when it answered for the first time after its last start (ms)."""

    def __init__(self, application: str, *, folder: Path, env: dict[str, str]) -> None:
        self.port = quiet_port()
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1:backlog=4096"
        command = [sys.executable, "-m", "daphne", "--verbosity", "0", "-e", endpoint, application]
        super().__init__(command, log=folder / f"daphne-{self.port}.log", cwd=site.ROOT, env=env)
        self.ready_at = 0
        self.starts = 0
        self._over = threading.Event()
        self._ready = threading.Event()
        self._watch = threading.Thread(target=self._supervise, name=f"supervisor-{self.port}", daemon=True)

    def supervise(self) -> None:
        """Starts it, and again whenever it has died."""
        self._watch.start()

    def kill(self) -> None:
        self._ready.clear()
        assert self.process is not None
        self.process.kill()

    def end(self) -> None:
        self._over.set()
        super().end()
        self._watch.join(10)

    def wait_until_ready(self) -> None:
        """Blocks until it answers."""
        if not self._ready.wait(READY_S):
            raise site.SiteError(f"no server on {self.port}:\n{self.log.read_text(errors='replace')[-3000:]}")

    def _supervise(self) -> None:
        while not self._over.is_set():
            self._ready.clear()
            self.start()
            self.starts += 1
            assert self.process is not None
            while self.process.poll() is None and not self._over.is_set() and not self._answers():
                time.sleep(0.02)
            self.ready_at = int(time.time() * 1000)
            self._ready.set()
            self.process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


class Postgres(Process):
    """A PostgreSQL of our own that keeps its promises: fsync and synchronous commits are on."""

    def __init__(self) -> None:
        user = services.unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="timhieu-", dir="/tmp"))
        if user:
            shutil.chown(self.folder, user)
        command = services.postgres_command(self.folder, user, durable=True)
        super().__init__(command, log=self.folder / "postgres.log", cwd=self.folder, user=user)
        self.url = services.postgres_url(self.folder)

    def start(self) -> None:
        """Starts it and waits; after a kill the old children hold its memory for a moment, so it tries again."""
        end = time.monotonic() + READY_S
        while time.monotonic() < end:
            super().start()
            assert self.process is not None
            while self.process.poll() is None:
                if services.postgres_answers(self.url):
                    return
                time.sleep(0.02)
            time.sleep(0.05)
        raise services.ServiceError(f"no PostgreSQL:\n{self.log.read_text(errors='replace')[-3000:]}")

    def pids(self) -> list[int]:
        """The back ends."""
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            )
            return [row[0] for row in rows if row[0] != connection.info.backend_pid]

    def end(self) -> None:
        super().end()
        shutil.rmtree(self.folder, ignore_errors=True)


class Valkey(Process):
    """A Valkey of our own that keeps nothing on disk."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="timhieu-", dir="/tmp"))
        super().__init__(services.redis_command(self.folder), log=self.folder / "valkey.log", cwd=self.folder)
        self.url = services.redis_url(self.folder)

    def start(self) -> None:
        super().start()
        end = time.monotonic() + READY_S
        while not services.redis_answers(self.url):
            if time.monotonic() > end:
                raise services.ServiceError("no Valkey")
            time.sleep(0.02)

    def flush(self) -> None:
        """Forgets everything."""
        with Redis.from_url(self.url) as client:
            client.flushall()

    def end(self) -> None:
        super().end()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_for(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Blocks until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds:g} s")
        time.sleep(0.02)
