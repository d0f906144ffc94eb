"""Aids to writing: named by a candidate, let in by a link, taken away in one click, each deed of theirs kept."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

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
from jalon.people.addresses import at_address
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.writing import autosave, helping, homes
from jalon.writing.homes import Place
from jalon.writing.models import AidTrace, Draft, HelpedText, Pen, Section, WritingAid

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
    addressee = User.objects.filter(at_address(asked.email)).first()
    refuse(
        law.may_name(
            law.Naming(
                stage=journey.stage,
                able=capacity(by, journey),
                own=addressee is not None and addressee.pk == journey.candidate_id,
                held=roles(addressee),
                helping=helping_now.count(),
                named_today=journey.aids.filter(named_at__gte=midnight(today())).count(),
                again=helping_now.reached_at(asked.email).exists(),
                until=asked.until,
                today=today(),
            )
        )
    )
    for lapsed in journey.aids.reached_at(asked.email).filter(withdrawn_at=None):
        end(lapsed)
    aid = WritingAid.objects.create(
        journey=journey,
        name=asked.name,
        email=asked.email,
        why=asked.why,
        until=asked.until,
        named_at=now(),
    )
    aid.competences.set(asked.competences)
    note(aid, AidDeed.SENT)
    events.record(journey, Event.AID_NAMED, by=by, facts=AidTouched(aid.pk))
    return aid


@transaction.atomic
def send_again(journey_id: uuid.UUID, by: User, number: int) -> WritingAid:
    """Note that somebody who helps is sent their link again, and return who they are; raises `Refused`."""
    journey = locked(journey_id)
    found = journey.aids.helping(today()).filter(pk=number).first()
    sent = AidTrace.objects.filter(aid=found, deed=AidDeed.SENT, at__gte=midnight(today()))
    helps = found is not None and journey.candidate_id == by.pk
    refuse(law.may_send_again(helping=helps, sent_today=sent.count()))
    assert found
    note(found, AidDeed.SENT)
    return found


@transaction.atomic
def withdraw(journey_id: uuid.UUID, by: User, number: int) -> WritingAid:
    """Take somebody's help away: their link serves no more from now on; raises `Refused`."""
    journey = locked(journey_id)
    found = journey.aids.filter(pk=number, withdrawn_at=None).first()
    refuse(law.may_withdraw(helping=found is not None and journey.candidate_id == by.pk))
    assert found
    end(found)
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
    return with_file().filter(pk=number).first()


def with_file() -> QuerySet[WritingAid]:
    """Return those who help, each with their file and its candidate, and whether it left since they were named."""
    return WritingAid.objects.with_sending().select_related("journey__candidate")


def refuse_closed(aid: WritingAid) -> None:
    """Raise `Refused` for a link that serves no more, which says why."""
    refuse(
        law.may_open(
            law.Link(
                until=aid.until,
                withdrawn=aid.withdrawn_at is not None,
                left_since=aid.left_since,
                account_open=aid.journey.candidate.is_active,
                stage=aid.journey.stage,
                today=today(),
            )
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
    if deed in (AidDeed.SENT, AidDeed.TYPED) or not same.exists():
        AidTrace.objects.create(aid=aid, deed=deed, competence_id=competence, at=now())


def page_of(competence: int) -> str:
    """Return the name of the page in which somebody who helps types the text of a competence."""
    return f"aid/{competence}"


def typed_by(aid: WritingAid, competence: int) -> dict[str, str]:
    """Return the words that somebody who helps typed of a text and did not propose yet, by question."""
    return homes.own_drafts(Place(aid.journey, aid, page_of(competence), ""))


def end(aid: WritingAid) -> None:
    """Take a link away, and with it what was typed by it and not proposed."""
    aid.withdrawn_at = now()
    aid.save(update_fields=["withdrawn_at"])
    forget_typed(aid)


def forget_typed(aid: WritingAid) -> None:
    """Forget what somebody typed and did not propose: no page shows it any more."""
    Draft.objects.filter(aid=aid).delete()
    Pen.objects.filter(aid=aid).delete()


@transaction.atomic
@enforces("R-051")
def keep(aid: WritingAid, competence: int, question: str, typed: autosave.Typed) -> autosave.Kept:
    """Keep what somebody types of a text before they propose it; raises `Refused`, `NoSuchText`."""
    journey, current = current_of(aid)
    text_of(current, competence)
    return autosave.saved(Place(journey, current, page_of(competence), question), typed)


def current_of(aid: WritingAid) -> tuple[Journey, WritingAid]:
    """Lock a journey, and return who helps with it as they stand; raises `Refused` once their link is closed."""
    journey = locked(aid.journey_id)
    current = with_file().get(pk=aid.pk)
    refuse_closed(current)
    return journey, current


@transaction.atomic
@enforces("R-051")
def propose(aid: WritingAid, competence: int, typed: helping.Typed) -> HelpedText:
    """Propose to a candidate the text of a competence, which counts once they approved it; raises `Refused`."""
    journey, current = current_of(aid)
    text_of(current, competence)
    helped = helping.proposed(journey, competence, typed, current.name, None, aid=current)
    Draft.objects.filter(aid=current, subject=page_of(competence)).delete()
    note(current, AidDeed.TYPED, competence)
    return helped


# ---------------------------------------------------------------- what is said of it


class Settled(StrEnum):
    """What a candidate answered to a text that an aid proposed."""

    APPROVED = "approved"
    DECLINED = "declined"


def deeds(journey: Journey) -> QuerySet[Any, Any]:
    """Return what was done by those who help and of what they proposed, the last first.

    Each is when, by whom, an `AidDeed` or how it was `Settled`, and the title of the competence.
    """
    traces = AidTrace.objects.filter(aid__journey=journey).order_by()
    deed = Cast("deed", CharField())
    done = traces.values_list("at", "aid__name", deed, "competence__title")
    return done.union(
        settled(journey, "approved_at", Settled.APPROVED),
        settled(journey, "declined_at", Settled.DECLINED),
        all=True,
    ).order_by("-at")


def settled(journey: Journey, when: str, how: Settled) -> QuerySet[Any, Any]:
    """Return the texts of aids that a candidate settled one way, as `deeds` tells them."""
    texts = HelpedText.objects.filter(aid__journey=journey, **{f"{when}__isnull": False})
    return texts.order_by().values_list(
        when, "writer", Value(how.value), "section__competence__title"
    )


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
