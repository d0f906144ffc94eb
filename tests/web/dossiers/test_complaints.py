"""The register of complaints: filed by the candidate, read and answered by whom it is for."""

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario, member, person
from jalon.journeys.actions import act
from jalon.law import facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Addressee, Role, Stage
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def act_page(scenario: Scenario, name: str) -> str:
    """Return the address of an act."""
    return reverse("dossiers:act", args=[scenario.journey.pk, name])


@pytest.mark.rule("R-130")
def test_a_complaint_is_in_the_register_with_its_date_until_its_answer_is(
    scenario: Scenario,
) -> None:
    scenario.to_result([])
    timekeeper.travel(scenario.at)
    officer, head = browser(scenario.demo.officer), browser(scenario.demo.head)
    said = {"nature": "complaint", "to": "certifier", "words": "Le jury n’a pas vu ma pièce."}
    assert (
        browser(scenario.person).post(act_page(scenario, "file_complaint"), said).status_code == 302
    )
    register = reverse("dossiers:complaints")
    assert "sans réponse" in officer.get(register).content.decode()
    assert said["words"] not in head.get(register).content.decode()
    assert (
        scenario.person.last_name
        in officer.get("/certificateur/?filtre=reclamations").content.decode()
    )
    answer = {"number": "1", "answer": "La pièce figure au procès-verbal."}
    assert officer.post(act_page(scenario, "answer_complaint"), answer).status_code == 302
    assert "répondu le" in officer.get(register).content.decode()
    home = browser(scenario.person).get(reverse("candidate:home")).content.decode()
    assert said["words"] in home and answer["answer"] in home


@pytest.mark.rule("R-130")
def test_what_is_told_of_an_organisation_is_not_read_by_the_one_that_comes_after(
    scenario: Scenario,
) -> None:
    words = "Mon architecte ne répond plus."
    complaint = facts.ComplaintFiled(Addressee.ACCOMPANIST, words)
    scenario.to_path_accepted().do(Act.FILE_COMPLAINT, scenario.person, complaint)
    next_one = facts.AccompanimentRequest(scenario.demo.neighbour.pk)
    scenario.do(Act.ASK_ACCOMPANIMENT, scenario.person, next_one)
    timekeeper.travel(scenario.at)
    other = member(person("Autre", "Tête", "tete@exemple.fr"), scenario.demo.neighbour, Role.HEAD)
    register = reverse("dossiers:complaints")
    assert words not in browser(other).get(register).content.decode()
    assert words not in browser(other).get(act_page(scenario, "answer_complaint")).content.decode()
    former = browser(scenario.demo.head).get(register).content.decode()
    assert words in former and "Cette personne n’est plus accompagnée par" in former
    scenario.do(Act.REORIENT, scenario.person, facts.Reason("Un emploi"))
    scenario.do(Act.ARCHIVE, scenario.person, facts.Reason("C’est fini"))
    assert scenario.journey.stage == Stage.ARCHIVED


@pytest.mark.rule("R-130")
def test_whoever_answers_one_complaint_is_not_shown_the_words_of_another(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    for to, words in (("accompanist", "Mon architecte crie."), ("certifier", "Un écart est faux.")):
        complaint = facts.ComplaintFiled(Addressee(to), words)
        scenario.do(Act.FILE_COMPLAINT, scenario.person, complaint)
    timekeeper.travel(scenario.at)
    address = act_page(scenario, "answer_complaint")
    for who, told, hidden in (
        (scenario.demo.officer, "Un écart est faux.", "crie"),
        (scenario.demo.head, "crie", "Un écart est faux."),
    ):
        page = browser(who).get(address).content.decode()
        assert told in page and hidden not in page


def left(scenario: Scenario) -> str:
    """Complain of an organisation, then leave it; return where the complaint is answered."""
    complaint = facts.ComplaintFiled(Addressee.ACCOMPANIST, "Mon architecte ne répond plus.")
    scenario.to_path_accepted().do(Act.FILE_COMPLAINT, scenario.person, complaint)
    next_one = facts.AccompanimentRequest(scenario.demo.neighbour.pk)
    scenario.do(Act.ASK_ACCOMPANIMENT, scenario.person, next_one)
    timekeeper.travel(scenario.at)
    return reverse("dossiers:answer_complaint", args=[scenario.journey.complaints.get().pk])


@pytest.mark.rule("R-130")
@pytest.mark.parametrize("name", ["head", "administrator"])
def test_a_complaint_told_to_an_organisation_that_was_left_is_answered_from_its_register(
    scenario: Scenario, name: str
) -> None:
    address = left(scenario)
    who = browser(getattr(scenario.demo, name))
    assert address in who.get(reverse("dossiers:complaints")).content.decode()
    assert "Mon architecte ne répond plus." in who.get(address).content.decode()
    said = {"answer": "Nous vous devons des excuses.", "action": "Un rappel à l’équipe."}
    assert who.post(address, said)["Location"] == reverse("dossiers:complaints")
    complaint = scenario.journey.complaints.get()
    assert (complaint.answer, complaint.action) == (said["answer"], said["action"])
    home = browser(scenario.person).get(reverse("candidate:home"))
    assert said["answer"] in home.content.decode()
    assert who.get(address).status_code == 404


@pytest.mark.rule("R-130")
@pytest.mark.rule("R-123")
def test_the_head_who_answers_a_complaint_of_somebody_gone_does_not_read_the_file(
    scenario: Scenario,
) -> None:
    address = left(scenario)
    who = browser(scenario.demo.head)
    assert who.get(address).status_code == 200
    pages = [reverse("dossiers:journey", args=[scenario.journey.pk])]
    pages += [act_page(scenario, name) for name in ("answer_complaint", "close_deceased")]
    assert {who.get(page).status_code for page in pages} == {404}
    colleague = facts.ReassignmentRequest(scenario.architect.pk)
    with pytest.raises(Refused):
        act(scenario.journey.pk, Act.REASSIGN, by=scenario.demo.head, facts=colleague)


@pytest.mark.rule("R-130")
def test_the_next_head_does_not_answer_what_was_told_to_the_one_before(scenario: Scenario) -> None:
    address = left(scenario)
    other = member(person("Autre", "Tête", "tete@exemple.fr"), scenario.demo.neighbour, Role.HEAD)
    assert browser(other).get(address).status_code == 404
    number = scenario.journey.complaints.get().number
    with pytest.raises(Refused):
        answer = facts.ComplaintAnswer(number, "Je réponds.")
        act(scenario.journey.pk, Act.ANSWER_COMPLAINT, by=other, facts=answer)
