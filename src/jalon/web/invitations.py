"""The first mail to somebody who was given an access: a link to choose their password."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from jalon.people.models import User


def invite(request: HttpRequest, person: User) -> bool:
    """Send a newcomer the link by which they choose a password; False when they have one already."""
    if person.has_usable_password():
        return False
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        form.save(request)
    return True
