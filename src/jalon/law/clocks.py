"""How delays are counted: one documented convention, in Europe/Paris (R-058).

The texts do not say how to count months. The target is date-to-date, the shorter reading; the limit
of a duty of the certifier on admissibility is that same date; the limit of the jury delay, and the
loss of a right of the candidate, run to the end of the month, the longer reading.
"""

import calendar
from dataclasses import dataclass
from datetime import date, time, timedelta

from jalon.law.case import ClockView
from jalon.law.dates import Period
from jalon.law.rulebook import enforces, value
from jalon.law.vocabulary import ClockKind

ANSWER_DAYS = 15
ANSWER_ALERT_DAYS = 7

MONTH_NAMES = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class Span:
    """When a clock aims at, ends and alerts, with the rule and how it was computed, in French."""

    target_on: date
    limit_on: date
    alert_on: date | None
    rule: str
    article: str
    explanation: str


def french(day: date) -> str:
    """Return a date as people say it: "1er mars 2027"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTH_NAMES[day.month - 1]} {day.year}"


def french_period(period: Period) -> str:
    """Return a period as people say it: "depuis le 13 avril 2024"."""
    if period.start and period.end:
        return f"du {french(period.start)} au {french(period.end)}"
    if period.start:
        return f"depuis le {french(period.start)}"
    return f"jusqu’au {french(period.end)}" if period.end else "sans date"


def french_hour(moment: time) -> str:
    """Return an hour as people say it, never cut at the end of a line: "9 h 30"."""
    return f"{moment.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{moment.minute:02}"


def day_after(day: date) -> date:
    """Return the first day on which a limit is past."""
    return day + timedelta(days=1)


@enforces("R-058")
def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@enforces("R-058")
def end_of_nth_month(day: date, months: int) -> date:
    """Return the last day of the month that lies some months later."""
    later = add_months(day.replace(day=1), months)
    return later.replace(day=calendar.monthrange(later.year, later.month)[1])


@enforces("R-028")
def decision(complete_on: date) -> Span:
    """Two months from the receipt of the complete file, date to date (R6412-4 al. 2)."""
    due = add_months(complete_on, value("R-028", "months", complete_on))
    return Span(
        due,
        due,
        due - timedelta(days=value("R-028", "alert_days", complete_on)),
        "R-028",
        "R6412-4 al. 2",
        f"Deux mois à compter du dossier complet, reçu le {french(complete_on)}.",
    )


@enforces("R-044", "R-046")
def lapse(admissible_on: date) -> Span:
    """The end of the sixth month after the notice, with a reminder well before (R6412-4 al. 4)."""
    months = value("R-044", "months", admissible_on)
    target = add_months(admissible_on, months)
    return Span(
        target,
        end_of_nth_month(admissible_on, months),
        target - timedelta(days=value("R-046", "days", admissible_on)),
        "R-044",
        "R6412-4 al. 4",
        "Fin du sixième mois après la notification de la recevabilité, le "
        f"{french(admissible_on)}, sauf étape enregistrée avant.",
    )


@enforces("R-047")
def validity(decided_on: date, valid_until: date) -> Span:
    """On the 2002 route, the limit that the certifier wrote, with its reminders."""
    return Span(
        valid_until,
        valid_until,
        next(iter(validity_alerts(decided_on, valid_until)), None),
        "R-047",
        "Cerfa 12818, rubrique 7",
        f"Limite écrite par le certificateur dans sa décision du {french(decided_on)}.",
    )


def validity_alerts(decided_on: date, valid_until: date) -> tuple[date, ...]:
    """Return the days on which the end of an admissibility is recalled, those after the decision."""
    names = ("alert_days", "last_alert_days")
    before = (value("R-047", name, decided_on) for name in names)
    days = (valid_until - timedelta(days=count) for count in before)
    return tuple(day for day in days if day > decided_on)


def alert_days(clock: ClockView) -> tuple[date, ...]:
    """Return the days on which a clock alerts, in order: two for a validity, one at most otherwise."""
    if clock.kind == ClockKind.VALIDITY:
        return validity_alerts(clock.started_on, clock.limit_on)
    return (clock.alert_on,) if clock.alert_on else ()


def next_look(clock: ClockView, on: date) -> date:
    """Return when a clock is to be looked at next after a day: another alert, or its end."""
    later = (day for day in alert_days(clock) if day > on)
    return next(later, day_after(clock.limit_on))


@enforces("R-052")
def hearing(deposited_on: date) -> Span:
    """The jury sits before the end of the third month after the deposit (R6412-5 al. 2)."""
    months = value("R-052", "months", deposited_on)
    target = add_months(deposited_on, months)
    return Span(
        target,
        end_of_nth_month(deposited_on, months),
        target - timedelta(days=value("R-052", "alert_days", deposited_on)),
        "R-052",
        "R6412-5 al. 2",
        f"Fin du troisième mois après le dépôt du dossier de validation, le {french(deposited_on)}.",
    )


@enforces("R-053")
def settled_hearing(deposited_on: date, by: date) -> Span:
    """On the 2002 route, the jury sits by the day that the certifier's own delay gives."""
    alert = by - timedelta(days=value("R-052", "alert_days", deposited_on))
    return Span(
        by,
        by,
        alert if alert > deposited_on else None,
        "R-053",
        "Code de l’éducation, ancien R335-8 I",
        "Délai réglé par le certificateur, à compter du dépôt du dossier de validation, le "
        f"{french(deposited_on)}.",
    )


@enforces("R-078")
def result(evaluated_on: date) -> Span:
    """Fifteen calendar days from the evaluation, with an alert at the seventh (R6412-7 al. 3)."""
    due = evaluated_on + timedelta(days=value("R-078", "days", evaluated_on))
    return Span(
        due,
        due,
        evaluated_on + timedelta(days=value("R-078", "alert_days", evaluated_on)),
        "R-078",
        "R6412-7 al. 3",
        f"Quinze jours à compter du passage devant le jury, le {french(evaluated_on)}.",
    )


def answer(asked_on: date) -> Span:
    """A reminder after a week, a second after two: no text sets it, the house does."""
    due = asked_on + timedelta(days=ANSWER_DAYS)
    return Span(
        due,
        due,
        asked_on + timedelta(days=ANSWER_ALERT_DAYS),
        "",
        "Usage de la maison",
        f"Une réponse est attendue depuis le {french(asked_on)} : Jalon relance après une semaine, "
        "puis après deux.",
    )


def span(
    kind: ClockKind, start: date, *, valid_until: date | None = None, settled: date | None = None
) -> Span:
    """Return the span of a clock that starts on a day; raises ValueError without a validity limit.

    `settled` is the end of a delay of the jury that the certifier's own rules set.
    """
    if kind == ClockKind.HEARING and settled:
        return settled_hearing(start, settled)
    if kind == ClockKind.VALIDITY:
        if valid_until is None:
            raise ValueError("a validity clock needs the limit that the certifier wrote")
        return validity(start, max(start, valid_until))
    return {
        ClockKind.DECISION: decision,
        ClockKind.LAPSE: lapse,
        ClockKind.HEARING: hearing,
        ClockKind.RESULT: result,
        ClockKind.ANSWER: answer,
    }[kind](start)
