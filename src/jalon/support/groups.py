"""Groups of a company as a team sets them up, and as candidates join and leave them by a code."""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db import transaction

from jalon.counting import alone
from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.models import Journey
from jalon.journeys.telling import tell
from jalon.law import groups as law
from jalon.law.facts import GroupNamed
from jalon.law.rulebook import refuse
from jalon.law.stages import ENDS
from jalon.law.vocabulary import Event, Occasion, Role
from jalon.now import today
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.support import workshops
from jalon.support.actions import workplace
from jalon.support.models import CompanyGroup, GroupMember

#: For how long a wrong code is counted since the last one, in seconds.
HOUR = 60 * 60


# ---------------------------------------------------------------- as its team keeps it


@transaction.atomic
def create(by: User, values: Mapping[str, Any]) -> CompanyGroup:
    """Set up a group, with its code, where somebody accompanies; raises `Refused`."""
    refuse(law.group_described(values["siren"], values["starts_on"], values["ends_on"]))
    said = {name: value for name, value in values.items() if name != "certifications"}
    group = CompanyGroup.objects.create(
        organisation_id=workplace(by), made_by=by, code=new_code(), **said
    )
    group.certifications.set(values["certifications"])
    return group


@transaction.atomic
def change(number: int, by: User, values: Mapping[str, Any]) -> CompanyGroup:
    """Change what a group is, its code apart; raises `Refused`."""
    group = held(number, by)
    refuse(law.group_described(values["siren"], values["starts_on"], values["ends_on"]))
    for name, value in values.items():
        if name != "certifications":
            setattr(group, name, value)
    group.save()
    group.certifications.set(values["certifications"])
    return group


@transaction.atomic
def replace_code(number: int, by: User) -> CompanyGroup:
    """Give a group another code: the one before opens nothing any more; raises `Refused`."""
    return coded(held(number, by), new_code())


@transaction.atomic
def revoke_code(number: int, by: User) -> CompanyGroup:
    """Leave a group without a code: nobody joins it until it has another; raises `Refused`."""
    return coded(held(number, by), "")


def coded(group: CompanyGroup, code: str) -> CompanyGroup:
    """Give a group a code, or none, and return it."""
    group.code = code
    group.save(update_fields=["code"])
    return group


def held(number: int, by: User) -> CompanyGroup:
    """Return a group of somebody's team, locked; raises `Refused`."""
    group = CompanyGroup.objects.select_for_update().get(pk=number)
    here = organisations(by, Role.ARCHITECT, Role.HEAD)
    refuse(law.may_lead(in_the_team=group.organisation_id in here))
    return group


def new_code() -> str:
    """Return letters that open no group yet."""
    while True:
        code = "".join(secrets.choice(law.LETTERS) for _ in range(law.LENGTH))
        if not CompanyGroup.objects.filter(code=code).exists():
            return code


# ---------------------------------------------------------------- as a candidate enters it


def opened_by(code: str, person: User) -> CompanyGroup:
    """Return the group that a typed code opens; raises `Refused`, and counts each code that is none.

    Call it outside of a transaction: what is undone is not counted.
    """
    key = f"group-codes-tried-{person.pk}"
    with alone(key):
        tries = cache.get(key, 0)
        too_many = law.may_try(tries)
        group = None if too_many else known(code)
        if group is None and not too_many:
            cache.set(key, tries + 1, HOUR)
    refuse(too_many or law.code_known(known=group is not None))
    assert group
    return group


def known(code: str) -> CompanyGroup | None:
    """Return the group of a typed code, if there is one."""
    typed = law.code_typed(code)
    found = CompanyGroup.objects.filter(code=typed).select_related("organisation")
    return found.first() if typed else None


@transaction.atomic
def join(journey_id: uuid.UUID, code: str, by: User) -> GroupMember:
    """Enter the group of a code on one's own journey; raises `Refused`.

    Its referent is told of a candidate whom nobody accompanies yet.
    """
    journey = locked(journey_id)
    refuse(law.joined_by_oneself(own=journey.candidate_id == by.pk))
    group = known(code)
    refuse(law.code_known(known=group is not None))
    assert group
    same_team = group.organisation_id == journey.organisation_id
    refuse(law.followed_here(group.organisation.name, same_team=same_team))
    standing = member_of(journey)
    refuse(
        law.may_join(
            journey.stage, group.ends_on, today(), standing.group.title if standing else ""
        )
    )
    GroupMember.objects.filter(journey=journey).delete()
    member = GroupMember.objects.create(group=group, journey=journey)
    events.record(journey, Event.GROUP_JOINED, by=by, facts=GroupNamed(group.pk, str(group)))
    if journey.architect_id is None:
        tell(Occasion.GROUP_JOINED, str(member.pk))
    return member


@transaction.atomic
def leave(journey_id: uuid.UUID, by: User) -> CompanyGroup:
    """Leave the group of one's company, and the seats that it alone gave; raises `Refused`."""
    journey = locked(journey_id)
    refuse(law.joined_by_oneself(own=journey.candidate_id == by.pk))
    member = member_of(journey)
    refuse(law.belongs(member=member is not None))
    assert member
    group = member.group
    member.delete()
    for seat in journey.enrolments.standing().filter(workshop__group=group):
        workshops.release(seat)
    events.record(journey, Event.GROUP_LEFT, by=by, facts=GroupNamed(group.pk, str(group)))
    return group


def member_of(journey: Journey) -> GroupMember | None:
    """Return what ties a journey to the group where it is accompanied, if anything does."""
    found = GroupMember.objects.living().filter(journey=journey)
    return found.select_related("group__organisation", "group__referent").first()


def may_enter(journey: Journey) -> bool:
    """Say whether a journey may still join a group: one that goes on, and is accompanied."""
    return journey.organisation_id is not None and journey.stage not in ENDS
