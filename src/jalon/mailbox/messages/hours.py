"""What tells a candidate that hours wait for their signature, and that their certificate is ready."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.law.clocks import french
from jalon.law.facts import ServiceCertified
from jalon.law.plurals import counted
from jalon.law.signatures import lasting
from jalon.law.vocabulary import Event, Occasion, Presence, Role
from jalon.mailbox.messages import EventMessage, message
from jalon.mailbox.messages.remarks import LOOKED_AT, Digest, Reader
from jalon.mailbox.models import Category
from jalon.now import midnight, now
from jalon.people.models import User
from jalon.support.attendance import Hours, hours_of
from jalon.support.models import AttendanceEntry


@message(Occasion.HOURS_TO_SIGN)
class HoursToSign(Digest):
    """Half-days at which the person was noted as present, and that they have not signed."""

    name = "hours_to_sign"
    category = Category.REMINDERS

    def recipients(self) -> list[User]:
        """Return the person, when something waits; nobody writes to the dead."""
        return super().recipients() if self.about.person.deceased_on is None else []

    @cached_property
    def files(self) -> list[Hours]:
        """Return the hours of half-days that ended, noted since the person was last told, to be signed."""
        half_days = set(
            noted_since(self.since)
            .filter(enrolment__journey__candidate=self.about.person)
            .values_list("half_day", flat=True)
        )
        own = Journey.objects.filter(candidate=self.about.person) if half_days else []
        return [
            one
            for journey in own
            for one in hours_of(journey)
            if one.to_sign and one.half_day and one.half_day.pk in half_days
        ]

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"{self.count} à signer"

    @property
    def count(self) -> str:
        """Return how many half-days wait, in words."""
        return counted(len(self.files), "demi-journée")

    def path(self) -> str:
        """Return the page of the hours."""
        journey = self.files[0].journey
        assert journey
        return reverse("candidate:hours", args=[journey.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return the hours, and how many half-days they are."""
        return {"hours": self.files, "count": self.count}


def noted_since(moment: datetime) -> Any:
    """Return the presences of half-days that ended, when either came from a moment on."""
    late = Q(noted_at__gte=moment) | Q(half_day__ends_at__gte=moment)
    return AttendanceEntry.objects.filter(
        late, presence=Presence.PRESENT, half_day__ends_at__lte=now()
    )


def to_sign(on: date) -> list[str]:
    """Return the keys of those to whom there may be hours to tell on a day."""
    noted = noted_since(midnight(on) - LOOKED_AT)
    people = User.objects.filter(pk__in=noted.values("enrolment__journey__candidate"))
    return [Reader(one, on).pk for one in people.order_by("pk")]


@message(Event.SERVICE_CERTIFIED)
class CertificateReady(EventMessage):
    """The certificate of the hours that were signed is among the documents of the candidate."""

    name = "certificate_ready"
    roles = frozenset({Role.CANDIDATE})

    def title(self) -> str:
        """Return what the page of notices says."""
        return "Votre certificat de réalisation est prêt"

    def context(self, person: User) -> dict[str, Any]:
        """Return the hours that it counts, of which days, and whether others wait to be signed."""
        facts = self.entry.facts_as(ServiceCertified)
        return super().context(person) | {
            "signed": lasting(facts.individual_signed + facts.group_signed),
            "since": french(facts.since),
            "until": french(facts.until),
            "waiting": facts.waiting,
        }
