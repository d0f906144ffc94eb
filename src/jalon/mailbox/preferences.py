"""What people chose not to receive by e-mail, by category; the notice in Jalon stays."""

from collections.abc import Collection, Iterable

from django.db import transaction

from jalon.mailbox.models import Category, MorningOff, SwitchedOff
from jalon.people.models import User


def wanted(person: User) -> list[Category]:
    """Return the categories that a person receives, in order."""
    off = set(SwitchedOff.objects.filter(person=person).values_list("category", flat=True))
    return [category for category in Category if category not in off]


@transaction.atomic
def choose(person: User, kept: Collection[Category]) -> None:
    """Receive these categories, and those that nobody does without."""
    SwitchedOff.objects.filter(person=person).delete()
    SwitchedOff.objects.bulk_create(
        SwitchedOff(person=person, category=category)
        for category in Category
        if category.switchable and category not in kept
    )


def switched_off(people: Iterable[int]) -> set[tuple[int, str]]:
    """Return which of these people (by id) do without which categories, in one statement."""
    found = SwitchedOff.objects.filter(person__in=set(people))
    return set(found.values_list("person_id", "category"))


def gets_the_morning(person: User) -> bool:
    """Say whether somebody receives the e-mail of their day."""
    return not MorningOff.objects.filter(person=person).exists()


def choose_the_morning(person: User, *, wanted: bool) -> None:
    """Receive the e-mail of one's day, or do without."""
    if wanted:
        MorningOff.objects.filter(person=person).delete()
    else:
        MorningOff.objects.get_or_create(person=person)
