"""The summons says everything one needs to come; the minutes say what the panel found."""

import pytest

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.documents.generated import papers
from jalon.documents.jobs import issue
from jalon.juries import planning
from jalon.law.clocks import french
from jalon.law.vocabulary import DocumentKind, Event, PanelRole
from tests.documents.reading import printed

pytestmark = pytest.mark.django_db


@pytest.mark.rule("R-056")
def test_the_summons_says_everything_one_needs_to_come(scenario: Scenario) -> None:
    scenario.to_scheduled()
    hearing = scenario.current_hearing()
    words = printed(scenario, "summons")
    for expected in (
        french(hearing.session.held_on),
        "9 h 30",
        "60 minutes",
        hearing.session.place,
        "Mise en situation puis entretien",
        hearing.session.documents,
        hearing.session.accessibility_contact,
    ):
        assert str(expected) in words, expected
    assert "09 h" not in words


def test_the_minutes_say_who_sat_what_was_found_and_who_signed(scenario: Scenario) -> None:
    first, other, *_ = scenario.certification.blocs.order_by("position")
    scenario.to_result([first.code])
    words = printed(scenario, "minutes")
    hearing = scenario.journey.attempt.hearings.get()
    panel = hearing.session.panel.select_related("juror__user")
    president = panel.get(role=PanelRole.PRESIDENT).juror.user.get_full_name()
    for expected in (
        *(seat.juror.user.get_full_name() for seat in panel),
        first.title,
        other.title,
        "Gestes attendus non démontrés.",
        "Non acquis",
        "Maîtrisée",
        "Validation partielle",
        f"signée le {french(hearing.session.held_on)}",
        f"{president}, présidente du jury",
    ):
        assert " ".join(expected.split()) in words, expected


@pytest.mark.rule("R-056")
def test_a_session_that_moves_is_told_by_a_new_summons(
    scenario: Scenario, demo: DemoPeople
) -> None:
    session = scenario.to_scheduled().current_hearing().session
    with timekeeper.at(scenario.at):
        planning.change_session(demo.officer, session, {"place": "Salle des Essais"})
    changed = scenario.journey.journal.get(event=Event.HEARING_CHANGED)
    (again,) = papers(changed)
    assert again.kind == DocumentKind.SUMMONS
    assert issue(entry_id=changed.pk) == 1
    assert "Salle des Essais" in str(again.paper) and "remplace la précédente" in str(again.paper)
