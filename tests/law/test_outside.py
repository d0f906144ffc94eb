"""What is noted of a certifier elsewhere, or of the national portal."""

import pytest

from jalon.law import lifecycle
from jalon.law.facts import PortalNumber
from jalon.law.stages import JUDGED
from jalon.law.transitions import Offer
from jalon.law.vocabulary import Act, Role, Stage
from tests.law.cases import TODAY, a_case, attempt, open_at

(ROW,) = lifecycle.rows_of(Act.NOTE_PORTAL_NUMBER)


@pytest.mark.rule("R-133")
def test_a_portal_number_that_is_noted_is_only_corrected_and_quietly():
    case = a_case(Stage.TAKEN_ON, actor=Role.CANDIDATE)
    assert ROW.offered_as(case) == Offer.ASIDE
    assert ROW.button(case) == "Noter mon numéro France VAE"
    noted = a_case(Stage.TAKEN_ON, actor=Role.CANDIDATE, portal_number_noted=True)
    assert ROW.offered_as(noted) == Offer.QUIET
    assert ROW.button(noted) == "Corriger mon numéro France VAE"
    seen = a_case(Stage.TAKEN_ON, actor=Role.ARCHITECT, portal_number_noted=True)
    assert ROW.button(seen) == "Corriger le numéro France VAE"
    assert attempt(Act.NOTE_PORTAL_NUMBER, noted, PortalNumber(TODAY, number="FVAE-2")) is None


@pytest.mark.parametrize("stage", sorted(JUDGED))
def test_a_portal_number_is_not_asked_for_once_a_jury_gave_its_result(stage):
    assert not open_at(Act.NOTE_PORTAL_NUMBER, a_case(stage))
