"""What stands beside a question: what the jury looks at, an example, and one's own words to take up."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.writing.models import CompetenceClaim, Section
from tests.web.browsers import browser
from tests.web.reading import read

pytestmark = pytest.mark.django_db


def test_a_question_shows_an_example_and_takes_up_what_was_written_before(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section, after = Section.objects.filter(file__attempt__journey=scenario.journey)[:2]
    claim = CompetenceClaim.objects.get(
        feasibility__journey=scenario.journey, competence=section.competence
    )
    own = claim.example
    assert own
    address, second = (
        reverse("writing:section", args=[scenario.journey.pk, one.competence_id])
        for one in (section, after)
    )
    client = browser(scenario.person)
    page = read(client.get(address))
    for criterion in section.competence.criteria.all():
        assert criterion.text in page
    assert "Compétence 1 sur" in page and "Compétence précédente" not in page
    assert page.count("Exemple inventé") == len(Section.QUESTIONS)
    assert f"Votre dossier de faisabilité {own} Reprendre ce texte" in page
    said = {"actions": "J’ai tracé.", "seen": section.version, "take": "feasibility"}
    taken = client.post(address, said, follow=True)
    assert taken.redirect_chain == [(address, 302)]
    section.refresh_from_db()
    assert section.actions == f"J’ai tracé.\n\n{own}"
    assert "Votre dossier de faisabilité" not in read(taken), "it is not offered twice"
    said = {"actions": section.actions, "seen": section.version, "go": after.competence_id}
    assert client.post(address, said).url == second
    again = client.post(address, said | {"take": "attempt-9-actions", "go": "0"})
    assert again.url == address, "a text that is not offered is not taken up"
    section.refresh_from_db()
    assert section.actions == said["actions"]


def test_the_presentation_shows_an_example(scenario: Scenario) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    address = reverse("writing:presentation", args=[scenario.journey.pk])
    page = read(browser(scenario.person).get(address))
    assert "Exemple inventé" in page and "chaudronnier naval" in page and "Reprendre" not in page
