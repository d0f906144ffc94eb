"""The pages as a process of its own, on the database of the test, that may be killed on the spot."""

import http.client
import os
import signal
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.trials.outage.house import free_port, soon


def database() -> str:
    """Return the address of the database of this test."""
    known = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    return make_conninfo(**{name: known[name] for name in names if known.get(name)})


class Server:
    """The pages, served at one port from one life to the next."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[Any] | None = None

    @property
    def address(self) -> str:
        """Return where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        """Start, and wait until pages are answered."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jalon", "serve", "--port", str(self.port)],
            env=os.environ
            | {
                "JALON_MODE": "test",
                "DATABASE_URL": database(),
                "PYTHONPATH": str(settings.ROOT / "src"),
            },
            cwd=settings.ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        soon(self.answers, 60, "the pages do not come")
        return self

    def answers(self) -> bool:
        """Say whether a page is answered."""
        try:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            asked.request("GET", "/hors-ligne.js")
            return asked.getresponse().status == 200
        except OSError:
            return False

    def kill(self) -> None:
        """Kill it and what it started, without a word."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
