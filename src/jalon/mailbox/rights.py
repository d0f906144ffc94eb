"""What a person was told, for a copy or to be erased (R-122)."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any

from django.db.models import Q

from jalon.journeys.models import Journey
from jalon.journeys.rights import Erasing, StoredFile, brings, deleted, erases, row, tells
from jalon.law.vocabulary import Role
from jalon.mailbox.models import CalendarFeed, MorningOff, Notice, SwitchedOff
from jalon.now import paris_day
from jalon.people.models import User
from jalon.people.policy import roles

NOTHING = Q(pk__in=[])


@tells("avis_et_courriels")
def notices(person: User) -> Any:
    """Return what a person was told, with the text of each e-mail, and what they do without."""
    off = SwitchedOff.objects.filter(person=person).order_by("pk")
    return {
        "recus": [row(one) for one in Notice.objects.told().filter(person=person)],
        "non_voulus": [row(one) for one in off],
        "sans_courriel_du_matin": [row(one) for one in MorningOff.objects.filter(person=person)],
    }


@tells("adresse_d_agenda")
def calendar_feed(person: User) -> Any:
    """Return since when the person's agenda reads Jalon, and when it did last; never the address."""
    found = CalendarFeed.objects.filter(person=person)
    return [{"made_at": one.made_at, "read_at": one.read_at} for one in found]


@brings
def mails(person: User) -> Iterator[StoredFile]:
    """Yield each e-mail that left, as a text."""
    sent = Notice.objects.filter(person=person).exclude(text="").order_by("sent_at", "pk")
    for number, one in enumerate(sent, start=1):
        day = paris_day(one.sent_at).isoformat() if one.sent_at else "sans-date"
        text = f"{one.subject}\n\n{one.text}".encode()
        yield StoredFile(f"courriels/{day}-{number:03}.txt", partial(BytesIO, text))


@erases("avis et courriels")
def erase_notices(erasing: Erasing) -> int:
    """What everybody was told of the journey, and what its candidate was told beside it."""
    beside = Q(entry__isnull=True, person=erasing.journey.candidate_id)
    told = Q(entry__journey=erasing.journey) | beside | of_its_meetings(erasing.journey)
    return deleted(Notice.objects.filter(told))


@erases("adresses d’agenda")
def erase_feed(erasing: Erasing) -> int:
    """The address of a candidate who has no other journey, and no work here."""
    person = erasing.journey.candidate
    others = person.journeys.filter(purged_at=None).exclude(pk=erasing.journey.pk)
    if others.exists() or roles(person) != {Role.CANDIDATE}:
        return 0
    return deleted(CalendarFeed.objects.filter(person=person))


def of_its_meetings(journey: Journey) -> Q:
    """Return the condition that keeps what anybody was told of the meetings booked on a journey."""
    numbers = "|".join(str(one) for one in journey.bookings.values_list("pk", flat=True))
    return (
        Q(message__startswith="booking_", about__regex=rf"^({numbers})\.") if numbers else NOTHING
    )
