"""What tells, once a day at most, that texts were read again, and that remarks were settled."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law.plurals import counted, plural
from jalon.law.vocabulary import Occasion, RemarkState
from jalon.law.writing import VALIDATION
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category, Notice
from jalon.mailbox.recipients import accompanists_of
from jalon.now import midnight, today
from jalon.people.models import User

#: How far one looks back for somebody who was never told.
LOOKED_AT = timedelta(days=7)
OF_JOURNEY = "attempts__validation__sections__remarks"


@dataclass(frozen=True)
class Reader:
    """Somebody to tell on a day: the key is their number and the date."""

    person: User
    on: date

    @property
    def pk(self) -> str:
        """Return the key under which the message is found again."""
        return f"{self.person.pk}.{self.on:%y%m%d}"


class Digest(Message[Any]):
    """One e-mail a day for all the remarks that a person should know of, and none without any."""

    category = Category.PROGRESS

    @classmethod
    def find(cls, key: str) -> "Digest | None":
        """Return the message to the person of a key, on its day."""
        said = re.fullmatch(r"(\d{1,9})\.(\d{6})", key)
        person = User.objects.filter(pk=said[1]).first() if said else None
        if said is None or person is None:
            return None
        return cls(Reader(person, datetime.strptime(said[2], "%y%m%d").date()))

    def recipients(self) -> list[User]:
        """Return the person, when there is something to tell."""
        return [self.about.person] if self.files else []

    def still_true(self) -> bool:
        """Say whether it is still the day, with something to tell."""
        return bool(self.about.on == today() and self.files)

    @cached_property
    def since(self) -> datetime:
        """Return the moment up to which the person was told already."""
        told = Notice.objects.filter(message=self.name, person=self.about.person)
        last = told.exclude(about=self.about.pk).order_by("-created_at").first()
        oldest = midnight(self.about.on) - LOOKED_AT
        return max(last.created_at, oldest) if last else oldest

    @cached_property
    def files(self) -> list[Any]:
        """Return the journeys concerned, each with how many remarks are to be told."""
        raise NotImplementedError

    @property
    def total(self) -> int:
        """Return how many remarks there are to tell, all journeys together."""
        return sum(one.told for one in self.files)

    def context(self, person: User) -> dict[str, Any]:
        """Return what the title says, and each journey with its count."""
        return {
            "said": self.title(),
            "count": counted(self.total, "remarque"),
            "files": self.files,
        }


@message(Occasion.REMARKS_SAID)
class RemarksSaid(Digest):
    """« Vos textes sont relus : 3 remarques », to the candidate."""

    name = "remarks_said"

    @cached_property
    def files(self) -> list[Any]:
        """Return the person's journeys on which remarks were said since, and wait."""
        own = said_since(self.since).filter(candidate=self.about.person)
        return list(own.select_related("certification").order_by("registered_at"))

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Vos textes sont relus : {counted(self.total, 'remarque')}"

    def path(self) -> str:
        """Return the page of the file that was read again."""
        return reverse("writing:validation", args=[self.files[0].pk])


@message(Occasion.REMARKS_SETTLED)
class RemarksSettled(Digest):
    """Remarks were settled by candidates, to who accompanies them."""

    name = "remarks_settled"

    @cached_property
    def files(self) -> list[Any]:
        """Return the journeys that the person follows on which remarks were settled since."""
        found = settled_since(self.since).order_by("reference")
        return [one for one in found if self.about.person in told_for(one)]

    def title(self) -> str:
        """Return what the page of notices says."""
        settled = f"{counted(self.total, 'remarque')} traitée{plural(self.total)}"
        return f"{settled} par vos candidats"

    def path(self) -> str:
        """Return the file, when there is one, or the way to one's own list."""
        if len(self.files) == 1:
            return reverse("writing:follow", args=[self.files[0].pk])
        return reverse("public:after_sign_in")


def told_for(journey: Journey) -> list[User]:
    """Return who is told of what a candidate did of remarks."""
    return accompanists_of(journey.organisation_id, journey.architect_id)


def with_count(which: Q) -> QuerySet[Journey, Any]:
    """Return the journeys whose file is being written and that bear some remarks, each with how many."""
    written = Journey.objects.filter(stage__in=VALIDATION.stages)
    return written.annotate(told=Count(OF_JOURNEY, filter=which, distinct=True)).filter(told__gt=0)


def said_since(moment: datetime) -> QuerySet[Journey, Any]:
    """Return the journeys on which remarks were said from a moment on, and still wait."""
    return with_count(
        Q(**{f"{OF_JOURNEY}__state": RemarkState.OPEN, f"{OF_JOURNEY}__said_at__gte": moment})
    )


def settled_since(moment: datetime) -> QuerySet[Journey, Any]:
    """Return the journeys on which remarks were settled from a moment on."""
    return with_count(Q(**{f"{OF_JOURNEY}__settled_at__gte": moment}))


def to_tell(on: date) -> list[tuple[Occasion, str]]:
    """Return whom there may be something to tell on a day: each occasion, and its key."""
    oldest = midnight(on) - LOOKED_AT
    candidates = {one.candidate for one in said_since(oldest).select_related("candidate")}
    staff = {person for one in settled_since(oldest) for person in told_for(one)}
    return [
        (occasion, Reader(person, on).pk)
        for occasion, people in (
            (Occasion.REMARKS_SAID, candidates),
            (Occasion.REMARKS_SETTLED, staff),
        )
        for person in sorted(people, key=lambda one: one.pk)
    ]
