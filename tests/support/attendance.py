"""A workshop that took place, with people who were there: what there is to sign."""

from datetime import timedelta

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import EnrolmentState, MeetingMode, Presence, WorkshopTheme
from jalon.support import workshops
from jalon.support.attendance import Hours, hours_of
from jalon.support.models import Enrolment, HalfDay, Workshop
from tests.support.agenda import site

#: Something like a name, drawn on the sheet.
DRAWN = "M40 150L120 40L180 150M200 90L420 90L560 40"


def a_workshop_held(people: list[Scenario], days: int = 1) -> Workshop:
    """Return a workshop of some mornings of three hours, in which everybody was present; at its end."""
    first = people[0]
    made = Workshop.objects.create(
        organisation=first.demo.accompanist,
        theme=WorkshopTheme.WRITING,
        led_by=first.architect,
        mode=MeetingMode.ON_SITE,
        site=site(first.demo.accompanist),
    )
    begins = max(one.at for one in people).replace(hour=9, minute=0) + timedelta(days=1)
    for number in range(days):
        starts = begins + timedelta(days=number)
        HalfDay.objects.create(workshop=made, starts_at=starts, ends_at=starts + timedelta(hours=3))
    timekeeper.travel(begins - timedelta(hours=1))
    seated = [workshops.enrol(made.pk, one.journey.pk, one.person) for one in people]
    timekeeper.travel(begins + timedelta(days=days))
    for half_day in made.half_days.all():
        for one, enrolment in zip(people, seated, strict=True):
            workshops.note(half_day, enrolment, Presence.PRESENT, one.architect)
    return made


def last_hours(one: Scenario) -> Hours:
    """Return the hours of a person that come last."""
    return hours_of(one.journey)[-1]


def attended_today(one: Scenario) -> HalfDay:
    """Return a morning of three hours that ended now, led by the architect of a person who was there."""
    made = Workshop.objects.create(
        organisation=one.demo.accompanist,
        theme=WorkshopTheme.METHOD,
        led_by=one.architect,
        mode=MeetingMode.REMOTE,
        link="https://visio.example/atelier",
    )
    ends = timekeeper.now()
    morning = HalfDay.objects.create(
        workshop=made, starts_at=ends - timedelta(hours=3), ends_at=ends
    )
    seated = Enrolment.objects.create(
        workshop=made, journey=one.journey, state=EnrolmentState.ENROLLED
    )
    workshops.note(morning, seated, Presence.PRESENT, one.architect)
    return morning
