"""The table itself: one row for an act, every stage reachable with a way out, every clock closed."""

from collections import deque
from itertools import product

import pytest

from jalon.law import lifecycle
from jalon.law.lifecycle import AUTOMATIC, TABLE
from jalon.law.rulebook import rules
from jalon.law.stages import ENDS
from jalon.law.transitions import Expire, Start, Stop
from jalon.law.vocabulary import Accompaniment, Act, ClockKind, Role, Route, Stage

SHAPES = list(product(Route, Accompaniment))
ACCOMPANIED_ONLY = {
    Stage.TAKEN_ON,
    Stage.MEETING_HELD,
    Stage.PATH_PROPOSED,
    Stage.PATH_ACCEPTED,
    Stage.REORIENTED,
}
NEVER_ON_2002 = {Stage.LAPSED}


def walk(route, accompaniment, without=frozenset()):
    """Return every (stage, clocks still living) that acts can lead to, guards put aside.

    A journey may be accompanied for a while and alone for another: what is returned is where it may
    stand when it is as asked.
    """
    start = (Stage.REGISTERED, frozenset(), accompaniment)
    seen, queue = {start}, deque([start])
    while queue:
        stage, living, shape = queue.popleft()
        for transition in TABLE:
            if stage not in transition.at or not transition.serves(stage, route, shape):
                continue
            if not transition.by - without:
                continue
            shape_after = transition.turns_to(shape)
            for reached in led_to(transition, stage, route):
                after = (reached, move(living, transition, route, reached), shape_after)
                if after not in seen:
                    seen.add(after)
                    queue.append(after)
    return {(stage, living) for stage, living, shape in seen if shape == accompaniment}


def led_to(transition, stage, route):
    """Return the stages after a row: what is put away comes back to where it could be."""
    never = NEVER_ON_2002 if route == Route.LAW_2002 else set()
    return (transition.leads_to(stage) or {stage}) - never


def move(living, transition, route, reached):
    """Return the clocks that live after a row's moves.

    A row that leads to one of several stages starts only what the stage that it leads to waits for.
    """
    for wanted in transition.clocks:
        match wanted:
            case Start(kind=kind, routes=routes) if route in routes:
                if not transition.among or awaited_at(reached, kind):
                    living = living | {kind}
            case Stop(kind=kind) | Expire(kind=kind):
                living = living - {kind}
    return living


def awaited_at(stage, kind):
    """Say whether the end of a clock has its act at a stage."""
    act = AUTOMATIC[kind].expire
    return act is None or any(stage in row.at for row in lifecycle.rows_of(act))


def test_every_act_has_a_row_and_every_row_a_name():
    assert {transition.act for transition in TABLE} == set(Act)
    assert all(transition.done and transition.article and transition.by for transition in TABLE)


def test_only_registration_starts_from_nothing():
    assert [transition.act for transition in TABLE if not transition.at] == [Act.REGISTER]


@pytest.mark.parametrize(("route", "accompaniment"), SHAPES)
def test_every_stage_is_reachable_from_registration(route, accompaniment):
    reached = {stage for stage, _ in walk(route, accompaniment)}
    expected = set(Stage)
    if accompaniment == Accompaniment.ALONE:
        expected -= ACCOMPANIED_ONLY - {Stage.REORIENTED}
    if route == Route.LAW_2002:
        expected -= NEVER_ON_2002
    assert reached == expected


@pytest.mark.parametrize(("route", "accompaniment"), SHAPES)
def test_every_stage_has_a_way_out_or_is_an_end(route, accompaniment):
    for stage in {stage for stage, _ in walk(route, accompaniment)}:
        ways = [
            transition
            for transition in TABLE
            if transition.serves(stage, route, accompaniment) and transition.leads_to(stage)
        ]
        assert ways, stage


@pytest.mark.parametrize(("route", "accompaniment"), SHAPES)
def test_no_clock_runs_after_an_end(route, accompaniment):
    for stage, living in walk(route, accompaniment):
        if stage in ENDS:
            assert not living, (stage, living)


@pytest.mark.parametrize(("route", "accompaniment"), SHAPES)
def test_a_clock_that_runs_out_always_finds_its_act(route, accompaniment):
    for stage, living in walk(route, accompaniment):
        for kind in living:
            act = AUTOMATIC[kind].expire
            if act is None:
                continue
            transition = lifecycle.transition_for(act, stage, route, accompaniment)
            assert transition and Role.SYSTEM in transition.by, (stage, kind)


def test_what_the_system_does_alone_is_only_what_a_clock_brings():
    automatic = {act for due in AUTOMATIC.values() for act in (due.warn, due.expire)} - {None}
    assert {transition.act for transition in TABLE if transition.by == {Role.SYSTEM}} == automatic
    assert all(
        transition.by == {Role.SYSTEM} for transition in TABLE if Role.SYSTEM in transition.by
    )


@pytest.mark.rule("R-006")
@pytest.mark.parametrize("route", list(Route))
def test_someone_alone_reaches_every_milestone_without_an_architect(route):
    architects = frozenset({Role.ARCHITECT, Role.HEAD})
    alone = {stage for stage, _ in walk(route, Accompaniment.ALONE, without=architects)}
    accompanied = {stage for stage, _ in walk(route, Accompaniment.ACCOMPANIED)}
    assert accompanied - alone <= ACCOMPANIED_ONLY


@pytest.mark.rule("R-006")
def test_no_row_open_to_someone_alone_needs_an_architect():
    for transition in TABLE:
        if Accompaniment.ALONE in transition.accompaniment:
            assert transition.by - {Role.ARCHITECT, Role.HEAD}, transition.act


@pytest.mark.rule("R-055")
def test_a_partial_award_opens_the_way_to_another_jury():
    for stage in (Stage.PARTIALLY_CERTIFIED, Stage.NOT_CERTIFIED):
        assert Stage.ADMISSIBLE in {row.to for row in TABLE if stage in row.at}


def test_open_rows_are_those_of_the_role():
    rows = lifecycle.open_transitions(
        Stage.REGISTERED, Route.FRANCE_VAE, Accompaniment.ALONE, Role.CANDIDATE
    )
    assert {Act.CONFIRM_FEASIBILITY, Act.SEND_FEASIBILITY, Act.DROP_OUT} <= {r.act for r in rows}
    assert all(Role.CANDIDATE in row.by for row in rows)


def test_every_guard_is_documented_and_names_a_known_rule():
    for transition in TABLE:
        for guard in transition.guards:
            assert guard.__doc__, guard.__name__
    assert rules()


@pytest.mark.rule("R-028", "R-052", "R-053", "R-078")
@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.FEASIBILITY_SENT, ClockKind.DECISION),
        (Stage.FEASIBILITY_COMPLETE, ClockKind.DECISION),
        (Stage.VALIDATION_SENT, ClockKind.HEARING),
        (Stage.JURY_SCHEDULED, ClockKind.RESULT),
    ],
)
def test_whatever_leads_where_somebody_owes_an_answer_starts_its_delay(stage, kind):
    leading = [row for row in TABLE if row.to == stage]
    without = [row.act for row in leading if kind not in started(row)]
    assert leading and not without


def started(row):
    """Return the kinds of the delays that a row begins."""
    return {one.kind for one in row.clocks if isinstance(one, Start)}
