"""A mail server that hangs, refuses or is away: pages answer, people are told, and the mail leaves later."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTP
from threading import Thread

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople, person
from jalon.mailbox import accounts
from jalon.mailbox.models import AccountMail
from jalon.people.models import User
from tests.web.test_accounts import code_in

pytestmark = pytest.mark.django_db

NEWCOMER = {"email": "nouvelle@exemple.fr", "first_name": "Nouvelle", "last_name": "Exemple"}


def answers(listening: socket.socket, said: bytes) -> None:
    """Answer each connection with the same words; with none, leave it waiting."""
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        connection.sendall(said)


@pytest.fixture(params=[b"", b"451 plus tard\r\n", None], ids=["hangs", "refuses", "is away"])
def bad_server(
    request: pytest.FixtureRequest, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Send the mails of this test to a server that does not take them."""
    monkeypatch.setattr("jalon.web.accounts.leave_soon", accounts.leave_soon)
    listening = socket.create_server(("127.0.0.1", 0))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = listening.getsockname()
    settings.EMAIL_TIMEOUT = 0.3
    if request.param is None:
        listening.close()
    else:
        Thread(target=answers, args=(listening, request.param), daemon=True).start()
    yield
    listening.close()


def send_what_waits() -> None:
    """Do what the worker does with each account mail that waits."""
    for key in list(AccountMail.objects.values_list("pk", flat=True)):
        accounts.send_account_mail(key)


@pytest.mark.usefixtures("bad_server")
def test_a_code_is_asked_for_without_waiting_for_the_mail_server_and_leaves_later(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, candidate = Client(), person("Une", "Candidate", "une@exemple.fr")
    EmailAddress.objects.create(user=candidate, email=candidate.email, verified=True, primary=True)
    tried: list[object] = []
    with monkeypatch.context() as patched:
        patched.setattr(SMTP, "connect", lambda *asked: tried.append(asked))
        page = browser.post(
            reverse("account_request_login_code"), {"email": candidate.email}, follow=True
        )
    assert page.status_code == 200 and tried == []
    assert "Un courriel part à l’instant" in page.content.decode()
    with pytest.raises(OSError):
        send_what_waits()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_what_waits()
    code = code_in(mail.outbox[-1].body)
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert browser.get(reverse("candidate:home")).status_code == 200


@pytest.mark.usefixtures("bad_server")
def test_a_candidate_signs_up_while_the_mail_server_is_ill_and_the_second_try_works(
    settings: object,
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.SIGNING_UP_LIMITS
    cache.clear()
    for _ in range(2):
        browser = Client()
        page = browser.post(reverse("account_signup"), NEWCOMER, follow=True)
        assert page.status_code == 200
        assert "Entrez votre code" in page.content.decode()
        assert "envoyé à" not in page.content.decode()
    assert User.objects.filter(email=NEWCOMER["email"]).count() == 1
    again = Client()
    again.post(reverse("account_request_login_code"), {"email": NEWCOMER["email"]})
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_what_waits()
    again.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1].body)})
    assert again.get(reverse("candidate:home")).status_code == 200


@pytest.mark.usefixtures("bad_server")
def test_an_access_is_given_while_the_mail_server_is_ill(newcomer: User, settings: object) -> None:
    page = Client().post(reverse("account_reset_password"), {"email": newcomer.email}, follow=True)
    assert page.status_code == 200
    assert "Le lien part à l’instant" in page.content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_what_waits()
    assert mail.outbox[-1].to == [newcomer.email]


@pytest.mark.usefixtures("bad_server")
def test_people_are_told_when_mails_leave_late(demo: DemoPeople) -> None:
    browser = Client()
    asked = {"email": person("Une", "Candidate", "une@exemple.fr").email}
    browser.post(reverse("account_request_login_code"), asked)
    address = reverse("account_confirm_login_code")
    assert "partent en retard" not in browser.get(address).content.decode()
    AccountMail.objects.update(written_at=timekeeper.now() - 2 * accounts.LATE)
    assert "Nos courriels partent en retard en ce moment" in browser.get(address).content.decode()


@pytest.mark.usefixtures("bad_server")
def test_a_code_that_opens_nothing_any_more_is_neither_sent_nor_kept(settings: object) -> None:
    asked = {"email": person("Une", "Candidate", "une@exemple.fr").email}
    Client().post(reverse("account_request_login_code"), asked)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    AccountMail.objects.update(useful_until=timekeeper.now() - timedelta(seconds=1))
    send_what_waits()
    assert mail.outbox == []
    assert not AccountMail.objects.exists()


@pytest.mark.usefixtures("bad_server")
def test_a_code_is_before_every_other_mail_in_the_queue(demo: DemoPeople) -> None:
    Client().post(
        reverse("account_request_login_code"),
        {"email": person("Une", "Candidate", "une@exemple.fr").email},
    )
    code = ProcrastinateJob.objects.get(task_name="mailbox.post")
    assert (code.queue_name, code.priority) == ("accounts", 100)


def test_a_mail_that_left_is_not_sent_again_and_its_text_is_not_kept(demo: DemoPeople) -> None:
    Client().post(
        reverse("account_request_login_code"),
        {"email": person("Une", "Candidate", "une@exemple.fr").email},
    )
    assert len(mail.outbox) == 1
    assert not AccountMail.objects.exists()
    code = ProcrastinateJob.objects.get(task_name="mailbox.post")
    assert accounts.send_account_mail(code.args["mail"]) is False
    assert len(mail.outbox) == 1
