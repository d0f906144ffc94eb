"""Aids to writing: named by a candidate, let in by a link, taken away in one click, each deed of theirs kept."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from jalon.catalogue.models import Competence
from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import Adjustment, Journey
from jalon.journeys.policy import capacity
from jalon.journeys.queries import adjustments
from jalon.law import aids as law
from jalon.law.facts import AidTouched
from jalon.law.rulebook import Refused, enforces, refuse
from jalon.law.vocabulary import AdjustedStep, AdjustmentKind, AidDeed, Event
from jalon.now import midnight, now, today
from jalon.people.models import User
from jalon.writing import helping
from jalon.writing.models import AidTrace, HelpedText, Section, WritingAid

#: A link serves for nothing but to help with one file.
HELPS_TO_WRITE = "jalon.writing.aids: helps to write a file"


@dataclass(frozen=True)
class Asked:
    """Whom a candidate asks for help: for what, why, until when."""

    name: str
    email: str
    why: str
    until: date
    competences: Collection[Competence]


@transaction.atomic
@enforces("R-051")
def name(journey_id: uuid.UUID, by: User, asked: Asked) -> WritingAid:
    """Name somebody who helps to write some competences; raises `Refused`."""
    journey = locked(journey_id)
    helping_now = journey.aids.helping(today())
    refuse(
        law.may_name(
            law.Naming(
                stage=journey.stage,
                able=capacity(by, journey),
                helping=helping_now.count(),
                named_today=journey.aids.filter(named_at__gte=midnight(today())).count(),
                again=helping_now.filter(email__iexact=asked.email).exists(),
                until=asked.until,
                today=today(),
            )
        )
    )
    journey.aids.filter(email__iexact=asked.email, withdrawn_at=None).update(withdrawn_at=now())
    aid = WritingAid.objects.create(
        journey=journey,
        name=asked.name,
        email=asked.email,
        why=asked.why,
        until=asked.until,
        named_at=now(),
    )
    aid.competences.set(asked.competences)
    events.record(journey, Event.AID_NAMED, by=by, facts=AidTouched(aid.pk))
    return aid


@transaction.atomic
def withdraw(journey_id: uuid.UUID, by: User, number: int) -> WritingAid:
    """Take somebody's help away: their link serves no more from now on; raises `Refused`."""
    journey = locked(journey_id)
    found = journey.aids.filter(pk=number, withdrawn_at=None).first()
    refuse(law.may_withdraw(helping=found is not None and journey.candidate_id == by.pk))
    assert found
    found.withdrawn_at = now()
    found.save(update_fields=["withdrawn_at"])
    events.record(journey, Event.AID_WITHDRAWN, by=by, facts=AidTouched(found.pk))
    return found


# ---------------------------------------------------------------- by the link


def token_of(aid: WritingAid) -> str:
    """Return what the link of somebody who helps is made of."""
    return signing.dumps(aid.pk, salt=HELPS_TO_WRITE)


def aid_of(token: str) -> WritingAid | None:
    """Return who helps by a link, whether it still serves or not; None for a link that never was one."""
    try:
        number = signing.loads(token, salt=HELPS_TO_WRITE)
    except signing.BadSignature:
        return None
    return WritingAid.objects.select_related("journey__candidate").filter(pk=number).first()


def refuse_closed(aid: WritingAid) -> None:
    """Raise `Refused` for a link that serves no more, which says why."""
    refuse(
        law.may_open(
            until=aid.until,
            withdrawn=aid.withdrawn_at is not None,
            stage=aid.journey.stage,
            today=today(),
        )
    )


def asked_of(aid: WritingAid) -> QuerySet[Section]:
    """Return the texts with which somebody helps."""
    asked = aid.journey.attempt.validation.sections.asked()
    return asked.filter(competence__in=aid.competences.all()).select_related("competence__bloc")


def text_of(aid: WritingAid, competence: int) -> Section:
    """Return one of the texts with which somebody helps; raises `Refused` for any other."""
    section = asked_of(aid).filter(competence=competence).first()
    refuse(law.may_type(asked=section is not None))
    assert section
    return section


def note(aid: WritingAid, deed: AidDeed, competence: int | None = None) -> None:
    """Keep what somebody did, for their candidate; a page opened again is the same reading."""
    same = aid.traces.filter(deed=deed, competence=competence, at__gt=now() - law.ONE_READING)
    if deed == AidDeed.TYPED or not same.exists():
        AidTrace.objects.create(aid=aid, deed=deed, competence_id=competence, at=now())


@transaction.atomic
@enforces("R-051")
def propose(aid: WritingAid, competence: int, typed: helping.Typed) -> HelpedText:
    """Propose to a candidate the text of a competence, which counts once they approved it; raises `Refused`."""
    journey = locked(aid.journey_id)
    current = WritingAid.objects.select_related("journey__candidate").get(pk=aid.pk)
    refuse_closed(current)
    text_of(current, competence)
    helped = helping.proposed(journey, competence, typed, current.name, None, aid=current)
    note(current, AidDeed.TYPED, competence)
    return helped


# ---------------------------------------------------------------- what is said of it


def helped_by(journey: Journey) -> list[str]:
    """Return the names of those whose words the candidate approved in a file, each once."""
    approved = HelpedText.objects.approved().filter(section__file__attempt__journey=journey)
    return list(dict.fromkeys(approved.values_list("writer", flat=True)))


@enforces("R-123", "R-127")
def as_adjustments(viewer: User, journey: Journey) -> list[Adjustment]:
    """Return the adjustments of a file's writing that were granted, to whoever may read them.

    Somebody who writes with the candidate, and the time that goes with it.
    """
    wanted = (AdjustmentKind.WRITER, AdjustmentKind.MORE_TIME)
    read = adjustments(viewer, journey).filter(step=AdjustedStep.VALIDATION).values("pk")
    granted = Adjustment.objects.granted().filter(pk__in=read, kinds__overlap=list(wanted))
    return list(granted.order_by("number"))


def closed(aid: WritingAid) -> str:
    """Return why a link serves no more, in words; nothing while it does."""
    try:
        refuse_closed(aid)
    except Refused as refused:
        return refused.refusal.why
    return ""
