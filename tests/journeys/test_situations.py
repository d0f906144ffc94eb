"""What happens to people on their way, each walked to a lawful end or refused by its rule.

Only what no other test of the house walks on a real database stands here.
"""

from copy import copy
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.people import member, person
from jalon.demo.scenario import DemoPeople, Scenario, partial
from jalon.documents.queries import documents
from jalon.journeys.models import Clock
from jalon.journeys.snapshot import snapshot
from jalon.juries import planning
from jalon.law import facts
from jalon.law.clocks import add_months, end_of_nth_month, french
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    ClockKind,
    ClockState,
    Contestation,
    Context,
    DocumentKind,
    DropOutReason,
    End,
    FeasibilityKind,
    MeetingMode,
    Motive,
    PostponedBy,
    Role,
    Route,
    SessionMode,
    Stage,
    Standing,
    StepKind,
)
from jalon.mailbox.recipients import people, told_by_law
from jalon.now import PARIS
from jalon.people.models import User
from jalon.writing import drafts
from tests.conftest import TODAY
from tests.documents.reading import printed
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

WHY = facts.Reason("Une raison écrite.")


def told(scenario: Scenario, act: Act) -> set[User]:
    """Return who was told of the last time that an act was done."""
    entry = scenario.journey.journal.filter(act=act).latest("number")
    return set(people(entry, told_by_law(entry)))


def both_sides(scenario: Scenario) -> set[User]:
    """Return the candidate and their architect."""
    return {scenario.person, scenario.architect}


def running(scenario: Scenario, kind: ClockKind) -> Clock:
    """Return the clock of a kind that runs."""
    return scenario.journey.clocks.running().get(kind=kind)


@pytest.fixture
def alone(demo: DemoPeople, machining: Certification) -> Scenario:
    """Somebody who goes alone, on the portal's route."""
    return Scenario(demo, machining, TODAY, accompaniment=Accompaniment.ALONE)


@pytest.fixture
def on_2002(demo: DemoPeople) -> Scenario:
    """Somebody accompanied, on the 2002 route."""
    certification = Certification.objects.get(code="RNCP41814")
    return Scenario(demo, certification, TODAY, route=Route.LAW_2002)


def to_partial(scenario: Scenario) -> Scenario:
    """Walk to a partial award, notified."""
    scenario.to_scheduled()
    return scenario.deliberate(partial(scenario)).wait(6).notify()


def jury_again(scenario: Scenario, won: list[str] | None) -> Scenario:
    """Open a new passage for what is missing, and walk it to its result."""
    scenario.next_attempt().wait(40).write_validation().send_validation().wait(3)
    return (
        scenario.certifier(Act.ACCEPT_VALIDATION).wait(2).convene().deliberate(won).wait(3).notify()
    )


# ---------------------------------------------------------------- before the first deposit


@pytest.mark.rule("R-073")
def test_a_bloc_obtained_by_training_and_the_others_by_vae_make_the_certificate(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    last = scenario.certification.blocs.order_by("position").last()
    assert last
    scenario.hold_elsewhere(last.code).recognise(last.code)
    assert told(scenario, Act.CONFIRM_PRIOR_BLOC) == both_sides(scenario)
    scenario.wait(30).write_validation().send_validation().wait(3)
    scenario.certifier(Act.ACCEPT_VALIDATION).wait(2).convene().deliberate().wait(3).notify()
    scenario.reached(Stage.CERTIFIED)
    assert last not in scenario.journey.attempt.blocs.all()
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).certifier(Act.ISSUE_DOCUMENTS)
    assert scenario.certification.title in printed(scenario, DocumentKind.CERTIFICATE)


@pytest.mark.rule("R-035")
def test_a_file_handed_to_a_colleague_goes_on_and_who_left_is_told_nothing_more(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    gone = scenario.architect
    colleague = next(one for one in scenario.demo.architects if one != gone)
    request = facts.ReassignmentRequest(colleague.pk, "Congé maternité.")
    scenario.do(Act.REASSIGN, scenario.demo.head, request)
    assert told(scenario, Act.REASSIGN) == {scenario.person, colleague}
    scenario.wait(20).admissible()
    assert told(scenario, Act.DECLARE_ADMISSIBLE) == {scenario.person, colleague}
    scenario.do(Act.RECORD_CONTACT, colleague, facts.Contact(scenario.at.date(), "Appel"))


@pytest.mark.rule("R-026", "R-028", "R-022")
def test_a_deposit_on_the_portal_counts_from_its_day_for_the_delay_and_for_the_year(
    scenario: Scenario,
) -> None:
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()
    scenario.to_ready().wait(30)
    deposited = scenario.at.date() - timedelta(days=20)
    number = facts.PortalNumber(deposited, number="FVAE-2027-0042")
    scenario.do(Act.NOTE_PORTAL_NUMBER, scenario.architect, number)
    scenario.do(Act.DEPOSIT_FEASIBILITY, scenario.architect, facts.Deposit(deposited))
    clock = running(scenario, ClockKind.DECISION)
    assert (clock.started_on, clock.limit_on) == (deposited, add_months(deposited, 2))
    (filing,) = snapshot(scenario.journey, Role.ARCHITECT).filings
    assert filing.submitted_on == deposited
    assert scenario.journey.portal_number == "FVAE-2027-0042"


@pytest.mark.rule("R-032", "R-038", "R-041", "R-047")
def test_somebody_accompanied_on_the_2002_route_asks_by_its_form_and_is_certified(
    on_2002: Scenario,
) -> None:
    on_2002.to_admissible()
    assert not on_2002.journey.feasibility.opinion
    assert "Demande de recevabilité à la VAE (Livret 1)" in printed(on_2002, DocumentKind.REQUEST)
    assert {clock.kind for clock in on_2002.journey.clocks.running()} == {ClockKind.VALIDITY}
    on_2002.wait(100).write_validation().send_validation().wait(5)
    on_2002.certifier(Act.ACCEPT_VALIDATION).wait(4).convene().deliberate().wait(6).notify()
    on_2002.reached(Stage.CERTIFIED)
    assert not on_2002.journey.clocks.running().exists()


@pytest.mark.rule("R-006")
def test_somebody_alone_asks_for_help_once_admissible_and_loses_no_day(alone: Scenario) -> None:
    alone.to_admissible()
    limit = running(alone, ClockKind.LAPSE).limit_on
    office = alone.demo.neighbour
    helper = member(person("Aide", "Voisine", "aide@exemple.fr"), office, Role.ARCHITECT)
    alone.do(Act.ASK_ACCOMPANIMENT, alone.person, facts.AccompanimentRequest(office.pk))
    assert alone.person in told(alone, Act.ASK_ACCOMPANIMENT)
    alone.do(Act.TAKE_OVER, helper)
    alone.reached(Stage.ADMISSIBLE)
    assert (alone.journey.organisation, alone.journey.architect) == (office, helper)
    assert running(alone, ClockKind.LAPSE).limit_on == limit


@pytest.mark.rule("R-010", "R-006")
def test_an_architect_never_ends_an_admissibility_and_the_candidate_goes_on_alone(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    leaving = facts.Leaving(DropOutReason.SILENT)
    scenario.refuses("TABLE", Act.DROP_OUT, scenario.architect, leaving)
    scenario.do(Act.PROPOSE_END, scenario.architect, facts.EndProposal("Sans nouvelles.", End.STOP))
    assert told(scenario, Act.PROPOSE_END) == {scenario.person}
    scenario.do(Act.DECLINE_END, scenario.person)
    scenario.do(Act.END_ACCOMPANIMENT, scenario.architect, WHY)
    scenario.reached(Stage.ADMISSIBLE)
    assert scenario.journey.accompaniment == Accompaniment.ALONE
    assert running(scenario, ClockKind.LAPSE)
    scenario.write_validation().sign(Act.SIGN_ORIGINALITY)
    scenario.do(Act.SEND_VALIDATION, scenario.person).reached(Stage.VALIDATION_SENT)


# ---------------------------------------------------------------- the decision, and what may end it


@pytest.mark.rule("R-028")
def test_the_two_months_begin_again_with_the_last_piece_and_not_with_its_check(
    scenario: Scenario,
) -> None:
    scenario.to_ready().send_feasibility().wait(5)
    scenario.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Certificat de travail",)))
    assert not scenario.journey.clocks.running().filter(kind=ClockKind.DECISION).exists()
    scenario.wait(12).add_document(DocumentKind.EXPERIENCE_PROOF, "certificat.pdf")
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility()
    came = scenario.at.date()
    scenario.wait(40).certifier(Act.DECLARE_COMPLETE)
    assert running(scenario, ClockKind.DECISION).limit_on == add_months(came, 2)
    scenario.runs_clocks = True
    scenario.wait(30).reached(Stage.ADMISSIBLE)
    assert scenario.journey.decision.tacit


@pytest.mark.rule("R-031", "R-034")
def test_what_silence_gave_is_taken_back_by_the_certifier_who_heard_the_candidate_and_nobody_else(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    scenario.runs_clocks = True
    scenario.wait(75).reached(Stage.ADMISSIBLE)
    refusal = facts.Decision(reason="Activité sans rapport.")
    officer, chief = scenario.demo.officer, scenario.demo.administrator
    scenario.refuses("R-031", Act.DECLARE_INADMISSIBLE, officer, refusal)
    scenario.refuses("R-034", Act.REVOKE_DECISION, chief, WHY)
    unheard = facts.Overturning(reason="Pièces fausses.")
    scenario.refuses("R-031", Act.OVERTURN_TACIT, officer, unheard)
    heard = replace(unheard, heard_on=scenario.at.date(), observations="Il conteste.")
    scenario.certifier(Act.OVERTURN_TACIT, heard).reached(Stage.INADMISSIBLE)
    assert both_sides(scenario) <= told(scenario, Act.OVERTURN_TACIT)
    assert not scenario.journey.clocks.running().exists()


@pytest.mark.rule("R-130", "R-055")
def test_a_refusal_is_contested_in_the_register_and_the_file_waits_for_the_answer(
    scenario: Scenario,
) -> None:
    scenario.to_complete().wait(20)
    scenario.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason="Trop peu d’expérience."))
    words = "Mes deux ans en atelier n’ont pas été comptés."
    complaint = facts.ComplaintFiled(Addressee.CERTIFIER, words)
    scenario.wait(40).do(Act.FILE_COMPLAINT, scenario.person, complaint)
    assert scenario.demo.officer in told(scenario, Act.FILE_COMPLAINT)
    scenario.refuses("R-130", Act.ARCHIVE, scenario.demo.officer, WHY)
    answer = facts.ComplaintAnswer(scenario.journey.complaints.get().number, "Recompté : un mois.")
    scenario.wait(10).certifier(Act.ANSWER_COMPLAINT, answer)
    assert scenario.person in told(scenario, Act.ANSWER_COMPLAINT)
    scenario.certifier(Act.ARCHIVE, WHY).reached(Stage.ARCHIVED)


@pytest.mark.rule("R-044")
def test_an_illness_told_before_the_sixth_month_keeps_the_admissibility(
    scenario: Scenario,
) -> None:
    scenario.to_admissible().runs_clocks = True
    scenario.wait(150)
    claim = facts.Claim("Absence de trois mois.", "Attestation", Motive.PERSONAL)
    scenario.do(Act.CLAIM_REASON, scenario.person, claim)
    assert told(scenario, Act.CLAIM_REASON) >= {scenario.demo.officer, scenario.architect}
    scenario.wait(70)
    assert scenario.journey.clocks.filter(kind=ClockKind.LAPSE, state=ClockState.EXPIRED).exists()
    over = facts.Lapse(no_legitimate_reason=True)
    scenario.refuses("R-044", Act.CONFIRM_LAPSE, scenario.demo.officer, over)
    scenario.certifier(Act.GRANT_REASON, WHY)
    assert told(scenario, Act.GRANT_REASON) == both_sides(scenario)
    assert running(scenario, ClockKind.LAPSE).limit_on == end_of_nth_month(scenario.at.date(), 6)
    scenario.wait(100).write_validation().send_validation().reached(Stage.VALIDATION_SENT)


@pytest.mark.rule("R-009", "R-045")
def test_an_immersion_in_a_company_keeps_an_admissibility_alive(scenario: Scenario) -> None:
    scenario.to_admissible().runs_clocks = True
    scenario.wait(100)
    step = facts.Step(
        scenario.at.date(), "PMSMP de deux semaines", "Convention signée", StepKind.RECOMMENDED
    )
    scenario.do(Act.RECORD_STEP, scenario.person, step).wait(150)
    assert not scenario.journey.journal.filter(act=Act.ALERT_LAPSE).exists()
    over = facts.Lapse(no_legitimate_reason=True)
    scenario.refuses("R-044", Act.CONFIRM_LAPSE, scenario.demo.officer, over)
    scenario.write_validation().send_validation().reached(Stage.VALIDATION_SENT)


@pytest.mark.rule("R-014")
def test_somebody_already_admissible_asks_again_by_the_short_file(alone: Scenario) -> None:
    alone.register()
    with timekeeper.at(alone.at):
        drafts.save_profile(alone.journey.pk, alone.person, texts.PROFILE | {"birth_name": "Essai"})
        drafts.save_experience(
            alone.journey.pk, alone.person, texts.experience(alone.number, alone.at.date())
        )
        short = texts.GOALS | {"kind": FeasibilityKind.ADAPTED}
        drafts.save_feasibility(alone.journey.pk, alone.person, short)
    alone.add_document(DocumentKind.IDENTITY, "carte.pdf")
    alone.refuses("R-014", Act.CONFIRM_FEASIBILITY, alone.person, alone.signature)
    with timekeeper.at(alone.at):
        dated = {"admissible_until": date(2028, 1, 31)}
        drafts.save_feasibility(alone.journey.pk, alone.person, dated)
    alone.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(3)
    alone.certifier(Act.DECLARE_COMPLETE).wait(10).admissible().reached(Stage.ADMISSIBLE)


@pytest.mark.rule("R-047")
def test_an_admissibility_of_2002_that_is_over_is_prolonged_and_the_file_leaves(
    on_2002: Scenario,
) -> None:
    on_2002.to_admissible().runs_clocks = True
    on_2002.wait(720).write_validation().sign(Act.SIGN_ORIGINALITY)
    assert on_2002.journey.journal.filter(act=Act.WARN_VALIDITY).count() == 2
    on_2002.refuses("R-047", Act.SEND_VALIDATION, on_2002.person)
    on_2002.do(Act.ASK_EXTENSION, on_2002.person, WHY)
    assert on_2002.demo.officer in told(on_2002, Act.ASK_EXTENSION)
    until = on_2002.at.date() + timedelta(days=180)
    on_2002.certifier(Act.EXTEND_VALIDITY, facts.Extension(until, "Accordé."))
    assert running(on_2002, ClockKind.VALIDITY).limit_on == until
    on_2002.do(Act.SEND_VALIDATION, on_2002.person).reached(Stage.VALIDATION_SENT)


@pytest.mark.rule("R-018", "R-022")
def test_after_a_refusal_another_file_leaves_on_the_first_of_january_and_not_before(
    alone: Scenario,
) -> None:
    alone.to_complete()
    alone.certifier(Act.DECLARE_INADMISSIBLE, facts.Decision(reason="Expérience sans rapport."))
    again = copy(alone)
    again.wait(40).register().fill_feasibility().sign(Act.CONFIRM_FEASIBILITY)
    again.refuses("R-018", Act.SEND_FEASIBILITY, again.person)
    again.until(datetime(2027, 12, 31, 23, 59, tzinfo=PARIS))
    again.refuses("R-018", Act.SEND_FEASIBILITY, again.person)
    again.until(datetime(2028, 1, 1, 0, 1, tzinfo=PARIS)).send_feasibility()
    again.reached(Stage.FEASIBILITY_SENT)


@pytest.mark.rule("R-001", "R-048")
def test_a_lapse_taken_back_never_makes_two_open_journeys_on_one_certification(
    alone: Scenario,
) -> None:
    alone.to_admissible().runs_clocks = True
    alone.wait(230).certifier(Act.CONFIRM_LAPSE, facts.Lapse(no_legitimate_reason=True))
    alone.reached(Stage.LAPSED)
    again = copy(alone)
    again.wait(5).register()
    alone.wait(6).do(Act.CONTEST_LAPSE, alone.person, WHY)
    officer = alone.demo.officer
    alone.refuses("R-001", Act.CANCEL_LAPSE, officer, WHY)
    again.wait(2).do(Act.DROP_OUT, again.person, facts.Leaving(DropOutReason.OTHER))
    alone.wait(2).certifier(Act.CANCEL_LAPSE, WHY).reached(Stage.ADMISSIBLE)
    assert alone.journey.contestation == Contestation.ACCEPTED
    assert running(alone, ClockKind.LAPSE)


@pytest.mark.rule("R-082")
def test_a_false_paper_in_the_first_file_is_answered_before_anything_is_refused(
    scenario: Scenario,
) -> None:
    scenario.to_complete()
    opening = facts.FraudOpening("Faux certificat.", scenario.at.date() + timedelta(days=15))
    tomorrow = replace(opening, answer_by=scenario.at.date() + timedelta(days=1))
    officer = scenario.demo.officer
    scenario.refuses("R-082", Act.OPEN_FRAUD, officer, tomorrow)
    scenario.certifier(Act.OPEN_FRAUD, opening)
    assert told(scenario, Act.OPEN_FRAUD) == both_sides(scenario)
    scenario.refuses("R-082", Act.REFUSE_FOR_FRAUD, officer, WHY)
    scenario.do(Act.ANSWER_FRAUD, scenario.person, WHY)
    scenario.certifier(Act.REFUSE_FOR_FRAUD, WHY).reached(Stage.FRAUD_REFUSED)
    assert not scenario.journey.clocks.running().exists()


# ---------------------------------------------------------------- the jury


@pytest.mark.rule("R-052")
def test_a_strike_on_the_day_of_the_jury_is_nobody_s_doing_and_a_later_date_says_why(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled().until_the_jury_sits()
    limit = scenario.journey.clocks.filter(kind=ClockKind.HEARING).latest("pk").limit_on
    strike = facts.PostponementRequest("Grève des transports.", PostponedBy.NOBODY, same_day=True)
    scenario.certifier(Act.POSTPONE_HEARING, strike).reached(Stage.VALIDATION_ACCEPTED)
    assert both_sides(scenario) <= told(scenario, Act.POSTPONE_HEARING)
    assert running(scenario, ClockKind.HEARING).limit_on == limit
    kept = scenario.journey.journal.get(act=Act.POSTPONE_HEARING).facts_as(facts.Postponement)
    assert kept.whose == PostponedBy.NOBODY
    late = scenario.plan_session((limit - scenario.at.date()).days + 20)
    asked = facts.HearingRequest(late.pk, datetime(2027, 1, 1, 14).time())
    scenario.refuses("R-052", Act.SCHEDULE_HEARING, scenario.demo.officer, asked)
    scenario.certifier(Act.SCHEDULE_HEARING, replace(asked, late_reason="Grève, atelier fermé."))
    scenario.deliberate().wait(5).notify().reached(Stage.CERTIFIED)


@pytest.mark.rule("R-013", "R-056")
def test_a_candidate_abroad_files_with_a_foreign_address_and_is_heard_at_a_distance(
    alone: Scenario,
) -> None:
    alone.register().fill_feasibility()
    abroad = {"street": "Calle Ejemplo 1", "postcode": "AB-1234", "country": "Espagne"}
    born = {"birth_country": "Espagne", "birth_department": ""}
    with timekeeper.at(alone.at):
        drafts.save_profile(alone.journey.pk, alone.person, texts.PROFILE | abroad | born)
    alone.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(2)
    alone.certifier(Act.DECLARE_COMPLETE).admissible().write_validation().send_validation().wait(2)
    alone.certifier(Act.ACCEPT_VALIDATION)
    session = alone.plan_session(30)
    with timekeeper.at(alone.at):
        seen = {"mode": SessionMode.REMOTE, "place": "", "link": "https://visio.exemple.fr/1"}
        planning.change_session(alone.demo.officer, session, seen)
    asked = facts.HearingRequest(session.pk, datetime(2027, 1, 1, 14).time())
    alone.certifier(Act.SCHEDULE_HEARING, asked)
    assert "https://visio.exemple.fr/1" in printed(alone, DocumentKind.SUMMONS)
    alone.deliberate().wait(5).notify().reached(Stage.CERTIFIED)


# ---------------------------------------------------------------- after the result


@pytest.mark.rule("R-055")
def test_a_partial_award_is_not_put_away_in_haste_and_once_put_away_opens_again(
    scenario: Scenario,
) -> None:
    to_partial(scenario)
    scenario.refuses("R-055", Act.ARCHIVE, scenario.demo.officer, WHY)
    scenario.wait(31).certifier(Act.ARCHIVE, WHY)
    assert told(scenario, Act.ARCHIVE) == both_sides(scenario)
    scenario.wait(200).do(Act.REOPEN, scenario.person, WHY).reached(Stage.PARTIALLY_CERTIFIED)
    jury_again(scenario, None).reached(Stage.CERTIFIED)


@pytest.mark.rule("R-081")
def test_a_candidate_who_wants_no_meeting_after_the_jury_prepares_a_new_passage(
    scenario: Scenario,
) -> None:
    to_partial(scenario)
    proposal = facts.PostJuryProposal(scenario.at.date() + timedelta(days=7), MeetingMode.REMOTE)
    scenario.do(Act.PROPOSE_POST_JURY, scenario.architect, proposal)
    assert told(scenario, Act.PROPOSE_POST_JURY) == {scenario.person}
    scenario.do(Act.DECLINE_POST_JURY, scenario.person, WHY)
    assert told(scenario, Act.DECLINE_POST_JURY) == {scenario.architect}
    scenario.next_attempt().reached(Stage.ADMISSIBLE)


@pytest.mark.rule("R-080")
def test_an_attestation_is_delivered_after_a_second_passage_that_failed(
    scenario: Scenario,
) -> None:
    jury_again(to_partial(scenario), []).reached(Stage.NOT_CERTIFIED)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person)
    assert told(scenario, Act.REQUEST_DOCUMENTS) >= {scenario.demo.officer}
    scenario.certifier(Act.ISSUE_DOCUMENTS)
    assert "Attestation" in printed(scenario, DocumentKind.ATTESTATION)
    assert not scenario.journey.documents.filter(kind=DocumentKind.CERTIFICATE).exists()


@pytest.mark.rule("R-080", "R-085")
def test_a_reserve_gives_attestations_that_are_not_authentic_until_it_is_lifted(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled().deliberate(condition="Habilitation électrique à fournir.").wait(5)
    scenario.notify().reached(Stage.CONDITIONALLY_CERTIFIED)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person).certifier(Act.ISSUE_DOCUMENTS)
    award = scenario.journey.awards.first()
    assert award.standing == Standing.CONDITIONAL
    proof = facts.DatedNote(scenario.at.date(), "", "Habilitation reçue")
    scenario.certifier(Act.LIFT_CONDITION, proof).reached(Stage.CERTIFIED)
    assert scenario.journey.awards.get(pk=award.pk).standing == Standing.AUTHENTIC


@pytest.mark.rule("R-085")
def test_a_reserve_that_is_never_lifted_costs_its_blocs_and_leaves_the_others(
    scenario: Scenario,
) -> None:
    scenario.to_scheduled().deliberate(condition="Habilitation à fournir.").wait(5).notify()
    lost = scenario.certification.blocs.order_by("position").last()
    assert lost
    unmet = facts.ConditionNotMet("Rien reçu en six mois.", blocs=(lost.code,))
    scenario.wait(180).certifier(Act.CONDITION_NOT_MET, unmet).reached(Stage.PARTIALLY_CERTIFIED)
    assert told(scenario, Act.CONDITION_NOT_MET) == both_sides(scenario)
    held = scenario.journey.awards.held()
    assert lost not in {award.bloc for award in held} and held.exists()
    jury_again(scenario, None).reached(Stage.CERTIFIED)


@pytest.mark.rule("R-055")
def test_a_third_passage_bears_on_what_is_missing_and_makes_the_whole(scenario: Scenario) -> None:
    jury_again(to_partial(scenario), []).reached(Stage.NOT_CERTIFIED)
    jury_again(scenario, None).reached(Stage.CERTIFIED)
    assert scenario.journey.attempts.count() == 3
    assert scenario.journey.attempt.blocs.count() == 1


@pytest.mark.rule("R-106", "R-107", "R-108")
def test_an_employee_gives_their_employer_a_request_with_the_proof_of_their_admissibility(
    scenario: Scenario,
) -> None:
    scenario.to_admissible()
    start = scenario.at.date() + timedelta(days=60)
    leave = facts.Leave("Atelier d’essai", start, start + timedelta(days=2), 14)
    scenario.do(Act.ASK_LEAVE, scenario.person, leave).reached(Stage.ADMISSIBLE)
    words = printed(scenario, DocumentKind.LEAVE)
    for said in ("À Atelier d’essai", "14 heures", french(start), "Preuve de la recevabilité"):
        assert said in words, said
    letter = scenario.journey.documents.get(kind=DocumentKind.LEAVE)
    assert letter in documents(scenario.person, scenario.journey)
    assert letter not in documents(scenario.demo.officer, scenario.journey)
    assert told(scenario, Act.ASK_LEAVE) == {scenario.person}


def test_a_contract_of_a_vae_that_began_with_the_employer_is_a_label_and_changes_no_right(
    alone: Scenario,
) -> None:
    timekeeper.travel(alone.at)
    address = f"/candidat/commencer/{alone.certification.code}/"
    said = {"accompaniment": "alone", "scope": "whole", "context": "reversed", "consent": "on"}
    browser(alone.person).post(address, said)
    alone.journey = alone.person.journeys.get()
    assert alone.journey.context == Context.REVERSED
    alone.fill_feasibility().sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(2)
    alone.certifier(Act.DECLARE_COMPLETE).admissible().reached(Stage.ADMISSIBLE)


@pytest.mark.rule("R-124")
def test_an_administrator_closes_the_file_of_a_dead_person_who_went_alone_to_a_certifier_elsewhere(
    alone: Scenario,
) -> None:
    alone.demo.certifier.works_here = False
    alone.demo.certifier.save()
    alone.register()
    timekeeper.travel(alone.at)
    who = browser(alone.demo.administrator)
    page = who.get(reverse("dossiers:journey", args=[alone.journey.pk])).content.decode()
    address = reverse("dossiers:act", args=[alone.journey.pk, "close_deceased"])
    assert address in page
    said = {"seen": str(alone.journey.version), "on": alone.at.date().isoformat()}
    refused = who.post(address, said | {"evidence": ""}).content.decode()
    assert "la pièce qui prouve le décès" in refused
    who.post(address, said | {"evidence": "Acte de décès reçu de la famille"})
    alone.journey.refresh_from_db()
    alone.person.refresh_from_db()
    assert alone.journey.stage == Stage.ARCHIVED
    assert not alone.person.is_active
    assert alone.person not in told(alone, Act.CLOSE_DECEASED)
