"""A text that somebody types for a candidate counts once they approved it, and says for ever who typed it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.documents.generated.validation import competence
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Event
from jalon.writing import drafts, helping, versions
from jalon.writing.models import HelpedText, Section, SectionVersion
from tests.writing.helped import WORDS, first_section, propose, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """A text to write."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    return first_section(scenario)


def approve(scenario: Scenario, one: HelpedText, **corrected: str) -> HelpedText:
    """Return a text that its candidate approved, as they corrected it."""
    one.section.refresh_from_db()
    answers, seen = helping.together(one) | corrected, one.section.version
    return helping.approve(scenario.journey.pk, scenario.person, one.pk, answers, seen=seen)


@pytest.mark.rule("R-051")
def test_what_another_typed_counts_once_it_is_approved_and_says_who_typed_it(
    scenario: Scenario, section: Section
) -> None:
    one = propose(scenario, section)
    section.refresh_from_db()
    assert section.actions == "", "nothing changes before"
    drafts.save_section(
        scenario.journey.pk, scenario.person, section.competence_id, {"context": "À l’atelier."}
    )
    approve(scenario, one, actions=f"{WORDS} Seul.")
    section.refresh_from_db()
    assert (section.context, section.actions) == ("À l’atelier.", f"{WORDS} Seul.")
    assert section.saved_by == scenario.person
    name = scenario.architect.get_full_name()
    kept = SectionVersion.objects.get(section=section, reason="helped")
    assert kept.hand == f"{name}, d’après l’enregistrement «\u00a0Ma soudure, 42\u00a0s\u00a0»"
    assert kept.answers["actions"] == f"{WORDS} Seul." and kept.author == scenario.person
    events = scenario.journey.journal.events().values_list("event", flat=True)
    assert {Event.TEXT_PROPOSED, Event.TEXT_APPROVED} <= set(events)
    printed = str(competence(section))
    assert f"Écrit par {name} d’après un enregistrement du candidat" in printed
    assert "relu et approuvé par le candidat le" in printed


def test_the_longest_names_stay_whole_with_what_was_typed(
    scenario: Scenario, section: Section
) -> None:
    scenario.architect.first_name, scenario.architect.last_name = "Anne" + "-Anne" * 29, "B" * 150
    scenario.architect.save()
    approve(scenario, propose(scenario, section))
    kept = SectionVersion.objects.get(section=section, reason="helped")
    assert kept.hand.startswith(f"{scenario.architect.get_full_name()}, d’après")


def test_a_text_that_is_left_out_changes_nothing_and_another_may_come(
    scenario: Scenario, section: Section
) -> None:
    one = propose(scenario, section)
    with pytest.raises(Refused, match="attend déjà que le candidat le relise"):
        propose(scenario, section)
    helping.decline(scenario.journey.pk, scenario.person, one.pk)
    with pytest.raises(Refused, match="déjà approuvé ou écarté"):
        approve(scenario, one)
    section.refresh_from_db()
    assert not section.begun and "Écrit par" not in str(competence(section))
    propose(scenario, section)


@pytest.mark.rule("R-051")
def test_only_who_accompanies_types_and_only_the_candidate_approves(
    scenario: Scenario, section: Section
) -> None:
    journey, number = scenario.journey, section.competence_id
    with pytest.raises(Refused, match="Seule la personne qui accompagne"):
        helping.propose(journey.pk, scenario.demo.officer, number, typed(section))
    one = propose(scenario, section)
    with pytest.raises(Refused, match="travail personnel"):
        helping.approve(journey.pk, scenario.architect, one.pk, section.texts, seen=0)
    with pytest.raises(Refused, match="travail personnel"):
        helping.decline(journey.pk, scenario.architect, one.pk)


def test_a_text_that_changed_that_says_nothing_or_that_left_is_refused_in_words(
    scenario: Scenario, section: Section
) -> None:
    with pytest.raises(Refused, match="ce texte n’a pas changé"):
        propose(scenario, section, actions="")
    old = typed(section)
    one = propose(scenario, section)
    scenario.write_validation()
    with pytest.raises(Refused, match="a changé depuis que vous l’avez ouvert"):
        helping.approve(scenario.journey.pk, scenario.person, one.pk, old.answers, seen=0)
    helping.decline(scenario.journey.pk, scenario.person, one.pk)
    with pytest.raises(Refused, match="a changé depuis que vous l’avez ouvert"):
        helping.propose(scenario.journey.pk, scenario.architect, section.competence_id, old)
    scenario.send_validation()
    with pytest.raises(Refused, match="n’est plus en cours d’écriture"):
        propose(scenario)


def test_what_was_typed_and_its_version_stay_as_they_were(
    scenario: Scenario, section: Section
) -> None:
    one = approve(scenario, propose(scenario, section))
    for sql in (
        "UPDATE writing_helpedtext SET writer = 'Personne'",
        "UPDATE writing_helpedtext SET approved_at = NULL",
        "DELETE FROM writing_helpedtext",
        "TRUNCATE writing_helpedtext",
        "DELETE FROM writing_sectionversion WHERE reason = 'helped'",
    ):
        with (
            pytest.raises(IntegrityError, match="stays as it is"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    assert HelpedText.objects.approved().get() == one
    kept = [
        (reason, datetime(2027, 1, 1, 0, n, tzinfo=UTC))
        for n, reason in enumerate(("saved", "helped", "saved", "saved"))
    ]
    assert versions.shortest(kept) == 2
