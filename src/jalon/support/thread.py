"""The messages of a journey: written, read, answered, by its candidate and who accompanies them."""

import uuid
from collections.abc import Sequence
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet

from jalon.documents.actions import write_brought
from jalon.documents.models import Document
from jalon.documents.uploads import check
from jalon.journeys import events
from jalon.journeys.actions import locked, replaced
from jalon.journeys.models import Journey
from jalon.journeys.policy import accompanies, capacity, in_hand, visible
from jalon.law import thread as law
from jalon.law.facts import MessageSent
from jalon.law.rulebook import Refusal, refuse
from jalon.law.vocabulary import DocumentKind, Event, Role
from jalon.now import midnight, now, today
from jalon.people.contact import contact
from jalon.people.models import Organisation, User
from jalon.people.policy import organisations
from jalon.support.models import JoinedFile, ThreadMessage
from jalon.support.models.thread import MessageQuerySet


def reads_thread(viewer: User, journey: Journey) -> bool:
    """Say whether somebody reads the messages of a journey: its candidate, and who accompanies."""
    return law.reads(
        capacity(viewer, journey),
        own=journey.candidate_id == viewer.pk,
        accompanies=accompanies(viewer, journey),
    )


def messages(viewer: User, journey: Journey) -> MessageQuerySet:
    """Return the messages of a journey that somebody reads.

    Those of an organisation that the candidate left stay between them: the next one does not read them.
    """
    if not reads_thread(viewer, journey):
        return ThreadMessage.objects.none()
    return of_thread(journey, own=journey.candidate_id == viewer.pk)


def of_thread(journey: Journey, *, own: bool) -> MessageQuerySet:
    """Return the messages of a journey: all for its candidate, those of the organisation of today for others."""
    every = ThreadMessage.objects.filter(journey=journey)
    return every if own else every.filter(organisation=journey.organisation_id)


def joined(viewer: User, journey: Journey, id: uuid.UUID) -> Document:
    """Return a file that came with a message that somebody reads; raises DoesNotExist."""
    read = JoinedFile.objects.filter(message__in=messages(viewer, journey))
    return Document.objects.kept().get(pk__in=read.values("document"), pk=id)


def no_writing(viewer: User, journey: Journey) -> Refusal | None:
    """Return why somebody writes no message on a journey now, or None."""
    return law.may_write(
        capacity(viewer, journey),
        journey.stage,
        taken_on=bool(journey.organisation_id and journey.architect_id),
        whom=whom_else(journey),
    )


def sent_today(by: User, journey: Journey) -> int:
    """Return how many messages somebody sent on a journey today."""
    own = ThreadMessage.objects.filter(journey=journey, author=by)
    return own.filter(sent_at__gte=midnight(today())).count()


def whom_else(journey: Journey) -> str:
    """Return whom a candidate writes to where nobody reads their messages, and how."""
    reached = journey.organisation
    if reached and (how := reached.email or reached.phone):
        return f"{reached.name} ({how})"
    house = contact()
    return f"{house.name} ({house.email})"


@transaction.atomic
def write(
    journey_id: uuid.UUID,
    by: User,
    text: str,
    files: Sequence[UploadedFile] = (),
    *,
    seen: int | None = None,
) -> ThreadMessage:
    """Send a message, and have the other side told; raises `Refused` or `UploadRefused`.

    `seen` is the last message that its author was shown: one that came later is not answered yet.
    """
    refuse(law.may_join(len(files), 0))
    checked = [check(one) for one in files]
    journey = locked(journey_id)
    refuse(no_writing(by, journey) or law.may_send(sent_today(by, journey)))
    held = JoinedFile.objects.filter(message__journey=journey).count()
    refuse(law.may_join(len(checked), held))
    role = events.role_of(by, journey)
    made = ThreadMessage.objects.create(
        journey=journey,
        organisation=cast(Organisation, journey.organisation),
        author=by,
        acted_for=replaced(journey, by, role),
        from_candidate=role is Role.CANDIDATE,
        text=text,
        sent_at=now(),
    )
    for one in checked:
        document = write_brought(journey, DocumentKind.JOINED, one, by)
        JoinedFile.objects.create(message=made, document=document)
    events.record(journey, Event.MESSAGE_SENT, by=by, role=role, facts=MessageSent(made.pk))
    if not made.from_candidate:
        answer(journey, seen)
    return made


@transaction.atomic
def settle(journey_id: uuid.UUID, by: User, seen: int | None = None) -> None:
    """Say that what a candidate wrote, up to the last message shown, asks for no answer; raises `Refused`."""
    journey = locked(journey_id)
    refuse(law.may_settle(capacity(by, journey)))
    answer(journey, seen)


def answer(journey: Journey, seen: int | None) -> None:
    """Let nothing of a thread wait for an answer any more, up to a message when one is given."""
    asked = of_thread(journey, own=False).filter(from_candidate=True, settled_at__isnull=True)
    if seen is not None:
        asked = asked.filter(pk__lte=seen)
    asked.update(settled_at=now())


def mark_read(viewer: User, journey: Journey, numbers: Sequence[int]) -> int:
    """Note that somebody read some messages of the other side, the first time; return how many."""
    own = journey.candidate_id == viewer.pk
    if not numbers or not (own or law.reads_for_the_team(capacity(viewer, journey))):
        return 0
    theirs = of_thread(journey, own=own).unread().filter(from_candidate=not own)
    return theirs.filter(pk__in=numbers).update(read_at=now(), read_by=viewer)


def unread_by_candidate(journey: Journey) -> tuple[int, bool]:
    """Return how many messages of the team a candidate has not opened, and whether there is any message."""
    unread = Count("pk", filter=Q(from_candidate=False, read_at__isnull=True))
    found = of_thread(journey, own=True).aggregate(unread=unread, every=Count("pk"))
    return found["unread"], bool(found["every"])


def awaiting(viewer: User, *, mine: bool) -> QuerySet[Journey]:
    """Return the journeys whose candidate waits for an answer, each since when, the longest first.

    `mine` keeps the files of the viewer and of whom they replace; else those of their teams.
    """
    waiting = ThreadMessage.objects.waiting().filter(
        journey__organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD)
    )
    if mine:
        waiting = waiting.filter(in_hand(viewer, "journey__"))
    found = Journey.objects.filter(visible(viewer), messages__in=waiting)
    return (
        found.exclude(candidate=viewer)
        .annotate(written_at=Min("messages__sent_at"))
        .select_related("candidate", "architect")
        .order_by("written_at", "pk")
    )
