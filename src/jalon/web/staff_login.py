"""The password that staff type before their second factor; candidates never have one."""

from allauth.account.forms import LoginForm


class StaffLoginForm(LoginForm):
    """Address and password; the library would drop the password, since nobody signs up with one."""

    def _setup_password_field(self) -> None:
        self.fields["login"].label = "Votre adresse e-mail professionnelle"
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].label = "Votre mot de passe"
        self.fields["password"].widget.attrs.pop("placeholder", None)
