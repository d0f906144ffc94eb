"""What somebody brings to a visit."""

import pytest

from jalon.law.stages import ENDS
from jalon.law.visits import as_carried, noted_meanwhile, report_first, signed_there, to_bring
from jalon.law.vocabulary import MeetingKind, Stage


def test_everybody_whose_journey_goes_on_is_told_what_to_bring_and_nobody_whose_journey_is_over() -> (
    None
):
    silent = {stage for stage in Stage if not to_bring(stage)}
    assert silent == ENDS | {Stage.DELIBERATED}


def test_what_the_certifier_asked_for_is_brought_while_the_file_lacks_it() -> None:
    assert "manquent" in to_bring(Stage.FEASIBILITY_INCOMPLETE)
    assert "exemples de travaux" in to_bring(Stage.ADMISSIBLE)


def test_hours_that_changed_and_answers_noted_meanwhile_are_refused_with_what_is_true_now() -> None:
    assert as_carried("a/b", "a/b", "") is None
    moved = as_carried("a/b", "a/c", "mardi 1er décembre 2026 à 9 h 00")
    assert moved and "c’est maintenant mardi 1er décembre 2026 à 9 h 00." in moved.why
    assert noted_meanwhile("present||", "present||", "Présent") is None
    for known in ("", None):
        other = noted_meanwhile(known, "absent||", "Absent")
        assert other and "entre-temps\xa0: Absent." in other.why


@pytest.mark.rule("R-110")
def test_a_meeting_that_has_a_report_is_signed_after_it_and_any_other_at_once() -> None:
    after = report_first(MeetingKind.FIRST)
    assert after and "compte rendu" in after.why
    assert report_first(MeetingKind.FOLLOW_UP) is None and signed_there(MeetingKind.REHEARSAL)
