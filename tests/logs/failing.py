"""The addresses of the house, and one where everything goes wrong that may hold a name."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from jalon.config import urls
from jalon.config.urls import handler400, handler403, handler404, handler500
from jalon.law.clocks import french
from jalon.people.models import Membership, User

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

logger = logging.getLogger("jalon.essai")


@transaction.atomic
def conflict(person: User) -> None:
    """Write an account that exists: PostgreSQL tells its address."""
    User.objects.create(email=person.email, last_name=person.last_name)


@transaction.atomic
def missing(person: User) -> None:
    """Write a row without what it needs: PostgreSQL tells the whole row."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET first_name = NULL WHERE id = %s", [person.pk])


@transaction.atomic
def unreadable(person: User) -> None:
    """Ask the database to read a name as a number: it tells the name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::int", [person.get_full_name()])


def mistaken(person: User) -> None:
    """Hand a person where a number is meant: Django tells who."""
    list(Membership.objects.filter(pk=[person]))


def surprised(person: User) -> None:
    """Fail with everything that one knows about somebody, and of something that said as much."""
    born = person.candidate_profile.born_on
    try:
        raise KeyError(person.get_full_name(), person.email)
    except KeyError as failure:
        said = (
            f"{person} ({born}, {french(born)}), {person.phone}, {person.candidate_profile.street}"
        )
        raise LookupError(said) from failure


def talkative(person: User) -> None:
    """Log people as one should not: by an object, an error and an address."""
    try:
        surprised(person)
    except LookupError as failure:
        logger.exception("No paper for %s, who is at %s: %s", person, person.email, failure)
        logger.error(f"Call {person.phone} or write to {person.email}")
        raise


def refused(person: User) -> None:
    """Write to somebody whom the mail server does not know: it repeats the address."""
    post = get_connection("django.core.mail.backends.smtp.EmailBackend")
    EmailMessage("Votre dossier", "…", to=[person.email], connection=post).send()


WAYS: dict[str, Callable[[Any], None]] = {
    one.__name__: one
    for one in (conflict, missing, unreadable, mistaken, surprised, talkative, refused)
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    """Go wrong in the way that is asked."""
    assert settings.TEST
    WAYS[name](request.user)
    return HttpResponse()


urlpatterns = [path("essai/<slug:name>/", fail, name="fail"), *urls.urlpatterns]
