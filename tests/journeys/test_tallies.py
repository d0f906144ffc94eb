"""Figures counted beforehand, against the same figures counted at once from the rows of random journeys."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jalon.catalogue.models import Certification
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import tallies
from jalon.journeys.figures import TALLIED, Counts, Line, Measure, Measured, Team
from jalon.journeys.jobs import count_figures
from jalon.journeys.models import (
    Attempt,
    BlocAward,
    Clock,
    JournalEntry,
    Journey,
    Tally,
)
from jalon.law import figures as law
from jalon.law.figures import Compared, days_chosen, year
from jalon.law.stages import ENDS, RESULT_KNOWN
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    ClockState,
    DropOutReason,
    MeetingKind,
    MeetingMode,
    Outcome,
    Role,
    Route,
    Scope,
    Stage,
)
from jalon.now import moment_of
from jalon.people.models import User
from jalon.support.models import Meeting, Milestone
from tests.conftest import TODAY
from tests.trials.measure import WHOLE

pytestmark = pytest.mark.django_db

#: Few enough people for some lines to be kept back, and for one to have several journeys.
PEOPLE, JOURNEYS, STEPS = 9, 45, 12
#: How many houses are tried; `./jalon test figures` tries many.
SEEDS = 20 if WHOLE else 2
ON = TODAY.date()
FIRST = ON - timedelta(days=800)
#: Steps that follow each other often, so that each figure has something to count.
PATHS = (
    *((one.start, *sorted(one.left), *sorted(one.reached)[:1]) for one in law.DELAYS),
    *((one.sent, one.returned, one.sent, *sorted(one.taken)[:1]) for one in law.SENDINGS),
    (Stage.JURY_SCHEDULED, Stage.DELIBERATED, *sorted(RESULT_KNOWN)[:2], Stage.ARCHIVED),
    (Stage.REGISTERED, Stage.TAKEN_ON, Stage.DROPPED_OUT),
    tuple(sorted(ENDS)),
)
ITEMS = (
    "Un justificatif lisible",
    "un justificatif LISIBLE ",
    "L’attestation de Mme Untel",
    "Une date",
)


class House:
    """A house of random journeys: people with several files, teams and none, lines written late."""

    def __init__(self, demo: DemoPeople, certification: Certification, seed: int) -> None:
        self.chance = random.Random(seed)
        self.demo, self.certification = demo, certification
        self.blocs = list(certification.blocs.all())
        self.people = User.objects.bulk_create(
            User(email=f"someone{number}@exemple.test") for number in range(PEOPLE)
        )
        self.entries: list[JournalEntry] = []
        self.journeys = [self.journey(number) for number in range(JOURNEYS)]
        Journey.objects.bulk_create(self.journeys)
        JournalEntry.objects.bulk_create(self.entries)
        for journey in self.journeys:
            self.beside(journey)

    def day(self, first: date = FIRST, last: date = ON) -> date:
        """Return any day between two."""
        return first + timedelta(days=self.chance.randint(0, max((last - first).days, 0)))

    def journey(self, number: int) -> Journey:
        """Return a journey that walked some paths, and write its journal."""
        begun, team = (
            self.day(),
            self.chance.choice((self.demo.accompanist, self.demo.neighbour, None)),
        )
        journey = Journey(
            reference=f"J00-{number}",
            candidate=self.chance.choice(self.people),
            certification=self.certification,
            certifier=self.demo.certifier,
            organisation=team,
            architect=self.chance.choice((*self.demo.architects[:2], None)) if team else None,
            route=self.chance.choice(list(Route)),
            accompaniment=Accompaniment.ACCOMPANIED if team else Accompaniment.ALONE,
            scope=Scope.WHOLE,
            registered_at=self.at(begun),
            stage_since=self.at(begun),
            reached_on=begun,
            consent_at=self.at(begun),
        )
        steps = [Stage.REGISTERED]
        while len(steps) < STEPS and (len(steps) < 3 or self.chance.random() < 0.85):
            steps += self.chance.choice(PATHS)
        on, before = begun, ""
        for rank, step in enumerate(steps, 1):
            late = self.chance.random() < 0.1
            on = self.day(begun, on) if late else self.day(on, min(on + timedelta(days=50), ON))
            self.entries.append(self.entry(journey, rank, before, step, on))
            before = step
        journey.stage, journey.version = Stage(before), len(steps)
        return journey

    def entry(
        self, journey: Journey, number: int, before: str, after: str, on: date
    ) -> JournalEntry:
        """Return a line of a journal."""
        asked = {"items": self.chance.sample(ITEMS, self.chance.randint(0, 3))}
        other = {"reason": self.chance.choice(list(DropOutReason)), "outcome": Outcome.EXCUSED}
        return JournalEntry(
            journey=journey,
            number=number,
            act=self.chance.choice((Act.RECORD_ABSENCE, Act.REGISTER, Act.TAKE_CHARGE)),
            role=Role.SYSTEM,
            at=TODAY,
            occurred_on=on,
            stage_before=before,
            stage_after=after,
            facts=self.chance.choice((asked, asked, other, {})),
        )

    def beside(self, journey: Journey) -> None:
        """Write a jury, dates, meetings and a delay of a journey."""
        for number in range(self.chance.randint(0, 2)):
            heard = Attempt.objects.create(
                journey=journey,
                number=number + 1,
                opened_at=TODAY,
                hearing_on=self.day(),
                outcome=self.chance.choice((*law.DECIDED, *law.ABSENCES, "")),
            )
            heard.blocs.set(self.chance.sample(self.blocs, 2))
            if number == 0 and self.chance.random() < 0.6:
                code = f"{journey.reference}-{number}"
                BlocAward.objects.create(
                    journey=journey,
                    attempt=heard,
                    bloc=self.blocs[0],
                    awarded_on=ON,
                    verification_code=code,
                )
        for _ in range(self.chance.randint(0, 4)):
            self.date_and_meeting(journey)
        if self.chance.random() < 0.4:
            Clock.objects.create(
                journey=journey,
                kind=self.chance.choice(list(ClockKind)),
                state=ClockState.RUNNING,
                started_on=FIRST,
                target_on=FIRST,
                limit_on=self.day(FIRST, ON + timedelta(days=400)),
            )

    def date_and_meeting(self, journey: Journey) -> None:
        """Write a date of the calendar, and a meeting."""
        due = self.day(FIRST, ON + timedelta(days=90))
        Milestone.objects.create(
            journey=journey,
            title=self.chance.choice((*law.COMMON_DATES, "Réunir les preuves")),
            due_on=due,
            moved_from=self.chance.choice((None, self.day())),
            kept_on=self.chance.choice((None, self.day())),
        )
        Meeting.objects.create(
            journey=journey,
            kind=MeetingKind.FOLLOW_UP,
            mode=MeetingMode.PHONE,
            held_on=self.day(),
            minutes=self.chance.choice((30, 45, 60, 90)),
            held_by=self.chance.choice(self.demo.architects[:2]),
        )

    def at(self, day: date) -> datetime:
        """Return a moment of a day."""
        return moment_of(day, TODAY)

    def span(self) -> Compared:
        """Return any period."""
        first = self.day()
        return days_chosen(first, self.day(first))


@pytest.fixture(autouse=True)
def _no_house_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count beforehand, however few the journeys."""
    monkeypatch.setattr(tallies, "FEW", 0)


def as_told(counts: Counts, found: Measured) -> dict[str, tuple[Measure, Measure]]:
    """Return the lines of a figure by their key, their total under a star, and no more of people than is kept."""
    both = {line.key: line for line in found.lines} | {"*": found.total}
    if TALLIED[counts].typed:
        both |= {"": together([line for line in found.lines if rare(line)])}
        both = {key: line for key, line in both.items() if key in {"", "*"} or not rare(line)}
    return {key: (kept(counts, line.now), kept(counts, line.before)) for key, line in both.items()}


def rare(line: Line) -> bool:
    """Say whether a line is told with others for want of people."""
    return not line.key or max(line.now.people, line.before.people) < law.fewest_people(ON)


def together(lines: list[Line]) -> Line:
    """Return what several lines count."""
    now, before = (sum(getattr(one, when).count for one in lines) for when in ("now", "before"))
    return Line("", Measure(now, 0, 0, None, None), Measure(before, 0, 0, None, None))


def kept(counts: Counts, one: Measure) -> Measure:
    """Return a measure as far as tallies know it: of many people, that they are many."""
    most = law.fewest_people(ON) if TALLIED[counts].people else 0
    return replace(one, people=min(one.people, most))


@pytest.mark.rule("R-116")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_counted_beforehand_is_what_the_rows_say(
    demo: DemoPeople, scenario: Scenario, seed: int
) -> None:
    house = House(demo, scenario.certification, seed)
    assert count_figures() == Tally.objects.count() > 0
    own = frozenset({demo.accompanist.pk})
    teams = (Team(None, several=True), Team(own), Team(own | {demo.neighbour.pk}))
    whole = days_chosen(FIRST, ON)
    for counts in TALLIED:
        assert counted_alike(counts, teams[0], whole).total.now.count, (
            f"{counts.__name__} counts nothing"
        )
        for compared in (house.span(), year(ON.year - 1), year(ON.year).until(ON)):
            counted_alike(counts, house.chance.choice(teams), compared)


def counted_alike(counts: Counts, team: Team, compared: Compared) -> Measured:
    """Measure a figure both ways, and return what was found; raises AssertionError when they differ."""
    beforehand = tallies.measured(counts, team, compared, beforehand=True)
    at_once = tallies.measured(counts, team, compared, beforehand=False)
    said = f"{counts.__name__}, {compared}, {team}"
    assert as_told(counts, beforehand) == as_told(counts, at_once), said
    return at_once
