"""Adjustments on the pages: asked, read by whoever answers and by nobody else, known to a jury by consent."""

import pytest
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import ONE_PAGE, DemoPeople, Scenario
from jalon.documents.queries import readable
from jalon.juries.models import Hearing
from jalon.law import facts
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    DocumentKind,
)
from jalon.people.models import User
from tests.conftest import TODAY
from tests.documents.reading import upload
from tests.juries.steps import declare
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

WORDS = "Je lis mieux sur papier crème"
ANSWER = "Un tiers de temps en plus, dans une salle calme"


def page(person: User, scenario: Scenario) -> str:
    """Return the page of a file as somebody reads it."""
    address = reverse("dossiers:journey", args=[scenario.journey.pk])
    return browser(person).get(address, follow=True).content.decode()


def send(person: User, scenario: Scenario, act: Act, **said: object) -> int:
    """Send the page of an act; return how the server answered."""
    timekeeper.travel(scenario.at)
    address = reverse("dossiers:act", args=[scenario.journey.pk, act.value])
    return browser(person).post(address, said).status_code


def ask(scenario: Scenario, step: AdjustedStep, **said: object) -> int:
    """Let the candidate ask for something, on the page."""
    asked = {"step": step.value, "kinds": ["more_time"], "words": WORDS} | said
    return send(scenario.person, scenario, Act.ASK_ADJUSTMENT, **asked)


def colleague_of(scenario: Scenario) -> User:
    """Return an architect of the same organisation who does not follow this file."""
    return next(one for one in scenario.demo.architects if one != scenario.architect)


@pytest.mark.rule("R-123", "R-127")
def test_what_is_asked_of_who_accompanies_is_read_by_them_and_answered(scenario: Scenario) -> None:
    demo = scenario.demo
    scenario.to_path_accepted()
    assert ask(scenario, AdjustedStep.ACCOMPANIMENT) == 302
    assert WORDS in page(scenario.architect, scenario) and WORDS in page(demo.head, scenario)
    for stranger in (colleague_of(scenario), demo.administrator, demo.officer):
        assert WORDS not in page(stranger, scenario)
        assert "Aménagement demandé" not in page(stranger, scenario)
    said = {"number": 1, "outcome": "granted", "words": ANSWER}
    assert send(demo.officer, scenario, Act.ANSWER_ADJUSTMENT, **said) in (404, 409)
    assert send(scenario.architect, scenario, Act.ANSWER_ADJUSTMENT, **said) == 302
    assert ANSWER in page(scenario.person, scenario)


@pytest.mark.rule("R-127")
def test_a_request_waits_in_the_list_of_whoever_answers_and_of_nobody_else(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    ask(scenario, AdjustedStep.ACCOMPANIMENT)
    lists = {"/accompagnement/?filtre=amenagements&tous=1", "/certificateur/?filtre=amenagements"}
    team, certifier = sorted(lists)
    name = scenario.person.last_name
    assert name in browser(scenario.architect).get(team).content.decode()
    assert name not in browser(colleague_of(scenario)).get(team).content.decode()
    assert name not in browser(scenario.demo.officer).get(certifier).content.decode()
    ask(scenario, AdjustedStep.FEASIBILITY)
    assert name in browser(scenario.demo.officer).get(certifier).content.decode()
    said = {"number": 2, "outcome": "refused", "words": "La salle est déjà calme."}
    assert send(scenario.demo.officer, scenario, Act.ANSWER_ADJUSTMENT, **said) == 302
    assert name not in browser(scenario.demo.officer).get(certifier).content.decode()


@pytest.mark.rule("R-123", "R-127")
def test_a_jury_reads_what_was_granted_when_the_candidate_wants_it_and_nothing_else(
    scenario: Scenario,
) -> None:
    officer = scenario.demo.officer
    scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(2)
    assert ask(scenario, AdjustedStep.JURY, jury_may_know="oui") == 302
    scenario.refuses("R-127", Act.SCHEDULE_HEARING, officer, convening(scenario))
    said = {"number": 1, "outcome": "otherwise", "words": ANSWER}
    assert send(officer, scenario, Act.ANSWER_ADJUSTMENT, **said) == 302
    scenario.convene()
    hearing = Hearing.objects.get(attempt=scenario.journey.attempt)
    day = browser(officer).get(reverse("certifier:session", args=[hearing.session_id]))
    assert ANSWER in day.content.decode()
    address = reverse("juror:hearing", args=[hearing.pk])
    juror = browser(scenario.president_of(hearing))
    assert ANSWER not in juror.get(address).content.decode()
    declare(hearing)
    read = juror.get(address).content.decode()
    assert ANSWER in read and WORDS not in read
    no = {"number": 1, "jury_may_know": "non"}
    assert send(scenario.person, scenario, Act.SHARE_ADJUSTMENT, **no) == 302
    assert ANSWER not in juror.get(address).content.decode()


@pytest.mark.rule("R-123")
def test_whoever_kept_a_request_from_the_jury_reads_that_they_chose_so_and_where_to_change_it(
    scenario: Scenario,
) -> None:
    scenario.to_validation_sent().wait(5)
    assert ask(scenario, AdjustedStep.JURY, jury_may_know="non") == 302
    change = reverse("dossiers:act", args=[scenario.journey.pk, Act.SHARE_ADJUSTMENT.value])
    mine = page(scenario.person, scenario)
    read = " ".join(mine.replace("&nbsp;", " ").split())
    assert "Le jury n’en saura rien : c’est votre choix." in read
    assert f'href="{change}">Changer ce choix' in mine
    assert browser(scenario.person).get(change).status_code == 200
    answers = " ".join(page(scenario.demo.officer, scenario).replace("&nbsp;", " ").split())
    assert "c’est le choix du candidat." in answers and "Changer ce choix" not in answers


def convening(scenario: Scenario) -> facts.HearingRequest:
    """Return a summons before a session that waits for candidates."""
    session = scenario.plan_session(45)
    return facts.HearingRequest(session.pk, session.starts_at)


@pytest.mark.rule("R-123")
def test_a_proof_is_opened_by_whoever_answers_and_goes_with_the_request(
    scenario: Scenario,
) -> None:
    demo = scenario.demo
    scenario.to_path_accepted()
    assert ask(scenario, AdjustedStep.JURY, report_proof=upload(ONE_PAGE, "avis.pdf")) == 302
    proof = scenario.journey.documents.get(kind=DocumentKind.ADJUSTMENT_PROOF)
    people = {
        "candidate": scenario.person,
        "architect": scenario.architect,
        "head": demo.head,
        "colleague": colleague_of(scenario),
        "officer": demo.officer,
        "administrator": demo.administrator,
    }
    seen = {who for who, person in people.items() if proof in readable(person)}
    assert seen == {"candidate", "officer"}
    assert send(scenario.person, scenario, Act.WITHDRAW_ADJUSTMENT, number=1) == 302
    assert proof not in readable(scenario.person)
    left = scenario.journey.adjustments.get()
    assert (left.words, left.kinds, left.answer) == ("", [], "")


@pytest.mark.rule("R-123")
def test_the_journal_keeps_nothing_of_what_was_needed_nor_of_the_answer(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    request = facts.AdjustmentRequest(
        AdjustedStep.ACCOMPANIMENT, (AdjustmentKind.LARGE_PRINT,), WORDS
    )
    scenario.do(Act.ASK_ADJUSTMENT, scenario.person, request)
    answer = facts.AdjustmentAnswer(1, AdjustmentOutcome.GRANTED, ANSWER)
    scenario.do(Act.ANSWER_ADJUSTMENT, scenario.architect, answer)
    asked, answered = scenario.journey.journal.filter(act__contains="adjustment")
    assert asked.facts == {"step": "accompaniment", "jury_may_know": False}
    assert answered.facts == {"number": 1, "outcome": "granted"}


@pytest.mark.rule("R-123")
def test_the_next_organisation_learns_nothing_of_what_the_first_was_asked(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    ask(scenario, AdjustedStep.ACCOMPANIMENT)
    neighbour = facts.AccompanimentRequest(scenario.demo.neighbour.pk)
    scenario.do(Act.ASK_ACCOMPANIMENT, scenario.person, neighbour)
    assert WORDS not in page(scenario.demo.stranger, scenario)
    scenario.journey.refresh_from_db()
    assert scenario.journey.team_adjustments_waiting == 0


@pytest.mark.rule("R-127")
def test_who_accompanies_passes_a_request_on_to_a_certifier_outside(demo: DemoPeople) -> None:
    certification = Certification.objects.get(code="RNCP36979")
    scenario = Scenario(demo, certification, TODAY)
    scenario.to_path_accepted()
    assert ask(scenario, AdjustedStep.JURY) == 302
    assert WORDS in page(scenario.architect, scenario)
    waits = browser(scenario.architect).get("/accompagnement/?filtre=amenagements")
    assert scenario.person.last_name in waits.content.decode()
    said = {"number": 1, "outcome": "granted", "words": ANSWER}
    report = {"report_on": scenario.at.date().isoformat(), "report_channel": "letter"}
    assert send(scenario.architect, scenario, Act.ANSWER_ADJUSTMENT, **said, **report) == 302
    assert ANSWER in page(scenario.person, scenario)


@pytest.mark.rule("R-127")
def test_somebody_alone_is_not_offered_the_meetings_of_an_accompaniment(
    demo: DemoPeople, machining: Certification
) -> None:
    scenario = Scenario(demo, machining, TODAY, accompaniment=Accompaniment.ALONE).register()
    timekeeper.travel(scenario.at)
    address = reverse("dossiers:act", args=[scenario.journey.pk, "ask_adjustment"])
    shown = browser(scenario.person).get(address).content.decode()
    assert "Mon dossier de faisabilité" in shown
    assert "Les rendez-vous avec mon architecte" not in shown


@pytest.mark.rule("R-127")
def test_an_adjustment_is_asked_from_the_registration(
    demo: DemoPeople, machining: Certification
) -> None:
    person = User.objects.create_user("une@exemple.fr", first_name="Une", last_name="Exemple")
    said = {"accompaniment": "alone", "scope": "whole", "consent": "on", "adjustment": "on"}
    start = reverse("candidate:start", args=[machining.code])
    answer: Client = browser(person)
    sent = answer.post(start, said)
    journey = person.journeys.get()
    assert sent.headers["Location"] == reverse("dossiers:act", args=[journey.pk, "ask_adjustment"])


@pytest.mark.rule("R-127")
def test_nothing_is_offered_for_a_jury_that_is_over(scenario: Scenario) -> None:
    def offered() -> str:
        timekeeper.travel(scenario.at)
        address = reverse("dossiers:act", args=[scenario.journey.pk, Act.ASK_ADJUSTMENT.value])
        return browser(scenario.person).get(address).content.decode()

    scenario.to_scheduled()
    assert 'value="jury"' in offered()
    scenario.wait(120)
    assert 'value="jury"' not in offered() and 'value="validation"' in offered()
