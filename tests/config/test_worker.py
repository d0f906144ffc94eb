"""The worker as it is run: a process of its own, which knows only what it finds by itself."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from jalon.demo.scenario import Scenario
from jalon.journeys.jobs import forget_done_jobs
from jalon.law.vocabulary import DocumentKind
from jalon.mailbox.models import RecordedMail

PERIODIC = """
from procrastinate.contrib.django import app
print(*(task.task.name for task in app.periodic_registry.periodic_tasks.values()))
"""


def environment(**replaced: str) -> dict[str, str]:
    """Return the environment of a process on the tests' database, some of its address replaced."""
    known = connection.settings_dict
    named = {
        "dbname": "NAME",
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
    }
    address = psycopg.conninfo.make_conninfo(
        **{option: known[name] for option, name in named.items() if known[name]} | replaced
    )
    return os.environ | {
        "JALON_MODE": "test",
        "DATABASE_URL": address,
        "PYTHONPATH": str(settings.ROOT / "src"),
        "JALON_FILES": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "jalon.config.settings",
    }


def jalon(*words: str) -> str:
    """Run a word of the command line on the tests' database; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "jalon", *words],
        env=environment(),
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_the_worker_tells_people_and_prints_papers(scenario: Scenario) -> None:
    scenario.to_complete()
    jalon("worker", "--one-shot")
    told = set(RecordedMail.objects.values_list("to", flat=True))
    assert {scenario.person.email, scenario.demo.head.email, scenario.demo.officer.email} <= told
    assert scenario.journey.documents.filter(kind=DocumentKind.ACKNOWLEDGEMENT).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT status FROM procrastinate_jobs")
        assert cursor.fetchall() == [("succeeded",)]


@pytest.mark.django_db(transaction=True)
def test_the_worker_knows_what_is_to_be_done_at_its_hour() -> None:
    found = jalon("manage", "shell", "--no-imports", "-c", PERIODIC).split()
    assert {"journeys.tick", "documents.sweep"} <= set(found)


@pytest.mark.django_db(transaction=True)
def test_what_was_done_long_ago_is_forgotten_and_what_failed_is_not(scenario: Scenario) -> None:
    scenario.register()
    forget_done_jobs()
    jalon("worker", "--one-shot")  # forgets nothing yet: all of it was done now
    done = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mailbox.notify'"
    with connection.cursor() as cursor:
        cursor.execute(done)
        assert cursor.fetchone() == (1,)
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '8 days'")
    forget_done_jobs()
    jalon("worker", "--one-shot")
    with connection.cursor() as cursor:
        cursor.execute(done)
        assert cursor.fetchone() == (0,)
