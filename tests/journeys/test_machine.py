"""Random acts by random people on random days, on real rows, through the one door."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.drivers.actions import Actions
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys.jobs import tick
from jalon.journeys.models import Clock, Journey
from jalon.journeys.policy import capacity
from jalon.journeys.snapshot import snapshot
from jalon.juries.policy import presides
from jalon.law import lifecycle, simulation
from jalon.law.case import Case
from jalon.law.facts import Facts, HeldElsewhere, Nothing
from jalon.law.rulebook import Refused
from jalon.law.stages import ENDS
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, ClockState, Role, Route, Stage
from jalon.people.models import User
from tests.conftest import TODAY
from tests.journeys.bringing import brought_to
from tests.journeys.comparing import comparable
from tests.journeys.test_story import replayed
from tests.law.simulated import good_facts
from tests.law.test_table import walk as reachable
from tests.trials.measure import WHOLE

REACHABLE = {
    shape: {stage for stage, _ in reachable(*shape)} for shape in product(Route, Accompaniment)
}
CODES = {Route.FRANCE_VAE: "RNCP38901", Route.LAW_2002: "RNCP41814"}
#: Acts that no page does without the rows of a session: the jury's room does them.
OF_THE_JURY = (
    Act.SCHEDULE_HEARING,
    Act.RECORD_DELIBERATION,
    Act.POSTPONE_HEARING,
    Act.RECORD_ABSENCE,
)
DEPTHS = ("register", "to_ready", "to_complete", "to_admissible", "to_scheduled", "to_result")


#: The rule of a refusal that no rule is behind: the paper that an act brings is not theirs to bring.
NOT_THEIRS = ""


class Machine(RuleBasedStateMachine):
    """A journey in the hands of people who try anything; its rows are undone at the end."""

    demo: DemoPeople

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        timekeeper.travel(TODAY)
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(
        route=st.sampled_from(list(Route)),
        accompaniment=st.sampled_from(list(Accompaniment)),
        depth=st.sampled_from(DEPTHS),
        won=st.sampled_from([None, 0, 1]),
    )
    def register_and_go_some_way(
        self, route: Route, accompaniment: Accompaniment, depth: str, won: int | None
    ) -> None:
        certification = Certification.objects.get(code=CODES[route])
        self.scenario = Scenario(
            self.demo, certification, TODAY, route=route, accompaniment=accompaniment
        )
        if depth == "to_result" and won is not None:
            codes = certification.blocs.order_by("position").values_list("code", flat=True)
            self.scenario.to_scheduled().deliberate(list(codes)[:won]).wait(6).notify()
        else:
            getattr(self.scenario, depth)()
        timekeeper.travel(self.scenario.at)

    # ------------------------------------------------------------ what people do

    @rule(data=st.data(), won=st.integers(0, 2))
    def someone_does_what_the_table_offers(self, data: st.DataObject, won: int) -> None:
        rows = [
            transition
            for transition in lifecycle.TABLE
            if transition.serves(self.stage, *self.shape)
            and Role.SYSTEM not in transition.by
            and transition.act not in (Act.POSTPONE_HEARING, Act.RECORD_ABSENCE)
            and transition.to not in (Stage.ARCHIVED, Stage.DROPPED_OUT)
        ]
        if rows:
            transition = data.draw(st.sampled_from(rows))
            self.attempt(transition, min(transition.by), won)

    @rule(act=st.sampled_from(list(Act)), role=st.sampled_from(list(Role)))
    def someone_tries_anything(self, act: Act, role: Role) -> None:
        transition = lifecycle.transition_for(act, self.stage, *self.shape)
        if transition and act in OF_THE_JURY and transition.by & self.able(role):
            return
        brought = self.good(transition, 1) if transition else Nothing()
        theirs = transition is not None and bool(transition.by & self.able(role))
        before = self.rows
        refused = self.try_to(act, self.people[role], brought)
        if not theirs:
            assert refused in ("TABLE", NOT_THEIRS), act
        if refused:
            assert self.rows == before

    @precondition(lambda self: self.stage in (Stage.REGISTERED, Stage.PATH_ACCEPTED))
    @rule()
    def the_candidate_fills_in_the_file(self) -> None:
        self.scenario.at = timekeeper.now()
        self.scenario.fill_feasibility()

    @precondition(lambda self: self.stage == Stage.ADMISSIBLE)
    @rule()
    def the_candidate_writes(self) -> None:
        self.scenario.at = timekeeper.now()
        self.scenario.write_validation()

    @rule(days=st.sampled_from([1, 7, 31, 60, 120, 190]))
    def time_passes_and_the_clocks_ring(self, days: int) -> None:
        foreseen = simulation.after_days(self.case, days)
        quiet = not any(simulation.days_passing(self.case, days))
        timekeeper.travel(timekeeper.now() + timedelta(days=days))
        tick()
        assert not Clock.objects.filter(next_on__lte=timekeeper.today()).exists()
        self.scenario.journey.refresh_from_db()
        assert foreseen.stage == self.stage
        if quiet:
            assert comparable(foreseen) == comparable(self.case)

    # ------------------------------------------------------------ what always holds

    @invariant()
    def the_stage_is_reachable_and_the_journal_leads_to_it(self) -> None:
        journey = self.scenario.journey
        assert self.stage in REACHABLE[self.shape]
        assert replayed(journey) == journey.stage
        numbers = list(journey.journal.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, journey.version + 1))

    @invariant()
    def every_act_done_was_open_to_its_author(self) -> None:
        for entry in self.scenario.journey.journal.acts():
            before = Stage(entry.stage_before) if entry.stage_before else None
            when = self.scenario.journey.anchors(timekeeper.today())
            transition = lifecycle.row_done(Act(entry.act), before, *self.shape, when)
            assert transition is not None and entry.role in transition.by, entry

    @invariant()
    def no_clock_runs_after_its_end(self) -> None:
        living = self.scenario.journey.clocks.filter(state=ClockState.RUNNING)
        assert not (self.stage in ENDS and living.exists())
        kinds = set(living.values_list("kind", flat=True))
        if self.scenario.journey.route == Route.LAW_2002:
            assert not kinds & {ClockKind.LAPSE, ClockKind.HEARING}
        else:
            assert ClockKind.VALIDITY not in kinds

    @invariant()
    def an_award_is_a_bloc_that_was_aimed_at(self) -> None:
        journey = self.scenario.journey
        given = journey.awards.held()
        held = set(given.values_list("bloc", flat=True))
        aimed = set(journey.targeted.values_list("pk", flat=True))
        assert set(given.filter(attempt__isnull=False).values_list("bloc", flat=True)) <= aimed
        if self.stage == Stage.CERTIFIED:
            assert held >= aimed

    # ------------------------------------------------------------ helpers

    @property
    def stage(self) -> Stage:
        return Stage(self.scenario.journey.stage)

    @property
    def case(self) -> Case:
        """Return the journey as the law sees it now."""
        return snapshot(Journey.objects.get(pk=self.scenario.journey.pk), Role.SYSTEM)

    @property
    def shape(self) -> tuple[Route, Accompaniment]:
        return Route(self.scenario.journey.route), Accompaniment(
            self.scenario.journey.accompaniment
        )

    @property
    def rows(self) -> tuple[object, ...]:
        """Return what a refused act must leave as it was."""
        journey = self.scenario.journey
        journey.refresh_from_db()
        clocks = tuple(journey.clocks.values_list("kind", "state", "limit_on").order_by("pk"))
        return journey.stage, journey.version, journey.journal.count(), clocks

    @property
    def people(self) -> dict[Role, User | None]:
        """Return somebody who holds each role."""
        return {
            Role.CANDIDATE: self.scenario.person,
            Role.ARCHITECT: self.scenario.architect,
            Role.HEAD: self.demo.head,
            Role.CERTIFIER: self.demo.officer,
            Role.JUROR: self.demo.jurors[0].user,
            Role.ADMINISTRATOR: self.demo.administrator,
            Role.SYSTEM: None,
        }

    def able(self, role: Role) -> frozenset[Role]:
        """Return the roles in which this person may act here: an architect only when there is one."""
        if role in (Role.ARCHITECT, Role.HEAD):
            return capacity(self.people[role], self.scenario.journey) & {role}
        if role == Role.JUROR and not presides(self.demo.jurors[0].user, self.scenario.journey):
            return frozenset()
        return frozenset({role})

    def good(self, transition: Transition, won: int) -> Facts:
        """Return facts that the law lets through."""
        case = snapshot(self.scenario.journey, min(transition.by))
        codes = self.scenario.journey.targeted.order_by("position").values_list("code", flat=True)
        good = good_facts(transition, case, frozenset(list(codes)[:won]))
        brought = brought_to(transition, self.scenario.journey, self.demo, good)
        if isinstance(brought, HeldElsewhere):  # the proof stays, whatever becomes of the act
            kept = Actions(self.scenario.person).proof(self.scenario.journey)
            return replace(brought, document=kept)
        return brought

    def attempt(self, transition: Transition, role: Role, won: int) -> None:
        """Do an act the way its room does it; a refusal is as good an answer."""
        self.scenario.at = timekeeper.now()
        try:
            if transition.act == Act.SCHEDULE_HEARING:
                self.scenario.convene(in_days=30)
            elif transition.act == Act.RECORD_DELIBERATION:
                codes = self.scenario.journey.targeted.order_by("position").values_list(
                    "code", flat=True
                )
                self.scenario.deliberate(list(codes)[:won])
                timekeeper.travel(self.scenario.at)
            else:
                self.try_to(transition.act, self.people[role], self.good(transition, won))
        except Refused:
            pass
        self.scenario.journey.refresh_from_db()

    def try_to(self, name: Act, by: User | None, facts: Facts) -> str | None:
        """Try an act; return the rule that refuses it, or None. The simulation must have foreseen it."""
        self.scenario.at = timekeeper.now()
        before = self.case
        try:
            self.scenario.do(name, by, facts)
        except Refused as refused:
            return refused.rule
        entry = self.scenario.journey.journal.acts().latest("number")
        transition = lifecycle.transition_for(
            name, before.stage, before.route, before.accompaniment
        )
        assert transition is not None
        acting = replace(before, actor=entry.role)
        foreseen = simulation.apply(acting, transition, entry.facts_as(transition.judged))
        assert comparable(foreseen) == comparable(self.case)
        return None


@pytest.mark.long
def test_whatever_people_try_the_table_holds_on_real_rows(demo: DemoPeople) -> None:
    Machine.demo = demo
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=50 if WHOLE else 8,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
