"""The lines of an architect's day: a journey or an appointment, why it's there, and one button."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.urls import reverse

from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.juries.models import Hearing
from jalon.law import attention, lifecycle
from jalon.law.case import Case
from jalon.law.clocks import french, french_hour
from jalon.law.guidance import guidance, stages_waiting_for
from jalon.law.plurals import counted
from jalon.law.transitions import Offer, Transition
from jalon.law.vocabulary import Act, Role
from jalon.now import paris_day, today
from jalon.people.models import User
from jalon.support.models import Booking, HalfDay, PlannedAction
from jalon.web.acts.buttons import Button
from jalon.web.templatetags.jalon import moment


@dataclass(frozen=True)
class Line:
    """A journey that asks for attention: why, in sentences, the one thing to do, and since when it's late."""

    journey: Any
    said: Sequence[str]
    button: Button
    late_since: date | None = None

    @property
    def phone(self) -> str:
        """Return the telephone of the candidate, that of their file first."""
        profile = getattr(self.journey.candidate, "candidate_profile", None)
        told: str = (profile and profile.phone) or self.journey.candidate.phone
        return told


@dataclass(frozen=True)
class Appointment:
    """Something of an agenda: when, with whom, what else is said of it, and what is to be noted once past."""

    when: str
    title: str
    href: str
    said: str = ""
    button: Button | None = None


# ---------------------------------------------------------------- appointments


def of_the_day(
    hearings: Iterable[Hearing], meetings: Iterable[Booking], workshops: Iterable[Any]
) -> list[Appointment]:
    """Return what a day holds, in the order of its hours, as the clocks of each place show them."""
    found = [(one.starts_at, of_hearing(one)) for one in hearings]
    found += [(one.starts.time(), of_meeting(one)) for one in meetings]
    found += [(one.starts.time(), of_workshop(one)) for one in workshops]
    return [one for _, one in sorted(found, key=itemgetter(0))]


def of_hearing(hearing: Hearing) -> Appointment:
    """Return a candidate's hearing as the day says it."""
    journey = hearing.attempt.journey
    return Appointment(
        french_hour(hearing.starts_at),
        journey.candidate.get_full_name(),
        reverse("dossiers:journey", args=[journey.pk]),
        f"Devant le jury, {hearing.session.place}",
    )


def of_meeting(booking: Booking) -> Appointment:
    """Return a meeting as the day says it."""
    return Appointment(
        french_hour(booking.starts.time()),
        booking.journey.candidate.get_full_name(),
        reverse("dossiers:journey", args=[booking.journey_id]),
        f"{booking.kind.label}, {booking.mode.label}",
    )


def of_workshop(half: Any) -> Appointment:
    """Return a half-day of a workshop, which knows how many are seated, as the day says it."""
    return Appointment(
        french_hour(half.starts.time()),
        str(half.workshop),
        reverse("architect:workshop", args=[half.workshop_id]),
        f"{counted(half.seated, 'inscrit')}, jusqu’à {french_hour(half.ends.time())}",
    )


def half_day_to_note(half: HalfDay) -> Appointment:
    """Return a half-day of which presences are to be noted."""
    noted = reverse("architect:presence", args=[half.workshop_id, half.pk])
    return Appointment(
        str(half),
        str(half.workshop),
        reverse("architect:workshop", args=[half.workshop_id]),
        button=Button("Noter les présences", noted),
    )


def meeting_to_note(booking: Booking, viewer: User) -> Appointment:
    """Return a meeting of which somebody is to say whether it was held, and whose it was."""
    others = booking.architect_id != viewer.pk
    return Appointment(
        booking.when,
        booking.journey.candidate.get_full_name(),
        reverse("dossiers:journey", args=[booking.journey_id]),
        f"avec {booking.architect.get_full_name()}" if others else "",
        Button("Dire s’il a eu lieu", reverse("architect:booking", args=[booking.pk])),
    )


# ---------------------------------------------------------------- journeys


def told_line(hearing: Hearing) -> Line:
    """Return who is to be told of a jury, of which day, and the button that says that it was done."""
    journey = hearing.attempt.journey
    said = f"Jury le {french(hearing.session.held_on)} à {french_hour(hearing.starts_at)}"
    button = act_button(journey, Act.CONFIRM_TOLD, "Dire que c’est fait")
    return Line(journey, [said], button)


def message_line(journey: Any) -> Line:
    """Return whose message waits for an answer, and since when."""
    said = f"Sans réponse depuis le {moment(journey.written_at)}"
    answer = Button("Lire et répondre", reverse("dossiers:thread", args=[journey.pk]))
    return Line(journey, [said], answer)


def plan_line(action: PlannedAction) -> Line:
    """Return an action of the plan after the jury that is late, and who is to do it."""
    keep = reverse("dossiers:keep_action", args=[action.journey_id, action.pk])
    told = Button("Dire ce qu’il en est", keep)
    return Line(action.journey, [action.action, action.who], told, late_since=action.due_on)


def rehearsal_line(journey: Journey) -> Line:
    """Return who has a day of jury and no rehearsal."""
    said = "une date de jury est fixée, aucun entraînement n’est tenu ni prévu"
    prepare = reverse("dossiers:rehearsal", args=[journey.pk])
    return Line(journey, [said], Button("Préparer l’entraînement", prepare))


@dataclass(frozen=True)
class Doable:
    """Where a journey stands, and the acts that the viewer may do on it now."""

    journey: Any
    case: Case
    acts: Sequence[Transition]
    awaited: bool

    @property
    def next(self) -> Button | None:
        """Return the button of the act that goes on, when the viewer is awaited."""
        for row in self.acts if self.awaited else ():
            if row.offered_as(self.case) is Offer.MAIN:
                return act_button(self.journey, row.act, row.button(self.case))
        return None

    @property
    def call(self) -> Button:
        """Return the button that notes a call, which is what one does first; else that of the file."""
        if any(row.act == Act.RECORD_CONTACT for row in self.acts):
            return act_button(self.journey, Act.RECORD_CONTACT, Act.RECORD_CONTACT.label)
        return open_file(self.journey)


def doable(viewer: User, journey: Any, case: Case) -> Doable:
    """Return what somebody may do on a journey: a colleague's file is read, not acted on."""
    able = capacity(viewer, journey) & attention.TEAM
    rows = [row for row in queries.open_to(case, able) if lifecycle.offered(row, case)]
    return Doable(journey, case, rows, bool(guidance(case).by & able))


def late_line(journey: Any, may: Doable) -> Line:
    """Return what is past its limit, and who is awaited."""
    late = [f"{clock.kind.label} : {days_late(clock.limit_on)}" for clock in overdue(journey)]
    return Line(journey, [*late, guidance(may.case).waits], may.next or may.call)


def waiting_line(journey: Any, may: Doable) -> Line:
    """Return what waits for who accompanies."""
    return Line(journey, [guidance(may.case).waits], may.next or open_file(journey))


def silent_line(may: Doable, pulse: attention.Pulse) -> Line:
    """Return who gave no sign for long, with every reason to call them."""
    why = attention.reasons(pulse)
    return Line(may.journey, [reason.said for reason in why], may.call)


def overdue(journey: Any) -> list[Any]:
    """Return the delays that are past, the oldest first."""
    return [clock for clock in journey.open_clocks if clock.limit_on < today()]


def days_late(limit: date) -> str:
    """Return how late something is."""
    days = (today() - limit).days
    return "un jour de retard" if days == 1 else f"{days} jours de retard"


def pulse(
    journey: Any, missed_on: date | None, plan_late_since: date | None = None
) -> attention.Pulse:
    """Return how a journey of a list moves."""
    past = overdue(journey)
    ends = [clock.limit_on for clock in journey.open_clocks if clock.kind in attention.ENDS_IT]
    return attention.Pulse(
        today=today(),
        awaits_candidate=journey.stage in stages_waiting_for(Role.CANDIDATE),
        candidate_seen_on=paris_day(journey.candidate_seen_at),
        team_seen_on=paris_day(journey.team_seen_at),
        at_stage_since=paris_day(journey.stage_since),
        late_since=past[0].limit_on if past else None,
        ends_on=min(ends, default=None),
        missed_on=missed_on,
        plan_late_since=plan_late_since,
    )


def act_button(journey: Journey, act: Act, label: str) -> Button:
    """Return the button of an act."""
    return Button(label, reverse("dossiers:act", args=[journey.pk, act.value]))


def open_file(journey: Journey) -> Button:
    """Return the button that opens a file, where no single act goes on."""
    return Button("Ouvrir le dossier", reverse("dossiers:journey", args=[journey.pk]))
