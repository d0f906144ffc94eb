"""A database that archives its WAL goes back to the moment before a disaster, and what was deleted since stays so."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from jalon import cli
from jalon.catalogue.models import Certification
from jalon.config import backup
from jalon.config.restore import without_file
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import Scenario
from jalon.documents.actions import remove, store_generated, sweep
from jalon.documents.models import Document
from jalon.law.vocabulary import DocumentKind
from jalon.people.models import User
from jalon.writing.models import FeasibilityFile
from tests.config.own_server import OwnServer, copy, give, run
from tests.conftest import TODAY
from tests.databases import working_on
from tests.journeys.test_retention import night, stopped
from tests.trials.outage.house import soon

__all__ = ["stopped"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

PIECES = "/var/backups/wal"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the server may write, in which nobody else reads."""
    made = Path(mkdtemp(prefix="jalon-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def lines_of(page: str, pieces: Path) -> str:
    """Return the settings that a page or a file of ours tells, for another folder of pieces."""
    said = (settings.ROOT / page).read_text()
    found = re.findall(r"^ *((?:wal|archive|restore|recovery)_\w+ = .+)$", said, re.MULTILINE)
    return "\n".join(found).replace(PIECES, str(pieces))


def copy_of_this_database(target: str) -> None:
    """Put what this test made so far into another database."""
    dumped = subprocess.run(
        [backup.program("pg_dump"), "-Fc", f"--dbname={backup.address()}"],
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [backup.program("pg_restore"), "--no-owner", f"--dbname={target}"],
        check=True,
        input=dumped.stdout,
    )


def paper(scenario: Scenario, name: str) -> Document:
    """Keep a paper in the file of a journey."""
    return store_generated(scenario.journey, DocumentKind.PROOF, name, b"%PDF-1.7 " + name.encode())


def moment() -> str:
    """Return the present moment as the server has it, once what is written is past."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_sleep(0.05)")
        return str(cursor.fetchone()[0])


def disaster() -> None:
    """Lose two tables, as somebody with every right may by one slip."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE writing_feasibilityfile, documents_document CASCADE")


@pytest.fixture
def going_on(demo: DemoPeople, machining: Certification) -> Scenario:
    """Another person, whose journey goes on."""
    return Scenario(demo, machining, TODAY).to_path_accepted()


def test_what_was_there_at_the_moment_comes_back_and_neither_the_disaster_nor_what_was_deleted_does(
    stopped: Scenario, going_on: Scenario, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = stopped.person.last_name
    night(stopped, 340)  # the person is warned
    pieces, base = give(folder / "pieces"), give(folder / "bases") / "one"
    lost, back = OwnServer(folder / "lost"), OwnServer(folder / "back")
    lost.set_up()
    lost.configure(lines_of("deploy/archive.conf", pieces))
    with lost.started(end="immediate"):
        with psycopg.connect(lost.address("postgres"), autocommit=True) as own:
            own.execute("CREATE DATABASE jalon TEMPLATE template0")
        copy_of_this_database(lost.address("jalon"))
        host = f"--dbname={lost.address('postgres')}"
        run("pg_basebackup", host, "-D", str(base), "--checkpoint=fast")
        with working_on(lost.address("jalon")):
            stays, withdrawn = paper(going_on, "stays.pdf"), paper(going_on, "withdrawn.pdf")
            said = moment()
            piece = close_piece()
            soon((pieces / piece).exists, 20, "nothing is archived")
            remove(withdrawn, None, "Retiré avant l’envoi")
            later = paper(going_on, "later.pdf")
            night(stopped, 30)
            assert User.objects.get(pk=stopped.person.pk).last_name != name
            disaster()
            assert Document._meta.db_table not in connection.introspection.table_names()

    copy(base, back.data)
    archived = {one.name for one in pieces.iterdir()}
    copy(lost.data / "pg_wal", back.data / "pg_wal", but=archived)
    recovery = lines_of("docs/operations.md", pieces)
    back.configure(re.sub(r"(?<=time = ').+(?=')", said, recovery))
    (back.data / "recovery.signal").touch()
    with back.started(), working_on(back.address("jalon")):
        soon(is_back, 20, "the server stays in recovery")
        assert {one.pk for one in (stays, withdrawn)} <= kept()
        assert later.pk not in kept()
        assert User.objects.get(pk=stopped.person.pk).last_name == name
        assert FeasibilityFile.objects.filter(journey=stopped.journey).exists()

        missing = len(without_file())
        assert cli.main(["verify"]) == 1
        assert "withdrawn.pdf : le fichier manque" in capsys.readouterr().out
        assert cli.main(["forget"]) == 1
        assert f"./jalon forget --missing {missing}" in capsys.readouterr().err
        assert User.objects.get(pk=stopped.person.pk).last_name == name
        assert cli.main(["forget", "--missing", str(missing)]) == 0
        assert User.objects.get(pk=stopped.person.pk).last_name != name
        assert stays.pk in kept() and withdrawn.pk not in kept()
        assert cli.main(["jobs", "hold"]) == 0
        assert "E-mails retenus" in capsys.readouterr().out
        assert cli.main(["verify"]) == 0
        assert default_storage.exists(later.file.name)
        sweep(timedelta(0))
        assert not default_storage.exists(later.file.name)


def close_piece() -> str:
    """Close the piece of WAL under way, which lets it be archived, and return its name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_switch_wal())")
        return str(cursor.fetchone()[0])


def is_back() -> bool:
    """Say whether the server has reached the moment, and takes what is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return not cursor.fetchone()[0]


def kept() -> set[UUID]:
    """Return the documents that are there."""
    return set(Document.objects.kept().values_list("pk", flat=True))
