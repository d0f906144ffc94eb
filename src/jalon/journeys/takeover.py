"""Journeys that began before Jalon come in at their stage, with their dated history."""

from dataclasses import dataclass

from django.db import transaction

from jalon.catalogue.models import Certification
from jalon.journeys.actions import Told, register, take_over_act
from jalon.journeys.events import record
from jalon.journeys.models import Journey
from jalon.law.facts import Registration
from jalon.law.rulebook import Refusal, Refused
from jalon.law.takeover import History, past_acts
from jalon.law.vocabulary import Accompaniment, Channel, Event, Role
from jalon.people.models import Organisation, User
from jalon.people.policy import organisations, roles


@dataclass(frozen=True)
class Taken:
    """Whose journey is taken over, towards what, with whom, and what it went through."""

    candidate: User
    certification: Certification
    registration: Registration
    certifier: Organisation
    organisation: Organisation | None
    architect: User
    history: History


def already_here(taken: Taken) -> Journey | None:
    """Return the journey that was taken over before, or that began here the same day, if any."""
    return Journey.objects.filter(
        candidate=taken.candidate,
        certification=taken.certification,
        registered_at__date=taken.history.registered_on,
    ).first()


@transaction.atomic
def take_over(by: User, taken: Taken) -> Journey:
    """Bring a journey in at its stage and return it; raises `Refused`, and then nothing is kept.

    Each act of its history passes through the same door as any other, on its day; nobody is told of
    what they know already. Taken over twice, even at once, it is the same journey.
    """
    organisation = taken.organisation
    if organisation is None or organisation.pk not in organisations(by, Role.ARCHITECT, Role.HEAD):
        raise Refused(Refusal.permission("Vous ne reprenez que les parcours de votre organisme."))
    if set(roles(taken.candidate)) - {Role.CANDIDATE}:
        raise Refused(
            Refusal.permission(
                "Cette adresse est celle d’un professionnel : donnez celle de la personne."
            )
        )
    User.objects.select_for_update().get(pk=taken.candidate.pk)
    if known := already_here(taken):
        return known
    on = taken.history.registered_on
    accompanied = taken.registration.accompaniment == Accompaniment.ACCOMPANIED
    journey = register(
        taken.candidate,
        taken.certification,
        taken.registration,
        certifier=taken.certifier,
        organisation=organisation if accompanied else None,
        told=Told(by, Role.CANDIDATE, on, Channel.TAKEN_OVER),
    )
    for past in past_acts(taken.history, taken.registration.accompaniment):
        who = taken.architect if past.role == Role.ARCHITECT else by
        told = Told(who, past.role, past.on, Channel.TAKEN_OVER)
        take_over_act(journey.pk, past.act, told, past.facts)
    journey.refresh_from_db()
    record(journey, Event.TAKEN_OVER, by=by)
    return journey
