"""What the acts of the jury need from a session, and what they write in it."""

from typing import Any

from jalon.catalogue.models import Competence
from jalon.journeys.models import Journey
from jalon.journeys.registry import ActContext, effect, resolve
from jalon.juries.models import Hearing, Session
from jalon.juries.panel import panel_facts, sirens
from jalon.law.facts import (
    Absence,
    AbsenceRequest,
    Convening,
    Deliberation,
    HearingRequest,
    MinutesRequest,
    PanelRules,
    Score,
)
from jalon.law.jury import hour_free
from jalon.law.rulebook import Refusal, Refused
from jalon.law.vocabulary import Act


@resolve(Act.SCHEDULE_HEARING)
def convening(journey: Journey, asked: HearingRequest) -> Convening:
    """Complete a summons with the session and its panel; raises `Refused` (R-056, R-060)."""
    session = Session.objects.select_for_update().get(pk=asked.session)  # two at once take turns
    if session.certification_id != journey.certification_id:
        raise Refused(Refusal("R-060", "Cette session porte sur une autre certification."))
    if session.certifier_id != journey.certifier_id:
        raise Refused(Refusal.permission("Cette session est celle d’un autre certificateur."))
    taken = session.hearings.living().values_list("starts_at", "minutes")
    if clash := hour_free(taken, asked.starts_at, asked.minutes):
        raise Refused(clash)
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
        late_reason=asked.late_reason,
        imbalance_reason=session.imbalance_reason,
        conflict_reason=session.conflict_reason,
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
            Score(str(one.competence_id), one.competence.bloc.code, one.mastery)
            for one in hearing.assessments.select_related("competence__bloc")
        ),
        competences=frozenset(str(pk) for pk in competences.values_list("pk", flat=True)),
        votes=tuple(
            one.cast() for one in hearing.votes.select_related("bloc").order_by("bloc__position")
        ),
        rules=PanelRules(session.quorum, session.parity),
        condition=asked.condition,
        imbalance_reason=asked.imbalance_reason.strip() or session.imbalance_reason,
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
    return Absence(asked.outcome, hearing.session.held_on, asked.reason)


@effect(Act.RECORD_ABSENCE, Act.POSTPONE_HEARING)
def cancel_hearing(ctx: ActContext[Any]) -> None:
    """The hour is free again; another date will follow (R-055, R-084)."""
    hearing = living_hearing(ctx.journey)
    hearing.cancelled_at = ctx.at
    hearing.save(update_fields=["cancelled_at"])


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
