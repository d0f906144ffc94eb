"""The candidate's opinion at the end: asked once, reminded once, kept without a name, read by who leads a team."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.models import Journey
from jalon.journeys.rights import ERASED_BY, TOLD_BY, Erasing
from jalon.law.facts import Reason
from jalon.law.survey import QUESTIONS, REMINDED_AFTER
from jalon.law.vocabulary import Act, Occasion
from jalon.mailbox.jobs import tell
from jalon.mailbox.models import Notice
from jalon.people.models import User
from jalon.support import surveys
from jalon.support.jobs import ask_opinions
from jalon.support.models import Survey, SurveyAnswer
from tests.support.plans import judged
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db

QUALITY = "/pilotage/qualite/"


@pytest.fixture
def ended(scenario: Scenario) -> Scenario:
    """A candidate to whom a jury gave its result today."""
    scenario.to_scheduled()
    timekeeper.travel(scenario.at)
    Journey.objects.filter(pk=scenario.journey.pk).update(stage_since=timekeeper.now())
    return judged(scenario)


def page(one: Scenario) -> str:
    """Return the address of the questions."""
    return reverse("candidate:survey", args=[one.journey.pk])


def read(viewer: User, address: str) -> str:
    """Return a page, on one line."""
    return " ".join(browser(viewer).get(address).content.decode().split())


def test_once_a_result_is_known_the_candidate_is_asked_once_and_reminded_once(
    ended: Scenario,
) -> None:
    assert ask_opinions(0) == 1
    assert ask_opinions(0) == 0
    asked = Survey.objects.get()
    tell(occasion=Occasion.SURVEY_ASKED, key=str(asked.pk))
    told = Notice.objects.filter(message__startswith="survey_").order_by("due_at")
    assert [one.message for one in told] == ["survey_asked", "survey_reminder"]
    assert (told[1].due_at - told[0].due_at).days in {REMINDED_AFTER - 1, REMINDED_AFTER}
    assert {one.person for one in told} == {ended.person}
    assert page(ended) in read(ended.person, f"/candidat/{ended.journey.pk}/")


def test_who_ended_long_ago_or_was_never_met_is_not_asked(ended: Scenario) -> None:
    Journey.objects.update(stage_since=timekeeper.now() - timedelta(days=90))
    assert not surveys.to_ask().exists()
    Journey.objects.update(stage_since=timekeeper.now())
    assert surveys.to_ask().exists()
    ended.journey.meetings.all().delete()
    assert not surveys.to_ask().exists()


def test_who_goes_on_alone_is_asked_about_who_accompanied_them(scenario: Scenario) -> None:
    scenario.to_path_accepted()
    accompanist = scenario.journey.organisation_id
    scenario.do(Act.LEAVE_ACCOMPANIMENT, scenario.person, Reason("Je continue seul."))
    assert Survey.objects.get().organisation_id == accompanist
    timekeeper.travel(scenario.at)
    assert "Donner mon avis" in read(scenario.person, f"/candidat/{scenario.journey.pk}/")


def test_an_answer_is_kept_apart_from_who_gave_it_and_the_page_offers_the_certificate_of_hours(
    ended: Scenario,
) -> None:
    assert browser(ended.person).get(page(ended)).status_code == 404
    ask_opinions(0)
    empty = browser(ended.person).post(page(ended), {"whole": ""})
    assert empty.status_code == 409 and "une question au moins" in empty.content.decode()
    assert browser(ended.person).post(page(ended), {"whole": "very_good"}).status_code == 302
    (kept,) = SurveyAnswer.objects.all()
    assert (kept.whole, kept.jury, kept.month.day) == ("very_good", "", 1)
    linked = {one.related_model for one in SurveyAnswer._meta.fields if one.is_relation}
    assert Journey not in linked and User not in linked
    shown = read(ended.person, page(ended))
    assert "Vous avez donné votre avis" in shown and "certificat de réalisation" in shown
    assert browser(ended.person).post(page(ended), {"whole": "poor"}).status_code == 409
    assert "Donner mon avis" not in read(ended.person, f"/candidat/{ended.journey.pk}/")


@pytest.mark.rule("R-116")
def test_who_leads_a_team_reads_nothing_before_five_answers_then_a_rate_without_names(
    demo: DemoPeople,
) -> None:
    month = timekeeper.today().replace(day=1)
    said = {"organisation": demo.accompanist, "month": month, "whole": "good"}
    for _ in range(4):
        SurveyAnswer.objects.create(**said)
    SurveyAnswer.objects.create(**said | {"organisation": demo.neighbour})
    assert "% (" not in read(demo.head, QUALITY).replace("\N{NO-BREAK SPACE}", " ")
    assert "moins de 5 réponses" in read(demo.head, QUALITY)
    SurveyAnswer.objects.create(**said | {"whole": "poor"})
    assert "(4 sur 5)" in read(demo.head, QUALITY)
    assert 'href="/pilotage/qualite/' in read(demo.head, "/pilotage/")


@pytest.mark.rule("R-122")
def test_that_an_opinion_was_asked_is_in_the_copy_and_goes_with_the_journey(
    ended: Scenario,
) -> None:
    ask_opinions(0)
    (told,) = TOLD_BY["avis_demandes"](ended.person)
    assert told["answered"] is False
    assert ERASED_BY["avis demandés"](Erasing(ended.journey, awarded=False)) == 1
    assert not Survey.objects.exists() and len(QUESTIONS) == 5
