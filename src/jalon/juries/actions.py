"""Who may sit, and what a panel writes of a candidate; sessions are planned in `planning`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon.catalogue.models import Bloc, Certification, Competence, Criterion
from jalon.journeys import events
from jalon.journeys.actions import locked
from jalon.journeys.policy import capacity
from jalon.juries.effects import refuse_closed
from jalon.juries.models import (
    Addendum,
    Assessment,
    Declaration,
    Hearing,
    Juror,
    LiftedLink,
    OwnAssessment,
    Seat,
    Vacancy,
    Vote,
)
from jalon.juries.panel import links, standing
from jalon.law.facts import BlocVote, LinkLifted, PanelChange
from jalon.law.independence import lifted_with_a_reason, link_not_taken_back
from jalon.law.jury import vote_refused
from jalon.law.rulebook import Refusal, Refused, enforces, refuse
from jalon.law.vocabulary import (
    Event,
    Mastery,
    PanelRole,
    Role,
)
from jalon.now import now
from jalon.people.actions import invited
from jalon.people.models import Certifying, Membership, Organisation, User
from jalon.people.policy import organisations


@transaction.atomic
def enrol(
    by: User, person: Mapping[str, str], known: Mapping[str, Any], juror: Juror | None = None
) -> Juror:
    """Add a member to the certifier's pool, or change what is known of one (R-060, R-065, R-068).

    `person` holds their address and names, `known` the fields of `Juror`. Somebody who has an account
    joins the pool once they accept. Raises `Refused`.
    """
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None or (juror and juror.certifier_id != certifier):
        raise Refused(
            Refusal.permission("Seul le certificateur tient la liste de ses membres de jury.")
        )
    if juror is None:
        membership = invited(by, Role.JUROR, Organisation.objects.get(pk=certifier), **person)
        user = membership.user
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
    return juror


@transaction.atomic
def retire(by: User, juror: Juror) -> None:
    """Take a member out of the pool: they sit no more, what they signed stays; raises `Refused`."""
    if juror.certifier_id not in organisations(by, Role.CERTIFIER):
        raise Refused(
            Refusal.permission("Seul le certificateur tient la liste de ses membres de jury.")
        )
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
    """Sign a declaration of independence for one candidate, after those before it (R-064).

    A link is not taken back by who declared it. Raises `Refused`.
    """
    journey = locked(hearing.attempt.journey_id)
    hearing = _open(hearing)
    seat = _seat(hearing, by)
    linked = links(journey).filter(juror=seat.juror_id).exists()
    refuse(link_not_taken_back(linked=linked, related=related))
    declaration = Declaration.objects.create(
        hearing=hearing, juror=seat.juror, related=related, detail=detail, signed_at=now()
    )
    events.record(journey, Event.JUROR_DECLARED, by=by, role=Role.JUROR)
    return declaration


@transaction.atomic
def lift(declaration: Declaration, by: User, reason: str) -> LiftedLink:
    """Lift a declared link, by the certifier: the journal says why, and the member signs anew (R-064).

    Raises `Refused`.
    """
    journey = locked(declaration.hearing.attempt.journey_id)
    if Role.CERTIFIER not in capacity(by, journey):
        raise Refused(Refusal.permission("Seul le certificateur du dossier lève un lien déclaré."))
    refuse(lifted_with_a_reason(reason))
    lifted, made = LiftedLink.objects.get_or_create(
        declaration=declaration, defaults={"by": by, "reason": reason.strip(), "at": now()}
    )
    if made:
        said = LinkLifted(str(declaration.juror), lifted.reason)
        events.record(journey, Event.LINK_LIFTED, by=by, role=Role.CERTIFIER, facts=said)
    return lifted


@transaction.atomic
@enforces("R-061")
def mark_presence(
    hearing: Hearing, by: User, present: Iterable[int], chair: int | None = None
) -> None:
    """Record which seats are held for this candidate, and who presides among those present.

    The president does it, or any member when the president is not there (R-059, R-061, R-071):
    the members present choose one of them, and the journal says so.
    """
    journey = locked(hearing.attempt.journey_id)
    hearing = _open(hearing)
    own = _seat(hearing, by)
    seats, present = list(hearing.session.panel.all()), set(present)
    before = hearing.presides
    chosen = next((seat for seat in seats if seat.pk == chair), before)
    if own != before and before in [seat for seat in seats if seat.pk in present]:
        raise Refused(Refusal("R-061", "Cela revient au président du jury, qui est présent."))
    if chosen is None or chosen.pk not in present:
        raise Refused(
            Refusal("R-061", "Le président n’est pas là : désignez-en un parmi les présents.")
        )
    hearing.vacancies.all().delete()
    Vacancy.objects.bulk_create(
        Vacancy(hearing=hearing, seat=seat) for seat in seats if seat.pk not in present
    )
    hearing.chair = None if chosen.role == PanelRole.PRESIDENT else chosen
    hearing.save(update_fields=["chair"])
    if chosen != before:
        said = PanelChange("Désigné parmi les membres présents.", president=str(chosen.juror))
        events.record(journey, Event.PANEL_CHANGED, by=by, role=Role.JUROR, facts=said)


def _president(hearing: Hearing, by: User) -> Seat:
    seat = _seat(hearing, by)
    if seat != hearing.presides:
        raise Refused(Refusal("R-061", "Cela revient au président du jury."))
    return seat


def _independent(hearing: Hearing, seat: Seat) -> None:
    journey = hearing.attempt.journey
    if links(journey).filter(juror=seat.juror_id).exists():
        raise Refused(
            Refusal(
                "R-064", "Vous déclarez un lien avec ce candidat : vous ne pouvez pas le juger."
            )
        )
    if seat.juror_id not in standing(journey, hearing):
        raise Refused(Refusal("R-064", "Signez d’abord votre déclaration d’indépendance."))


@transaction.atomic
@enforces("R-064")
def record_assessments(
    hearing: Hearing,
    by: User,
    found: Mapping[Competence, tuple[Mastery, str]],
    seen: datetime | None = None,
) -> None:
    """Write what the panel finds, competence by competence (R-072), once independent (R-064).

    Each finding keeps who wrote it, and the criteria it was judged by. `seen` is when the page was
    drawn: what somebody else wrote since is not written over, and raises `Refused`.
    """
    hearing = _open(hearing)
    seat = _seat(hearing, by)
    _independent(hearing, seat)
    kept = {one.competence_id: one for one in hearing.assessments.all()}
    changed = {
        competence: said
        for competence, said in found.items()
        if said != _said(kept.get(competence.pk))
    }
    _refuse_overwriting(seat.juror, [kept[one.pk] for one in changed if one.pk in kept], seen)
    moment = now()
    Assessment.objects.bulk_create(
        [
            Assessment(
                hearing=hearing,
                competence=competence,
                mastery=mastery,
                comment=comment,
                criteria="\n".join(one.text for one in competence.criteria.all()),
                written_by=seat.juror,
                written_at=moment,
            )
            for competence, (mastery, comment) in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["hearing", "competence"],
        update_fields=["mastery", "comment", "criteria", "written_by", "written_at"],
    )


def _said(one: Assessment | None) -> tuple[Mastery, str] | None:
    return (one.mastery, one.comment) if one else None


def _refuse_overwriting(juror: Juror, kept: Iterable[Assessment], seen: datetime | None) -> None:
    """Raise `Refused` when somebody else wrote what would be changed after the page was drawn."""
    for one in kept:
        meanwhile = seen and one.written_at and one.written_at > seen
        if meanwhile and one.written_by and one.written_by != juror:
            raise Refused(
                Refusal.permission(
                    f"{one.written_by} a écrit un constat sur « {one.competence} » pendant que vous "
                    "remplissiez cette page. Relisez-le, puis enregistrez de nouveau."
                )
            )


@transaction.atomic
@enforces("R-064", "R-072")
def record_own_assessments(
    hearing: Hearing, by: User, found: Mapping[Competence, tuple[Mastery, str]]
) -> None:
    """Write what one member finds for themselves, before the panel agrees."""
    hearing = _open(hearing)
    seat = _seat(hearing, by)
    _independent(hearing, seat)
    OwnAssessment.objects.bulk_create(
        [
            OwnAssessment(
                hearing=hearing,
                juror=seat.juror,
                competence=competence,
                mastery=mastery,
                comment=comment,
            )
            for competence, (mastery, comment) in found.items()
        ],
        update_conflicts=True,
        unique_fields=["hearing", "juror", "competence"],
        update_fields=["mastery", "comment"],
    )


@transaction.atomic
def vote(hearing: Hearing, by: User, votes: Mapping[Bloc, BlocVote]) -> None:
    """Write the votes, bloc by bloc: never more than the members present; raises `Refused` (R-062)."""
    hearing = _open(hearing)
    _independent(hearing, _president(hearing, by))
    sitting = hearing.session.panel.exclude(vacancies__hearing=hearing).count()
    for bloc, cast in votes.items():
        refuse(vote_refused(replace(cast, title=bloc.title), sitting))
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


@transaction.atomic
@enforces("R-072")
def write_criteria(
    by: User, certification: Certification, criteria: Mapping[Competence, Iterable[str]]
) -> None:
    """Write what a jury looks at for each competence, by a certifier of the sheet; raises `Refused`.

    Findings already written keep the criteria they were judged by.
    """
    if not may_write_criteria(by, certification):
        raise Refused(Refusal.permission("Seul le certificateur de la fiche écrit ses critères."))
    Criterion.objects.filter(competence__in=list(criteria)).delete()
    Criterion.objects.bulk_create(
        Criterion(competence=competence, position=rank, text=text)
        for competence, texts in criteria.items()
        for rank, text in enumerate(texts, 1)
    )


def may_write_criteria(viewer: User, certification: Certification) -> bool:
    """Say whether a person writes the criteria of a sheet: one of its certifiers."""
    own = organisations(viewer, Role.CERTIFIER)
    return Certifying.objects.filter(organisation__in=own, certification=certification).exists()
