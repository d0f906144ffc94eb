"""Reads of people: each takes the viewer first."""

from django.db.models import Q, QuerySet

from jalon.law.vocabulary import Role
from jalon.people.models import Membership, Organisation, User
from jalon.people.policy import organisations, roles


def memberships_of(viewer: User) -> QuerySet[Membership]:
    """Return the living roles that a person manages: those of their organisation, or all."""
    found = Membership.objects.filter(ended_at__isnull=True).select_related("user", "organisation")
    if Role.ADMINISTRATOR not in roles(viewer):
        found = found.filter(organisation__in=organisations(viewer, Role.HEAD))
    return found.order_by("organisation__name", "user__last_name", "pk")


def organisations_of(viewer: User) -> QuerySet[Organisation]:
    """Return the organisations in which a person may give roles."""
    if Role.ADMINISTRATOR in roles(viewer):
        return Organisation.objects.order_by("name")
    return Organisation.objects.filter(Q(pk__in=organisations(viewer, Role.HEAD))).order_by("name")


def grantable(viewer: User) -> tuple[Role, ...]:
    """Return the roles that a person may give; jurors are enrolled by their certifier."""
    if Role.ADMINISTRATOR in roles(viewer):
        return (Role.ARCHITECT, Role.HEAD, Role.CERTIFIER, Role.ADMINISTRATOR)
    return (Role.ARCHITECT, Role.HEAD) if Role.HEAD in roles(viewer) else ()
