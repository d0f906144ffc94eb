"""Remarks on a text: said at its words by who accompanies, settled by the candidate, seen by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.actions import store_voice
from jalon.journeys.models import AccessLog
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import RemarkKind, RemarkState
from jalon.writing import drafts, remarks
from jalon.writing.models import Remark, Section
from jalon.writing.policy import remarks_to_read
from tests.documents import sounds
from tests.documents.reading import upload
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

TEXT = "On a réglé la machine. J’ai contrôlé la pièce."
FIRST = "On a réglé la machine."


@pytest.fixture
def section(scenario: Scenario) -> Section:
    """A text that the candidate began."""
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    found = Section.objects.filter(file__attempt__journey=scenario.journey).earliest("pk")
    write(scenario, found, TEXT)
    return found


def write(scenario: Scenario, section: Section, text: str) -> None:
    """Let the candidate write what they did."""
    said = {"actions": text}
    drafts.save_section(scenario.journey.pk, scenario.person, section.competence_id, said)
    section.refresh_from_db()


def page(scenario: Scenario, section: Section, name: str = "section") -> str:
    """Return the address of a page about a text."""
    return reverse(f"writing:{name}", args=[scenario.journey.pk, section.competence_id])


def remark_page(scenario: Scenario, section: Section, start: int = 0) -> str:
    """Return the address where one remarks on a sentence of what was done."""
    numbers = [scenario.journey.pk, section.competence_id, "actions", start]
    return reverse("writing:remark", args=numbers)


def suggest(scenario: Scenario, section: Section) -> Remark:
    """Let the architect propose to say “I” instead of “one”."""
    said = remarks.Said(
        "actions", 0, FIRST, "On a réglé", RemarkKind.SUGGESTION, "Dites « je ».", "J’ai réglé"
    )
    return remarks.say(scenario.journey.pk, scenario.architect, section.competence_id, said)


def press(scenario: Scenario, remark: Remark, act: str, seen: int, answer: str = "") -> str:
    """Let the candidate press a button under a remark, and return the page they come to."""
    address = reverse("writing:reply", args=[scenario.journey.pk, remark.pk])
    sent = {"act": act, "seen": seen, "answer": answer}
    shown = browser(scenario.person).post(address, sent, follow=True)
    return shown.content.decode()


def test_what_was_said_aloud_is_heard_beside_the_words_that_are_remarked_on(
    scenario: Scenario, section: Section
) -> None:
    voice = upload(sounds.webm(42), "Ma soudure.webm")
    store_voice(scenario.journey, voice, scenario.person, section)
    shown = browser(scenario.architect).get(page(scenario, section, "remarks")).content.decode()
    assert 'aria-label="Écouter Ma soudure.webm"' in shown


def test_the_architect_chooses_a_sentence_then_some_words_of_it(
    scenario: Scenario, section: Section
) -> None:
    architect = browser(scenario.architect)
    shown = architect.get(page(scenario, section, "remarks")).content.decode()
    assert remark_page(scenario, section) in shown
    assert remark_page(scenario, section, TEXT.index("J’ai")) in shown
    sent = {"sentence": FIRST, "words": "la machine", "kind": "question", "body": "Laquelle ?"}
    assert architect.post(remark_page(scenario, section), sent).status_code == 302
    kept = Remark.objects.get()
    assert (kept.words, kept.start) == ("la machine", TEXT.index("la machine"))
    assert AccessLog.objects.filter(reader=scenario.architect, what__contains="relecture").exists()


def test_words_that_are_not_in_the_sentence_are_refused_and_nothing_typed_is_lost(
    scenario: Scenario, section: Section
) -> None:
    sent = {"sentence": FIRST, "words": "le tour", "kind": "question", "body": "Lequel ?"}
    shown = browser(scenario.architect).post(remark_page(scenario, section), sent)
    assert shown.status_code == 409
    assert "Ces mots ne sont pas dans la phrase" in shown.content.decode()
    assert "Lequel ?" in shown.content.decode()
    assert not Remark.objects.exists()


def test_a_sentence_that_changed_meanwhile_is_to_be_read_again(
    scenario: Scenario, section: Section
) -> None:
    write(scenario, section, "Autre chose. " + TEXT)
    sent = {"sentence": FIRST, "kind": "praise", "body": "Très clair."}
    shown = browser(scenario.architect).post(remark_page(scenario, section), sent)
    assert "Ce texte a changé depuis que vous l’avez lu" in shown.content.decode()
    assert not Remark.objects.exists()


def test_a_suggestion_asks_for_the_words_it_proposes(scenario: Scenario, section: Section) -> None:
    sent = {"sentence": FIRST, "kind": "suggestion", "body": "Dites « je »."}
    shown = browser(scenario.architect).post(remark_page(scenario, section), sent)
    assert "Écrivez les mots que vous proposez." in shown.content.decode()
    assert not Remark.objects.exists()


def test_the_candidate_reads_a_remark_under_the_text_it_bears_on_and_answers_it(
    scenario: Scenario, section: Section
) -> None:
    remark = suggest(scenario, section)
    shown = browser(scenario.person).get(page(scenario, section)).content.decode()
    assert "«&nbsp;On a réglé&nbsp;»" in shown and "Dites « je »." in shown
    press(scenario, remark, "answer", section.version, "C’était moi.")
    assert (
        "C’était moi."
        in browser(scenario.architect).get(page(scenario, section, "remarks")).content.decode()
    )


def test_the_candidate_sees_where_remarks_wait(scenario: Scenario, section: Section) -> None:
    listing = reverse("writing:validation", args=[scenario.journey.pk])
    remark = suggest(scenario, section)
    assert "1 remarque à traiter" in browser(scenario.person).get(listing).content.decode()
    press(scenario, remark, "done", section.version)
    assert "à traiter" not in browser(scenario.person).get(listing).content.decode()


def test_a_text_bears_so_many_remarks_and_no_more(
    scenario: Scenario, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remarks, "MOST", 1)
    suggest(scenario, section)
    with pytest.raises(Refused, match="de vive voix"):
        suggest(scenario, section)


def test_one_press_puts_the_words_proposed_in_the_text(
    scenario: Scenario, section: Section
) -> None:
    remark = suggest(scenario, section)
    press(scenario, remark, "accept", section.version)
    section.refresh_from_db()
    remark.refresh_from_db()
    assert section.actions == "J’ai réglé la machine. J’ai contrôlé la pièce."
    assert remark.state == RemarkState.ACCEPTED


def test_a_suggestion_is_not_taken_into_a_text_that_changed_since_it_was_read(
    scenario: Scenario, section: Section
) -> None:
    remark, seen = suggest(scenario, section), section.version
    write(scenario, section, "Le matin. " + TEXT)
    shown = press(scenario, remark, "accept", seen)
    assert "Ce texte a changé depuis que vous l’avez lu" in shown
    section.refresh_from_db()
    assert section.actions == "Le matin. " + TEXT
    press(scenario, remark, "accept", section.version)
    section.refresh_from_db()
    assert section.actions.startswith("Le matin. J’ai réglé la machine.")


def test_a_remark_whose_words_changed_stays_and_says_so(
    scenario: Scenario, section: Section
) -> None:
    remark = suggest(scenario, section)
    write(scenario, section, "J’ai contrôlé la pièce.")
    shown = browser(scenario.person).get(page(scenario, section)).content.decode()
    assert "Ces mots ont changé" in shown and "«&nbsp;On a réglé&nbsp;»" in shown
    assert "Mettre ces mots dans mon texte" not in shown
    press(scenario, remark, "done", section.version)
    remark.refresh_from_db()
    assert remark.state == RemarkState.DONE


def test_neither_the_certifier_nor_a_juror_nor_an_administrator_reads_a_remark(
    scenario: Scenario, section: Section, demo: DemoPeople
) -> None:
    remark = suggest(scenario, section)
    for person in (scenario.person, scenario.architect):
        assert list(remarks_to_read(person, scenario.journey)) == [remark]
    scenario.wait(80).write_validation().wait(3).send_validation()
    timekeeper.travel(scenario.at)
    for person in (demo.officer, demo.jurors[0].user, demo.administrator):
        assert not remarks_to_read(person, scenario.journey).exists()
        assert browser(person).get(page(scenario, section, "remarks")).status_code == 404
    read = reverse("writing:reading", args=[scenario.journey.pk])
    shown = browser(demo.officer).get(read).content.decode()
    assert "Dites « je »." not in shown and "Remarques" not in shown


def test_nobody_remarks_on_a_file_that_has_left(scenario: Scenario, section: Section) -> None:
    scenario.wait(80).write_validation().wait(3).send_validation()
    timekeeper.travel(scenario.at)
    with pytest.raises(Refused, match="plus en cours d’écriture"):
        suggest(scenario, section)


def test_a_candidate_settles_nobody_elses_remark(
    scenario: Scenario, section: Section, demo: DemoPeople
) -> None:
    remark = suggest(scenario, section)
    address = reverse("writing:reply", args=[scenario.journey.pk, remark.pk])
    for person in (scenario.architect, demo.stranger, demo.officer):
        client: Client = browser(person)
        assert client.post(address, {"act": "done", "seen": 0}).status_code == 404
    remark.refresh_from_db()
    assert remark.state == RemarkState.OPEN


def test_remarks_are_in_the_copy_of_a_persons_data_and_go_when_it_is_erased(
    scenario: Scenario, section: Section
) -> None:
    suggest(scenario, section)
    (told,) = TOLD_BY["remarques_sur_mes_textes"](scenario.person)
    assert told["words"] == "On a réglé" and told["body"] == "Dites « je »."
    assert ERASED_BY["remarques"](Erasing(scenario.journey, awarded=False)) == 1
    assert not Remark.objects.exists()


def test_both_homes_count_the_remarks_that_wait_and_lead_to_them(
    scenario: Scenario, section: Section, demo: DemoPeople
) -> None:
    remark = suggest(scenario, section)
    homes = (
        (scenario.person, reverse("candidate:journey", args=[scenario.journey.pk]), "validation"),
        (scenario.architect, reverse("dossiers:journey", args=[scenario.journey.pk]), "follow"),
    )
    for person, home, leads in homes:
        shown = " ".join(browser(person).get(home).content.decode().split())
        assert "1 remarque à traiter" in shown
        assert reverse(f"writing:{leads}", args=[scenario.journey.pk]) in shown
    press(scenario, remark, "done", section.version)
    for person, home, _ in homes:
        assert "remarque à traiter" not in browser(person).get(home).content.decode()


def test_remarks_stand_beside_the_text_and_a_text_without_any_keeps_its_measure(
    scenario: Scenario, section: Section
) -> None:
    own = browser(scenario.person)
    assert 'class="margin"' not in own.get(page(scenario, section)).content.decode()
    suggest(scenario, section)
    assert 'class="margin"' in own.get(page(scenario, section)).content.decode()
