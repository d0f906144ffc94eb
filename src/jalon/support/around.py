"""Whether accompaniment holds anything of each kind around a journey, in one statement: a page then reads what there is."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from jalon.journeys.models import Journey
from jalon.support.models import Booking, Enrolment, Immersion
from jalon.support.rehearsals import unrehearsed


@dataclass(frozen=True)
class Around:
    """What there is around a journey: a meeting to come, seats in workshops, immersions; a rehearsal that lacks."""

    booked: bool
    seated: bool
    immersed: bool
    unrehearsed: bool


def around(journey: Journey) -> Around:
    """Return what there is around a journey, whoever reads it."""
    this = Journey.objects.filter(pk=OuterRef("pk"))
    own = {"journey": OuterRef("pk")}
    return Around(
        **Journey.objects.filter(pk=journey.pk)
        .values(
            booked=Exists(Booking.objects.to_come().filter(**own)),
            seated=Exists(Enrolment.objects.standing().filter(**own)),
            immersed=Exists(Immersion.objects.filter(**own)),
            unrehearsed=Exists(unrehearsed(this)),
        )
        .get()
    )
