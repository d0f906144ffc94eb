"""A database that froze without going away is given up, like one that is gone."""

import os
import signal
from collections.abc import Iterator
from time import monotonic

import psycopg
import pytest

from jalon.config import answering, backup


@pytest.fixture
def frozen(db: None) -> Iterator[psycopg.Connection]:
    """A connection whose server answers no more, though it is still there."""
    own = answering.within(0.5).connect(backup.address())
    own.execute("SELECT 1")
    own.commit()
    process = own.info.backend_pid
    os.kill(process, signal.SIGSTOP)
    yield own
    os.kill(process, signal.SIGCONT)
    own.close()


def test_a_page_waits_for_a_frozen_database_for_its_limit_and_no_longer(
    frozen: psycopg.Connection,
) -> None:
    began = monotonic()
    with pytest.raises(psycopg.OperationalError):
        frozen.execute("SELECT 1")
    assert 0.4 < monotonic() - began < 3
    assert frozen.closed


def test_a_statement_that_the_server_cuts_short_costs_no_connection(db: None) -> None:
    with answering.within(5).connect(backup.address()) as own:
        own.execute("SET statement_timeout = '100ms'")
        with pytest.raises(psycopg.errors.QueryCanceled):
            own.execute("SELECT pg_sleep(2)")
        own.rollback()
        assert own.execute("SELECT 1").fetchone() == (1,)
