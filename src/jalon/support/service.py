"""What a certificate says was given by an organisation, and how it is asked for (R-110)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import capacity
from jalon.law import signatures as law
from jalon.law.facts import ServiceCertified
from jalon.law.rulebook import enforces, refuse
from jalon.law.vocabulary import Event
from jalon.people.models import User
from jalon.support.attendance import Hours, hours_of
from jalon.support.workshops import planned


@transaction.atomic
def certify(journey: Journey, by: User) -> JournalEntry:
    """Have the certificate of the hours signed until now printed; raises `Refused`."""
    journey = locked(journey.pk)
    refuse(law.may_collect(capacity(by, journey)))
    given = given_by(journey, journey.organisation_id)
    refuse(law.hours_to_certify(given.since if given else None))
    assert given
    return events.record(journey, Event.SERVICE_CERTIFIED, by=by, facts=given)


@enforces("R-110")
def given_by(
    journey: Journey, organisation: int | None, at: datetime | None = None
) -> ServiceCertified | None:
    """Return what an organisation gave and the candidate signed, until a moment; None when nothing is signed."""
    if organisation is None:
        return None
    hours = hours_of(journey, organisation)
    signed = [one for one in hours if signed_by(one, at)]
    if not signed:
        return None
    individual, group = planned(journey)
    return ServiceCertified(
        organisation=organisation,
        since=signed[0].on,
        until=signed[-1].on,
        individual_planned=individual,
        individual_signed=law.signed_minutes(one.counted for one in signed if one.meeting),
        group_planned=group,
        group_signed=law.signed_minutes(one.counted for one in signed if one.half_day),
        waiting=sum(one.minutes > 0 for one in hours) - len(signed),
    )


class Kind(NamedTuple):
    """One kind of accompaniment: the minutes planned, given and signed, and how they compare."""

    label: str
    planned: int
    given: int
    signed: int

    @property
    def said(self) -> str:
        """Return how what was given compares with what was planned, in words."""
        return law.against_planned(self.planned, self.given)


def by_kind(journey: Journey, hours: Sequence[Hours]) -> list[Kind]:
    """Return what the accepted path plans of each kind, beside what some hours of the journey gave."""
    individual, group = planned(journey)
    return [
        kind("Individuel", individual, [one for one in hours if one.meeting]),
        kind("Collectif", group, [one for one in hours if one.half_day]),
    ]


def kind(label: str, planned: int, pieces: Sequence[Hours]) -> Kind:
    """Return one kind of accompaniment, as its half-days or meetings make it."""
    given = sum(one.minutes for one in pieces)
    return Kind(label, planned, given, law.signed_minutes(one.counted for one in pieces))


def signed_by(hours: Hours, at: datetime | None) -> bool:
    """Say whether some hours were signed at a moment; now, unless it is said."""
    signature = hours.signature
    return signature is not None and (at is None or signature.signed_at <= at)
