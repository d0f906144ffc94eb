"""The notice, the documents, and the way on after a partial award."""

import dataclasses
from typing import Any

from jalon.journeys.effects.admissibility import open_attempt
from jalon.journeys.effects.jury import award, set_on_attempt
from jalon.journeys.models import Journey
from jalon.journeys.models.attempt import REPORTED
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.journeys.snapshot import snapshot
from jalon.law import jury, rectification, results, validation
from jalon.law.facts import (
    Annulment,
    ConditionNotMet,
    DatedNote,
    Deliberation,
    Facts,
    Nothing,
    PostJury,
    PostJuryProposal,
    Reason,
    Rectification,
)
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, Role, Stage


@effect(
    Act.NOTIFY_FULL,
    Act.NOTIFY_CONDITIONAL,
    Act.NOTIFY_TARGETED,
    Act.NOTIFY_PARTIAL,
    Act.NOTIFY_NONE,
)
def notify(ctx: ActContext[Any]) -> None:
    """The day of the notice (R-078): documents may be asked for anew."""
    set_on_attempt(ctx, notified_on=ctx.on)
    ctx.journey.documents_issued_at = None


@effect(Act.LIFT_CONDITION)
def lift_condition(ctx: ActContext[DatedNote]) -> None:
    """The day on which the condition was lifted (R-085)."""
    set_on_attempt(ctx, condition_lifted_on=ctx.facts.on)
    ctx.journey.documents_issued_at = None


@effect(Act.REQUEST_DOCUMENTS)
def request_documents(ctx: ActContext[Nothing]) -> None:
    """The candidate asked for their documents (R-080)."""
    ctx.journey.documents_requested_at = ctx.at


@effect(Act.ISSUE_DOCUMENTS)
def issue_documents(ctx: ActContext[Nothing]) -> None:
    """The request is answered (R-080)."""
    ctx.journey.documents_requested_at = None
    ctx.journey.documents_issued_at = ctx.at


@resolve(Act.CONDITION_NOT_MET)
def where_it_leads(journey: Journey, asked: ConditionNotMet) -> ConditionNotMet:
    """Complete a condition that was not met with the stage to which what is left leads."""
    case = snapshot(journey, Role.CERTIFIER)
    return dataclasses.replace(asked, leads_to=results.without(case, asked.blocs)[0])


@effect(Act.CONDITION_NOT_MET)
def condition_not_met(ctx: ActContext[ConditionNotMet]) -> None:
    """The blocs that the condition bore on are withdrawn; the others stay (R-085)."""
    lost = ctx.journey.awards.held().filter(attempt__isnull=False, bloc__code__in=ctx.facts.blocs)
    lost.update(withdrawn_on=ctx.on)
    outcome = results.without(ctx.case, ctx.facts.blocs)[1]
    set_on_attempt(ctx, outcome=outcome, condition="")
    ctx.journey.documents_issued_at = None


@resolve(Act.RECTIFY_RESULT)
def with_what_is_so(journey: Journey, asked: Rectification) -> Rectification:
    """Complete a rectification with what the minutes gave, and where what is so leads."""
    return rectification.rectified(snapshot(journey, Role.CERTIFIER), asked)


@effect(Act.RECTIFY_RESULT)
@enforces("R-076")
def rectify(ctx: ActContext[Rectification]) -> None:
    """What was given in error is withdrawn, what was forgotten is given; no line is edited."""
    facts, attempt = ctx.facts, ctx.journey.attempt
    attempt.awards.held().filter(bloc__code__in=facts.lost).update(withdrawn_on=ctx.on)
    if facts.gained:
        session = REPORTED if ctx.case.reported else session_of(ctx.journey)
        award(ctx, facts.gained, attempt.hearing_on or ctx.on, session)
    set_on_attempt(ctx, outcome=facts.outcome, condition=facts.condition, condition_lifted_on=None)
    if rectification.told(ctx.case):
        ctx.journey.documents_issued_at = None


def session_of(journey: Journey) -> str:
    """Return the session that judged last, or what stands for it when it sat elsewhere."""
    judged = journey.journal.filter(act__in=jury.GIVES_A_RESULT).latest("number")
    minutes = judged.facts_as(Facts)
    return minutes.session if isinstance(minutes, Deliberation) else REPORTED


@resolve(Act.ANNUL_HEARING)
def with_limits_that_run_again(journey: Journey, asked: Annulment) -> Annulment:
    """Complete an annulment with the limits of the 2002 route: of the jury, and of the admissibility."""
    case = snapshot(journey, Role.CERTIFIER)
    return dataclasses.replace(
        asked,
        valid_until=validation.counts_until(case, Stage.VALIDATION_ACCEPTED),
        hearing_by=jury.settled_limit(case.settings, case.route, case.today),
    )


@effect(Act.ANNUL_HEARING)
def annul_hearing(ctx: ActContext[Annulment]) -> None:
    """What that jury gave is withdrawn, and the same blocs wait for another passage (R-076).

    The attempt, its hearing and its signed minutes stay as they are.
    """
    annulled = ctx.journey.attempt
    annulled.awards.held().update(withdrawn_on=ctx.on)
    again = ctx.journey.attempts.create(number=annulled.number + 1, opened_at=ctx.at)
    again.blocs.set(annulled.blocs.all())
    ctx.journey.documents_issued_at = None
    ctx.journey.forget_rows()


@effect(Act.PROPOSE_POST_JURY)
def date_proposal(ctx: ActContext[PostJuryProposal]) -> None:
    """The day on which a meeting was proposed (R-081)."""
    set_on_attempt(ctx, post_jury_proposed_on=ctx.on)


@effect(Act.DECLINE_POST_JURY)
def date_refusal(ctx: ActContext[Reason]) -> None:
    """The day on which the candidate did without it (R-081)."""
    set_on_attempt(ctx, post_jury_declined_on=ctx.on)


@effect(Act.HOLD_POST_JURY)
def date_post_jury(ctx: ActContext[PostJury]) -> None:
    """The day of the meeting (R-081)."""
    set_on_attempt(ctx, post_jury_on=ctx.facts.held_on)


@effect(Act.OPEN_NEXT_ATTEMPT)
def open_next_attempt(ctx: ActContext[Nothing]) -> None:
    """A new passage for the missing blocs only; documents asked for meanwhile are still due (R-080)."""
    open_attempt(ctx.journey, ctx.case.attempt + 1, ctx)
