"""Writes of people: giving and ending roles."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from jalon.catalogue.models import Bloc, Certification
from jalon.law.equivalences import ends_after_it_starts, sheet_replaced
from jalon.law.rulebook import Refusal, Refused, enforces, refuse
from jalon.law.settings import not_in_the_past, within_bounds
from jalon.law.vocabulary import OrganisationKind, Role, Setting
from jalon.now import now, today
from jalon.people import queries
from jalon.people.addresses import at_address
from jalon.people.models import (
    BlocEquivalence,
    CandidateProfile,
    CertifierSetting,
    Certifying,
    Membership,
    Organisation,
    User,
)
from jalon.people.policy import ROLES_OF, organisations, roles


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
    """Give a role in an organisation to a person, whose account is made if needed; may be `Refused`.

    Somebody who has an account is offered the role: it is theirs once they accept it.
    """
    allowed = (
        organisation is None or queries.organisations_of(by).filter(pk=organisation.pk).exists()
    )
    if role not in queries.grantable(by) or not allowed:
        raise Refused(Refusal.permission("Vous ne pouvez pas donner ce rôle dans cet organisme."))
    if role == Role.ADMINISTRATOR:
        return invited(by, role, None, email=email, first_name=first_name, last_name=last_name)
    if organisation is None:
        raise Refused(Refusal.permission("Choisissez l’organisme de cette personne."))
    if role not in ROLES_OF[OrganisationKind(organisation.kind)]:
        why = (
            f"{organisation} ne donne pas ce rôle : choisissez un autre rôle ou un autre organisme."
        )
        raise Refused(Refusal.permission(why))
    return invited(by, role, organisation, email=email, first_name=first_name, last_name=last_name)


def invited(by: User, role: Role, organisation: Organisation | None, **person: str) -> Membership:
    """Return the role of a newcomer, or the offer made to whoever has the address already."""
    known = User.objects.filter(at_address(person["email"])).first()
    return (
        offer(by, known, role, organisation)
        if known
        else admit(account(**person), role, organisation)
    )


def account(email: str, first_name: str, last_name: str) -> User:
    """Return the account at an address, made if there is none."""
    return User.objects.filter(at_address(email)).first() or User.objects.create_user(
        email, first_name=first_name, last_name=last_name
    )


def admit(person: User, role: Role, organisation: Organisation | None) -> Membership:
    """Give a role without asking who gives it: for the rooms that have asked, and the command line."""
    membership, _ = Membership.objects.get_or_create(
        user=person, organisation=organisation, role=role, ended_at=None
    )
    return membership


def offer(by: User, person: User, role: Role, organisation: Organisation | None) -> Membership:
    """Offer a role to somebody who has an account: nothing changes for them until they accept it."""
    membership, _ = Membership.objects.get_or_create(
        user=person,
        organisation=organisation,
        role=role,
        ended_at=None,
        defaults={"offered_by": by, "accepted_at": None},
    )
    return membership


@transaction.atomic
def answer_offer(by: User, number: int, *, accepts: bool) -> Membership:
    """Accept or decline a role that was offered to oneself; raises DoesNotExist."""
    offered = Membership.objects.offered().select_for_update()
    membership = offered.get(pk=number, user=by)
    moment = now()
    if accepts:
        membership.accepted_at = membership.since = moment
    else:
        membership.ended_at = moment
    membership.save(update_fields=["accepted_at", "since", "ended_at"])
    by.__dict__.pop("_living_memberships", None)
    return membership


@transaction.atomic
def keep_organisation(
    by: User, values: Mapping[str, Any], organisation: Organisation | None = None
) -> Organisation:
    """Open an organisation, or change what is known of one; raises `Refused`."""
    if Role.ADMINISTRATOR not in roles(by):
        raise Refused(Refusal.permission("Seul un administrateur ouvre ou modifie un organisme."))
    kept = organisation or Organisation()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    return kept


@transaction.atomic
def keep_certifying(
    by: User, certifier: Organisation, certifications: Iterable[Certification], territory: str = ""
) -> None:
    """Name a certifier on the sheets that it delivers, and on no other; raises `Refused`.

    A journey begun keeps the certifier that it has.
    """
    if Role.ADMINISTRATOR not in roles(by):
        raise Refused(Refusal.permission("Seul un administrateur ouvre ou modifie un organisme."))
    certifier.certifying.all().delete()
    Certifying.objects.bulk_create(
        Certifying(organisation=certifier, certification=one, territory=territory)
        for one in certifications
    )


def settle(
    by: User, setting: Setting, value: int | None, *, start: date, source: str
) -> CertifierSetting:
    """Write what a certifier settles from a day on, in its own name; raises `Refused`."""
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None:
        raise Refused(Refusal.permission("Seul le certificateur écrit ses réglages."))
    refuse(within_bounds(setting, value) or not_in_the_past(setting, start, today()))
    return CertifierSetting.objects.create(
        organisation_id=certifier,
        setting=setting,
        value=value,
        start=start,
        source=source,
        author=by,
    )


def keep_equivalence(
    by: User, *, former: Bloc, bloc: Bloc, start: date, source: str
) -> BlocEquivalence:
    """Write that a bloc of a replaced sheet counts for one of the new sheet; raises `Refused` (R-073)."""
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None or not queries.replaced_sheets(by).filter(pk=former.certification_id):
        raise Refused(Refusal.permission("Choisissez un bloc d’une fiche que vous délivrez."))
    followers = [one.pk for one in queries.followers(former.certification)]
    refuse(sheet_replaced(followers, bloc.certification_id))
    written = BlocEquivalence.objects.filter(
        organisation=certifier, former__code=former.code, bloc__code=bloc.code, ended_on=None
    )
    if written.exists():
        raise Refused(Refusal("R-073", "Cette équivalence est déjà dans votre table."))
    return BlocEquivalence.objects.create(
        organisation_id=certifier, former=former, bloc=bloc, start=start, source=source, author=by
    )


def end_equivalence(by: User, number: int) -> BlocEquivalence:
    """End a line of the table from today; what was counted stays. Raises DoesNotExist, `Refused`."""
    line = queries.equivalences(by).get(pk=number, ended_on=None)
    refuse(ends_after_it_starts(line.start, today()))
    line.ended_on, line.ended_by = today(), by
    line.save(update_fields=["ended_on", "ended_by"])
    return line


@transaction.atomic
def end_membership(by: User, membership: Membership) -> None:
    """End a role at once; nobody ends their own last one. May be `Refused`."""
    if not queries.memberships_of(by).filter(pk=membership.pk).exists():
        raise Refused(Refusal.permission("Vous ne pouvez pas fermer cet accès."))
    if membership.user_id == by.pk:
        raise Refused(
            Refusal.permission("Demandez à une autre personne de fermer votre propre accès.")
        )
    membership.ended_at = now()
    membership.save(update_fields=["ended_at"])


@transaction.atomic
def reopen_membership(by: User, membership: Membership) -> Membership:
    """Offer again a role that was ended; the ended one stays, with its dates. May be `Refused`."""
    if not queries.ended_memberships_of(by).filter(pk=membership.pk).exists():
        raise Refused(Refusal.permission("Vous ne pouvez pas rouvrir cet accès."))
    return offer(by, membership.user, membership.role, membership.organisation)


#: What proves who holds a title: kept with it.
OF_A_HOLDER = (
    "civility",
    "birth_name",
    "other_first_names",
    "born_on",
    "birth_town",
    "birth_department",
    "birth_country",
)


@enforces("R-122")
def keep_who_holds_a_title(person: User) -> None:
    """Leave of a person what proves that a title is theirs, and the address by which they ask for it."""
    known = CandidateProfile.objects.filter(user=person).first()
    if known:
        kept = {name: getattr(known, name) for name in OF_A_HOLDER}
        known.delete()
        CandidateProfile.objects.create(user=person, country="", **kept)
    User.objects.filter(pk=person.pk).update(phone="")


@enforces("R-122")
def erase_account(person: User) -> None:
    """Leave of a person a closed account without a name: what they did stays numbered in journals."""
    CandidateProfile.objects.filter(user=person).delete()
    for owned in (EmailAddress, Authenticator, UserSession):
        owned.objects.filter(user=person).delete()
    person.email, person.phone = f"efface-{person.pk}@efface.invalid", ""
    person.first_name, person.last_name = "Personne", "effacée"
    person.is_active = False
    person.set_unusable_password()
    person.save()
