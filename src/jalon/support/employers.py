"""What candidates let the company of their group read, who reads it there by a link, and what they read."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Prefetch, QuerySet

from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import Attempt, Journey
from jalon.law import employer as law
from jalon.law import groups as law_groups
from jalon.law.facts import EmployerAgreed
from jalon.law.rulebook import enforces, refuse
from jalon.law.vocabulary import Event, Shared
from jalon.now import now, today
from jalon.people.addresses import at_address
from jalon.people.models import User
from jalon.support.group_lists import minutes_alone, minutes_together
from jalon.support.groups import held, member_of
from jalon.support.models import (
    CompanyGroup,
    EmployerAgreement,
    EmployerContact,
    EmployerRead,
    GroupMember,
)

#: A link serves for nothing but to read a group.
READS_A_GROUP = "jalon.support.employers: reads a group"
#: For how long a page that is opened again is the same reading.
ONE_READING = timedelta(minutes=10)


# ---------------------------------------------------------------- what a candidate agrees to


@transaction.atomic
@enforces("R-125")
def agree(journey_id: uuid.UUID, items: Collection[Shared], by: User) -> GroupMember:
    """Let one's company read these things and no other, from today; raises `Refused`.

    What was agreed to before keeps its day. None at all withdraws everything.
    """
    journey = locked(journey_id)
    refuse(law_groups.joined_by_oneself(own=journey.candidate_id == by.pk))
    member = member_of(journey)
    refuse(law_groups.belongs(member=member is not None))
    assert member
    before = agreed_by(member)
    if not law.changed(before, items):
        return member
    member.agreements.exclude(item__in=list(items)).delete()
    EmployerAgreement.objects.bulk_create(
        EmployerAgreement(member=member, item=item, agreed_on=today())
        for item in Shared
        if item in items and item not in before
    )
    kept = tuple(item for item in Shared if item in items)
    facts = EmployerAgreed(member.group_id, kept, law.agreement_said(kept))
    events.record(journey, Event.EMPLOYER_AGREED, by=by, facts=facts)
    return member


def agreed_by(member: GroupMember) -> dict[Shared, date]:
    """Return what somebody lets their company read, each with its day."""
    return {one.item: one.agreed_on for one in member.agreements.all()}


def reads_of(person: User) -> QuerySet[EmployerRead]:
    """Return each reading of a person's files by a company, the latest first."""
    found = EmployerRead.objects.filter(journey__candidate=person)
    return found.select_related("contact__group", "journey__certification").order_by("-at", "-pk")


# ---------------------------------------------------------------- who reads it


@transaction.atomic
def add_contact(number: int, by: User, name: str, email: str) -> EmployerContact:
    """Name somebody of the company who is to read, with a link of their own; raises `Refused`."""
    group = held(number, by)
    standing = group.contacts.standing()
    again = standing.filter(at_address(email)).exists()
    refuse(law.may_add_contact(standing.count(), again=again))
    return EmployerContact.objects.create(
        group=group, name=name, email=email, made_by=by, expires_at=now() + law.LINK_SERVES
    )


@transaction.atomic
def renew(contact: EmployerContact, by: User) -> EmployerContact:
    """Make the link of a contact anew: the one before serves no more; raises `Refused`."""
    renewed = of_team(contact, by)
    renewed.serial += 1
    renewed.sent_at, renewed.expires_at = now(), now() + law.LINK_SERVES
    renewed.save(update_fields=["serial", "sent_at", "expires_at"])
    return renewed


@transaction.atomic
def revoke(contact: EmployerContact, by: User) -> EmployerContact:
    """Take a contact away: their link serves no more from now on; raises `Refused`."""
    revoked = of_team(contact, by)
    revoked.revoked_at = now()
    revoked.save(update_fields=["revoked_at"])
    return revoked


def of_team(contact: EmployerContact, by: User) -> EmployerContact:
    """Return a contact that stands, of a group of somebody's team, both locked; raises `Refused`."""
    held(contact.group_id, by)
    found = EmployerContact.objects.standing().select_for_update().filter(pk=contact.pk).first()
    refuse(law.still_a_contact(known=found is not None))
    assert found
    return found


def token_of(contact: EmployerContact) -> str:
    """Return what the link of a contact is made of."""
    return signing.dumps([contact.pk, contact.serial], salt=READS_A_GROUP)


def contact_of(token: str) -> EmployerContact | None:
    """Return the contact whose last link this is; None when it never was one, or serves no more."""
    try:
        number, serial = signing.loads(token, salt=READS_A_GROUP)
    except signing.BadSignature:
        return None
    related = ("group__organisation", "group__referent")
    standing = EmployerContact.objects.standing().filter(pk=number, serial=serial)
    found = standing.select_related(*related).first()
    return found if found and found.opens_at(now()) else None


# ---------------------------------------------------------------- what they read


@dataclass(frozen=True)
class Cell:
    """One thing of somebody, as their company reads it; `agreed_on` is None where nothing is shown."""

    item: Shared
    words: str
    agreed_on: date | None

    @property
    def title(self) -> str:
        """Return what it is called where a company reads it."""
        return law.TITLES[self.item]


@dataclass(frozen=True)
class Shown:
    """Somebody whom their company reads of, and what of them."""

    journey: Any
    cells: tuple[Cell, ...]

    @property
    def items(self) -> list[str]:
        """Return the words of what is shown."""
        return [cell.item.value for cell in self.cells if cell.agreed_on]


@enforces("R-125")
def shown_of(group: CompanyGroup) -> tuple[list[Shown], int]:
    """Return whom a company reads of, by name, and how many others there are, once they are enough to hide.

    Whoever agreed to nothing, and whoever has nothing to show yet, is among the others alike.
    """
    members = list(
        GroupMember.objects.living()
        .filter(group=group)
        .select_related("journey__candidate")
        .prefetch_related("agreements", Prefetch("journey__attempts", attempts()))
        .order_by("journey__candidate__last_name", "journey__candidate__first_name", "pk")
    )
    minutes = minutes_of([one.journey_id for one in members])
    found = [shown(one, minutes[one.journey_id]) for one in members]
    named = [one for one in found if one.items]
    return named, law.unnamed(len(found) - len(named), today())


def attempts() -> QuerySet[Attempt]:
    """Return attempts, the latest of each journey last."""
    return Attempt.objects.order_by("number")


def minutes_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how long each of some candidates was present, alone with who accompanies and in workshops."""
    ids = list(ids)
    alone, together = minutes_alone(ids), minutes_together(ids)
    return {id: alone.get(id, 0) + together.get(id, 0) for id in ids}


def shown(member: GroupMember, minutes: int) -> Shown:
    """Return what a company reads of somebody."""
    agreed = agreed_by(member)
    said = law.told(known(member.journey, minutes), agreed)
    return Shown(
        member.journey,
        tuple(
            Cell(item, said.get(item, law.NOTHING), agreed[item] if item in said else None)
            for item in Shared
        ),
    )


def known(journey: Journey, minutes: int) -> law.Known:
    """Return what is known of a journey that may be shared."""
    every = list(journey.attempts.all())
    told = [one for one in every if one.notified_on]
    return law.Known(
        stage=journey.stage,
        minutes=minutes,
        jury_on=every[-1].hearing_on if every else None,
        outcome=told[-1].outcome if told and told[-1].outcome else None,
        again=len(every) > 1,
    )


def preview(member: GroupMember) -> Shown:
    """Return what one's company reads of oneself now."""
    return shown(member, minutes_of([member.journey_id])[member.journey_id])


@enforces("R-124")
def note_reading(contact: EmployerContact, people: Iterable[Shown]) -> None:
    """Keep that a company read of some people, and what; the same, read again within minutes, is one reading."""
    people = list(people)
    just_read = EmployerRead.objects.filter(
        contact=contact,
        journey__in=[one.journey.pk for one in people],
        at__gte=now() - ONE_READING,
    )
    known = {(journey, *items) for journey, items in just_read.values_list("journey", "items")}
    EmployerRead.objects.bulk_create(
        EmployerRead(journey=one.journey, contact=contact, items=one.items)
        for one in people
        if (one.journey.pk, *one.items) not in known
    )
