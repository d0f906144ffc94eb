"""What a head's figures mean: a span, a delay, a date kept, an end that succeeds, a rate too small to show."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from jalon.law import stages
from jalon.law.calendar import FEASIBILITY_SENT, JURY, VALIDATION_SENT
from jalon.law.clocks import french
from jalon.law.rulebook import Refusal, enforces, value
from jalon.law.vocabulary import Outcome, Stage, Word

Key = TypeVar("Key", bound=Hashable)

#: Before that year there is nothing to count.
FIRST_YEAR = 2002


# ---------------------------------------------------------------- spans of time


@dataclass(frozen=True)
class Span:
    """Some days in a row, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days it lasts."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"du {french(self.first)} au {french(self.last)}"


@dataclass(frozen=True)
class Compared:
    """A span, and the one of the same kind just before, with which it is compared."""

    now: Span
    before: Span

    def until(self, today: date) -> "Compared":
        """Return what is past of it: a span under way is compared with as many days of the one before."""
        if self.now.last <= today:
            return self
        now = replace(self.now, last=today)
        last = self.before.first + timedelta(days=now.days - 1)
        return Compared(now, replace(self.before, last=min(last, self.before.last)))


def quarter(year: int, number: int) -> Compared:
    """Return a quarter of a year, compared with the quarter before."""
    before = (year - 1, 4) if number == 1 else (year, number - 1)
    return Compared(quarter_alone(year, number), quarter_alone(*before))


def quarter_alone(year: int, number: int) -> Span:
    """Return the days of a quarter."""
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Span(date(year, 3 * number - 2, 1), after - timedelta(days=1))


def quarters_ended(today: date, how_many: int) -> list[Span]:
    """Return the last quarters that are over, the last one first."""
    under_way = 4 * today.year + (today.month - 1) // 3
    return [
        quarter_alone(one // 4, one % 4 + 1)
        for one in range(under_way - 1, under_way - 1 - how_many, -1)
    ]


def year(number: int) -> Compared:
    """Return a civil year, compared with the year before."""
    return Compared(*(Span(date(one, 1, 1), date(one, 12, 31)) for one in (number, number - 1)))


def days_chosen(first: date, last: date) -> Compared:
    """Return the days that somebody chose, compared with as many days just before."""
    now, eve = Span(first, last), first - timedelta(days=1)
    return Compared(now, Span(eve - timedelta(days=now.days - 1), eve))


def not_a_span(first: date, last: date, today: date) -> Refusal | None:
    """Refuse days in the wrong order, or of which nothing is known."""
    if last < first:
        return Refusal.permission("Le dernier jour vient avant le premier : échangez-les.")
    if first > today:
        return Refusal.permission(
            f"Rien n’est encore arrivé ce jour-là : choisissez un premier jour jusqu’au {french(today)}."
        )
    if first.year < FIRST_YEAR:
        return Refusal.permission(
            f"Rien n’est connu d’aussi loin : choisissez un premier jour à partir de {FIRST_YEAR}."
        )
    return None


# ---------------------------------------------------------------- delays between two steps


@dataclass(frozen=True)
class StepDelay:
    """The days between the last arrival at a step and the leaving of another for what comes next."""

    slug: str
    label: str
    start: Stage
    left: frozenset[Stage]
    reached: frozenset[Stage]


S = Stage
DELAYS = (
    StepDelay(
        "prise-en-charge",
        "De la candidature à la prise en charge",
        S.REGISTERED,
        stages.at(S.REGISTERED),
        stages.at(S.TAKEN_ON),
    ),
    StepDelay(
        "rendez-vous",
        "De la prise en charge au premier rendez-vous",
        S.TAKEN_ON,
        stages.at(S.TAKEN_ON),
        stages.at(S.MEETING_HELD),
    ),
    StepDelay(
        "faisabilite",
        "Du parcours accepté à l’envoi du dossier de faisabilité",
        S.PATH_ACCEPTED,
        stages.at(S.PATH_ACCEPTED),
        stages.at(S.FEASIBILITY_SENT),
    ),
    StepDelay(
        "decision",
        "Du dossier complet à la décision de recevabilité",
        S.FEASIBILITY_COMPLETE,
        stages.at(S.FEASIBILITY_COMPLETE),
        stages.at(S.ADMISSIBLE, S.INADMISSIBLE),
    ),
    StepDelay(
        "ecriture",
        "De la recevabilité à l’envoi du dossier de validation",
        S.ADMISSIBLE,
        stages.at(S.ADMISSIBLE),
        stages.at(S.VALIDATION_SENT),
    ),
    StepDelay(
        "jury",
        "Du dossier de validation envoyé au jury tenu",
        S.VALIDATION_SENT,
        stages.at(S.JURY_SCHEDULED),
        stages.JUDGED,
    ),
    StepDelay(
        "notification",
        "Du jury tenu au résultat notifié",
        S.DELIBERATED,
        stages.at(S.DELIBERATED),
        stages.RESULT_KNOWN,
    ),
)

#: A result that the person learns: reached from one of these.
BEFORE_A_RESULT = stages.at(S.DELIBERATED, S.JURY_SCHEDULED)


def delay_ended_by(before: Stage, after: Stage) -> StepDelay | None:
    """Return the delay that a step ends, if it ends one."""
    return next((one for one in DELAYS if before in one.left and after in one.reached), None)


def days_between(start: date, end: date) -> int | None:
    """Return the days that a delay lasted; None when it was written backwards, and is not counted."""
    days = (end - start).days
    return days if days >= 0 else None


# ---------------------------------------------------------------- dates of a calendar


class Kept(Word):
    """What became of a date of a calendar."""

    ON_TIME = "on_time", "Tenue à temps"
    LATE = "late", "Tenue en retard"
    MISSED = "missed", "Passée, et pas encore tenue"


def kept(due_on: date, kept_on: date | None, today: date, *, over: bool) -> Kept | None:
    """Return what became of a planned date; None while it is to come.

    One that was not kept before its journey was `over` is nobody's to keep any more: it is not counted.
    """
    if kept_on:
        return Kept.ON_TIME if kept_on <= due_on else Kept.LATE
    return None if over or due_on >= today else Kept.MISSED


#: The dates that every calendar has; the others are told together.
COMMON_DATES = (FEASIBILITY_SENT, VALIDATION_SENT, JURY)
OTHER_DATES = "Autres dates"


# ---------------------------------------------------------------- files that are sent


@dataclass(frozen=True)
class Sending:
    """A file that is sent to the certifier: where it stands, and where an answer leads."""

    slug: str
    label: str
    sent: Stage
    returned: Stage
    taken: frozenset[Stage]

    @property
    def answered(self) -> frozenset[Stage]:
        """Return where any answer leads."""
        return self.taken | {self.returned}


SENDINGS = (
    Sending(
        "faisabilite",
        "Dossier de faisabilité",
        S.FEASIBILITY_SENT,
        S.FEASIBILITY_INCOMPLETE,
        stages.at(S.FEASIBILITY_COMPLETE, S.ADMISSIBLE, S.INADMISSIBLE),
    ),
    Sending(
        "validation",
        "Dossier de validation",
        S.VALIDATION_SENT,
        S.VALIDATION_RETURNED,
        stages.at(S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED),
    ),
)
#: From the third sending of a same file, they are told together.
MOST_TOLD = 3
TIMES = ("premier envoi", "deuxième envoi", "troisième envoi ou plus")


def was_returned(sending: Sending, following: Stage | None) -> bool | None:
    """Say whether a file that was sent came back, by the step that followed; None without an answer."""
    if following not in sending.answered:
        return None
    return following == sending.returned


# ---------------------------------------------------------------- juries and ends

#: What a panel decided, the best first; then those who did not come.
DECIDED = (Outcome.FULL, Outcome.CONDITIONAL, Outcome.TARGETED, Outcome.PARTIAL, Outcome.NONE)
ABSENCES = (Outcome.EXCUSED, Outcome.ABSENT)


class Ending(Word):
    """How a journey ended."""

    SUCCESS = "success", "Objectif atteint"
    PARTIAL = "partial", "Validation partielle, puis archivé"
    FAILED = "failed", "Aucun bloc obtenu, puis archivé"
    INADMISSIBLE = "inadmissible", "Non recevable"
    LAPSED = "lapsed", "Recevabilité caduque"
    FRAUD = "fraud", "Refus pour fraude"
    REORIENTED = "reoriented", "Réorientation"
    DROPPED_OUT = "dropped_out", "Abandon"


#: The step that ends a journey says how it ended; for one that is put away, the step before does.
ENDED_AT = {
    S.CERTIFIED: Ending.SUCCESS,
    S.BLOCS_CERTIFIED: Ending.SUCCESS,
    S.INADMISSIBLE: Ending.INADMISSIBLE,
    S.LAPSED: Ending.LAPSED,
    S.FRAUD_REFUSED: Ending.FRAUD,
    S.REORIENTED: Ending.REORIENTED,
    S.DROPPED_OUT: Ending.DROPPED_OUT,
}
PUT_AWAY_FROM = {S.PARTIALLY_CERTIFIED: Ending.PARTIAL, S.NOT_CERTIFIED: Ending.FAILED}


def ending(before: Stage, after: Stage) -> Ending | None:
    """Return how a step ended a journey; None when it goes on, or had ended before."""
    if before in stages.ENDS or after not in stages.ENDS:
        return None
    return PUT_AWAY_FROM.get(before) if after == S.ARCHIVED else ENDED_AT[after]


# ---------------------------------------------------------------- rates, and those too small to show


@dataclass(frozen=True)
class Rate:
    """A part of a whole, as it is shown with its two numbers."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """Return the rate in whole per cent, a half being rounded up."""
        return (200 * self.part + self.whole) // (2 * self.whole)


@enforces("R-116")
def fewest_people(on: date) -> int:
    """Return under how many people no rate is shown."""
    return value("R-116", "people", on)


@enforces("R-116")
def hidden(people: Mapping[Key, int], fewest: int) -> frozenset[Key]:
    """Return the lines of a table whose rate is kept back, by how many people each one counts.

    Those of too few people are; and, when what is kept back could be found again by taking the other
    lines from the total, the smallest of the others with them.
    """
    kept_back = {key for key, count in people.items() if 0 < count < fewest}
    others = sorted((key for key in people if people[key] >= fewest), key=lambda key: people[key])
    while kept_back and others and deducible([people[key] for key in kept_back], fewest):
        kept_back.add(others.pop(0))
    return frozenset(kept_back)


def deducible(counts: list[int], fewest: int) -> bool:
    """Say whether the total tells what is kept back: one line alone, or too few people altogether."""
    return len(counts) < 2 or sum(counts) < fewest
