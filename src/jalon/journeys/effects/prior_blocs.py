"""Blocs held from elsewhere: said with their proof, and counted once the certifier checked them (R-073)."""

from jalon.journeys.effects.jury import verification_code
from jalon.journeys.models import BlocAward, Journey, PriorBloc
from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import HeldElsewhere, Nothing, PriorBlocAnswer
from jalon.law.results import bloc_valid_until
from jalon.law.vocabulary import Act, PriorBlocState


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
    BlocAward.objects.create(
        journey=ctx.journey,
        bloc=prior.bloc,
        source=prior.source,
        awarded_on=prior.obtained_on,
        valid_until=bloc_valid_until(ctx.case.settings, prior.obtained_on),
        verification_code=verification_code(),
    )
    ctx.journey.documents_issued_at = None
    under_way = ctx.journey.attempts.filter(outcome="").last()
    if under_way:
        under_way.blocs.remove(prior.bloc)


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
