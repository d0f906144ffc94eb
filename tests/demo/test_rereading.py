"""The demonstration shows a file that is read again: remarks of each state, a bloc ready, versions."""

import pytest

from jalon.demo.scenario import Scenario
from jalon.demo.ways import writing
from jalon.law.vocabulary import RemarkState
from jalon.writing.models import HelpedText, ReadyBloc, Remark, SectionVersion, TickedPoint

pytestmark = pytest.mark.django_db


def test_a_file_is_shown_with_remarks_open_and_settled_a_bloc_ready_and_versions(
    scenario: Scenario,
) -> None:
    writing(scenario)
    assert {one.state for one in Remark.objects.all()} == set(RemarkState)
    assert ReadyBloc.objects.get().stands
    assert TickedPoint.objects.count() == 2
    assert HelpedText.objects.approved().get().recorded.startswith("J’explique mon contrôle, 3")
    assert HelpedText.objects.waiting().get().aid.name == "Ana Exemple"
    assert SectionVersion.objects.filter(section__saved_by=scenario.person).exists()
