"""What became of what a candidate sent: when it arrived, and when the other side opened it.

Read from the journal and from the looks that it keeps beside it (R-124): nothing else is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, Q

from jalon.journeys.models import AccessLog, JournalEntry, Journey
from jalon.law.arrival import SENDS
from jalon.law.vocabulary import Role


@dataclass(frozen=True)
class Arrival:
    """A file that was sent: what, when it arrived, whether it had been sent before, when it was opened."""

    what: str
    arrived_at: datetime
    again: bool
    read_at: datetime | None


@dataclass(frozen=True)
class Arrivals:
    """The last of each file that was sent, in their order, and when the architect last opened the journey."""

    files: Sequence[Arrival]
    architect_read_at: datetime | None


def arrivals(journey: Journey) -> Arrivals:
    """Return what became of what was sent on a journey; no file for a certifier who works elsewhere."""
    lines = told(journey) if journey.certifier.works_here else []
    sent = [one for one in lines if one.act in SENDS]
    looks = AccessLog.objects.filter(journey=journey).aggregate(
        architect=Max("at", filter=Q(reader=journey.architect_id)),
        **{f"file_{one.pk}": Min("at", filter=opened(journey, one, sent)) for one in sent},
    )
    read = {one.pk: earliest(looks[f"file_{one.pk}"], acted_on(one, lines)) for one in sent}
    return Arrivals(list(last_of_each(sent, read)), looks["architect"])


def told(journey: Journey) -> list[JournalEntry]:
    """Return the lines of a journal that send a file, and those of the certifier, in their order."""
    wanted = Q(act__in=SENDS) | Q(role=Role.CERTIFIER)
    return list(journey.journal.acts().filter(wanted).order_by("number"))


def opened(journey: Journey, entry: JournalEntry, sent: Iterable[JournalEntry]) -> Q:
    """Return the condition on looks that keeps those of the certifier on a file, until the next was sent."""
    theirs = Q(
        reader__memberships__organisation=journey.certifier_id,
        reader__memberships__role=Role.CERTIFIER,
        at__gte=entry.at,
    )
    later = [one.at for one in sent if one.number > entry.number]
    return theirs & Q(at__lt=min(later)) if later else theirs


def acted_on(entry: JournalEntry, lines: Iterable[JournalEntry]) -> datetime | None:
    """Return when the certifier first acted on a file, before the next was sent: who answers has read."""
    after = next((one for one in lines if one.number > entry.number), None)
    return after.at if after and after.role is Role.CERTIFIER else None


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the first of some moments, None where there is none."""
    return min((one for one in moments if one), default=None)


def last_of_each(
    sent: Sequence[JournalEntry], read: Mapping[int, datetime | None]
) -> Iterable[Arrival]:
    """Yield each kind of file once, as it was sent last."""
    for act, what in SENDS.items():
        of_kind = [one for one in sent if one.act is act]
        if of_kind:
            last = of_kind[-1]
            yield Arrival(what, last.at, len(of_kind) > 1, read[last.pk])
