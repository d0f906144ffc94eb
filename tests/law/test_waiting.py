"""What the law says of waiting, before anybody begins."""

from datetime import date

import pytest

from jalon.law.rulebook import value
from jalon.law.vocabulary import Route
from jalon.law.waiting import waits

DAY = date(2026, 11, 26)


@pytest.mark.rule("R-028")
@pytest.mark.rule("R-052")
@pytest.mark.rule("R-078")
def test_on_the_portal_the_answer_the_jury_and_the_result_have_a_delay_and_its_article() -> None:
    answer, jury, result = waits(Route.FRANCE_VAE, DAY)
    assert str(value("R-028", "months", DAY)) in answer.within
    assert "R6412-4" in answer.article
    assert "R6412-5" in jury.article
    assert "15\N{NO-BREAK SPACE}jours" in result.within


@pytest.mark.rule("R-030")
def test_on_the_2002_route_the_answer_alone_has_a_delay_that_a_text_gives() -> None:
    (answer,) = waits(Route.LAW_2002, DAY)
    assert "R335-7" in answer.article
