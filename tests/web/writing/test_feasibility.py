"""The feasibility file as it is written: nothing goes without a second word."""

import pytest

from jalon.demo.scenario import Scenario
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def test_nothing_is_taken_out_before_a_second_word(scenario: Scenario) -> None:
    scenario.to_path_accepted().fill_feasibility()
    one = scenario.journey.experiences.first()
    page = browser(scenario.person).get(f"/dossiers/{scenario.journey.pk}/faisabilite/")
    asked = page.content.decode().split('class="confirm"')[1].split("</details>")[0]
    assert f"Oui, retirer «&nbsp;{one.title}&nbsp;»" in asked
    answer = browser(scenario.person).post(
        f"/dossiers/{scenario.journey.pk}/faisabilite/experience/{one.pk}/retirer/", follow=True
    )
    assert (
        f"«\N{NO-BREAK SPACE}{one.title}\N{NO-BREAK SPACE}» est retirée." in answer.content.decode()
    )
