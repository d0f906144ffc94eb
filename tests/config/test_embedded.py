"""The PostgreSQL that Jalon carries starts, is shared, keeps its data, and leaves nothing running."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from jalon.config import embedded
address = embedded.ensure_database(embedded.start(Path(sys.argv[1]), durable=False), "essai")
print(address, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place for a server of our own, removed afterwards."""
    place = settings.VAR / f"postgres-trial-{os.getpid()}"
    yield place
    shutil.rmtree(place, ignore_errors=True)


def hold(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a process that holds the server, and return it with the server's address."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    return process, process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    """Let the process end by itself."""
    process.communicate("\n", timeout=30)


def runs(folder: Path) -> bool:
    """Tell whether the server of this folder runs."""
    return (folder / "postmaster.pid").exists()


def test_two_processes_share_one_server_and_the_last_one_stops_it(folder):
    first, address = hold(folder)
    second, same = hold(folder)
    assert address == same
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('gardé')")
    end(first)
    assert runs(folder)
    end(second)
    assert not runs(folder)

    third, address = hold(folder)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("gardé",)
    end(third)
    assert not runs(folder)


def test_the_extensions_that_the_migrations_ask_for_are_there(folder):
    holder, address = hold(folder)
    with psycopg.connect(address) as connection:
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {extension}".encode())
        assert connection.execute("SELECT unaccent('métier')").fetchone() == ("metier",)
    end(holder)


def test_a_process_killed_on_the_spot_does_not_keep_the_next_one_out(folder):
    holder, _ = hold(folder)
    holder.send_signal(signal.SIGKILL)
    holder.wait(timeout=10)
    following, address = hold(folder)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    end(following)
    assert not runs(folder)


def test_a_list_of_users_cut_short_by_a_kill_stops_nobody(folder):
    first, _ = hold(folder)
    first.kill()
    first.wait()
    (folder / ".handle_pids.json").write_text("")
    second, again = hold(folder)
    with psycopg.connect(again) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    end(second)
    assert not runs(folder)
