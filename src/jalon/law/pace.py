"""At which pace a file is written, and when it will be ready if it goes on so."""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.law.clocks import french

#: Over how many days a pace is looked at; a file opened since is looked at over its own days.
PERIOD = 28
WEEK = 7
#: Without a new word nothing is promised: a limit is in danger once so many days are left.
SOON = 84


@dataclass(frozen=True)
class Pace:
    """The words of a file now and when the period began, those to write, and its limit if one runs."""

    today: date
    since: date
    words: int
    words_then: int
    to_write: int
    last_on: date | None = None
    limit_on: date | None = None

    @property
    def per_week(self) -> int:
        """Return how many words a week were added since the period began; 0 when none were."""
        days = max(WEEK, (self.today - self.since).days)
        return max(0, round((self.words - self.words_then) * WEEK / days))

    @property
    def ready_on(self) -> date | None:
        """Return the day on which every text has its length at this pace; None when there is no telling."""
        if not self.to_write:
            return self.today
        if not self.per_week:
            return None
        weeks = self.to_write / self.per_week
        return self.today + timedelta(days=min(round(weeks * WEEK), 3650))

    @property
    def late(self) -> bool:
        """Say whether the limit comes before the file is ready, as far as can be told."""
        if self.limit_on is None or not self.to_write:
            return False
        if self.ready_on is None:
            return (self.limit_on - self.today).days <= SOON
        return self.ready_on > self.limit_on


def period_start(today: date, opened_on: date) -> date:
    """Return the day from which a pace is looked at."""
    return max(today - timedelta(days=PERIOD), opened_on)


def told(pace: Pace) -> tuple[str, ...]:
    """Return what a pace is made of, in sentences: words, last ones, end at this pace, limit."""
    return tuple(one for one in (written(pace), last(pace), end(pace), limit(pace)) if one)


def written(pace: Pace) -> str:
    """Return how many words there are, and how many a week."""
    return (
        f"{pace.words} mots écrits, dont {max(0, pace.words - pace.words_then)} depuis le "
        f"{french(pace.since)} : environ {pace.per_week} par semaine."
    )


def last(pace: Pace) -> str:
    """Return when something was written last."""
    if pace.last_on is None:
        return "Rien n’a encore été écrit pour ce passage."
    return f"Derniers mots écrits le {french(pace.last_on)}."


def end(pace: Pace) -> str:
    """Return when each text will have its length at this pace, or why there is no telling."""
    if not pace.to_write:
        return "Chaque texte a déjà la longueur qu’il faut."
    if pace.ready_on is None:
        return (
            f"Il reste environ {pace.to_write} mots : sans mot nouveau sur cette période, "
            "aucune date ne peut être prévue."
        )
    return (
        f"Il reste environ {pace.to_write} mots : à ce rythme, le dossier a sa longueur vers le "
        f"{french(pace.ready_on)}."
    )


def limit(pace: Pace) -> str:
    """Return the limit by which the file leaves, and whether this pace keeps it."""
    if pace.limit_on is None:
        return ""
    said = f"Date limite : {french(pace.limit_on)}."
    if not pace.late:
        return said
    return f"{said} À ce rythme, elle n’est pas tenue : un temps d’écriture est à prévoir chaque semaine."
