"""An installation as an office runs it: PostgreSQL, the pages, the worker, each of which may be killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import IO, Any

import psutil
import psycopg
from django.conf import settings

from tests.trials.outage.post import MailServer

HOST = "jalon.exemple.fr"
HOLD = """
import sys, time
from pathlib import Path
from jalon.config import embedded
print(embedded.ensure_database(embedded.start(Path(sys.argv[1])), "jalon"), flush=True)
sys.stdin.readline()
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def soon(true: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something becomes true; raises TimeoutError."""
    over = monotonic() + seconds
    while not true():
        if monotonic() > over:
            raise TimeoutError(what)
        sleep(0.2)


@dataclass
class House:
    """The three processes, their folder, and the mail server outside."""

    folder: Path
    post: MailServer
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[Any]] = field(default_factory=dict)
    address: str = ""

    @property
    def data(self) -> Path:
        """Return where PostgreSQL keeps its data."""
        return self.folder / "postgres"

    def environment(self) -> dict[str, str]:
        """Return the environment of an installation in production."""
        return os.environ | {
            "JALON_MODE": "production",
            "JALON_SECRET_KEY": "une-cle-d-essai-" * 5,
            "JALON_HOSTS": HOST,
            "JALON_VAR": str(self.folder),
            "JALON_FILES": str(self.folder / "files"),
            "JALON_SMTP_HOST": "127.0.0.1",
            "JALON_SMTP_PORT": str(self.post.port),
            "DATABASE_URL": self.address,
            "PYTHONPATH": str(settings.ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "jalon.config.settings",
        }

    def log(self, name: str) -> IO[bytes]:
        """Return where a process writes what it has to say."""
        return (self.folder / f"{name}.log").open("ab")

    def jalon(self, *words: str) -> str:
        """Run a word of the command line to its end, and return what it printed."""
        with self.log("words") as log:
            done = subprocess.run(
                [sys.executable, "-m", "jalon", *words],
                env=self.environment(),
                cwd=settings.ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                timeout=300,
                check=True,
            )
        return done.stdout

    def start_database(self) -> None:
        """Start PostgreSQL, after a kill too."""
        with self.log("database") as log:
            holder = subprocess.Popen(
                [sys.executable, "-c", HOLD, str(self.data)],
                env=os.environ | {"PYTHONPATH": str(settings.ROOT / "src")},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert holder.stdout
        self.running["database"] = holder
        said = holder.stdout.readline().strip()
        assert said, (self.folder / "database.log").read_text()
        self.address = said

    def start(self, name: str) -> None:
        """Start one of the three, and wait until it is of use."""
        if name == "database":
            self.start_database()
            return
        words = ["serve", "--port", str(self.port)] if name == "web" else ["worker"]
        with self.log(name) as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "jalon", *words],
                env=self.environment(),
                cwd=settings.ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if name == "web":
            soon(self.answers, 60, "the pages do not come back")

    def answers(self) -> bool:
        """Say whether the pages answer, with their database."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": HOST})
            return connection.getresponse().status == 200
        except OSError:
            return False

    def kill(self, name: str) -> None:
        """Kill one of the three on the spot, with the processes that it started."""
        if name == "database":
            self.kill_database()
        process = self.running.pop(name)
        if name != "database":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()

    def kill_database(self) -> None:
        """Kill the server's first process; the others end by themselves, the last that it began too.

        Its marks are taken away: where nobody gathers dead processes, PostgreSQL believes them. Without
        them, one that still wrote would acknowledge what a new server no longer reads.
        """
        marks = [self.data / "postmaster.pid", *self.data.glob(".s.PGSQL.*")]
        first = psutil.Process(int(marks[0].read_text().splitlines()[0]))
        first.kill()
        soon(
            lambda: not any(map(self.serves, psutil.process_iter())), 30, "PostgreSQL does not die"
        )
        for mark in marks:
            mark.unlink(missing_ok=True)

    def serves(self, process: psutil.Process) -> bool:
        """Say whether a process is one of the server's: it works in the folder of the data."""
        try:
            return lives(process) and Path(process.cwd()) == self.data
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database, by a connection of its own."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            answer = connection.execute(statement.encode(), values or None)
            return answer.fetchall() if answer.description else []

    def told(self, script: str) -> Any:
        """Run a script within the installation, and return the JSON that it prints last."""
        printed = self.jalon("manage", "shell", "--no-imports", "-c", script)
        return json.loads(printed.splitlines()[-1])

    def close(self) -> None:
        """End everything."""
        for name in ("web", "worker"):
            if name in self.running:
                self.kill(name)
        if holder := self.running.pop("database", None):
            holder.communicate("\n", timeout=60)


def lives(process: psutil.Process) -> bool:
    """Say whether a process runs: one that is dead and not yet gathered does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
