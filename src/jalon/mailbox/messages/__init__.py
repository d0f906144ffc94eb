"""A message is one class and two text files: to whom, when, in which words.

`name` names the files, `templates/mailbox/<name>_subject.txt` and `<name>_body.txt`. A chapter of
this folder registers it for an act, an event or an occasion with `@message(…)`; an act that the law
tells people of, and that has no message of its own, is told by a general one (`@general_message`).
"""

import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template import Context, engines
from django.urls import reverse

from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.snapshot import snapshot
from jalon.law.guidance import Guidance, guidance
from jalon.law.route_words import in_words_of
from jalon.law.vocabulary import Act, Event, Occasion, Role
from jalon.mailbox import recipients
from jalon.mailbox.agenda import Appointment, calendar_file
from jalon.mailbox.models import Category, Notice
from jalon.now import now
from jalon.people.contact import contact
from jalon.people.models import Organisation, User
from jalon.words import held_together

M = TypeVar("M", bound=models.Model)
Cause = Act | Event | Occasion
Kind = TypeVar("Kind", bound="type[Message[Any]]")
Entry = TypeVar("Entry", bound="type[EntryMessage]")

#: Every message by its name, and what each is told for; filled by the decorators below.
MESSAGES: dict[str, "type[Message[Any]]"] = {}
CAUSES: dict[Cause, list["type[Message[Any]]"]] = defaultdict(list)
GENERAL: list["type[EntryMessage]"] = []


def message(*causes: Cause) -> Callable[[Kind], Kind]:
    """Register a message for acts, events or occasions."""

    def register(kind: Kind) -> Kind:
        _name(kind)
        for cause in causes:
            CAUSES[cause].append(kind)
        return kind

    return register


def general_message(kind: Entry) -> Entry:
    """Register a message for the acts that have none of their own; the first that suits is sent."""
    _name(kind)
    GENERAL.append(kind)
    return kind


def _name(kind: "type[Message[Any]]") -> None:
    if MESSAGES.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"two messages are named {kind.name}")


def discover() -> None:
    """Import every chapter, so that the registries are full."""
    for chapter in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{chapter.name}")


class Message(Generic[M]):
    """Something to tell people, about one row; `about` is that row.

    Its key finds it again: the number of the row, and whatever else makes it true no more.
    """

    name: ClassVar[str]
    category: ClassVar[Category] = Category.PROGRESS
    #: How many e-mails of this kind, and of those that share its limit, a person gets in a day; 0 for all.
    most_a_day: ClassVar[int] = 0

    def __init__(self, about: M, key: str = "") -> None:
        self.about, self.key = about, key or str(about.pk)

    @classmethod
    def find(cls, key: str) -> "Message[M] | None":
        """Return the message about the row under a key, or None when that row is gone."""
        raise NotImplementedError

    def recipients(self) -> list[User]:
        """Return whom to tell."""
        raise NotImplementedError

    def when(self) -> datetime | None:
        """Return the moment to tell it, aware; None when it is too late to be of use."""
        return now()

    def still_true(self) -> bool:
        """Say whether it is still true; asked again when the e-mail leaves."""
        return True

    def is_for(self, person: User) -> bool:
        """Say whether it still is this person's to read; asked when the e-mail leaves. Who it is for then is told."""
        return True

    def title(self) -> str:
        """Return what the page of notices says."""
        raise NotImplementedError

    def path(self) -> str:
        """Return the address, on this site, of the page to open."""
        raise NotImplementedError

    def context(self, person: User) -> dict[str, Any]:
        """Return what the two files need, besides who is written to, whom to reach and the link."""
        return {}

    def notice(self, person: User, due_at: datetime) -> Notice:
        """Return the notice of this message to a person, not saved yet."""
        return Notice(
            message=self.name,
            about=self.key,
            person=person,
            title=self.title()[:250],
            path=self.path(),
            created_at=now(),
            due_at=due_at,
        )

    def mail(self, person: User) -> EmailMessage:
        """Return the e-mail to a person; answers to it reach the organisation."""
        reach = contact()
        context = {
            "person": person,
            "contact": reach,
            "link": settings.SITE_ADDRESS + self.path(),
            "choices": settings.SITE_ADDRESS + reverse("dossiers:mails"),
        } | self.context(person)
        mail = EmailMessage(
            subject=" ".join(written(f"mailbox/{self.name}_subject.txt", context).split()),
            body=written(f"mailbox/{self.name}_body.txt", context),
            to=[person.email],
            reply_to=[reach.email],
            # No answering machine answers it, and a mailbox can sort it by kind.
            headers={"Auto-Submitted": "auto-generated", "X-Jalon-Message": self.name},
        )
        for one in self.appointments(person):
            mail.attach(*attached(one))
        return mail

    def appointments(self, person: User) -> list[Appointment]:
        """Return all that an agenda takes of this message, each in a file of its own."""
        one = self.appointment(person)
        return [one] if one else []

    def appointment(self, person: User) -> Appointment | None:
        """Return what an agenda takes of this message, joined to the e-mail; None for most."""
        return None


class EntryMessage(Message[JournalEntry]):
    """A message about an act of a journey, to the roles that the law names for it.

    `roles` keeps some of those roles only: the others are told by the general message.
    """

    roles: ClassVar[frozenset[Role]] = frozenset(Role)
    #: Whether its files tell a candidate where they stand: what they say of next depends on it.
    guides: ClassVar[bool] = False

    @classmethod
    def suits(cls, entry: JournalEntry) -> bool:
        """Say whether a general message is the one for this act."""
        return True

    @classmethod
    def find(cls, key: str) -> "EntryMessage | None":
        """Return the message about a line of a journal."""
        entries = JournalEntry.objects.select_related(
            "journey__candidate",
            "journey__architect",
            "journey__certification",
            "journey__certifier",
            "journey__organisation",
        )
        entry = entries.filter(pk=key).first()
        return cls(entry) if entry else None

    @property
    def entry(self) -> JournalEntry:
        """Return the line of the journal."""
        return self.about

    @property
    def journey(self) -> Journey:
        """Return the journey."""
        return self.about.journey

    def recipients(self) -> list[User]:
        """Return the people whom the law names, in the roles of this message."""
        told = recipients.told_by_law(self.entry)
        return recipients.people(self.entry, [role for role in told if role in self.roles])

    def title(self) -> str:
        """Return what was done, in the words of the journal."""
        return in_words_of(self.journey.route, self.entry.done)

    def path(self) -> str:
        """Return the page of the journey, which leads everyone to their own."""
        return reverse("dossiers:journey", args=[self.journey.pk])

    def context(self, person: User) -> dict[str, Any]:
        """Return the journey, what was done, and whether it is the person's own."""
        return {
            "journey": self.journey,
            "certification": self.journey.certification,
            "certifier": reached(self.journey.certifier),
            "architect": self.journey.architect,
            "done": in_words_of(self.journey.route, self.entry.done),
            "mine": (mine := self.journey.candidate_id == person.pk),
            "guidance": self.guidance if mine and self.guides else None,
        }

    @cached_property
    def guidance(self) -> Guidance:
        """Return who acts now and what comes next, as the candidate's page says it."""
        return guidance(snapshot(self.journey, Role.CANDIDATE))

    def notice(self, person: User, due_at: datetime) -> Notice:
        """Return the notice of this message to a person, tied to the line of the journal."""
        notice = super().notice(person, due_at)
        notice.entry, notice.about = self.entry, ""
        return notice


class EventMessage(EntryMessage):
    """A message about an event: the law names nobody for it, the message names its own roles."""

    def recipients(self) -> list[User]:
        """Return the people who hold the roles of this message, without the author."""
        told = recipients.people(self.entry, [role for role in Role if role in self.roles])
        return [person for person in told if person.pk != self.entry.author_id]


def attached(appointment: Appointment) -> tuple[str, str, str]:
    """Return an appointment as a file joined to an e-mail: its name, its text, its kind."""
    kind = f"text/calendar; charset=utf-8; method={appointment.method}"
    return appointment.name, calendar_file(appointment), kind


def reached(organisation: Organisation) -> str:
    """Return how to reach an organisation: its name, then what is known of its address and phone."""
    known = (organisation.name, organisation.email, organisation.phone)
    return ", ".join(word for word in known if word)


def about_entry(entry: JournalEntry) -> list[Message[Any]]:
    """Return the messages about a line of a journal: its own, then the general one for an act."""
    found: list[Message[Any]] = []
    if entry.word:
        found += [kind(entry) for kind in CAUSES.get(entry.word, ())]
    if isinstance(entry.word, Act):
        found += [kind(entry) for kind in GENERAL if kind.suits(entry)][:1]
    return found


def about_occasion(occasion: Occasion, key: str) -> list[Message[Any]]:
    """Return the messages about something beside every journey."""
    found = (kind.find(key) for kind in CAUSES.get(occasion, ()))
    return [one for one in found if one]


def message_of(notice: Notice) -> Message[Any] | None:
    """Return the message of a notice, or None when it, or what it is about, is gone."""
    kind = MESSAGES.get(notice.message)
    return kind.find(notice.key) if kind else None


def written(template: str, context: dict[str, Any]) -> str:
    """Return a text file filled in: nothing escaped, no line left empty twice or begun by a sign."""
    page = engines["django"].engine.get_template(template)  # type: ignore[attr-defined]
    text = page.render(Context(context, autoescape=False))
    lines = (line.rstrip() for line in held_together(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
