"""What people write before an act: saved at each pause, never moving a stage.

Writing in a feasibility or validation file undoes the signatures it carried (R-017): what is sent is
always what was signed.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys import events, signs
from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law import writing
from jalon.law.facts import DocumentTouched, DraftChanged
from jalon.law.rulebook import enforces, refuse
from jalon.law.vocabulary import ClaimLevel, DocumentKind, Event, FilePart
from jalon.law.writing import WritingWindow
from jalon.now import now, paris_day, today
from jalon.people.models import CandidateProfile, User
from jalon.writing import rereading, versions
from jalon.writing.anchors import Rewriting, relocate
from jalon.writing.models import (
    AdmissibilityRequest,
    BlocClaim,
    CompetenceClaim,
    Draft,
    Experience,
    Remark,
    Section,
    ValidationFile,
)


@dataclass(frozen=True)
class Saved:
    """What became of a text: saved as a new version, or kept beside somebody else's."""

    version: int
    conflict: bool
    theirs: Mapping[str, str]


def refuse_unwritable(window: WritingWindow, journey: Journey, by: User) -> None:
    """Raise `Refused` for who does not write in a file, or when it is not time (R-017)."""
    refuse(writing.may_write(window, journey.stage, capacity(by, journey)))


def refuse_unkept(values: Iterable[Any]) -> None:
    """Raise `Refused` for a text that is too long, or that holds what is never kept (R-121)."""
    for text in values:
        if isinstance(text, str):
            refuse(writing.may_keep(text))


def open_feasibility(journey_id: uuid.UUID, by: User) -> Journey:
    """Lock a journey whose feasibility file this person may write; raises `Refused` (R-017)."""
    journey = locked(journey_id)
    refuse_unwritable(writing.FEASIBILITY, journey, by)
    signs.seen(journey, signs.side_of(journey, by))
    file = journey.feasibility
    if file.confirmed_at or file.sworn_at:
        file.unsign()
        undone = DocumentTouched(DocumentKind.FEASIBILITY)
        events.record(journey, Event.SIGNATURE_UNDONE, by=by, facts=undone)
    return journey


@transaction.atomic
def open_feasibility_for(journey_id: uuid.UUID, by: User) -> None:
    """Undo the signatures of a file whose documents change; raises `Refused` once it has left."""
    open_feasibility(journey_id, by)


@enforces("R-124")
def told(journey: Journey, by: User, part: FilePart) -> None:
    """Record in the journal what somebody of the staff changed, once for a run of changes alike."""
    if by.pk == journey.candidate_id:
        return
    changed = DraftChanged(part)
    last = journey.journal.order_by("-number").first()
    again = last and last.event == Event.DRAFT_CHANGED and last.author_id == by.pk
    if not (
        again and last and last.facts_as(DraftChanged) == changed and paris_day(last.at) == today()
    ):
        events.record(journey, Event.DRAFT_CHANGED, by=by, facts=changed)


@transaction.atomic
def save_profile(journey_id: uuid.UUID, by: User, values: Mapping[str, Any]) -> CandidateProfile:
    """Write the civil status of the candidate of a journey."""
    journey = open_feasibility(journey_id, by)
    told(journey, by, FilePart.CIVIL_STATUS)
    profile, _ = CandidateProfile.objects.get_or_create(user=journey.candidate)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    return profile


@transaction.atomic
def save_feasibility(journey_id: uuid.UUID, by: User, values: Mapping[str, Any]) -> None:
    """Write plain fields of the feasibility file (prerequisites, goals, trainings followed…)."""
    refuse_unkept(values.values())
    journey = open_feasibility(journey_id, by)
    told(journey, by, FilePart.GOALS)
    file = journey.feasibility
    for name, value in values.items():
        setattr(file, name, value)
    file.save()


@transaction.atomic
def save_request(
    journey_id: uuid.UUID, by: User, values: Mapping[str, Any]
) -> AdmissibilityRequest:
    """Write what the form of the 2002 route asks of the person's situation and studies."""
    refuse_unkept(values.values())
    journey = open_feasibility(journey_id, by)
    told(journey, by, FilePart.GOALS)
    request, _ = AdmissibilityRequest.objects.update_or_create(
        feasibility=journey.feasibility, defaults=values
    )
    return request


@transaction.atomic
def save_experience(
    journey_id: uuid.UUID, by: User, values: Mapping[str, Any], experience_id: int | None = None
) -> Experience:
    """Add an experience, or change one."""
    refuse_unkept(values.values())
    journey = open_feasibility(journey_id, by)
    told(journey, by, FilePart.EXPERIENCES)
    experience = (
        journey.experiences.get(pk=experience_id) if experience_id else Experience(journey=journey)
    )
    for name, value in values.items():
        setattr(experience, name, value)
    experience.save()
    if not experience_id:
        forget_typed(journey, by, "experience")
    return experience


@transaction.atomic
def remove_experience(journey_id: uuid.UUID, by: User, experience_id: int) -> None:
    """Take an experience out of the file."""
    journey = open_feasibility(journey_id, by)
    told(journey, by, FilePart.EXPERIENCES)
    journey.experiences.filter(pk=experience_id).delete()


@transaction.atomic
def save_bloc(
    journey_id: uuid.UUID,
    by: User,
    bloc: Bloc,
    *,
    text: str,
    claims: Mapping[Competence, tuple[ClaimLevel, str]],
) -> None:
    """Write how the experience covers a bloc; it is done when the text and every answer are there."""
    refuse_unkept([text, *(example for _, example in claims.values())])
    journey = open_feasibility(journey_id, by)
    told(journey, by, FilePart.BLOCS)
    CompetenceClaim.objects.bulk_create(
        [
            CompetenceClaim(
                feasibility=journey.feasibility, competence=competence, level=level, example=example
            )
            for competence, (level, example) in claims.items()
        ],
        update_conflicts=True,
        unique_fields=["feasibility", "competence"],
        update_fields=["level", "example"],
    )
    forget_typed(journey, by, f"bloc/{bloc.pk}", *(f"example_{one.pk}" for one in claims))
    answered = set(
        journey.feasibility.competences.filter(competence__bloc=bloc).values_list(
            "competence_id", flat=True
        )
    )
    wanted = set(bloc.competences.values_list("pk", flat=True))
    BlocClaim.objects.update_or_create(
        feasibility=journey.feasibility,
        bloc=bloc,
        defaults={"text": text, "done": bool(text.strip()) and wanted <= answered},
    )


def forget_typed(journey: Journey, by: User, subject: str, *fields: str) -> None:
    """Forget what somebody typed in a form that they sent since: in some fields of it, or in all."""
    typed = Draft.objects.filter(journey=journey, author=by, subject=subject)
    (typed.filter(field__in=fields) if fields else typed).delete()


def open_validation(journey_id: uuid.UUID, by: User) -> ValidationFile:
    """Lock a journey whose validation file this person may write; raises `Refused` (R-017)."""
    journey = locked(journey_id)
    refuse_unwritable(writing.VALIDATION, journey, by)
    signs.seen(journey, signs.side_of(journey, by))
    file = journey.attempt.validation
    if file.originality_at:
        file.originality_at, file.originality_name = None, ""
        file.save()
        undone = DocumentTouched(DocumentKind.VALIDATION)
        events.record(journey, Event.SIGNATURE_UNDONE, by=by, facts=undone)
    return file


@transaction.atomic
def open_validation_for(journey_id: uuid.UUID, by: User) -> None:
    """Undo the signature of a file whose evidence changes; raises `Refused` once it has left."""
    open_validation(journey_id, by)


@transaction.atomic
def save_section(
    journey_id: uuid.UUID,
    by: User,
    competence_id: int,
    answers: Mapping[str, str],
    *,
    seen: int | None = None,
) -> Saved:
    """Write the text of one competence.

    When somebody saved another text since the version the page showed, nothing is overwritten: the
    other text is returned so that both can be read side by side.
    """
    section = (
        open_validation(journey_id, by)
        .sections.select_for_update()
        .get(competence_id=competence_id)
    )
    current = section.texts
    wanted = {
        name: answers.get(name, current[name]).replace("\r\n", "\n") for name in Section.QUESTIONS
    }
    if seen is not None and seen != section.version and wanted != current:
        return Saved(section.version, conflict=True, theirs=current)
    if wanted != current:
        refuse_unkept(wanted[name] for name in wanted if wanted[name] != current[name])
        versions.before_saving(section, by)
        for name, text in wanted.items():
            setattr(section, name, text)
        section.version += 1
        section.saved_at = now()
        section.saved_by = by
        section.save()
        follow(section, current, wanted)
        rereading.follow(section)
    return Saved(section.version, conflict=False, theirs={})


def follow(section: Section, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Let each remark on a text go where its words went, or say that they changed."""
    remarks = list(section.remarks.all())
    rewritten = {name: Rewriting(old[name], new[name]) for name in new if old[name] != new[name]}
    for one in remarks:
        if one.question in rewritten:
            one.stand(relocate(one.anchor, rewritten[one.question]))
    Remark.objects.bulk_update(remarks, ["start", "before", "after", "gone"])


@transaction.atomic
def save_presentation(journey_id: uuid.UUID, by: User, text: str) -> None:
    """Write the few lines that present the candidate to the jury."""
    refuse_unkept([text])
    file = open_validation(journey_id, by)
    file.presentation = text
    file.save()
