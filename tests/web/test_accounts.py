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
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, person
from jalon.people.actions import account
from jalon.people.models import User
from jalon.web.newcomers import PROVES_FOR
from tests.web.browsers import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def code_in(message: str) -> str:
    """Return the code that a mail carries on a line of its own."""
    found = re.search(r"^([A-Z0-9-]{6,})$", message, re.M)
    assert found, message
    return found.group(1)


def link_in(message: str) -> str:
    """Return the way of the link that a mail carries."""
    found = re.search(r"https?://[^/]+(/\S+)", message)
    assert found, message
    return found.group(1)


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


def test_somebody_whose_journey_was_taken_over_from_elsewhere_comes_in_with_one_code(
    db: None,
) -> None:
    account("reprise@exemple.fr", "Gérard", "Tôle")
    for _ in range(2):
        browser, before = Client(), len(mail.outbox)
        browser.post(reverse("account_request_login_code"), {"email": "Reprise@exemple.fr"})
        said = {"code": code_in(mail.outbox[-1].body)}
        page = browser.post(reverse("account_confirm_login_code"), said, follow=True)
        assert page.request["PATH_INFO"] == reverse("candidate:home")
        assert len(mail.outbox) == before + 1


def test_somebody_without_an_account_is_led_to_make_one_and_keeps_the_certification_they_chose(
    db: None,
) -> None:
    browser = Client()
    chosen = reverse("candidate:start", args=["RNCP38901"])
    said = {"email": "inconnue@exemple.fr", "next": chosen}
    page = browser.post(reverse("account_request_login_code"), said, follow=True)
    told = page.content.decode()
    told = " ".join(told.replace("&nbsp;", " ").split())
    assert "Touchez le lien du courriel : vous n’avez pas besoin de code." in told
    assert told.index("un code, ou un lien si vous") < told.index('name="code"')
    link = link_in(mail.outbox[-1].body)
    assert f'name="next" value="{chosen}"' in browser.get(link).content.decode()


def test_somebody_without_an_account_proves_their_address_by_the_link_and_gives_their_name_only(
    db: None,
) -> None:
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": "inconnue@exemple.fr"})
    link = link_in(mail.outbox[-1].body)
    page = browser.get(link).content.decode()
    assert "Il ne manque que votre prénom et votre nom" in page and "inconnue@exemple.fr" in page
    said = {"email": "inconnue@exemple.fr", "first_name": "Nouvelle", "last_name": "Exemple"}
    browser.post(link, said)
    assert browser.get(reverse("candidate:home")).status_code == 200
    assert len(mail.outbox) == 1


def test_a_link_proves_no_address_but_its_own_and_for_one_day(db: None) -> None:
    Client().post(reverse("account_request_login_code"), {"email": "inconnue@exemple.fr"})
    link = link_in(mail.outbox[-1].body)
    said = {"first_name": "Nouvelle", "last_name": "Exemple"}
    for email, opened in (
        ("autre@exemple.fr", link),
        ("inconnue@exemple.fr", link.replace("preuve=", "preuve=x")),
    ):
        browser = Client()
        browser.get(opened)
        said["email"] = email
        assert browser.post(opened, said)["Location"] == reverse("account_email_verification_sent")
        assert browser.get(reverse("candidate:home")).status_code == 302
    timekeeper.travel(timekeeper.now() + PROVES_FOR)
    assert "Trois informations suffisent" in Client().get(link).content.decode()


def test_one_field_answers_the_same_whoever_s_the_address_and_after_as_much_work(
    demo: DemoPeople,
) -> None:
    candidate = person("Une", "Candidate", "une@exemple.fr").email
    Client().post(reverse("account_request_login_code"), {"email": candidate})
    pages, work = set(), []
    for email in (candidate, demo.head.email, "inconnue@exemple.fr"):
        browser = Client()
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(reverse("account_request_login_code"), {"email": email})
        page = browser.get(answer["Location"]).content.decode().replace(email, "…")
        pages.add(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page))
        work.append(len(asked))
    assert len(pages) == 1
    assert max(work) - min(work) <= 2, work


def test_staff_type_their_password_on_the_page_that_follows_whatever_the_code(
    newcomer: User,
) -> None:
    with_password(newcomer)
    browser = Client()
    asked = {"email": newcomer.email, "next": reverse("architect:agenda")}
    page = browser.post(reverse("account_request_login_code"), asked, follow=True).content.decode()
    fold = page.split("Je suis professionnel")[1].split("</details>")[0]
    assert f'value="{newcomer.email}"' in fold and 'autocomplete="current-password"' in fold
    assert f'name="next" value="{asked["next"]}"' in fold
    said = {"login": newcomer.email, "password": PASSWORD, "next": asked["next"]}
    assert browser.post(reverse("account_login"), said)["Location"] == asked["next"]
    assert browser.get(reverse("architect:caseload")).status_code == 200


def test_whoever_mistyped_their_address_goes_back_and_gives_another_one(demo: DemoPeople) -> None:
    browser = Client()
    right = "une@exemple.fr"
    person("Une", "Candidate", right).emailaddress_set.create(
        email=right, verified=True, primary=True
    )
    browser.post(reverse("account_request_login_code"), {"email": "unne@exemple.fr"})
    page = browser.post(reverse("account_request_login_code"), {"email": right}, follow=True)
    assert right in page.content.decode() and "Donner une autre adresse" in page.content.decode()
    browser.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1].body)})
    assert browser.get(reverse("candidate:home")).status_code == 200


def test_an_address_that_is_none_is_asked_for_again_on_the_same_page(db: None) -> None:
    answer = Client().post(reverse("account_request_login_code"), {"email": "une adresse"})
    page = answer.content.decode()
    assert "À corriger" in page and "<h1>Se connecter</h1>" in page and "une adresse" in page


def test_the_sign_in_page_has_one_field_and_one_button(db: None) -> None:
    page = Client().get(reverse("account_login")).content.decode().split("<main")[1]
    fields = re.findall(r'<input[^>]+type="(?!hidden)(\w+)"', page)
    assert fields == ["email"]
    assert len(re.findall(r'<button class="main"', page)) == 1


def test_the_password_links_to_a_new_one_and_shows_no_tag(db: None) -> None:
    asked = {"email": "quelquun@exemple.fr"}
    page = Client().post(reverse("account_request_login_code"), asked, follow=True).content.decode()
    assert f'<a href="{reverse("account_reset_password")}">Mot de passe oublié' in page
    assert "&lt;a" not in page


def test_a_newcomer_reads_nothing_for_staff_and_one_message_once_they_come_in(
    demo: DemoPeople,
) -> None:
    browser = Client()
    said = {"email": "nouvelle@exemple.fr", "first_name": "Nouvelle", "last_name": "Exemple"}
    browser.post(reverse("account_signup"), said)
    asking = browser.get(reverse("account_email_verification_sent")).content.decode()
    assert "courriers indésirables" in asking and "professionnel" not in asking
    code = {"code": code_in(mail.outbox[-1].body)}
    page = browser.post(reverse("account_email_verification_sent"), code, follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "Vous avez confirmé nouvelle@exemple.fr."
    ]


def test_whoever_came_to_register_reads_that_they_make_an_account_first(demo: DemoPeople) -> None:
    said = "Pour déposer votre candidature, connectez-vous ou créez votre compte."
    chosen = reverse("candidate:start", args=["RNCP38901"])
    page = Client().get(chosen, follow=True).content.decode()
    assert said in page and '<a href="/compte/signup/?next=' in page
    assert said not in Client().get(reverse("account_login")).content.decode()


def test_each_mail_about_an_account_says_whom_to_ask(newcomer: User) -> None:
    Client().post(reverse("account_reset_password"), {"email": newcomer.email})
    assert "AFPI Grand Ouest Normandie\xa0: 02 31 46 77 11, vae@fibn.fr" in mail.outbox[-1].body


def test_whoever_sets_a_second_factor_reads_what_its_codes_are_for_and_goes_on_to_work(
    newcomer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = browser.get(link_in(mail.outbox[-1].body))["Location"]
    assert browser.get(link).content.decode().count("Douze caractères au moins") == 1
    browser.post(link, {"password1": PASSWORD, "password2": PASSWORD})
    asked = browser.get(reverse("mfa_activate_totp"), follow=True)
    assert "Confirmez que c’est vous" in asked.content.decode()
    browser.post(asked.request["PATH_INFO"], {"password": PASSWORD})
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    monkeypatch.setattr(transaction, "on_commit", lambda do, **_: do())
    page = browser.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    said = page.content.decode()
    assert "Vous perdez votre téléphone" in said and reverse("public:after_sign_in") in said
    assert len(re.findall(r"<code>\d{8}</code>", said)) == 10
    assert "Une application d’authentification protège" in mail.outbox[-1].body


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


def test_no_code_is_mailed_to_another_address_of_staff(demo: DemoPeople) -> None:
    demo.head.emailaddress_set.create(email="autre@exemple.fr", verified=True)
    Client().post(reverse("account_request_login_code"), {"email": "autre@exemple.fr"})
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


@pytest.mark.parametrize("weak", ["trop-court", "123456789012", "own address"])
def test_a_password_that_anybody_would_guess_is_not_taken(newcomer: User, weak: str) -> None:
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    form = browser.get(link.group(1))
    chosen = newcomer.email if weak == "own address" else weak
    browser.post(form["Location"], {"password1": chosen, "password2": chosen})
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_a_link_that_was_used_says_so_and_offers_another(newcomer: User) -> None:
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": newcomer.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link
    form = browser.get(link.group(1))
    browser.post(form["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    page = Client().get(link.group(1), follow=True).content.decode()
    assert "Ce lien ne sert plus" in page
    assert reverse("account_reset_password") in page


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
    page = answer.content.decode()
    assert "À corriger" in page and "choisissez un nouveau mot de passe" in page


def test_a_wrong_code_says_which_one_to_copy(demo: DemoPeople) -> None:
    browser = Client()
    said = {"email": "nouvelle@exemple.fr", "first_name": "Ada", "last_name": "Exemple"}
    form = browser.post(reverse("account_signup"), said)
    page = browser.post(form["Location"], {"code": "AAAA-AAAA"}).content.decode()
    assert "Recopiez celui du dernier courriel reçu" in page


def test_the_sign_in_page_brings_the_script_of_the_passkey() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert 'id="mfa_login"' in page
    assert "mfa/js/webauthn.js" in page


def test_the_old_address_is_told_that_another_one_opens_the_account(newcomer: User) -> None:
    browser, old = with_password(newcomer), newcomer.email
    browser.post(reverse("account_email"), {"action_add": "", "email": "autre@exemple.fr"})
    code = code_in(mail.outbox[-1].body)
    browser.post(reverse("account_email_verification_sent"), {"code": code})
    browser.post(reverse("account_email"), {"action_primary": "", "email": "autre@exemple.fr"})
    warned = next(one for one in mail.outbox if one.to == [old])
    assert warned.subject == "Jalon : votre adresse de connexion a changé"
    assert f"c’était {old}, c’est maintenant autre@exemple.fr" in warned.body
    assert "prévenez tout de suite AFPI Grand Ouest Normandie" in warned.body
    assert "02 31 46 77 11, vae@fibn.fr" in warned.body
