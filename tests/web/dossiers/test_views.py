"""One journey as staff read it: what is late first, what to do, and what was said of it."""

import re

import pytest

from jalon import now as timekeeper
from jalon.catalogue.models import Opening
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.facts import Contact, Deposit, Leaving, Reason
from jalon.law.vocabulary import Act, DropOutReason, MeetingKind
from jalon.people.models import User
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def file(scenario: Scenario, viewer: User, tab: str = "") -> str:
    """Return a tab of the file of a journey, the summary by default, on the day it has come to."""
    timekeeper.travel(scenario.at)
    return browser(viewer).get(f"/dossiers/{scenario.journey.pk}/{tab}").content.decode()


def timeline(scenario: Scenario, viewer: User) -> str:
    """Return what somebody reads among the exchanges of a file, below its head."""
    return file(scenario, viewer, "echanges/").split('id="echanges"')[1]


def filled_buttons(page: str) -> list[str]:
    """Return what the filled buttons of a page say."""
    found = re.findall(r'<a\s+class="button\s*"\s+href="[^"]*"\s*>([^<]+)</a', page)
    return [" ".join(one.split()) for one in found]


def test_a_result_not_notified_in_time_is_late_and_first(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.runs_clocks = True
    scenario.to_scheduled().deliberate().wait(30)
    page = file(scenario, demo.officer)
    assert "en retard de 15 jours" in page
    assert page.index("en retard de 15 jours") < page.index('id="etape"')
    assert filled_buttons(page) == [Act.NOTIFY_FULL.label]
    scenario.notify()
    assert "is-late" not in file(scenario, demo.officer)


def test_a_lapse_is_late_until_somebody_answers_it(demo: DemoPeople, scenario: Scenario) -> None:
    scenario.runs_clocks = True
    scenario.to_admissible().wait(215)
    assert "is-late" in file(scenario, scenario.architect)
    scenario.certifier(Act.GRANT_REASON, Reason("Arrêt maladie."))
    assert "is-late" not in file(scenario, scenario.architect)


def test_where_nothing_is_awaited_from_me_it_is_said_and_no_button_is_filled(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    page = file(scenario, scenario.architect)
    assert "Rien à faire pour vous : le certificateur décide" in page
    assert filled_buttons(page) == []
    folded = page.split('class="others"')[1].split("</details>")[0]
    assert Act.END_ACCOMPANIMENT.label in folded
    assert page.count(Act.END_ACCOMPANIMENT.label) == 1


def test_where_the_certifier_works_elsewhere_the_page_says_what_is_awaited(
    demo: DemoPeople, scenario: Scenario
) -> None:
    demo.certifier.works_here = False
    demo.certifier.save()
    scenario.to_path_accepted().fill_feasibility().give_opinion()
    page = " ".join(file(scenario, scenario.architect).split())
    assert "Rien à faire pour vous" not in page
    assert "relit et signe son dossier de faisabilité ; le dépôt, hors de Jalon, est à" in page
    assert filled_buttons(page) == []
    scenario.sign(Act.CONFIRM_FEASIBILITY)
    assert filled_buttons(file(scenario, scenario.architect)) == [Act.DEPOSIT_FEASIBILITY.label]
    scenario.do(Act.DEPOSIT_FEASIBILITY, scenario.architect, Deposit(scenario.at.date()))
    page = " ".join(file(scenario, scenario.architect).split())
    assert "Rien à faire pour vous" not in page
    assert "sa réponse, reçue hors de Jalon, est à noter ici" in page


def test_a_verified_file_is_convened_and_fraud_is_folded_away(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_validation_sent().certifier(Act.ACCEPT_VALIDATION)
    page = file(scenario, demo.officer)
    assert filled_buttons(page) == ["Convoquer devant un jury"]
    assert Act.OPEN_FRAUD.label in page.split('class="others"')[1]
    assert Act.OPEN_FRAUD.label not in page.split('class="others"')[0]


def test_an_opinion_already_given_is_offered_to_be_changed_not_given_again(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted().fill_feasibility()
    assert filled_buttons(file(scenario, scenario.architect)) == [Act.GIVE_OPINION.label]
    scenario.give_opinion()
    page = file(scenario, scenario.architect)
    assert "Modifier l’avis de l’accompagnateur" in page
    assert filled_buttons(page) == []


def test_a_path_already_proposed_is_offered_to_be_changed_and_waits_for_its_answer(
    scenario: Scenario,
) -> None:
    scenario.register().take_charge().first_meeting()
    assert filled_buttons(file(scenario, scenario.architect)) == [Act.PROPOSE_PATH.label]
    scenario.propose_path()
    page = file(scenario, scenario.architect)
    assert "Modifier le parcours proposé" in page
    assert "Rien à faire pour vous : le candidat répond au parcours proposé." in page
    assert filled_buttons(page) == []


def test_sending_a_file_that_is_not_signed_is_said_impossible_with_why(scenario: Scenario) -> None:
    scenario.to_path_accepted().fill_feasibility().give_opinion()
    page = file(scenario, scenario.architect)
    why = page.split('class="blocked"')[1].split("</div>")[0]
    assert Act.SEND_FEASIBILITY.label in why
    assert "la confirmation du dossier" in why
    scenario.sign(Act.CONFIRM_FEASIBILITY)
    why = file(scenario, scenario.architect).split('class="blocked"')[1].split("</div>")[0]
    assert "ne vous a pas autorisé à envoyer" in why


def test_the_report_of_the_first_meeting_is_read_on_the_file_not_by_the_certifier(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_ready().send_feasibility()
    said = scenario.journey.meetings.get(kind=MeetingKind.FIRST).report["training_needs"]
    for viewer in (scenario.architect, demo.head):
        assert said in file(scenario, viewer, "echanges/")
    assert "Premier rendez-vous" not in timeline(scenario, demo.officer)


def test_the_gaps_and_advice_of_a_decision_are_read_on_the_file(scenario: Scenario) -> None:
    scenario.to_admissible(with_gaps=True)
    decision = scenario.journey.decision
    assert decision is not None
    page = file(scenario, scenario.architect, "ecrits/")
    assert decision.recommendations in page
    assert all(gap.text in page for gap in decision.gaps.all())


def test_a_call_is_noted_at_any_stage_and_stays_among_those_who_accompany(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_complete()
    assert Act.RECORD_CONTACT.label in file(scenario, scenario.architect)
    note = Contact(scenario.at.date(), "Découragée, à rappeler lundi.", answered=True)
    scenario.do(Act.RECORD_CONTACT, scenario.architect, note)
    for tab in ("echanges/", "journal/"):
        assert note.text in file(scenario, scenario.architect, tab)
        assert note.text not in file(scenario, demo.officer, tab)
        assert "Échange noté" not in file(scenario, demo.officer, tab)


def test_a_candidate_who_stops_is_not_asked_whether_they_answered(scenario: Scenario) -> None:
    scenario.register()
    address = f"/dossiers/{scenario.journey.pk}/faire/drop_out/"
    mine = browser(scenario.person).get(address).content.decode()
    assert DropOutReason.SILENT.label not in mine
    assert DropOutReason.TIME.label in mine


def test_a_delay_that_will_begin_with_the_jury_is_not_told_as_ended(
    demo: DemoPeople, scenario: Scenario
) -> None:
    page = file(scenario.to_scheduled(), demo.officer)
    assert "Délais terminés" in page and "En cours. C’était" not in page


def test_a_date_that_an_ended_journey_did_not_keep_is_not_late(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_path_accepted()
    scenario.do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.JOB)).wait(400)
    page = file(scenario, demo.administrator)
    assert "pas tenu" in page and "en retard" not in page.split("Calendrier prévu")[1]


def test_the_tab_of_a_file_bears_the_name_of_its_person(scenario: Scenario) -> None:
    scenario.register()
    title = file(scenario, scenario.architect).split("</title>")[0]
    assert scenario.person.get_full_name() in title


@pytest.mark.rule("R-001")
def test_the_route_of_a_journey_is_proved_even_once_the_list_of_the_portal_is_corrected(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    opened = scenario.certification.openings.get()
    Opening.objects.all().delete()
    page = " ".join(file(scenario, scenario.architect, "journal/").split())
    assert f"était ouverte sur le portail France VAE ({opened})" in page
    assert "Date de démonstration" in page
