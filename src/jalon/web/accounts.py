"""How people sign in: candidates with a code, staff with a password and a second factor."""

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from allauth import core as library
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed, password_reset
from allauth.account.utils import get_next_redirect_url
from django import forms
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest

from jalon.law.vocabulary import Role
from jalon.mailbox.accounts import leave_soon
from jalon.people.contact import contact
from jalon.people.models import User
from jalon.people.policy import roles
from jalon.queue.retries import GIVEN_UP_AFTER
from jalon.web.newcomers import welcome
from jalon.words import held_together

#: What a mail that must not leave is worth.
NEVER = timedelta(days=-1)


class NameForm(forms.Form):
    """What a new candidate says of themselves."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name with the new account."""
        user.first_name = self.cleaned_data["first_name"]
        user.last_name = self.cleaned_data["last_name"]
        user.save()


class AccountAdapter(DefaultAccountAdapter):
    """Staff never sign in with a mailed code alone; a code opens only one's own file."""

    #: What is wrong, then what to do.
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "Ce n’est pas le bon code. Recopiez celui du dernier courriel reçu.",
        "email_password_mismatch": "L’adresse ou le mot de passe n’est pas le bon. Essayez encore, ou "
        "choisissez un nouveau mot de passe.",
        "too_many_login_attempts": "Trop d’essais d’affilée. Attendez quelques minutes, puis essayez encore.",
        "rate_limited": "Trop d’essais d’affilée. Attendez quelques minutes, puis essayez encore.",
    }

    def is_login_by_code_required(self, login: Any) -> bool:
        """Ask nobody for a code after a password: staff have their own second factor."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue account mail; an invitation says who invites.

        The page never waits for the mail server: the worker sends it, before anything else. A code to staff is
        written like any other, so that no page answers sooner, and never leaves.
        """
        invitation = getattr(context.get("request"), "invitation", None)
        if invitation and template_prefix == "account/email/password_reset_key":
            template_prefix, context = (
                "account/email/invitation",
                context | {"invitation": invitation},
            )
        request = library.context.request
        if template_prefix == "account/email/unknown_account":
            signup = welcome(going_on(context["signup_url"], request), email)
            context = context | {"signup_url": signup}
        frame = {
            "request": request,
            "email": email,
            "current_site": get_current_site(request),
            "contact": contact(),
        }
        mail = self.render_mail(template_prefix, email, frame | context)
        mail.body = held_together(str(mail.body))
        leave_soon(
            mail, NEVER if by_password(template_prefix, email) else useful_for(template_prefix)
        )


def going_on(address: str, request: HttpRequest) -> str:
    """Return an address that leads on to where the person was going, when it is a page of this site."""
    wanted = get_next_redirect_url(request)
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address


def whose(email: str) -> User | None:
    """Return whose address this is: the one they sign in with, or another that they proved."""
    named = Q(email__iexact=email) | Q(emailaddress__email__iexact=email)
    return User.objects.filter(named).first()


def by_password(template_prefix: str, email: str) -> bool:
    """Say whether this is the mail of a code to somebody who signs in with a password instead."""
    person = whose(email) if template_prefix == "account/email/login_code" else None
    return person is not None and Role.CANDIDATE not in roles(person)


def useful_for(template_prefix: str) -> timedelta:
    """Return for how long an e-mail about an account is worth sending: a code, as long as it opens."""
    codes = {
        "account/email/login_code": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
        "account/email/email_confirmation": settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        "account/email/email_confirmation_signup": settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
    }
    if template_prefix in codes:
        return timedelta(seconds=codes[template_prefix])
    return GIVEN_UP_AFTER


@receiver(password_reset)
def address_proven(user: User, **signal: Any) -> None:
    """Hold an address as the person's own once they came through the link mailed to it."""
    found = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    if not found.update(verified=True):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@receiver(authentication_step_completed)
def code_given(user: User, method: str, email: str | None = None, **signal: Any) -> None:
    """Hold an address as the person's own once they gave the code mailed to it: no second code is asked."""
    if method != "code" or not email or email.lower() != user.email.lower():
        return
    proven = EmailAddress.objects.filter(email__iexact=email, verified=True)
    if not proven.exists():
        address_proven(user=user)
