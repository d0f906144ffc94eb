"""Each act that prints has one builder, and most acts print nothing."""

from collections.abc import Iterator

import pytest

from jalon.documents.generated import papers, prints_something
from jalon.documents.generated.registry import BUILDERS, Printed, prints
from jalon.journeys.models import JournalEntry
from jalon.law.vocabulary import Act


def test_most_acts_print_nothing() -> None:
    assert not prints_something(Act.TAKE_CHARGE)
    assert papers(JournalEntry(act=Act.TAKE_CHARGE)) == []
    assert prints_something(Act.SCHEDULE_HEARING)


def test_an_act_has_one_builder() -> None:
    def other(entry: JournalEntry) -> Iterator[Printed]:
        yield from ()

    before = dict(BUILDERS)
    with pytest.raises(ValueError, match="already prints"):
        prints(Act.SCHEDULE_HEARING)(other)
    assert before == BUILDERS
