"""A reminder answered by its link, without signing in: I go on, I stop and say why, I come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.journeys.models import JournalEntry
from jalon.law.facts import EndProposal, Leaving
from jalon.law.news import LINK_SERVES
from jalon.law.vocabulary import Act, DropOutReason, End, Event, Role, Stage
from jalon.mailbox.jobs import notify
from jalon.mailbox.models import Notice
from jalon.support.links import journey_of, news_token

pytestmark = pytest.mark.django_db

STOPPING = {"reason": "time", "comment": "Mon poste a changé.", "sure": "on"}


@pytest.fixture
def silent(scenario: Scenario) -> Scenario:
    """A journey whose candidate gave no sign for forty days."""
    scenario.to_path_accepted().wait(40)
    timekeeper.travel(scenario.at)
    return scenario


def address(one: Scenario, name: str = "goes_on") -> str:
    return reverse(f"public:{name}", args=[news_token(one.journey)])


def read(answer: Any) -> str:
    """Return a page, on one line."""
    return " ".join(answer.content.decode().split())


def last(one: Scenario) -> JournalEntry:
    """Return the last line of the journal, and move to what it left."""
    one.journey.refresh_from_db()
    return one.journey.journal.latest("number")


def test_a_reminder_brings_both_links_and_opening_them_changes_nothing(silent: Scenario) -> None:
    silent.do(Act.REMIND, silent.architect)
    notify(entry_id=last(silent).pk)
    text = Notice.objects.get(message="team_reminder").text
    for said in ("Je continue\xa0: ", "J’arrête, parce que…\xa0: "):
        link = text.split(said)[1].split()[0]
        before = last(silent).pk
        opened = Client().get(link.removeprefix("http://testserver"), follow=True)
        assert opened.status_code == 200 and last(silent).pk == before
        assert opened["X-Robots-Tag"] == "noindex" and "no-store" in opened["Cache-Control"]


def test_a_link_in_a_mailbox_that_its_candidate_left_serves_no_more(silent: Scenario) -> None:
    old = address(silent)
    silent.person.email = "autre@exemple.fr"
    silent.person.save()
    before = last(silent).pk
    for answer in (Client().get(old), Client().post(old)):
        assert answer.status_code == 410 and "votre adresse a changé" in read(answer)
    assert last(silent).pk == before
    assert Client().get(address(silent)).status_code == 200


def test_one_press_says_i_go_on_which_is_a_sign_of_life_and_is_told(silent: Scenario) -> None:
    assert silent.journey.candidate_seen_at < timekeeper.now() - timedelta(days=30)
    client = Client()
    assert "Oui, je continue" in read(client.get(address(silent)))
    done = client.post(address(silent), follow=True)
    assert "C’est noté&nbsp;: vous continuez" in read(done)
    entry = last(silent)
    assert (entry.event, entry.role, entry.author) == (
        Event.GOES_ON,
        Role.CANDIDATE,
        silent.person,
    )
    assert silent.journey.candidate_seen_at == timekeeper.now()
    notify(entry_id=entry.pk)
    assert [one.person for one in Notice.objects.filter(entry=entry)] == [silent.architect]
    client.post(address(silent))
    assert last(silent) == entry


def test_i_go_on_answers_who_accompanies_where_they_proposed_to_stop(silent: Scenario) -> None:
    silent.do(
        Act.PROPOSE_END, silent.architect, EndProposal(end=End.STOP, reason="Sans nouvelles.")
    )
    timekeeper.travel(silent.at)
    done = Client().post(address(silent), follow=True)
    entry = last(silent)
    assert entry.act == Act.DECLINE_END and not silent.journey.end_proposed
    assert "C’est noté&nbsp;: vous continuez" in read(done)
    Client().post(address(silent))
    assert last(silent) == entry


def test_a_proposal_to_stop_that_comes_after_i_go_on_is_still_asked_about(silent: Scenario) -> None:
    Client().post(address(silent))
    silent.journey.refresh_from_db()
    silent.do(
        Act.PROPOSE_END, silent.architect, EndProposal(end=End.STOP, reason="Sans nouvelles.")
    )
    assert "Oui, je continue" in read(Client().get(address(silent)))
    Client().post(address(silent))
    assert last(silent).act == Act.DECLINE_END


def test_i_stop_asks_why_and_to_confirm_then_stops_by_the_act_and_mails_how_to_come_back(
    silent: Scenario,
) -> None:
    client, where = Client(), address(silent, "stops")
    unsure = client.post(where, {"reason": "time"})
    assert "Cochez pour confirmer" in read(unsure)
    assert last(silent).stage_after == Stage.PATH_ACCEPTED
    done = client.post(where, STOPPING, follow=True)
    assert "Un courriel vous dit comment revenir" in read(done) and "Ouvrir ma page" in read(done)
    entry = last(silent)
    assert (entry.act, entry.author) == (Act.DROP_OUT, silent.person)
    assert entry.facts_as(Leaving) == Leaving(DropOutReason.TIME, "Mon poste a changé.")
    assert silent.journey.stage == Stage.DROPPED_OUT
    notify(entry_id=entry.pk)
    text = Notice.objects.get(entry=entry, person=silent.person).text
    assert "Reprendre mon parcours" in text
    again = client.post(where, STOPPING)
    assert "Votre parcours est arrêté" in read(again) and last(silent) == entry


def test_a_link_serves_for_a_month_for_one_journey_and_for_nothing_else(silent: Scenario) -> None:
    token = news_token(silent.journey)
    with timekeeper.at(silent.at + LINK_SERVES):
        assert journey_of(token) is None
        over = Client().get(reverse("public:goes_on", args=[token]))
        assert over.status_code == 410 and "Ce lien ne sert plus" in read(over)
    other = signing.dumps([silent.journey.pk.hex, 9_999_999_999], salt="another purpose")
    for wrong in (other, token[:-1], token + "x", "x", "a:b:c"):
        for name in ("goes_on", "stops"):
            assert Client().post(reverse(f"public:{name}", args=[wrong])).status_code == 410
    assert journey_of(token) == silent.journey


def test_a_closed_account_answers_nothing_and_neither_does_another_site(silent: Scenario) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(silent, "stops"), STOPPING).status_code == 403
    silent.person.is_active = False
    silent.person.save()
    assert Client().post(address(silent)).status_code == 410
    assert last(silent).event != Event.GOES_ON
