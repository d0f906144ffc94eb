"""What somebody brings to a visit."""

from jalon.law.stages import ENDS
from jalon.law.visits import to_bring
from jalon.law.vocabulary import Stage


def test_everybody_whose_journey_goes_on_is_told_what_to_bring_and_nobody_whose_journey_is_over() -> (
    None
):
    silent = {stage for stage in Stage if not to_bring(stage)}
    assert silent == ENDS | {Stage.DELIBERATED}


def test_what_the_certifier_asked_for_is_brought_while_the_file_lacks_it() -> None:
    assert "manquent" in to_bring(Stage.FEASIBILITY_INCOMPLETE)
    assert "exemples de travaux" in to_bring(Stage.ADMISSIBLE)
