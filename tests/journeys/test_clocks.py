"""Delays as rows: counted from the day things happened, and anew when something is written late."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.actions import act
from jalon.journeys.jobs import ClocksFailed, tick
from jalon.journeys.models import JournalEntry
from jalon.law.clocks import add_months
from jalon.law.facts import Contact, DelaysRecounted, Missing, Receipt, Step
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, ClockKind, ClockState, Event, Role, Route, Stage, StepKind
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-026", "R-028")
def test_a_file_checked_late_is_decided_two_months_after_it_came(scenario: Scenario) -> None:
    sent = scenario.to_ready().send_feasibility().at.date()
    scenario.wait(40).certifier(Act.DECLARE_COMPLETE)
    decision = scenario.journey.clocks.get(kind=ClockKind.DECISION)
    assert (decision.started_on, decision.limit_on) == (sent, add_months(sent, 2))


@pytest.mark.rule("R-029")
def test_a_file_that_nobody_opens_is_admitted_by_silence(scenario: Scenario) -> None:
    sent = scenario.to_ready().send_feasibility().at.date()
    timekeeper.travel(scenario.wait(90).at)
    tick()
    scenario.journey.refresh_from_db()
    assert scenario.journey.stage == Stage.ADMISSIBLE
    assert scenario.journey.decision.decided_on == add_months(sent, 2)
    lapse = scenario.journey.clocks.running().get(kind=ClockKind.LAPSE)
    assert lapse.started_on == add_months(sent, 2)


@pytest.mark.rule("R-028")
def test_a_piece_asked_for_once_the_file_is_complete_does_not_move_the_limit(
    scenario: Scenario,
) -> None:
    before = scenario.to_complete().journey.clocks.get(kind=ClockKind.DECISION).limit_on
    scenario.wait(30).certifier(Act.REQUEST_PIECES, a_piece())
    decision = scenario.journey.clocks.running().get(kind=ClockKind.DECISION)
    assert (decision.limit_on, scenario.journey.stage) == (before, Stage.FEASIBILITY_COMPLETE)
    assert scenario.journey.feasibility.missing == ["Pièce lisible"]


def test_a_line_says_the_day_it_happened_and_the_day_it_was_written(scenario: Scenario) -> None:
    scenario.to_admissible().wait(20)
    on = scenario.at.date() - timedelta(days=6)
    scenario.do(Act.RECORD_STEP, scenario.person, a_step(on))
    line = scenario.journey.journal.acts().latest("number")
    assert (line.occurred_on, line.at.date(), line.written_late) == (on, scenario.at.date(), True)


def test_nothing_is_written_down_before_it_happens(scenario: Scenario) -> None:
    scenario.to_admissible()
    with timekeeper.at(scenario.at), pytest.raises(Refused) as refused:
        act(
            scenario.journey.pk,
            Act.GIVE_MANDATE,
            by=scenario.person,
            facts=scenario.signature,
            on=scenario.at.date() + timedelta(days=1),
        )
    assert "ce qui a eu lieu" in refused.value.why
    line = scenario.journey.journal.latest("number")
    with pytest.raises(IntegrityError), transaction.atomic():
        JournalEntry.objects.create(
            journey=scenario.journey,
            number=999,
            act=Act.RECORD_STEP,
            role=Role.CANDIDATE,
            at=line.at,
            occurred_on=line.at.date() + timedelta(days=1),
            stage_after=line.stage_after,
        )


@pytest.mark.rule("R-044", "R-045")
def test_a_step_written_after_the_alert_that_was_done_before_it_takes_the_alert_back(
    scenario: Scenario,
) -> None:
    admitted = scenario.to_admissible().at.date()
    timekeeper.travel(scenario.wait(220).at)
    tick()
    assert lapse_of(scenario) == [ClockState.EXPIRED]
    scenario.do(Act.RECORD_STEP, scenario.person, a_step(admitted + timedelta(days=90)))
    assert lapse_of(scenario) == [ClockState.STOPPED]


@pytest.mark.rule("R-044", "R-058")
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_the_order_in_which_things_are_written_the_delays_are_the_same(
    scenario: Scenario, order: tuple[int, ...]
) -> None:
    admitted = scenario.to_admissible().at.date()
    done = [
        (Act.RECORD_STEP, scenario.person, a_step(admitted + timedelta(days=30))),
        (Act.RECORD_STEP, scenario.person, a_step(admitted + timedelta(days=150))),
        (Act.RECORD_STEP, scenario.architect, a_step(admitted + timedelta(days=60))),
    ]
    timekeeper.travel(scenario.wait(240).at)
    tick()
    for place in order:
        scenario.do(*done[place])
    delay = scenario.journey.clocks.get(kind=ClockKind.LAPSE)
    assert (delay.state, delay.ended_on) == (ClockState.STOPPED, admitted + timedelta(days=30))


def test_the_journal_says_which_delays_a_late_line_moved(scenario: Scenario) -> None:
    scenario.register().take_charge()
    first = scenario.at.date()
    scenario.wait(20)
    scenario.do(Act.RECORD_CONTACT, scenario.architect, silence(scenario.at.date()))
    scenario.do(Act.RECORD_CONTACT, scenario.architect, silence(first + timedelta(days=4)))
    told = scenario.journey.journal.events().filter(event=Event.DELAYS_RECOUNTED).last()
    assert told and told.role == Role.SYSTEM
    (change,) = told.facts_as(DelaysRecounted).changes
    assert change.kind == ClockKind.ANSWER
    running = scenario.journey.clocks.running().get(kind=ClockKind.ANSWER)
    assert running.started_on == scenario.at.date() and change.after == running.limit_on


@pytest.mark.rule("R-026")
def test_a_posted_file_counts_from_the_day_it_came(scenario: Scenario) -> None:
    scenario.route = Route.LAW_2002
    scenario.certification = Certification.objects.get(code="RNCP41814")
    sent = scenario.to_ready().send_feasibility().at.date()
    came = sent + timedelta(days=4)
    scenario.wait(10).certifier(Act.DECLARE_COMPLETE, Receipt(came))
    decision = scenario.journey.clocks.running().get(kind=ClockKind.DECISION)
    assert (decision.started_on, decision.limit_on) == (came, add_months(came, 2))


def lapse_of(scenario: Scenario) -> list[ClockState]:
    """Return the states of the delay of lapse."""
    found = scenario.journey.clocks.filter(kind=ClockKind.LAPSE)
    return list(found.values_list("state", flat=True))


def a_step(on: date) -> Step:
    """Return a step done on a day."""
    return Step(on, "Formation suivie", "Attestation", StepKind.PLANNED)


def silence(on: date) -> Contact:
    """Return a call that nobody answered."""
    return Contact(on, "Message laissé", answered=False)


def a_piece() -> Missing:
    """Return a request for one more piece."""
    return Missing(("Pièce lisible",))


def test_a_delay_that_fails_is_reported_and_stops_no_other(
    demo: DemoPeople, machining: Certification, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, well = (
        Scenario(demo, machining, TODAY).to_ready().send_feasibility() for _ in range(2)
    )
    timekeeper.travel(well.wait(90).at)

    def fails_once_written(journey: object, wanted: Act, **said: Any) -> None:
        act(journey, wanted, **said)
        if str(journey) == str(broken.journey.pk):
            raise ZeroDivisionError

    monkeypatch.setattr("jalon.journeys.jobs.act", fails_once_written)
    with pytest.raises(ClocksFailed):
        tick()
    for one in (broken, well):
        one.journey.refresh_from_db()
    assert well.journey.stage == Stage.ADMISSIBLE
    assert broken.journey.stage == Stage.FEASIBILITY_SENT
    monkeypatch.undo()
    assert tick() > 0
    broken.journey.refresh_from_db()
    assert broken.journey.stage == Stage.ADMISSIBLE
