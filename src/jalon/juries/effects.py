"""What the acts of the jury need from a session, and what they write in it."""

from datetime import date, time
from typing import Any

from django.db.models import QuerySet

from jalon.catalogue.models import Competence
from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.juries.models import Hearing, Seat, Session
from jalon.juries.panel import helper_sirens, panel_facts, sirens
from jalon.law.clocks import hearing as hearing_span
from jalon.law.facts import (
    Absence,
    AbsenceRequest,
    Convening,
    Deliberation,
    HearingRequest,
    MinutesRequest,
    PanelRules,
    Postponement,
    PostponementRequest,
    Score,
)
from jalon.law.jury import hour_free, members_free, settled_limit, within_session
from jalon.law.rulebook import Refusal, Refused, refuse
from jalon.law.vocabulary import Act, ClockKind, ClockState, Route, Stage
from jalon.now import now, paris_day, today
from jalon.people.queries import settled


@resolve(Act.SCHEDULE_HEARING)
def convening(journey: Journey, asked: HearingRequest) -> Convening:
    """Complete a summons with the session and its panel; raises `Refused` (R-056, R-060)."""
    session = Session.objects.select_for_update().get(pk=asked.session)  # two at once take turns
    if session.certification_id != journey.certification_id:
        raise Refused(Refusal("R-060", "Cette session porte sur une autre certification."))
    if session.certifier_id != journey.certifier_id:
        raise Refused(Refusal.permission("Cette session est celle d’un autre certificateur."))
    if session.cancelled_at:
        raise Refused(Refusal("R-056", "Cette session est annulée : choisissez-en une autre."))
    refuse(hours_clash(session, asked.starts_at, asked.minutes))
    return summons_facts(session, journey, asked)


def hours_clash(session: Session, starts_at: time, minutes: int) -> Refusal | None:
    """Return why an hour is not free, in the session or for one of its members, or None."""
    if outside := within_session(session.starts_at, session.ends_at, starts_at):
        return outside
    taken = session.hearings.living().values_list("starts_at", "minutes")
    if clash := hour_free(taken, starts_at, minutes):
        return clash
    elsewhere = heard_elsewhere(session, session.panel.values("juror"))
    return members_free(elsewhere, starts_at, minutes)


def heard_elsewhere(session: Session, jurors: QuerySet[Any, Any]) -> list[tuple[time, int, str]]:
    """Return the hours at which some jurors sit elsewhere that day, each with their name."""
    seats = Seat.objects.filter(juror__in=jurors, session__held_on=session.held_on)
    busy = seats.exclude(session=session).select_related("juror__user")
    hearings = Hearing.objects.living().filter(session__in=[seat.session_id for seat in busy])
    held = [(one.session_id, one.starts_at, one.minutes) for one in hearings]
    return [
        (start, length, seat.juror.user.get_full_name())
        for seat in busy
        for number, start, length in held
        if number == seat.session_id
    ]


def summons_facts(session: Session, journey: Journey, asked: HearingRequest) -> Convening:
    """Return a summons before a session as the law judges it."""
    return Convening(
        session=session.reference,
        held_on=session.held_on,
        starts_at=asked.starts_at,
        minutes=asked.minutes,
        mode=session.mode,
        form=session.form,
        place=session.place,
        link=session.link,
        documents=session.documents,
        accessibility_contact=session.accessibility_contact,
        panel=panel_facts(session, journey),
        candidate_sirens=sirens(journey),
        helper_sirens=helper_sirens(journey),
        rules=PanelRules(session.quorum, session.parity),
        late_reason=asked.late_reason,
        short_notice_reason=asked.short_notice_reason,
        imbalance_reason=session.imbalance_reason,
        conflict_reason=asked.conflict_reason.strip() or session.conflict_reason,
    )


@effect(Act.SCHEDULE_HEARING)
def plan_hearing(ctx: ActContext[Convening]) -> None:
    """The candidate has an hour of their own in the session."""
    assert ctx.facts.starts_at is not None  # a summons without its hour was refused
    Hearing.objects.create(
        session=Session.objects.get(reference=ctx.facts.session),
        attempt=ctx.journey.attempt,
        starts_at=ctx.facts.starts_at,
        minutes=ctx.facts.minutes,
    )


@resolve(Act.RECORD_DELIBERATION)
def deliberation(journey: Journey, asked: MinutesRequest) -> Deliberation:
    """Complete the minutes with who sat, what was found and how they voted; raises `Refused`."""
    hearing = open_hearing(journey, asked.hearing)
    session = hearing.session
    competences = Competence.objects.filter(bloc__attempts=hearing.attempt_id)
    return Deliberation(
        session=session.reference,
        held_on=session.held_on,
        panel=panel_facts(session, journey, hearing),
        scores=tuple(
            Score(str(one.competence_id), one.competence.bloc.code, one.mastery, one.criteria)
            for one in hearing.assessments.select_related("competence__bloc")
        ),
        competences=frozenset(str(pk) for pk in competences.values_list("pk", flat=True)),
        votes=tuple(
            one.cast() for one in hearing.votes.select_related("bloc").order_by("bloc__position")
        ),
        rules=PanelRules(session.quorum, session.parity),
        condition=asked.condition,
        imbalance_reason=asked.imbalance_reason.strip() or session.imbalance_reason,
        candidate_sirens=sirens(journey),
        helper_sirens=helper_sirens(journey),
        conflict_reason=asked.conflict_reason,
        starts_at=hearing.moment,
        signed_at=now(),
        grounds_confirmed=asked.grounds_confirmed,
        signed_by_president=asked.signed,
    )


@effect(Act.RECORD_DELIBERATION)
def lock_minutes(ctx: ActContext[Deliberation]) -> None:
    """The minutes are signed: nothing of the hearing changes any more (R-076)."""
    hearing = living_hearing(ctx.journey)
    hearing.locked_at, hearing.entry = ctx.at, ctx.entry
    hearing.save(update_fields=["locked_at", "entry"])


@resolve(Act.RECORD_ABSENCE)
def absence(journey: Journey, asked: AbsenceRequest) -> Absence:
    """Complete an absence with the day of the session; raises `Refused`."""
    hearing = open_hearing(journey, asked.hearing)
    held_on, deposited_on = hearing.session.held_on, deposit_of(journey)
    limit = limit_of(journey, deposited_on)
    if limit and today() > limit:
        # the certifier kept the delay: the jury sat, the candidate was not there
        deposited_on = limit = None
    return Absence(asked.outcome, held_on, asked.reason, deposited_on, limit)


@resolve(Act.POSTPONE_HEARING)
def postponement(journey: Journey, asked: PostponementRequest) -> Postponement:
    """Complete a postponement with the day, and what the delay is counted from again."""
    hearing = living_hearing(journey)
    missed = journey.clocks.filter(kind=ClockKind.HEARING, state=ClockState.EXPIRED)
    deposited_on = deposit_of(journey)
    said_already = deposited_on and missed.filter(started_on=deposited_on).exists()
    return Postponement(
        reason=asked.reason,
        whose=asked.whose,
        same_day=asked.same_day,
        held_on=hearing.session.held_on,
        begun=hearing.assessments.exists() or hearing.votes.exists(),
        deposited_on=None if said_already else deposited_on,
        hearing_by=None if said_already else limit_of(journey, deposited_on),
    )


def limit_of(journey: Journey, deposited_on: date | None) -> date | None:
    """Return by when a jury is to sit: by the law, or by what the certifier settled (2002)."""
    if deposited_on is None:
        return None
    if journey.route == Route.FRANCE_VAE:
        return hearing_span(deposited_on).limit_on
    return settled_limit(settled(journey.certifier_id), journey.route, deposited_on)


def deposit_of(journey: Journey) -> date | None:
    """Return the day on which the validation file under way was sent, or None."""
    sent_at = journey.attempt.validation.sent_at
    return paris_day(sent_at) if sent_at else None


@effect(Act.RECORD_ABSENCE, Act.POSTPONE_HEARING)
def cancel_hearing(ctx: ActContext[Any]) -> None:
    """The hour is free again; another date will follow (R-055, R-084)."""
    hearing = living_hearing(ctx.journey)
    hearing.cancelled_at = ctx.at
    hearing.save(update_fields=["cancelled_at"])


@effect(Act.DROP_OUT, Act.CLOSE_DECEASED)
def free_the_hour(ctx: ActContext[Any]) -> None:
    """Whoever stops is not awaited by a jury any more."""
    if ctx.case.stage == Stage.JURY_SCHEDULED:
        cancel_hearing(ctx)


def living_hearing(journey: Journey) -> Hearing:
    """Return the hearing planned for the attempt under way; raises DoesNotExist."""
    return Hearing.objects.living().select_related("session").get(attempt=journey.attempt)


def open_hearing(journey: Journey, number: int) -> Hearing:
    """Return a hearing of this journey that can still change, locked; raises `Refused` (R-076, R-077)."""
    found = (
        Hearing.objects.select_for_update(of=("self",))
        .select_related("session")
        .filter(pk=number, attempt__journey=journey)
        .first()
    )
    if found is None:
        raise Refused(Refusal.permission("Ce passage n’est pas celui de ce candidat."))
    return refuse_closed(found)


def refuse_closed(hearing: Hearing) -> Hearing:
    """Return a hearing whose minutes are not signed and that was not cancelled; raises `Refused`."""
    if hearing.locked_at:
        raise Refused(
            Refusal("R-076", "Le procès-verbal est signé : seul un additif peut le corriger.")
        )
    if hearing.cancelled_at:
        raise Refused(Refusal("R-077", "Ce passage n’a pas eu lieu : une autre date est attendue."))
    return hearing
