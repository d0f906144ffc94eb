"""The demonstration has grids of rehearsals to read: one that was shared, one that is being written."""

import pytest

from jalon import now as timekeeper
from jalon.demo.rehearsals import ADVICE, rehearse
from jalon.demo.scenario import DemoPeople, Scenario, moment_before
from jalon.support.models import MockGrid


@pytest.mark.django_db
def test_a_candidate_who_has_a_jury_reads_what_their_rehearsal_found(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    timekeeper.travel(moment_before(-3))
    rehearse(demo)
    grid = MockGrid.objects.shared().get()
    assert grid.advice == ADVICE and grid.findings.count() > 3
