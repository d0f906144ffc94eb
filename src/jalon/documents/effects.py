"""What acts do to the files of a journey."""

import dataclasses
from typing import Any

from django.db.models import Q

from jalon.documents.actions import remove, remove_identity
from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.facts import Annulment, HeldElsewhere, Rectification
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, DocumentKind
from jalon.writing.fingerprints import Evidence, attaches
from jalon.writing.models import Section, ValidationFile


@effect(
    Act.DECLARE_ADMISSIBLE,
    Act.DECLARE_INADMISSIBLE,
    Act.ADMIT_TACITLY,
    Act.CONFIRM_TACIT,
    Act.OVERTURN_TACIT,
)
@enforces("R-036")
def forget_identity(ctx: ActContext[Any]) -> None:
    """The identity documents served to decide on admissibility: they go with the decision."""
    remove_identity(ctx.journey)


@effect(
    Act.WITHDRAW_ADJUSTMENT,
    Act.LEAVE_ACCOMPANIMENT,
    Act.END_ACCOMPANIMENT,
    Act.ASK_ACCOMPANIMENT,
)
@enforces("R-123")
def forget_what_proved_a_need(ctx: ActContext[Any]) -> None:
    """The proof of a request goes with it."""
    proofs = Document.objects.kept().filter(
        journey=ctx.journey,
        kind=DocumentKind.ADJUSTMENT_PROOF,
        entry__adjustment__withdrawn_on__isnull=False,
    )
    for document in proofs:
        remove(document, ctx.author, "Demande d’aménagement retirée")


@attaches
def evidence(file: ValidationFile) -> Evidence:
    """Return the evidence of a file: which competence it proves, and the hash of its bytes."""
    kept = Document.objects.kept().filter(section__file=file)
    return [list(one) for one in kept.values_list("section__competence_id", "sha256")]


@effect(Act.ANNUL_HEARING)
def show_the_proofs_again(ctx: ActContext[Annulment]) -> None:
    """The proofs go with the file to the next jury."""
    attempt = ctx.journey.attempt
    for section in Section.objects.filter(file__attempt=attempt):
        Document.objects.filter(
            journey=ctx.journey,
            section__competence=section.competence_id,
            section__file__attempt__number=attempt.number - 1,
        ).update(section=section)


#: The papers that say what a jury gave.
SAY_THE_RESULT = (
    DocumentKind.MINUTES,
    DocumentKind.RESULT,
    DocumentKind.RECTIFICATION,
    DocumentKind.CERTIFICATE,
)


@effect(Act.ANNUL_HEARING)
@enforces("R-076")
def mark_as_annulled(ctx: ActContext[Annulment]) -> None:
    """Every paper of the passage that was annulled says so; its bytes stay as they were signed."""
    annulled = ctx.journey.attempts.get(number=ctx.journey.attempt.number - 1)
    printed = Document.objects.kept().filter(
        kind__in=(*SAY_THE_RESULT, DocumentKind.ATTESTATION),
        journey=ctx.journey,
        entry__at__gte=annulled.opened_at,
    )
    printed.exclude(entry=ctx.entry).update(annulled_on=ctx.on)


@effect(Act.RECTIFY_RESULT)
@enforces("R-076")
def mark_as_rectified(ctx: ActContext[Rectification]) -> None:
    """Papers printed before say that they were rectified; their bytes stay as they were signed."""
    wrong = Q(kind__in=SAY_THE_RESULT)
    for bloc in ctx.facts.lost:
        wrong |= Q(kind=DocumentKind.ATTESTATION, name__startswith=f"Attestation {bloc} ")
    printed = Document.objects.kept().filter(
        wrong,
        journey=ctx.journey,
        rectified_on=None,
        entry__at__gte=ctx.journey.attempt.opened_at,
    )
    printed.exclude(entry=ctx.entry).update(rectified_on=ctx.on)


@resolve(Act.RECORD_PRIOR_BLOC)
@enforces("R-073")
def proof_of_this_file(journey: Journey, said: HeldElsewhere) -> HeldElsewhere:
    """Return what was said, with its proof only when that is a file of this journey."""
    kept = Document.objects.kept().filter(journey=journey)
    known = {str(pk) for pk in kept.values_list("pk", flat=True)}
    return said if said.document in known else dataclasses.replace(said, document="")
