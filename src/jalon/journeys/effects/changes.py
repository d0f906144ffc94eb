"""Who accompanies, and who has the file: chosen, left, handed over (R-006)."""

from typing import Any

from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.facts import (
    AccompanimentAsked,
    AccompanimentEnded,
    AccompanimentRequest,
    Nothing,
    Reason,
    Reassignment,
    ReassignmentRequest,
)
from jalon.law.rulebook import Refusal, Refused
from jalon.law.vocabulary import Accompaniment, Act, OrganisationKind
from jalon.people.models import Organisation
from jalon.people.queries import works_for


@resolve(Act.LEAVE_ACCOMPANIMENT)
@resolve(Act.END_ACCOMPANIMENT)
def with_who_accompanied(journey: Journey, asked: Reason) -> AccompanimentEnded:
    """Complete an end with who accompanied until then."""
    return AccompanimentEnded(asked.reason, journey.organisation_id, journey.architect_id)


@effect(Act.LEAVE_ACCOMPANIMENT, Act.END_ACCOMPANIMENT)
def go_on_alone(ctx: ActContext[AccompanimentEnded]) -> None:
    """The journey goes on without the organisation, which sees it no more."""
    change_hands(ctx, Accompaniment.ALONE, None)


@resolve(Act.ASK_ACCOMPANIMENT)
def with_the_organisation(journey: Journey, asked: AccompanimentRequest) -> AccompanimentAsked:
    """Complete a request with the organisation as it stands; raises `Refused`."""
    wanted = Organisation.objects.filter(
        pk=asked.organisation, kind=OrganisationKind.ACCOMPANIST
    ).first()
    if wanted is None:
        raise Refused(Refusal.permission("Choisissez un organisme de la liste."))
    return AccompanimentAsked(
        organisation=wanted.pk,
        name=wanted.name,
        qualiopi_until=wanted.qualiopi_until,
        closed_on=wanted.closed_on,
        reason=asked.reason,
        left=journey.organisation_id,
        architect=journey.architect_id,
    )


@effect(Act.ASK_ACCOMPANIMENT)
def be_accompanied(ctx: ActContext[AccompanimentAsked]) -> None:
    """The organisation has the file, and nobody there has taken it on yet."""
    wanted = Organisation.objects.get(pk=ctx.facts.organisation)
    change_hands(ctx, Accompaniment.ACCOMPANIED, wanted)


def change_hands(
    ctx: ActContext[Any], accompaniment: Accompaniment, organisation: Organisation | None
) -> None:
    """Change who accompanies; a mandate given to somebody is no mandate to the next."""
    journey = ctx.journey
    journey.accompaniment, journey.organisation = accompaniment, organisation
    journey.architect = journey.mandate_at = None


@resolve(Act.REASSIGN)
def with_the_colleague(journey: Journey, asked: ReassignmentRequest) -> Reassignment:
    """Complete a handing over with whether the colleague works there, and who had the file."""
    works_here = works_for(asked.architect, journey.organisation_id)
    return Reassignment(asked.architect, works_here, journey.architect_id, asked.reason)


@effect(Act.REASSIGN)
def hand_over(ctx: ActContext[Reassignment]) -> None:
    """The colleague has the file."""
    ctx.journey.architect_id = ctx.facts.architect


@effect(Act.TAKE_OVER)
def take_over(ctx: ActContext[Nothing]) -> None:
    """Whoever takes the file over has it."""
    ctx.journey.architect = ctx.author


@effect(Act.WITHDRAW_MANDATE)
def withdraw_mandate(ctx: ActContext[Nothing]) -> None:
    """At once, nobody sends in the candidate's place any more (R-088)."""
    ctx.journey.mandate_at = None
