"""What PostgreSQL counts, against journeys few enough to be counted by hand."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import figures
from jalon.journeys.figures import Measured, Rows, Team
from jalon.journeys.models import JournalEntry, Journey
from jalon.law import facts
from jalon.law import figures as law
from jalon.law.figures import Compared, Ending, days_chosen
from jalon.law.vocabulary import Act, DropOutReason, Outcome, Stage
from jalon.now import moment_of

pytestmark = pytest.mark.django_db

ALL = Team(None)


def spanning(scenario: Scenario) -> Compared:
    """Return the days of a whole story, compared with as many before it."""
    timekeeper.travel(scenario.at)
    return days_chosen(timekeeper.today() - timedelta(days=900), timekeeper.today())


def counted(
    of: Callable[[Team, Compared], list[Rows]], compared: Compared, team: Team = ALL
) -> Measured:
    """Measure a figure."""
    return figures.measured(of(team, compared), compared)


def now(found: Measured) -> dict[str, int]:
    """Return how many each line counts in the period."""
    return {line.key: line.now.count for line in found.lines if line.now.count}


def test_each_step_is_entered_once_and_left_but_the_last(scenario: Scenario) -> None:
    scenario.to_complete()
    compared = spanning(scenario)
    arrived, left = now(counted(figures.entries, compared)), now(counted(figures.exits, compared))
    steps = {str(one) for one in JournalEntry.objects.values_list("stage_after", flat=True)}
    assert set(arrived) == steps and set(arrived.values()) == {1}
    assert set(arrived) - set(left) == {Stage.FEASIBILITY_COMPLETE}


def test_however_often_a_figure_is_read_it_is_planned_for_its_days(scenario: Scenario) -> None:
    compared = spanning(scenario.register())
    for _ in range(8):
        counted(figures.entries, compared)
        Journey.objects.filter(pk=scenario.journey.pk).get()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE statement ~ 'percentile'), count(*) FROM pg_prepared_statements"
        )
        figures_prepared, prepared = cursor.fetchone()
    assert figures_prepared == 0 < prepared


def test_what_was_under_way_on_a_past_day_is_told_by_the_journal(scenario: Scenario) -> None:
    scenario.register()
    begun = scenario.at.date()
    scenario.wait(40).take_charge()
    scenario.wait(10)
    timekeeper.travel(scenario.at)
    compared = days_chosen(begun + timedelta(days=30), timekeeper.today())
    found = counted(figures.stock, compared)
    assert now(found) == {Stage.TAKEN_ON: 1}
    before = {line.key: line.before.count for line in found.lines if line.before.count}
    assert compared.before.last == begun + timedelta(days=29)
    assert before == {Stage.REGISTERED: 1}


def test_a_journey_that_is_over_is_under_way_no_more(scenario: Scenario) -> None:
    dropped(scenario)
    assert now(counted(figures.stock, spanning(scenario))) == {}


def dropped(scenario: Scenario) -> Scenario:
    """Let somebody register, then stop for want of time."""
    scenario.register().wait(5)
    scenario.do(Act.DROP_OUT, scenario.person, facts.Leaving(DropOutReason.TIME))
    return scenario


def test_delays_are_those_of_the_journal_by_hand(scenario: Scenario) -> None:
    scenario.to_complete()
    compared = spanning(scenario)
    moved = list(JournalEntry.objects.acts().order_by("number"))
    by_hand = {}
    for entry in moved:
        if not entry.stage_before or entry.stage_before == entry.stage_after:
            continue
        ended = law.delay_ended_by(Stage(entry.stage_before), Stage(entry.stage_after))
        if ended:
            start = [one for one in moved if one.stage_after == ended.start]
            first = min(start, key=lambda one: one.number)
            by_hand[ended.slug] = law.days_between(first.occurred_on, entry.occurred_on)
    found = counted(figures.delays, compared)
    assert {line.key: line.now.median for line in found.lines} == by_hand
    assert set(by_hand) == {"prise-en-charge", "rendez-vous", "faisabilite"}


def test_the_middle_and_the_ninth_decile_are_those_of_postgresql(
    demo: DemoPeople, scenario: Scenario
) -> None:
    start = scenario.at
    for days in (1, 2, 3, 4, 10):
        one = Scenario(demo, scenario.certification, start)
        one.register().wait(days).take_charge()
    timekeeper.travel(start + timedelta(days=20))
    compared = days_chosen(start.date(), timekeeper.today())
    (line,) = counted(figures.delays, compared).lines
    assert (line.now.count, line.now.people) == (5, 5)
    assert line.now.median == 3
    assert line.now.most == pytest.approx(7.6)  # 4 + 0.6 × (10 − 4)


def test_a_file_that_came_back_then_was_taken_counts_at_each_sending(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility().wait(2)
    missing = facts.Missing(("Justificatif d’emploi lisible", " justificatif d’emploi LISIBLE "))
    scenario.certifier(Act.DECLARE_INCOMPLETE, missing).wait(3)
    scenario.sign(Act.CONFIRM_FEASIBILITY).send_feasibility().wait(2)
    scenario.certifier(Act.DECLARE_COMPLETE)
    compared = spanning(scenario)
    lines = {line.key: line.now for line in counted(figures.sendings, compared).lines}
    assert (lines["faisabilite-1"].count, lines["faisabilite-1"].good) == (1, 1)
    assert (lines["faisabilite-2"].count, lines["faisabilite-2"].good) == (1, 0)
    assert now(counted(figures.reasons, compared)) == {"justificatif d’emploi lisible": 2}


def test_a_file_without_an_answer_is_neither_taken_nor_returned(scenario: Scenario) -> None:
    scenario.to_ready().send_feasibility()
    assert counted(figures.sendings, spanning(scenario)).total.now.count == 0


def test_a_success_is_counted_with_its_jury_and_its_blocs(scenario: Scenario) -> None:
    scenario.to_result()
    compared = spanning(scenario)
    assert now(counted(figures.hearings, compared)) == {Outcome.FULL: 1}
    assert now(counted(figures.endings, compared)) == {Ending.SUCCESS: 1}
    blocs = counted(figures.blocs, compared)
    assert blocs.total.now.count == blocs.total.now.good == scenario.journey.targeted.count()
    (route,) = counted(figures.whole_delays, compared).lines
    assert route.key == scenario.journey.route and route.now.median


def test_who_did_not_come_is_counted_with_those_who_were_heard(scenario: Scenario) -> None:
    scenario.to_scheduled()
    hearing = scenario.current_hearing()
    scenario.until(moment_of(hearing.session.held_on, scenario.at) + timedelta(hours=8))
    asked = facts.AbsenceRequest(hearing.pk, Outcome.EXCUSED, "Malade")
    scenario.certifier(Act.RECORD_ABSENCE, asked)
    compared = spanning(scenario)
    assert now(counted(figures.hearings, compared)) == {Outcome.EXCUSED: 1}


def test_somebody_who_stopped_is_counted_by_their_reason(scenario: Scenario) -> None:
    compared = spanning(dropped(scenario))
    assert now(counted(figures.endings, compared)) == {Ending.DROPPED_OUT: 1}
    assert now(counted(figures.drop_outs, compared)) == {DropOutReason.TIME: 1}


def test_a_journey_that_went_on_after_its_end_has_not_ended(scenario: Scenario) -> None:
    dropped(scenario).wait(3)
    scenario.do(Act.RESUME, scenario.person)
    compared = spanning(scenario)
    assert counted(figures.endings, compared).total.now.count == 0
    assert counted(figures.drop_outs, compared).total.now.count == 0


def test_the_load_is_that_of_who_follows(scenario: Scenario) -> None:
    scenario.to_complete()
    found = counted(figures.load, spanning(scenario))
    assert now(found) == {str(scenario.architect.pk): 1}


def test_a_team_counts_nothing_of_another(scenario: Scenario, demo: DemoPeople) -> None:
    scenario.to_result()
    compared = spanning(scenario)
    other = figures.whole_team(demo.officer)
    own = figures.whole_team(demo.head)
    for of in (figures.entries, figures.stock, figures.hearings, figures.blocs, figures.endings):
        assert counted(of, compared, other).total.now.count == 0
        assert counted(of, compared, own) == counted(of, compared, ALL)


def test_the_list_behind_a_line_has_as_many_rows_as_it_counts(scenario: Scenario) -> None:
    scenario.to_result()
    compared = spanning(scenario)
    for of in (figures.entries, figures.hearings, figures.blocs, figures.delays):
        found = counted(of, compared)
        for line in found.lines:
            behind = figures.Behind(of(ALL, compared), compared.now, line.key)
            assert len(behind[:]) == behind.count() == line.now.count
        assert figures.Behind(of(ALL, compared), compared.now).count() == found.total.now.count


def test_nothing_counts_outside_its_days(scenario: Scenario) -> None:
    scenario.to_complete()
    timekeeper.travel(scenario.at)
    long_ago = days_chosen(date(2019, 1, 1), date(2019, 12, 31))
    assert counted(figures.entries, long_ago).lines == ()
    assert now(counted(figures.stock, long_ago)) == {}
