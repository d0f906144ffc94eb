"""The message that a text typed for a candidate is to be read again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Event
from jalon.mailbox.messages.helping import TextProposed
from tests.writing.helped import propose

pytestmark = pytest.mark.django_db


def test_the_text_that_a_message_is_about_is_read_once(scenario: Scenario) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    helped = propose(scenario)
    told = TextProposed(scenario.journey.journal.get(event=Event.TEXT_PROPOSED))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert told.still_true()
        assert told.context(scenario.person)["writer"] == helped.writer
    assert sum("writing_helpedtext" in one["sql"] for one in asked) == 1
