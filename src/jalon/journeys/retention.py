"""How long journeys are kept: who is warned, what is erased by the worker, and what says that it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from jalon.journeys import events
from jalon.journeys.models import BlocAward, DataCopy, JournalEntry, Journey, Purge
from jalon.journeys.rights import ERASED_BY, Erasing
from jalon.law import retention as law
from jalon.law.facts import DataErased, ErasureAnnounced
from jalon.law.retention import Retained
from jalon.law.rulebook import Refusal
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Contestation, Event, Role, Stage
from jalon.now import PARIS, now, today
from jalon.people.actions import erase_account, keep_who_holds_a_title
from jalon.people.models import Membership, User
from jalon.people.policy import organisations, roles


def ended(found: QuerySet[Journey]) -> QuerySet[Any]:
    """Return the journeys that came to an end and whose data are there, with the day of that end.

    Putting a journey away later does not move its end.
    """
    last = (
        JournalEntry.objects.filter(journey=OuterRef("pk"), stage_after__in=ENDS)
        .exclude(stage_before__in=ENDS)
        .order_by("-number")
    )
    return found.filter(stage__in=ENDS, purged_at__isnull=True).annotate(
        ended_on=Coalesce(
            Subquery(last.values("occurred_on")[:1]), TruncDate("stage_since", tzinfo=PARIS)
        ),
        waiting=Count("complaints", filter=Q(complaints__answered_on__isnull=True)),
    )


def retained(journey: Any) -> Retained:
    """Return what the law looks at of a journey that `ended()` gave."""
    return Retained(
        ended_on=journey.ended_on,
        frozen=journey.frozen_on is not None,
        complaints=journey.waiting,
        fraud=journey.fraud_opened_on is not None,
        contested=journey.stage == Stage.LAPSED and journey.contestation == Contestation.PENDING,
        documents_awaited=journey.documents_requested_at is not None,
        announced_on=journey.erasure_announced_on,
        granted_on=journey.erasure_granted_on,
    )


@dataclass(frozen=True)
class Outlook:
    """What becomes of the data of a journey: erased from which day, or kept because of what."""

    journey: Any
    erased_from: date | None
    kept: Refusal | None


def outlook(journey: Any) -> Outlook:
    """Return what becomes of a journey that `ended()` gave."""
    known = retained(journey)
    return Outlook(journey, law.erased_from(known), law.kept_because(known))


def to_come(viewer: User) -> QuerySet[Any]:
    """Return the journeys that ended, the oldest end first: a head's own, or all of them."""
    found = ended(Journey.objects.filter(managed_by(viewer)))
    return found.select_related("candidate", "certification").order_by("ended_on", "pk")


def erased(viewer: User) -> QuerySet[Purge]:
    """Return what was erased, the latest first: a head's own, or all of it."""
    found = Purge.objects.all()
    if Role.ADMINISTRATOR not in roles(viewer):
        found = found.filter(organisation__in=organisations(viewer, Role.HEAD))
    return found.select_related("journey", "organisation").order_by("-at", "-pk")


def managed_by(viewer: User) -> Q:
    """Return the condition on Journey that keeps those whose data a person answers for."""
    if Role.ADMINISTRATOR in roles(viewer):
        return Q()
    return Q(organisation__in=organisations(viewer, Role.HEAD))


def of_candidate(person: User) -> list[Outlook]:
    """Return what becomes of each journey of a person, the latest first."""
    own = Journey.objects.filter(candidate=person).select_related("certification")
    over = {one.pk: outlook(one) for one in ended(own)}
    return [over.get(one.pk) or Outlook(one, None, None) for one in own.order_by("-registered_at")]


def near_its_term(on: date) -> Iterable[UUID]:
    """Return the journeys worth looking at on a day: the law says what becomes of each."""
    found = ended(Journey.objects.all()).filter(
        Q(ended_on__lte=law.worth_a_look(on)) | Q(erasure_granted_on__isnull=False)
    )
    return list(found.order_by("ended_on").values_list("pk", flat=True))


def announce_due(on: date) -> int:
    """Warn people whose journey is to be erased; return how many were."""
    return sum(announce(pk, on) for pk in near_its_term(on))


@transaction.atomic
def announce(pk: UUID, on: date) -> bool:
    """Write in the journal that a journey is to be erased, which tells its person; say whether it was."""
    journey = held(pk)
    if journey is None:
        return False
    known = retained(journey)
    start = law.announced_from(known)
    if start is None or on < start or law.kept_because(known):
        return False
    journey.erasure_announced_on = on
    Journey.objects.filter(pk=pk).update(erasure_announced_on=on)
    due = law.erased_from(retained(journey))
    assert due
    events.record(journey, Event.ERASURE_ANNOUNCED, by=None, facts=ErasureAnnounced(due))
    return True


def purge_due(on: date) -> int:
    """Erase what is due; return how many journeys were."""
    return sum(purge(pk, on) for pk in near_its_term(on))


@transaction.atomic
def purge(pk: UUID, on: date) -> bool:
    """Erase the personal data of a journey if the law lets it, and say whether it was done.

    What was obtained, what proves it and the minutes of juries stay. Only counts are kept of the rest.
    """
    journey = held(pk)
    if journey is None:
        return False
    known = retained(journey)
    if known.ended_on is None or law.not_to_erase(known, on):
        return False
    awarded = BlocAward.objects.filter(journey=journey).exists()
    Journey.objects.filter(pk=pk).update(
        purged_at=now(), extra_filing_reason="", frozen_reason="", portal_number=""
    )
    erasing = Erasing(journey, awarded)
    counts = {name: count for name, erase in ERASED_BY.items() if (count := erase(erasing))}
    gone = forget_person(journey.candidate)
    Purge.objects.create(
        journey=journey,
        organisation=journey.organisation,
        ended_on=known.ended_on,
        asked_for=known.granted_on is not None,
        account_erased=gone,
        counts=counts,
    )
    erased = DataErased(sum(counts.values()))
    events.record(journey, Event.DATA_ERASED, by=None, role=Role.SYSTEM, facts=erased)
    return True


def held(pk: UUID) -> Any:
    """Return a journey that ended, its row locked, with what the law looks at; None if it goes on."""
    Journey.objects.select_for_update().get(pk=pk)
    found = ended(Journey.objects.filter(pk=pk)).select_related("candidate", "organisation")
    return found.first()


def forget_person(person: User) -> bool:
    """Erase the account of somebody of whom nothing is kept; say whether it was.

    Who works here, or has another journey, keeps their account; who holds a title, what proves it.
    """
    if (
        Journey.objects.filter(candidate=person, purged_at__isnull=True).exists()
        or Membership.objects.filter(user=person).exists()
    ):
        return False
    for copy in DataCopy.objects.filter(person=person).exclude(file=""):
        copy.file.delete(save=False)
    DataCopy.objects.filter(person=person).delete()
    if BlocAward.objects.filter(journey__candidate=person).exists():
        keep_who_holds_a_title(person)
        return False
    erase_account(person)
    return True


def tonight() -> tuple[int, int]:
    """Warn, then erase, as of today; return how many of each."""
    return announce_due(today()), purge_due(today())
