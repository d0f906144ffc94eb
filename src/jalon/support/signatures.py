"""Signatures given, and the codes by which people sign from afar.

Whoever signs holds the journey, as whoever notes a presence does: what is signed is what is noted. The
database refuses the signature of somebody who was not there, and keeps each as it was given.
"""

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import QuerySet

from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.law import signatures as law
from jalon.law.rulebook import Refusal, Refused, refuse
from jalon.law.vocabulary import Role, SignedHow
from jalon.now import midnight, now, today
from jalon.people.models import User
from jalon.people.policy import memberships
from jalon.support.attendance import Hours, find, hours_of_leader
from jalon.support.models import AttendanceSignature, HalfDay, SigningCode


@transaction.atomic
def sign(
    hours: Hours,
    how: SignedHow,
    by: User,
    seen: str,
    *,
    strokes: str = "",
    reason: str = "",
) -> AttendanceSignature:
    """Keep a signature that the team collects; raises `Refused`. Given twice, the first one stays.

    `seen` is the digest of the hours that were shown to who signs.
    """
    hours = as_noted(hours)
    held = able(by, hours)
    refuse(law.may_collect(held))
    refuse(law.who_leads_notes(how, leads=leads(by, hours, held)))
    if how == SignedHow.DRAWN:
        refuse(law.drawing(strokes))
    if how == SignedHow.ALOUD:
        refuse(law.said_aloud(reason))
    return keep(hours, how, by, seen, strokes=strokes, reason=reason.strip())


@transaction.atomic
def sign_as_leader(
    half_day: HalfDay, by: User, seen: str, how: SignedHow, strokes: str = ""
) -> AttendanceSignature:
    """Keep the signature of who led a half-day, drawn or from their own account; raises `Refused`."""
    half_day = HalfDay.objects.select_for_update(of=("self",)).get(pk=half_day.pk)
    hours = hours_of_leader(half_day, half_day.signatures.filter(journey=None))
    if hours.person.pk != by.pk:
        raise Refused(Refusal.permission("Seule la personne qui a animé signe ici."))
    if how == SignedHow.DRAWN:
        refuse(law.drawing(strokes))
    return keep(hours, how, by, seen, strokes=strokes)


def keep(hours: Hours, how: SignedHow, by: User, seen: str, **said: str) -> AttendanceSignature:
    """Write a signature under the hours as they are noted; raises `Refused` when others were shown."""
    refuse(law.something_to_sign(hours.minutes))
    refuse(law.as_seen(seen, hours.digest))
    if hours.signature:
        return hours.signature
    return AttendanceSignature.objects.create(
        journey=hours.journey,
        half_day=hours.half_day,
        meeting=hours.meeting,
        person=hours.person,
        how=how,
        minutes=hours.minutes,
        digest=hours.digest,
        signed_at=now(),
        noted_by=by,
        **said,
    )


# ---------------------------------------------------------------- from afar


@transaction.atomic
def send_code(hours: Hours, by: User) -> str:
    """Make a code for some hours, and return it for its e-mail; raises `Refused`.

    The codes that were sent before serve no more; what is kept of this one opens nothing.
    """
    hours = as_noted(hours)
    if by.pk != hours.person.pk:
        refuse(law.may_collect(able(by, hours)))
    refuse(law.something_to_sign(hours.minutes))
    refuse(law.still_to_sign(signed=hours.signature is not None))
    codes = codes_for(hours)
    codes.filter(sent_at__lt=midnight(today())).delete()
    refuse(law.enough_codes(codes.count()))
    codes.update(until=now())
    code = f"{secrets.randbelow(1_000_000):06}"
    assert hours.journey
    SigningCode.objects.create(
        journey=hours.journey,
        half_day=hours.half_day,
        meeting=hours.meeting,
        digest=hours.digest,
        secret=make_password(code),
        sent_at=now(),
        until=now() + law.CODE_SERVES,
    )
    return code


def sign_by_code(hours: Hours, code: str, seen: str, by: User) -> AttendanceSignature:
    """Keep the signature of who brings the code that was sent to them; raises `Refused`.

    A wrong one is counted, though nothing else of what was asked is kept.
    """
    with transaction.atomic():
        hours = as_noted(hours)
        refusal = tried(hours, code)
        if refusal is None:
            return keep(hours, SignedHow.CODE, by, seen)
    raise Refused(refusal)


def tried(hours: Hours, code: str) -> Refusal | None:
    """Try a code on the one that was sent last, and count it; return why it is not the one."""
    sent = codes_for(hours).order_by("pk").last()
    if sent is None:
        return law.code_refused(None, 0, now())
    if refusal := law.code_refused(sent.until, sent.tries, now()):
        return refusal
    if not check_password(code, sent.secret):
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return law.wrong_code(sent.tries)
    sent.until = now()
    sent.save(update_fields=["until"])
    return law.as_seen(sent.digest, hours.digest)


def codes_for(hours: Hours) -> QuerySet[SigningCode]:
    """Return the codes that were sent for some hours of a journey."""
    return SigningCode.objects.filter(
        journey=hours.journey, half_day=hours.half_day, meeting=hours.meeting
    )


# ---------------------------------------------------------------- inside the lock


def as_noted(hours: Hours) -> Hours:
    """Return hours as they are noted now, their journey locked; raises `Refused` when they are gone."""
    assert hours.journey
    found = find(locked(hours.journey.pk), hours.kind, hours.number)
    if found is None:
        refuse(law.something_to_sign(0))
    assert found
    return found


def able(by: User, hours: Hours) -> frozenset[Role]:
    """Return the roles in which somebody collects the signature of these hours: never their own."""
    assert hours.journey
    if by.pk == hours.person.pk:
        return frozenset()
    if hours.half_day is None:
        return capacity(by, hours.journey)
    team = hours.half_day.workshop.organisation_id
    return frozenset(one.role for one in memberships(by) if one.organisation_id == team)


def leads(by: User, hours: Hours, held: frozenset[Role]) -> bool:
    """Say whether somebody led these hours, or is the head of who did."""
    led_by = hours.meeting.held_by_id if hours.meeting else None
    if hours.half_day:
        led_by = hours.half_day.workshop.led_by_id
    return Role.HEAD in held or led_by == by.pk
