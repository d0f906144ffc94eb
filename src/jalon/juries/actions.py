"""What certifiers and jurors do; whatever moves a journey goes through the one door."""

import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jalon.catalogue.models import Bloc, Competence
from jalon.journeys import events
from jalon.journeys.actions import REFERENCE_LETTERS, act, locked
from jalon.journeys.models import JournalEntry, Journey
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
    Event,
    Gender,
    Mastery,
    Occasion,
    Outcome,
    PanelRole,
    Role,
    SessionMode,
)
from jalon.now import now
from jalon.people.actions import account, admit
from jalon.people.models import Membership, User
from jalon.people.policy import organisations


@transaction.atomic
def create_session(
    by: User, values: Mapping[str, Any], panel: Iterable[tuple[Juror, PanelRole]]
) -> Session:
    """Plan a session with its panel; raises `Refused` for people who are not of the certifier."""
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None:
        raise Refused(Refusal("TABLE", "Seul le certificateur organise les sessions de jury."))
    panel = list(panel)
    if strangers := [str(juror) for juror, _ in panel if juror.certifier_id != certifier]:
        why = f"Ces personnes ne sont pas de votre vivier : {', '.join(strangers)}."
        raise Refused(Refusal("TABLE", why))
    moment = now()
    session = Session.objects.create(
        certifier_id=certifier,
        reference=f"S{moment:%y}-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(5)),
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
    if session.certifier_id != journey.certifier_id:
        raise Refused(Refusal("TABLE", "Cette session est celle d’un autre certificateur."))
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
        panel=panel_facts(session, journey),
        candidate_sirens=sirens(journey),
        late_reason=late_reason,
        imbalance_reason=session.imbalance_reason,
        conflict_reason=session.conflict_reason,
    )
    act(journey_id, Act.SCHEDULE_HEARING, by=by, facts=facts, seen=seen)
    return Hearing.objects.create(
        session=session, attempt=journey.attempt, starts_at=starts_at, minutes=minutes
    )


@enforces("R-059", "R-063", "R-064", "R-065", "R-071")
def panel_facts(
    session: Session, journey: Journey, hearing: Hearing | None = None
) -> tuple[Member, ...]:
    """Return the panel as the law sees it for one candidate: conflicts are looked up for each.

    Before the hearing, what a member last declared of this candidate still counts.
    """
    said = {one.juror_id: one for one in declarations(journey, hearing)}
    empty = set(hearing.vacancies.values_list("seat_id", flat=True)) if hearing else set()
    accompanied = accompanists(journey)
    panel = []
    for seat in session.panel.select_related("juror__user").prefetch_related(
        "juror__qualified_for"
    ):
        user, declaration = seat.juror.user, said.get(seat.juror_id)
        own_file = user.pk == journey.candidate_id
        panel.append(
            member_facts(
                seat,
                qualified=journey.certification in seat.juror.qualified_for.all(),
                present=seat.pk not in empty,
                accompanied_candidate=user.pk in accompanied,
                declared_on=declaration.signed_at if declaration else None,
                declared_relation=own_file or bool(declaration and declaration.related),
            )
        )
    return tuple(panel)


def member_facts(seat: Seat, **towards_candidate: Any) -> Member:
    """Return a seat as the law sees it, with what is known of it towards one candidate."""
    juror = seat.juror
    return Member(
        juror=str(juror.pk),
        name=juror.user.get_full_name(),
        role=PanelRole(seat.role),
        gender=Gender(juror.gender),
        college=College(juror.college),
        union=juror.union,
        employer_siren=juror.employer_siren,
        summoned_on=seat.summoned_on,
        **towards_candidate,
    )


def declarations(journey: Journey, hearing: Hearing | None) -> Iterable[Declaration]:
    """Return the declarations for a hearing; without one, each juror's last about the candidate."""
    if hearing:
        return hearing.declarations.all()
    about = Declaration.objects.filter(hearing__attempt__journey__candidate=journey.candidate_id)
    return about.order_by("juror_id", "-signed_at").distinct("juror_id")


def accompanists(journey: Journey) -> frozenset[int]:
    """Return who accompanied this candidate, on this journey or another (R-063)."""
    own = Journey.objects.filter(candidate=journey.candidate_id)
    acted = JournalEntry.objects.filter(
        journey__in=own, role__in=(Role.ARCHITECT, Role.HEAD), author__isnull=False
    )
    people = (
        own.filter(architect__isnull=False)
        .values_list("architect", flat=True)
        .union(
            own.filter(meetings__isnull=False).values_list("meetings__held_by", flat=True),
            acted.values_list("author", flat=True),
        )
    )
    return frozenset(people)


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
    if found.locked_at:
        raise Refused(
            Refusal("R-076", "Le procès-verbal est signé : seul un additif peut le corriger.")
        )
    if found.cancelled_at:
        raise Refused(Refusal("R-077", "Ce passage n’a pas eu lieu : une autre date est attendue."))
    return found


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
def sign_minutes(
    hearing: Hearing,
    by: User,
    *,
    condition: str = "",
    imbalance_reason: str = "",
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
        panel=panel_facts(session, journey, hearing),
        scores=tuple(
            Score(str(one.competence_id), one.competence.bloc.code, Mastery(one.mastery))
            for one in hearing.assessments.select_related("competence__bloc")
        ),
        competences=frozenset(str(pk) for pk in competences.values_list("pk", flat=True)),
        votes=tuple(
            one.cast() for one in hearing.votes.select_related("bloc").order_by("bloc__position")
        ),
        rules=PanelRules(session.quorum, session.parity),
        condition=condition,
        imbalance_reason=imbalance_reason.strip() or session.imbalance_reason,
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
    hearing.refresh_from_db(fields=["locked_at"])
    if hearing.locked_at is None or not text.strip():
        raise Refused(Refusal("R-076", "Un additif corrige un procès-verbal signé, en le disant."))
    return Addendum.objects.create(hearing=hearing, text=text, author=seat.juror, signed_at=now())


@transaction.atomic
def record_absence(hearing: Hearing, by: User, outcome: Outcome, reason: str = "") -> JournalEntry:
    """Record that the candidate did not come, excused or not (R-084)."""
    journey_id = hearing.attempt.journey_id
    locked(journey_id)
    hearing = _open(hearing)
    if hearing.session.certifier_id not in organisations(by, Role.CERTIFIER):
        _president(hearing, by)  # of this very session, whoever presided an earlier one
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
