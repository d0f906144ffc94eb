"""A text typed for a candidate, for the tests that begin with one."""

from typing import Any
from uuid import uuid4

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.writing import helping
from jalon.writing.helping import Heard, Typed
from jalon.writing.models import HelpedText, Section

WORDS = "J’ai mesuré la pièce avec un pied à coulisse."


def first_section(scenario: Scenario) -> Section:
    """Return the first text that the candidate writes."""
    return Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")


def typed(section: Section, **said: str) -> Typed:
    """Return what somebody typed of a text after they listened to a recording."""
    heard = Heard(uuid4(), "Ma soudure, 42\u00a0s")
    return Typed(section.texts | (said or {"actions": WORDS}), section.version, heard)


def propose(scenario: Scenario, section: Section | None = None, **said: str) -> HelpedText:
    """Return a text that who accompanies just typed for the candidate."""
    one = section or first_section(scenario)
    return helping.propose(
        scenario.journey.pk, scenario.architect, one.competence_id, typed(one, **said)
    )


def a_text_typed(scenario: Scenario, **said: Any) -> HelpedText:
    """Return a text typed for a candidate, written down as it is, whatever has become of the file."""
    section = first_section(scenario)
    answers = section.texts | {"actions": WORDS}
    told = {"writer": "Léa Exemple", "base": section.texts, "answers": answers}
    return HelpedText.objects.create(section=section, written_at=timekeeper.now(), **told, **said)
