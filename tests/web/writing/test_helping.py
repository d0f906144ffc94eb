"""Typing for a candidate on the pages, and reading again what was typed."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.documents.actions import store_voice
from jalon.writing import drafts
from jalon.writing.models import HelpedText
from tests.documents import sounds
from tests.documents.reading import upload
from tests.web.browsers import browser
from tests.web.reading import read
from tests.writing.helped import WORDS, first_section

pytestmark = pytest.mark.django_db


def test_a_recording_becomes_a_text_that_its_candidate_reads_again_and_approves(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    section, journey = first_section(scenario), scenario.journey
    heard = store_voice(
        journey, upload(sounds.webm(42), "Ma soudure.webm"), scenario.person, section
    )
    architect, candidate = browser(scenario.architect), browser(scenario.person)
    number, name = section.competence_id, scenario.architect.get_full_name()
    address = reverse("writing:help", args=[journey.pk, number])
    assert address in architect.get(reverse("writing:reading", args=[journey.pk])).content.decode()
    assert 'aria-label="Écouter Ma soudure.webm"' in architect.get(address).content.decode()
    said = {"seen": section.version, "heard": str(heard.pk), "actions": WORDS}
    assert "Un texte" not in read(candidate.get(reverse("writing:validation", args=[journey.pk])))
    assert architect.post(address, said).status_code == 302
    again = architect.post(address, {**said, "actions": "Autre chose."})
    assert again.status_code == 409 and "attend déjà" in read(again)
    assert "Autre chose." in read(again) and "Proposer ce texte" in read(again)
    assert "Proposer ce texte" not in read(architect.get(address)), "one waits already"
    mine = reverse("writing:section", args=[journey.pk, number])
    one = HelpedText.objects.get()
    own = reverse("writing:helped", args=[journey.pk, one.pk])
    listed = candidate.get(reverse("writing:validation", args=[journey.pk])).content.decode()
    assert own in listed, "what waits is one press away"
    assert own in candidate.get(mine).content.decode()
    at_home = reverse("candidate:journey", args=[journey.pk])
    assert f"Un texte écrit pour vous par {name} est à relire" in read(candidate.get(at_home))
    page = candidate.get(own)
    assert f"Écrit par {name} d’après votre enregistrement" in read(page)
    assert WORDS in page.content.decode()
    asked = page.content.decode().split('class="confirm"')[1].split("</details>")[0]
    assert "Votre texte ne change pas" in asked and 'name="decline"' in asked
    assert 'aria-label="Écouter Ma soudure.webm"' in page.content.decode()
    corrected = {"author": scenario.person, "field": "actions", "text": f"{WORDS} Corrigé."}
    journey.drafts.create(subject=f"helped/{one.pk}", **corrected)
    drafts.save_section(journey.pk, scenario.person, number, {"actions": "Ébavurage"})
    page = candidate.get(own)
    assert "Ébavurage" in read(page), "what an approval would take out is shown"
    candidate.post(own, {"seen": page.context["form"]["seen"].value(), "actions": f"{WORDS} Seul."})
    section.refresh_from_db()
    assert section.actions == f"{WORDS} Seul."
    assert "est à relire" not in read(candidate.get(at_home))
    assert "Ébavurage" in [one.answers["actions"] for one in section.versions.all()]
    assert "relu et approuvé par vous le" in read(candidate.get(mine))
    assert "relu et approuvé par le candidat le" in read(
        architect.get(reverse("writing:reading", args=[journey.pk]))
    )
    listed = read(candidate.get(reverse("writing:versions", args=[journey.pk, number])))
    assert f"Écrite par {name}, d’après l’enregistrement" in listed
    assert read(candidate.get(own)).count("Corriger, puis approuver") == 0
    architect.post(address, {**said, "seen": section.version, "actions": "Autre chose."})
    other = HelpedText.objects.waiting().get()
    candidate.post(reverse("writing:helped", args=[journey.pk, other.pk]), {"decline": "1"})
    section.refresh_from_db()
    assert section.actions == f"{WORDS} Seul."
