"""What tells of the meetings of an agenda: taken, moved, cancelled, and three reminders to the candidate."""

import re
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse

from jalon.law.stages import ENDS
from jalon.law.vocabulary import MeetingMode, Occasion, Role
from jalon.mailbox import appointments
from jalon.mailbox.agenda import Appointment
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category
from jalon.mailbox.recipients import accompanists_of, holders
from jalon.now import now
from jalon.people.models import User
from jalon.support.links import token_of
from jalon.support.models import Booking

#: Whoever just chose an hour is not reminded of it so soon.
JUST_TOLD = timedelta(hours=6)


class BookingMessage(Message[Booking]):
    """A message about a meeting, to its candidate; its key is the meeting's number and its revision."""

    category = Category.DECISIONS

    @classmethod
    def find(cls, key: str) -> "BookingMessage | None":
        """Return the message about the meeting under a key."""
        number = re.match(r"\d+", key)
        known = Booking.objects.select_related(
            "architect",
            "site",
            "journey__candidate",
            "journey__certification",
            "journey__organisation",
        )
        booking = known.filter(pk=number[0]).first() if number else None
        return cls(booking, key) if booking else None

    def recipients(self) -> list[User]:
        """Return the candidate."""
        return holders(self.about.journey, Role.CANDIDATE)

    def still_true(self) -> bool:
        """Say whether the meeting is still to come, as it was when this was written."""
        going_on = self.about.journey.stage not in ENDS
        return self.key == self.about.told_as and self.about.awaited and going_on

    def path(self) -> str:
        """Return the page of the meeting."""
        return reverse("candidate:booking", args=[self.about.journey_id])

    def appointment(self, person: User) -> Appointment | None:
        """Return the hour, for the person's agenda."""
        return appointments.of_booking(self.about, person.email)

    def context(self, person: User) -> dict[str, Any]:
        """Return where, when, with whom, and whether the person is the candidate."""
        return {
            "booking": self.about,
            "journey": self.about.journey,
            "architect": self.about.architect,
            "mine": self.about.journey.candidate_id == person.pk,
            "on_site": self.about.mode == MeetingMode.ON_SITE,
            "by_phone": self.about.mode == MeetingMode.PHONE,
            "change": self.linked("booking"),
            "earlier": self.linked("earlier"),
        }

    def linked(self, page: str) -> str:
        """Return the address of a page of the meeting that opens without signing in."""
        return settings.SITE_ADDRESS + reverse(f"public:{page}", args=[token_of(self.about)])


@message(Occasion.BOOKING_MADE)
class BookingMade(BookingMessage):
    """An hour is taken."""

    name = "booking_made"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Rendez-vous pris : {self.about.when}"


@message(Occasion.BOOKING_MOVED)
class BookingMoved(BookingMessage):
    """The hour is another one."""

    name = "booking_moved"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Rendez-vous déplacé : {self.about.when}"


@message(Occasion.BOOKING_PLACED)
class BookingPlaced(BookingMessage):
    """The hour stays, the place is another one."""

    name = "booking_placed"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Rendez-vous, le lieu change : {self.about.when}"


@message(Occasion.BOOKING_GIVEN_UP)
class BookingGivenUp(BookingMessage):
    """The meeting does not take place."""

    name = "booking_given_up"

    def still_true(self) -> bool:
        """Say whether it is given up: nothing brings it back."""
        return self.about.given_up_at is not None

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Rendez-vous annulé : {self.about.when}"

    def context(self, person: User) -> dict[str, Any]:
        """Return also whether another meeting may be chosen."""
        going_on = self.about.journey.stage not in ENDS
        return super().context(person) | {"may_choose": going_on}


@message(
    Occasion.BOOKING_MADE,
    Occasion.BOOKING_MOVED,
    Occasion.BOOKING_PLACED,
    Occasion.BOOKING_GIVEN_UP,
)
class BookingTold(BookingMessage):
    """Who accompanies is told of what their candidate, or a colleague, did of their agenda."""

    name = "booking_told"
    category = Category.PROGRESS

    def recipients(self) -> list[User]:
        """Return the architect, unless they did it themselves; whoever answers for them once they left."""
        told = accompanists_of(self.about.journey.organisation_id, self.about.architect_id)
        return [person for person in told if person.pk != self.about.changed_by_id]

    def still_true(self) -> bool:
        """Say whether nothing was changed since."""
        return self.key == self.about.told_as

    def path(self) -> str:
        """Return the week of the meeting: whoever had the file once still opens their own agenda."""
        return f"{reverse('architect:agenda')}?semaine={self.about.on.isoformat()}"

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"{self.about.journey.candidate}, rendez-vous {self.what} : {self.about.when}"

    @property
    def what(self) -> str:
        """Return what was done, in a word."""
        if self.about.given_up_at is not None:
            return "annulé"
        return "déplacé" if self.about.revision else "pris"

    def context(self, person: User) -> dict[str, Any]:
        """Return also what was done."""
        return super().context(person) | {"what": self.what}


class BookingReminder(BookingMessage):
    """The meeting comes nearer; once the next reminder is due, or the hour has come, it is of no use."""

    category = Category.REMINDERS
    most_a_day = 2
    #: How long before the meeting it is sent, and until when it is of use.
    before: ClassVar[timedelta]
    until: ClassVar[timedelta] = timedelta()

    def when(self) -> datetime | None:
        """Return its hour; None when that is past, or when the person was told a moment ago."""
        due_at = self.about.starts_at - self.before
        return due_at if due_at > now() + JUST_TOLD else None

    def still_true(self) -> bool:
        """Say whether the meeting stands as it was, and this is still of use."""
        return super().still_true() and now() < self.about.starts_at - self.until

    def appointment(self, person: User) -> None:
        """Return nothing: the agenda knows."""

    def title(self) -> str:
        """Return what the page of notices says."""
        return f"Rappel : rendez-vous {self.about.when}"


@message(Occasion.BOOKING_MADE, Occasion.BOOKING_MOVED, Occasion.BOOKING_PLACED)
class BookingInAWeek(BookingReminder):
    """A week before: time to say that one cannot come."""

    name = "booking_in_a_week"
    before, until = timedelta(days=7), timedelta(days=2)


@message(Occasion.BOOKING_MADE, Occasion.BOOKING_MOVED, Occasion.BOOKING_PLACED)
class BookingInTwoDays(BookingReminder):
    """Two days before."""

    name = "booking_in_two_days"
    before, until = timedelta(days=2), timedelta(hours=2)


@message(Occasion.BOOKING_MADE, Occasion.BOOKING_MOVED, Occasion.BOOKING_PLACED)
class BookingInTwoHours(BookingReminder):
    """Two hours before."""

    name = "booking_in_two_hours"
    before = timedelta(hours=2)
