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
        words=ctx.facts.words,
        filed_on=ctx.on,
    )
    count_waiting(ctx.journey)


@effect(Act.ANSWER_COMPLAINT)
def answer(ctx: ActContext[ComplaintAnswer]) -> None:
    """The answer, its day, and what was done."""
    ctx.journey.complaints.filter(number=ctx.facts.number).update(
        answered_on=ctx.on,
        answered_by=ctx.author,
        answer=ctx.facts.answer,
        action=ctx.facts.action,
    )
    count_waiting(ctx.journey)


def count_waiting(journey: Journey) -> None:
    """Keep how many wait for the certifier: its lists read it."""
    to_certifier = journey.complaints.waiting().filter(to=Addressee.CERTIFIER)
    journey.complaints_waiting = to_certifier.count()
