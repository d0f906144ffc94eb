"""What certifiers and jurors do; whatever moves a journey goes through the one door."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys import events
from jalon.journeys.actions import locked, random_letters
from jalon.juries.effects import refuse_closed
from jalon.juries.models import (
    Addendum,
    Assessment,
    Declaration,
    Hearing,
    Juror,
    Seat,
    Session,
    Vacancy,
    Vote,
)
from jalon.law.facts import (
    BlocVote,
)
from jalon.law.jury import panel_rules
from jalon.law.rulebook import Refusal, Refused, enforces
from jalon.law.vocabulary import (
    Event,
    Mastery,
    Occasion,
    PanelRole,
    Role,
)
from jalon.now import now
from jalon.people.actions import account, admit
from jalon.people.models import Membership, User
from jalon.people.policy import organisations
from jalon.people.queries import settled


@transaction.atomic
def create_session(
    by: User, values: Mapping[str, Any], panel: Iterable[tuple[Juror, PanelRole]]
) -> Session:
    """Plan a session with its panel; raises `Refused` for people who are not of the certifier.

    Its quorum and its parity are those that the certifier settled for that day (R-070).
    """
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None:
        raise Refused(Refusal("TABLE", "Seul le certificateur organise les sessions de jury."))
    panel = list(panel)
    if strangers := [str(juror) for juror, _ in panel if juror.certifier_id != certifier]:
        why = f"Ces personnes ne sont pas de votre vivier : {', '.join(strangers)}."
        raise Refused(Refusal("TABLE", why))
    moment = now()
    rules = panel_rules(settled(certifier), values["held_on"])
    session = Session.objects.create(
        certifier_id=certifier,
        quorum=rules.quorum,
        parity=rules.parity,
        reference=f"S{moment:%y}-" + random_letters(5),
        created_at=moment,
        **values,
    )
    Seat.objects.bulk_create(
        Seat(session=session, juror=juror, role=role, summoned_on=moment.date())
        for juror, role in panel
    )
    jobs.configure_task("mailbox.tell", queue="acts").defer(
        occasion=Occasion.SESSION_CREATED.value, key=str(session.pk)
    )
    return session


@transaction.atomic
def enrol(
    by: User, person: Mapping[str, str], known: Mapping[str, Any], juror: Juror | None = None
) -> Juror:
    """Add a member to the certifier's pool, or change what is known of one (R-060, R-065, R-068).

    `person` holds their address and names, `known` the fields of `Juror`; raises `Refused`.
    """
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None or (juror and juror.certifier_id != certifier):
        raise Refused(Refusal.permission("Seul le certificateur tient la liste de ses jurés."))
    if juror is None:
        user = account(person["email"], person["first_name"], person["last_name"])
        if Juror.objects.filter(user=user).exclude(certifier_id=certifier).exists():
            raise Refused(
                Refusal.permission("Cette personne siège déjà pour un autre certificateur.")
            )
        juror = Juror.objects.filter(user=user).first() or Juror(user=user, certifier_id=certifier)
    for name, value in known.items():
        if name != "qualified_for":
            setattr(juror, name, value)
    juror.save()
    juror.qualified_for.set(known["qualified_for"])
    admit(juror.user, Role.JUROR, juror.certifier)
    return juror


@transaction.atomic
def retire(by: User, juror: Juror) -> None:
    """Take a member out of the pool: they sit no more, what they signed stays; raises `Refused`."""
    if juror.certifier_id not in organisations(by, Role.CERTIFIER):
        raise Refused(Refusal.permission("Seul le certificateur tient la liste de ses jurés."))
    Membership.objects.filter(
        user=juror.user_id, organisation=juror.certifier_id, role=Role.JUROR, ended_at=None
    ).update(ended_at=now())


def _seat(hearing: Hearing, by: User) -> Seat:
    seat = hearing.session.panel.filter(juror__user=by).select_related("juror").first()
    if seat is None:
        raise Refused(Refusal("R-064", "Vous ne siégez pas dans ce jury."))
    return seat


def _open(hearing: Hearing) -> Hearing:
    found = (
        Hearing.objects.select_for_update(of=("self",))
        .select_related("session", "attempt__journey")
        .get(pk=hearing.pk)
    )
    return refuse_closed(found)


@transaction.atomic
def declare(hearing: Hearing, by: User, *, related: bool, detail: str = "") -> Declaration:
    """Sign a declaration of independence for one candidate (R-064)."""
    journey = locked(hearing.attempt.journey_id)
    hearing = _open(hearing)
    seat = _seat(hearing, by)
    declaration, _ = Declaration.objects.update_or_create(
        hearing=hearing,
        juror=seat.juror,
        defaults={"related": related, "detail": detail, "signed_at": now()},
    )
    events.record(journey, Event.JUROR_DECLARED, by=by, role=Role.JUROR)
    return declaration


@transaction.atomic
def mark_presence(hearing: Hearing, by: User, present: Iterable[int]) -> None:
    """Record which seats are held for this candidate, by the president (R-059, R-071)."""
    hearing = _open(hearing)
    _president(hearing, by)
    hearing.vacancies.all().delete()
    Vacancy.objects.bulk_create(
        Vacancy(hearing=hearing, seat=seat)
        for seat in hearing.session.panel.exclude(pk__in=present)
    )


def _president(hearing: Hearing, by: User) -> Seat:
    seat = _seat(hearing, by)
    if seat.role != PanelRole.PRESIDENT:
        raise Refused(Refusal("R-061", "Cela revient au président du jury."))
    return seat


def _independent(hearing: Hearing, seat: Seat) -> None:
    said = hearing.declarations.filter(juror=seat.juror_id).first()
    if said is None:
        raise Refused(Refusal("R-064", "Signez d’abord votre déclaration d’indépendance."))
    if said.related:
        raise Refused(
            Refusal(
                "R-064", "Vous déclarez un lien avec ce candidat : vous ne pouvez pas le juger."
            )
        )


@transaction.atomic
@enforces("R-064")
def record_assessments(
    hearing: Hearing, by: User, found: Mapping[Competence, tuple[Mastery, str]]
) -> None:
    """Write what the panel finds, competence by competence (R-072), once independent (R-064)."""
    hearing = _open(hearing)
    _independent(hearing, _seat(hearing, by))
    Assessment.objects.bulk_create(
        [
            Assessment(hearing=hearing, competence=competence, mastery=mastery, comment=comment)
            for competence, (mastery, comment) in found.items()
        ],
        update_conflicts=True,
        unique_fields=["hearing", "competence"],
        update_fields=["mastery", "comment"],
    )


@transaction.atomic
def vote(hearing: Hearing, by: User, votes: Mapping[Bloc, BlocVote]) -> None:
    """Write the votes, bloc by bloc (R-062)."""
    hearing = _open(hearing)
    _independent(hearing, _president(hearing, by))
    Vote.objects.bulk_create(
        [
            Vote(
                hearing=hearing,
                bloc=bloc,
                votes_for=cast.votes_for,
                votes_against=cast.votes_against,
                president_for=cast.president_for,
                ground=cast.ground,
            )
            for bloc, cast in votes.items()
        ],
        update_conflicts=True,
        unique_fields=["hearing", "bloc"],
        update_fields=["votes_for", "votes_against", "president_for", "ground"],
    )


@transaction.atomic
def add_addendum(hearing: Hearing, by: User, text: str) -> Addendum:
    """Correct signed minutes by a dated addendum of the president (R-076)."""
    seat = _president(hearing, by)
    hearing.refresh_from_db(fields=["locked_at"])
    if hearing.locked_at is None or not text.strip():
        raise Refused(Refusal("R-076", "Un additif corrige un procès-verbal signé, en le disant."))
    return Addendum.objects.create(hearing=hearing, text=text, author=seat.juror, signed_at=now())
