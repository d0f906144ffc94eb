"""The jurors' space: each step of a hearing on its page."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import Scenario
from jalon.juries.models import Hearing
from tests.juries.steps import declare, on_the_day, president, score
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(scenario: Scenario) -> Hearing:
    """A candidate to hear, on the day."""
    found = scenario.to_scheduled().current_hearing()
    on_the_day(found.session)
    return found


@pytest.fixture
def presiding(hearing: Hearing) -> Client:
    """The president's browser."""
    return browser(president(hearing))


def page(client: Client, name: str, hearing: Hearing) -> str:
    """Return a page of a hearing."""
    answer: HttpResponse = client.get(reverse(f"juror:{name}", args=[hearing.pk]))
    return answer.content.decode()


def test_a_link_with_the_candidate_is_declared(presiding: Client, hearing: Hearing) -> None:
    said = {"related": "oui", "detail": "Ancien collègue"}
    presiding.post(reverse("juror:declare", args=[hearing.pk]), said)
    assert hearing.declarations.get().related


def test_who_is_unticked_does_not_sit(presiding: Client, hearing: Hearing) -> None:
    seats = list(hearing.session.panel.order_by("pk"))
    stay = [seat.pk for seat in seats[:2]]
    presiding.post(reverse("juror:presence", args=[hearing.pk]), {"present": stay})
    assert hearing.vacancies.count() == len(seats) - 2
    assert f"Siègent : {len(stay)}." in page(presiding, "votes", hearing)


def test_votes_are_written_beside_what_the_panel_found(presiding: Client, hearing: Hearing) -> None:
    assert "Aucune compétence n’est encore évaluée." in page(presiding, "votes", hearing)
    declare(hearing)
    score(hearing)
    assert "Évaluation du jury" in page(presiding, "votes", hearing)


def test_what_is_signed_is_read_before_it_is(presiding: Client, hearing: Hearing) -> None:
    shown = page(presiding, "sign", hearing)
    assert "Siègent pour ce candidat" in shown
    assert "Aucun vote n’est encore écrit." in shown
    answer = presiding.post(reverse("juror:sign", args=[hearing.pk]), {"signed": "on"})
    assert answer.status_code == 409
