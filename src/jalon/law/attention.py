"""Who may be about to give up, and why: rules over dates that anybody can read, never a score.

A sign of life is what the journal holds of somebody: what the candidate did or wrote, what the team
did, and what shows that the candidate was there. No text of the law sets these delays: they are the
house's own, to call somebody in time.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.law.case import Case
from jalon.law.clocks import french
from jalon.law.facts import Contact, Facts, Reminder
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Act, ClockKind, Event, Role, Word

#: Days without a sign after which somebody is silent.
SILENCE = 30
#: Days after which a call of the team should have had its answer.
UNANSWERED = 10
#: Days at the same stage after which a file stands still.
STILL = 60
#: Days before the end of an admissibility from which it is near.
ENDING = 60
#: What nobody does to a candidate who is not there.
MET = frozenset({Act.HOLD_FIRST_MEETING, Act.HOLD_POST_JURY, Act.RECORD_DELIBERATION})
#: The delays whose end takes an admissibility away.
ENDS_IT = (ClockKind.LAPSE, ClockKind.VALIDITY)
TEAM = frozenset({Role.ARCHITECT, Role.HEAD})
#: What reminds a candidate: the house by itself, or the team.
REMINDS = frozenset({Act.CHASE, Act.REMIND})
#: Days between two reminders that the team sends to the same candidate.
BETWEEN_REMINDERS = 7


class Worry(Word):
    """Why somebody may be about to give up."""

    LATE = "late", "Un délai est dépassé"
    ENDING = "ending", "La recevabilité se termine bientôt"
    MISSED = "missed", "Un rendez-vous manqué"
    SILENT = "silent", "Sans nouvelles du candidat"
    UNANSWERED = "unanswered", "Le candidat n’a pas répondu"
    PLAN = "plan", "Le plan après le jury prend du retard"
    STILL = "still", "Le dossier n’avance plus"
    LEFT = "left", "L’équipe n’a rien noté"


#: How the page explains each: the rule, as it is computed.
RULES: dict[Worry, str] = {
    Worry.LATE: "un délai qui attend le candidat est passé",
    Worry.ENDING: f"la recevabilité se termine dans {ENDING} jours ou moins, et rien n’est envoyé",
    Worry.MISSED: "le candidat n’est pas venu à un rendez-vous, et n’a rien fait depuis",
    Worry.SILENT: f"c’est au candidat d’agir, et il n’a rien fait depuis {SILENCE} jours",
    Worry.UNANSWERED: f"l’équipe a agi après lui, il y a {UNANSWERED} jours ou plus, et rien n’est venu",
    Worry.PLAN: "une action du plan après le jury devait être faite, et rien n’est noté",
    Worry.STILL: f"le dossier est à la même étape depuis {STILL} jours",
    Worry.LEFT: f"l’équipe n’a rien fait ni noté depuis {SILENCE} jours",
}


def gives_sign(word: Act | Event | None, role: Role, facts: Facts) -> frozenset[Role]:
    """Return who is seen alive by a line of the journal: candidate, team (as `ARCHITECT`), both or nobody."""
    seen = set[Role]()
    if role == Role.CANDIDATE or word in MET:
        seen.add(Role.CANDIDATE)
    if isinstance(facts, Contact) and facts.answered:
        seen.add(Role.CANDIDATE)
    if role in TEAM:
        seen.add(Role.ARCHITECT)
    return frozenset(seen)


@dataclass(frozen=True)
class Pulse:
    """How a journey moves: who is awaited, when each side was last seen, what ends and when."""

    today: date
    awaits_candidate: bool
    candidate_seen_on: date
    team_seen_on: date
    at_stage_since: date
    late_since: date | None = None
    ends_on: date | None = None
    missed_on: date | None = None
    plan_late_since: date | None = None

    def days_since(self, day: date) -> int:
        """Return how many days went by."""
        return (self.today - day).days


@dataclass(frozen=True)
class Reason:
    """Why somebody may be about to give up, in a sentence."""

    worry: Worry
    said: str


def is_silent(pulse: Pulse) -> bool:
    """Say whether the candidate is awaited and gave no sign for too long."""
    return pulse.awaits_candidate and pulse.days_since(pulse.candidate_seen_on) >= SILENCE


def not_reminded_lately(case: Case, facts: Reminder) -> Refusal | None:
    """Refuse a reminder so soon after another one: a candidate is not pestered."""
    if facts.last_on is None:
        return None
    next_on = facts.last_on + timedelta(days=BETWEEN_REMINDERS)
    if case.today >= next_on:
        return None
    return Refusal.permission(
        f"Une relance est déjà partie le {french(facts.last_on)}\N{NO-BREAK SPACE}: appelez la personne, ou "
        f"relancez-la à partir du {french(next_on)}."
    )


def silent_before(today: date) -> date:
    """Return the last day of a sign that leaves somebody silent today."""
    return today - timedelta(days=SILENCE)


def reasons(pulse: Pulse) -> tuple[Reason, ...]:
    """Return why a candidate may be about to give up, the most pressing first; none when all goes on."""
    silent, left = pulse.days_since(pulse.candidate_seen_on), pulse.days_since(pulse.team_seen_on)
    still = pulse.days_since(pulse.at_stage_since)
    found = list[Reason]()
    if not pulse.awaits_candidate:
        return ()
    if pulse.late_since:
        found.append(Reason(Worry.LATE, f"délai dépassé depuis le {french(pulse.late_since)}"))
    if pulse.ends_on and 0 <= (pulse.ends_on - pulse.today).days <= ENDING:
        found.append(Reason(Worry.ENDING, f"recevabilité jusqu’au {french(pulse.ends_on)}"))
    if pulse.missed_on and pulse.missed_on >= pulse.candidate_seen_on:
        found.append(Reason(Worry.MISSED, f"rendez-vous manqué le {french(pulse.missed_on)}"))
    if is_silent(pulse):
        found.append(Reason(Worry.SILENT, f"aucun signe du candidat depuis {silent} jours"))
    if pulse.candidate_seen_on < pulse.team_seen_on and left >= UNANSWERED:
        found.append(Reason(Worry.UNANSWERED, f"pas de réponse à l’équipe depuis {left} jours"))
    if pulse.plan_late_since:
        said = f"une action du plan était prévue pour le {french(pulse.plan_late_since)}"
        found.append(Reason(Worry.PLAN, said))
    if still >= STILL:
        found.append(Reason(Worry.STILL, f"à la même étape depuis {still} jours"))
    if left >= SILENCE:
        found.append(Reason(Worry.LEFT, f"rien de l’équipe depuis {left} jours"))
    return tuple(found)
