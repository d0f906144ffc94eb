"""Writes of people: giving and ending roles."""

from django.db import transaction

from jalon.law.rulebook import Refusal, Refused
from jalon.law.vocabulary import Role
from jalon.now import now
from jalon.people import queries
from jalon.people.models import Membership, Organisation, User


@transaction.atomic
def grant(
    by: User,
    *,
    email: str,
    first_name: str,
    last_name: str,
    role: Role,
    organisation: Organisation | None,
) -> Membership:
    """Give a role in an organisation to a person, whose account is made if needed; may be `Refused`."""
    allowed = (
        organisation is None or queries.organisations_of(by).filter(pk=organisation.pk).exists()
    )
    if role not in queries.grantable(by) or not allowed:
        raise Refused(Refusal("R-124", "Vous ne pouvez pas donner ce rôle dans cet organisme."))
    if organisation is None and role not in (Role.ADMINISTRATOR, Role.JUROR):
        raise Refused(Refusal("R-124", "Choisissez l’organisme de cette personne."))
    person = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
        email, first_name=first_name, last_name=last_name
    )
    membership, _ = Membership.objects.get_or_create(
        user=person, organisation=organisation, role=role, ended_at=None
    )
    return membership


@transaction.atomic
def end(by: User, membership: Membership) -> None:
    """End a role at once; nobody ends their own last one. May be `Refused`."""
    if not queries.memberships_of(by).filter(pk=membership.pk).exists():
        raise Refused(Refusal("R-124", "Vous ne pouvez pas fermer cet accès."))
    if membership.user_id == by.pk:
        raise Refused(
            Refusal("R-124", "Demandez à une autre personne de fermer votre propre accès.")
        )
    membership.ended_at = now()
    membership.save(update_fields=["ended_at"])
