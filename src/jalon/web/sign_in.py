"""Signing in by one field and one button: the page that follows is the same for every address.

What differs leaves by e-mail: a code to a candidate, the way to an account to whoever has none, nothing to staff, whose password
is asked for on that same page.
"""

from typing import Any

from allauth.account import forms as library
from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from django import forms
from django.http import HttpRequest, HttpResponseBase

from jalon.web.newcomers import proved_by
from jalon.web.staff_login import StaffLoginForm


class AddressForm(library.RequestLoginCodeForm):
    """The one field: an address."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["email"].label = "Votre adresse e-mail"
        self.fields["email"].widget = forms.EmailInput(attrs={"autocomplete": "email"})


class Anew:
    """Takes what is sent now, whatever waited: another address, or a password in place of a code."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> Any:
        if request.method != "POST":
            return super()._redirect_to_pending_stage(request, stage)  # type: ignore[misc]
        clear_login(request)
        return None


class AddressView(Anew, views.RequestLoginCodeView):
    """Takes an address, and answers the same whoever's it is."""

    template_name = "account/login.html"

    def get_context_data(self, **said: Any) -> dict[str, Any]:
        """Return what the page shows: the one field."""
        found: dict[str, Any] = super().get_context_data(**said)
        return found | {"address_form": found["form"]}


class PasswordView(Anew, views.LoginView):
    """Asks for an address; takes an address with its password, and shows both again when they do not agree."""

    def get_context_data(self, **said: Any) -> dict[str, Any]:
        """Return what the page shows: the one field, or the password that was refused."""
        found: dict[str, Any] = super().get_context_data(**said)
        return found | {"address_form": AddressForm(), "refused": found["form"].is_bound}


class CodeView(views.ConfirmLoginCodeView):
    """Asks everybody for the code, and lets staff type their password instead."""

    def get_context_data(self, **said: Any) -> dict[str, Any]:
        """Return what the page shows, with the fields of staff filled in as far as they are known."""
        found: dict[str, Any] = super().get_context_data(**said)
        return found | {"password_form": StaffLoginForm(initial={"login": found["email"]})}


class NewcomerView(views.SignupView):
    """Makes an account; who comes by the link of our e-mail has proved their address, and gives their name only."""

    def get(self, request: HttpRequest, *args: Any, **said: Any) -> HttpResponseBase:
        """Show the form, and hold as proved the address that the link was mailed to."""
        if address := proved_by(request.GET.get("preuve", "")):
            get_adapter().stash_verified_email(request, address)
        answer: HttpResponseBase = super().get(request, *args, **said)
        return answer

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Make the account; the proof of an address is worth nothing for another one."""
        adapter = get_adapter()
        if not adapter.is_email_verified(self.request, form.cleaned_data["email"]):
            adapter.unstash_verified_email(self.request)
        answer: HttpResponseBase = super().form_valid(form)
        return answer

    def get_context_data(self, **said: Any) -> dict[str, Any]:
        """Return what the page shows; it promises no code to who proved their address."""
        found: dict[str, Any] = super().get_context_data(**said)
        return found | {"proved": self.request.session.get("account_verified_email")}
