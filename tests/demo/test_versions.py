"""A demonstration made by migrations that changed since is made again, never half brought forward."""

import pytest
from django.db import connection

from jalon.demo import seed, versions

pytestmark = pytest.mark.django_db


def test_data_made_by_these_migrations_are_kept() -> None:
    versions.remember()
    assert versions.remembered() == versions.fingerprints()
    assert not versions.outdated()


def test_data_of_which_nobody_wrote_what_made_them_are_outdated() -> None:
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA public IS 'standard public schema'")
    assert versions.remembered() == {}
    assert versions.outdated()


def test_data_made_by_a_migration_that_changed_are_outdated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions.remember()
    changed = versions.fingerprints() | {"journeys.0001_models": "another"}
    monkeypatch.setattr(versions, "fingerprints", lambda: changed)
    assert versions.outdated()


def test_data_made_by_a_migration_that_there_is_no_more_are_outdated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    former = versions.fingerprints() | {"journeys.0030_how_tallies_are_spread": "former"}
    with monkeypatch.context() as before:
        before.setattr(versions, "fingerprints", lambda: former)
        versions.remember()
    assert versions.outdated()


def test_a_new_migration_is_no_reason_to_lose_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    versions.remember()
    more = versions.fingerprints() | {"journeys.9999_more": "new"}
    monkeypatch.setattr(versions, "fingerprints", lambda: more)
    assert not versions.outdated()


def test_outdated_data_are_thrown_away_with_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []
    for name in ("reset", "fill"):
        monkeypatch.setattr(seed, name, lambda name=name: done.append(name))
    monkeypatch.setattr(seed, "call_command", lambda *words, **options: done.append(words[0]))
    monkeypatch.setattr(seed.versions, "outdated", lambda: True)
    seed.prepare()
    assert done == ["reset", "migrate", "fill"]
    assert "version plus ancienne" in capsys.readouterr().err
