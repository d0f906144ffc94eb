"""A bloc marked as read again and ready, and what is looked at before a file leaves."""

import uuid

from django.db import transaction

from jalon.journeys import signs
from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law import writing
from jalon.law.rulebook import Refusal, Refused, refuse
from jalon.law.vocabulary import ReadThrough
from jalon.now import now
from jalon.people.models import User
from jalon.writing.fingerprints import answers, digest
from jalon.writing.models import ReadyBloc, Section, TickedPoint, ValidationFile

CHANGED = "Ce bloc a changé depuis que vous l’avez lu : relisez-le, puis recommencez."


def reread(journey_id: uuid.UUID, by: User) -> Journey:
    """Lock a journey whose texts this person reads again; raises `Refused`."""
    journey = locked(journey_id)
    refuse(writing.may_reread(journey.stage, capacity(by, journey)))
    signs.seen(journey, signs.side_of(journey, by))
    return journey


def sections_of(file: ValidationFile, bloc_id: int) -> list[Section]:
    """Return the texts of a bloc, in a fixed order."""
    return list(file.sections.filter(competence__bloc=bloc_id).order_by("competence_id"))


def fingerprint_of(sections: list[Section]) -> str:
    """Return the SHA-256 of some texts, whatever order they come in."""
    ordered = sorted(sections, key=lambda one: one.competence_id)
    return digest([answers(one, Section.QUESTIONS) for one in ordered])


@transaction.atomic
def mark_ready(journey_id: uuid.UUID, by: User, bloc_id: int, *, seen: str) -> ReadyBloc:
    """Mark a bloc as read again and ready; raises `Refused` when it changed meanwhile, or is not written."""
    file = reread(journey_id, by).attempt.validation
    sections = sections_of(file, bloc_id)
    if fingerprint_of(sections) != seen:
        raise Refused(Refusal.permission(CHANGED))
    refuse(writing.may_be_ready(written=all(one.written for one in sections)))
    said = {"fingerprint": seen, "marked_by": by, "marked_at": now(), "fallen_at": None}
    mark, _ = ReadyBloc.objects.update_or_create(file=file, bloc_id=bloc_id, defaults=said)
    return mark


@transaction.atomic
def unmark(journey_id: uuid.UUID, by: User, bloc_id: int) -> None:
    """Take back that a bloc is ready; raises `Refused`."""
    file = reread(journey_id, by).attempt.validation
    file.ready_blocs.filter(bloc=bloc_id).delete()


def follow(section: Section) -> None:
    """Let the mark of a bloc fall when its texts are no longer those that were read, and stand again."""
    mark = ReadyBloc.objects.filter(
        file=section.file_id, bloc__competences=section.competence_id
    ).first()
    if mark is None:
        return
    same = mark.fingerprint == fingerprint_of(sections_of(section.file, mark.bloc_id))
    if same == mark.stands:
        return
    mark.fallen_at = None if same else now()
    mark.save(update_fields=["fallen_at"])


@transaction.atomic
def tick(journey_id: uuid.UUID, by: User, points: set[ReadThrough]) -> None:
    """Keep which points were looked at before a file leaves; the others are no longer."""
    file = reread(journey_id, by).attempt.validation
    file.ticked.exclude(point__in=points).delete()
    TickedPoint.objects.bulk_create(
        [TickedPoint(file=file, point=one, ticked_by=by, ticked_at=now()) for one in points],
        ignore_conflicts=True,
    )
