"""How long a person worked, without counting the same days twice (R-008, R-009)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jalon.law.plurals import counted
from jalon.law.rulebook import enforces, value
from jalon.law.vocabulary import ExperienceKind

FULL_TIME_WEEK = 35


@dataclass(frozen=True)
class Period:
    """An activity from a day to another (None: still going on), with its hours a week."""

    start: date
    end: date | None
    hours_per_week: int = FULL_TIME_WEEK
    kind: ExperienceKind = ExperienceKind.EMPLOYED


@enforces("R-009")
def counts(kind: ExperienceKind) -> bool:
    """Say whether a kind of activity counts: paid or not, they all do."""
    return kind in ExperienceKind


def merged(periods: Iterable[Period], on: date) -> list[tuple[date, date]]:
    """Return the stretches of time covered by at least one activity, in order, up to a day."""
    stretches: list[tuple[date, date]] = []
    ordered = sorted((p.start, min(p.end or on, on)) for p in periods if counts(p.kind))
    for start, end in ordered:
        if end < start:
            continue
        if stretches and start <= stretches[-1][1] + timedelta(days=1):
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return stretches


def days_covered(periods: Iterable[Period], on: date) -> int:
    """Return the number of days covered, each day counted once."""
    return sum((end - start).days + 1 for start, end in merged(periods, on))


def duration_label(days: int) -> str:
    """Return a duration as people say it: "2 ans et 3 mois"."""
    months = round(days / 30.44)
    years, rest = divmod(months, 12)
    parts = [counted(years, "an")] if years else []
    parts += [f"{rest} mois"] if rest else []
    return " et ".join(parts) or "moins d’un mois"


@enforces("R-008")
def short_experience_notice(periods: Iterable[Period], on: date) -> str:
    """Return the advice for less than a year of experience; empty otherwise. It never blocks."""
    if days_covered(periods, on) >= value("R-008", "days", on):
        return ""
    return (
        "Vous avez décrit moins d’un an d’activité. Cela n’empêche pas votre demande : "
        "pensez aussi au bénévolat, aux stages et à l’intérim, et parlez-en avec un conseiller."
    )
