"""Every message, walked through the registry and written to real people of a scenario."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import engines
from django.template.loader_tags import BlockNode, ExtendsNode
from django.test import override_settings

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.catalogue.queries import sheet
from jalon.demo.people import member, person
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import copies, news, questions, retention
from jalon.journeys.covers import end_cover
from jalon.journeys.events import record
from jalon.journeys.jobs import tick
from jalon.juries import planning
from jalon.law.clocks import french, french_hour
from jalon.law.facts import (
    AbsenceRequest,
    AccompanimentRequest,
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentWithdrawal,
    Claim,
    DayCorrection,
    Decision,
    EndProposal,
    Extension,
    Leaving,
    Reason,
    ReassignmentRequest,
    Rectification,
    SheetShortened,
    TargetRequest,
    TransferRequest,
)
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    DropOutReason,
    Event,
    Occasion,
    Outcome,
    PanelRole,
    RemarkKind,
    Role,
    Route,
    Scope,
    SignedHow,
    WorkshopTheme,
)
from jalon.mailbox.jobs import hours, morning, notify, remarks, remind, sheets, tell
from jalon.mailbox.messages import MESSAGES, EntryMessage, message
from jalon.mailbox.messages.admissibility import AdmissibilityDecided
from jalon.mailbox.messages.result import ResultNotified
from jalon.mailbox.models import Notice
from jalon.support import groups, plan, programme, sites, surveys, workshops
from jalon.support import planning as appointments
from jalon.support.programme import Span
from jalon.support.queries import offered
from jalon.support.service import certify
from jalon.support.signatures import sign
from jalon.writing import drafts
from jalon.writing.models import Section
from jalon.writing.remarks import Said, say, settle
from tests.conftest import TODAY
from tests.journeys.bringing import another_certifier
from tests.mailbox.test_meetings import run_tells
from tests.people import demo_people
from tests.support.agenda import kept_for_somebody, opened
from tests.support.attendance import DRAWN, attended_today, last_hours
from tests.support.companies import a_group
from tests.support.covers import again, replacement
from tests.support.messages import ANSWERED, a_message
from tests.support.plans import planned_action
from tests.support.rehearsing import shared_grid
from tests.support.rooms import a_morning, a_workshop
from tests.writing.helped import propose

#: What stands above what to do next, in every e-mail.
NEXT = "Et maintenant\xa0:"

#: What a candidate says of what they need, and no e-mail repeats.
SECRET = "Je vois mal de loin"

Mails = dict[str, list[EmailMessage]]
Walked = tuple[Mails, set[str], Scenario]


@pytest.fixture(scope="module")
def walked(
    django_db_setup: None, django_db_blocker: Any, files_of_this_run: None
) -> Iterator[Walked]:
    """The e-mails of some journeys, by message, and the personal data in play; undone at the end."""
    locmem = "django.core.mail.backends.locmem.EmailBackend"
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        timekeeper.at(TODAY),
        override_settings(EMAIL_BACKEND=locmem),
    ):
        mail.outbox = []
        demo = demo_people()
        machining = Certification.objects.get(code="RNCP38901")
        whole, silent = Scenario(demo, machining, TODAY), Scenario(demo, machining, TODAY)
        change_hands(Scenario(demo, machining, TODAY))
        come_from_elsewhere(Scenario(demo, machining, TODAY))
        a_jury_that_changes(Scenario(demo, machining, TODAY))
        change_mind(Scenario(demo, machining, TODAY))
        a_result_put_right(Scenario(demo, machining, TODAY))
        need_an_adjustment(Scenario(demo, machining, TODAY))
        a_sheet_that_ends_earlier(Scenario(demo, machining, TODAY))
        to_another_certifier(Scenario(demo, machining, TODAY))
        keep_what_was_accepted(Scenario(demo, machining, TODAY))
        ask_for_more_time(scenario_of_2002(demo))
        a_day_put_right(scenario_of_2002(demo))
        nobody_answers(Scenario(demo, machining, TODAY))
        a_registration_ends(Scenario(demo, machining, TODAY))
        meet_by_appointment(Scenario(demo, machining, TODAY))
        remark_and_settle(Scenario(demo, machining, TODAY))
        learn_with_others([Scenario(demo, machining, TODAY, number=n) for n in (1020, 1021)])
        join_a_group(Scenario(demo, machining, TODAY))
        to_a_result(whole)
        take_everything_away(whole)
        work_as_a_team(Scenario(demo, machining, TODAY))
        stop_long_ago(Scenario(demo, machining, TODAY))
        leave_without_answer(silent)
        yield by_message(), personal(whole, silent), whole
        transaction.set_rollback(True)
    mail.outbox = []


def to_a_result(scenario: Scenario) -> None:
    """A candidate goes all the way; their architect once changed what they had signed."""
    scenario.to_ready().run_pending_jobs()
    with timekeeper.at(scenario.at):
        drafts.save_feasibility(scenario.journey.pk, scenario.architect, {"goals": "Autrement."})
    scenario.run_pending_jobs().sign(Act.CONFIRM_FEASIBILITY)
    scenario.send_feasibility().wait(6).certifier(Act.DECLARE_COMPLETE)
    scenario.wait(20).admissible().run_pending_jobs()
    scenario.wait(80).write_validation().send_validation()
    scenario.wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene().run_pending_jobs()
    with timekeeper.at(scenario.at):
        session = scenario.current_hearing().session
        tell(occasion=Occasion.SESSION_CREATED, key=str(session.pk))
        shared_grid(scenario)
        action = planned_action(scenario.journey)
        later = timekeeper.today() + timedelta(days=90)
        plan.move(scenario.journey.pk, action.pk, scenario.architect, later, "Machine en panne")
        surveys.ask(scenario.journey, scenario.demo.accompanist.pk)
        run_tells()
    scenario.run_pending_jobs()
    with timekeeper.at(Notice.objects.get(message="survey_reminder").due_at):
        remind()
    with timekeeper.at(
        Notice.objects.get(message="hearing_reminder", person=scenario.person).due_at
    ):
        remind()
    with timekeeper.at(scenario.at):
        morning()
    scenario.deliberate().wait(6).notify().run_pending_jobs()


def a_result_put_right(scenario: Scenario) -> None:
    """A bloc was forgotten in the minutes, and another given in error."""
    first, second, *_ = scenario.certification.blocs.order_by("position")
    said = Rectification("Deux lignes inversées.", won=(second.code,), evidence="Grille signée")
    scenario.to_result([first.code]).certifier(Act.RECTIFY_RESULT, said).run_pending_jobs()


def take_everything_away(scenario: Scenario) -> None:
    """A candidate asks for a copy of their data, and is told when it is ready."""
    with timekeeper.at(scenario.at):
        copy = copies.ask(scenario.person)
        copies.make(copy)
        tell(occasion=Occasion.COPY_READY, key=str(copy.pk))


def to_another_certifier(scenario: Scenario) -> None:
    """A certifier transfers a file, and a colleague there is told that it is gone."""
    colleague = person("Ondine", "Tampon", "ondine@exemple.fr")
    member(colleague, scenario.demo.certifier, Role.CERTIFIER)
    scenario.to_complete()
    receiver = another_certifier(scenario.journey)
    scenario.certifier(Act.TRANSFER, TransferRequest("Il déménage.", receiver.pk))
    scenario.run_pending_jobs()


def stop_long_ago(scenario: Scenario) -> None:
    """A candidate stopped almost a year ago: their data are soon erased."""
    scenario.register().do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME))
    scenario.run_pending_jobs().wait(340)
    with timekeeper.at(scenario.at):
        retention.tonight()
    scenario.run_pending_jobs()


def leave_without_answer(scenario: Scenario) -> None:
    """A candidate says nothing of the path proposed to them."""
    scenario.register().take_charge().wait(1).first_meeting().wait(1).propose_path()
    with timekeeper.at(scenario.at + timedelta(days=8)):
        tick()
        scenario.run_pending_jobs()


def change_hands(scenario: Scenario) -> None:
    """A file is handed to a colleague, then left, asked back, and given up by who accompanies."""
    scenario.register().take_charge()
    colleague = next(one for one in scenario.demo.architects if one != scenario.architect)
    scenario.do(Act.REASSIGN, scenario.demo.head, ReassignmentRequest(colleague.pk))
    scenario.run_pending_jobs()
    scenario.do(Act.LEAVE_ACCOMPANIMENT, scenario.person, Reason("")).run_pending_jobs()
    asked = AccompanimentRequest(scenario.demo.accompanist.pk)
    scenario.do(Act.ASK_ACCOMPANIMENT, scenario.person, asked)
    scenario.do(Act.END_ACCOMPANIMENT, scenario.demo.head, Reason("Nous sommes complets"))
    scenario.run_pending_jobs()


def a_day_put_right(scenario: Scenario) -> None:
    """A file that came by post was received later than was noted."""
    scenario.to_complete()
    right = scenario.at.date() - timedelta(days=2)
    said = DayCorrection(reason="L’avis de réception le dit.", right_on=right)
    scenario.certifier(Act.CORRECT_DAY, said).run_pending_jobs()


def come_from_elsewhere(scenario: Scenario) -> None:
    """A journey that began before Jalon is followed here from now on."""
    scenario.register().take_charge()
    with timekeeper.at(scenario.at):
        record(scenario.journey, Event.TAKEN_OVER, by=scenario.architect)
    scenario.run_pending_jobs()


def a_jury_that_changes(scenario: Scenario) -> None:
    """A member declines and is replaced, the place changes; then one is absent, put off, called off."""
    demo, officer = scenario.demo, scenario.demo.officer
    scenario.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene()
    session = scenario.current_hearing().session
    with timekeeper.at(scenario.at):
        tell(occasion=Occasion.SESSION_CREATED, key=str(session.pk))
        seat = planning.answer(session, demo.jurors[2].user, comes=False, reason="En congé.")
        tell(occasion=Occasion.SEAT_DECLINED, key=str(seat.pk))
        first, second, third = demo.jurors[0], demo.jurors[1], demo.jurors[3]
        panel = [
            (first, PanelRole.PRESIDENT),
            (second, PanelRole.MEMBER),
            (third, PanelRole.MEMBER),
        ]
        planning.change_panel(officer, session, panel, "Un membre est empêché.")
        tell(occasion=Occasion.SEAT_LEFT, key=str(seat.pk))
        session.refresh_from_db()
        session = planning.change_session(officer, session, {"place": "Salle des Essais"})
        tell(occasion=Occasion.SESSION_CHANGED, key=f"{session.pk}.{session.revision}")
    scenario.run_pending_jobs()
    with timekeeper.at(Notice.objects.filter(message="juror_reminder").earliest("due_at").due_at):
        remind()
    scenario.until_the_jury_sits()
    absence = AbsenceRequest(scenario.current_hearing().pk, Outcome.ABSENT)
    scenario.certifier(Act.RECORD_ABSENCE, absence).run_pending_jobs()
    session = scenario.wait(1).convene(20).run_pending_jobs().current_hearing().session
    with timekeeper.at(scenario.at):
        tell(occasion=Occasion.SESSION_CREATED, key=str(session.pk))
        planning.cancel_session(officer, session, "Atelier fermé.")
        tell(occasion=Occasion.SESSION_CANCELLED, key=str(session.pk))
    scenario.run_pending_jobs()


def need_an_adjustment(scenario: Scenario) -> None:
    """A candidate needs something of who accompanies them, and of the jury; one is granted."""
    scenario.register().take_charge()
    needs = AdjustmentRequest(AdjustedStep.ACCOMPANIMENT, (AdjustmentKind.REMOTE,), SECRET)
    scenario.do(Act.ASK_ADJUSTMENT, scenario.person, needs)
    scenario.do(Act.ASK_ADJUSTMENT, scenario.person, replace(needs, step=AdjustedStep.JURY))
    granted = AdjustmentAnswer(1, AdjustmentOutcome.GRANTED, SECRET)
    scenario.do(Act.ANSWER_ADJUSTMENT, scenario.architect, granted)
    scenario.do(Act.WITHDRAW_ADJUSTMENT, scenario.person, AdjustmentWithdrawal(2))
    scenario.run_pending_jobs()


def change_mind(scenario: Scenario) -> None:
    """A candidate aims at one bloc, is asked to stop, goes on, and stops before the jury."""
    scenario.register().take_charge()
    first = scenario.certification.blocs.order_by("position").first()
    assert first
    target = TargetRequest("", scenario.certification.code, Scope.BLOCS, (first.code,))
    scenario.do(Act.CHANGE_TARGET, scenario.person, target)
    scenario.do(Act.PROPOSE_END, scenario.architect, EndProposal("Sans nouvelles depuis un mois"))
    scenario.run_pending_jobs().do(Act.DECLINE_END, scenario.person)
    scenario.first_meeting().propose_path().accept_path().fill_feasibility().give_opinion()
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(2)
    scenario.certifier(Act.DECLARE_COMPLETE).wait(2).admissible().write_validation()
    scenario.send_validation().wait(2).certifier(Act.ACCEPT_VALIDATION).wait(2).convene()
    scenario.do(Act.DROP_OUT, scenario.person, Leaving(DropOutReason.TIME)).run_pending_jobs()


def a_sheet_that_ends_earlier(scenario: Scenario) -> None:
    """The register brings forward the end of a sheet that a file under way aims at."""
    scenario.to_ready().send_feasibility().run_pending_jobs()
    certification = scenario.certification
    was = sheet(certification, ())
    certification.ends_on = date(2028, 4, 1)
    certification.save()
    facts = SheetShortened(was, sheet(certification, ()), "RNCP36979")
    with timekeeper.at(scenario.at):
        record(scenario.journey, Event.SHEET_SHORTENED, by=None, role=Role.SYSTEM, facts=facts)
    scenario.run_pending_jobs()


def scenario_of_2002(demo: DemoPeople) -> Scenario:
    """Return somebody alone on the 2002 route."""
    certification = Certification.objects.get(code="RNCP41814")
    alone = Accompaniment.ALONE
    return Scenario(demo, certification, TODAY, route=Route.LAW_2002, accompaniment=alone)


def keep_what_was_accepted(scenario: Scenario) -> None:
    """Nothing is done for months: a reminder, then a reason, that the certifier answers."""
    scenario.to_admissible().wait(160).do(Act.WARN_LAPSE, None).run_pending_jobs()
    claim = Claim("Congé maternité.", "Attestation")
    scenario.do(Act.CLAIM_REASON, scenario.person, claim).run_pending_jobs()
    scenario.certifier(Act.GRANT_REASON, Reason("Congé reconnu.")).run_pending_jobs()


def ask_for_more_time(scenario: Scenario) -> None:
    """The admissibility ends in three months: more time is asked for, refused, then given."""
    scenario.to_admissible()
    limit = scenario.journey.decision.valid_until
    scenario.wait((limit - scenario.at.date()).days - 90)
    scenario.do(Act.WARN_VALIDITY, None).run_pending_jobs()
    for act, said in (
        (Act.REFUSE_EXTENSION, Reason("Trop tôt.")),
        (Act.EXTEND_VALIDITY, Extension(limit + timedelta(days=200), "Congé reconnu.")),
    ):
        scenario.do(Act.ASK_EXTENSION, scenario.person, Reason("Congé maternité."))
        scenario.run_pending_jobs().certifier(act, said).run_pending_jobs()


def nobody_answers(scenario: Scenario) -> None:
    """The certifier lets the two months go by."""
    scenario.to_complete().wait(70).do(Act.ADMIT_TACITLY, None).run_pending_jobs()


def a_registration_ends(scenario: Scenario) -> None:
    """The registration of what is aimed at ends in less than three months."""
    scenario.to_complete()
    aimed = Certification.objects.filter(pk=scenario.certification.pk)
    before = scenario.certification.ends_on
    aimed.update(ends_on=scenario.at.date() + timedelta(days=60))
    with timekeeper.at(scenario.at):
        assert sheets() > 0
        assert sheets() == 0
    aimed.update(ends_on=before)


def meet_by_appointment(scenario: Scenario) -> None:
    """A candidate takes an hour, is offered a sooner one, moves it, is reminded three times; another is cancelled."""
    scenario.register().take_charge()
    opened(scenario.architect, scenario.demo.accompanist)
    with timekeeper.at(scenario.at):
        slots = offered(scenario.person, scenario.journey)
        booked = appointments.book(scenario.journey.pk, slots[-2].key, scenario.person)
        head = scenario.demo.head
        site = sites.close_site(booked.site_id, head, booked.on)
        tell(occasion=Occasion.SITE_CLOSED, key=f"{site.pk}.{booked.on.isoformat()}.{head.pk}")
        sites.close_site(site.pk, head, None)
        tell(occasion=Occasion.BOOKING_MADE, key=booked.told_as)
        tell(occasion=Occasion.EARLIER_OFFERED, key=str(kept_for_somebody(booked).pk))
        booked = appointments.move(booked, slots[-1].key, scenario.person)
        tell(occasion=Occasion.BOOKING_MOVED, key=booked.told_as)
        booked = sites.keep_from_afar(booked, scenario.architect)
        tell(occasion=Occasion.BOOKING_PLACED, key=booked.told_as)
    for before in (timedelta(days=7), timedelta(days=2), timedelta(hours=2)):
        with timekeeper.at(booked.starts_at - before):
            remind()
    with timekeeper.at(booked.starts_at - timedelta(hours=1)):
        gone = appointments.give_up(booked, scenario.architect, "Salle fermée")
        tell(occasion=Occasion.BOOKING_GIVEN_UP, key=gone.told_as)


def remark_and_settle(scenario: Scenario) -> None:
    """An architect remarks on two texts; their candidate settles one."""
    scenario.to_admissible().wait(20).write_validation().wait(1)
    with timekeeper.at(scenario.at):
        first, second = Section.objects.filter(file__attempt__journey=scenario.journey)[:2]
        for one in (first, second):
            said = Said("result", 0, one.result, one.result, RemarkKind.QUESTION, "Combien ?")
            written = say(scenario.journey.pk, scenario.architect, one.competence_id, said)
        assert remarks() == 1
        settle(scenario.journey.pk, scenario.person, written.pk)
        assert remarks() == 1
        propose(scenario, actions="J’ai mesuré.")
    scenario.run_pending_jobs()


def work_as_a_team(scenario: Scenario) -> None:
    """A candidate is reminded, writes and is answered, as a certifier is asked and answers; a colleague replaces who is absent, twice."""
    scenario.to_path_accepted().do(Act.REMIND, scenario.architect).run_pending_jobs()
    scenario.fill_feasibility().give_opinion().sign(Act.CONFIRM_FEASIBILITY).send_feasibility()
    with timekeeper.at(scenario.at):
        asked = questions.ask(scenario.journey.pk, scenario.architect, "La pièce suffit-elle ?")
        scenario.run_pending_jobs()
        questions.answer(asked, scenario.demo.officer, "Oui.")
        a_message(scenario)
        a_message(scenario, scenario.architect, ANSWERED)
        news.go_on(scenario.journey.pk)
        scenario.run_pending_jobs()
        colleague = next(one for one in scenario.demo.architects if one != scenario.architect)
        named = replacement(scenario.architect, colleague, days=5)
        run_tells()
        end_cover(again(scenario.architect), named.pk)
        run_tells()
        over = replacement(scenario.architect, colleague, starts=10, days=5)
        run_tells()
    scenario.run_pending_jobs()
    with timekeeper.at(timekeeper.midnight(over.ends_on + timedelta(days=1)) + timedelta(hours=8)):
        remind()


def learn_with_others(people: list[Scenario]) -> None:
    """The last seat of a workshop is taken, awaited, given up; its hours and who leads change, then it is cancelled."""
    first, second = (one.register().take_charge() for one in people)
    with timekeeper.at(max(one.at for one in people)):
        workshop = a_workshop(first, seats=1)
        a_morning(workshop, days=20)
        left = workshops.enrol(workshop.pk, first.journey.pk, first.person)
        run_tells()
        workshops.enrol(workshop.pk, second.journey.pk, second.person)
        run_tells()
        workshops.cancel(left, first.person)
        run_tells()
        sooner = [Span(one.starts_at, one.ends_at, one.pk) for one in workshop.half_days.all()]
        values = {"theme": WorkshopTheme.JURY, "led_by": first.demo.architects[1]}
        programme.change(workshop.pk, first.architect, values, sooner)
        run_tells()
        last = workshop.half_days.latest("starts_at").starts_at
    for days in (7, 2):
        with timekeeper.at(last - timedelta(days=days)):
            remind()
    with timekeeper.at(workshop.half_days.earliest("starts_at").starts_at - timedelta(days=1)):
        programme.call_off(workshop.pk, first.architect, "Salle fermée")
        run_tells()
    with timekeeper.at(last):
        sign_what_was_given(first)


def join_a_group(scenario: Scenario) -> None:
    """Somebody whom nobody accompanies yet joins the group of their company."""
    scenario.register()
    with timekeeper.at(scenario.at):
        groups.join(scenario.journey.pk, a_group(scenario).code, scenario.person)
        run_tells()


def sign_what_was_given(scenario: Scenario) -> None:
    """A candidate is reminded of the hours of a morning, signs them, and has a certificate."""
    attended_today(scenario)
    assert hours() == 1
    signed = last_hours(scenario)
    sign(signed, SignedHow.DRAWN, scenario.architect, signed.digest, strokes=DRAWN)
    notify(entry_id=certify(scenario.journey, scenario.architect).pk)


def by_message() -> Mails:
    """Return the e-mails sent, by the message that each one is."""
    found: Mails = {}
    for one in mail.outbox:
        found.setdefault(one.extra_headers["X-Jalon-Message"], []).append(one)
    return found


def personal(*scenarios: Scenario) -> set[str]:
    """Return what nobody may read in a subject over somebody's shoulder."""
    found: set[str] = set()
    for scenario in scenarios:
        people = (scenario.person, scenario.architect, scenario.demo.officer)
        found |= {word for one in people for word in (one.first_name, one.last_name, one.email)}
        found |= {scenario.journey.reference, scenario.certification.code}
        found |= {scenario.certification.title, "Atelier de démonstration"}
    return found


def test_the_scenario_sends_every_message_there_is(walked: Walked) -> None:
    """Whoever adds a message adds to the scenario above what sends it."""
    assert set(walked[0]) == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_has_its_two_files_and_says_what_to_do_next(name: str) -> None:
    engine = engines["django"].engine
    assert engine.get_template(f"mailbox/{name}_subject.txt").source.strip()
    body = engine.get_template(f"mailbox/{name}_body.txt")
    own = blocks(body.nodelist)
    assert "news" in own or isinstance(body.nodelist[0], ExtendsNode)
    assert own.get("next", "").strip(), f"{name}_body.txt has nothing under « {NEXT} »"


def blocks(nodes: Any) -> dict[str, str]:
    """Return what a file writes itself in each block."""
    return {
        block.name: "".join(str(node) for node in block.nodelist)
        for block in nodes.get_nodes_by_type(BlockNode)
    }


def test_a_subject_holds_nothing_personal(walked: Walked) -> None:
    mails, words, _ = walked
    for name, sent in mails.items():
        for one in sent:
            assert one.subject.startswith("Jalon : ") and len(one.subject) < 70, name
            assert not [word for word in words if word in one.subject], one.subject


def test_a_body_greets_says_what_is_next_where_and_whom_to_call(walked: Walked) -> None:
    for name, sent in walked[0].items():
        for one in sent:
            assert one.body.startswith("Bonjour "), name
            after = one.body.split(f"{NEXT}\n", 1)[1]
            assert len(after.split("Une question\xa0?")[0].strip()) > 40, name
            assert settings.SITE_ADDRESS in after.split("Une question\xa0?")[0], name
            assert settings.CONTACT_PHONE in after and settings.CONTACT_NAME in after, name
            assert "/dossiers/avis/courriels/" in after, name


def test_a_body_carries_no_secret_and_no_gap(walked: Walked) -> None:
    for name, sent in walked[0].items():
        for one in sent:
            for flaw in ("/compte/", "None", "{{", "{%", "&#", "&amp;", "\n\n\n", " ,", " ."):
                assert flaw not in one.body, (name, flaw, one.body)


def test_a_candidate_is_summoned_with_everything_to_come_prepared(walked: Walked) -> None:
    mails, _, scenario = walked
    [sent] = [one for one in mails["hearing_summons"] if one.to == [scenario.person.email]]
    session = scenario.journey.attempt.hearings.get().session
    assert sent.to == [scenario.person.email]
    for wanted in (
        scenario.certification.title,
        french(session.held_on),
        french_hour(time(9, 30)),
        session.place,
        session.documents,
        session.accessibility_contact,
        session.certifier.name,
        scenario.architect.get_full_name(),
    ):
        assert wanted in sent.body, wanted


def test_each_member_of_the_panel_reads_their_own_role(walked: Walked) -> None:
    sent = walked[0]["juror_summons"][-3:]
    assert sum("que vous présidez" in one.body for one in sent) == 1
    assert all("/jury/" in one.body for one in sent)


def test_the_result_lists_what_was_obtained_and_what_to_ask_for(walked: Walked) -> None:
    mails, _, scenario = walked
    [sent] = [one for one in mails["result_notified"] if one.to == [scenario.person.email]]
    assert all(f"- {award.bloc}" in sent.body for award in scenario.journey.awards.all())
    assert "Demandez votre certificat" in sent.body


def test_a_rectified_result_names_the_error_what_is_gone_and_what_is_given(
    walked: Walked,
) -> None:
    [sent] = walked[0]["result_rectified"]
    gone, given = sent.body.split("N’est plus acquis")[1], sent.body.split("Vous avez aussi")[1]
    assert "Deux lignes inversées." in sent.body
    assert "- " in gone and "- " in given
    assert "validation partielle" in sent.body


def test_a_candidate_reads_what_comes_next_as_their_page_says_it(walked: Walked) -> None:
    mails = walked[0]
    taken_on = mails["progress"][-1]
    assert "Lisez le parcours proposé et donnez votre réponse." in taken_on.body
    assert "Qui agit\xa0: Vous" in taken_on.body
    assert "Lisez le parcours proposé" in mails["answer_awaited"][0].body


def test_a_changed_target_says_what_was_aimed_at_before(walked: Walked) -> None:
    sent = walked[0]["target_changed"][0]
    assert "un ou plusieurs blocs de compétences" in sent.body
    before = sent.body.split("Avant ce changement\xa0:")[1].split("\n")[0]
    assert before.endswith("la certification entière.")


def test_what_the_architect_changed_is_to_be_signed_again(walked: Walked) -> None:
    mails, _, scenario = walked
    [sent] = mails["signature_undone"]
    assert sent.to == [scenario.person.email]


def test_an_answer_to_an_email_reaches_the_organisation(walked: Walked) -> None:
    for sent in walked[0].values():
        for one in sent:
            assert one.reply_to == [settings.CONTACT_EMAIL]
            assert one.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.rule("R-123", "R-127")
def test_an_adjustment_is_told_to_who_answers_and_to_nobody_else_without_what_is_needed(
    walked: Walked,
) -> None:
    mails = walked[0]
    told = [one.to[0].split("@")[0].rstrip("123") for one in mails["adjustment_asked"]]
    assert told == ["architecte", "certificateur", "certificateur"]
    assert len(mails["adjustment_answered"]) == 1
    assert "accordé" in mails["adjustment_answered"][0].body
    assert not [one for sent in mails.values() for one in sent if SECRET in one.body]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("won", "words"), [([], "peut vous recevoir en entretien"), (None, "Demandez votre certificat")]
)
def test_a_result_says_what_comes_next(
    scenario: Scenario, won: list[str] | None, words: str
) -> None:
    scenario.to_result(won)
    entry = scenario.journey.journal.acts().latest("number")
    assert words in ResultNotified(entry).mail(scenario.person).body


@pytest.mark.django_db
def test_a_refusal_says_where_its_reasons_are_and_whom_to_write_to(scenario: Scenario) -> None:
    scenario.to_complete().wait(20)
    scenario.certifier(Act.DECLARE_INADMISSIBLE, Decision(reason="Activités sans rapport."))
    entry = scenario.journey.journal.get(act=Act.DECLARE_INADMISSIBLE)
    body = AdmissibilityDecided(entry).mail(scenario.person).body
    assert "Votre demande n’est pas acceptée" in body
    assert f"écrivez d’abord au certificateur\xa0: {scenario.demo.certifier.name}" in body


@pytest.mark.rule("R-084")
def test_whoever_missed_a_jury_reads_the_new_date_the_delay_and_whom_to_warn(
    walked: Walked,
) -> None:
    mine, theirs = sorted(
        walked[0]["hearing_missed"], key=lambda one: "Votre absence" not in one.body
    )
    assert "Votre absence au jury du " in mine.body
    assert "Le certificateur fixe une autre date, au plus tard le " in mine.body
    assert "Une absence sans excuse peut vous coûter" in mine.body
    assert "à confirmer avec lui" in mine.body and "à confirmer avec lui" in theirs.body


@pytest.mark.rule("R-044")
def test_a_reason_is_read_by_who_answers_and_its_answer_by_who_gave_it(walked: Walked) -> None:
    mails, _, scenario = walked
    officer = scenario.demo.officer.email
    [asked] = [one for one in mails["reason_claimed"] if one.to == [officer]]
    assert "Motif\xa0: Congé maternité." in asked.body and "Preuve\xa0: Attestation" in asked.body
    assert "dites si vous le reconnaissez" in asked.body
    answered = next(one for one in mails["reason_answered"] if "votre motif" in one.body)
    assert "Ce qu’il écrit\xa0: Congé reconnu." in answered.body
    assert "Dites que vous avancez, au plus tard le " in answered.body


@pytest.mark.rule("R-047")
def test_more_time_is_asked_for_and_the_answer_says_until_when(walked: Walked) -> None:
    assert "Prolongez la recevabilité, ou refusez" in walked[0]["extension_asked"][0].body
    refused, given = (one.body for one in walked[0]["extension_answered"])
    assert (
        "ne vous donne pas plus de temps" in refused and "Ce qu’il écrit\xa0: Trop tôt." in refused
    )
    assert "Vous avez plus de temps\xa0: votre demande reste acceptée jusqu’au " in given


@pytest.mark.rule("R-046", "R-047")
def test_an_admissibility_that_ends_is_recalled_with_the_days_left(walked: Walked) -> None:
    bodies = [one.body for one in walked[0]["admissibility_ending"]]
    assert any(
        "il reste 90 jours" in body and "Demandez une prolongation" in body for body in bodies
    )
    assert any("Faites un pas avant cette date" in body for body in bodies)


@pytest.mark.rule("R-011")
def test_a_registration_that_ends_is_told_once_to_the_candidate_their_architect_and_the_certifier(
    walked: Walked,
) -> None:
    mails, _, scenario = walked
    officer, sent = scenario.demo.officer.email, mails["sheet_ending"]
    assert {scenario.architect.email, officer} < {one.to[0] for one in sent}
    asked = [one.to[0] for one in sent if "Écrivez ce qu’elle devient" in one.body]
    assert officer in asked and scenario.architect.email not in asked
    mine = [one.to[0] for one in sent if "Votre demande doit être acceptée avant" in one.body]
    assert mine and not {scenario.architect.email, officer} & set(mine)


def test_an_administrator_is_told_that_a_certifier_did_not_answer(walked: Walked) -> None:
    mails, _, scenario = walked
    [sent] = mails["silence_told"]
    assert sent.to == [scenario.demo.administrator.email]
    assert "Appelez le certificateur" in sent.body


@pytest.mark.django_db
def test_two_messages_never_share_a_name() -> None:
    with pytest.raises(ValueError, match="two messages"):

        @message()
        class Other(EntryMessage):
            name = "progress"


@pytest.mark.parametrize(
    ("called", "off"),
    [
        ("hearing_summons", "hearing_missed"),
        ("hearing_summons", "hearing_postponed"),
        ("juror_summons", "juror_session_cancelled"),
        ("juror_summons", "juror_released"),
    ],
)
def test_a_jury_stands_in_the_agenda_and_what_is_off_goes_out_of_it(
    walked: Walked, called: str, off: str
) -> None:
    def names(message: str, method: str) -> set[str]:
        files = [str(one.attachments[0][1]) for one in walked[0][message]]
        assert all(f"METHOD:{method}" in file for file in files), message
        return {line for file in files for line in file.split("\r\n") if line.startswith("UID:")}

    assert names(off, "CANCEL") <= names(called, "PUBLISH")


def test_a_summons_says_the_day_the_hour_the_place_what_to_bring_and_whom_to_ask(
    walked: Walked,
) -> None:
    for name in ("hearing_summons", "hearing_told", "hearing_changed"):
        for one in walked[0][name]:
            for expected in (
                "Date\xa0: ",
                "Heure\xa0: ",
                "Où\xa0: ",
                "À apporter\xa0: ",
                "referent.handicap",
            ):
                assert expected in one.body, (name, expected)
