"""The office reads in plain words that work is late, and nothing when all goes well."""

import pytest
from django.db import connection
from django.test import Client

from jalon.demo.scenario import DemoPeople
from jalon.journeys.jobs import tick
from jalon.queue.worker import work
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db(transaction=True)


def well() -> None:
    """Let a worker live, that looked at the delays."""
    tick.defer()
    work()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def test_the_office_is_told_that_e_mails_papers_and_delays_do_not_advance(demo: DemoPeople) -> None:
    office = browser(demo.head)
    well()
    assert "est en retard" not in page(office)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '3 min'")
    assert "Une partie du travail de Jalon est en retard." in page(office)
    assert "Les courriels, les papiers et les délais n’avancent plus" in page(office)


def page(office: Client) -> str:
    """Return the first page of the office."""
    return office.get("/gestion/").content.decode()
