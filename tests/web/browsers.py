"""Browsers of people signed in."""

from django.test import Client
from django.urls import reverse

from jalon.people.models import User

PASSWORD = "une-phrase-que-personne-ne-devine"


def browser(person: User) -> Client:
    """Return the browser of somebody signed in."""
    client = Client()
    client.force_login(person)
    return client


def with_password(person: User) -> Client:
    """Return a browser in which this person has typed their password."""
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.update_or_create(
        email=person.email, defaults={"verified": True, "primary": True}
    )
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client
