"""A backup put back into an empty place, and what the law deletes deleted again: `./jalon restore`, `./jalon forget`."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from jalon.config import history
from jalon.config.archive import ArchiveRefused
from jalon.config.backup import DATABASE, FILES, address, check, members, run
from jalon.documents import actions, rights
from jalon.documents.models import Document
from jalon.journeys import copies, retention
from jalon.mailbox.holding import hold
from jalon.now import today


def restore(path: Path, key: bytes | None) -> dict[str, Any]:
    """Put a backup back; raises `ArchiveRefused` before anything is written.

    Return its manifest, and how many e-mails are held: they may have left since it was made.
    """
    empty()
    said = check(path, key)
    known(said["heads"])
    for name, content in members(path, key):
        if name == DATABASE:
            with tempfile.TemporaryFile() as dumped:
                shutil.copyfileobj(content, dumped)
                dumped.seek(0)
                run(
                    "pg_restore",
                    "--no-owner",
                    "--no-privileges",
                    "--single-transaction",
                    f"--dbname={address()}",
                    stdin=dumped,
                )
        elif name.startswith(FILES):
            target = inside(name.removeprefix(FILES))
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                shutil.copyfileobj(content, out)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    delete_again(said["gone"])
    return said | {"held": hold()}


def empty() -> None:
    """Refuse a database or a folder that holds something."""
    if connection.introspection.table_names():
        raise ArchiveRefused(
            "La base n’est pas vide : créez une base vide, et donnez-la par DATABASE_URL."
        )
    folder = settings.MEDIA_ROOT
    if folder.exists() and any(folder.iterdir()):
        raise ArchiveRefused(
            f"Le dossier {folder} n’est pas vide : donnez un dossier vide par JALON_FILES."
        )


def known(heads: dict[str, str]) -> None:
    """Refuse a backup made by a version of Jalon that this one does not know, or knows no more."""
    old = history.replaced()
    ours = history.on_disk().keys() | old
    if newer := [f"{app} {name}" for app, name in heads.items() if (app, name) not in ours]:
        raise ArchiveRefused(
            f"Cette sauvegarde vient d’une version plus récente de Jalon ({', '.join(newer)}) : "
            "installez cette version d’abord."
        )
    ends = history.last(old)
    if rooms := [app for app, name in heads.items() if (app, name) in old and name != ends[app]]:
        raise ArchiveRefused(
            history.TOO_OLD.format(what="Cette sauvegarde", rooms=", ".join(rooms))
        )


def inside(name: str) -> Path:
    """Return where a file goes; raises `ArchiveRefused` when that is outside the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ArchiveRefused(f"La sauvegarde nomme un fichier hors du dossier : {name}")
    return Path(settings.MEDIA_ROOT, *path.parts)


def delete_again(gone: list[str]) -> None:
    """Delete what had to be deleted since the backup was made, as the night's work would."""
    close(Document.objects.kept().filter(file__in=gone), "Supprimé pendant la sauvegarde")
    delete_due()


def close(documents: Iterable[Document], why: str) -> int:
    """Mark documents as removed, and return how many."""
    found = list(documents)
    for document in found:
        actions.remove(document, None, why)
    return len(found)


def delete_due() -> dict[str, int]:
    """Delete what the law deletes as of today; return how many of each, in words."""
    return {
        "pièces d’identité": actions.forget_identities(),
        "parcours effacés": retention.purge_due(today()),
        "preuves du service": rights.forget_evidence(today()),
        "copies de données": copies.forget_old(),
    }


def without_file() -> list[Document]:
    """Return the living documents whose file is not there."""
    kept = Document.objects.kept().only("pk", "file").order_by("pk")
    return [one for one in kept.iterator() if not default_storage.exists(str(one.file.name))]


def forget(expected: int) -> dict[str, int]:
    """Delete again, in a database that went back to a moment, what was deleted since; return how many of each.

    A document whose file is not there was deleted since, or lost: whoever asks says how many they found.
    Raises `ArchiveRefused`, before anything is deleted, when there are others.
    """
    if (found := len(without_file())) != expected:
        raise ArchiveRefused(
            f"Documents sans leur fichier : {found}. « ./jalon verify » les nomme. S’ils ont été supprimés "
            f"depuis ce moment : « ./jalon forget --missing {found} » ; s’ils sont perdus, remettez "
            "d’abord leurs fichiers dans le dossier JALON_FILES."
        )
    done = delete_due()
    return done | {"documents sans fichier": close(without_file(), "Supprimé avant un retour")}
