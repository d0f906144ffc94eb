"""Being told of an hour sooner than one's own: what a candidate asks, which hours suit, how long one is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import MeetingMode, OfferState

#: How many hours are offered to a candidate in a day, at most: each one is an e-mail.
OFFERS_A_DAY = 2
#: For how many hours one is kept, unless the organisation says otherwise, and what it may say.
USUAL_HOLD, SHORTEST_HOLD, LONGEST_HOLD = 4, 1, 24
#: Between which hours of a working day the time to answer runs.
OPENS, CLOSES = time(9), time(19)
#: Nobody is asked to answer faster than this.
LEAST = timedelta(hours=1)
NOON = time(12)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """Which sooner hours a candidate would take."""

    until: date
    weekdays: tuple[int, ...]
    mornings: bool = True
    afternoons: bool = True
    on_site: bool = True
    from_afar: bool = True


def suits(wanted: Wanted, starts: datetime, mode: MeetingMode, own: datetime) -> bool:
    """Say whether an hour, as the clocks of its place show it, is sooner than one's own and as was asked."""
    half = wanted.mornings if starts.time() < NOON else wanted.afternoons
    how = wanted.on_site if mode == MeetingMode.ON_SITE else wanted.from_afar
    in_days = starts.date() <= wanted.until and starts.weekday() in wanted.weekdays
    return starts < own and in_days and half and how


def may_ask(wanted: Wanted, on: date, meeting_on: date | None) -> Refusal | None:
    """Refuse to wait for an hour without a meeting to come, without a day left, or that no hour answers."""
    if meeting_on is None:
        return Refusal.permission(
            "Vous n’avez pas de rendez-vous à venir\N{NO-BREAK SPACE}: prenez-en un d’abord, vous pourrez ensuite demander plus tôt."
        )
    if not on <= wanted.until <= meeting_on:
        return Refusal(
            "",
            "Choisissez un jour entre aujourd’hui et celui de votre rendez-vous.",
            fields=("until",),
        )
    if not wanted.weekdays:
        return Refusal("", "Cochez au moins un jour où vous pouvez venir.", fields=("weekdays",))
    if not (wanted.mornings or wanted.afternoons):
        return Refusal("", "Cochez le matin, l’après-midi, ou les deux.", fields=("halves",))
    if not (wanted.on_site or wanted.from_afar):
        return Refusal("", "Cochez sur place, à distance, ou les deux.", fields=("ways",))
    return None


def still_kept(
    state: OfferState, kept_until: datetime, at: datetime, *, stands: bool
) -> Refusal | None:
    """Refuse an hour that is kept for the candidate no more; their meeting may stand, and a link never says when."""
    if state == OfferState.HELD and at < kept_until:
        return None
    own = " Votre rendez-vous tient toujours." if stands else ""
    return Refusal.permission(
        f"Cette heure n’est plus gardée pour vous.{own} Pour une autre heure, ouvrez votre rendez-vous."
    )


def may_keep_for(hours: int) -> Refusal | None:
    """Refuse to keep an hour for too short or too long."""
    if SHORTEST_HOLD <= hours <= LONGEST_HOLD:
        return None
    return Refusal(
        "",
        f"Écrivez un nombre d’heures entre {SHORTEST_HOLD} et {LONGEST_HOLD}.",
        fields=("hours",),
    )


def kept_until(
    at: datetime, latest: datetime, hours: int, works: Callable[[date], bool]
) -> datetime | None:
    """Return until when an hour is kept from a moment on; None when it would leave too little time to answer.

    Time to answer runs on working days, from nine to seven, by the clocks of the place: nothing lapses at
    night. Nothing is kept past `latest`, the last moment at which the hour may still be booked.
    """
    asked = timedelta(hours=hours)
    left, ends = asked, at
    for opens, closes in open_times(at, latest, works):
        ends = min(closes, opens + left)
        left -= ends - opens
        if not left:
            break
    return ends if asked - left >= LEAST else None


def open_times(
    at: datetime, latest: datetime, works: Callable[[date], bool]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when one may answer on each day between two moments."""
    day = at.date()
    while day <= latest.date():
        opens = max(at, datetime.combine(day, OPENS, at.tzinfo))
        closes = min(latest, datetime.combine(day, CLOSES, at.tzinfo))
        if works(day) and opens < closes:
            yield opens, closes
        day += DAY
