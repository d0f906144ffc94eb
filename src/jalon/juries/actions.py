"""What certifiers and jurors do; whatever moves a journey goes through the one door."""

import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django.db import transaction

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys.actions import UNMISTAKABLE, act, locked
from jalon.journeys.models import JournalEntry, Journey
from jalon.juries.models import (
    Addendum,
    Declaration,
    Finding,
    Hearing,
    Juror,
    Seat,
    Session,
    Vote,
)
from jalon.law.case import (
    Absence,
    BlocVote,
    Convening,
    Deliberation,
    Member,
    PanelRules,
    Reason,
    Score,
)
from jalon.law.jury import hour_free
from jalon.law.rulebook import Refusal, Refused, enforces
from jalon.law.vocabulary import (
    Act,
    College,
    EvaluationForm,
    Gender,
    Mastery,
    Outcome,
    PanelRole,
    Role,
    SessionMode,
)
from jalon.now import now
from jalon.people.models import User
from jalon.people.policy import organisations


@transaction.atomic
def create_session(
    by: User, values: Mapping[str, Any], panel: Iterable[tuple[Juror, PanelRole]]
) -> Session:
    """Plan a session with its panel; raises `Refused` for a person who is not of the certifier."""
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None:
        raise Refused(Refusal("TABLE", "Seul le certificateur organise les sessions de jury."))
    moment = now()
    session = Session.objects.create(
        certifier_id=certifier,
        reference=f"S{moment:%y}-" + "".join(secrets.choice(UNMISTAKABLE) for _ in range(5)),
        created_at=moment,
        **values,
    )
    Seat.objects.bulk_create(
        Seat(session=session, juror=juror, role=role, summoned_on=moment.date())
        for juror, role in panel
    )
    return session


@transaction.atomic
def convene(
    journey_id: uuid.UUID,
    session: Session,
    *,
    by: User,
    starts_at: time,
    minutes: int = 60,
    late_reason: str = "",
    seen: int | None = None,
) -> Hearing:
    """Call a candidate before a session (R-052, R-056, R-059…R-068); raises `Refused`."""
    journey = locked(journey_id)
    if session.certification_id != journey.certification_id:
        raise Refused(Refusal("R-060", "Cette session porte sur une autre certification."))
    Session.objects.select_for_update().get(pk=session.pk)  # two summons at once take turns
    living = session.hearings.filter(cancelled_at__isnull=True)
    if clash := hour_free(living.values_list("starts_at", "minutes"), starts_at, minutes):
        raise Refused(clash)
    facts = Convening(
        session=session.reference,
        held_on=session.held_on,
        starts_at=starts_at,
        minutes=minutes,
        mode=SessionMode(session.mode),
        form=EvaluationForm(session.form),
        place=session.place,
        link=session.link,
        documents=session.documents,
        accessibility_contact=session.accessibility_contact,
        panel=members(session, journey),
        candidate_sirens=sirens(journey),
        late_reason=late_reason,
        imbalance_reason=session.imbalance_reason,
        conflict_reason=session.conflict_reason,
    )
    act(journey_id, Act.SCHEDULE_HEARING, by=by, facts=facts, seen=seen)
    return Hearing.objects.create(
        session=session, attempt=journey.attempt, starts_at=starts_at, minutes=minutes
    )


@enforces("R-063", "R-065", "R-071")
def members(
    session: Session, journey: Journey, hearing: Hearing | None = None
) -> tuple[Member, ...]:
    """Return the panel as the law sees it for one candidate: conflicts are looked up for each."""
    said = {one.juror_id: one for one in hearing.declarations.all()} if hearing else {}
    accompanied = set(journey.meetings.values_list("held_by_id", flat=True)) | {
        journey.architect_id
    }
    panel = []
    for seat in session.panel.select_related("juror__user").prefetch_related(
        "juror__qualified_for"
    ):
        juror = seat.juror
        declaration = said.get(juror.pk)
        panel.append(
            Member(
                juror=str(juror.pk),
                name=juror.user.get_full_name(),
                role=PanelRole(seat.role),
                qualified=journey.certification in juror.qualified_for.all(),
                present=seat.present,
                gender=Gender(juror.gender),
                college=College(juror.college),
                union=juror.union,
                employer_siren=juror.employer_siren,
                accompanied_candidate=juror.user_id in accompanied,
                declared_on=declaration.signed_at if declaration else None,
                declared_relation=bool(declaration and declaration.related),
                summoned_on=seat.summoned_on,
            )
        )
    return tuple(panel)


def sirens(journey: Journey) -> frozenset[str]:
    """Return the companies where the candidate worked (R-065)."""
    known = journey.experiences.exclude(employer_siren="").values_list("employer_siren", flat=True)
    return frozenset(known)


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
    if found.locked_at or found.cancelled_at:
        raise Refused(
            Refusal("R-076", "Le procès-verbal est signé : seul un additif peut le corriger.")
        )
    return found


@transaction.atomic
def declare(hearing: Hearing, by: User, *, related: bool, detail: str = "") -> Declaration:
    """Sign a declaration of independence for one candidate (R-064)."""
    hearing = _open(hearing)
    seat = _seat(hearing, by)
    declaration, _ = Declaration.objects.update_or_create(
        hearing=hearing,
        juror=seat.juror,
        defaults={"related": related, "detail": detail, "signed_at": now()},
    )
    return declaration


@transaction.atomic
def mark_presence(hearing: Hearing, by: User, present: Iterable[int]) -> None:
    """Record which seats are held, by the president."""
    hearing = _open(hearing)
    _president(hearing, by)
    kept = set(present)
    for seat in hearing.session.panel.all():
        seat.present = seat.pk in kept
        seat.save(update_fields=["present"])


def _president(hearing: Hearing, by: User) -> Seat:
    seat = _seat(hearing, by)
    if seat.role != PanelRole.PRESIDENT:
        raise Refused(Refusal("R-061", "Seul le président du jury clôt la délibération."))
    return seat


@transaction.atomic
def find(hearing: Hearing, by: User, found: Mapping[Competence, tuple[Mastery, str]]) -> None:
    """Write what the panel finds, competence by competence (R-072)."""
    hearing = _open(hearing)
    _seat(hearing, by)
    for competence, (mastery, comment) in found.items():
        Finding.objects.update_or_create(
            hearing=hearing,
            competence=competence,
            defaults={"mastery": mastery, "comment": comment},
        )


@transaction.atomic
def vote(hearing: Hearing, by: User, votes: Mapping[Bloc, BlocVote]) -> None:
    """Write the votes, bloc by bloc (R-062)."""
    hearing = _open(hearing)
    _president(hearing, by)
    for bloc, cast in votes.items():
        Vote.objects.update_or_create(
            hearing=hearing,
            bloc=bloc,
            defaults={
                "votes_for": cast.votes_for,
                "votes_against": cast.votes_against,
                "president_for": cast.president_for,
                "ground": cast.ground,
            },
        )


@transaction.atomic
def sign_minutes(
    hearing: Hearing,
    by: User,
    *,
    condition: str = "",
    grounds_confirmed: bool = False,
    signed: bool = True,
    seen: int | None = None,
) -> JournalEntry:
    """Close the deliberation: the minutes are signed, then locked (R-059…R-077)."""
    journey = locked(hearing.attempt.journey_id)
    hearing = _open(hearing)
    _president(hearing, by)
    session = hearing.session
    competences = Competence.objects.filter(bloc__attempts=hearing.attempt)
    deliberation = Deliberation(
        session=session.reference,
        held_on=session.held_on,
        panel=members(session, journey, hearing),
        scores=tuple(
            Score(str(one.competence_id), one.competence.bloc.code, Mastery(one.mastery))
            for one in hearing.findings.select_related("competence__bloc")
        ),
        competences=frozenset(str(pk) for pk in competences.values_list("pk", flat=True)),
        votes=tuple(
            BlocVote(one.bloc.code, one.votes_for, one.votes_against, one.president_for, one.ground)
            for one in hearing.votes.select_related("bloc").order_by("bloc__position")
        ),
        rules=PanelRules(session.quorum, session.parity),
        condition=condition,
        imbalance_reason=session.imbalance_reason,
        grounds_confirmed=grounds_confirmed,
        signed_by_president=signed,
    )
    entry = act(journey.pk, Act.RECORD_DELIBERATION, by=by, facts=deliberation, seen=seen)
    hearing.locked_at, hearing.entry = now(), entry
    hearing.save()
    return entry


@transaction.atomic
def add_addendum(hearing: Hearing, by: User, text: str) -> Addendum:
    """Correct signed minutes by a dated addendum of the president (R-076)."""
    seat = _president(hearing, by)
    if hearing.locked_at is None or not text.strip():
        raise Refused(Refusal("R-076", "Un additif corrige un procès-verbal signé, en le disant."))
    return Addendum.objects.create(hearing=hearing, text=text, author=seat.juror, signed_at=now())


@transaction.atomic
def record_absence(hearing: Hearing, by: User, outcome: Outcome, reason: str = "") -> JournalEntry:
    """Record that the candidate did not come, excused or not (R-084)."""
    journey_id = hearing.attempt.journey_id
    locked(journey_id)
    hearing = _open(hearing)
    facts = Absence(outcome=outcome, held_on=hearing.session.held_on, reason=reason)
    entry = act(journey_id, Act.RECORD_ABSENCE, by=by, facts=facts)
    _cancel(hearing)
    return entry


@transaction.atomic
def postpone(hearing: Hearing, by: User, reason: str) -> JournalEntry:
    """Take a candidate out of a session; another date will follow (R-055)."""
    journey_id = hearing.attempt.journey_id
    locked(journey_id)
    hearing = _open(hearing)
    entry = act(journey_id, Act.POSTPONE_HEARING, by=by, facts=Reason(reason))
    _cancel(hearing)
    return entry


def _cancel(hearing: Hearing) -> None:
    hearing.cancelled_at = now()
    hearing.save(update_fields=["cancelled_at"])
