"""Blocs held from elsewhere: said with their proof, and counted once the certifier checked them (R-073)."""

from typing import Any

from jalon.catalogue.models import Bloc
from jalon.journeys.effects.jury import verification_code
from jalon.journeys.models import BlocAward, Journey, PriorBloc
from jalon.journeys.models.attempt import REPORTED
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.law.facts import Equivalent, Equivalents, HeldElsewhere, Nothing, PriorBlocAnswer
from jalon.law.results import bloc_valid_until
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, PriorBlocState
from jalon.now import today
from jalon.people.models import BlocEquivalence


@effect(Act.RECORD_PRIOR_BLOC)
def record(ctx: ActContext[HeldElsewhere]) -> None:
    """What is said, and the file that proves it: it waits for the certifier."""
    PriorBloc.objects.create(
        journey=ctx.journey,
        bloc=ctx.journey.blocs.get(code=ctx.facts.bloc),
        source=ctx.facts.where,
        obtained_on=ctx.facts.obtained_on,
        proof=ctx.facts.document,
        recorded_at=ctx.at,
    )
    count_waiting(ctx.journey)


@effect(Act.CONFIRM_PRIOR_BLOC)
def confirm(ctx: ActContext[PriorBlocAnswer]) -> None:
    """The bloc is held from the day on which it was obtained; a file under way no longer asks for it."""
    prior = answered(ctx, PriorBlocState.CONFIRMED)
    hold(
        ctx,
        prior.bloc,
        source=prior.source,
        awarded_on=prior.obtained_on,
        valid_until=bloc_valid_until(ctx.case.settings, prior.obtained_on),
        session=REPORTED if ctx.case.reported else "",
    )


@resolve(Act.COUNT_EQUIVALENT)
def with_what_was_acquired(journey: Journey, asked: Nothing) -> Equivalents:
    """Complete the act with what was acquired on the former sheet, as the certifier's table counts it."""
    counted: dict[str, Equivalent] = {}
    held = BlocAward.objects.still_valid().of(journey).values("bloc__code")
    table = BlocEquivalence.objects.in_force(today()).filter(
        organisation=journey.certifier_id,
        bloc__certification=journey.certification_id,
        bloc__code__in=journey.blocs.values("code"),
    )
    for line in table.exclude(bloc__code__in=held).select_related("former", "bloc"):
        award = (
            BlocAward.objects.acquired_for_good()
            .filter(journey__candidate=journey.candidate_id, bloc__code=line.former.code)
            .order_by("awarded_on")
            .first()
        )
        if award:
            counted[line.bloc.code] = Equivalent(
                line.former.code, line.bloc.code, award.awarded_on, award.valid_until, line.source
            )
    return Equivalents(tuple(counted[code] for code in sorted(counted)))


@effect(Act.COUNT_EQUIVALENT)
@enforces("R-073")
def count_equivalent(ctx: ActContext[Equivalents]) -> None:
    """Each bloc is held from the day on which its former one was, and for as long."""
    blocs = {bloc.code: bloc for bloc in ctx.journey.blocs}
    for one in ctx.facts.blocs:
        hold(
            ctx,
            blocs[one.bloc],
            source=f"Bloc {one.former} de l’ancienne fiche",
            awarded_on=one.acquired_on,
            valid_until=one.valid_until,
        )


def hold(ctx: ActContext[Any], bloc: Bloc, **values: Any) -> None:
    """Write a bloc held from elsewhere; a file under way no longer asks for it."""
    BlocAward.objects.create(
        journey=ctx.journey, bloc=bloc, verification_code=verification_code(), **values
    )
    ctx.journey.documents_issued_at = None
    under_way = ctx.journey.attempts.filter(outcome="").last()
    if under_way:
        under_way.blocs.remove(bloc)


@effect(Act.REFUSE_PRIOR_BLOC)
def refuse(ctx: ActContext[PriorBlocAnswer]) -> None:
    """The bloc is still to obtain, and the person is told why."""
    answered(ctx, PriorBlocState.REFUSED)


@effect(Act.AWARD_BY_BLOCS)
def award(ctx: ActContext[Nothing]) -> None:
    """The whole is obtained: its documents may be asked for."""
    ctx.journey.documents_issued_at = None


def answered(ctx: ActContext[PriorBlocAnswer], state: PriorBlocState) -> PriorBloc:
    """Write what the certifier found, and return the bloc it is about."""
    prior = ctx.journey.prior_blocs.pending().select_related("bloc").get(bloc__code=ctx.facts.bloc)
    prior.state, prior.answered_on, prior.reason = state, ctx.on, ctx.facts.reason
    prior.save(update_fields=["state", "answered_on", "reason"])
    count_waiting(ctx.journey)
    return prior


def count_waiting(journey: Journey) -> None:
    """Keep how many wait: the lists of the certifier read it."""
    journey.prior_blocs_waiting = journey.prior_blocs.pending().count()
