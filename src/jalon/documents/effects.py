"""What acts do to the files of a journey."""

import dataclasses
from typing import Any

from jalon.documents.actions import remove_identity
from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.facts import HeldElsewhere, Reason
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act
from jalon.writing.models import Section


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


@effect(Act.ANNUL_HEARING)
def show_the_proofs_again(ctx: ActContext[Reason]) -> None:
    """The proofs go with the file to the next jury."""
    attempt = ctx.journey.attempt
    for section in Section.objects.filter(file__attempt=attempt):
        Document.objects.filter(
            journey=ctx.journey,
            section__competence=section.competence_id,
            section__file__attempt__number=attempt.number - 1,
        ).update(section=section)


@resolve(Act.RECORD_PRIOR_BLOC)
@enforces("R-073")
def proof_of_this_file(journey: Journey, said: HeldElsewhere) -> HeldElsewhere:
    """Return what was said, with its proof only when that is a file of this journey."""
    kept = Document.objects.kept().filter(journey=journey)
    known = {str(pk) for pk in kept.values_list("pk", flat=True)}
    return said if said.document in known else dataclasses.replace(said, document="")
