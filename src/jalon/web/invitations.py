"""The first mail to somebody who was given an access: who invites them, to what, and a link to come in."""

from dataclasses import dataclass

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.http import HttpRequest

from jalon.people.contact import Contact, contact
from jalon.people.models import User
from jalon.people.policy import memberships

SECONDS_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Invitation:
    """What an invitation says: who invites, to which roles, for how many days, whom to call."""

    by: str
    roles: tuple[str, ...]
    days: int
    contact: Contact


def invite(request: HttpRequest, person: User) -> bool:
    """Send a newcomer the link by which they choose a password; False when they have one already."""
    if person.has_usable_password():
        return False
    form = ResetPasswordForm({"email": person.email})
    if form.is_valid():
        request.invitation = invitation(request, person)  # type: ignore[attr-defined]
        form.save(request)
    return True


def invitation(request: HttpRequest, person: User) -> Invitation:
    """Return what the invitation of a person says."""
    roles = [
        f"{one.role.label}, {one.organisation}" if one.organisation else one.role.label
        for one in memberships(person)
    ]
    days = settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY
    return Invitation(str(request.user), tuple(roles), days, contact())
