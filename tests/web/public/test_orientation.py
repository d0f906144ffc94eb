"""The short orientation: who is sent to an adviser, who is only told."""

import pytest

from jalon.web.public.orientation import QUESTIONS, orient


@pytest.mark.rule("R-008")
def test_doubts_lead_to_an_adviser_and_little_experience_is_no_obstacle() -> None:
    assert orient({})["question"] == QUESTIONS[0]
    assert orient({"projet": "hesite"})["adviser"]
    assert orient({"projet": "oui", "experience": "jamais"})["adviser"]
    short = orient({"projet": "oui", "experience": "court", "ecrit": "non"})
    assert (short["apply"], short["short"], short["writing"]) == (True, True, True)
    plain = orient({"projet": "oui", "experience": "long", "ecrit": "oui"})
    assert (plain["apply"], plain["short"], plain["writing"]) == (True, False, False)
