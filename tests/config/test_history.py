"""A database of the last version before 0.1.0 goes on as it is; one that stopped before is told what to do."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from jalon import cli
from jalon.config import history, restore
from jalon.config.archive import ArchiveRefused

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> MigrationRecorder:
    """What a database says that the last version before 0.1.0 made."""
    recorder = MigrationRecorder(connection)
    for (app, name), one in history.on_disk().items():
        if one.replaces:
            recorder.record_unapplied(app, name)
    return recorder


def test_a_migration_that_there_is_no_more_is_replaced_by_one_and_only_one() -> None:
    old = Counter(old for one in history.on_disk().values() for old in one.replaces)
    assert set(old.values()) == {1}
    assert not old.keys() & history.on_disk().keys()


def test_a_database_of_the_last_version_before_has_nothing_to_go_through(
    kept: MigrationRecorder,
) -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert not history.too_old()
    call_command("migrate", verbosity=0)
    assert {name for name, one in history.on_disk().items() if one.replaces} <= history.applied()


def test_a_database_that_stopped_before_is_told_what_to_do_and_nothing_is_done(
    kept: MigrationRecorder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept.record_unapplied("people", "0012_colleagues_replace_each_other")
    monkeypatch.setattr(cli, "setup", lambda mode: None)
    monkeypatch.setattr(migrate.Command, "handle", pytest.fail)
    with pytest.raises(CommandError, match="pas de la dernière \\(people\\)"):
        call_command("migrate")
    monkeypatch.setenv("JALON_AS_OWNER", "1")
    assert cli.migrate([]) == 1
    told = capsys.readouterr().err
    assert "d’avant la 0.1.0, et pas de la dernière (people)" in told
    assert (ROOT / told.split(" : ")[-1].split()[0]).is_file()


def test_the_last_migration_of_a_room_is_one_of_today_where_there_is_one(
    kept: MigrationRecorder,
) -> None:
    before = history.last(history.applied())
    assert before["journeys"] == "0030_how_tallies_are_spread"
    kept.record_applied("journeys", "0001_models")
    assert history.last(history.applied()) == before | {"journeys": "0001_models"}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("0018_whom_a_complaint_was_told", "d’avant la 0.1.0, et pas de la dernière"),
        ("9999_from_another_year", "plus récente de Jalon"),
    ],
)
def test_a_backup_that_this_version_cannot_bring_forward_is_refused(head: str, told: str) -> None:
    with pytest.raises(ArchiveRefused, match=told):
        restore.known({"journeys": head})


def test_a_backup_of_the_last_version_before_is_brought_forward(kept: MigrationRecorder) -> None:
    restore.known(history.last(history.applied()))
