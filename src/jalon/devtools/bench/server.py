"""Starts the product as `./jalon serve` does, and the bare function beside it; ends both."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

#: How long a server may take to answer for the first time, and to end, in seconds.
PATIENCE = 60.0


@dataclass(frozen=True)
class Memory:
    """What one process holds, in megabytes: all it maps, and its own share of it."""

    rss: float
    pss: float


@dataclass(frozen=True)
class Server:
    """A server that runs, and its port."""

    port: int
    process: subprocess.Popen[bytes]

    def busy(self) -> float:
        """Return how long its processes have worked since they began, in milliseconds of processor."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        times = [one.cpu_times() for one in family]
        return 1000 * sum(one.user + one.system for one in times)

    def workers(self) -> list[Memory]:
        """Return what each of its workers holds."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        held = [one.memory_full_info() for one in family]
        return [
            Memory(one.rss / 2**20, getattr(one, "pss", one.rss) / 2**20)
            for one in held
            if one.rss > 32 * 2**20  # those that only keep track of the others are small
        ]


@contextmanager
def product(database: str, workers: int, home: Path) -> Iterator[Server]:
    """Serve the product on a database."""
    port = free_port()
    command = [sys.executable, "-m", "jalon", "serve", "--port", str(port)]
    extra = {"DATABASE_URL": database, "JALON_WORKERS": str(workers)}
    with running(command, extra, port, home) as server:
        yield server


@contextmanager
def bare(database: str, workers: int, home: Path, work: Path) -> Iterator[Server]:
    """Serve the bare function on a database, with as many workers and threads as the product."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(min(8, 2 * (os.cpu_count() or 1))),
        "--log-level",
        "warning",
        "jalon.devtools.bench.bare:application",
    ]
    extra = {"DATABASE_URL": database, "JALON_BENCH": str(work)}
    with running(command, extra, port, home) as server:
        yield server


@contextmanager
def running(command: list[str], extra: dict[str, str], port: int, home: Path) -> Iterator[Server]:
    """Run a server until it is no longer needed, then end it with all that it started."""
    log = home / f"server-{port}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=os.environ | extra, stdout=said, stderr=said)
    try:
        await_answer(process, port, log)
        yield Server(port, process)
    finally:
        end(process)


def await_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server answers; raises RuntimeError with what it said when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"the server does not answer: {log.read_text()[-2000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to end, and end whatever of it is still there after a while."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _, left = psutil.wait_procs(family, timeout=5)
    for one in left:
        one.kill()


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
