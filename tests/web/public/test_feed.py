"""The secret address, as the program of an agenda reads it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.mailbox import feeds
from jalon.support import planning
from jalon.support.queries import offered
from jalon.web.public.feed import HOUR, MOST


@pytest.fixture(autouse=True)
def nobody_read_yet() -> None:
    cache.clear()


def address(scenario: Scenario) -> str:
    return reverse("public:feed", args=[feeds.make(scenario.architect)])


def test_an_agenda_reads_the_calendar_without_signing_in(met: Scenario) -> None:
    answer = Client().get(address(met))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert "no-cache" in answer["Cache-Control"] and not answer.cookies


@pytest.mark.parametrize("secret", ["x", "é", "A" * 43, "a" * 5000])
def test_an_address_that_is_none_is_not_found(met: Scenario, secret: str) -> None:
    address(met)
    assert Client().get(reverse("public:feed", args=[secret])).status_code == 404


def test_an_agenda_that_has_it_already_is_given_nothing_again_until_something_changes(
    met: Scenario,
) -> None:
    here = address(met)
    first = Client().get(here)
    known = {"If-None-Match": first["ETag"]}
    since = {"If-Modified-Since": first["Last-Modified"]}
    for said in (known, since):
        again = Client().get(here, headers=said)
        assert again.status_code == 304 and not again.content
    slot = offered(met.person, met.journey)[0]
    with timekeeper.at(timekeeper.now() + timedelta(minutes=5)):
        planning.book(met.journey.pk, slot.key, met.person)
        for said in (known, since):
            changed = Client().get(here, headers=said)
            assert changed.status_code == 200 and b"rendez-vous-" in changed.content


def test_an_agenda_that_reads_too_often_is_told_to_wait(met: Scenario) -> None:
    here = address(met)
    assert {Client().get(here).status_code for _ in range(MOST)} == {200}
    refused = Client().get(here)
    assert refused.status_code == 429 and refused["Retry-After"] == str(HOUR)
    assert "une fois par heure" in refused.content.decode()


def test_a_form_sent_there_does_nothing(met: Scenario) -> None:
    assert Client().post(address(met)).status_code == 405
