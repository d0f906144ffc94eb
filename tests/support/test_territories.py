"""The hours and public holidays of each place."""

from datetime import UTC, date, datetime

import pytest

from jalon.law.vocabulary import Territory
from jalon.support.territories import holiday, holidays_of, said, zone

#: The eleven days of the labour code (L3133-1), for years whose Easter is known.
ELEVEN = {
    2026: "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
    2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
    2028: "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25",
    2030: "01-01 04-22 05-01 05-08 05-30 06-10 07-14 08-15 11-01 11-11 12-25",
}


@pytest.mark.parametrize("year", ELEVEN)
def test_the_public_holidays_are_those_of_the_labour_code(year: int) -> None:
    found = sorted(f"{day:%m-%d}" for day in holidays_of(Territory.METROPOLE, year))
    assert found == ELEVEN[year].split()


@pytest.mark.parametrize("territory", Territory)
def test_each_place_has_its_zone_and_keeps_the_national_day(territory: Territory) -> None:
    assert datetime(2027, 3, 1, tzinfo=zone(territory)).utcoffset() is not None
    assert holiday(territory, date(2027, 7, 14)) == "Fête nationale"


def test_an_hour_elsewhere_says_whose_hour_it_is() -> None:
    moment = datetime(2027, 3, 2, 8, tzinfo=UTC)
    assert said(moment, Territory.METROPOLE).replace("\xa0", " ") == "mardi 2 mars 2027 à 9 h 00"
    there = said(moment, Territory.REUNION).replace("\xa0", " ")
    assert there == "mardi 2 mars 2027 à 12 h 00 (heure locale : La Réunion)"
