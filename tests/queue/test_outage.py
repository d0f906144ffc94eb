"""A worker outlives what happens to it: the database goes away and comes back, and nobody restarts it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from jalon.demo.scenario import Scenario
from jalon.mailbox.jobs import remind
from jalon.mailbox.models import RecordedMail
from tests.config.test_worker import environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


class Cable:
    """A way to the tests' database that can be cut and mended."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.ends: list[socket.socket] = []
        self.whole = True
        Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        """Join whoever comes to the database, unless the cable is cut."""
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = to_the_database()
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                Thread(target=carry, args=(one, other), daemon=True).start()

    def cut(self) -> None:
        """Close every connection, and take no other."""
        self.whole = False
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Take connections again."""
        self.whole = True


def to_the_database() -> socket.socket:
    """Return a connection to the tests' database, by its socket or its port."""
    known = connection.settings_dict
    port = known["PORT"] or "5432"
    if str(known["HOST"]).startswith("/"):
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{known['HOST']}/.s.PGSQL.{port}")
        return far
    return socket.create_connection((known["HOST"] or "127.0.0.1", int(port)))


def carry(one: socket.socket, other: socket.socket) -> None:
    """Carry what comes from one end to the other until either closes."""
    with suppress(OSError):
        while part := one.recv(65536):
            other.sendall(part)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def a_worker(said: Path, **address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker as an office does, and end it."""
    with said.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jalon", "worker"],
            env=environment(**address),
            cwd=settings.ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def soon(true: Callable[[], bool], seconds: int = 40) -> bool:
    """Say whether something becomes true before some time is over."""
    over = monotonic() + seconds
    while not true():
        if monotonic() > over:
            return False
        sleep(0.2)
    return True


def nothing_left() -> bool:
    """Say whether every job queued by these tests is done."""
    return not ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists()


def test_a_worker_goes_on_by_itself_once_the_database_is_back(
    scenario: Scenario, tmp_path: Path
) -> None:
    cable = Cable()
    with a_worker(tmp_path / "said", host="127.0.0.1", port=str(cable.port)) as worker:
        remind.defer()
        assert soon(nothing_left), (tmp_path / "said").read_text()
        cable.cut()
        sleep(12)
        assert worker.poll() is None
        scenario.register()
        cable.mend()
        assert soon(lambda: RecordedMail.objects.filter(to=scenario.person.email).exists()), (
            tmp_path / "said"
        ).read_text()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    assert "lost the database" in (tmp_path / "said").read_text()


def test_what_a_worker_that_was_killed_left_is_done_by_the_next_one(
    scenario: Scenario, tmp_path: Path
) -> None:
    with a_worker(tmp_path / "first") as first:
        assert soon(ProcrastinateWorker.objects.exists), (tmp_path / "first").read_text()
        first.kill()
    scenario.register()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing',"
            " worker_id = (SELECT min(id) FROM procrastinate_workers)"
        )
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 min'")
    with a_worker(tmp_path / "second"):
        assert soon(nothing_left), (tmp_path / "second").read_text()
    of_the_file = RecordedMail.objects.filter(body__contains=str(scenario.journey.pk))
    told = sorted(one.to for one in of_the_file)
    assert told == sorted([scenario.person.email, scenario.demo.head.email])
