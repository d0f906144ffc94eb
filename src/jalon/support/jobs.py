"""What the worker does of the agenda: what nobody will need is given back, and offered to who waits for it."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from procrastinate.contrib.django import app

from jalon.law import meetings as law
from jalon.law.rulebook import Refused
from jalon.law.stages import ENDS
from jalon.now import PARIS, now
from jalon.people.models import CoverPeriod
from jalon.queue.retries import RETRIED
from jalon.support import earlier, surveys, workshops
from jalon.support.models import Booking, EarlierOffer, Enrolment, HalfDay
from jalon.support.planning import give_up

OVER = "Le parcours est terminé."


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="support.release", queue="acts", lock="support.release", queueing_lock="support.release"
)
def release(timestamp: int | None = None) -> int:
    """Give up the meetings to come of journeys that ended or changed hands; return how many.

    One that somebody receives in the place of an absent colleague stands.
    """
    ended = Q(journey__stage__in=ENDS)
    replaced = CoverPeriod.objects.filter(
        absent=OuterRef("journey__architect"),
        organisation=OuterRef("journey__organisation"),
        cover=OuterRef("architect"),
        starts_on__lte=OuterRef("day"),
        ends_on__gte=OuterRef("day"),
    )
    elsewhere = Q(journey__architect=None) | ~Q(journey__architect=F("architect")) & ~Q(
        Exists(replaced)
    )
    to_come = Booking.objects.to_come().annotate(day=TruncDate("starts_at", tzinfo=PARIS))
    due = to_come.filter(ended | elsewhere).select_related("journey")
    return sum(given_back(one) for one in due)


def given_back(booking: Booking) -> bool:
    """Give a meeting up in nobody's name; False when somebody did so meanwhile."""
    try:
        give_up(booking, None, OVER if booking.journey.stage in ENDS else law.OTHER_HANDS)
    except Refused:
        return False
    return True


@app.periodic(cron="40 7 * * *")
@app.task(
    name="support.surveys", queue="acts", lock="support.surveys", queueing_lock="support.surveys"
)
def ask_opinions(timestamp: int | None = None) -> int:
    """Ask, once, those whose accompaniment gave its result or ended what they think of it; return how many."""
    asked = (
        surveys.ask(one, one.organisation_id) for one in surveys.to_ask() if one.organisation_id
    )
    return sum(one is not None for one in asked)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="support.release_seats",
    queue="acts",
    lock="support.release_seats",
    queueing_lock="support.release_seats",
)
def release_seats(timestamp: int | None = None) -> int:
    """Give up the seats to come of journeys that ended or went to another organisation; return how many moved up."""
    elsewhere = Q(journey__organisation=None) | ~Q(
        journey__organisation=F("workshop__organisation")
    )
    begun = HalfDay.objects.filter(workshop=OuterRef("workshop"), starts_at__lte=now())
    to_come = Enrolment.objects.standing().filter(~Exists(begun), workshop__cancelled_at=None)
    due = to_come.filter(Q(journey__stage__in=ENDS) | elsewhere)
    return sum(len(workshops.release(one)) for one in due)


@app.task(name="support.offer_earlier", queue="acts", retry=RETRIED)
def offer_earlier(architect: int, begins: str, ends: str) -> int:
    """Offer what is free again of an agenda to those who wait for a sooner meeting; return how many hours."""
    moments = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    return earlier.offer_what_is_free(architect, *moments)


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="support.next_in_turn",
    queue="acts",
    lock="support.next_in_turn",
    queueing_lock="support.next_in_turn",
)
def next_in_turn(timestamp: int | None = None) -> int:
    """Pass on the hours that were kept long enough; return how many."""
    return sum(earlier.next_in_turn(one) for one in EarlierOffer.objects.lapsed())
