"""Who accompanies, who has the file, what is aimed at: chosen, left, handed over (R-004, R-006)."""

from typing import Any

from django.db.models import QuerySet

from jalon.catalogue.models import Certification, Competence
from jalon.catalogue.queries import sheet
from jalon.journeys.effects.adjustments import forget_what_was_asked_of_who_accompanied
from jalon.journeys.models import BlocAward, Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.facts import (
    AccompanimentAsked,
    AccompanimentEnded,
    AccompanimentRequest,
    AmendedPath,
    Nothing,
    Path,
    PathAnswer,
    Reason,
    Reassignment,
    ReassignmentRequest,
    TargetChange,
    TargetRequest,
    Transfer,
    TransferRequest,
)
from jalon.law.routing import nobody_certifies
from jalon.law.rulebook import Refusal, Refused, enforces
from jalon.law.vocabulary import Accompaniment, Act, OrganisationKind, Scope
from jalon.people.models import Organisation
from jalon.people.queries import certifying, works_for


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
    journey.architect = journey.mandate_at = journey.amendment_at = None
    journey.end_proposed = ""
    forget_what_was_asked_of_who_accompanied(journey, ctx.on)


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


# ---------------------------------------------------------------- what is aimed at


@resolve(Act.CHANGE_TARGET)
def with_the_sheet(journey: Journey, asked: TargetRequest) -> TargetChange:
    """Complete a new target with its sheet, and with what was aimed at before; raises `Refused`."""
    wanted = Certification.objects.filter(code=asked.code).first()
    if wanted is None:
        raise Refused(Refusal.permission("Choisissez une certification de la liste."))
    blocs = journey.blocs if wanted == journey.certification else wanted.blocs
    competences = Competence.objects.filter(bloc__in=blocs)
    beside = Journey.objects.under_way().filter(
        candidate=journey.candidate_id, certification=wanted
    )
    return TargetChange(
        **vars(asked),
        sheet=sheet(wanted),
        known_blocs=frozenset(blocs.values_list("code", flat=True)),
        competences=tuple(
            competences.order_by("bloc__position", "position").values_list("bloc__code", "title")
        ),
        open_beside=beside.exclude(pk=journey.pk).count(),
        was=journey.certification.code,
        was_blocs=tuple(journey.targeted.values_list("code", flat=True)),
        certifiers=tuple(certifying(wanted).values_list("organisation", flat=True)),
        was_certifier=journey.certifier_id,
        held_blocs=frozenset(held_on(journey, wanted)),
    )


def held_on(journey: Journey, wanted: Certification) -> QuerySet[Any]:
    """Return the codes of the blocs of a certification that the person holds, and knows of."""
    held = BlocAward.objects.still_valid().told().of(journey, wanted)
    return held.values_list("bloc__code", flat=True)


@effect(Act.CHANGE_TARGET)
@enforces("R-004")
def aim_elsewhere(ctx: ActContext[TargetChange]) -> None:
    """The certification, its certifier and the blocs; raises `Refused` when nobody certifies."""
    journey, facts = ctx.journey, ctx.facts
    wanted = Certification.objects.get(code=facts.code)
    if facts.code != facts.was:
        journey.certification, journey.sheet_version = wanted, wanted.version
    if facts.code != facts.was or facts.certifier:
        journey.certifier = certifier_for(journey, wanted, facts.certifier)
    journey.scope = facts.scope
    blocs = journey.blocs
    journey.targeted.set(
        blocs if facts.scope == Scope.WHOLE else blocs.filter(code__in=facts.blocs)
    )


def certifier_for(
    journey: Journey, certification: Certification, chosen: int | None
) -> Organisation:
    """Return the certifier chosen among those of a sheet: unless one is, the same as before, or the only one."""
    named = {one.organisation_id: one.organisation for one in certifying(certification)}
    if not named:
        raise Refused(nobody_certifies())
    return named.get(chosen or journey.certifier_id) or next(iter(named.values()))


@resolve(Act.TRANSFER)
def with_the_receiver(journey: Journey, asked: TransferRequest) -> Transfer:
    """Complete a transfer with the certifier that receives the file, and the one that had it."""
    named = {one.organisation_id: one.organisation for one in certifying(journey.certification)}
    receiver = named.get(asked.certifier)
    return Transfer(
        reason=asked.reason,
        certifier=asked.certifier,
        name=receiver.name if receiver else "",
        delivers=receiver is not None,
        works_here=receiver is None or receiver.works_here,
        before=journey.certifier_id,
        before_name=journey.certifier.name,
    )


@effect(Act.TRANSFER)
@enforces("R-004")
def transfer(ctx: ActContext[Transfer]) -> None:
    """The other certifier has the file: decisions, awards and delays stay as they are."""
    ctx.journey.certifier = Organisation.objects.get(pk=ctx.facts.certifier)


@effect(Act.AMEND_PATH)
def propose_amendment(ctx: ActContext[Path]) -> None:
    """The candidate is asked."""
    ctx.journey.amendment_at = ctx.at


@resolve(Act.ACCEPT_AMENDMENT)
def with_its_dates(journey: Journey, asked: PathAnswer) -> AmendedPath:
    """Complete an acceptance with the dates of the path that is accepted."""
    proposed = journey.journal.filter(act=Act.AMEND_PATH).latest("number").facts_as(Path)
    return AmendedPath(asked.trainings_chosen, proposed.milestones)


@effect(Act.ACCEPT_AMENDMENT, Act.DECLINE_AMENDMENT)
def answer_amendment(ctx: ActContext[Any]) -> None:
    """The candidate answered."""
    ctx.journey.amendment_at = None
