"""The demonstration's files have exchanges to show: calls, meetings, messages, notes of the team, questions of each state."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.exchanges import fill_exchanges
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.journeys.models import CertifierQuestion
from jalon.law.vocabulary import Act, MeetingKind
from jalon.support.models import JoinedFile, TeamNote, ThreadMessage


@pytest.mark.django_db
def test_files_hold_calls_meetings_notes_and_questions_answered_or_not(
    demo: DemoPeople, scenario: Scenario
) -> None:
    began = moment_before(80)
    for number in range(9, 15):
        one = Scenario(demo, scenario.certification, began + timedelta(hours=1), number=number)
        with timekeeper.at(began):
            one.to_complete()
    fill_exchanges(demo)
    timekeeper.travel(moment_before(0))
    held = [one for one in demo.architects if one.accompanied_journeys.exists()]
    assert held
    assert TeamNote.objects.exists() and CertifierQuestion.objects.exists()
    noted = held[0].accompanied_journeys.first()
    assert noted.journal.filter(act=Act.RECORD_CONTACT).count() == 2
    assert noted.meetings.filter(kind=MeetingKind.FOLLOW_UP, minutes=45).exists()
    assert ThreadMessage.objects.waiting().exists() and JoinedFile.objects.exists()
    answered = CertifierQuestion.objects.filter(answered_on__isnull=False)
    assert answered.exists() and CertifierQuestion.objects.waiting().exists()
