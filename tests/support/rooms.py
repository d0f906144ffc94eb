"""Workshops to enrol in: from afar, a morning of three hours."""

from datetime import timedelta

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import MeetingMode, WorkshopTheme
from jalon.support.models import HalfDay, Workshop


def a_workshop(scenario: Scenario, seats: int = 1) -> Workshop:
    """Return a workshop from afar, with a morning of three hours in two days."""
    made = Workshop.objects.create(
        organisation=scenario.demo.accompanist,
        theme=WorkshopTheme.WRITING,
        led_by=scenario.architect,
        mode=MeetingMode.REMOTE,
        link="https://visio.example/atelier",
        capacity=seats,
    )
    a_morning(made)
    return made


def a_morning(workshop: Workshop, days: int = 2) -> HalfDay:
    starts = timekeeper.now() + timedelta(days=days)
    return HalfDay.objects.create(
        workshop=workshop, starts_at=starts, ends_at=starts + timedelta(hours=3)
    )
