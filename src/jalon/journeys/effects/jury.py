"""The date of the passage, what the votes make, and the blocs acquired."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from jalon.journeys.models import Attempt, BlocAward, Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.journeys.snapshot import snapshot
from jalon.law import jury
from jalon.law.facts import Convening, Deliberation, Nothing, ValidationSent
from jalon.law.results import bloc_valid_until
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, Role


@resolve(Act.SEND_VALIDATION)
@enforces("R-053")
def with_the_certifiers_delay(journey: Journey, asked: Nothing) -> ValidationSent:
    """Complete a sending with the day by which the certifier's own delay wants a jury (2002)."""
    case = snapshot(journey, Role.CANDIDATE)
    return ValidationSent(jury.settled_limit(case.settings, case.route, case.today))


@effect(Act.SCHEDULE_HEARING)
def date_hearing(ctx: ActContext[Convening]) -> None:
    """The date of the passage."""
    set_on_attempt(ctx, hearing_on=ctx.facts.held_on)


@effect(Act.POSTPONE_HEARING, Act.RECORD_ABSENCE)
def clear_hearing_date(ctx: ActContext[Any]) -> None:
    """The passage waits for a new date (R-055, R-084)."""
    set_on_attempt(ctx, hearing_on=None)


@effect(Act.RECORD_DELIBERATION)
@enforces("R-083")
def record_result(ctx: ActContext[Deliberation]) -> None:
    """What the votes make, and the blocs acquired, with date and session."""
    facts = ctx.facts
    result = jury.outcome(ctx.case, facts)
    set_on_attempt(ctx, hearing_on=facts.held_on, outcome=result, condition=facts.condition)
    won = [vote.bloc for vote in facts.votes if jury.bloc_awarded(vote)]
    award(ctx, won, facts.held_on, facts.session)


def award(ctx: ActContext[Any], won: Iterable[str], on: date, session: str) -> None:
    """Write the blocs that a jury gave on a day, for as long as the certifier says (R-083)."""
    BlocAward.objects.bulk_create(
        BlocAward(
            journey=ctx.journey,
            attempt=ctx.journey.attempt,
            bloc=bloc,
            session=session,
            awarded_on=on,
            valid_until=bloc_valid_until(ctx.case.settings, on),
            verification_code=verification_code(),
        )
        for bloc in ctx.journey.targeted.filter(code__in=won)
    )


def verification_code() -> str:
    """Return a code that nobody guesses, by which anybody checks an award."""
    return secrets.token_hex(8).upper()


def set_on_attempt(ctx: ActContext[Any], **values: Any) -> None:
    """Write on the attempt under way."""
    Attempt.objects.filter(pk=ctx.journey.attempt.pk).update(**values)
