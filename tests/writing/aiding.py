"""Somebody who helps to write, for the tests that begin with one."""

from datetime import timedelta
from typing import Any

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.writing import aids
from jalon.writing.models import WritingAid
from tests.writing.helped import first_section

NAME, EMAIL = "Ana Exemple", "ana@exemple.fr"


def asked(scenario: Scenario, **other: Any) -> aids.Asked:
    """Return whom a candidate asks to help with their first text, for a month."""
    said = {
        "name": NAME,
        "email": EMAIL,
        "why": "Elle écrit ce que je dicte.",
        "until": timekeeper.today() + timedelta(days=30),
        "competences": [first_section(scenario).competence],
    }
    return aids.Asked(**said | other)


def an_aid(scenario: Scenario, **other: Any) -> WritingAid:
    """Return somebody whom a candidate just named to help with their first text."""
    return aids.name(scenario.journey.pk, scenario.person, asked(scenario, **other))


def an_old_aid(scenario: Scenario) -> WritingAid:
    """Return somebody who was named, written down as they are, whatever has become of the file."""
    said = asked(scenario)
    return WritingAid.objects.create(
        journey=scenario.journey,
        name=said.name,
        email=said.email,
        why=said.why,
        until=said.until,
        named_at=timekeeper.now(),
    )
