"""The page of an act: its facts asked, its refusal said with its rule, nothing typed lost."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo import texts
from jalon.demo.scenario import ONE_PAGE, DemoPeople, Scenario
from jalon.law.calendar import FEASIBILITY_SENT, VALIDATION_SENT
from jalon.law.facts import Path, PathAnswer
from jalon.law.lifecycle import rows_of
from jalon.law.vocabulary import Act, Stage
from jalon.people.models import User
from jalon.web.acts.forms import form_of
from tests.conftest import TODAY
from tests.law.cases import a_training
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def address(scenario: Scenario, act: str) -> str:
    """Return the page of an act on a journey."""
    return reverse("dossiers:act", args=[scenario.journey.pk, act])


def read(scenario: Scenario, who: User, act: Act) -> HttpResponse:
    """Return the page of an act as somebody sees it."""
    timekeeper.travel(scenario.at)
    return browser(who).get(address(scenario, act.value))


def send(scenario: Scenario, who: User, act: Act, **said: Any) -> HttpResponse:
    """Return what somebody gets for an act that they send."""
    timekeeper.travel(scenario.at)
    scenario.journey.refresh_from_db()
    version = str(scenario.journey.version)
    return browser(who).post(address(scenario, act.value), {"seen": version} | said)


def test_an_act_is_done_and_its_person_is_back_on_the_journey(scenario: Scenario) -> None:
    scenario.register()
    answer = send(scenario, scenario.architect, Act.TAKE_CHARGE)
    assert answer["Location"] == reverse("dossiers:journey", args=[scenario.journey.pk])
    scenario.journey.refresh_from_db()
    assert scenario.journey.stage == Stage.TAKEN_ON


def test_a_grave_act_says_what_happens_who_is_told_and_whether_it_can_be_undone(
    scenario: Scenario,
) -> None:
    scenario.register()
    page = read(scenario, scenario.person, Act.DROP_OUT).content.decode()
    before = page.split("Avant de confirmer")[1].split("</section>")[0]
    assert "Votre parcours passe à l’étape «\N{NO-BREAK SPACE}Abandon\N{NO-BREAK SPACE}»." in before
    assert "L’architecte et vous-même" in before
    assert "Retour en arrière" in before
    assert "L6421-1" in before.split("Pourquoi&nbsp;?")[1]
    assert "button grave" in page
    harmless = read(scenario, scenario.architect, Act.TAKE_CHARGE).content.decode()
    assert "Avant de confirmer" not in harmless


def test_the_tab_of_an_act_says_whose_file_it_is(scenario: Scenario) -> None:
    scenario.register()
    title = read(scenario, scenario.architect, Act.TAKE_CHARGE).content.decode()
    assert scenario.person.get_full_name() in title.split("</title>")[0]


def test_an_act_that_is_not_offered_or_does_not_exist_has_no_page(scenario: Scenario) -> None:
    scenario.register()
    for name in (Act.SEND_VALIDATION, Act.TAKE_CHARGE, Act.CHASE):
        assert read(scenario, scenario.person, name).status_code == 404, name
    client = browser(scenario.architect)
    for unknown in ("rien", Act.SCHEDULE_HEARING.value):
        assert client.get(address(scenario, unknown)).status_code == 404
        assert client.post(address(scenario, unknown), {"seen": "1"}).status_code == 404


def test_a_refusal_is_said_with_its_rule_and_loses_no_word(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting()
    said = {"hours_individual": 14, "hours_group": 6, "hours_training": 0, "mode": "on_site"}
    path = said | {"training_0": "Lecture de plan"}
    path |= {"siren_0_0": "123456782", "provider_0_0": "Centre A", "price_0_0": "900"}
    dates = {"title_0": "Jury", "due_0": scenario.at.date() + timedelta(days=240)}
    answer = send(scenario, scenario.architect, Act.PROPOSE_PATH, **path | dates)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ce n’est pas possible" in page
    assert "R-086" in page
    assert 'value="123456782"' in page and 'value="900"' in page


def test_a_row_is_added_to_a_path_by_a_button_and_nothing_that_was_typed_is_lost(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting()
    typed = {"title_0": "Atelier", "training_0": "Lecture de plan", "hours_individual": "14"}
    page = read(scenario, scenario.architect, Act.PROPOSE_PATH).content.decode()
    assert 'name="title_3"' in page and 'name="training_0"' in page
    assert 'name="title_4"' not in page and 'name="training_1"' not in page
    for more, appears in (
        ("milestone", 'name="title_1"'),
        ("training", 'name="siren_1_2"'),
        ("quote_0", 'name="siren_0_3"'),
    ):
        answer = send(scenario, scenario.architect, Act.PROPOSE_PATH, more=more, **typed)
        page = answer.content.decode()
        assert answer.status_code == 200 and appears in page
        assert 'value="Lecture de plan"' in page and "À corriger" not in page
    assert scenario.journey.journal.filter(act=Act.PROPOSE_PATH).count() == 0


def test_a_candidate_reads_the_quotes_of_each_training_before_choosing(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting()
    dear = a_training(disproportion_reason="Le plus cher vient sur place.")
    dear = replace(dear, quotes=(*dear.quotes[:2], replace(dear.quotes[2], amount=300_050)))
    other = replace(a_training(), title="Métrologie")
    path = replace(texts.path(scenario.at.date()), trainings=(dear, other))
    scenario.do(Act.PROPOSE_PATH, scenario.architect, path)
    page = read(scenario, scenario.person, Act.ACCEPT_PATH).content.decode()
    assert "SIREN 100000009" in page and "3\N{NARROW NO-BREAK SPACE}000,50" in page
    assert "le plus cher vaut 3,0 fois le moins cher" in page
    assert "Le plus cher vient sur place." in page
    scenario.do(Act.ACCEPT_PATH, scenario.person, PathAnswer((other.title,)))
    assert [one.title for one in scenario.journey.trainings.filter(chosen=True)] == ["Métrologie"]


def test_a_form_ill_filled_is_to_be_corrected_not_impossible(scenario: Scenario) -> None:
    scenario.register().take_charge()
    answer = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING, minutes="beaucoup")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "À corriger" in page
    assert "beaucoup" in page


def test_an_act_that_comes_too_late_is_refused_with_what_was_typed(scenario: Scenario) -> None:
    scenario.register().take_charge().first_meeting().propose_path()
    scenario.journey.refresh_from_db()
    seen = str(scenario.journey.version)
    scenario.accept_path()
    late = send(scenario, scenario.person, Act.DECLINE_PATH, seen=seen, reason="Trop d’heures.")
    assert late.status_code == 409
    assert "Trop d’heures." in late.content.decode()
    worse = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING, seen=seen, minutes="x")
    assert worse.status_code == 409
    assert "À corriger" not in worse.content.decode()


def test_an_attempt_to_reach_somebody_is_read_in_the_journal(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.register()
    client = browser(scenario.architect)
    address = f"/dossiers/{scenario.journey.pk}/faire/record_contact/"
    tried = {"on": TODAY.date(), "text": "Message laissé au téléphone.", "answered": "non"}
    tried["kind"] = "call"
    client.post(address, tried | {"seen": "1"})
    assert (
        "Message laissé au téléphone."
        in client.get(f"/dossiers/{scenario.journey.pk}/journal/").content.decode()
    )
    late = tried | {"on": TODAY.date() + timedelta(days=1), "text": "Demain."}
    assert client.post(address, late).status_code == 409


@pytest.mark.rule("R-044")
def test_a_legitimate_reason_is_told_with_its_file_which_the_certifier_opens(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    timekeeper.travel(scenario.at)
    said = {"reason": "Congé maternité.", "evidence": "Attestation de la caisse"}
    proof = SimpleUploadedFile("attestation.pdf", ONE_PAGE)
    page = address(scenario, "claim_reason")
    answer = browser(scenario.person).post(page, said | {"report_proof": proof})
    assert answer.status_code == 302
    kept = scenario.journey.documents.get(name="attestation.pdf")
    opened = browser(scenario.demo.officer).get(reverse("dossiers:download", args=[kept.pk]))
    assert opened.status_code == 200


@pytest.mark.rule("R-089")
def test_a_first_meeting_that_leaves_subjects_out_leads_to_each_of_them(scenario: Scenario) -> None:
    scenario.register()
    send(scenario, scenario.architect, Act.TAKE_CHARGE)
    said = {"held_on": scenario.at.date(), "minutes": 60, "mode": "on_site", "duration": "Un an."}
    page = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING, **said).content.decode()
    summary = page.split('role="alert"')[1].split("</ul>")[0]
    assert "Complétez le compte rendu" in summary
    assert 'href="#id_calendar"' in summary
    assert 'href="#id_duration"' not in summary
    assert "La VAE est-elle le bon dispositif\N{NO-BREAK SPACE}?" in page


def test_what_was_done_is_said_as_done_and_not_as_a_thing_to_do(scenario: Scenario) -> None:
    scenario.register()
    client = browser(scenario.architect)
    timekeeper.travel(scenario.at)
    scenario.journey.refresh_from_db()
    said = {"seen": str(scenario.journey.version)}
    page = client.post(address(scenario, Act.TAKE_CHARGE.value), said, follow=True)
    assert "C’est fait. Candidature prise en charge." in page.content.decode()


def test_whoever_sends_a_file_reads_that_its_paper_is_to_come_and_where(
    scenario: Scenario,
) -> None:
    scenario.to_admissible().write_validation().sign(Act.SIGN_ORIGINALITY)
    timekeeper.travel(scenario.at)
    scenario.journey.refresh_from_db()
    said = {"seen": str(scenario.journey.version)}
    sending = address(scenario, Act.SEND_VALIDATION.value)
    page = browser(scenario.person).post(sending, said, follow=True).content.decode()
    told = "Son PDF se prépare : il sera dans « Mes documents » dans un instant."
    assert told in " ".join(page.split())


@pytest.mark.rule("R-007")
def test_once_asked_the_organisation_is_named(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.register()
    asked = {"organisation": str(demo.neighbour.pk)}
    timekeeper.travel(scenario.at)
    address_of_act = address(scenario, Act.ASK_ACCOMPANIMENT.value)
    answer = browser(scenario.person).post(address_of_act, {"seen": "1"} | asked, follow=True)
    page = answer.content.decode()
    assert f"Vous l’avez demandé à\N{NO-BREAK SPACE}: {demo.neighbour.name}." in page


@pytest.mark.rule("R-004")
def test_a_target_is_the_whole_or_blocs_and_never_both(scenario: Scenario) -> None:
    scenario.register()
    journey = scenario.journey
    first = journey.blocs.order_by("position").first()
    assert first
    both = {"code": journey.certification.code, "scope": "whole", "blocs": first.code}
    page = send(scenario, scenario.person, Act.CHANGE_TARGET, **both).content.decode()
    assert "Vous avez choisi la certification entière et coché des blocs." in page
    offered = re.findall(r'<option value="(RNCP\d+)">', page)
    blocs = {"code": offered[0], "scope": "blocs", "blocs": first.code}
    page = send(scenario, scenario.person, Act.CHANGE_TARGET, **blocs).content.decode()
    assert "Pour une autre certification, choisissez d’abord" in page


@pytest.mark.rule("R-004")
def test_blocs_aimed_at_until_now_need_not_be_unticked_to_aim_at_the_whole(
    scenario: Scenario,
) -> None:
    scenario.register()
    journey = scenario.journey
    code, blocs = journey.certification.code, [journey.blocs.order_by("position")[0].code]
    some = {"code": code, "scope": "blocs", "blocs": blocs}
    assert send(scenario, scenario.person, Act.CHANGE_TARGET, **some).status_code == 302
    whole = {"code": code, "scope": "whole", "blocs": blocs}
    assert send(scenario, scenario.person, Act.CHANGE_TARGET, **whole).status_code == 302
    journey.refresh_from_db()
    assert journey.scope == "whole"


def test_where_nobody_else_can_take_a_file_the_page_says_so_and_asks_for_nothing(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility()
    page = read(scenario, demo.officer, Act.TRANSFER).content.decode()
    assert "Aucun autre organisme ne délivre cette certification aujourd’hui" in page
    assert 'name="reason"' not in page and '<button class="button grave' not in page


def test_a_path_is_changed_from_what_was_proposed_never_typed_again(scenario: Scenario) -> None:
    scenario.to_admissible()
    page = read(scenario, scenario.architect, Act.AMEND_PATH).content.decode()
    proposed = scenario.journey.journal.get(act=Act.PROPOSE_PATH).facts_as(Path)
    hours = re.search(r'name="hours_individual" value="(\d+)"', page)
    assert hours and int(hours[1]) == proposed.hours_individual
    first = scenario.journey.milestones.filter(kept_on=None).order_by("due_on").first()
    assert first and f'value="{first.due_on:%Y-%m-%d}"' in page


def test_the_actions_of_a_meeting_after_the_jury_stand_under_each_missing_bloc(
    scenario: Scenario,
) -> None:
    scenario.to_result([scenario.certification.blocs.order_by("position")[0].code])
    page = read(scenario, scenario.architect, Act.HOLD_POST_JURY).content.decode()
    assert "Pour obtenir «" in page
    assert page.index("Ce qui sera fait") < page.index("Ou un autre projet")
    assert "envoyer quand même" not in page and "Voir la liste avant l’envoi" not in page


@pytest.mark.rule("R-057")
def test_an_architect_says_how_the_candidate_was_told_and_proves_nothing(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled()
    page = read(scenario, scenario.architect, Act.CONFIRM_TOLD).content.decode()
    assert "Comment\N{NO-BREAK SPACE}?" in page and "Ce qui le prouve" not in page
    on = scenario.at.date().isoformat()
    answer = send(scenario, scenario.architect, Act.CONFIRM_TOLD, on=on, text="Par téléphone.")
    assert answer.status_code == 302


@pytest.mark.rule("R-126")
def test_a_report_of_many_texts_says_once_what_not_to_write(scenario: Scenario) -> None:
    scenario.register().take_charge()
    page = read(scenario, scenario.architect, Act.HOLD_FIRST_MEETING).content.decode()
    assert page.count("<textarea") > 2 and page.count("N’écrivez que ce qui est utile") == 1


def test_a_feasibility_file_that_left_is_not_planned_again(scenario: Scenario) -> None:
    scenario.to_admissible()
    scenario.journey.milestones.exclude(title=FEASIBILITY_SENT).delete()
    page = read(scenario, scenario.architect, Act.AMEND_PATH).content.decode()
    dates = re.findall(r'name="title_[0-9]+" value="([^"]+)"', page)
    assert VALIDATION_SENT in dates and FEASIBILITY_SENT not in dates


@pytest.mark.parametrize("late", [act for act in Act if form_of(act, rows_of(act)[0].asks)])
def test_an_act_sent_long_before_or_after_its_time_is_refused_in_words(
    scenario: Scenario, late: Act
) -> None:
    address = reverse("dossiers:act", args=[scenario.register().journey.pk, late.value])
    people = [scenario.person, scenario.architect, scenario.demo.head]
    answers = [browser(one).post(address, {"seen": "0"}).status_code for one in people]
    assert set(answers) <= {200, 302, 404, 409}


def test_what_is_to_be_corrected_stands_at_the_top_of_the_page(scenario: Scenario) -> None:
    scenario.register().take_charge()
    assert (
        "Ce que cela fait"
        in read(scenario, scenario.architect, Act.HOLD_FIRST_MEETING).content.decode()
    )
    page = send(scenario, scenario.architect, Act.HOLD_FIRST_MEETING).content.decode()
    assert "À corriger" in page and "Ce que cela fait" not in page


def test_what_is_refused_stands_above_what_a_grave_act_does_and_is_said_once(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge()
    page = send(scenario, scenario.architect, Act.END_ACCOMPANIMENT).content.decode()
    assert page.count('role="alert"') == 1
    assert page.index("Ce n’est pas possible") < page.index("Avant de confirmer")


def test_what_came_too_late_is_refused_at_the_top_of_its_page(scenario: Scenario) -> None:
    scenario.register().take_charge()
    page = send(scenario, scenario.architect, Act.TAKE_CHARGE).content.decode()
    assert page.count('role="alert"') == 1
    assert page.index('role="alert"') < page.index('name="seen"')
