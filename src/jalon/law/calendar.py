"""The dates of a personal path: those that an act ticks, how far each slipped, the days on which people work."""

from collections.abc import Sequence
from datetime import date, timedelta

from jalon.law.plurals import counted
from jalon.law.rulebook import enforces

FEASIBILITY_SENT = "Dossier de faisabilité envoyé"
VALIDATION_SENT = "Dossier de validation envoyé"
JURY = "Passage devant le jury"
TRAININGS_CHOSEN = "Formations choisies"
ADMISSIBLE = "Recevabilité prononcée"
HEARING_SET = "Convocation devant le jury"

#: The dates that an act ticks by itself: whoever writes another ticks it by hand.
KNOWN = (TRAININGS_CHOSEN, FEASIBILITY_SENT, ADMISSIBLE, VALIDATION_SENT, HEARING_SET, JURY)

#: The dates that every path has, and in how many days each is suggested.
SUGGESTED = ((FEASIBILITY_SENT, 30), (VALIDATION_SENT, 180), (JURY, 250))

SATURDAY = 5
#: The days off that come back each year on the same date (Code du travail, L3133-1).
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
#: Those that follow Easter: its Monday, the Ascension, Whit Monday.
AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Return Easter Sunday, by the Gregorian computus (Meeus)."""
    golden, century = year % 19, year // 100
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    week = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day: date) -> bool:
    """Say whether a day is a public holiday in France."""
    moving = {easter(day.year) + timedelta(days=days) for days in AFTER_EASTER}
    return (day.month, day.day) in FIXED or day in moving


def working_day(day: date) -> date:
    """Return this day, or the first one after it that is neither in a week-end nor a holiday."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """Return this day, or the last one before it that is neither in a week-end nor a holiday."""
    while day.weekday() >= SATURDAY or is_holiday(day):
        day -= timedelta(days=1)
    return day


def suggested(on: date) -> list[tuple[str, date]]:
    """Return the dates to propose for a path that begins on a day."""
    return [(title, working_day(on + timedelta(days=days))) for title, days in SUGGESTED]


@enforces("R-090")
def against_the_plan(due_on: date, kept_on: date, *, moved: bool = False) -> str:
    """Return how what was done compares with what was first planned, as people say it.

    `moved` says that another date was agreed on since.
    """
    days = (kept_on - due_on).days
    if not days:
        return "le premier jour prévu" if moved else "le jour prévu"
    planned = "la première date prévue" if moved else "la date prévue"
    return f"{counted(abs(days), 'jour')} {'après' if days > 0 else 'avant'} {planned}"


@enforces("R-090")
def slip(planned_on: date, due_on: date, kept_on: date | None, today: date) -> int:
    """Return by how many days a date slipped from the first day planned; less than 0 when it came early.

    One that is still to come slipped by as much as it was moved, and goes on slipping once it is past.
    """
    return ((kept_on or max(due_on, today)) - planned_on).days


def slipped(days: Sequence[int]) -> str:
    """Return what the slips of a calendar make together, in a sentence; empty without any date."""
    if not days:
        return ""
    total = sum(days)
    if not total:
        return "En tout, le calendrier prévu est tenu."
    return f"En tout, {counted(abs(total), 'jour')} {'de retard' if total > 0 else 'd’avance'} sur les dates prévues au départ."


def known_title(typed: str) -> str:
    """Return a title as a known date writes it, whatever its capitals and spaces; else as it was typed."""
    said = " ".join(typed.split())
    return next((one for one in KNOWN if one.casefold() == said.casefold()), said)


@enforces("R-068")
def half_year(on: date) -> tuple[date, date]:
    """Return the first and the last day of the half of the year in which a day falls (CCN 37.2.2)."""
    if on.month <= 6:
        return date(on.year, 1, 1), date(on.year, 6, 30)
    return date(on.year, 7, 1), date(on.year, 12, 31)
