"""What time it is where a site stands, and which days are public holidays there; without a database."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from jalon.law.clocks import WEEKDAYS, french, french_hour
from jalon.law.vocabulary import Territory

#: The zone of each place, and the name under which the calendar of its holidays is known.
PLACES = {
    Territory.METROPOLE: ("Europe/Paris", None),
    Territory.ALSACE_MOSELLE: ("Europe/Paris", "6AE"),
    Territory.GUADELOUPE: ("America/Guadeloupe", "971"),
    Territory.MARTINIQUE: ("America/Martinique", "972"),
    Territory.GUYANE: ("America/Cayenne", "973"),
    Territory.REUNION: ("Indian/Reunion", "974"),
    Territory.MAYOTTE: ("Indian/Mayotte", "976"),
    Territory.SAINT_PIERRE: ("America/Miquelon", "PM"),
    Territory.SAINT_MARTIN: ("America/Marigot", "MF"),
    Territory.SAINT_BARTHELEMY: ("America/St_Barthelemy", "BL"),
    Territory.NOUVELLE_CALEDONIE: ("Pacific/Noumea", "NC"),
    Territory.POLYNESIE: ("Pacific/Tahiti", "PF"),
    Territory.WALLIS: ("Pacific/Wallis", "WF"),
}
PARIS = "Europe/Paris"
#: The first day of a weekend.
SATURDAY = 5


def zone(territory: Territory) -> ZoneInfo:
    """Return the time zone of a place."""
    return ZoneInfo(PLACES[territory][0])


def holiday(territory: Territory, day: date) -> str:
    """Return the name of the public holiday that a day is in a place; empty for a working day."""
    return holidays_of(territory, day.year).get(day, "")


def is_worked(territory: Territory, day: date) -> bool:
    """Say whether a day is neither of a weekend nor a public holiday of a place."""
    return day.weekday() < SATURDAY and not holiday(territory, day)


@cache
def holidays_of(territory: Territory, year: int) -> dict[date, str]:
    """Return the public holidays of a place in a year."""
    return dict(
        holidays.country_holidays("FR", subdiv=PLACES[territory][1], years=year, language="fr")
    )


def local(moment: datetime, territory: Territory) -> datetime:
    """Return a moment as the clocks of a place show it."""
    return moment.astimezone(zone(territory))


def said(moment: datetime, territory: Territory) -> str:
    """Return a moment as people of a place say it: « mardi 2 mars 2027 à 9 h 00 »."""
    here = local(moment, territory)
    day = f"{WEEKDAYS[here.weekday()]} {french(here.date())}"
    return f"{day} à {french_hour(here.time())}{zone_said(territory)}"


def zone_said(territory: Territory) -> str:
    """Return whose hour it is, to stand after an hour; empty where it is that of Paris."""
    return "" if PLACES[territory][0] == PARIS else f" (heure locale : {territory.label})"
