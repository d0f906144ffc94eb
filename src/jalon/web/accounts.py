"""How people sign in: candidates with a code, staff with a password and a second factor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django import forms
from django.dispatch import receiver
from django.http import HttpRequest

from jalon.people.models import User
from jalon.people.policy import memberships


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
    """Staff never sign in with a mailed code alone."""

    def is_login_by_code_required(self, login: Any) -> bool:
        """Ask nobody for a code after a password: staff have their own second factor."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send account mail, except sign-in codes to staff; an invitation says who invites."""
        if template_prefix == "account/email/login_code":
            person = User.objects.filter(email__iexact=email).first()
            if person and memberships(person):
                return
        invitation = getattr(context.get("request"), "invitation", None)
        if invitation and template_prefix == "account/email/password_reset_key":
            template_prefix, context = (
                "account/email/invitation",
                context | {"invitation": invitation},
            )
        super().send_mail(template_prefix, email, context)


@receiver(password_reset)
def address_proven(user: User, **signal: Any) -> None:
    """Hold an address as the person's own once they came through the link mailed to it."""
    found = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    if not found.update(verified=True):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
