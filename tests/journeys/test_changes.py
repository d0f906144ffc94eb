"""A journey that changes on its way, on real rows: its target, its company, its end and its return."""

import pytest
from django.db import DatabaseError, transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.people import member, person
from jalon.demo.scenario import Scenario
from jalon.journeys.models import Journey
from jalon.journeys.policy import visible
from jalon.juries.panel import accompanists
from jalon.law import facts
from jalon.law.consent import consent_text
from jalon.law.facts import Registration, Reopening
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    DocumentKind,
    DropOutReason,
    OrganisationKind,
    Role,
    Scope,
    Stage,
)
from jalon.mailbox.recipients import holders, people, told_by_law
from jalon.people.models import Certifying, Organisation
from jalon.writing.models import BlocClaim
from tests.journeys.bringing import another_certifier
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

OTHER = "RNCP36979"
LEAVING = facts.Leaving(DropOutReason.TIME)


def aim(scenario: Scenario, code: str, *blocs: str) -> Scenario:
    """Let the candidate aim at another certification, or at some blocs."""
    scope = Scope.BLOCS if blocs else Scope.WHOLE
    return scenario.do(
        Act.CHANGE_TARGET, scenario.person, facts.TargetRequest("", code, scope, blocs)
    )


@pytest.mark.rule("R-004")
def test_another_certification_keeps_experiences_and_puts_the_texts_of_blocs_aside(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted().fill_feasibility()
    before = scenario.certification
    described = BlocClaim.objects.filter(feasibility=scenario.journey.feasibility).count()
    aim(scenario, OTHER)
    journey = scenario.journey
    assert (journey.certification.code, journey.stage) == (OTHER, Stage.MEETING_HELD)
    assert journey.experiences.count() == 1
    assert journey.documents.filter(kind=DocumentKind.IDENTITY).exists()
    assert not journey.milestones.to_come().exists()
    aim(scenario, before.code)
    kept = BlocClaim.objects.filter(feasibility=journey.feasibility, done=True)
    assert kept.count() == described == before.blocs.count()


@pytest.mark.rule("R-004")
def test_the_database_lets_the_certification_change_before_the_first_deposit_only(
    scenario: Scenario,
) -> None:
    scenario.to_ready()
    other = Certification.objects.get(code=OTHER)
    with transaction.atomic():
        scenario.journey.certification = other
        scenario.journey.save()
        transaction.set_rollback(True)
    scenario.journey.refresh_from_db()
    scenario.send_feasibility()
    with pytest.raises(DatabaseError, match="R-001"), transaction.atomic():
        scenario.journey.certification = other
        scenario.journey.save()


@pytest.mark.rule("R-004")
def test_the_page_offers_another_target_on_the_same_route_only(scenario: Scenario) -> None:
    scenario.register()
    timekeeper.travel(scenario.at)
    address = f"/dossiers/{scenario.journey.pk}/faire/change_target/"
    page = browser(scenario.person).get(address).content.decode()
    assert OTHER in page and "RNCP41814" not in page
    assert "suivent la même procédure" in page and "Le candidat me l’a demandé" not in page
    theirs = browser(scenario.demo.head).get(address).content.decode()
    assert "Le candidat me l’a demandé" in theirs
    first = scenario.certification.blocs.order_by("position").first()
    assert first
    said = {"code": scenario.certification.code, "scope": "blocs", "blocs": [first.code]}
    browser(scenario.person).post(address, said)
    assert list(scenario.journey.targeted.all()) == [first]


def test_a_candidate_who_leaves_is_seen_by_their_organisation_no_more(scenario: Scenario) -> None:
    scenario.to_admissible()
    architect = scenario.journey.architect
    scenario.do(Act.LEAVE_ACCOMPANIMENT, scenario.person, facts.Reason(""))
    journey = scenario.journey
    assert (journey.accompaniment, journey.stage) == (Accompaniment.ALONE, Stage.ADMISSIBLE)
    address = f"/dossiers/{journey.pk}/"
    timekeeper.travel(scenario.at)
    assert browser(scenario.architect).get(address).status_code == 404
    assert architect and architect.pk in accompanists(journey)
    assert holders(journey, Role.ARCHITECT) == []


def test_whoever_comes_back_before_any_deposit_goes_on_where_they_were(scenario: Scenario) -> None:
    scenario.to_path_accepted().do(Act.DROP_OUT, scenario.person, LEAVING)
    scenario.wait(90).do(Act.RESUME, scenario.person)
    assert scenario.journey.stage == Stage.PATH_ACCEPTED
    scenario.fill_feasibility().give_opinion().sign(Act.CONFIRM_FEASIBILITY).send_feasibility()
    assert scenario.journey.stage == Stage.FEASIBILITY_SENT


@pytest.mark.rule("R-018", "R-044")
def test_whoever_comes_back_while_admissible_keeps_file_and_delay(scenario: Scenario) -> None:
    scenario.to_admissible()
    limit = scenario.journey.clocks.get(kind=ClockKind.LAPSE).limit_on
    scenario.wait(20).do(Act.DROP_OUT, scenario.person, LEAVING)
    assert not scenario.journey.clocks.running().exists()
    scenario.wait(40).do(Act.RESUME, scenario.person)
    assert scenario.journey.stage == Stage.ADMISSIBLE
    assert scenario.journey.clocks.running().get(kind=ClockKind.LAPSE).limit_on == limit
    scenario.write_validation().send_validation()
    assert scenario.journey.stage == Stage.VALIDATION_SENT


def test_a_summoned_candidate_stops_their_hour_is_free_and_everyone_is_told(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled()
    hearing = scenario.current_hearing()
    scenario.do(Act.DROP_OUT, scenario.person, LEAVING)
    hearing.refresh_from_db()
    assert hearing.cancelled_at and scenario.journey.attempt.hearing_on is None
    entry = scenario.journey.journal.get(act=Act.DROP_OUT)
    told = people(entry, told_by_law(entry))
    panel = {one.user for one in scenario.demo.jurors[:3]}
    assert panel | {scenario.person, scenario.architect, scenario.demo.officer} == set(told)
    scenario.wait(10).do(Act.RESUME, scenario.person)
    assert scenario.journey.stage == Stage.ADMISSIBLE


def test_the_certifier_is_told_nothing_of_a_file_it_never_received(scenario: Scenario) -> None:
    scenario.register().do(Act.DROP_OUT, scenario.person, LEAVING)
    entry = scenario.journey.journal.get(act=Act.DROP_OUT)
    assert scenario.demo.officer not in people(entry, told_by_law(entry))


def test_nobody_writes_to_the_dead_and_heirs_may_ask_for_the_certificate(
    scenario: Scenario,
) -> None:
    scenario.to_result()
    death = facts.Death(scenario.at.date(), "Acte de décès reçu de la famille")
    scenario.certifier(Act.CLOSE_DECEASED, death)
    entry = scenario.journey.journal.get(act=Act.CLOSE_DECEASED)
    scenario.person.refresh_from_db()
    assert not scenario.person.is_active
    assert scenario.person not in people(entry, told_by_law(entry))
    assert holders(scenario.journey, Role.CANDIDATE) == []
    note = facts.DatedNote(scenario.at.date(), "Courrier de la famille", "Lettre")
    scenario.certifier(Act.NOTE_HEIRS_REQUEST, note).certifier(Act.ISSUE_DOCUMENTS)
    assert scenario.journey.documents_issued_at
    with pytest.raises(Refused):
        scenario.certifier(Act.REOPEN, facts.Reason("Erreur."))


@pytest.mark.rule("R-090")
def test_an_amended_path_once_accepted_takes_the_place_of_the_other_which_is_kept(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    old = list(scenario.journey.milestones.to_come().values_list("due_on", flat=True))
    scenario.wait(30)
    amended = texts.path(scenario.at.date())
    scenario.do(Act.AMEND_PATH, scenario.architect, amended)
    assert list(scenario.journey.milestones.to_come().values_list("due_on", flat=True)) == old
    scenario.do(Act.ACCEPT_AMENDMENT, scenario.person, facts.PathAnswer())
    new = set(scenario.journey.milestones.to_come().values_list("due_on", flat=True))
    assert new == {one.due_on for one in amended.milestones}
    scenario.run_pending_jobs()
    assert scenario.journey.documents.filter(kind=DocumentKind.PATH).count() == 2


@pytest.mark.rule("R-010")
def test_the_text_agreed_to_is_kept_word_for_word_and_says_how_to_withdraw(
    scenario: Scenario,
) -> None:
    timekeeper.travel(scenario.at)
    client = browser(scenario.person)
    address = f"/candidat/commencer/{scenario.certification.code}/"
    assert "retirer cet accord à tout moment" in client.get(address).content.decode()
    said = {"accompaniment": "alone", "scope": "whole", "context": "employer"}
    assert client.post(address, said).status_code == 409
    assert not scenario.person.journeys.exists()
    client.post(address, said | {"consent": "on"})
    journey = scenario.person.journeys.get()
    kept = journey.journal.get(act=Act.REGISTER).facts_as(Registration)
    assert kept.agreed_to == consent_text()
    assert journey.context == "employer"


def test_a_reopened_file_of_somebody_who_stopped_may_be_resumed(scenario: Scenario) -> None:
    scenario.register().do(Act.DROP_OUT, scenario.person, LEAVING)
    scenario.wait(2).do(Act.ARCHIVE, scenario.person, facts.Reason("Plus tard."))
    scenario.wait(2).do(Act.REOPEN, scenario.person, facts.Reason("Je reprends."))
    reopened = scenario.journey.journal.get(act=Act.REOPEN).facts_as(Reopening)
    assert reopened.leads_to == Stage.DROPPED_OUT
    assert scenario.do(Act.RESUME, scenario.person).journey.stage == Stage.REGISTERED


@pytest.mark.rule("R-004")
def test_a_transferred_file_is_read_by_the_other_certifier_only_and_its_delays_go_on(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    other = another_certifier(scenario.journey)
    reader = member(person("Rose", "Cachet", "rose@exemple.fr"), other, Role.CERTIFIER)
    running = list(scenario.journey.clocks.values_list("kind", "state", "limit_on"))
    scenario.certifier(Act.TRANSFER, facts.TransferRequest("Il déménage.", other.pk))
    seen = Journey.objects.filter(pk=scenario.journey.pk)
    assert seen.filter(visible(reader)).exists()
    assert not seen.filter(visible(scenario.demo.officer)).exists()
    assert list(scenario.journey.clocks.values_list("kind", "state", "limit_on")) == running
    entry = scenario.journey.journal.get(act=Act.TRANSFER)
    assert reader in people(entry, told_by_law(entry))
    decision = facts.Decision()
    scenario.wait(3).do(Act.DECLARE_ADMISSIBLE, reader, decision)
    assert scenario.journey.stage == Stage.ADMISSIBLE


@pytest.mark.rule("R-004")
def test_whoever_transfers_a_file_comes_back_to_their_own_list(scenario: Scenario) -> None:
    scenario.to_complete()
    other = another_certifier(scenario.journey)
    client = browser(scenario.demo.officer)
    address = f"/dossiers/{scenario.journey.pk}/faire/transfer/"
    assert "Autre certificateur" in client.get(address).content.decode()
    answer = client.post(address, {"certifier": other.pk, "reason": "Il déménage."}, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/certificateur/"


@pytest.mark.rule("R-004")
def test_a_candidate_who_changes_certification_chooses_before_which_certifier(
    scenario: Scenario,
) -> None:
    scenario.register()
    sheet = Certification.objects.get(code=OTHER)
    Certifying.objects.filter(certification=sheet).delete()
    first, second = (certifier_named(name, sheet) for name in ("Nord", "Sud"))
    client = browser(scenario.person)
    address = f"/dossiers/{scenario.journey.pk}/faire/change_target/"
    sent = {"code": OTHER, "scope": "whole"}
    assert client.post(address, sent).status_code == 409
    answer = client.post(address, sent | {"certifier": second.pk})
    assert answer.status_code == 302
    scenario.journey.refresh_from_db()
    assert scenario.journey.certifier == second != first


def certifier_named(name: str, sheet: Certification) -> Organisation:
    """Return a certifier of a sheet, in a territory of that name."""
    siret = f"8888888880{len(name):04d}"
    other = Organisation.objects.create(
        name=name, territory=name, siret=siret, kind=OrganisationKind.CERTIFIER
    )
    Certifying.objects.create(organisation=other, certification=sheet)
    return other


@pytest.mark.rule("R-001")
def test_what_was_put_away_or_refused_does_not_go_on_beside_another_open_journey(
    scenario: Scenario,
) -> None:
    why = facts.Reason("Je veux reprendre ce dossier.")
    again = Scenario(scenario.demo, scenario.certification, scenario.at, candidate=scenario.person)
    scenario.to_result([]).wait(60).do(Act.ARCHIVE, scenario.person, why)
    again.at = scenario.at
    again.register()
    scenario.refuses("R-001", Act.REOPEN, scenario.person, why)
    again.do(Act.DROP_OUT, again.person, LEAVING)
    scenario.do(Act.REOPEN, scenario.person, why).reached(Stage.NOT_CERTIFIED)


@pytest.mark.rule("R-001", "R-034")
def test_a_refusal_is_not_taken_back_beside_another_open_journey(scenario: Scenario) -> None:
    scenario.to_complete().wait(5)
    refusal = facts.Decision(reason="Expérience sans rapport.")
    scenario.certifier(Act.DECLARE_INADMISSIBLE, refusal).wait(5)
    again = Scenario(scenario.demo, scenario.certification, scenario.at, candidate=scenario.person)
    again.register()
    why = facts.Reason("Erreur de dossier.")
    scenario.refuses("R-001", Act.REVOKE_DECISION, scenario.demo.administrator, why)


@pytest.mark.rule("R-073")
def test_a_target_is_not_changed_for_the_certification_that_the_person_holds(
    scenario: Scenario,
) -> None:
    scenario.to_result().reached(Stage.CERTIFIED)
    other = Certification.objects.get(code=OTHER)
    elsewhere = Scenario(scenario.demo, other, scenario.at, candidate=scenario.person).register()
    held = facts.TargetRequest("", scenario.certification.code, Scope.WHOLE)
    elsewhere.refuses("R-073", Act.CHANGE_TARGET, scenario.person, held)
