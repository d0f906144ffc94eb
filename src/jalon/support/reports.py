"""Reports of meetings, corrected: each correction is a version more, and none takes the place of another."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from jalon.journeys import signs
from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.law.meetings import may_correct
from jalon.law.rulebook import refuse
from jalon.law.support import NOTED_SUBJECTS
from jalon.people.models import User
from jalon.support.models import Meeting, ReportCorrection


def standing(meeting: Meeting) -> Mapping[str, str]:
    """Return the report of a meeting as it stands; the subjects that it may have when nothing is written."""
    last = meeting.corrections.last()
    report: Mapping[str, str] = last.report if last else meeting.report
    return report or dict.fromkeys(NOTED_SUBJECTS, "")


@transaction.atomic
def correct(
    journey_id: uuid.UUID, number: int, by: User, report: Mapping[str, str], why: str
) -> None:
    """Write the report of a meeting anew, what was written before being kept; raises `Refused`.

    One that has no report yet simply gets it.
    """
    journey = locked(journey_id)
    meeting = Meeting.objects.select_for_update().get(pk=number, journey=journey)
    before = standing(meeting) if meeting.report else {}
    refuse(may_correct(capacity(by, journey), before, report, why))
    if before:
        ReportCorrection.objects.create(
            meeting=meeting, report=dict(report), why=why.strip(), author=by
        )
    else:
        meeting.report = dict(report)
        meeting.save(update_fields=["report"])
    signs.seen(journey, signs.side_of(journey, by))
