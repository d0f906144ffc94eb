"""What tells staff, on the mornings of working days, who comes, which files are late and which wait for them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jalon.journeys import lists
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing
from jalon.juries.queries import hearings_of_day
from jalon.law.plurals import plural
from jalon.law.vocabulary import Occasion, Role, Territory
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category, Notice
from jalon.mailbox.preferences import gets_the_morning
from jalon.mailbox.recipients import members
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.support import thread
from jalon.support.models import Booking, HalfDay
from jalon.support.queries import is_away, left_alone, received_on
from jalon.support.territories import is_worked
from jalon.support.workshop_lists import led_between, left_unled

#: Who has files of their own to look at each morning.
STAFF = (Role.ARCHITECT, Role.HEAD, Role.CERTIFIER)
#: How many files the e-mail names; the list has them all.
NAMED = 10


@dataclass(frozen=True)
class Day:
    """A day, as what a message is about: its key is its date."""

    on: date

    @property
    def pk(self) -> str:
        """Return the key under which the message of the day is found again."""
        return self.on.isoformat()


@dataclass(frozen=True)
class Morning:
    """The day of somebody: whom they meet, what they lead, who is heard, what is late and what waits for them.

    For who leads a team, also the meetings of who is absent that day and replaced by nobody, and the workshops that
    they were to lead.
    """

    meetings: tuple[Booking, ...]
    workshops: tuple[HalfDay, ...]
    hearings: tuple[Hearing, ...]
    late: tuple[Journey, ...]
    waiting: tuple[Journey, ...]
    alone: tuple[Booking, ...] = ()
    unled: tuple[HalfDay, ...] = ()
    #: How many candidates wrote and wait for an answer.
    written: int = 0

    def __bool__(self) -> bool:
        theirs = (self.meetings, self.workshops, self.hearings, self.late, self.waiting)
        return bool(self.written) or any((*theirs, self.alone, self.unled))


@message(Occasion.MORNING)
class MorningFiles(Message[Any]):
    """« 2 rendez-vous, 3 dossiers en retard »: one e-mail on a working day, none when there is nothing to say.

    Whoever is away gets none: who replaces them reads their day, else who leads their team reads whom nobody receives.
    """

    name = "morning_files"
    category = Category.REMINDERS

    def __init__(self, about: Day) -> None:
        super().__init__(about)
        self.known: dict[int, Morning] = {}

    @classmethod
    def find(cls, key: str) -> "MorningFiles":
        """Return the message of a day."""
        return cls(Day(date.fromisoformat(key)))

    def recipients(self) -> list[User]:
        """Return the staff who are there, want it, and have something to look at; nobody on a day off."""
        if not is_worked(Territory.METROPOLE, self.about.on):
            return []
        return [person for person in self.staff if self.reads(person) and self.morning(person)]

    def reads(self, person: User) -> bool:
        """Say whether somebody is there today and wants to be told."""
        return gets_the_morning(person) and not is_away(person, self.about.on)

    @cached_property
    def staff(self) -> list[User]:
        """Return everyone who may have files of their own, once each."""
        found = {person.pk: person for person in members(Q(role__in=STAFF))}
        return list(found.values())

    def morning(self, person: User) -> Morning:
        """Return the day of somebody, looked up once."""
        if person.pk not in self.known:
            self.known[person.pk] = day_of(person, self.about.on)
        return self.known[person.pk]

    def still_true(self) -> bool:
        """Say whether the day is not over."""
        return bool(self.about.on == today())

    def title(self) -> str:
        """Return what the page of notices says."""
        return "Votre journée"

    def path(self) -> str:
        """Return the address that leads each person to their own list."""
        return reverse("public:after_sign_in")

    def notice(self, person: User, due_at: datetime) -> Notice:
        """Return the notice of the day: it says how many, and whose only on the page."""
        notice = super().notice(person, due_at)
        notice.title = said(self.morning(person))
        return notice

    def context(self, person: User) -> dict[str, Any]:
        """Return how much there is of each, whom the person meets, and the first files."""
        found = self.morning(person)
        return {
            "said": said(found),
            "meetings": found.meetings,
            "workshops": found.workshops,
            "hearings": found.hearings,
            "alone": found.alone,
            "unled": found.unled,
            "late": found.late[:NAMED],
            "waiting": found.waiting[:NAMED],
            "more": max(len(found.late) - NAMED, 0) + max(len(found.waiting) - NAMED, 0),
        }


def day_of(person: User, day: date) -> Morning:
    """Return whom somebody meets on a day, with those of whom they replace; what is late or waits, the most urgent first."""
    mine = bool(roles(person) & {Role.ARCHITECT, Role.HEAD})
    leads = Role.HEAD in roles(person)
    found = list(lists.to_look_at(person, mine=mine))
    return Morning(
        meetings=tuple(received_on(person, day)) if mine else (),
        workshops=tuple(led_between(person, day, day)) if mine else (),
        hearings=tuple(hearings_of_day(person, day)) if mine else (),
        late=tuple(one for one in found if one.turn == lists.LATE),
        waiting=tuple(one for one in found if one.turn == lists.WAITS_FOR_ME),
        alone=tuple(left_alone(person, day)) if leads else (),
        unled=tuple(left_unled(person, day)) if leads else (),
        written=thread.awaiting(person, mine=True).count() if mine else 0,
    )


def said(morning: Morning) -> str:
    """Return how much there is of each, in words and without a name."""
    late, waiting = len(morning.late), len(morning.waiting)
    words = [
        counted(len(morning.meetings), "rendez-vous", "rendez-vous"),
        counted(len(morning.workshops), "atelier", "ateliers"),
        counted(len(morning.hearings), "passage devant un jury", "passages devant un jury"),
        counted(
            len(morning.alone),
            "rendez-vous que personne ne reçoit",
            "rendez-vous que personne ne reçoit",
        ),
        counted(
            len(morning.unled), "atelier que personne n’anime", "ateliers que personne n’anime"
        ),
        counted(
            morning.written,
            "candidat attend votre réponse",
            "candidats attendent votre réponse",
        ),
        counted(late, "dossier en retard", "dossiers en retard"),
    ]
    if late:
        words.append(counted(waiting, "à traiter aujourd’hui", "à traiter aujourd’hui"))
    else:
        words.append(
            counted(waiting, "dossier à traiter aujourd’hui", "dossiers à traiter aujourd’hui")
        )
    return ", ".join(word for word in words if word)


def counted(number: int, one: str, several: str) -> str:
    """Return how many of a thing there are, in words; nothing for none."""
    return f"{number} {plural(number, several, one)}" if number else ""
