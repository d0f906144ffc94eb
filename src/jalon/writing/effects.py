"""What acts write in the two files."""

from typing import Any

from jalon.journeys import events
from jalon.journeys.registry import ActContext, effect
from jalon.law import departure
from jalon.law.facts import (
    Annulment,
    DayCorrection,
    Deposit,
    DocumentTouched,
    Missing,
    Nothing,
    OpinionGiven,
    Path,
    PathAnswer,
    Receipt,
    Registration,
    Resumption,
    SentUnfinished,
    Signature,
    TargetChange,
)
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, DocumentKind, Event, Stage
from jalon.law.writing import FEASIBILITY
from jalon.now import moment_of
from jalon.people.models import CandidateProfile
from jalon.writing import versions
from jalon.writing.fingerprints import LATEST, evidence_of, fingerprint
from jalon.writing.models import FeasibilityFile, Section, ValidationFile
from jalon.writing.queries import departure_of

# ---------------------------------------------------------------- the feasibility file


@effect(Act.REGISTER)
def open_feasibility_file(ctx: ActContext[Registration]) -> None:
    """A journey begins with its feasibility file."""
    FeasibilityFile.objects.create(journey=ctx.journey)


@effect(Act.PROPOSE_PATH)
def estimate_hours(ctx: ActContext[Path]) -> None:
    """The hours of the path are those of the feasibility file."""
    write_feasibility(
        ctx,
        hours_individual=ctx.facts.hours_individual,
        hours_group=ctx.facts.hours_group,
        hours_training=ctx.facts.hours_training,
    )


@effect(Act.ACCEPT_PATH)
def choose_trainings(ctx: ActContext[PathAnswer]) -> None:
    """The candidate's choice of trainings is dated: the opinion may follow (R-016)."""
    write_feasibility(
        ctx, trainings_chosen=list(ctx.facts.trainings_chosen), trainings_chosen_at=ctx.at
    )


@effect(Act.GIVE_OPINION)
@enforces("R-017")
def give_opinion(ctx: ActContext[OpinionGiven]) -> None:
    """The opinion, its reasons and its date; a candidate who signed before reads it, and signs again."""
    write_feasibility(
        ctx, opinion=ctx.facts.opinion, opinion_comment=ctx.facts.comment, opinion_at=ctx.at
    )
    if ctx.case.feasibility.confirmed_on or ctx.case.feasibility.sworn_on:
        ctx.journey.feasibility.unsign()
        ctx.journey.save()
        undone = DocumentTouched(DocumentKind.FEASIBILITY)
        events.record(ctx.journey, Event.SIGNATURE_UNDONE, by=ctx.author, facts=undone)


@effect(Act.LEAVE_ACCOMPANIMENT, Act.END_ACCOMPANIMENT, Act.ASK_ACCOMPANIMENT)
@enforces("R-017")
def change_hands(ctx: ActContext[Any]) -> None:
    """The opinion of who accompanied leaves a file not sent yet, which is to be signed again.

    The journal keeps that opinion.
    """
    if ctx.case.stage in FEASIBILITY.stages:
        write_feasibility(
            ctx,
            opinion="",
            opinion_comment="",
            opinion_at=None,
            **unsigned(),
        )


@effect(Act.CHANGE_TARGET)
@enforces("R-004")
def aim_elsewhere(ctx: ActContext[TargetChange]) -> None:
    """What was said of the other target is put aside, never lost: its blocs come back with it.

    Experiences, civil status and documents stay; no path, opinion nor signature holds any more.
    """
    prerequisites = {"prerequisites": ""} if ctx.facts.code != ctx.facts.was else {}
    write_feasibility(
        ctx,
        trainings_chosen=[],
        trainings_chosen_at=None,
        hours_individual=None,
        hours_group=None,
        hours_training=None,
        opinion="",
        opinion_comment="",
        opinion_at=None,
        **unsigned(),
        **prerequisites,
    )


def unsigned() -> dict[str, Any]:
    """Return the values of a feasibility file that nobody signed."""
    return {"confirmed_at": None, "sworn_at": None, "sworn_name": "", "civil_status": None}


@effect(Act.RESUME)
@enforces("R-017", "R-051")
def sign_again(ctx: ActContext[Resumption]) -> None:
    """What leaves again is signed again."""
    if ctx.facts.leads_to == Stage.FEASIBILITY_INCOMPLETE:
        write_feasibility(ctx, completed_on=None, **unsigned())
    elif ctx.facts.leads_to == Stage.ADMISSIBLE:
        write_validation(ctx, originality_at=None, originality_name="", sent_at=None)


@effect(Act.CONFIRM_FEASIBILITY)
def confirm_feasibility(ctx: ActContext[Signature]) -> None:
    """Confirmation and sworn statement carry the same moment and name, over a civil status that stays."""
    write_feasibility(
        ctx,
        confirmed_at=ctx.at,
        sworn_at=ctx.at,
        sworn_name=ctx.facts.name,
        sworn_place=ctx.facts.place,
        civil_status=CandidateProfile.objects.get(user=ctx.journey.candidate_id).kept(),
    )


@effect(Act.SEND_FEASIBILITY)
def send_feasibility(ctx: ActContext[Nothing]) -> None:
    """What was missing is no longer asked for."""
    write_feasibility(ctx, sent_at=ctx.at, missing=[], missing_comment="")


@effect(Act.DEPOSIT_FEASIBILITY)
def deposit_feasibility(ctx: ActContext[Deposit]) -> None:
    """A file that was deposited elsewhere is written no more."""
    write_feasibility(ctx, sent_at=ctx.happened_at, missing=[], missing_comment="")


@effect(Act.CORRECT_DAY)
@enforces("R-026")
def correct_day(ctx: ActContext[DayCorrection]) -> None:
    """The right day on which a file was deposited or received; what was written of it stays."""
    moment = moment_of(ctx.facts.right_on, ctx.at)
    match ctx.facts.corrects:
        case Act.DECLARE_COMPLETE:
            write_feasibility(ctx, completed_on=ctx.facts.right_on)
        case Act.DEPOSIT_FEASIBILITY:
            write_feasibility(ctx, sent_at=moment)
        case Act.DEPOSIT_VALIDATION:
            write_validation(ctx, sent_at=moment)


@effect(Act.DECLARE_INCOMPLETE)
@enforces("R-017")
def return_feasibility(ctx: ActContext[Missing]) -> None:
    """The candidate will confirm and sign again."""
    write_feasibility(
        ctx,
        missing=list(ctx.facts.items),
        missing_comment=ctx.facts.comment,
        confirmed_at=None,
        sworn_at=None,
        completed_on=None,
        sworn_name="",
        civil_status=None,
    )


@effect(Act.DECLARE_COMPLETE)
def complete_feasibility(ctx: ActContext[Receipt]) -> None:
    """The day of receipt of the complete file (R-026)."""
    write_feasibility(ctx, completed_on=ctx.facts.received_on)


@effect(Act.REQUEST_PIECES)
def request_pieces(ctx: ActContext[Missing]) -> None:
    """What is asked for beside a file that is complete: its signatures hold."""
    write_feasibility(ctx, missing=list(ctx.facts.items), missing_comment=ctx.facts.comment)


def write_feasibility(ctx: ActContext[Any], **values: Any) -> None:
    """Write on the feasibility file of the journey."""
    FeasibilityFile.objects.filter(journey=ctx.journey).update(**values)


# ---------------------------------------------------------------- the validation file


@effect(Act.DECLARE_ADMISSIBLE, Act.ADMIT_TACITLY, Act.CONFIRM_TACIT, Act.OPEN_NEXT_ATTEMPT)
def open_validation_file(ctx: ActContext[Any]) -> None:
    """A passage begins with its file: one section for each competence still to show (R-050).

    What was written for an earlier passage is there to be improved.
    """
    attempt = ctx.journey.attempt
    earlier = ValidationFile.objects.filter(attempt__journey=ctx.journey).exclude(attempt=attempt)
    former = earlier.order_by("attempt__number").last()
    presentation = former.presentation if former else ""
    file, made = ValidationFile.objects.get_or_create(
        attempt=attempt, defaults={"presentation": presentation}
    )
    if made:
        texts = former_texts(former)
        Section.objects.bulk_create(
            Section(file=file, competence=competence, **texts.get(competence.pk, {}))
            for bloc in attempt.blocs.prefetch_related("competences")
            for competence in bloc.competences.all()
        )


@effect(Act.ANNUL_HEARING)
def present_again(ctx: ActContext[Annulment]) -> None:
    """The file that was sent is presented to another jury, as it was signed."""
    attempt = ctx.journey.attempt
    file = ValidationFile.objects.get(
        attempt__journey=ctx.journey, attempt__number=attempt.number - 1
    )
    sections = list(file.sections.all())
    file.pk, file.attempt = None, attempt
    file.save(force_insert=True)
    for section in sections:
        section.pk, section.file = None, file
    Section.objects.bulk_create(sections)


def former_texts(file: ValidationFile | None) -> dict[int, dict[str, str]]:
    """Return what was written for the jury before, by competence: another attempt improves it."""
    sections = file.sections.all() if file else ()
    return {
        section.competence_id: {name: getattr(section, name) for name in Section.QUESTIONS}
        for section in sections
    }


@effect(Act.SIGN_ORIGINALITY)
def sign_originality(ctx: ActContext[Signature]) -> None:
    """The statement is dated and named."""
    write_validation(ctx, originality_at=ctx.at, originality_name=ctx.facts.name)


@effect(Act.SEND_VALIDATION)
@enforces("R-051")
def send_validation(ctx: ActContext[Nothing]) -> None:
    """What left, texts and evidence, is known by its fingerprint and its moment."""
    file = ValidationFile.objects.get(attempt=ctx.journey.attempt)
    if points := departure.missing(departure_of(ctx.journey, ctx.case)):
        ctx.journey.save()
        events.record(
            ctx.journey,
            Event.SENT_UNFINISHED,
            by=ctx.author,
            role=ctx.entry.role,
            facts=SentUnfinished(points),
        )
    file.evidence_sent = evidence_of(file)
    file.fingerprint_version = LATEST
    versions.keep_sent(file)
    write_validation(
        ctx,
        sent_at=ctx.at,
        accepted_at=None,
        return_items=[],
        return_comment="",
        evidence_sent=file.evidence_sent,
        fingerprint_version=file.fingerprint_version,
        fingerprint=fingerprint(file),
    )


@effect(Act.DEPOSIT_VALIDATION)
def deposit_validation(ctx: ActContext[Deposit]) -> None:
    """A file that was deposited elsewhere is written no more."""
    write_validation(
        ctx, sent_at=ctx.happened_at, accepted_at=None, return_items=[], return_comment=""
    )


@effect(Act.RETURN_VALIDATION)
def return_validation(ctx: ActContext[Missing]) -> None:
    """What comes back must be signed again (R-054)."""
    write_validation(
        ctx,
        return_items=list(ctx.facts.items),
        return_comment=ctx.facts.comment,
        originality_at=None,
        originality_name="",
        sent_at=None,
    )


@effect(Act.ACCEPT_VALIDATION)
def accept_validation(ctx: ActContext[Nothing]) -> None:
    """The certifier checked the file."""
    write_validation(ctx, accepted_at=ctx.at)


def write_validation(ctx: ActContext[Any], **values: Any) -> None:
    """Write on the validation file of the attempt under way."""
    ValidationFile.objects.filter(attempt=ctx.journey.attempt).update(**values)
