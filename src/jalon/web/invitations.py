"""The first mail to somebody who was given an access: who invites them, to what, and a link to come in."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from jalon.people.models import Membership, User

SECONDS_A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Invitation:
    """What an invitation says: who invites, to which roles, for how many days, whom to call."""

    by: str
    roles: tuple[str, ...]
    days: int


def tell(request: HttpRequest, membership: Membership) -> str:
    """Write to whoever was given or offered a role; return what to say of it on the page."""
    if membership.accepted_at is None:
        answer = request.build_absolute_uri(reverse("public:offers"))
        said = {"offer": membership, "answer": answer}
        get_adapter().send_mail("account/email/offer", membership.user.email, said)
        return (
            f" {membership.user} a déjà un compte : un courriel lui demande son accord, et rien ne "
            "change pour cette personne d’ici là."
        )
    if invite(request, membership.user):
        return " Cette personne reçoit un lien pour choisir son mot de passe."
    return ""


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
    held = person.memberships.living().select_related("organisation", "offered_by").order_by("pk")
    roles = [
        f"{one.role.label}, {one.organisation}" if one.organisation else one.role.label
        for one in held
    ]
    days = settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY
    by = next((one.offered_by for one in held if one.offered_by), request.user)
    return Invitation(str(by), tuple(roles), days)
