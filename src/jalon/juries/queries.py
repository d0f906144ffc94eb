"""Reads of juries: each takes the viewer first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from jalon.catalogue.models import Certification
from jalon.journeys.models import AccessLog, Adjustment, Attempt, Clock, JournalEntry, Journey
from jalon.journeys.policy import in_hand
from jalon.journeys.queries import adjustments
from jalon.juries.models import (
    Declaration,
    Hearing,
    Juror,
    Seat,
    Session,
    SessionQuerySet,
    Vacancy,
)
from jalon.juries.panel import member_facts
from jalon.juries.policy import attempts_heard_by, heard_in_sessions_of
from jalon.law import stages
from jalon.law.facts import Member, PanelRules
from jalon.law.jury import Check, free_hours, late_summons_warning, panel_checks, panel_rules
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import (
    Act,
    AdjustedStep,
    AdjustmentOutcome,
    ClockKind,
    PanelRole,
    Role,
    SeatAnswer,
    Setting,
    Stage,
)
from jalon.now import today
from jalon.people.models import Membership, User
from jalon.people.policy import organisations, roles
from jalon.people.queries import settled


def sessions(viewer: User) -> SessionQuerySet:
    """Return the sessions of the viewer's certifier, and those the viewer sits in: the next one first."""
    seats = Seat.objects.filter(juror__user=viewer)
    mine = Q(certifier__in=organisations(viewer, Role.CERTIFIER)) | Q(
        pk__in=seats.values("session")
    )
    if Role.ADMINISTRATOR in roles(viewer):
        mine = Q()
    found = Session.objects.filter(mine).select_related("certification")
    return next_first(found.annotate(heard=how_many(Hearing.objects.living())))


def sessions_to_come(viewer: User) -> SessionQuerySet:
    """Return the sessions that are still to be held, the next one first, with who sits and who comes."""
    return (
        sessions(viewer)
        .living()
        .filter(held_on__gte=today())
        .annotate(
            seated=how_many(Seat.objects.all()),
            coming=how_many(Seat.objects.filter(answer=SeatAnswer.ACCEPTED)),
            declined=how_many(Seat.objects.filter(answer=SeatAnswer.DECLINED)),
        )
    )


def how_many(rows: QuerySet[Any]) -> Coalesce:
    """Return the expression on Session that counts some rows, those of each session."""
    found = rows.filter(session=OuterRef("pk")).order_by().values("session")
    return Coalesce(Subquery(found.values(count=Count("pk"))), 0)


def sessions_over(viewer: User) -> SessionQuerySet:
    """Return the sessions that were held, and those that were cancelled, the latest first."""
    return sessions(viewer).filter(Q(held_on__lt=today()) | Q(cancelled_at__isnull=False))


def with_panel(found: QuerySet[Session], shown: QuerySet[Hearing]) -> QuerySet[Session]:
    """Return the same sessions, each with its panel and those of its hearings that are shown."""
    named = shown.select_related("attempt__journey__candidate", "attempt__journey__certification")
    return found.prefetch_related("panel__juror__user", Prefetch("hearings", queryset=named))


@enforces("R-123")
def hearings(viewer: User) -> QuerySet[Hearing]:
    """Return the hearings of the viewer's certifier, and those that the viewer holds as a juror."""
    living = Hearing.objects.living()
    if Role.ADMINISTRATOR in roles(viewer):
        return living
    heard = Q(pk__in=heard_in_sessions_of(viewer).values("pk"))
    return living.filter(heard | Q(session__certifier__in=organisations(viewer, Role.CERTIFIER)))


def session(viewer: User, id: int) -> Session:
    """Return one session with its panel and hearings; raises DoesNotExist."""
    return with_panel(sessions(viewer), hearings(viewer)).get(pk=id)


def sessions_of_juror(juror: User) -> QuerySet[Session]:
    """Return the sessions a juror sits in and who is heard: the next one first, then those gone by.

    Nobody is named any more once their minutes are old (R-123).
    """
    seats = Seat.objects.filter(juror__user=juror)
    own = Session.objects.filter(pk__in=seats.values("session")).select_related("certification")
    return next_first(with_panel(own, heard_in_sessions_of(juror)))


def next_first(found: QuerySet[Session]) -> Any:
    """Return sessions in the order in which they matter: the next one first, then those gone by."""
    to_come = Case(When(held_on__gte=today(), then=F("held_on")))
    return found.order_by(to_come.asc(nulls_last=True), "-held_on", "pk")


def seat_of(viewer: User, session: int) -> Seat:
    """Return the seat that a person holds in a session; raises DoesNotExist."""
    held = Seat.objects.select_related(
        "session__certification", "session__certifier", "juror__user"
    )
    return held.get(session=session, juror__user=viewer)


def hearing(viewer: User, id: int) -> Hearing:
    """Return one hearing that a juror holds, and record the look (R-124); raises DoesNotExist."""
    found = (
        heard_in_sessions_of(viewer)
        .select_related(
            "session__certification", "attempt__journey__candidate", "attempt__validation"
        )
        .get(pk=id)
    )
    AccessLog.objects.create(
        journey=found.attempt.journey, reader=viewer, what="passage devant le jury"
    )
    return found


def judges(viewer: User, hearing: Hearing) -> bool:
    """Say whether a juror declared no link with a candidate: until then, they read nothing (R-064)."""
    return Attempt.objects.filter(attempts_heard_by(viewer), pk=hearing.attempt_id).exists()


def jurors(viewer: User) -> QuerySet[Juror]:
    """Return the pool of the viewer's certifier: those who sit, not those who left."""
    return _pool(viewer, Membership.objects.living())


def asked_to_sit(viewer: User) -> QuerySet[Juror]:
    """Return who was asked to join the pool of the viewer's certifier and did not answer yet."""
    return _pool(viewer, Membership.objects.offered())


def _pool(viewer: User, held: QuerySet[Membership]) -> QuerySet[Juror]:
    own = held.filter(user=OuterRef("user"), organisation=OuterRef("certifier"), role=Role.JUROR)
    return (
        Juror.objects.filter(Exists(own), certifier__in=organisations(viewer, Role.CERTIFIER))
        .select_related("user")
        .prefetch_related("qualified_for")
    )


@enforces("R-068")
def participations(viewer: User, since: date, until: date) -> QuerySet[Seat]:
    """Return who really sat between two days for the viewer's certifier, by union, name and day.

    A seat counts once minutes of its session were signed while its member was there.
    """
    missed = Vacancy.objects.filter(hearing=OuterRef("pk"), seat=OuterRef(OuterRef("pk")))
    sat = Hearing.objects.filter(
        ~Exists(missed), session=OuterRef("session"), locked_at__gte=OuterRef("added_at")
    )
    sat_before_leaving = sat.filter(locked_at__lt=OuterRef("left_at"))
    return (
        Seat.ever.filter(
            Q(Exists(sat), left_at=None) | Exists(sat_before_leaving),
            session__certifier__in=organisations(viewer, Role.CERTIFIER),
            session__held_on__range=(since, until),
        )
        .select_related("juror__user", "session__certification")
        .order_by(
            "juror__college", "juror__union", "juror__user__last_name", "session__held_on", "pk"
        )
    )


@enforces("R-057")
def hearings_to_tell(architect: User) -> QuerySet[Hearing]:
    """Return the planned hearings of an architect's candidates, to confirm that each was told."""
    told = JournalEntry.objects.filter(
        journey=OuterRef("attempt__journey"),
        act=Act.CONFIRM_TOLD,
        at__gte=OuterRef("attempt__journey__stage_since"),
    )
    return (
        Hearing.objects.filter(
            in_hand(architect, "attempt__journey__"),
            cancelled_at__isnull=True,
            locked_at__isnull=True,
        )
        .exclude(Exists(told))
        .select_related("session", "attempt__journey__candidate__candidate_profile")
        .order_by("session__held_on", "starts_at")
    )


def hearings_of_day(architect: User, day: date) -> QuerySet[Hearing]:
    """Return the hearings of an architect's candidates on one day, in the order of their hours."""
    return (
        Hearing.objects.filter(
            in_hand(architect, "attempt__journey__"),
            cancelled_at__isnull=True,
            session__held_on=day,
        )
        .select_related("session", "attempt__journey__candidate")
        .order_by("starts_at", "pk")
    )


def rules_of(viewer: User, held_on: date) -> PanelRules:
    """Return the quorum and the parity that the viewer's certifier settled for a day (R-070)."""
    certifier = next(iter(organisations(viewer, Role.CERTIFIER)), None)
    return panel_rules(settled(certifier), held_on) if certifier else PanelRules()


def quorum_settled(certifier: int, held_on: date) -> bool:
    """Say whether a certifier settled a quorum for a day: the law's minimum holds otherwise (R-070)."""
    return settled(certifier).value(Setting.QUORUM, held_on) is not None


#: How many candidates a check of the panel names.
NAMED = 5


def linked_with(
    jurors: Sequence[Juror], certification: Certification, certifiers: Iterable[int]
) -> list[str]:
    """Return the first candidates before a jury whom one of these people accompanied or worked with.

    The whole look, candidate by candidate, is that of the summons (R-063, R-065).
    """
    users = [juror.user_id for juror in jurors]
    sirens = {juror.employer_siren for juror in jurors} - {""}
    waiting = Journey.objects.filter(
        certification=certification, certifier__in=certifiers, stage__in=stages.AWAITING_A_JURY
    )
    near = (
        Q(architect__in=users)
        | Q(meetings__held_by__in=users)
        | Q(experiences__employer_siren__in=sirens)
    )
    found = waiting.filter(near).select_related("candidate").order_by("pk").distinct()
    return [journey.candidate.get_full_name() for journey in found[:NAMED]]


def checks_of(
    viewer: User,
    panel: Iterable[tuple[Juror, PanelRole]],
    certification: Certification,
    held_on: date,
) -> tuple[Check, ...]:
    """Return what the law says of a panel that is not saved yet, for a certification and a day."""
    panel = list(panel)
    certifiers = organisations(viewer, Role.CERTIFIER)
    linked = linked_with([juror for juror, _ in panel], certification, certifiers)
    members = [
        Member(
            juror=str(juror.pk),
            name=juror.user.get_full_name(),
            role=role,
            qualified=certification in juror.qualified_for.all(),
            present=True,
            gender=juror.gender,
            college=juror.college,
            union=juror.union,
            summoned_on=today(),
        )
        for juror, role in panel
    ]
    mine = next(iter(certifiers), None)
    return panel_checks(
        members,
        rules_of(viewer, held_on),
        held_on,
        today(),
        linked,
        quorum_settled=mine is not None and quorum_settled(mine, held_on),
    )


def checks(session: Session) -> tuple[Check, ...]:
    """Return what the law says of the panel of a session, whoever it hears."""
    seats = session.panel.select_related("juror__user").prefetch_related("juror__qualified_for")
    members = [
        member_facts(
            seat,
            seat.role,
            qualified=session.certification in seat.juror.qualified_for.all(),
            present=True,
        )
        for seat in seats
    ]
    jurors = [seat.juror for seat in seats]
    linked = linked_with(jurors, session.certification, [session.certifier_id])
    rules = PanelRules(session.quorum, session.parity)
    return panel_checks(
        members,
        rules,
        session.held_on,
        today(),
        linked,
        quorum_settled=quorum_settled(session.certifier_id, session.held_on),
    )


def links_declared(session: Session) -> QuerySet[Declaration]:
    """Return the links that members declared with candidates of a session, those lifted last (R-064)."""
    found = Declaration.objects.filter(
        related=True, hearing__session=session, hearing__cancelled_at=None
    ).select_related("juror__user", "hearing__attempt__journey__candidate", "lift")
    return found.order_by(F("lift").desc(nulls_first=True), "pk")


def link(viewer: User, id: int) -> Declaration:
    """Return a link that stands, declared in a session of the viewer's certifier; raises DoesNotExist."""
    found = Declaration.objects.select_related(
        "juror__user", "hearing__attempt__journey__candidate"
    )
    own = organisations(viewer, Role.CERTIFIER)
    return found.get(pk=id, related=True, lift=None, hearing__session__certifier__in=own)


@enforces("R-127")
def adjustments_of(viewer: User, session: Session) -> dict[UUID, list[Adjustment]]:
    """Return what the candidates of a session asked for the jury and the viewer reads, by journey."""
    heard = session.hearings.filter(cancelled_at=None).values("attempt__journey")
    found: dict[UUID, list[Adjustment]] = defaultdict(list)
    asked = adjustments(viewer).filter(journey__in=heard, step=AdjustedStep.JURY)
    for one in asked.exclude(outcome=AdjustmentOutcome.REFUSED):
        found[one.journey_id].append(one)
    return dict(found)


def waiting_for(session: Session) -> QuerySet[Journey]:
    """Return the journeys that wait for a jury of this certification, the nearest limit first."""
    limit = Clock.objects.running().filter(journey=OuterRef("pk"), kind=ClockKind.HEARING)
    return (
        Journey.objects.filter(
            certifier=session.certifier_id,
            certification=session.certification_id,
            stage=Stage.VALIDATION_ACCEPTED,
        )
        .select_related("candidate")
        .annotate(hearing_limit=Subquery(limit.values("limit_on")[:1]))
        .order_by(F("hearing_limit").asc(nulls_last=True), "stage_since")
    )


def free_hours_of(session: Session, minutes: int = 60) -> list[time]:
    """Return the hours at which a session can still hear somebody."""
    taken = [(one.starts_at, one.minutes) for one in session.hearings.all() if not one.cancelled_at]
    return free_hours(session.starts_at, session.ends_at, minutes, taken)


def composition_warnings(session: Session) -> list[Refusal]:
    """Return what the certifier should know of a panel before it sits, whoever it hears (R-069)."""
    panel = (
        member_facts(seat, seat.role, qualified=False, present=True) for seat in session.panel.all()
    )
    found = (late_summons_warning(one, session.held_on) for one in panel)
    return [warning for warning in found if warning]
