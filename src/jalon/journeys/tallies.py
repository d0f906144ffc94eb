"""Figures counted beforehand, so that reading one costs the same in a large house as in a small one.

The worker counts them each hour, in one statement, by day and by month: a period is the sum of few rows, whatever
the number of journeys. A small house keeps nothing: its figures are counted as they are read.
`docs/decisions/0062-figures-counted-beforehand.md` says why.
"""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.db import connection, transaction

from jalon.journeys import figures
from jalon.journeys.figures import (
    NOTHING,
    OF_A_TEAM,
    TALLIED,
    Counts,
    Line,
    Measure,
    Measured,
    Tallied,
    Team,
    Told,
    several_teams,
    united,
)
from jalon.journeys.models import Grain, Journey, Tally, TallyMoment
from jalon.law.figures import Compared, Span, fewest_people
from jalon.now import now, today
from jalon.prepared import planned_each_time

#: Up to so many journeys, figures are counted as they are read: keeping them would make them late for nothing.
FEW = 2_000
#: Every day there is; a figure of the present stands on the last one.
ALWAYS = Span(date.min, date.max)
EVERYBODY = Team(None)


def counted_at() -> datetime | None:
    """Return when the figures were counted beforehand; None when they are counted as they are read."""
    found: datetime | None = TallyMoment.objects.values_list("at", flat=True).first()
    return found


def measured(counts: Counts, team: Team, compared: Compared, *, beforehand: bool) -> Measured:
    """Measure a figure, in one statement: from what was counted beforehand, or from the rows as they are now."""
    if beforehand and counts in TALLIED:
        return summed(TALLIED[counts], team, compared)
    return figures.measured(counts(team, compared), compared)


# ---------------------------------------------------------------- counting

#: A number for a person, in a figure, that nobody finds again once the salt is forgotten.
SOMEONE = "('x' || left(encode(sha256(convert_to(%s || name || person, 'UTF8')), 'hex'), 16))"
COUNT = f"""
WITH counted AS MATERIALIZED (
    SELECT name COLLATE "C" AS name, team, person, day, coalesce(line, '') COLLATE "C" AS line, days,
        good IS TRUE AS good
    FROM ({{rows}}) AS every
), shared AS (
    SELECT name, line, true AS shared FROM counted WHERE name = ANY (%s)
    GROUP BY name, line HAVING count(DISTINCT person) >= %s
), daily AS MATERIALIZED (
    SELECT name, team, day, CASE WHEN name <> ALL (%s) OR shared THEN line ELSE '' END AS line, days,
        count(*) AS count, count(*) FILTER (WHERE good) AS good,
        (array_agg(DISTINCT {SOMEONE}::bit(64)::bigint) FILTER (WHERE person IS NOT NULL))[:%s] AS people
    FROM counted LEFT JOIN shared USING (name, line)
    GROUP BY 1, 2, 3, 4, 5
), spread AS MATERIALIZED (
    SELECT name, whose.team, grain, first, whose.line, days, count, good, people
    FROM daily
    CROSS JOIN LATERAL (
        SELECT 0 AS team, CASE WHEN name = ANY (%s) THEN concat('{OF_A_TEAM}', daily.team) ELSE daily.line END AS line
        UNION ALL SELECT daily.team, daily.line WHERE daily.team IS NOT NULL) AS whose
    CROSS JOIN LATERAL (VALUES ('{Grain.DAY}', day), ('{Grain.MONTH}', date_trunc('month', day)::date))
        AS during (grain, first)
), lasting AS (
    SELECT name, team, grain, first, line, days, sum(count) AS count, sum(good) AS good
    FROM spread GROUP BY name, team, grain, first, line, days
), together AS (
    SELECT name, team, grain, first, line, sum(count) AS count, sum(good) AS good,
        coalesce(array_agg(days ORDER BY days) FILTER (WHERE days IS NOT NULL), '{{{{}}}}') AS days,
        coalesce(array_agg(count ORDER BY days) FILTER (WHERE days IS NOT NULL), '{{{{}}}}') AS times
    FROM lasting GROUP BY name, team, grain, first, line
), known AS (
    SELECT name, team, grain, first, line, (array_agg(DISTINCT person))[:%s] AS people
    FROM spread CROSS JOIN unnest(people) AS person
    GROUP BY name, team, grain, first, line
)
INSERT INTO journeys_tally (name, organisation_id, grain, day, line, count, good, people, days, times)
SELECT name, nullif(team, 0), grain, first, line, count, good, coalesce(people, '{{{{}}}}'), days, times
FROM together LEFT JOIN known USING (name, team, grain, first, line)
"""  # noqa: S608 - every word of it is written here
#: What the count may hold in memory at each of its steps, rather than write it down and read it again.
MEMORY = "SET LOCAL work_mem = '64MB'"


def count() -> int:
    """Count every figure anew and return how many rows are kept: none in a small house."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journeys.tallies'))")
        TallyMoment.objects.all().delete()
        Tally.objects.all().delete()
        if Journey.objects.count() <= FEW:
            return 0
        TallyMoment.objects.create(at=now())
        cursor.execute(MEMORY)
        with planned_each_time():
            cursor.execute(*counting())
        return cursor.rowcount


def counting() -> tuple[str, list[Any]]:
    """Return the statement that counts every figure, and what it is given."""
    each = [of_all(one) for one in TALLIED.values()]
    rows = " UNION ALL ".join(sql for sql, _ in each)
    given = [one for _, params in each for one in params]
    typed = [one.name for one in TALLIED.values() if one.typed]
    by_team = [one.name for one in TALLIED.values() if one.by_person and several_teams()]
    fewest, salt = fewest_people(today()), secrets.token_hex(32)
    return COUNT.format(rows=rows), [*given, typed, fewest, typed, salt, fewest, by_team, fewest]


def of_all(one: Tallied) -> tuple[str, list[Any]]:
    """Return the statement that reads all the rows of a figure there have ever been, under its name."""
    together, params = united(one.rows(EVERYBODY, Compared(ALWAYS, ALWAYS)))
    person = "person" if one.people else "NULL::bigint AS person"
    columns = f"'{one.name}' AS name, team, {person}, day, line, days, good"
    return f"SELECT {columns} FROM ({together}) AS {one.name}", params  # noqa: S608 - a name of ours


# ---------------------------------------------------------------- reading

#: Lines then their total, for each span: 0 is the period, 1 the one before. Quantiles as percentile_cont has them.
READ = """
WITH cell AS ({cells}), counted AS (
    SELECT span, grouping(line) = 1 AS total, coalesce(line, '') AS line, sum(count) AS count, sum(good) AS good
    FROM cell GROUP BY GROUPING SETS ((span, line), (span))
), known AS (
    SELECT span, grouping(line) = 1 AS total, coalesce(line, '') AS line, count(DISTINCT person) AS people
    FROM cell CROSS JOIN unnest(people) AS person GROUP BY GROUPING SETS ((span, line), (span))
), lasting AS (
    SELECT span, grouping(line) = 1 AS total, coalesce(line, '') AS line, one.days, sum(one.times) AS times
    FROM cell CROSS JOIN unnest(days, times) AS one (days, times)
    GROUP BY GROUPING SETS ((span, line, one.days), (span, one.days))
), placed AS (
    SELECT span, total, line, days, sum(times) OVER (PARTITION BY span, total, line ORDER BY days) AS upto,
        (sum(times) OVER (PARTITION BY span, total, line) - 1)::float8 AS most
    FROM lasting
), quantile AS (
    SELECT span, total, line,
        min(days) FILTER (WHERE upto > floor(0.5::float8 * most)) AS low,
        min(days) FILTER (WHERE upto > ceil(0.5::float8 * most)) AS high,
        0.5::float8 * most - floor(0.5::float8 * most) AS share,
        min(days) FILTER (WHERE upto > floor(0.9::float8 * most)) AS low9,
        min(days) FILTER (WHERE upto > ceil(0.9::float8 * most)) AS high9,
        0.9::float8 * most - floor(0.9::float8 * most) AS share9
    FROM placed GROUP BY span, total, line, most
)
SELECT span, total, line, count, coalesce(people, 0), good, low + share * (high - low), low9 + share9 * (high9 - low9)
FROM counted LEFT JOIN known USING (span, total, line) LEFT JOIN quantile USING (span, total, line)
"""
#: Some days, or some months, in the order of the index.
CELLS = """
SELECT %s::int AS span, line, count, good, people, days, times FROM journeys_tally
WHERE name = %s AND {team} AND grain = %s AND day BETWEEN %s AND %s
"""


def summed(one: Tallied, team: Team, compared: Compared) -> Measured:
    """Return a figure from what was counted beforehand."""
    whose, given = whose_tallies(team)
    asked = [
        (number, one.name, *given, grain, first, last)
        for number, span in enumerate((compared.now, compared.before))
        for grain, first, last in covers(one.told, span, before=number == 1)
    ]
    cells = " UNION ALL ".join([CELLS.replace("{team}", whose)] * len(asked))
    with planned_each_time(), connection.cursor() as cursor:
        cursor.execute(READ.replace("{cells}", cells), list(chain(*asked)))
        return as_measured(one.told, cursor.fetchall())


def whose_tallies(team: Team) -> tuple[str, list[Any]]:
    """Return the condition that keeps the tallies of a team, and what it is given."""
    if team.organisations is None:
        return "organisation_id IS NULL", []
    return "organisation_id = ANY (%s::bigint[])", [sorted(team.organisations)]


def covers(told: Told, span: Span, *, before: bool) -> Iterator[tuple[str, date, date]]:
    """Return which days and which months make what a figure tells of a span."""
    if told is Told.PRESENT:
        yield Grain.DAY.value, ALWAYS.last, date.min if before else ALWAYS.last
        return
    first = ALWAYS.first if told is Told.UNTIL else span.first
    whole, rest = next_month(first), first_of_month(span.last + timedelta(days=1))
    if rest <= whole:
        yield Grain.DAY.value, first, span.last
        return
    yield Grain.MONTH.value, whole, rest - timedelta(days=1)
    if first < whole:
        yield Grain.DAY.value, first, whole - timedelta(days=1)
    if rest <= span.last:
        yield Grain.DAY.value, rest, span.last


def first_of_month(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first day of the next month, or the day itself when it begins one."""
    return day if day.day == 1 else first_of_month(first_of_month(day) + timedelta(days=31))


def as_measured(told: Told, rows: list[tuple[Any, ...]]) -> Measured:
    """Return what the statement counted, a line for the lines that count anything and one for all."""
    found: dict[tuple[bool, str], dict[int, Measure]] = {(True, ""): {}}
    for span, total, line, *numbers in rows:
        found.setdefault((total, line), {})[span] = measure(told, *numbers)
    lines = {
        (total, key): Line(key, spans.get(0, NOTHING), spans.get(1, NOTHING))
        for (total, key), spans in found.items()
    }
    whole = lines.pop((True, ""))
    return Measured(
        tuple(one for one in lines.values() if one.now.count or one.before.count), whole
    )


def measure(
    told: Told, count: int, people: int, good: int, median: float | None, most: float | None
) -> Measure:
    """Return what was counted of a line; of what there was until a day, what came less what went."""
    if told is Told.UNTIL:
        return Measure(2 * int(good) - int(count), people, 0, median, most)
    return Measure(int(count), people, int(good), median, most)
