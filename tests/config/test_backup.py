"""A backup made while people write is whole, restores elsewhere, and is refused when it was touched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from jalon.config import archive, backup, restore
from jalon.config.archive import ArchiveRefused
from jalon.demo.scenario import Scenario
from jalon.documents.actions import store_generated
from jalon.law.vocabulary import DocumentKind
from tests.databases import new_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

KEY = b"une-cle-d-essai-" * 3
ANSWERS = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
answer = Client().get("/", secure=True, headers={"host": "jalon.exemple.fr"})
assert answer.status_code == 200, answer.status_code
"""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """An empty database on the same server."""
    with new_database("restored") as address:
        yield address


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A backup under the key."""
    return backup.backup(tmp_path / "backups", KEY)


def jalon(
    database: str, folder: Path, *command: str, owner: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run Python as an installation in production, on a database and a folder."""
    environment = os.environ | {
        "JALON_MODE": "production",
        "JALON_SECRET_KEY": "une-cle-d-essai-" * 5,
        "JALON_HOSTS": "jalon.exemple.fr",
        "JALON_VAR": str(folder),
        "JALON_FILES": str(folder / "files"),
        "DATABASE_URL": database,
        "JALON_OWNER_DATABASE_URL": owner,
        "PYTHONPATH": str(settings.ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "jalon.config.settings",
    }
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False
    )


def test_what_was_acknowledged_before_a_backup_under_load_is_there_after_a_restoration(
    scenario: Scenario, tmp_path: Path, elsewhere: str
) -> None:
    journey, kept, over = scenario.to_admissible().journey, list[str](), Event()

    def write(writer: int) -> None:
        number = 0
        while not over.is_set():
            content = f"%PDF-1.7 {writer} {number} ".encode() + os.urandom(2000)
            paper = store_generated(journey, DocumentKind.PROOF, f"{writer}-{number}.pdf", content)
            kept.append(str(paper.pk))
            number += 1
        connection.close()

    writers = [Thread(target=write, args=[one]) for one in range(4)]
    for one in writers:
        one.start()
    try:
        while len(kept) < 20:
            assert any(one.is_alive() for one in writers)
        before = list(kept)
        made = backup.backup(tmp_path / "backups", KEY)
    finally:
        over.set()
        for one in writers:
            one.join()
    assert len(kept) > len(before)
    assert made.stat().st_mode & 0o777 == 0o600
    assert b"%PDF" not in made.read_bytes()

    (tmp_path / "key").write_bytes(KEY)
    told = ["-m", "jalon", "restore", str(made), "--key-file", str(tmp_path / "key")]
    done = jalon(elsewhere, tmp_path / "there", *told)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok  fichiers" in done.stdout
    assert "E-mails retenus" in done.stdout
    with psycopg.connect(elsewhere) as own:
        found = {str(one) for (one,) in own.execute("SELECT id FROM documents_document")}
        said = backup.check(made, KEY)
        rows = backup.counted(own)
        assert rows["documents_document"] == said["rows"]["documents_document"]
        assert all((tmp_path / "there" / "files" / path).is_file() for path in backup.named(own))
    assert found >= set(before)
    answered = jalon(elsewhere, tmp_path / "there", "-c", ANSWERS)
    assert answered.returncode == 0, answered.stderr
    again = jalon(elsewhere, tmp_path / "other", *told)
    assert again.returncode == 1
    assert "La base n’est pas vide" in again.stderr


@pytest.mark.parametrize("key", [KEY, None])
@pytest.mark.parametrize("place", [0.01, 0.5, 1])
def test_a_backup_with_one_byte_changed_is_refused(
    db: None, tmp_path: Path, key: bytes | None, place: float
) -> None:
    made = backup.backup(tmp_path, key)
    content = bytearray(made.read_bytes())
    content[int(place * (len(content) - 1))] ^= 1
    made.write_bytes(content)
    with pytest.raises(ArchiveRefused):
        backup.check(made, key)


def test_a_backup_that_was_cut_is_refused(small: Path) -> None:
    small.write_bytes(small.read_bytes()[: -archive.PIECE // 100])
    with pytest.raises(ArchiveRefused):
        backup.check(small, KEY)


def test_a_wrong_key_or_none_is_refused(small: Path) -> None:
    with pytest.raises(ArchiveRefused, match="La clé n’est pas celle"):
        backup.check(small, b"autre-cle-" * 5)
    with pytest.raises(ArchiveRefused, match="chiffrée"):
        backup.check(small, None)


def test_a_folder_that_holds_something_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(ArchiveRefused, match="n’est pas vide"):
        restore.empty()


def test_only_the_newest_backups_are_kept(db: None, tmp_path: Path) -> None:
    made = [backup.backup(tmp_path, None, keep=2) for _ in range(3)]
    assert [one.exists() for one in made] == [False, True, True]


def test_the_health_page_says_how_old_the_last_backup_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "BACKUPS", tmp_path)
    assert "backup" in client.get("/healthz").json()["late"]
    backup.note(tmp_path, tmp_path / "one.tar", datetime.now(UTC) - timedelta(hours=25))
    said = client.get("/healthz").json()
    assert (said["backup_hours"], "backup" in said["late"]) == (25, False)
    backup.note(tmp_path, tmp_path / "one.tar", datetime.now(UTC) - timedelta(hours=27))
    assert "backup" in client.get("/healthz").json()["late"]


def test_a_file_deleted_while_the_backup_was_made_is_deleted_again_and_a_lost_one_stays_told(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = scenario.to_admissible().journey
    papers = [
        store_generated(journey, DocumentKind.PROOF, name, b"%PDF-1.7")
        for name in ("a.pdf", "b.pdf")
    ]
    deleted, lost = (str(one.file.name) for one in papers)
    for path in (deleted, lost):
        (settings.MEDIA_ROOT / path).unlink()
    still_named = backup.named_now
    monkeypatch.setattr(backup, "named_now", lambda path: path != deleted and still_named(path))
    said = backup.check(backup.backup(tmp_path, None), None)
    assert (said["gone"], said["lost"]) == ([deleted], [lost])
    restore.delete_again(said["gone"])
    for one in papers:
        one.refresh_from_db()
    assert papers[0].removed_why == "Supprimé pendant la sauvegarde"
    assert papers[1].removed_at is None
