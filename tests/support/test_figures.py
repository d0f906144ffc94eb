"""The dates of calendars as PostgreSQL counts them: as the law says it of each one."""

from datetime import timedelta

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.figures import Behind, Team, measured
from jalon.journeys.models import Journey
from jalon.law import figures as law
from jalon.law.figures import Kept, days_chosen
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Stage
from jalon.support import figures
from jalon.support.models import Milestone

pytestmark = pytest.mark.django_db

ALL = Team(None)


@pytest.fixture
def planned(scenario: Scenario) -> Scenario:
    """A calendar with a date of each kind: kept early, late, on its day, missed, to come."""
    scenario.to_path_accepted()
    timekeeper.travel(scenario.at)
    Milestone.objects.filter(journey=scenario.journey).delete()
    today = timekeeper.today()
    for due, kept in ((-40, -44), (-30, -20), (-20, -20), (-10, None), (0, None), (8, None)):
        Milestone.objects.create(
            journey=scenario.journey,
            title="Dossier de faisabilité envoyé" if kept else "Réunir les preuves",
            due_on=today + timedelta(days=due),
            kept_on=today + timedelta(days=kept) if kept else None,
        )
    return scenario


def span() -> law.Compared:
    """Return the days around the calendar of the fixture."""
    today = timekeeper.today()
    return days_chosen(today - timedelta(days=60), today + timedelta(days=60))


def test_the_dates_of_a_calendar_are_counted_by_hand(planned: Scenario) -> None:
    found = measured(figures.calendars(ALL, span()), span())
    assert {line.key: line.now.count for line in found.lines} == {
        Kept.ON_TIME: 2,
        Kept.LATE: 1,
        Kept.MISSED: 1,
    }


@pytest.mark.parametrize("stage", [Stage.PATH_ACCEPTED, Stage.DROPPED_OUT])
def test_postgresql_counts_a_date_as_the_law_says_it(planned: Scenario, stage: Stage) -> None:
    Journey.objects.update(stage=stage)
    by_law = []
    for one in Milestone.objects.all():
        became = law.kept(one.due_on, one.kept_on, timekeeper.today(), over=stage in ENDS)
        by_law += [(one.due_on, str(became))] if became else []
    rows = Behind(figures.calendars(ALL, span()), span().now)[:]
    assert sorted((row["day"], row["line"]) for row in rows) == sorted(by_law)


def test_dates_slip_by_days_and_some_are_early(planned: Scenario) -> None:
    (line,) = measured(figures.slippage(ALL, span()), span()).lines
    assert (line.key, line.now.count, line.now.median) == ("Dossier de faisabilité envoyé", 3, 0)
    rows = Behind(figures.slippage(ALL, span()), span().now)[:]
    assert sorted(row["days"] for row in rows) == [-4, 0, 10]


def test_a_meeting_is_counted_for_who_held_it(planned: Scenario) -> None:
    (line,) = measured(figures.meetings(ALL, span()), span()).lines
    assert (line.key, line.now.count) == (str(planned.architect.pk), 1)


def test_another_team_has_no_date(planned: Scenario) -> None:
    nobody = Team(frozenset())
    for of in (figures.calendars, figures.slippage, figures.meetings):
        assert measured(of(nobody, span()), span()).total.now.count == 0
