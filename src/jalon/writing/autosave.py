"""A text saved as it is typed: what two pages write at once is put together, a repeated request is done once.

A page says what its text was written from, and numbers what it sends. What it sent before without reading the
answer is known here: the words that follow are set against those, not against older ones.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.law.rulebook import Refused, refuse
from jalon.law.vocabulary import VersionReason
from jalon.law.writing import may_keep, may_stand_together, written_from
from jalon.now import now
from jalon.people.models import User
from jalon.writing import homes, versions
from jalon.writing.homes import NoSuchText, Place
from jalon.writing.merging import merge
from jalon.writing.models import Pen

#: How many pages of a field are remembered: one that slept longer writes against what it was shown.
MOST_PENS = 20
#: How many pages somebody has on a journey, all fields together.
MOST_PAGES = 400


@dataclass(frozen=True)
class Typed:
    """What a page sends: its text, what it was written from, and the last answer that it read."""

    pen: uuid.UUID
    number: int
    after: int
    base: str
    text: str


@dataclass(frozen=True)
class Kept:
    """What stands now, since when; and what somebody else wrote of the same passage, if they did.

    `before` and `version` number the text of a competence, before and after.
    """

    text: str
    at: datetime
    theirs: str = ""
    before: int = 0
    version: int = 0

    @property
    def revision(self) -> str:
        """Return what tells this text from any other."""
        return sha256(self.text.encode()).hexdigest()[:16]


#: What became of a text among others: kept, or why it was not.
Outcome = Kept | NoSuchText | Refused


@transaction.atomic
def together(saves: Iterable[Callable[[], Kept]]) -> list[Outcome]:
    """Save several texts, wholly or not at all; one that is refused leaves the others be."""
    return [tried(save) for save in saves]


def tried(save: Callable[[], Kept]) -> Outcome:
    """Save a text in a transaction of its own, and return what became of it."""
    try:
        with transaction.atomic():
            return save()
    except (NoSuchText, Refused) as why:
        return why


@transaction.atomic
def save(journey_id: uuid.UUID, by: User, subject: str, field: str, typed: Typed) -> Kept:
    """Save what a page sends, beside what others wrote meanwhile; raises `NoSuchText`, `Refused`."""
    place = Place(locked(journey_id), by, subject, field)
    window = homes.home(place).window
    if not capacity(by, place.journey) & window.writers:
        raise NoSuchText
    return saved(place, typed)


def saved(place: Place, typed: Typed) -> Kept:
    """Save what a page sends in a place where its writer may type, of a journey that is locked."""
    current, before = homes.read(place), version(place)
    pen = pen_of(place, typed)
    if pen and typed.number <= pen.number:
        return Kept(current, pen.saved_at, pen.theirs, before, before)
    refuse(may_keep(typed.text) or written_from(typed.base))
    base = pen.sent if pen and typed.after < pen.number else typed.base
    merged = merge(base, typed.text, current)
    if merged.text != current:
        refuse(may_stand_together(merged.text))
        if merged.apart:
            keep_both(place, typed.text)
        homes.write(place, merged.text)
    theirs = current if merged.apart else ""
    at = remember(place, typed, theirs)
    return Kept(merged.text, at, theirs, before, version(place))


def pen_of(place: Place, typed: Typed) -> Pen | None:
    """Return what a page sent of a field before; raises `NoSuchText` for a page of something else."""
    pen = Pen.objects.select_related("author", "aid").filter(pk=typed.pen).first()
    if pen is None:
        return None
    here = (place.journey.pk, place.hand, place.subject, place.field)
    if (pen.journey_id, pen.author or pen.aid, pen.subject, pen.field) != here:
        raise NoSuchText
    return pen


def remember(place: Place, typed: Typed, theirs: str) -> datetime:
    """Keep what a page sent, and return when; the pages that were silent the longest are forgotten."""
    at = now()
    sent = {"number": typed.number, "sent": typed.text, "theirs": theirs, "saved_at": at}
    own = {"journey": place.journey, **place.typist}
    here = own | {"subject": place.subject, "field": place.field}
    _, made = Pen.objects.update_or_create(pk=typed.pen, defaults=sent, create_defaults=here | sent)
    if made:
        forget_oldest(Pen.objects.filter(**here), MOST_PENS)
        forget_oldest(Pen.objects.filter(**own), MOST_PAGES)
    return at


def forget_oldest(pens: QuerySet[Pen], most: int) -> None:
    """Forget the pages that were silent the longest, above the most that are remembered."""
    old = pens.order_by("-saved_at", "-pk").values_list("pk", flat=True)[most:]
    Pen.objects.filter(pk__in=list(old)).delete()


def version(place: Place) -> int:
    """Return the number of the text of a competence; 0 for a text that is not numbered."""
    if place.kind != "section":
        return 0
    return homes.section(place).version


def keep_both(place: Place, mine: str) -> None:
    """Keep two texts of a competence that were written of the same passage, as versions to read again."""
    if place.kind != "section":
        return
    section = homes.section(place)
    versions.keep([section], VersionReason.SAVED)
    setattr(section, place.field, mine)
    section.saved_by, section.saved_at = place.by, now()
    versions.keep([section], VersionReason.SAVED)
