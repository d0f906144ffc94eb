"""A certifier who does not work here: what it does is noted by who knows, with its day and its proof."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import ONE_PAGE, Scenario
from jalon.documents.actions import store_proof
from jalon.documents.jobs import issue
from jalon.documents.queries import proven
from jalon.journeys import queries
from jalon.journeys.actions import act
from jalon.journeys.jobs import tick
from jalon.journeys.models import JournalEntry
from jalon.journeys.snapshot import snapshot
from jalon.law.clocks import add_months, end_of_nth_month, french
from jalon.law.facts import (
    DayCorrection,
    Decision,
    Deposit,
    Facts,
    JuryElsewhere,
    Missing,
    PortalNumber,
    Reason,
    Receipt,
    SummonsElsewhere,
)
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Accompaniment, Act, Channel, ClockKind, Role, Stage
from jalon.mailbox.jobs import notify
from jalon.now import paris_day
from jalon.people.models import User

pytestmark = pytest.mark.django_db


def note(
    scenario: Scenario,
    name: Act,
    facts: Facts,
    on: date | None = None,
    by: User | None = None,
) -> JournalEntry:
    """Write down what was done elsewhere, as its letter says."""
    channel = Channel.LETTER if on else None
    who = by or scenario.architect
    entry = act(scenario.journey.pk, name, by=who, facts=facts, on=on, channel=channel)
    scenario.journey.refresh_from_db()
    return entry


def test_the_architect_alone_carries_a_journey_from_its_deposit_to_its_result(
    outside: Scenario,
) -> None:
    today = outside.at.date()
    days = [today - timedelta(days=ago) for ago in (50, 48, 40, 30, 20, 10, 2)]
    note(outside, Act.NOTE_PORTAL_NUMBER, PortalNumber(days[0], number="FVAE-2027-0001"))
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(days[0], "Sur le portail"))
    note(outside, Act.DECLARE_COMPLETE, Receipt(days[1]), days[1])
    note(outside, Act.DECLARE_ADMISSIBLE, Decision(), days[2])
    lapse = outside.journey.clocks.running().get()
    assert (lapse.kind, lapse.started_on) == (ClockKind.LAPSE, days[2])
    assert lapse.limit_on == end_of_nth_month(days[2], 6)
    note(outside, Act.DEPOSIT_VALIDATION, Deposit(days[3]))
    note(outside, Act.NOTE_SUMMONS, SummonsElsewhere(days[5], "1 rue de l’Exemple"), days[4])
    won = tuple(bloc.code for bloc in outside.journey.targeted.all())
    note(outside, Act.NOTE_RESULT, JuryElsewhere(held_on=days[5], won=won), days[6])
    assert outside.journey.stage == Stage.CERTIFIED
    assert not outside.journey.clocks.running().exists()
    lines = list(outside.journey.journal.acts().order_by("-number")[:3])
    assert [line.role for line in lines] == [Role.CERTIFIER, Role.CERTIFIER, Role.ARCHITECT]
    assert {line.author for line in lines} == {outside.architect}
    assert outside.journey.portal_number == "FVAE-2027-0001"
    assert set(outside.journey.awards.values_list("awarded_on", flat=True)) == {days[5]}


def test_what_a_certifier_outside_decided_is_not_printed_in_its_place(outside: Scenario) -> None:
    today = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(today - timedelta(days=20)))
    entry = note(outside, Act.DECLARE_ADMISSIBLE, Decision(), today - timedelta(days=2))
    assert issue(entry_id=entry.pk) == 0


def test_a_decision_without_its_letter_is_shown_as_unproved_until_it_comes(
    outside: Scenario,
) -> None:
    today = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(today - timedelta(days=20)))
    entry = note(outside, Act.DECLARE_ADMISSIBLE, Decision(), today)
    assert entry.wants_proof and not proven([entry])
    letter = SimpleUploadedFile("lettre.pdf", ONE_PAGE)
    store_proof(entry, letter, outside.architect)
    assert proven([entry]) == {entry.pk}


@pytest.mark.rule("R-028", "R-029")
def test_a_decision_known_after_the_two_months_takes_the_silence_back_if_it_came_before(
    outside: Scenario,
) -> None:
    deposited = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    timekeeper.travel(outside.wait(75).at)
    tick()
    outside.journey.refresh_from_db()
    assert outside.journey.decision.tacit
    late = add_months(deposited, 2) + timedelta(days=1)
    refused = Decision(reason="Expérience sans rapport.")
    with pytest.raises(Refused) as too_late:
        note(outside, Act.DECLARE_INADMISSIBLE, refused, late)
    assert too_late.value.rule == "R-029"
    note(outside, Act.DECLARE_INADMISSIBLE, refused, deposited + timedelta(days=40))
    assert outside.journey.stage == Stage.INADMISSIBLE
    assert not outside.journey.clocks.running().exists()
    assert not outside.journey.clocks.filter(kind=ClockKind.LAPSE).exists()
    decision = outside.journey.clocks.get(kind=ClockKind.DECISION)
    assert decision.ended_on == deposited + timedelta(days=40)


def test_only_who_accompanies_writes_down_what_a_certifier_outside_does(outside: Scenario) -> None:
    on = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(on))
    colleague = next(one for one in outside.demo.architects if one != outside.architect)
    for stranger in (outside.person, outside.demo.officer, colleague):
        with pytest.raises(Refused) as refused:
            note(outside, Act.DECLARE_COMPLETE, Receipt(on), on, by=stranger)
        assert refused.value.rule == "TABLE"


def test_a_person_alone_writes_down_what_their_certifier_does(scenario: Scenario) -> None:
    scenario.demo.certifier.works_here = False
    scenario.demo.certifier.save()
    scenario.accompaniment = Accompaniment.ALONE
    on = scenario.register().at.date()
    timekeeper.travel(scenario.at)
    note(scenario, Act.DEPOSIT_FEASIBILITY, Deposit(on), by=scenario.person)
    missing = Missing(("Pièce d’identité lisible",))
    note(scenario, Act.DECLARE_INCOMPLETE, missing, on, by=scenario.person)
    assert scenario.journey.stage == Stage.FEASIBILITY_INCOMPLETE


def test_a_certifier_who_works_here_does_its_own_acts(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility()
    timekeeper.travel(scenario.wait(2).at)
    position = queries.position(scenario.architect, scenario.journey)
    assert position.reports == ()
    with pytest.raises(Refused):
        note(scenario, Act.DECLARE_COMPLETE, Receipt(), scenario.at.date())


def test_a_file_is_not_sent_here_to_a_certifier_who_does_not_read_here(outside: Scenario) -> None:
    offered = {row.act for row in queries.position(outside.person, outside.journey).acts}
    assert Act.DEPOSIT_FEASIBILITY in offered and Act.SEND_FEASIBILITY not in offered
    with pytest.raises(Refused) as refused:
        outside.do(Act.SEND_FEASIBILITY, outside.person)
    assert "ne travaille pas dans Jalon" in refused.value.why


def test_nothing_is_written_down_before_what_it_follows(outside: Scenario) -> None:
    on = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(on - timedelta(days=3)))
    with pytest.raises(Refused) as refused:
        note(outside, Act.DECLARE_ADMISSIBLE, Decision(), on - timedelta(days=9))
    assert "Dossier de faisabilité envoyé" in refused.value.why


@pytest.mark.rule("R-073", "R-080")
def test_a_result_that_somebody_wrote_down_proves_nothing_to_others(outside: Scenario) -> None:
    today = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(today - timedelta(days=40)))
    note(outside, Act.DECLARE_ADMISSIBLE, Decision(), today - timedelta(days=30))
    note(outside, Act.DEPOSIT_VALIDATION, Deposit(today - timedelta(days=20)))
    note(outside, Act.NOTE_SUMMONS, SummonsElsewhere(today, "1 rue de l’Exemple"), today)
    won = (outside.journey.targeted.first().code,)
    note(outside, Act.NOTE_RESULT, JuryElsewhere(held_on=today, won=won), today)
    award = outside.journey.awards.get()
    page = Client().post(reverse("public:verify"), {"code": award.verification_code})
    assert "Aucune attestation ne porte ce code" in page.content.decode()
    outside.demo.certifier.works_here = True
    outside.demo.certifier.save()
    other = Scenario(outside.demo, outside.certification, outside.at, candidate=outside.person)
    assert snapshot(outside.journey, Role.CANDIDATE).acquired_blocs == frozenset(won)
    outside.do(Act.PURSUE_PLAN_B, outside.person, Reason("Autre chose"))
    other.register()
    assert snapshot(other.journey, Role.CANDIDATE).acquired_blocs == frozenset()


@pytest.mark.rule("R-026", "R-029")
def test_a_receipt_known_after_the_silence_takes_it_back_and_the_two_months_run_from_it(
    outside: Scenario,
) -> None:
    deposited = outside.at.date()
    received = deposited + timedelta(days=20)
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    timekeeper.travel(outside.wait(70).at)
    tick()
    note(outside, Act.DECLARE_COMPLETE, Receipt(received), received)
    assert outside.journey.stage == Stage.FEASIBILITY_COMPLETE
    decision = outside.journey.clocks.running().get()
    assert (decision.kind, decision.limit_on) == (ClockKind.DECISION, add_months(received, 2))
    timekeeper.travel(outside.wait(40).at)
    tick()
    outside.journey.refresh_from_db()
    assert outside.journey.decision.decided_on == add_months(received, 2)
    lapse = outside.journey.clocks.running().get()
    assert (lapse.kind, lapse.started_on) == (ClockKind.LAPSE, add_months(received, 2))


@pytest.mark.rule("R-029")
def test_a_return_known_after_the_silence_takes_it_back_once_only(outside: Scenario) -> None:
    deposited = outside.at.date()
    asked = Missing(("Justificatif lisible",))
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    timekeeper.travel(outside.wait(70).at)
    tick()
    with pytest.raises(Refused) as too_late:
        note(outside, Act.DECLARE_INCOMPLETE, asked, outside.at.date())
    assert too_late.value.rule == "R-029"
    note(outside, Act.DECLARE_INCOMPLETE, asked, deposited + timedelta(days=15))
    assert outside.journey.stage == Stage.FEASIBILITY_INCOMPLETE
    assert not outside.journey.decisions.in_force().exists()
    again = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(again))
    note(outside, Act.DECLARE_COMPLETE, Receipt(again), again)
    timekeeper.travel(outside.wait(80).at)
    tick()
    outside.journey.refresh_from_db()
    with pytest.raises(Refused):
        note(outside, Act.DECLARE_INCOMPLETE, asked, again)


def test_a_decision_that_takes_the_place_of_a_silence_is_since_when_the_person_is_admissible(
    outside: Scenario,
) -> None:
    deposited = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    timekeeper.travel(outside.wait(75).at)
    tick()
    decided = deposited + timedelta(days=40)
    note(outside, Act.DECLARE_ADMISSIBLE, Decision(), decided)
    assert paris_day(outside.journey.stage_since) == outside.journey.reached_on == decided


@pytest.mark.rule("R-029")
def test_a_silence_still_decides_a_file_of_which_something_is_noted_once_the_two_months_are_over(
    outside: Scenario,
) -> None:
    deposited = outside.at.date()
    today = outside.wait(100).at.date()
    timekeeper.travel(outside.at)
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    note(outside, Act.NOTE_PORTAL_NUMBER, PortalNumber(today, number="FVAE-1"))
    late = today - timedelta(days=1)
    note(outside, Act.NOTE_PORTAL_NUMBER, PortalNumber(late, number="FVAE-2"))
    tick()
    outside.journey.refresh_from_db()
    assert outside.journey.stage == Stage.ADMISSIBLE
    assert outside.journey.decision.decided_on == add_months(deposited, 2)


def right(day: date) -> DayCorrection:
    """Return what puts a day right."""
    return DayCorrection(reason="Le dépôt a été noté le jour de sa lecture.", right_on=day)


@pytest.mark.rule("R-026")
def test_a_deposit_noted_on_a_wrong_day_is_put_right_and_its_delay_counted_again(
    outside: Scenario,
) -> None:
    today = outside.at.date()
    wrong, so = today - timedelta(days=3), today - timedelta(days=12)
    noted = note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(wrong))
    entry = note(outside, Act.CORRECT_DAY, right(so))
    journey = outside.journey
    (clock,) = journey.clocks.running()
    assert (clock.kind, clock.started_on) == (ClockKind.DECISION, so)
    assert clock.limit_on == add_months(so, 2)
    assert paris_day(journey.filed_at) == so == journey.reached_on
    noted.refresh_from_db()
    assert noted.occurred_on == wrong
    said = entry.facts_as(DayCorrection)
    assert (said.corrects, said.before) == (Act.DEPOSIT_FEASIBILITY, wrong)
    note(outside, Act.DECLARE_COMPLETE, Receipt(so), so + timedelta(days=2))
    assert outside.journey.clocks.running().get().started_on == so


@pytest.mark.rule("R-026")
def test_a_receipt_noted_on_a_wrong_day_is_put_right_between_the_deposit_and_today(
    outside: Scenario,
) -> None:
    today = outside.at.date()
    deposited, wrong, so = (today - timedelta(days=ago) for ago in (20, 4, 15))
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    note(outside, Act.DECLARE_COMPLETE, Receipt(wrong), today)
    for impossible in (deposited - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Refused, match="à partir du"):
            note(outside, Act.CORRECT_DAY, right(impossible), today)
    note(outside, Act.CORRECT_DAY, right(so), today)
    assert outside.journey.feasibility.completed_on == so
    assert outside.journey.clocks.running().get().limit_on == add_months(so, 2)


@pytest.mark.rule("R-026")
def test_a_deposit_of_the_second_file_put_right_moves_the_delay_of_the_jury(
    outside: Scenario,
) -> None:
    today = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(today - timedelta(days=50)))
    note(outside, Act.DECLARE_ADMISSIBLE, Decision(), today - timedelta(days=40))
    note(outside, Act.DEPOSIT_VALIDATION, Deposit(today - timedelta(days=3)))
    so = today - timedelta(days=9)
    note(outside, Act.CORRECT_DAY, right(so))
    clock = outside.journey.clocks.running().get()
    assert (clock.kind, clock.started_on) == (ClockKind.HEARING, so)
    with pytest.raises(Refused, match="à partir du"):
        note(outside, Act.CORRECT_DAY, right(today - timedelta(days=41)))


@pytest.mark.rule("R-026")
def test_the_day_of_a_sending_done_here_is_sure(scenario: Scenario) -> None:
    scenario.to_complete()
    with pytest.raises(Refused, match="reçu le jour de son envoi"):
        scenario.do(Act.CORRECT_DAY, scenario.demo.officer, right(scenario.at.date()))


@pytest.mark.rule("R-124")
def test_a_day_is_not_put_right_without_a_reason(outside: Scenario) -> None:
    today = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(today - timedelta(days=3)))
    with pytest.raises(Refused, match="Dites pourquoi"):
        note(outside, Act.CORRECT_DAY, DayCorrection(right_on=today))


def test_both_sides_read_which_day_was_wrong_and_what_limit_follows(outside: Scenario) -> None:
    today = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(today - timedelta(days=3)))
    entry = note(outside, Act.CORRECT_DAY, right(today - timedelta(days=12)))
    mail.outbox = []
    notify(entry_id=entry.pk)
    (told,) = [one for one in mail.outbox if one.to == [outside.person.email]]
    assert french(today - timedelta(days=12)) in told.body
    assert f"et non le {french(today - timedelta(days=3))}" in told.body
    assert french(add_months(today - timedelta(days=12), 2)) in told.body


def test_who_puts_a_day_right_reads_which_one_was_noted(outside: Scenario) -> None:
    wrong = outside.at.date() - timedelta(days=3)
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(wrong))
    client = Client()
    client.force_login(outside.architect)
    page = client.get(reverse("dossiers:act", args=[outside.journey.pk, "correct_day"]))
    assert f"Le jour noté est le {french(wrong)}." in page.content.decode()
