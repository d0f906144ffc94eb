"""Staff hold a second factor before they see anything else."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, Scenario, member
from jalon.law.vocabulary import Role
from jalon.people.models import CandidateProfile, User
from tests.web.browsers import PASSWORD, with_password
from tests.web.test_accounts import code_in

pytestmark = pytest.mark.django_db


def test_staff_without_a_second_factor_may_only_set_one_up(
    newcomer: User, settings: pytest.FixtureRequest
) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    browser = with_password(newcomer)
    answer = browser.get(reverse("architect:caseload"))
    assert answer["Location"] == reverse("mfa_index")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_email"):
        assert browser.get(reverse(name)).status_code == 200, name


def test_with_a_second_factor_the_password_alone_opens_nothing(newcomer: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(newcomer, secret)
    browser = with_password(newcomer)
    assert browser.get(reverse("architect:caseload")).status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert browser.get(reverse("architect:caseload")).status_code == 200


def test_a_session_opened_before_the_second_factor_ends_when_another_one_sets_it_up(
    newcomer: User,
    settings: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    here, elsewhere = with_password(newcomer), Client()
    said = {"login": newcomer.email, "password": PASSWORD}
    elsewhere.post(reverse("account_login"), said)
    assert elsewhere.get(reverse("architect:caseload"))["Location"] == reverse("mfa_index")
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = here.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    monkeypatch.setattr(transaction, "on_commit", lambda do, **_: do())
    here.post(reverse("mfa_activate_totp"), {"code": code})
    assert here.get(reverse("architect:caseload")).status_code == 200
    answer = elsewhere.get(reverse("architect:caseload"))
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_session_that_never_proved_the_second_factor_opens_nothing(
    newcomer: User, settings: pytest.FixtureRequest
) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    browser = with_password(newcomer)
    TOTP.activate(newcomer, generate_totp_secret())
    for name in ("architect:caseload", "mfa_index", "account_email", "public:home"):
        answer = browser.get(reverse(name))
        if name == "architect:caseload":
            assert answer["Location"].startswith(reverse("account_login"))
        assert not answer.wsgi_request.user.is_authenticated, name


@pytest.mark.parametrize(
    ("minutes", "times", "open_still"), [(29, 3, True), (31, 1, False), (29, 25, False)]
)
def test_a_session_of_staff_ends_after_half_an_hour_untouched_and_twelve_hours_in_all(
    newcomer: User, settings: pytest.FixtureRequest, minutes: int, times: int, open_still: bool
) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    browser = with_second_factor(newcomer)
    assert browser.get(reverse("architect:caseload")).status_code == 200
    for _ in range(times):
        timekeeper.travel(timekeeper.now() + timedelta(minutes=minutes))
        answer = browser.get(reverse("architect:caseload"))
    assert (answer.status_code == 200) == open_still


def test_what_staff_typed_before_their_session_ended_is_given_back(
    newcomer: User, settings: pytest.FixtureRequest
) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    browser = with_second_factor(newcomer)
    browser.get(reverse("architect:caseload"))
    timekeeper.travel(timekeeper.now() + timedelta(hours=1))
    answer = browser.post(reverse("architect:take_over"), {"note": "Un long compte rendu."})
    assert "Un long compte rendu." in answer.content.decode()


def with_second_factor(person: User) -> Client:
    """Return a browser in which somebody typed their password, then their second factor."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    browser = with_password(person)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    browser.post(reverse("mfa_authenticate"), {"code": code})
    return browser


def test_a_mailed_code_opens_the_persons_own_file_and_nothing_of_their_work(
    demo: DemoPeople, scenario: Scenario, settings: pytest.FixtureRequest
) -> None:
    settings.SECOND_FACTOR_FOR_STAFF = True  # type: ignore[attr-defined]
    person = member(scenario.to_path_accepted().person, demo.certifier, Role.CERTIFIER)
    CandidateProfile.objects.get_or_create(user=person)
    person.emailaddress_set.update_or_create(
        email=person.email, defaults={"verified": True, "primary": True}
    )
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1].body)})
    assert client.get(reverse("candidate:home")).status_code == 200
    assert client.get(reverse("certifier:inbox")).status_code == 404
    by_password = with_password(person)
    assert by_password.get(reverse("certifier:inbox"))["Location"] == reverse("mfa_index")


def test_nothing_of_somebody_signed_in_stays_in_a_shared_browser(newcomer: User) -> None:
    browser = with_password(newcomer)
    for name in ("architect:caseload", "account_email", "public:home", "dossiers:notices"):
        assert browser.get(reverse(name))["Cache-Control"] == "private, no-store", name
    left = browser.post(reverse("account_logout"))
    assert left["Cache-Control"] == "private, no-store"
    assert "no-store" not in browser.get(reverse("public:home")).get("Cache-Control", "")
