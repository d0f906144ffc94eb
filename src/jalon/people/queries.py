"""Reads of people: each takes the viewer first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.catalogue.models import Certification
from jalon.law.routing import may_serve
from jalon.law.settings import Settings, Settled
from jalon.law.vocabulary import OrganisationKind, Role, Route
from jalon.people.models import (
    BlocEquivalence,
    CertifierSetting,
    Certifying,
    ContactDetails,
    Membership,
    Organisation,
    User,
)
from jalon.people.policy import organisations, roles


def memberships_of(viewer: User) -> QuerySet[Membership]:
    """Return the roles that a person manages, offered ones too: those of their organisation, or all."""
    found = Membership.objects.filter(ended_at__isnull=True).select_related("user", "organisation")
    if Role.ADMINISTRATOR not in roles(viewer):
        found = found.filter(organisation__in=organisations(viewer, Role.HEAD))
    return found.order_by("organisation__name", "user__last_name", "pk")


def offers(viewer: User) -> QuerySet[Membership]:
    """Return the roles that wait for the viewer's own answer, the oldest first."""
    own = Membership.objects.offered().filter(user=viewer)
    return own.select_related("organisation", "offered_by").order_by("pk")


def ended_memberships_of(viewer: User) -> QuerySet[Membership]:
    """Return the roles that were ended and could be given back by a person who manages them.

    Only the last of each person and role, and none that they hold again.
    """
    found = Membership.objects.filter(ended_at__isnull=False)
    if Role.ADMINISTRATOR not in roles(viewer):
        found = found.filter(organisation__in=organisations(viewer, Role.HEAD))
    again = Membership.objects.filter(
        user=OuterRef("user"), role=OuterRef("role"), pk__gt=OuterRef("pk")
    ).filter(Q(organisation=OuterRef("organisation")) | Q(organisation__isnull=True))
    return (
        found.exclude(Exists(again))
        .exclude(role=Role.JUROR)
        .select_related("user", "organisation")
        .order_by("-ended_at")
    )


@dataclass(frozen=True)
class Opening:
    """What an installation has of what a first candidate needs."""

    contact: bool
    accompanist: bool
    certifier: int | None
    certifications: bool
    accompanying: bool


def opening() -> Opening:
    """Return what this installation has of what a first candidate needs, and which certifier came first."""
    certifiers = Organisation.objects.filter(kind=OrganisationKind.CERTIFIER)
    return Opening(
        contact=settings.CONTACT_CHOSEN or ContactDetails.objects.exists(),
        accompanist=Organisation.objects.filter(kind=OrganisationKind.ACCOMPANIST).exists(),
        certifier=certifiers.order_by("pk").values_list("pk", flat=True).first(),
        certifications=Certifying.objects.exists(),
        accompanying=who_accompany().exists(),
    )


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


def serving(route: Route, on: date) -> list[Organisation]:
    """Return the organisations that may accompany somebody on a route that day, by territory (R-007)."""
    known = Organisation.objects.filter(kind=OrganisationKind.ACCOMPANIST)
    return [
        one
        for one in known.order_by("territory", "name", "pk")
        if may_serve(route, one.qualiopi_until, one.closed_on, on)
    ]


def settled(organisation: int) -> Settings:
    """Return what a certifier settled, for the law to read."""
    rows = CertifierSetting.objects.filter(organisation=organisation).order_by("start", "at", "pk")
    return Settings(tuple(Settled(one.setting, one.start, one.value) for one in rows))


def settings_history(viewer: User) -> QuerySet[CertifierSetting]:
    """Return what the viewer's certifier settled, the latest first."""
    own = organisations(viewer, Role.CERTIFIER)[:1]
    found = CertifierSetting.objects.filter(organisation__in=own).select_related("author")
    return found.order_by("-at", "-pk")


def equivalences(viewer: User) -> QuerySet[BlocEquivalence]:
    """Return the table of equivalence of the viewer's certifier, the latest line first."""
    own = organisations(viewer, Role.CERTIFIER)[:1]
    found = BlocEquivalence.objects.filter(organisation__in=own)
    return found.select_related("former__certification", "bloc__certification", "author")


def replaced_sheets(viewer: User) -> QuerySet[Certification]:
    """Return the sheets that others replaced, of those that the viewer's certifier delivers.

    So too those that were replaced twice, when it delivers the last one.
    """
    own = organisations(viewer, Role.CERTIFIER)[:1]
    delivered = Q(certifying__organisation__in=own)
    replacing = Q(successor__certifying__organisation__in=own)
    replaced_twice = Q(successor__successor__certifying__organisation__in=own)
    found = Certification.objects.filter(
        delivered | replacing | replaced_twice, successor__isnull=False
    )
    return found.distinct().order_by("title")


def followers(sheet: Certification) -> list[Certification]:
    """Return the sheet that replaced another one, then the one that replaced that one, and so on."""
    found: list[Certification] = []
    following = sheet.successor
    while following and following not in (sheet, *found):
        found.append(following)
        following = following.successor
    return found


def certifying(certification: Certification) -> QuerySet[Certifying]:
    """Return who delivers a certification, by territory."""
    named = Certifying.objects.filter(
        certification=certification,
        organisation__kind=OrganisationKind.CERTIFIER,
        organisation__closed_on__isnull=True,
    )
    return named.select_related("organisation").order_by("territory", "organisation__name", "pk")


def chosen_among(certifications: Iterable[Certification]) -> QuerySet[Organisation]:
    """Return who delivers those of some certifications that several deliver, by territory."""
    named = Certifying.objects.filter(
        certification__in=list(certifications),
        organisation__kind=OrganisationKind.CERTIFIER,
        organisation__closed_on__isnull=True,
    )
    others = named.filter(certification=OuterRef("certification")).exclude(pk=OuterRef("pk"))
    several = named.filter(Exists(others)).values("organisation")
    return Organisation.objects.filter(pk__in=several).order_by("territory", "name", "pk")


def works_for(person: int | None, organisation: int | None) -> bool:
    """Say whether somebody still accompanies candidates in an organisation (both by number)."""
    if person is None or organisation is None:
        return False
    return accompanying(organisation).filter(user=person).exists()


def accompanying(organisation: int | OuterRef) -> QuerySet[Membership]:
    """Return the roles of those who accompany candidates in an organisation, and still work there."""
    return who_accompany().filter(organisation=organisation)


def who_accompany() -> QuerySet[Membership]:
    """Return the roles of those who accompany candidates somewhere, and still work there."""
    return Membership.objects.living().filter(
        role__in=(Role.ARCHITECT, Role.HEAD), user__is_active=True
    )


def colleagues(*organisations: int) -> QuerySet[User]:
    """Return who may be given a file of some organisations, by name."""
    there = who_accompany().filter(organisation__in=organisations).values("user")
    return User.objects.filter(pk__in=there).order_by("last_name", "first_name", "pk")
