"""Acts written down late and out of order, at random: the delays are those of a journal kept each day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.people import OUTSIDE
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.actions import act
from jalon.journeys.jobs import tick
from jalon.journeys.models import Clock
from jalon.law import facts
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Channel, Stage, StepKind
from jalon.now import moment_of
from tests.conftest import TODAY


@dataclass(frozen=True)
class Happened:
    """Something that happened on a day, away from Jalon, and how it is known."""

    act: Act
    on: date
    facts: facts.Facts
    channel: Channel | None = None

    def write(self, scenario: Scenario) -> bool:
        """Write it down now in a journal; say whether it could be."""
        try:
            with transaction.atomic():
                act(
                    scenario.journey.pk,
                    self.act,
                    by=scenario.architect,
                    facts=self.facts,
                    on=self.on if self.channel else None,
                    channel=self.channel,
                )
        except Refused:
            return False
        scenario.journey.refresh_from_db()
        return True


def by_letter(name: Act, said: Callable[[date], facts.Facts]) -> Callable[[date], Happened]:
    """Return what a letter of the certifier tells, on its day."""
    return lambda day: Happened(name, day, said(day), Channel.LETTER)


def ourselves(name: Act, said: Callable[[date], facts.Facts]) -> Callable[[date], Happened]:
    """Return what the candidate or the architect did, on its day."""
    return lambda day: Happened(name, day, said(day))


DEPOSIT = ourselves(Act.DEPOSIT_FEASIBILITY, facts.Deposit)
ADMIT = by_letter(Act.DECLARE_ADMISSIBLE, lambda day: facts.Decision())
REFUSE = by_letter(Act.DECLARE_INADMISSIBLE, lambda day: facts.Decision(reason="Sans rapport."))
RESULT = by_letter(Act.NOTE_RESULT, lambda day: facts.JuryElsewhere(held_on=day, won=()))
#: What may happen next at each stage, that moves the journey.
MOVES: dict[Stage, tuple[Callable[[date], Happened], ...]] = {
    Stage.PATH_ACCEPTED: (DEPOSIT,),
    Stage.FEASIBILITY_INCOMPLETE: (DEPOSIT,),
    Stage.FEASIBILITY_SENT: (
        by_letter(Act.DECLARE_COMPLETE, facts.Receipt),
        by_letter(Act.DECLARE_INCOMPLETE, lambda day: facts.Missing(("Pièce",))),
        ADMIT,
    ),
    Stage.FEASIBILITY_COMPLETE: (ADMIT, REFUSE),
    Stage.ADMISSIBLE: (ourselves(Act.DEPOSIT_VALIDATION, facts.Deposit),),
    Stage.VALIDATION_SENT: (
        by_letter(
            Act.NOTE_SUMMONS,
            lambda day: facts.SummonsElsewhere(day + timedelta(days=21), "1 rue de l’Exemple"),
        ),
        RESULT,
    ),
    Stage.JURY_SCHEDULED: (RESULT,),
}
NUMBER = ourselves(Act.NOTE_PORTAL_NUMBER, lambda day: facts.PortalNumber(day, number="FVAE-1"))
#: What may happen beside, at each stage.
NOTES: dict[Stage, tuple[Callable[[date], Happened], ...]] = {
    Stage.FEASIBILITY_SENT: (NUMBER,),
    Stage.FEASIBILITY_COMPLETE: (NUMBER,),
    Stage.ADMISSIBLE: (
        ourselves(
            Act.RECORD_STEP,
            lambda day: facts.Step(day, "Formation suivie", "Attestation", StepKind.PLANNED),
        ),
        by_letter(Act.GRANT_REASON, lambda day: facts.Reason("Hospitalisation")),
    ),
}


class TwoJournals(RuleBasedStateMachine):
    """The same life told twice: in one journal each day, in the other when somebody thinks of it."""

    demo: DemoPeople

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.moves_to_write: list[Happened] = []
        self.notes_to_write: list[Happened] = []

    @initialize()
    def two_people_are_ready(self) -> None:
        outside = Certification.objects.get(code=OUTSIDE)
        self.daily, self.late = (Scenario(self.demo, outside, TODAY).to_ready() for _ in range(2))
        timekeeper.travel(self.daily.at)

    @rule(days=st.sampled_from([2, 9, 33, 70, 200]))
    def days_pass(self, days: int) -> None:
        until = timekeeper.now() + timedelta(days=days)
        while ring := next_ring(until.date()):
            timekeeper.travel(moment_of(max(ring, timekeeper.today()), timekeeper.now()))
            tick()
        timekeeper.travel(until)
        for scenario in (self.daily, self.late):
            scenario.journey.refresh_from_db()

    @precondition(lambda self: self.stage in MOVES)
    @rule(data=st.data())
    def the_journey_moves(self, data: st.DataObject) -> None:
        self.happen(data.draw(st.sampled_from(MOVES[self.stage])), self.moves_to_write)

    @precondition(lambda self: self.stage in NOTES)
    @rule(data=st.data())
    def something_happens_beside(self, data: st.DataObject) -> None:
        self.happen(data.draw(st.sampled_from(NOTES[self.stage])), self.notes_to_write)

    @rule()
    def somebody_thinks_of_the_next_letter(self) -> None:
        if self.next_move and self.next_move.write(self.late):
            del self.moves_to_write[0]

    @precondition(lambda self: self.notes_to_write)
    @rule(data=st.data())
    def somebody_thinks_of_a_note(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.notes_to_write))
        if one.write(self.late):
            self.notes_to_write.remove(one)

    def teardown(self) -> None:
        if hasattr(self, "late"):
            self.write_everything()
            tick()
            assert self.left == []
            assert clocks_of(self.late) == clocks_of(self.daily)
        timekeeper.travel(TODAY)
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # ------------------------------------------------------------ helpers

    @property
    def stage(self) -> Stage:
        return Stage(self.daily.journey.stage)

    @property
    def left(self) -> list[Happened]:
        return [*self.moves_to_write, *self.notes_to_write]

    @property
    def next_move(self) -> Happened | None:
        """Return the next move to write; notes of a stage are written before the journey leaves it."""
        first = next(iter(self.moves_to_write), None)
        if first and first.act == Act.DEPOSIT_VALIDATION and self.notes_to_write:
            return None
        return first

    def happen(self, what: Callable[[date], Happened], later: list[Happened]) -> None:
        happened = what(timekeeper.today())
        if happened.write(self.daily):
            later.append(happened)

    def write_everything(self) -> None:
        """Write what was left, notes when the stage lets them."""
        while self.left:
            written = [one for one in self.notes_to_write if one.write(self.late)]
            self.notes_to_write = [one for one in self.notes_to_write if one not in written]
            if self.next_move and self.next_move.write(self.late):
                written.append(self.moves_to_write.pop(0))
            if not written and not tick():
                return
            self.late.journey.refresh_from_db()


def next_ring(until: date) -> date | None:
    """Return the next day on which a delay must be looked at, up to a day."""
    due = Clock.objects.filter(next_on__lte=until)
    return due.order_by("next_on").values_list("next_on", flat=True).first()


def clocks_of(scenario: Scenario) -> list[tuple[object, ...]]:
    """Return the delays of a journey, as its pages show them."""
    rows = scenario.journey.clocks.order_by("started_on", "kind", "limit_on")
    return list(rows.values_list("kind", "state", "started_on", "limit_on", "ended_on"))


@pytest.mark.long
@pytest.mark.rule("R-026", "R-028", "R-044")
def test_what_is_written_late_and_out_of_order_gives_the_delays_of_a_journal_kept_each_day(
    demo: DemoPeople,
) -> None:
    TwoJournals.demo = demo
    run_state_machine_as_test(
        TwoJournals,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
