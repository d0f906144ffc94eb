"""Copies of everything held about a person: asked for, made by the worker, gone after some days."""

import json
import tempfile
import zipfile
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jalon.journeys.models import DataCopy
from jalon.journeys.rights import FILES_OF, TOLD_BY
from jalon.journeys.telling import tell
from jalon.law.retention import copy_available_until, no_copy_under_way
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Occasion
from jalon.now import now, today
from jalon.people.models import User

FOLDER = "copies"
#: A copy of this size is made in memory; a bigger one, in a temporary file.
IN_MEMORY = 5 * 1024 * 1024

READ_ME = """Votre copie, faite par Jalon.

donnees.json : tout ce que Jalon sait de vous. Un ordinateur le lit tel quel.
documents/ : vos documents, et ceux que vous avez reçus.
courriels/ : les courriels que Jalon vous a envoyés.

Ce que le jury a décidé y figure après sa notification.
Une erreur, une question ? Écrivez-nous depuis « Mes données ».
"""


@transaction.atomic
def ask(person: User) -> DataCopy:
    """Ask for a copy of everything held about oneself; raises `Refused` while one is being made."""
    User.objects.select_for_update().get(pk=person.pk)
    pending = DataCopy.objects.under_way().filter(person=person).first()
    refuse(no_copy_under_way(pending.asked_at if pending else None))
    copy = DataCopy.objects.create(person=person)
    jobs.configure_task("journeys.make_copy", queue="acts").defer(copy=str(copy.pk))
    return copy


def make(copy: DataCopy) -> None:
    """Write the archive of a copy, open it to its person for some days, and tell them."""
    if copy.ready_at is not None:
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as archive:
        size = write_archive(archive, copy.person)
        archive.seek(0)
        copy.file.name = default_storage.save(f"{FOLDER}/{copy.pk}.zip", File(archive))
    copy.ready_at, copy.size = now(), size
    copy.available_until = copy_available_until(today())
    with transaction.atomic():
        copy.save(update_fields=["file", "ready_at", "size", "available_until"])
        tell(Occasion.COPY_READY, str(copy.pk))


def write_archive(archive: IO[bytes], person: User) -> int:
    """Write what every room holds about a person, and its files; return how many bytes that is."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("LISEZ-MOI.txt", READ_ME)
        package.writestr(
            "donnees.json", as_json({name: of(person) for name, of in TOLD_BY.items()})
        )
        for files in FILES_OF:
            for one in files(person):
                with one.open() as content, package.open(one.name, "w") as entry:
                    while part := content.read(1024 * 1024):
                        entry.write(part)
    return archive.tell()


def as_json(told: Any) -> str:
    """Return what is told as JSON that people may read too."""
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def forget_old() -> int:
    """Delete the files of the copies whose days are past; return how many."""
    over = list(DataCopy.objects.over())
    for copy in over:
        default_storage.delete(str(copy.file.name))
    return DataCopy.objects.filter(pk__in=[one.pk for one in over]).update(file="", size=0)
