"""The password that staff choose, then type before their second factor; candidates never have one."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordKeyForm


class StaffLoginForm(LoginForm):
    """Address and password; the library would drop the password, since nobody signs up with one."""

    def _setup_password_field(self) -> None:
        self.fields["login"].label = "Votre adresse e-mail professionnelle"
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].label = "Votre mot de passe"
        self.fields["password"].widget.attrs.pop("placeholder", None)


class NewPasswordForm(ResetPasswordKeyForm):
    """A password that nobody guesses, asked for in one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["password1"], self.fields["password2"]
        first.help_text = (
            "Douze caractères au moins, que personne ne devinerait : une phrase va très bien."
        )
        again.label = "Le même, une seconde fois"
        for field in (first, again):
            field.widget.attrs.pop("placeholder", None)
