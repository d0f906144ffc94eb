"""Registration, and who takes the file on."""

import dataclasses

from jalon.catalogue.queries import sheet
from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.attention import REMINDS
from jalon.law.facts import Nothing, Registration, Reminder
from jalon.law.vocabulary import Act
from jalon.people.models import CandidateProfile


@resolve(Act.REGISTER)
def with_what_the_house_knows(journey: Journey, asked: Registration) -> Registration:
    """Count the candidate's other open journeys on this certification, and keep the portal's list."""
    others = Journey.objects.under_way().filter(
        candidate=journey.candidate_id, certification=journey.certification_id
    )
    return dataclasses.replace(
        asked,
        open_journeys_on_certification=others.exclude(pk=journey.pk).count(),
        openings=sheet(journey.certification).openings,
    )


@effect(Act.REGISTER)
def open_profile(ctx: ActContext[Registration]) -> None:
    """Whoever registered has a civil status to fill in, and is known as a candidate by it."""
    CandidateProfile.objects.get_or_create(user=ctx.journey.candidate)


@resolve(Act.REMIND)
def with_the_one_before(journey: Journey, asked: Nothing) -> Reminder:
    """Complete a reminder with the day of the one before."""
    before = journey.journal.filter(act__in=REMINDS).order_by("-number")
    return Reminder(before.values_list("occurred_on", flat=True).first())


@effect(Act.TAKE_CHARGE)
def take_charge(ctx: ActContext[Nothing]) -> None:
    """The architect who takes the file on becomes its own."""
    ctx.journey.architect = ctx.author
