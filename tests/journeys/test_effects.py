"""What acts write on real rows, beside the stage."""

from copy import copy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import ANSWERS, Scenario
from jalon.journeys.queries import grounds, journal
from jalon.law import facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Event, Opinion, Outcome, Stage, Standing
from jalon.writing import drafts
from jalon.writing.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-017")
def test_a_file_sent_back_is_confirmed_and_sworn_anew(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility().wait(5)
    scenario.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(items=("Justificatif d’emploi",)))
    file = scenario.journey.feasibility
    file.refresh_from_db()
    assert (file.confirmed_at, file.sworn_at, file.sworn_name) == (None, None, "")
    with pytest.raises(Refused) as refused:
        scenario.do(Act.SEND_FEASIBILITY, scenario.person)
    assert refused.value.rule in ("R-013", "R-017")
    scenario.sign(Act.CONFIRM_FEASIBILITY).do(Act.SEND_FEASIBILITY, scenario.person)


@pytest.mark.rule("R-017")
def test_writing_in_a_signed_file_undoes_the_signature(scenario: Scenario) -> None:
    scenario.to_ready()
    with timekeeper.at(scenario.at):
        drafts.save_feasibility(scenario.journey.pk, scenario.person, {"goals": "Autre chose."})
    file = scenario.journey.feasibility
    file.refresh_from_db()
    assert (file.confirmed_at, file.sworn_at) == (None, None)


@pytest.mark.rule("R-017")
def test_an_opinion_given_after_the_signature_undoes_it_and_says_so(scenario: Scenario) -> None:
    scenario.to_ready()
    changed = facts.OpinionGiven(Opinion.UNFAVOURABLE, "Peu de programmation.")
    scenario.do(Act.GIVE_OPINION, scenario.architect, changed)
    file = scenario.journey.feasibility
    file.refresh_from_db()
    assert (file.confirmed_at, file.sworn_at, file.sworn_name) == (None, None, "")
    last = scenario.journey.journal.order_by("-number").first()
    assert last and last.done == "Texte modifié : la signature est à refaire"
    with pytest.raises(Refused):
        scenario.do(Act.SEND_FEASIBILITY, scenario.person)
    scenario.sign(Act.CONFIRM_FEASIBILITY).do(Act.SEND_FEASIBILITY, scenario.person)


@pytest.mark.rule("R-017")
def test_an_opinion_given_before_the_signature_undoes_nothing(scenario: Scenario) -> None:
    scenario.to_path_accepted().fill_feasibility().give_opinion()
    assert not scenario.journey.journal.events().filter(event=Event.SIGNATURE_UNDONE).exists()


@pytest.mark.rule("R-124")
def test_what_the_architect_writes_in_a_draft_is_in_the_journal_once_for_a_run_of_changes(
    scenario: Scenario,
) -> None:
    scenario.to_path_accepted()
    with timekeeper.at(scenario.at):
        for goals in ("Un métier.", "Un métier reconnu."):
            drafts.save_feasibility(scenario.journey.pk, scenario.architect, {"goals": goals})
        drafts.save_feasibility(scenario.journey.pk, scenario.person, {"goals": "Autre chose."})
        drafts.save_profile(scenario.journey.pk, scenario.architect, {"town": "Ville-Exemple"})
    changes = scenario.journey.journal.events().filter(event=Event.DRAFT_CHANGED)
    assert [(one.author, one.facts) for one in changes] == [
        (scenario.architect, {"part": "goals"}),
        (scenario.architect, {"part": "civil_status"}),
    ]


@pytest.mark.rule("R-051")
def test_the_text_that_left_is_known_by_its_fingerprint_and_its_moment(scenario: Scenario) -> None:
    scenario.to_validation_sent()
    file = scenario.journey.attempt.validation
    assert file.sent_at == scenario.at
    assert file.fingerprint == fingerprint(file)
    section = file.sections.first()
    section.result = "Un autre résultat."
    with pytest.raises(IntegrityError, match="R-051"), transaction.atomic():
        section.save()
    file.presentation = "Autre chose."
    assert file.fingerprint != fingerprint(file)


@pytest.mark.rule("R-051")
def test_a_text_changed_after_its_signature_is_signed_again(scenario: Scenario) -> None:
    scenario.to_admissible().wait(80).write_validation().wait(3).sign(Act.SIGN_ORIGINALITY)
    section = scenario.journey.attempt.validation.sections.first()
    with timekeeper.at(scenario.at + timedelta(hours=1)):
        drafts.save_section(
            scenario.journey.pk,
            scenario.person,
            section.competence_id,
            ANSWERS | {"result": "Changé."},
        )
    with pytest.raises(Refused) as refused:
        scenario.do(Act.SEND_VALIDATION, scenario.person)
    assert refused.value.rule == "R-051"


@pytest.mark.rule("R-029")
def test_no_notice_of_the_gip_belongs_to_a_decision_that_was_taken(scenario: Scenario) -> None:
    scenario.to_admissible()
    notice = facts.DatedNote(on=scenario.at.date(), text="Avis reçu")
    with pytest.raises(Refused) as refused:
        scenario.do(Act.RECORD_GIP_NOTICE, scenario.person, notice)
    assert refused.value.rule == "R-029"


@pytest.mark.rule("R-034")
def test_what_was_written_is_found_again_after_a_decision_that_was_revoked(
    scenario: Scenario,
) -> None:
    scenario.to_admissible().write_validation().sign(Act.SIGN_ORIGINALITY)
    sections = scenario.journey.attempt.validation.sections
    written = set(sections.values_list("pk", "actions"))
    revoked = facts.Reason("Décision prise sur un autre dossier.")
    scenario.do(Act.REVOKE_DECISION, scenario.demo.administrator, revoked).admissible()
    scenario.journey.forget_rows()
    file = scenario.journey.attempt.validation
    assert set(file.sections.values_list("pk", "actions")) == written
    assert file.originality_at
    scenario.do(Act.SEND_VALIDATION, scenario.person)


@pytest.mark.rule("R-029", "R-034")
def test_what_was_written_stays_after_what_silence_gave_was_taken_back(scenario: Scenario) -> None:
    scenario.runs_clocks = True
    scenario.to_complete().wait(70)
    scenario.write_validation()
    sections = scenario.journey.attempt.validation.sections
    written = set(sections.values_list("pk", "actions"))
    heard = facts.Overturning(
        reason="Expérience sans rapport.", heard_on=scenario.at.date(), observations="Rien."
    )
    scenario.certifier(Act.OVERTURN_TACIT, heard)
    assert scenario.journey.stage == Stage.INADMISSIBLE
    scenario.journey.forget_rows()
    kept = scenario.journey.attempt.validation.sections
    assert set(kept.values_list("pk", "actions")) == written


@pytest.mark.rule("R-073")
def test_nobody_registers_anew_for_what_they_hold(scenario: Scenario) -> None:
    scenario.to_result().wait(30)
    again = copy(scenario)
    with pytest.raises(Refused) as refused:
        again.register()
    assert refused.value.rule == "R-073"


@pytest.mark.rule("R-080")
def test_documents_asked_for_after_the_file_was_put_away_are_delivered(scenario: Scenario) -> None:
    scenario.to_result().certifier(Act.ARCHIVE, facts.Reason("Parcours terminé."))
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).certifier(Act.ISSUE_DOCUMENTS)
    scenario.run_pending_jobs()
    assert scenario.journey.documents.filter(kind="certificate").exists()


@pytest.mark.rule("R-082")
def test_fraud_found_after_the_file_was_put_away_is_answered_then_withdraws(
    scenario: Scenario,
) -> None:
    scenario.to_result().certifier(Act.ARCHIVE, facts.Reason("Parcours terminé."))
    opening = facts.FraudOpening("Faux certificat.", scenario.at.date() + timedelta(days=15))
    scenario.certifier(Act.OPEN_FRAUD, opening)
    scenario.do(
        Act.ANSWER_FRAUD, scenario.person, facts.Reason("C’est une erreur de mon employeur.")
    )
    scenario.certifier(Act.REFUSE_FOR_FRAUD, facts.Reason("Faux établi."))
    assert not scenario.journey.awards.held().exists()


@pytest.mark.rule("R-011", "R-029")
def test_a_silence_on_a_certification_that_ended_waits_for_the_word_of_the_certifier(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    ended = scenario.at.date() + timedelta(days=10)
    Certification.objects.filter(pk=scenario.certification.pk).update(ends_on=ended)
    scenario.runs_clocks = True
    scenario.wait(80)
    assert scenario.journey.stage == Stage.FEASIBILITY_COMPLETE
    scenario.certifier(Act.CONFIRM_SHEET, facts.Reason("Enregistrement prolongé le 2 mars."))
    scenario.wait(1)
    assert scenario.journey.stage == Stage.ADMISSIBLE
    assert scenario.journey.sheet_statement.startswith("Enregistrement prolongé")


def rectify(scenario: Scenario, *won: str) -> None:
    """Let the certifier put a signed result right."""
    said = facts.Rectification("Deux lignes inversées.", won=won, evidence="Grille signée")
    scenario.certifier(Act.RECTIFY_RESULT, said).journey.forget_rows()


@pytest.mark.rule("R-076")
def test_a_bloc_given_in_error_is_withdrawn_and_the_one_forgotten_is_given_by_the_same_jury(
    scenario: Scenario,
) -> None:
    first, second, *_ = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code]).wait(10)
    given = scenario.journey.awards.get()
    rectify(scenario, second.code)
    awards = scenario.journey.awards
    assert awards.get(pk=given.pk).standing == Standing.WITHDRAWN
    assert awards.get(pk=given.pk).withdrawn_on == scenario.at.date()
    right = awards.held().get()
    assert (right.bloc, right.awarded_on, right.session) == (
        second,
        given.awarded_on,
        given.session,
    )
    hearing = scenario.journey.attempt.hearings.get()
    assert hearing.locked_at and hearing.entry.act == Act.RECORD_DELIBERATION


@pytest.mark.rule("R-074")
def test_a_bloc_taken_back_says_the_error_as_its_reason(scenario: Scenario) -> None:
    first, second, *_ = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    assert grounds(scenario.journey)[second.code]
    rectify(scenario, second.code)
    why = grounds(scenario.journey)
    assert why[first.code] == "Deux lignes inversées."
    assert second.code not in why


@pytest.mark.rule("R-078")
def test_nobody_but_the_certifier_reads_of_a_result_put_right_before_its_notice(
    scenario: Scenario,
) -> None:
    first = scenario.certification.blocs.order_by("position").first()
    scenario.to_scheduled().deliberate()
    rectify(scenario, first.code)
    for viewer, reads in ((scenario.person, False), (scenario.demo.officer, True)):
        lines = journal(viewer, scenario.journey)
        assert lines.filter(act=Act.RECTIFY_RESULT).exists() is reads
    scenario.wait(3)
    assert scenario.journey.attempt.outcome == Outcome.PARTIAL
    scenario.notify()
    assert scenario.journey.stage == Stage.PARTIALLY_CERTIFIED


@pytest.mark.rule("R-076")
def test_a_jury_that_is_annulled_is_held_again_on_the_same_file_and_its_minutes_stay(
    scenario: Scenario,
) -> None:
    scenario.to_result()
    code = scenario.journey.awards.first().verification_code
    fingerprint_sent = scenario.journey.attempt.validation.fingerprint
    scenario.certifier(
        Act.ANNUL_HEARING, facts.Annulment("Un membre avait accompagné le candidat.")
    )
    scenario.journey.forget_rows()
    assert not scenario.journey.awards.held().exists()
    assert scenario.journey.attempt.validation.fingerprint == fingerprint_sent
    assert scenario.journey.awards.get(verification_code=code).standing == Standing.WITHDRAWN
    scenario.wait(5).convene(30).deliberate().wait(5).notify()
    assert scenario.journey.stage == Stage.CERTIFIED
    first, second = scenario.journey.attempts.order_by("number")
    assert first.hearings.get().locked_at and second.hearings.get().locked_at
