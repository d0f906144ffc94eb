"""Random acts by random people on random days: the table holds whatever they try."""

from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jalon.law import facts, lifecycle
from jalon.law.facts import Nothing
from jalon.law.results import NOTICES
from jalon.law.stages import ENDS
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClockKind,
    Role,
    Route,
    Scope,
    Stage,
)

from .cases import BLOCS, ONE, THREE, TWO, a_case
from .simulated import BAD_FACTS, SimulatedJourney, good_facts, unsigned_file
from .test_table import walk

REACHABLE = {shape: {stage for stage, _ in walk(*shape)} for shape in product(Route, Accompaniment)}
AWARDS = {Stage.CERTIFIED, Stage.CONDITIONALLY_CERTIFIED}
SOME_BLOCS = st.frozensets(st.sampled_from(sorted(BLOCS)))


def begin(
    route=Route.FRANCE_VAE,
    accompaniment=Accompaniment.ACCOMPANIED,
    scope=Scope.WHOLE,
    targeted=BLOCS,
):
    """Return a journey that was just registered, its file written but not signed."""
    return SimulatedJourney(
        a_case(
            route=route,
            accompaniment=accompaniment,
            scope=scope,
            targeted_blocs=targeted,
            feasibility=unsigned_file(),
        )
    )


PREPARATION = [
    (Act.TAKE_CHARGE, Role.ARCHITECT),
    (Act.HOLD_FIRST_MEETING, Role.ARCHITECT),
    (Act.PROPOSE_PATH, Role.ARCHITECT),
    (Act.ACCEPT_PATH, Role.CANDIDATE),
    (Act.GIVE_OPINION, Role.ARCHITECT),
]
FEASIBILITY = [(Act.CONFIRM_FEASIBILITY, Role.CANDIDATE), (Act.SEND_FEASIBILITY, Role.CANDIDATE)]
ADMISSION = [
    (Act.DECLARE_COMPLETE, Role.CERTIFIER),
    (Act.DECLARE_ADMISSIBLE, Role.CERTIFIER),
]
TO_THE_JURY = [
    (Act.SIGN_ORIGINALITY, Role.CANDIDATE),
    (Act.SEND_VALIDATION, Role.CANDIDATE),
    (Act.ACCEPT_VALIDATION, Role.CERTIFIER),
    (Act.SCHEDULE_HEARING, Role.CERTIFIER),
    (Act.RECORD_DELIBERATION, Role.JUROR),
]


def go(journey, story, won=BLOCS):
    """SimulatedJourney a story with good facts; every act must pass."""
    for act, role in story:
        case = journey.case
        transition = lifecycle.transition_for(act, case.stage, case.route, case.accompaniment)
        assert transition is not None, (act, case.stage)
        assert journey.do(act, role, good_facts(transition, case, won)) is None, (act, case.stage)
    return journey.case.stage


class Journey(RuleBasedStateMachine):
    """A journey in the hands of people who try anything."""

    @initialize(
        route=st.sampled_from(list(Route)),
        accompaniment=st.sampled_from(list(Accompaniment)),
        targeted=st.one_of(st.just(BLOCS), st.just(frozenset({ONE, TWO}))),
        depth=st.integers(0, 14),
        won=SOME_BLOCS,
    )
    def register_and_go_some_way(self, route, accompaniment, targeted, depth, won):
        scope = Scope.WHOLE if targeted == BLOCS else Scope.BLOCS
        self.walk = begin(route, accompaniment, scope, targeted)
        first = PREPARATION if accompaniment == Accompaniment.ACCOMPANIED else []
        if route == Route.LAW_2002:
            first = [step for step in first if step[0] != Act.GIVE_OPINION]
        go(self.walk, [*first, *FEASIBILITY, *ADMISSION, *TO_THE_JURY][:depth], won)
        if self.walk.case.stage == Stage.DELIBERATED:
            go(self.walk, [(NOTICES[self.walk.case.outcome], Role.CERTIFIER)])

    @rule(data=st.data(), won=SOME_BLOCS)
    def someone_does_what_the_table_offers(self, data, won):
        case = self.walk.case
        rows = [
            transition
            for transition in lifecycle.TABLE
            if transition.serves(case.stage, *self.shape)
            and Role.SYSTEM not in transition.by
            and transition.to not in (Stage.ARCHIVED, Stage.DROPPED_OUT)
            and lifecycle.refused_by(transition, case, good_facts(transition, case, won)) is None
        ]
        if not rows:
            return
        transition = data.draw(st.sampled_from(rows))
        role = data.draw(st.sampled_from(sorted(transition.by)))
        self.walk.do(transition.act, role, good_facts(transition, case, won))

    @rule(act=st.sampled_from(list(Act)), role=st.sampled_from(list(Role)), won=SOME_BLOCS)
    def someone_tries_anything(self, act, role, won):
        before = self.walk.case
        transition = lifecycle.transition_for(act, before.stage, *self.shape)
        facts = good_facts(transition, before, won) if transition else Nothing()
        refused = self.walk.do(act, role, facts)
        if transition is None or role not in transition.by:
            assert refused == "TABLE"
        if refused:
            assert self.walk.case == before

    @rule(data=st.data())
    def someone_does_it_badly(self, data):
        case = self.walk.case
        rows = [
            transition
            for transition in lifecycle.TABLE
            if transition.serves(case.stage, *self.shape)
            and transition.judged in BAD_FACTS
            and transition.guards
        ]
        if rows:
            transition = data.draw(st.sampled_from(rows))
            role = data.draw(st.sampled_from(sorted(transition.by)))
            harmless = transition.judged is facts.Decision
            refused = self.walk.do(transition.act, role, BAD_FACTS[transition.judged])
            assert refused is not None or harmless, transition.act

    @precondition(lambda self: len(self.walk.journal) > 12)
    @rule(act=st.sampled_from([Act.DROP_OUT, Act.ARCHIVE, Act.PURSUE_PLAN_B, Act.REFUSE_FOR_FRAUD]))
    def someone_ends_it(self, act):
        if transition := lifecycle.transition_for(act, self.walk.case.stage, *self.shape):
            role = min(transition.by)
            self.walk.do(act, role, good_facts(transition, self.walk.case, BLOCS))

    @rule(days=st.integers(1, 120))
    def time_passes(self, days):
        self.walk.wait(days)

    @precondition(lambda self: self.walk.case.stage in ENDS)
    @rule(days=st.integers(300, 500))
    def nothing_happens_by_itself_after_an_end(self, days):
        acts = len(self.walk.journal)
        self.walk.wait(days)
        assert len(self.walk.journal) == acts

    @property
    def shape(self):
        """Return the route, and how the journey is accompanied now."""
        return self.walk.case.route, self.walk.case.accompaniment

    @invariant()
    def the_stage_is_reachable_and_the_journal_leads_to_it(self):
        assert self.walk.case.stage in REACHABLE[self.shape]
        assert self.walk.replay() == self.walk.case.stage

    @invariant()
    def every_act_done_was_open_to_its_author(self):
        for act, role, stage in self.walk.journal:
            row = lifecycle.row_done(act, stage, *self.shape, self.walk.case.today)
            assert role in row.by

    @invariant()
    def no_clock_outlives_its_journey_nor_runs_twice(self):
        living = self.walk.living
        assert len(living) == len(set(living))
        if self.walk.case.stage in ENDS:
            assert not living

    @invariant()
    def the_two_routes_keep_their_own_clocks(self):
        kinds = {clock.kind for clock in self.walk.case.clocks}
        if self.walk.case.route == Route.LAW_2002:
            assert not kinds & {ClockKind.LAPSE, ClockKind.HEARING}
        else:
            assert ClockKind.VALIDITY not in kinds

    @invariant()
    def an_award_is_what_was_acquired(self):
        case = self.walk.case
        assert case.acquired_blocs - case.elsewhere_blocs <= case.targeted_blocs
        if case.stage in AWARDS:
            assert case.acquired_blocs == BLOCS
        if case.stage == Stage.BLOCS_CERTIFIED:
            assert BLOCS > case.acquired_blocs >= case.targeted_blocs
        if case.stage == Stage.PARTIALLY_CERTIFIED:
            assert case.acquired_blocs


Journey.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestJourney = Journey.TestCase


def test_an_accompanied_journey_goes_past_a_partial_award_to_the_certificate():
    journey = begin()
    go(journey, PREPARATION + FEASIBILITY)
    go(journey, [(Act.DECLARE_INCOMPLETE, Role.CERTIFIER)])
    assert journey.do(Act.SEND_FEASIBILITY, Role.CANDIDATE) == "R-017"
    go(journey, FEASIBILITY + ADMISSION + TO_THE_JURY, won=frozenset({ONE}))
    go(journey, [(Act.NOTIFY_PARTIAL, Role.CERTIFIER)])
    go(journey, [(Act.HOLD_POST_JURY, Role.ARCHITECT), (Act.OPEN_NEXT_ATTEMPT, Role.CANDIDATE)])
    assert journey.case.validation.blocs == {TWO, THREE}
    go(journey, [*TO_THE_JURY, (Act.NOTIFY_FULL, Role.CERTIFIER)])
    assert journey.case.stage == Stage.CERTIFIED
    assert journey.living == []


@pytest.mark.rule("R-006", "R-029")
def test_someone_alone_is_admitted_by_silence_and_certified():
    journey = begin(accompaniment=Accompaniment.ALONE)
    go(journey, [*FEASIBILITY, (Act.DECLARE_COMPLETE, Role.CERTIFIER)])
    journey.wait(70)
    assert journey.case.stage == Stage.ADMISSIBLE
    assert journey.case.admissibility.tacit
    go(journey, [*TO_THE_JURY, (Act.NOTIFY_FULL, Role.CERTIFIER)])
    assert journey.case.stage == Stage.CERTIFIED


@pytest.mark.rule("R-030", "R-047")
def test_a_2002_journey_never_lapses():
    journey = begin(Route.LAW_2002, Accompaniment.ALONE)
    go(journey, [*FEASIBILITY, (Act.DECLARE_COMPLETE, Role.CERTIFIER)])
    journey.wait(400)
    assert journey.case.stage == Stage.ADMISSIBLE
    assert journey.living == []


@pytest.mark.rule("R-028")
def test_the_two_months_start_afresh_with_the_completed_file():
    journey = begin(accompaniment=Accompaniment.ALONE)
    go(journey, FEASIBILITY)
    journey.wait(40)
    go(journey, [(Act.DECLARE_INCOMPLETE, Role.CERTIFIER)])
    journey.wait(200)
    assert journey.case.stage == Stage.FEASIBILITY_INCOMPLETE
    go(journey, [*FEASIBILITY, (Act.DECLARE_COMPLETE, Role.CERTIFIER)])
    assert journey.case.clock(ClockKind.DECISION).started_on == journey.case.today
    journey.wait(55)
    assert journey.case.stage == Stage.FEASIBILITY_COMPLETE
    journey.wait(10)
    assert journey.case.stage == Stage.ADMISSIBLE


@pytest.mark.rule("R-044", "R-045")
def test_a_step_avoids_the_lapse_and_silence_brings_it_by_a_human_hand():
    silent, walked = (
        begin(accompaniment=Accompaniment.ALONE),
        begin(accompaniment=Accompaniment.ALONE),
    )
    for journey in (silent, walked):
        go(journey, FEASIBILITY + ADMISSION)
    go(walked, [(Act.RECORD_STEP, Role.CANDIDATE)])
    for journey in (silent, walked):
        journey.wait(230)
        assert journey.case.stage == Stage.ADMISSIBLE
    assert walked.do(Act.CONFIRM_LAPSE, Role.CERTIFIER, lapse_confirmed()) == "R-044"
    assert silent.do(Act.CONFIRM_LAPSE, Role.CERTIFIER, lapse_confirmed()) is None
    assert silent.do(Act.SEND_VALIDATION, Role.CANDIDATE) == "TABLE"


@pytest.mark.rule("R-048")
def test_a_contested_lapse_is_restored():
    journey = begin(accompaniment=Accompaniment.ALONE)
    go(journey, FEASIBILITY + ADMISSION)
    journey.wait(230)
    go(journey, [(Act.CONFIRM_LAPSE, Role.CERTIFIER), (Act.CONTEST_LAPSE, Role.CANDIDATE)])
    why = facts.Reason("Dossier clos.")
    assert journey.do(Act.ARCHIVE, Role.CERTIFIER, why) == "R-048"
    assert go(journey, [(Act.CANCEL_LAPSE, Role.CERTIFIER)]) == Stage.ADMISSIBLE


def lapse_confirmed():
    """Return the human confirmation of a lapse."""
    return facts.Lapse(no_legitimate_reason=True)
