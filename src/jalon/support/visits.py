"""What is taken along to a workshop or a meeting where there is no network: who is expected, and their hours."""

from django.db.models import QuerySet, prefetch_related_objects

from jalon.law.vocabulary import EnrolmentState, Role
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support.attendance import Row, Sheet, sheet_of
from jalon.support.models import HalfDay


def half_days(viewer: User) -> QuerySet[HalfDay]:
    """Return the half-days that the teams of somebody hold, those to come included."""
    here = organisations(viewer, Role.ARCHITECT, Role.HEAD)
    found = HalfDay.objects.filter(workshop__organisation__in=here, workshop__cancelled_at=None)
    return found.select_related("workshop__site", "workshop__led_by")


def expected_at(half_day: HalfDay) -> tuple[Sheet, list[Row]]:
    """Return the sheet of a half-day, and who has a seat in it, with what was noted and how to call them."""
    sheet = sheet_of(half_day)
    rows = [row for row in sheet.rows if row.enrolment.state == EnrolmentState.ENROLLED]
    seated = [row.enrolment for row in rows]
    prefetch_related_objects(seated, "attendance", "journey__candidate__candidate_profile")
    return sheet, rows
