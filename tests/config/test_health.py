"""A load balancer asks whether this installation is well, and gets a plain answer."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_it_says_that_the_database_answers_and_how_much_waits(client: Client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "up", "jobs_waiting": 0, "jobs_failed": 0}


@pytest.mark.django_db
def test_it_says_so_when_the_database_is_down(client: Client, monkeypatch):
    def down() -> None:
        raise OperationalError("no answer")

    monkeypatch.setattr(connection, "ensure_connection", down)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "down"}
