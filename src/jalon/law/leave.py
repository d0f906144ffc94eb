"""The leave for a VAE that an employee asks of their employer (R-106…R-109)."""

from datetime import date, timedelta

from jalon.law.case import Case
from jalon.law.clocks import add_months, french
from jalon.law.dates import Anchors
from jalon.law.facts import Leave
from jalon.law.rulebook import Refusal, enforces, value


@enforces("R-107")
def admissible_for_leave(case: Case) -> Refusal | None:
    """A leave is asked with the proof of an admissibility in force."""
    if case.admissibility and case.admissibility.admissible:
        return None
    return Refusal("R-107", "Le congé VAE se demande une fois recevable : attendez la décision.")


@enforces("R-107")
def leave_dated(case: Case, facts: Leave) -> Refusal | None:
    """A leave says to which employer, from when to when, and for how long; it is asked 30 days before."""
    if not facts.employer.strip():
        return Refusal("R-107", "Écrivez le nom de votre employeur : la demande lui est adressée.")
    if facts.ends_on < facts.starts_on or facts.hours < 1:
        return Refusal("R-107", "Indiquez une fin après le début, et une heure au moins.")
    days = value("R-107", "days", case.anchors)
    first = case.today + timedelta(days=days)
    if facts.starts_on >= first:
        return None
    return Refusal(
        "R-107",
        f"La demande se fait {days} jours avant le congé : choisissez un début à partir du "
        f"{french(first)}.",
    )


@enforces("R-106")
def leave_within_hours(case: Case, facts: Leave) -> Refusal | None:
    """A leave lasts 48 hours a session, unless a collective agreement gives more."""
    hours = value("R-106", "hours", case.anchors)
    if facts.hours <= hours or facts.agreement.strip():
        return None
    return Refusal(
        "R-106",
        f"Le congé VAE dure {hours} heures au plus par session. Si un accord collectif en donne "
        "davantage, écrivez lequel.",
    )


@enforces("R-109")
def leave_after_a_year(case: Case, facts: Leave) -> Refusal | None:
    """A new leave in the same company waits a year, except to complete a partial award."""
    completes = bool(case.known_blocs and case.missing_blocs)
    if facts.previous_on is None or completes:
        return None
    years = value("R-109", "years", case.anchors)
    first = add_months(facts.previous_on, 12 * years)
    if facts.starts_on >= first:
        return None
    return Refusal(
        "R-109",
        f"Un nouveau congé VAE dans la même entreprise attend un an : à partir du {french(first)}.",
    )


@enforces("R-108")
def employer_answers_by(asked_on: date, anchors: Anchors) -> date:
    """Return the day after which the silence of an employer is an agreement."""
    return asked_on + timedelta(days=value("R-108", "days", anchors))
