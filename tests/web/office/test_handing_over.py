"""Closing an access, and handing files over: nothing is left to somebody who is gone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import Scenario
from jalon.law.vocabulary import Accompaniment, Act, Attendance, Role, Stage
from jalon.people.models import Membership, User
from jalon.people.queries import offers
from jalon.support.jobs import release
from jalon.support.models import Absence
from tests.mailbox.test_meetings import book, run_tells, sent
from tests.support.agenda import opened
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(scenario: Scenario) -> Scenario:
    """A journey that an architect has taken on."""
    scenario.register().take_charge()
    timekeeper.travel(scenario.at)
    return scenario


def role_of(person: User) -> Membership:
    """Return the living role of somebody."""
    return Membership.objects.living().get(user=person)


def end(client: Client, person: User, **said: object) -> None:
    """Close the access of somebody."""
    client.post(reverse("office:end_access", args=[role_of(person).pk]), said)


def test_closing_an_access_asks_to_whom_the_files_go(followed: Scenario) -> None:
    head, leaver = browser(followed.demo.head), followed.architect
    address = reverse("office:end_access", args=[role_of(leaver).pk])
    page = head.get(address).content.decode()
    assert 'class="button grave"' in page and "Fermer l’accès\n" in page
    assert "À qui confier ses dossiers" in page and followed.person.get_full_name() in page
    assert Membership.objects.living().filter(user=leaver).exists()
    colleague = next(one for one in followed.demo.architects if one != leaver)
    end(head, leaver, colleague=colleague.pk)
    followed.journey.refresh_from_db()
    assert followed.journey.architect == colleague
    assert not Membership.objects.living().filter(user=leaver).exists()


def test_a_colleague_takes_over_the_file_of_somebody_who_left(followed: Scenario) -> None:
    end(browser(followed.demo.head), followed.architect)
    colleague = next(one for one in followed.demo.architects if one != followed.architect)
    address = reverse("dossiers:act", args=[followed.journey.pk, Act.TAKE_OVER.value])
    browser(colleague).post(address, {"seen": followed.journey.version})
    followed.journey.refresh_from_db()
    assert followed.journey.architect == colleague
    other = next(
        one for one in followed.demo.architects if one not in (colleague, followed.architect)
    )
    assert browser(other).get(address).status_code == 404


def test_a_closed_access_is_opened_again_once_its_owner_agrees(followed: Scenario) -> None:
    head, person = browser(followed.demo.head), followed.architect
    ended = role_of(person)
    end(head, person)
    assert "Rouvrir l’accès" in head.get(reverse("office:people")).content.decode()
    head.post(reverse("office:reopen_access", args=[ended.pk]))
    offer = offers(person).get()
    browser(person).post(reverse("public:answer_offer", args=[offer.pk]), {"answer": "accept"})
    assert role_of(person).role == Role.ARCHITECT
    ended.refresh_from_db()
    assert ended.ended_at is not None
    assert head.post(reverse("office:reopen_access", args=[ended.pk])).status_code == 404


def test_the_head_hands_several_files_to_a_colleague_at_once(
    followed: Scenario, machining: object
) -> None:
    second = Scenario(followed.demo, followed.certification, followed.at).register().take_charge()
    colleague = next(
        one for one in followed.demo.architects if one not in (followed.architect, second.architect)
    )
    head = browser(followed.demo.head)
    both = [followed.journey.pk, second.journey.pk]
    shown = head.get(reverse("office:files")).content.decode()
    assert "(facultatif)" not in shown.split("À quel collègue")[1].split("</label>")[0]
    assert head.post(reverse("office:files"), {"what": "confier"}).status_code == 200
    said = {"journeys": both, "what": "confier", "colleague": colleague.pk}
    page = head.post(reverse("office:files"), said, follow=True).content.decode()
    assert f"2 dossiers confiés à {colleague.get_full_name()}" in page
    for one in (followed, second):
        one.journey.refresh_from_db()
        assert one.journey.architect == colleague


@pytest.mark.rule("R-006", "R-007")
def test_the_candidates_of_an_organisation_that_lost_qualiopi_go_on_without_it(
    followed: Scenario,
) -> None:
    office = followed.demo.accompanist
    office.qualiopi_until = timekeeper.today() - timedelta(days=1)
    office.save()
    chief = browser(followed.demo.administrator)
    address = reverse("office:files") + f"?organisme={office.pk}"
    page = chief.get(address).content.decode()
    assert "AFPI de démonstration n’a pas de certification Qualiopi valable" in page
    said = {"journeys": [followed.journey.pk], "what": "terminer", "reason": "Qualiopi perdue."}
    chief.post(address, said)
    journey = followed.journey
    journey.refresh_from_db()
    assert journey.accompaniment == Accompaniment.ALONE
    assert (journey.stage, journey.organisation) == (Stage.REGISTERED, None)


def test_the_head_hands_every_file_of_a_page_over_with_one_box(followed: Scenario) -> None:
    second = Scenario(followed.demo, followed.certification, followed.at).register().take_charge()
    colleague = next(one for one in followed.demo.architects if one != followed.architect)
    said = {"every": "on", "what": "confier", "colleague": colleague.pk}
    browser(followed.demo.head).post(reverse("office:files"), said)
    for one in (followed, second):
        one.journey.refresh_from_db()
        assert one.journey.architect == colleague


def test_files_are_shared_out_to_who_has_the_fewest_and_the_result_says_to_whom(
    followed: Scenario,
) -> None:
    second = Scenario(followed.demo, followed.certification, followed.at).register().take_charge()
    anne = followed.architect
    theirs = (anne, second.architect)
    third = next(one for one in followed.demo.architects if one not in theirs)
    two = [third, followed.demo.head]
    head = browser(followed.demo.head)
    page = head.get(reverse("office:files")).content.decode()
    assert (
        f"{anne.get_full_name()} : " in page
        and "Tous les dossiers de cette liste\N{NO-BREAK SPACE}: 2" in page
    )
    said = {"every": "on", "what": "confier", "colleague": [one.pk for one in two]}
    result = head.post(reverse("office:files"), said, follow=True)
    assert result.redirect_chain[-1][0] == reverse("office:handed_over")
    for one in (followed, second):
        one.journey.refresh_from_db()
        assert one.person.get_full_name() in result.content.decode()
    assert {followed.journey.architect, second.journey.architect} == set(two)


def test_a_meeting_follows_the_file_at_the_same_hour_or_is_given_up_and_each_is_told(
    followed: Scenario,
) -> None:
    second = Scenario(followed.demo, followed.certification, followed.at).register().take_charge()
    colleague = next(
        one for one in followed.demo.architects if one not in (followed.architect, second.architect)
    )
    opened(followed.architect, followed.demo.accompanist)
    opened(second.architect, followed.demo.accompanist, weekday=3)
    free, taken = book(followed), book(second)
    Absence.objects.create(architect=colleague, starts_on=taken.on, ends_on=taken.on)
    mail.outbox.clear()
    both = [followed.journey.pk, second.journey.pk]
    said = {"journeys": both, "what": "confier", "colleague": colleague.pk}
    page = browser(followed.demo.head).post(reverse("office:files"), said, follow=True)
    run_tells()
    free.refresh_from_db()
    taken.refresh_from_db()
    assert free.architect == colleague and free.awaited
    assert taken.attendance == Attendance.CANCELLED
    assert [one.to[0] for one in sent("booking_moved")] == [followed.person.email]
    assert [one.to[0] for one in sent("booking_given_up")] == [second.person.email]
    text = re.sub(r"[ \n]+", " ", page.content.decode())
    assert f"Rendez-vous gardé&nbsp;: {free.when}" in text
    assert f"Rendez-vous annulé&nbsp;: {taken.when}" in text
    assert release() == 0
