"""What tells staff, once a day, which of their files are late and which wait for them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Occasion, Role
from jalon.mailbox.messages import Message, message
from jalon.mailbox.models import Category, Notice
from jalon.mailbox.recipients import members
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import roles

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
class Files:
    """The files of somebody on a day: those that are late, and those that wait for them."""

    late: tuple[Journey, ...]
    waiting: tuple[Journey, ...]

    def __bool__(self) -> bool:
        return bool(self.late or self.waiting)


@message(Occasion.MORNING)
class MorningFiles(Message[Any]):
    """« 3 dossiers en retard, 2 à traiter aujourd’hui »: one e-mail a day, none when nothing waits."""

    name = "morning_files"
    category = Category.REMINDERS

    def __init__(self, about: Day) -> None:
        super().__init__(about)
        self.known: dict[int, Files] = {}

    @classmethod
    def find(cls, key: str) -> "MorningFiles":
        """Return the message of a day."""
        return cls(Day(date.fromisoformat(key)))

    def recipients(self) -> list[User]:
        """Return the staff who have something to look at."""
        return [person for person in self.staff if self.files(person)]

    @cached_property
    def staff(self) -> list[User]:
        """Return everyone who may have files of their own, once each."""
        found = {person.pk: person for person in members(Q(role__in=STAFF))}
        return list(found.values())

    def files(self, person: User) -> Files:
        """Return what waits for somebody, looked up once."""
        if person.pk not in self.known:
            self.known[person.pk] = files_of_the_day(person)
        return self.known[person.pk]

    def still_true(self) -> bool:
        """Say whether the day is not over."""
        return bool(self.about.on == today())

    def title(self) -> str:
        """Return what the page of notices says."""
        return "Vos dossiers du jour"

    def path(self) -> str:
        """Return the address that leads each person to their own list."""
        return reverse("public:after_sign_in")

    def notice(self, person: User, due_at: datetime) -> Notice:
        """Return the notice of the day: it says how many, and whose only on the page."""
        notice = super().notice(person, due_at)
        notice.title = said(self.files(person))
        return notice

    def context(self, person: User) -> dict[str, Any]:
        """Return how many files are late and waiting, and the first of each."""
        files = self.files(person)
        return {
            "said": said(files),
            "late": files.late[:NAMED],
            "waiting": files.waiting[:NAMED],
            "more": max(len(files.late) - NAMED, 0) + max(len(files.waiting) - NAMED, 0),
        }


def files_of_the_day(person: User) -> Files:
    """Return what is late and what waits among somebody's own files, the most urgent first."""
    mine = bool(roles(person) & {Role.ARCHITECT, Role.HEAD})
    found = list(queries.to_look_at(person, mine=mine))
    return Files(
        late=tuple(one for one in found if one.turn == queries.LATE),
        waiting=tuple(one for one in found if one.turn == queries.WAITS_FOR_ME),
    )


def said(files: Files) -> str:
    """Return how many files are late and how many wait, in words."""
    late, waiting = len(files.late), len(files.waiting)
    words = []
    if late:
        words.append(f"{late} dossier{'s' if late > 1 else ''} en retard")
    if waiting:
        noun = "" if late else f" dossier{'s' if waiting > 1 else ''}"
        words.append(f"{waiting}{noun} à traiter aujourd’hui")
    return ", ".join(words)
