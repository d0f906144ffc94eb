"""Whom people may reach: the organisation that runs this installation, as its office last said."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, transaction

from jalon.law.rulebook import Refusal, Refused
from jalon.law.vocabulary import Role
from jalon.now import now
from jalon.people.models import ContactDetails, User
from jalon.people.policy import roles

#: How long a process trusts what it read, in seconds: every page shows it, and it hardly changes.
TRUSTED = 30.0


@dataclass(frozen=True)
class Contact:
    """The organisation as its own leaflet presents it."""

    name: str
    email: str
    phone: str
    site: str

    @property
    def dialled(self) -> str:
        """Return the phone number as a telephone wants it."""
        return "+33" + self.phone.replace(" ", "")[1:]


class Memory:
    """What this process read last, and until when it holds."""

    def __init__(self) -> None:
        self.contact: Contact | None = None
        self.until = 0.0

    def keep(self, contact: Contact) -> None:
        """Hold on to what was read."""
        self.contact, self.until = contact, time.monotonic() + TRUSTED

    def forget(self) -> None:
        """Read again next time."""
        self.contact = None


memory = Memory()


def contact() -> Contact:
    """Return whom people are told to call or to write to; without a database, what settings say."""
    if memory.contact is None or time.monotonic() >= memory.until:
        try:
            memory.keep(read())
        except DatabaseError:  # a page that says that the database is away shows whom to call
            return first_said()
    return contact_in_memory()


def contact_in_memory() -> Contact:
    """Return whom to call as this process last knew it, asking nothing of a database that is away."""
    return memory.contact or first_said()


def read() -> Contact:
    """Return what the office wrote, or what the settings say until it writes."""
    said = ContactDetails.objects.values("name", "email", "phone", "site").first()
    return Contact(**said) if said else first_said()


def first_said() -> Contact:
    """Return what the settings say."""
    return Contact(
        name=settings.CONTACT_NAME,
        email=settings.CONTACT_EMAIL,
        phone=settings.CONTACT_PHONE,
        site=settings.CONTACT_SITE,
    )


def change_contact(by: User, contact: Contact) -> None:
    """Say from now on, on every page and e-mail, whom to call; raises `Refused`."""
    if Role.ADMINISTRATOR not in roles(by):
        raise Refused(Refusal.permission("Seul un administrateur change les coordonnées."))
    ContactDetails.objects.update_or_create(
        pk=ContactDetails.ONLY, defaults=vars(contact) | {"changed_by": by, "changed_at": now()}
    )
    transaction.on_commit(memory.forget)
