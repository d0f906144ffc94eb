"""What a row of the table is made of: actors, stages, conditions, guards, clock moves."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from jalon.law.case import Case
from jalon.law.dates import ALWAYS, Anchor, Period, When, day_of
from jalon.law.facts import Facts, Leading, Nothing
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Role, Route, Stage

#: Looks at the case alone: while it refuses, the act is not even offered.
Condition = Callable[[Case], Refusal | None]
#: Says something of the case, yes or no.
Question = Callable[[Case], bool]
#: Looks at the case and at what the act brings.
Guard = Callable[[Case, Any], Refusal | None]


@dataclass(frozen=True)
class Start:
    """A clock begins to run (or begins again) on the day of the act, or on the day the facts name.

    With `again`, one that is already over stays so: what it waited for has happened. Where no text
    sets the delay, `limit` names the day that the facts give it as its end: none begins without one.
    """

    kind: ClockKind
    basis: str = "today"
    limit: str = ""
    again: bool = False
    routes: frozenset[Route] = frozenset(Route)
    accompaniment: frozenset[Accompaniment] = frozenset(Accompaniment)

    def serves(self, route: Route, accompaniment: Accompaniment) -> bool:
        """Say whether the clock begins on a journey of this shape."""
        return route in self.routes and accompaniment in self.accompaniment


@dataclass(frozen=True)
class Stop:
    """A clock ends: what it waited for has happened, or will in time on the day the facts name (`by`)."""

    kind: ClockKind
    by: str = ""


@dataclass(frozen=True)
class Expire:
    """A clock ran to its limit."""

    kind: ClockKind


ClockMove = Start | Stop | Expire

#: Nothing is waited for after an end.
STOP_EVERY_CLOCK: tuple[ClockMove, ...] = tuple(Stop(kind) for kind in ClockKind)


class Offer(Enum):
    """How an act is put before the people who may do it."""

    MAIN = "main"  #: what goes on: the first button
    ASIDE = "aside"  #: turns back, or adds a note: after the one that goes on
    QUIET = "quiet"  #: seldom wanted: at the bottom of the page
    GRAVE = (
        "grave"  #: ends or takes back something: folded away at the bottom, never a filled button
    )
    WITHIN = "within"  #: done inside a page of its own, beside what it is about


@dataclass(frozen=True)
class Transition:
    """One row of the table: everything that the law says of an act, here and nowhere else.

    `asks` is what a person brings. Where the rest is for a room to look up (the panel of a session,
    the votes of a hearing), `completed` is what the guards judge and the journal keeps. `writes` says
    that the act leaves something beside the stage, the clocks and the journal. `to` is where the act
    leads; where it depends on what happened, `among` names the stages and the judged facts say which one,
    or that the journey stays where it is.
    `turns` is how the journey is accompanied from then on, when the act changes it.
    A row that a text brings or ends says so with `in_force`, and with the day by which that text takes
    journeys. `explains` says that, while a condition keeps it from being offered, the page says
    why. `mine` is what its button says to a
    candidate, when that is not what it says to others. `keeps` names the date of the calendar that the act keeps. `internal` keeps its line of the journal for those who accompany, `confidential` for the candidate. `tells` says who is told where that depends on what the act brings, `taken_back` by which act its author undoes it. Once `already` says that it
    was done, it steps back: its button says `again` (to a candidate `again_mine`, if it differs). Where `awaited` is given, the act goes
    on only while it says so.
    """

    act: Act
    at: frozenset[Stage]
    by: frozenset[Role]
    done: str
    article: str
    to: Stage | None = None
    among: frozenset[Stage] = frozenset()
    asks: type[Facts] = Nothing
    completed: type[Facts] | None = None
    when: tuple[Condition, ...] = ()
    guards: tuple[Guard, ...] = ()
    clocks: tuple[ClockMove, ...] = ()
    notifies: tuple[Role, ...] = ()
    offer: Offer = Offer.MAIN
    explains: bool = False
    internal: bool = False
    confidential: bool = False
    tells: str = ""
    taken_back: Act | None = None
    keeps: str = ""
    mine: str = ""
    awaited: Question | None = None
    already: Question | None = None
    again: str = ""
    again_mine: str = ""
    writes: bool = True
    routes: frozenset[Route] = frozenset(Route)
    accompaniment: frozenset[Accompaniment] = frozenset(Accompaniment)
    turns: Accompaniment | None = None
    in_force: Period = ALWAYS
    anchor: Anchor = Anchor.BEGUN

    @property
    def judged(self) -> type[Facts]:
        """Return the kind of facts that the guards judge and the journal keeps."""
        return self.completed or self.asks

    def serves(self, stage: Stage | None, route: Route, accompaniment: Accompaniment) -> bool:
        """Say whether this row is open to a journey of this shape standing at this stage."""
        here = stage in self.at if stage else not self.at
        return here and route in self.routes and accompaniment in self.accompaniment

    def repeats(self, case: Case) -> bool:
        """Say whether the act was done before, so that it would only change what it did."""
        return self.already is not None and self.already(case)

    def offered_as(self, case: Case) -> Offer:
        """Return how the act is put before people on this very case."""
        put_aside = self.repeats(case) or (self.awaited is not None and not self.awaited(case))
        if self.offer == Offer.ASIDE and self.repeats(case):
            return Offer.QUIET
        return Offer.ASIDE if self.offer == Offer.MAIN and put_aside else self.offer

    def button(self, case: Case) -> str:
        """Return what the button says on this very case."""
        if self.repeats(case):
            return (
                self.again_mine if self.again_mine and case.actor == Role.CANDIDATE else self.again
            )
        return self.mine if self.mine and case.actor == Role.CANDIDATE else self.act.label

    def governs(self, when: When) -> bool:
        """Say whether this row is in force for a journey of these days."""
        return self.in_force is ALWAYS or self.in_force.holds(day_of(when, self.anchor))

    def turns_to(self, accompaniment: Accompaniment) -> Accompaniment:
        """Return how the journey is accompanied after the act."""
        return self.turns or accompaniment

    def reaches(self, stage: Stage, facts: Facts) -> Stage:
        """Return the stage after the act; raises ValueError for facts that lead elsewhere."""
        if not self.among:
            return self.to or stage
        if not isinstance(facts, Leading) or facts.leads_to not in self.among | {stage}:
            raise ValueError(f"{self.act} leads to one of {sorted(self.among)}")
        return facts.leads_to

    def leads_to(self, stage: Stage) -> frozenset[Stage]:
        """Return the stages, others than this one, to which the act may lead from it."""
        return (self.among or frozenset({self.to or stage})) - {stage}


FRANCE_VAE_ONLY = frozenset({Route.FRANCE_VAE})
LAW_2002_ONLY = frozenset({Route.LAW_2002})

#: What a deposit, an admissibility and a summons move, whether they happen here or outside.
FEASIBILITY_DEPOSITED: tuple[ClockMove, ...] = (
    Stop(ClockKind.ANSWER),
    Start(ClockKind.DECISION),
)
ADMITTED: tuple[ClockMove, ...] = (
    Stop(ClockKind.DECISION),
    Start(ClockKind.LAPSE, routes=FRANCE_VAE_ONLY),
    Start(ClockKind.VALIDITY, basis="valid_until", routes=LAW_2002_ONLY),
)
VALIDATION_DEPOSITED: tuple[ClockMove, ...] = (
    Stop(ClockKind.LAPSE),
    Stop(ClockKind.ANSWER),
    Start(ClockKind.HEARING, routes=FRANCE_VAE_ONLY),
    Start(ClockKind.HEARING, limit="hearing_by", routes=LAW_2002_ONLY),
)
SUMMONED: tuple[ClockMove, ...] = (
    Stop(ClockKind.HEARING, by="held_on"),
    Start(ClockKind.RESULT, basis="held_on"),
)

ACCOMPANIED = frozenset({Accompaniment.ACCOMPANIED})
ALONE = frozenset({Accompaniment.ALONE})

CANDIDATE = frozenset({Role.CANDIDATE})
ARCHITECT = frozenset({Role.ARCHITECT, Role.HEAD})
HEAD = frozenset({Role.HEAD})
CANDIDATE_OR_ARCHITECT = CANDIDATE | ARCHITECT
CERTIFIER = frozenset({Role.CERTIFIER})
PRESIDENT = frozenset({Role.JUROR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
SYSTEM = frozenset({Role.SYSTEM})

BOTH_SIDES = (Role.CANDIDATE, Role.ARCHITECT)
EVERYONE = (Role.CANDIDATE, Role.ARCHITECT, Role.CERTIFIER)
