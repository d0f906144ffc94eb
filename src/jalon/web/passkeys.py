"""The forms of passkeys, that any rubbish may be sent to: it is refused, and is no error of ours."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as library
from django import forms


class CredentialField(forms.JSONField):
    """What a browser answers for a key; Python reads no number of thousands of figures in it."""

    def to_python(self, value: Any) -> Any:
        """Return what was sent; raises ValidationError for what cannot be read."""
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as unreadable:
            raise forms.ValidationError(self.error_messages["invalid"]) from unreadable


class ProvingForm(library.AuthenticateWebAuthnForm):
    """Proving who one is with a key."""

    credential = CredentialField(required=True, widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """Return the key that answered; raises ValidationError for what no key answers."""
        try:
            return super().clean_credential()
        except (ValueError, TypeError, LookupError, AttributeError) as rubbish:
            raise get_adapter().validation_error("incorrect_code") from rubbish


class LoginForm(ProvingForm, library.LoginWebAuthnForm):
    """Signing in with a key."""


class ReauthenticateForm(ProvingForm, library.ReauthenticateWebAuthnForm):
    """Proving again who one is with a key."""


class AddForm(library.AddWebAuthnForm):
    """Adding a key."""

    credential = CredentialField(required=True, widget=forms.HiddenInput)
