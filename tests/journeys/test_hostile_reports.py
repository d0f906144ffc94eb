"""What a careless or hostile person writes down of a certifier outside gives nobody what was not decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario, partial
from jalon.journeys.actions import act
from jalon.journeys.jobs import tick
from jalon.journeys.models import BlocAward, JournalEntry
from jalon.journeys.snapshot import snapshot
from jalon.law.clocks import add_months
from jalon.law.facts import (
    Death,
    Decision,
    Deposit,
    Facts,
    JuryElsewhere,
    Lapse,
    PriorBlocAnswer,
    Reason,
    Rectification,
    SummonsElsewhere,
    TransferRequest,
)
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Channel, ClockKind, Role, Stage
from tests.journeys.bringing import another_certifier

pytestmark = pytest.mark.django_db

REFUSED = Decision(reason="Expérience sans rapport.")


@pytest.fixture
def admitted(outside: Scenario) -> Scenario:
    """A person admitted thirty days ago, on a file deposited twenty days before."""
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(ago(outside, 50)))
    note(outside, Act.DECLARE_ADMISSIBLE, Decision(), ago(outside, 30))
    return outside


@pytest.fixture
def sent(admitted: Scenario) -> Scenario:
    """A validation file deposited ten days ago."""
    note(admitted, Act.DEPOSIT_VALIDATION, Deposit(ago(admitted, 10)))
    return admitted


def ago(scenario: Scenario, days: int) -> date:
    """Return a day of the past."""
    return scenario.at.date() - timedelta(days=days)


def note(scenario: Scenario, name: Act, facts: Facts, on: date | None = None) -> JournalEntry:
    """Write down what was done elsewhere, as its letter says."""
    channel = Channel.LETTER if on else None
    entry = act(
        scenario.journey.pk, name, by=scenario.architect, facts=facts, on=on, channel=channel
    )
    scenario.journey.refresh_from_db()
    return entry


def refusal_of(scenario: Scenario, name: Act, facts: Facts, on: date) -> str:
    """Return the rule that refuses to write an act down on a day."""
    with pytest.raises(Refused) as refused:
        note(scenario, name, facts, on)
    return refused.value.rule


def first_bloc(scenario: Scenario) -> str:
    """Return the code of the first bloc aimed at."""
    return scenario.journey.targeted.earliest("position").code


def goes_outside(scenario: Scenario) -> None:
    """The certifier, who works here, hands the file to one who does not."""
    other = another_certifier(scenario.journey)
    other.works_here = False
    other.save()
    scenario.certifier(Act.TRANSFER, TransferRequest("Il déménage.", other.pk))
    timekeeper.travel(scenario.at)


@pytest.mark.rule("R-004", "R-031")
def test_a_silence_is_not_undone_by_handing_the_file_to_somebody_outside(
    scenario: Scenario,
) -> None:
    scenario.runs_clocks = True
    sent_on = scenario.to_ready().send_feasibility().at.date()
    scenario.wait(75)
    assert scenario.journey.decision.tacit
    goes_outside(scenario)
    day = sent_on + timedelta(days=10)
    assert refusal_of(scenario, Act.DECLARE_INADMISSIBLE, REFUSED, day) == "R-004"
    assert refusal_of(scenario, Act.DECLARE_INADMISSIBLE, REFUSED, scenario.at.date()) == "R-029"
    assert scenario.journey.stage == Stage.ADMISSIBLE


@pytest.mark.rule("R-052", "R-078")
@pytest.mark.parametrize("held_on", [date(1990, 1, 1), 11])
def test_a_jury_elsewhere_did_not_sit_before_the_file_was_deposited(
    sent: Scenario, held_on: date | int
) -> None:
    day = ago(sent, held_on) if isinstance(held_on, int) else held_on
    today = sent.at.date()
    assert refusal_of(sent, Act.NOTE_RESULT, JuryElsewhere(held_on=day), today) == "R-052"
    tomorrow = JuryElsewhere(held_on=today + timedelta(days=1))
    assert refusal_of(sent, Act.NOTE_RESULT, tomorrow, today) == "R-078"
    note(sent, Act.NOTE_RESULT, JuryElsewhere(held_on=ago(sent, 10)), today)
    assert sent.journey.stage == Stage.NOT_CERTIFIED


@pytest.mark.rule("R-056")
def test_nobody_is_called_before_a_jury_that_sat_before_the_summons(sent: Scenario) -> None:
    called = SummonsElsewhere(ago(sent, 1), "1 rue de l’Exemple")
    today = sent.at.date()
    assert refusal_of(sent, Act.NOTE_SUMMONS, called, today) == "R-056"
    note(sent, Act.NOTE_SUMMONS, replace(called, held_on=today), today)
    assert sent.journey.clocks.running().get().kind == ClockKind.RESULT


@pytest.mark.rule("R-073")
def test_a_bloc_that_is_held_is_not_given_again_by_another_jury_elsewhere(sent: Scenario) -> None:
    today, bloc = sent.at.date(), first_bloc(sent)
    won = JuryElsewhere(held_on=today, won=(bloc,))
    note(sent, Act.NOTE_RESULT, won, today)
    sent.do(Act.OPEN_NEXT_ATTEMPT, sent.person)
    note(sent, Act.DEPOSIT_VALIDATION, Deposit(today))
    assert refusal_of(sent, Act.NOTE_RESULT, won, today) == "R-073"
    note(sent, Act.NOTE_RESULT, JuryElsewhere(held_on=today), today)
    assert sent.journey.stage == Stage.NOT_CERTIFIED
    assert sent.journey.awards.held().get().bloc.code == bloc


@pytest.mark.rule("R-073", "R-085")
def test_a_jury_elsewhere_puts_no_condition_on_a_part(sent: Scenario) -> None:
    today = sent.at.date()
    won = JuryElsewhere(held_on=today, won=(first_bloc(sent),), condition="Une habilitation")
    assert refusal_of(sent, Act.NOTE_RESULT, won, today) == "R-073"


@pytest.mark.rule("R-073", "R-076")
def test_what_somebody_says_was_rectified_elsewhere_is_not_proved_by_the_jury_that_sat_here(
    scenario: Scenario,
) -> None:
    won = tuple(partial(scenario.to_scheduled()))
    scenario.deliberate(won).wait(3).notify()
    goes_outside(scenario)
    every = tuple(scenario.journey.targeted.values_list("code", flat=True))
    so = Rectification("Erreur de saisie.", won=every, evidence="Lettre du certificateur")
    note(scenario, Act.RECTIFY_RESULT, so, scenario.at.date())
    assert scenario.journey.stage == Stage.CERTIFIED
    proved = BlocAward.objects.given_here().filter(journey=scenario.journey)
    assert set(proved.values_list("bloc__code", flat=True)) == set(won)


@pytest.mark.rule("R-073")
def test_a_bloc_that_somebody_says_was_recognised_elsewhere_counts_on_this_journey_alone(
    outside: Scenario,
) -> None:
    today, bloc = outside.at.date(), first_bloc(outside)
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(ago(outside, 50)))
    outside.hold_elsewhere(bloc)
    note(outside, Act.CONFIRM_PRIOR_BLOC, PriorBlocAnswer("Vérifié.", bloc), today)
    assert snapshot(outside.journey, Role.CANDIDATE).elsewhere_blocs == {bloc}
    assert not BlocAward.objects.given_here().filter(journey=outside.journey).exists()


@pytest.mark.rule("R-044")
def test_a_reason_is_not_granted_before_there_is_an_admissibility_to_keep(
    admitted: Scenario,
) -> None:
    lapse = admitted.journey.clocks.running().get().limit_on
    why = Reason("Hospitalisation")
    assert refusal_of(admitted, Act.GRANT_REASON, why, ago(admitted, 31)) == "R-044"
    note(admitted, Act.GRANT_REASON, why, ago(admitted, 1))
    assert admitted.journey.clocks.running().get().limit_on > lapse


@pytest.mark.rule("R-029")
def test_a_silence_is_not_confirmed_before_it_decided(outside: Scenario) -> None:
    deposited = outside.at.date()
    note(outside, Act.DEPOSIT_FEASIBILITY, Deposit(deposited))
    timekeeper.travel(outside.wait(75).at)
    tick()
    early = deposited + timedelta(days=20)
    assert refusal_of(outside, Act.CONFIRM_TACIT, Decision(), early) == "R-029"
    note(outside, Act.CONFIRM_TACIT, Decision(), add_months(deposited, 2))
    assert not outside.journey.decision.tacit


@pytest.mark.rule("R-044")
def test_a_lapse_was_not_decided_before_the_six_months_were_over(admitted: Scenario) -> None:
    timekeeper.travel(admitted.wait(220).at)
    tick()
    limit = admitted.journey.clocks.get(kind=ClockKind.LAPSE).limit_on
    checked = Lapse(no_legitimate_reason=True)
    assert refusal_of(admitted, Act.CONFIRM_LAPSE, checked, limit) == "R-044"
    note(admitted, Act.CONFIRM_LAPSE, checked, limit + timedelta(days=1))
    assert admitted.journey.stage == Stage.LAPSED


@pytest.mark.rule("R-124")
def test_nobody_writes_down_a_death_in_the_name_of_a_certifier(sent: Scenario) -> None:
    death = Death(sent.at.date(), "Un courrier")
    assert refusal_of(sent, Act.CLOSE_DECEASED, death, sent.at.date()) == "TABLE"
    sent.person.refresh_from_db()
    assert sent.person.is_active
