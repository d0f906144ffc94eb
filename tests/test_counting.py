"""What is counted where all processes count together: two at once are two."""

from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from jalon.counting import times

AT_ONCE = 8


@pytest.fixture
def shared(settings: Any) -> Iterator[None]:
    """A cache that is in the database, as where an office works."""
    kept = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": kept, "LOCATION": "counted"}}
    call_command("createcachetable", verbosity=0)
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop table counted")


@pytest.mark.django_db(transaction=True)
def test_what_is_done_at_the_same_instant_is_counted_each_time(shared: None) -> None:
    start, counted = Barrier(AT_ONCE), list[int]()

    def once_more() -> None:
        start.wait()
        counted.append(times("searches", 60))
        connection.close()

    threads = [Thread(target=once_more) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(counted) == list(range(1, AT_ONCE + 1))


def test_a_network_is_still_counted_once_a_thousand_others_came(db: None) -> None:
    """Django keeps 300 entries unless told otherwise, then forgets a third of them."""
    searched = [times(f"search-{network}", 3600) for network in range(1000)]
    assert set(searched) == {1}
    assert {times(f"search-{network}", 3600) for network in range(1000)} == {2}
