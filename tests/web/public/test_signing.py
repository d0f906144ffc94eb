"""Signing from afar: by the link and the code of a mail, or from one's own space (R-110)."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from jalon.demo.scenario import Scenario
from jalon.law.signatures import MOST_CODES
from jalon.law.vocabulary import SignedHow
from jalon.mailbox.accounts import send_account_mail
from jalon.mailbox.models import AccountMail
from jalon.mailbox.signing import mail_code
from jalon.support.models import AttendanceSignature
from tests.support.attendance import attended_today, last_hours
from tests.web.browsers import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R-110")]


@pytest.fixture
def there(scenario: Scenario) -> Scenario:
    """A person who was there this morning, from afar."""
    scenario.register().take_charge()
    attended_today(scenario)
    return scenario


def mailed(one: Scenario) -> tuple[str, str]:
    """Return the code and the path of the link of the mail that a person gets."""
    mail_code(last_hours(one), one.architect)
    text = AccountMail.objects.latest("pk").text
    code = re.search(r"Votre code\xa0: (\d{6})", text)
    link = re.search(r"https?://[^/]+(/signature/lien/\S+)", text)
    assert code
    assert link
    return code[1], link[1]


def test_a_person_opens_the_link_of_the_mail_types_its_code_and_has_signed(
    there: Scenario,
) -> None:
    code, link = mailed(there)
    phone = Client()
    shown = phone.get(link)
    assert "3\xa0h\xa000" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    assert not AttendanceSignature.objects.exists()
    sent = {"facon": "code", "vu": last_hours(there).digest, "code": f" {code[:3]} {code[3:]} "}
    assert "C’est signé" in phone.post(link, sent, follow=True).content.decode()
    given = AttendanceSignature.objects.get()
    assert (given.how, given.person) == (SignedHow.CODE, there.person)


def test_a_wrong_code_says_how_many_tries_are_left_and_stays_counted(there: Scenario) -> None:
    code, link = mailed(there)
    wrong = {"facon": "code", "vu": last_hours(there).digest}
    wrong["code"] = f"{(int(code) + 1) % 1_000_000:06}"
    for left in ("4 essais", "3 essais"):
        answer = Client().post(link, wrong)
        assert answer.status_code == 409
        assert f"il vous reste {left}" in answer.content.decode()
    assert (
        "Écrivez les six chiffres" in Client().post(link, wrong | {"code": "12"}).content.decode()
    )


def test_the_page_of_the_link_sends_another_code_and_neither_draws_nor_speaks(
    there: Scenario,
) -> None:
    _, link = mailed(there)
    shown = Client().post(link, {"facon": "envoyer"}, follow=True).content.decode()
    assert "Un code part vers" in shown
    assert AccountMail.objects.count() == 2
    for way in ("drawn", "aloud", "account", "²"):
        Client().post(link, {"facon": way, "vu": last_hours(there).digest, "reason": "Non"})
    assert not AttendanceSignature.objects.exists()


def test_too_many_codes_are_refused_with_what_to_do(there: Scenario) -> None:
    for _ in range(MOST_CODES):
        _, link = mailed(there)
    shown = Client().post(link, {"facon": "envoyer"}, follow=True).content.decode()
    assert "Assez de codes pour aujourd’hui" in shown


def test_a_link_that_is_none_says_what_to_do(there: Scenario) -> None:
    _, link = mailed(there)
    answer = Client().get(link.rstrip("/") + "x/")
    assert answer.status_code == 410
    assert "Ce lien ne sert plus" in answer.content.decode()


def test_a_candidate_sees_what_is_left_to_sign_and_signs_from_their_space(
    there: Scenario,
) -> None:
    phone = browser(there.person)
    home = reverse("candidate:journey", args=[there.journey.pk])
    assert "Mes heures à signer&nbsp;: 1" in phone.get(home).content.decode()
    hours = last_hours(there)
    page = reverse("candidate:sign", args=[there.journey.pk, hours.kind, hours.number])
    own = reverse("candidate:hours", args=[there.journey.pk])
    assert page in phone.get(own).content.decode()
    phone.post(page, {"facon": "envoyer"})
    code = re.search(r"Votre code\xa0: (\d{6})", AccountMail.objects.get().text)
    assert code
    answer = phone.post(page, {"facon": "code", "vu": hours.digest, "code": code[1]}, follow=True)
    assert "Heures signées&nbsp;: <strong>3\xa0h\xa000</strong>" in answer.content.decode()
    assert "Mes heures à signer" not in phone.get(home).content.decode()


def test_the_mail_of_a_code_leaves_with_its_hours_and_nothing_keeps_it(there: Scenario) -> None:
    code, _ = mailed(there)
    mail_number = AccountMail.objects.get().pk
    assert send_account_mail(mail_number)
    assert not AccountMail.objects.exists()
    (left,) = mail.outbox
    assert (left.to, code in left.subject) == ([there.person.email], True)
    assert "Durée\xa0: 3\xa0h\xa000\n" in left.body
