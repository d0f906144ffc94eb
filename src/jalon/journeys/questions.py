"""The ledger of questions to the certifier: asked, answered, read by both sides and nobody else."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import CertifierQuestion, Journey
from jalon.journeys.policy import (
    accompanies,
    capacity,
    certifies,
    in_hand,
    known_to_certifier,
    may_note,
    visible,
)
from jalon.law import questions as law
from jalon.law.facts import QuestionTouched
from jalon.law.rulebook import refuse
from jalon.law.vocabulary import Channel, Event, Role
from jalon.now import paris_day, today
from jalon.people.models import User
from jalon.people.policy import organisations, roles


def reads_every_question(viewer: User, journey: Journey) -> bool:
    """Say whether somebody reads the whole ledger: who accompanies and administrators.

    Its candidate has it in their copy.
    """
    helps = accompanies(viewer, journey) or Role.ADMINISTRATOR in roles(viewer)
    return helps and journey.candidate_id != viewer.pk


def reads_own_questions(viewer: User, journey: Journey) -> bool:
    """Say whether somebody reads what their certifier was asked, and nothing of what another was before."""
    own = certifies(viewer, journey) and journey.candidate_id != viewer.pk
    return own and not reads_every_question(viewer, journey)


def of_its_certifier(journey: Journey) -> QuerySet[CertifierQuestion]:
    """Return what was asked of whoever certifies a journey now."""
    return CertifierQuestion.objects.filter(journey=journey, certifier=journey.certifier_id)


def question(viewer: User, journey: Journey, number: int) -> CertifierQuestion:
    """Return a question of a journey for those who read it; raises DoesNotExist."""
    read: QuerySet[CertifierQuestion]
    if reads_every_question(viewer, journey):
        read = journey.questions.all()
    elif reads_own_questions(viewer, journey):
        read = of_its_certifier(journey)
    else:
        raise CertifierQuestion.DoesNotExist
    return read.select_related("asked_by").get(pk=number)


def waiting(viewer: User, *, mine: bool = False) -> QuerySet[CertifierQuestion]:
    """Return the questions without an answer of the journeys that somebody sees on either side, the oldest first.

    `mine` keeps, for who accompanies, those of their own files.
    """
    side = Q(journey__organisation__in=organisations(viewer, Role.ARCHITECT, Role.HEAD))
    side |= Q(journey__certifier__in=organisations(viewer, Role.CERTIFIER))
    found = CertifierQuestion.objects.waiting().filter(
        side, journey__in=Journey.objects.filter(visible(viewer))
    )
    if mine:
        found = found.filter(in_hand(viewer, "journey__"))
    return found.exclude(journey__candidate=viewer).select_related(
        "journey__candidate", "journey__certifier"
    )


@transaction.atomic
def ask(journey_id: uuid.UUID, by: User, words: str) -> CertifierQuestion:
    """Ask the certifier something of a journey, and have it told; raises `Refused`."""
    journey = locked(journey_id)
    works_here = journey.certifier.works_here
    known = known_to_certifier(journey)
    refuse(law.may_ask(capacity(by, journey), works_here=works_here, known=known))
    made = CertifierQuestion.objects.create(
        journey=journey, certifier=journey.certifier, question=words, asked_by=by
    )
    events.record(journey, Event.CERTIFIER_ASKED, by=by, facts=QuestionTouched(made.pk))
    return made


@transaction.atomic
def answer(
    asked: CertifierQuestion,
    by: User,
    words: str,
    *,
    channel: Channel | None = None,
    on: date | None = None,
) -> None:
    """Answer a question, or note the answer of a certifier outside with how it is known; raises `Refused`."""
    journey = locked(asked.journey_id)
    asked = CertifierQuestion.objects.select_for_update().get(pk=asked.pk)
    works_here = journey.certifier.works_here
    refuse(
        law.may_answer(
            capacity(by, journey),
            works_here=works_here,
            answered=asked.answered_on is not None,
            asked_of_another=asked.certifier_id != journey.certifier_id,
            mine_to_note=may_note(by, journey),
        )
    )
    day = today() if works_here or on is None else on
    refuse(law.told_in_time(day, paris_day(asked.asked_at), today()))
    asked.answer, asked.answered_on, asked.answered_by = words, day, by
    asked.channel = "" if works_here or channel is None else channel
    asked.save()
    events.record(journey, Event.CERTIFIER_ANSWERED, by=by, facts=QuestionTouched(asked.pk))
