"""What tells of a seat in a workshop, of its half-days to come, and whoever is to lead one."""

import re
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.urls import reverse

from jalon.law.stages import ENDS
from jalon.law.vocabulary import EnrolmentState, Occasion, Role
from jalon.mailbox import appointments
from jalon.mailbox.agenda import Appointment
from jalon.mailbox.messages import Message, message
from jalon.mailbox.messages.meetings import JUST_TOLD
from jalon.mailbox.models import Category, Notice
from jalon.mailbox.recipients import holders
from jalon.now import now
from jalon.people.models import User
from jalon.support.models import Enrolment, HalfDay, Workshop
from jalon.support.workshop_lists import rank

Kind = TypeVar("Kind", bound="SeatMessage")


class SeatMessage(Message[Enrolment]):
    """A message about a seat, to its candidate; its key is the seat's number and that of its last change."""

    category = Category.DECISIONS
    #: How the seat stands for this to be true.
    state: ClassVar[EnrolmentState] = EnrolmentState.ENROLLED

    @classmethod
    def find(cls: type[Kind], key: str) -> Kind | None:
        """Return the message about the seat under a key."""
        number = re.match(r"\d+", key)
        known = Enrolment.objects.select_related(
            "workshop__site",
            "workshop__led_by",
            "journey__candidate",
            "journey__certification",
            "journey__organisation",
        )
        seat = known.filter(pk=number[0]).first() if number else None
        return cls(seat, key) if seat else None

    def recipients(self) -> list[User]:
        """Return the candidate."""
        return holders(self.about.journey, Role.CANDIDATE)

    def still_true(self) -> bool:
        """Say whether neither the seat nor its workshop changed since this was written."""
        return self.key == self.about.told_as and self.stands

    @property
    def stands(self) -> bool:
        """Say whether the seat is as this says, in a journey that goes on."""
        return self.about.state == self.state and self.about.journey.stage not in ENDS

    def path(self) -> str:
        """Return the page of the workshop."""
        return reverse("candidate:workshop", args=[self.about.journey_id, self.about.workshop_id])

    def appointments(self, person: User) -> list[Appointment]:
        """Return each half-day to come, and what was taken out of the workshop, for the person's agenda."""
        kept = [one for one in self.half_days if not one.over]
        gone = self.about.workshop.withdrawn.filter(starts_at__gt=now())
        off = self.state == EnrolmentState.CANCELLED
        return [
            *(
                appointments.of_half_day(one, self.about, person.email, cancelled=off)
                for one in kept
            ),
            *(
                appointments.of_half_day(one, self.about, person.email, cancelled=True)
                for one in gone
            ),
        ]

    @property
    def half_days(self) -> list[HalfDay]:
        """Return the half-days of the workshop."""
        return list(self.about.workshop.half_days.select_related("workshop__site"))

    def context(self, person: User) -> dict[str, Any]:
        """Return the workshop, its half-days, and where it is."""
        workshop = self.about.workshop
        return {
            "workshop": workshop,
            "half_days": self.half_days,
            "journey": self.about.journey,
            "on_site": workshop.on_site,
            "waits": self.about.state == EnrolmentState.WAITING,
        }

    @property
    def begins(self) -> str:
        """Return when the workshop begins, in words."""
        first = next(iter(self.half_days), None)
        return f", {first}" if first else ""


@message(Occasion.WORKSHOP_JOINED)
class WorkshopJoined(SeatMessage):
    """A seat is taken."""

    name = "workshop_joined"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Place prise : {self.about.workshop}{self.begins}"


@message(Occasion.WORKSHOP_AWAITED)
class WorkshopAwaited(SeatMessage):
    """The workshop is full: the candidate waits."""

    name = "workshop_awaited"
    state = EnrolmentState.WAITING

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Liste d’attente : {self.about.workshop}{self.begins}"

    def appointments(self, person: User) -> list[Appointment]:
        """Return nothing: no seat is sure."""
        return []

    def context(self, person: User) -> dict[str, Any]:
        """Return also the place on the list."""
        return super().context(person) | {"rank": rank(self.about)}


@message(Occasion.WORKSHOP_MOVED_UP)
class WorkshopMovedUp(SeatMessage):
    """A seat is free: who waited longest has it."""

    name = "workshop_moved_up"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Une place est à vous : {self.about.workshop}{self.begins}"


class SeatGone(SeatMessage):
    """A seat, or a place on the list, is there no more: agendas forget what they were sent, if anything."""

    state = EnrolmentState.CANCELLED

    @cached_property
    def invited(self) -> bool:
        """Say whether the person was last told of a seat, and not of a place on the list."""
        told = Notice.objects.filter(about__startswith=f"{self.about.pk}.", message__in=SEAT_TOLD)
        last = told.order_by("-pk").first()
        return last is not None and last.message != WorkshopAwaited.name

    def appointments(self, person: User) -> list[Appointment]:
        """Return what is to be taken out of an agenda; nothing when no invitation was sent."""
        return super().appointments(person) if self.invited else []

    def context(self, person: User) -> dict[str, Any]:
        """Return also whether an invitation was sent, and whether the journey goes on, with the same team."""
        journey, workshop = self.about.journey, self.about.workshop
        return super().context(person) | {
            "invited": self.invited,
            "ended": journey.stage in ENDS,
            "elsewhere": journey.organisation_id != workshop.organisation_id,
        }


@message(Occasion.WORKSHOP_LEFT)
class WorkshopLeft(SeatGone):
    """The seat, or the place on the list, is given up: by the person, the team, or the end of the journey."""

    name = "workshop_left"

    @property
    def stands(self) -> bool:
        """Say whether the seat is given up; that the journey ended may be why."""
        return self.about.state == self.state

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Inscription annulée : {self.about.workshop}{self.begins}"


@message(Occasion.WORKSHOP_CHANGED)
class WorkshopChanged(SeatMessage):
    """The theme, the hours or the place are others; who waits is told too, and has nothing to note."""

    name = "workshop_changed"

    @property
    def stands(self) -> bool:
        """Say whether the candidate has a seat or waits, in a journey that goes on."""
        going_on = self.about.journey.stage not in ENDS
        return going_on and self.about.state != EnrolmentState.CANCELLED

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Atelier modifié : {self.about.workshop}{self.begins}"

    def appointments(self, person: User) -> list[Appointment]:
        """Return the half-days to whoever has a seat."""
        seated = self.about.state == EnrolmentState.ENROLLED
        return super().appointments(person) if seated else []


@message(Occasion.WORKSHOP_CANCELLED)
class WorkshopCancelled(SeatGone):
    """The whole workshop does not take place."""

    name = "workshop_cancelled"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Atelier annulé : {self.about.workshop}{self.begins}"


class HalfDayReminder(SeatMessage):
    """A half-day comes nearer; its key is that of the seat, then the number of the half-day."""

    category = Category.REMINDERS
    most_a_day = 2
    #: How long before it is sent, and until when it is of use.
    before: ClassVar[timedelta]
    until: ClassVar[timedelta]

    @property
    def half_day(self) -> HalfDay | None:
        """Return the half-day, None when it was taken out of its workshop."""
        number = self.key.rpartition(".")[2]
        return next((one for one in self.half_days if str(one.pk) == number), None)

    def when(self) -> datetime | None:
        """Return its hour; None when that is past, or when the person was told a moment ago."""
        if self.half_day is None:
            return None
        due_at = self.half_day.starts_at - self.before
        return due_at if due_at > now() + JUST_TOLD else None

    def still_true(self) -> bool:
        """Say whether the half-day stands as it was, and this is still of use."""
        half_day = self.half_day
        as_told = half_day is not None and self.key == f"{self.about.told_as}.{half_day.pk}"
        return bool(
            half_day and as_told and self.stands and now() < half_day.starts_at - self.until
        )

    def appointments(self, person: User) -> list[Appointment]:
        """Return nothing: the agenda knows."""
        return []

    def context(self, person: User) -> dict[str, Any]:
        """Return this half-day alone."""
        return super().context(person) | {"half_days": [self.half_day]}

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Rappel : {self.about.workshop}, {self.half_day}"


@message(Occasion.HALF_DAY_PLANNED)
class HalfDayInAWeek(HalfDayReminder):
    """A week before: time to leave the seat to another."""

    name = "half_day_in_a_week"
    before, until = timedelta(days=7), timedelta(days=2)


@message(Occasion.HALF_DAY_PLANNED)
class HalfDayInTwoDays(HalfDayReminder):
    """Two days before."""

    name = "half_day_in_two_days"
    before, until = timedelta(days=2), timedelta(hours=2)


#: The messages that say how a person stands in a workshop: the last one tells whether agendas know of it.
SEAT_TOLD = (WorkshopJoined.name, WorkshopMovedUp.name, WorkshopAwaited.name)


@message(Occasion.WORKSHOP_LED)
class WorkshopLed(Message[Workshop]):
    """Somebody is named to lead a workshop by a colleague; the key ends with their number and the moment."""

    name = "workshop_led"
    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "WorkshopLed | None":
        """Return the message about the workshop under a key."""
        said = re.fullmatch(r"(\d{1,18})\.\d{1,18}\.\d{12}", key)
        known = Workshop.objects.select_related("site", "led_by")
        workshop = known.filter(pk=said[1]).first() if said else None
        return cls(workshop, key) if workshop else None

    def recipients(self) -> list[User]:
        """Return who leads."""
        return [self.about.led_by]

    def still_true(self) -> bool:
        """Say whether the person who was named still leads it, and it is held."""
        named = self.key.split(".")[1]
        return named == str(self.about.led_by_id) and self.about.cancelled_at is None

    def appointments(self, person: User) -> list[Appointment]:
        """Return each half-day to come, for the agenda of who leads."""
        half_days = self.about.half_days.select_related("workshop__site")
        return [appointments.of_led(one) for one in half_days if not one.over]

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Vous animez un atelier\N{NO-BREAK SPACE}: {self.about.theme.label}"

    def path(self) -> str:
        """Return the page of the workshop."""
        return reverse("architect:workshop", args=[self.about.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return the workshop, its half-days and how many people come."""
        return {
            "workshop": self.about,
            "half_days": list(self.about.half_days.select_related("workshop__site")),
            "seated": self.about.enrolments.seated().count(),
        }
