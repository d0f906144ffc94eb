"""Sessions as they are planned, changed and cancelled; members who answer, and who are replaced.

A change is told to everybody concerned, and stands in the journal of each candidate called.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from jalon.journeys import events
from jalon.journeys.actions import act, locked, random_letters
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import snapshot
from jalon.journeys.telling import tell
from jalon.juries.effects import heard_elsewhere, summons_facts
from jalon.juries.models import Hearing, Juror, Seat, Session
from jalon.law.facts import (
    Facts,
    HearingRequest,
    PanelChange,
    PostponementRequest,
    SessionChange,
)
from jalon.law.jury import PANEL_GUARDS, members_free, panel_rules
from jalon.law.rulebook import Refusal, Refused, enforces, refuse
from jalon.law.vocabulary import (
    Act,
    Event,
    Occasion,
    PanelRole,
    PostponedBy,
    Role,
    SeatAnswer,
)
from jalon.now import now, today
from jalon.people.models import User
from jalon.people.policy import organisations
from jalon.people.queries import settled

Panel = Iterable[tuple[Juror, PanelRole]]


@transaction.atomic
def create_session(by: User, values: Mapping[str, Any], panel: Panel) -> Session:
    """Plan a session with its panel; raises `Refused` for people who are not of the certifier.

    Its quorum and its parity are those that the certifier settled for that day (R-070).
    """
    certifier = next(iter(organisations(by, Role.CERTIFIER)), None)
    if certifier is None:
        raise Refused(Refusal("TABLE", "Seul le certificateur organise les sessions de jury."))
    panel = list(panel)
    refuse_strangers(certifier, [juror for juror, _ in panel])
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
        Seat(session=session, juror=juror, role=role, summoned_on=moment.date(), added_at=moment)
        for juror, role in panel
    )
    tell(Occasion.SESSION_CREATED, str(session.pk))
    return session


def refuse_strangers(certifier: int, jurors: Iterable[Juror]) -> None:
    """Raise `Refused` for people who are not in the certifier's pool."""
    if strangers := [str(juror) for juror in jurors if juror.certifier_id != certifier]:
        why = f"Ces personnes ne sont pas parmi vos membres de jury : {', '.join(strangers)}. Ajoutez-les d’abord."
        raise Refused(Refusal("TABLE", why))


def held_by(by: User, session: Session) -> Session:
    """Return a session of the person's certifier, locked; raises `Refused` when it cannot change."""
    if session.certifier_id not in organisations(by, Role.CERTIFIER):
        raise Refused(Refusal.permission("Seul le certificateur change ses sessions de jury."))
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.cancelled_at:
        raise Refused(Refusal("R-056", "Cette session est annulée."))
    return session


def candidates_called(session: Session) -> list[Hearing]:
    """Return the passages of a session that are still to come, their journeys locked."""
    found = list(session.hearings.to_come().select_related("attempt"))
    for one in sorted(found, key=lambda hearing: str(hearing.attempt.journey_id)):
        one.attempt.journey = locked(one.attempt.journey_id)
    return found


# ---------------------------------------------------------------- the session itself

#: What of a session people were told, and how it is said when it changes.
TOLD = {
    "held_on": "la date",
    "starts_at": "l’heure de début",
    "ends_at": "l’heure de fin",
    "mode": "le mode, sur place ou à distance",
    "form": "la forme de l’évaluation",
    "place": "le lieu",
    "link": "le lien de visioconférence",
    "documents": "les documents à apporter",
    "accessibility_contact": "la personne à qui demander un aménagement",
}


@transaction.atomic
@enforces("R-056")
def change_session(by: User, session: Session, values: Mapping[str, Any]) -> Session:
    """Change what a session says, and tell whoever was told otherwise; raises `Refused`.

    The day of candidates already called does not move under them: each is postponed first.
    """
    session = held_by(by, session)
    changed = [name for name in values if getattr(session, name) != values[name]]
    called = candidates_called(session)
    if "held_on" in changed and session.hearings.living().exists():
        raise Refused(
            Refusal(
                "R-056",
                "Des candidats sont convoqués ce jour-là : reportez d’abord leurs passages, ou "
                "annulez la session.",
            )
        )
    refuse_hours_outside(values, called)
    refuse_signed(session, changed)
    for name in changed:
        setattr(session, name, values[name])
    said = tuple(TOLD[name] for name in changed if name in TOLD)
    session.revision += bool(said)
    session.save(update_fields=[*changed, "revision"])
    if said:
        for hearing in called:
            record(hearing, Event.HEARING_CHANGED, by, summons_now(session, hearing, said))
        tell(Occasion.SESSION_CHANGED, f"{session.pk}.{session.revision}")
    return session


def summons_now(session: Session, hearing: Hearing, changes: tuple[str, ...]) -> SessionChange:
    """Return what the summons of a candidate says from now on."""
    return SessionChange(
        changes,
        session.held_on,
        hearing.starts_at,
        hearing.minutes,
        session.mode,
        session.form,
        session.place,
        session.link,
        session.documents,
        session.accessibility_contact,
    )


def refuse_hours_outside(values: Mapping[str, Any], called: Iterable[Hearing]) -> None:
    """Raise `Refused` when a candidate already called would be heard outside the session."""
    starts_at, ends_at = values.get("starts_at"), values.get("ends_at")
    for hearing in called:
        early = starts_at and hearing.starts_at < starts_at
        if early or (ends_at and hearing.starts_at >= ends_at):
            why = "Un candidat est convoqué en dehors de ces heures : reportez d’abord son passage."
            raise Refused(Refusal("R-056", why))


def refuse_signed(session: Session, changed: Iterable[str]) -> None:
    """Raise `Refused` when minutes of the session are signed: it stays as it was said (R-076)."""
    if set(changed) - {"imbalance_reason", "conflict_reason"} and signed(session):
        raise Refused(
            Refusal("R-076", "Un procès-verbal de cette session est signé : elle ne change plus.")
        )


def signed(session: Session) -> bool:
    """Say whether minutes of a session are signed."""
    return session.hearings.filter(locked_at__isnull=False).exists()


@transaction.atomic
@enforces("R-056")
def cancel_session(by: User, session: Session, reason: str) -> Session:
    """Cancel a session to come: each candidate is postponed and told, so is each member.

    Raises `Refused` without a reason, once its day is past, or when minutes are signed.
    """
    session = held_by(by, session)
    if not reason.strip():
        raise Refused(Refusal("R-056", "Écrivez pourquoi la session est annulée."))
    if signed(session) or session.held_on < today():
        raise Refused(Refusal("R-077", "Cette session a eu lieu : elle ne s’annule plus."))
    for hearing in session.hearings.to_come().select_related("attempt"):
        asked = PostponementRequest(reason, PostponedBy.CERTIFIER)
        act(hearing.attempt.journey_id, Act.POSTPONE_HEARING, by=by, facts=asked)
    session.cancelled_at, session.cancelled_reason = now(), reason
    session.revision += 1
    session.save(update_fields=["cancelled_at", "cancelled_reason", "revision"])
    tell(Occasion.SESSION_CANCELLED, str(session.pk))
    return session


# ---------------------------------------------------------------- its members


@transaction.atomic
def answer(session: Session, by: User, *, comes: bool, reason: str = "") -> Seat:
    """A member says whether they come; raises `Refused`. The certifier is told of a refusal."""
    seat = Seat.objects.select_for_update().filter(session=session, juror__user=by).first()
    if seat is None:
        raise Refused(Refusal.permission("Vous ne siégez pas dans ce jury."))
    refuse(session.over)
    if not comes and not reason.strip():
        raise Refused(
            Refusal("R-069", "Dites en un mot pourquoi : le certificateur vous remplace.")
        )
    seat.answer = SeatAnswer.ACCEPTED if comes else SeatAnswer.DECLINED
    seat.answered_at, seat.answer_reason = now(), "" if comes else reason
    seat.save(update_fields=["answer", "answered_at", "answer_reason"])
    if not comes:
        tell(Occasion.SEAT_DECLINED, str(seat.pk))
    return seat


@transaction.atomic
@enforces("R-061")
def change_panel(
    by: User, session: Session, panel: Panel, reason: str, reasons: Mapping[str, str] | None = None
) -> Session:
    """Give a session another panel, before the day or on it; raises `Refused`.

    The panel is judged for each candidate still to be heard, as it was when they were called. Whoever
    leaves and whoever joins is told; a new member declares their independence like any other.
    `reasons` explain a panel of one gender, or an employer in common.
    """
    session, wanted = held_by(by, session), dict(panel)
    refuse_strangers(session.certifier_id, wanted)
    if not reason.strip():
        raise Refused(Refusal("R-061", "Écrivez pourquoi la composition du jury change."))
    if session.held_on < today():
        raise Refused(Refusal("R-077", "Cette session a eu lieu : son jury ne change plus."))
    called = candidates_called(session)
    for name, said in (reasons or {}).items():
        setattr(session, name, said)
    left, joined = reseat(session, wanted, reason)
    session.revision += 1
    session.save(update_fields=[*(reasons or {}), "revision"])
    for hearing in called:
        refuse_panel(session, hearing)
        record(hearing, Event.PANEL_CHANGED, by, change_said(wanted, left, joined, reason))
    for seat in left:
        if seat.juror not in wanted:
            tell(Occasion.SEAT_LEFT, str(seat.pk))
    tell(Occasion.SESSION_CREATED, str(session.pk))
    if any(seat.role == PanelRole.PRESIDENT for seat in joined):
        tell(Occasion.SESSION_CHANGED, f"{session.pk}.{session.revision}")
    return session


def reseat(
    session: Session, wanted: Mapping[Juror, PanelRole], reason: str
) -> tuple[list[Seat], list[Seat]]:
    """End the seats that are not wanted any more, make the new ones; return those ended and made.

    Whoever changes role leaves a seat for another: what was signed before names the former one.
    """
    moment = now()
    held = list(session.panel.select_related("juror__user"))
    left = [seat for seat in held if wanted.get(seat.juror) != seat.role]
    kept = {seat.juror for seat in held} - {seat.juror for seat in left}
    answers = {seat.juror: seat for seat in left}
    for seat in left:
        seat.left_at, seat.left_reason = moment, reason
        seat.save(update_fields=["left_at", "left_reason"])
    joined = []
    for juror, role in wanted.items():
        if juror in kept:
            continue
        before = answers.get(juror)
        joined.append(
            Seat.objects.create(
                session=session,
                juror=juror,
                role=role,
                summoned_on=before.summoned_on if before else moment.date(),
                answer=before.answer if before else SeatAnswer.AWAITED,
                answered_at=before.answered_at if before else None,
                added_at=moment,
            )
        )
    Hearing.objects.to_come().filter(session=session, chair__in=left).update(chair=None)
    return left, joined


def refuse_panel(session: Session, hearing: Hearing) -> None:
    """Raise `Refused` when the panel cannot judge a candidate already called, naming them."""
    journey = hearing.attempt.journey
    asked = HearingRequest(session.pk, hearing.starts_at, hearing.minutes)
    facts = summons_facts(session, journey, asked)
    case = snapshot(journey, Role.CERTIFIER)
    found = (guard(case, facts) for guard in PANEL_GUARDS)
    refusal = next((one for one in found if one), None) or members_free(
        heard_elsewhere(session, session.panel.values("juror")),
        hearing.starts_at,
        hearing.minutes,
    )
    if refusal:
        name = journey.candidate.get_full_name()
        raise Refused(replace(refusal, why=f"Pour {name} : {refusal.why}"))


def change_said(
    wanted: Mapping[Juror, PanelRole], left: Iterable[Seat], joined: Iterable[Seat], reason: str
) -> PanelChange:
    """Return what the journal keeps of a change of panel."""
    gone = [str(seat.juror) for seat in left if seat.juror not in wanted]
    before = {seat.juror for seat in left}
    new = [str(seat.juror) for seat in joined if seat.juror not in before]
    president = next((str(one) for one, role in wanted.items() if role == PanelRole.PRESIDENT), "")
    return PanelChange(reason, ", ".join(gone), ", ".join(new), president)


def record(hearing: Hearing, event: Event, by: User, facts: Facts) -> None:
    """Write in the journal of a candidate what changes for them."""
    journey: Journey = hearing.attempt.journey
    events.record(journey, event, by=by, role=Role.CERTIFIER, facts=facts)
