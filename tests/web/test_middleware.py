"""Staff hold a second factor before they see anything else."""

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from jalon.people.models import User
from tests.web.browsers import PASSWORD, with_password

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
