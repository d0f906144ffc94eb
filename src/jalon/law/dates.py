"""By which day a text governs, and how long it does: anchors and periods (R-001, R-067)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Anchor(StrEnum):
    """The day that decides which version of a text governs: texts use one or another."""

    BEGUN = "begun"  #: the day on which the person began the journey
    FILED = "filed"  #: the day on which the feasibility file was first deposited
    ACT = "act"  #: the day of the act: what is said of procedure applies at once
    YEAR = "year"  #: the civil year of the act
    DELIVERED = "delivered"  #: the day on which the certification or the bloc is delivered


@dataclass(frozen=True)
class Anchors:
    """The days of a journey that texts are anchored to; one that is not known yet is the act's."""

    act: date
    begun: date | None = None
    filed: date | None = None
    delivered: date | None = None

    def day(self, anchor: Anchor) -> date:
        """Return the day that an anchor means here."""
        if anchor == Anchor.YEAR:
            return date(self.act.year, 1, 1)
        known = {
            Anchor.BEGUN: self.begun,
            Anchor.FILED: self.filed,
            Anchor.DELIVERED: self.delivered,
        }
        return known.get(anchor) or self.act


#: When something happens: the days of a journey, or one day that stands for them all.
When = Anchors | date


def day_of(when: When, anchor: Anchor) -> date:
    """Return the day that an anchor means."""
    return (when if isinstance(when, Anchors) else Anchors(when)).day(anchor)


@dataclass(frozen=True)
class Period:
    """From a day to another, both included; None: as far back, or as far ahead, as anybody looks."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether a day is within."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


ALWAYS = Period()


@dataclass(frozen=True)
class Opening(Period):
    """A time during which the national portal takes registrations for a certification, and who says so.

    Without a source, the dates serve a demonstration: nobody read them anywhere.
    """

    source: str = ""
