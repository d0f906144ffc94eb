"""The register of complaints (R-130)."""

from jalon.journeys.models import Complaint, Journey
from jalon.journeys.registry import ActContext, effect
from jalon.law.facts import ComplaintAnswer, ComplaintFiled
from jalon.law.vocabulary import Act, Addressee


@effect(Act.FILE_COMPLAINT)
def file(ctx: ActContext[ComplaintFiled]) -> None:
    """A line of the register: it waits for its answer."""
    Complaint.objects.create(
        journey=ctx.journey,
        number=ctx.case.complaints_filed + 1,
        to=ctx.facts.to,
        accompanist=ctx.journey.organisation if ctx.facts.to == Addressee.ACCOMPANIST else None,
        nature=ctx.facts.nature,
        words=ctx.facts.words,
        filed_on=ctx.on,
    )
    count_waiting(ctx.journey)


@effect(Act.ANSWER_COMPLAINT)
def answer(ctx: ActContext[ComplaintAnswer]) -> None:
    """The answer, its day, and what was done; an erasure that is agreed to is dated."""
    asked = ctx.journey.complaints.filter(number=ctx.facts.number)
    asked.update(
        answered_on=ctx.on,
        answered_by=ctx.author,
        answer=ctx.facts.answer,
        action=ctx.facts.action,
        granted=ctx.facts.granted,
    )
    if ctx.facts.granted and ctx.facts.number in ctx.case.erasures:
        ctx.journey.erasure_granted_on = ctx.on
    count_waiting(ctx.journey)


def count_waiting(journey: Journey) -> None:
    """Keep how many wait for the certifier: its lists read it."""
    to_certifier = journey.complaints.waiting().filter(to=Addressee.CERTIFIER)
    journey.complaints_waiting = to_certifier.count()
