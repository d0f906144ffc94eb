"""A role is offered, and held once its owner accepts it: naming an address changes nothing for anybody."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import DemoPeople, Scenario
from jalon.law.vocabulary import Role
from jalon.people.models import Membership, User
from jalon.people.policy import roles
from jalon.people.queries import offers
from tests.web.browsers import browser
from tests.web.certifier.test_jurors import JUROR
from tests.web.test_accounts import code_in

pytestmark = pytest.mark.django_db


def again(person: User) -> User:
    """Return somebody read anew."""
    return User.objects.get(pk=person.pk)


@pytest.fixture
def candidate(scenario: Scenario) -> User:
    """A candidate who signs in with mailed codes."""
    person = scenario.to_path_accepted().person
    person.set_unusable_password()
    person.save()
    person.emailaddress_set.update_or_create(
        email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


def enrolled(demo: DemoPeople, person: User) -> Membership:
    """The certifier names somebody's address as a member of its juries."""
    named = JUROR | {"email": person.email}
    browser(demo.officer).post(reverse("certifier:new_juror"), named)
    return offers(person).get()


def signed_in_by_code(person: User) -> Client:
    """Return a browser in which somebody typed the code that was mailed to them."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1].body)})
    return client


@pytest.mark.rule("R-123")
def test_a_candidate_whose_address_is_enrolled_still_signs_in_with_a_code_to_their_own_file(
    demo: DemoPeople, candidate: User, settings: pytest.FixtureRequest
) -> None:
    enrolled(demo, candidate)
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    assert roles(again(candidate)) == {Role.CANDIDATE}
    assert "rien ne change" in mail.outbox[-1].body and "password" not in mail.outbox[-1].body
    client = signed_in_by_code(candidate)
    assert client.get(reverse("candidate:home")).status_code == 200
    assert client.get(reverse("juror:home")).status_code == 404


def test_a_role_is_held_once_its_owner_accepts_it(demo: DemoPeople, candidate: User) -> None:
    offer = enrolled(demo, candidate)
    client = browser(candidate)
    page = client.get(reverse("public:offers")).content.decode()
    assert str(demo.officer) in page and str(demo.certifier) in page
    client.post(reverse("public:answer_offer", args=[offer.pk]), {"answer": "accept"})
    assert roles(again(candidate)) == {Role.CANDIDATE, Role.JUROR}
    assert re.search(r"http://testserver/compte/\S+", mail.outbox[-1].body)
    assert not offers(candidate).exists()


def test_a_role_that_is_declined_is_never_held(demo: DemoPeople, candidate: User) -> None:
    offer = enrolled(demo, candidate)
    client = browser(candidate)
    address = reverse("public:answer_offer", args=[offer.pk])
    client.post(address, {"answer": "decline"})
    assert roles(again(candidate)) == {Role.CANDIDATE}
    assert client.post(address, {"answer": "accept"}).status_code == 404


def test_nobody_answers_for_somebody_else(demo: DemoPeople, candidate: User) -> None:
    offer = enrolled(demo, candidate)
    address = reverse("public:answer_offer", args=[offer.pk])
    assert browser(demo.officer).post(address, {"answer": "accept"}).status_code == 404
    assert offers(candidate).exists()


@pytest.mark.rule("R-063")
def test_the_head_of_an_organisation_does_not_bring_a_certifier_s_officer_to_its_side_alone(
    demo: DemoPeople, scenario: Scenario
) -> None:
    scenario.to_path_accepted()
    named = {
        "first_name": "Un",
        "last_name": "Autre",
        "email": demo.officer.email,
        "role": "architect",
        "organisation": demo.accompanist.pk,
    }
    office = browser(demo.head)
    office.post(reverse("office:add"), named)
    assert "accord attendu" in office.get(reverse("office:people")).content.decode()
    officer = browser(demo.officer)
    file = reverse("dossiers:journey", args=[scenario.journey.pk])
    assert officer.get(file).status_code == 404
    offer = offers(demo.officer).get()
    officer.post(reverse("public:answer_offer", args=[offer.pk]), {"answer": "accept"})
    assert officer.get(file).status_code == 200


def test_an_access_that_is_reopened_waits_for_its_owner(
    demo: DemoPeople, scenario: Scenario
) -> None:
    architect = scenario.architect
    held = architect.memberships.get()
    held.ended_at = scenario.at
    held.save()
    browser(demo.head).post(reverse("office:reopen_access", args=[held.pk]))
    assert roles(again(architect)) == {Role.CANDIDATE}
    offer = offers(architect).get()
    browser(architect).post(reverse("public:answer_offer", args=[offer.pk]), {"answer": "accept"})
    assert roles(again(architect)) == {Role.ARCHITECT}
