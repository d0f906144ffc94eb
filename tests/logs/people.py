"""What is looked for in a log: everything that the database of a test knows about people.

A last name alone is looked for as a word with its capital: those of the demonstration are the names of
tools, which no program writes so. A first name alone is not: « Claire » begins a sentence of the code.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.core import mail

from jalon.law.clocks import french
from jalon.mailbox.models import AccountMail, Notice, RecordedMail
from jalon.people.models import CandidateProfile, User

#: A birth date as forms send it, as papers print it, as people write it.
WRITTEN = ("%Y-%m-%d", "%d/%m/%Y")


def told_apart() -> None:
    """Give each person a telephone, and each candidate a birth date and a street, of their own."""
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(
            phone=f"06 39 98 {person.pk // 100 % 100:02} {person.pk % 100:02}"
        )
    for profile in CandidateProfile.objects.all():
        CandidateProfile.objects.filter(pk=profile.pk).update(
            born_on=date(1971, 1 + profile.pk % 12, 1 + profile.pk % 28),
            street=f"{profile.pk} impasse de l’Essai",
        )


def known() -> Iterator[re.Pattern[str]]:
    """Yield what a log may not hold."""
    for person in User.objects.all():
        yield from of_a_person(person)
    for profile in CandidateProfile.objects.all():
        yield from map(anyhow, (profile.street, profile.phone) if profile.street else ())
        if profile.born_on:
            forms = [profile.born_on.strftime(one) for one in WRITTEN]
            yield from map(anyhow, [*forms, french(profile.born_on)])
    subjects = {
        *Notice.objects.values_list("subject", flat=True),
        *RecordedMail.objects.values_list("subject", flat=True),
        *AccountMail.objects.values_list("subject", flat=True),
        *(one.subject for one in mail.outbox),
    }
    yield from map(anyhow, filter(None, subjects))


def of_a_person(person: User) -> Iterator[re.Pattern[str]]:
    """Yield the names, address and telephone of a person, in each way they are written."""
    yield anyhow(person.email)
    for one, other in (
        (person.first_name, person.last_name),
        (person.last_name, person.first_name),
    ):
        yield re.compile(rf"{re.escape(one)}\W+{re.escape(other)}", re.IGNORECASE)
    yield re.compile(rf"\b{re.escape(person.last_name)}\b")
    if digits := re.sub(r"\D", "", person.phone):
        yield re.compile(r"\D?".join(digits))


def anyhow(text: str) -> re.Pattern[str]:
    """Return a text to look for in any case."""
    return re.compile(re.escape(text), re.IGNORECASE)


def found_in(log: str) -> list[str]:
    """Return what is known about people and stands in a log; escapes of JSON are read as what they mean."""
    return sorted({found[0] for one in known() for found in one.finditer(log)})
