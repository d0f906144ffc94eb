"""How each person comes in: a candidate with a mailed code, staff with a password and a second factor."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import DemoPeople, person
from jalon.law.vocabulary import Role
from jalon.people import actions
from jalon.people.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "une-phrase-que-personne-ne-devine"


@pytest.fixture
def newcomer(demo: DemoPeople) -> User:
    """An architect whose access was just opened."""
    return actions.grant(
        demo.head,
        email="arrivee@exemple.fr",
        first_name="Arrivée",
        last_name="Exemple",
        role=Role.ARCHITECT,
        organisation=demo.head.memberships.get().organisation,
    ).user


def code_in(message: str) -> str:
    """Return the code that a mail carries on a line of its own."""
    found = re.search(r"^([A-Z0-9-]{6,})$", message, re.M)
    assert found, message
    return found.group(1)


def with_password(person: User) -> Client:
    """Return a browser in which this person has typed their password."""
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.update_or_create(
        email=person.email, defaults={"verified": True, "primary": True}
    )
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return browser


def test_a_new_candidate_signs_up_and_in_with_mailed_codes_only(demo: DemoPeople) -> None:
    browser = Client()
    browser.post(
        reverse("account_signup"),
        {"email": "nouvelle@exemple.fr", "first_name": "Nouvelle", "last_name": "Exemple"},
    )
    answer = browser.post(
        reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1].body)}
    )
    assert answer.status_code == 302
    assert browser.get(reverse("candidate:home")).status_code == 200

    again = Client()
    again.post(reverse("account_request_login_code"), {"email": "nouvelle@exemple.fr"})
    page = again.get(reverse("account_confirm_login_code")).content.decode()
    assert "nouvelle@exemple.fr" in page
    again.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1].body)})
    assert again.get(reverse("candidate:home")).status_code == 200


def test_mails_speak_plain_french(db: None) -> None:
    Client().post(
        reverse("account_request_login_code"),
        {"email": person("Une", "Candidate", "une@exemple.fr").email},
    )
    assert mail.outbox[-1].body.startswith("Bonjour,\n\nVotre code de connexion")
    assert "127.0.0.1" not in mail.outbox[-1].body


def test_no_code_is_mailed_to_staff(demo: DemoPeople) -> None:
    Client().post(reverse("account_request_login_code"), {"email": demo.head.email})
    assert mail.outbox == []


def test_staff_choose_a_password_from_a_mailed_link_then_sign_in(newcomer: User) -> None:
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    form = browser.get(link.group(1))
    browser.post(form["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    newcomer.refresh_from_db()
    assert newcomer.check_password(PASSWORD)
    assert browser.get(reverse("architect:caseload")).status_code == 200
    assert with_password(newcomer).get(reverse("architect:caseload")).status_code == 200


def test_a_new_password_does_not_replace_the_second_factor(newcomer: User) -> None:
    TOTP.activate(newcomer, generate_totp_secret())
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    form = browser.get(link.group(1))
    answer = browser.post(form["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert browser.get(reverse("architect:caseload")).status_code == 302


def test_a_wrong_password_opens_nothing_and_says_so(newcomer: User) -> None:
    answer = Client().post(
        reverse("account_login"), {"login": newcomer.email, "password": "pas-celui-la"}
    )
    assert answer.status_code == 200
    assert "À corriger" in answer.content.decode()


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


def test_the_sign_in_page_brings_the_script_of_the_passkey() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert 'id="mfa_login"' in page
    assert "mfa/js/webauthn.js" in page
