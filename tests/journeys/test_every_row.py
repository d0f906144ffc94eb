"""Each row of the table, done alone through the one door from each stage where it is open.

No stage is ever left without the rows that it means, and the simulation foresaw what the database holds.
The suite does a row once on each shape of journey, and once at each stage on one of the four shapes;
`./jalon test rows` does it on each shape wherever a walk comes to a stage where it is open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.db import transaction

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo import texts
from jalon.demo.drivers.actions import Actions
from jalon.demo.scenario import DemoPeople, Scenario, partial
from jalon.journeys.actions import SYSTEM, act
from jalon.journeys.models import Journey
from jalon.journeys.snapshot import snapshot
from jalon.juries.models import Hearing
from jalon.law import facts, lifecycle, simulation, stages
from jalon.law.case import Case
from jalon.law.facts import Facts
from jalon.law.rulebook import Refusal, Refused
from jalon.law.transitions import Transition
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    AdjustedStep,
    AdjustmentKind,
    DropOutReason,
    End,
    MeetingMode,
    Outcome,
    PostponedBy,
    Role,
    Route,
    Stage,
)
from jalon.people.models import User
from jalon.support.models import Meeting
from jalon.writing.models import FeasibilityFile, ValidationFile
from tests.conftest import TODAY
from tests.journeys.bringing import brought_to
from tests.journeys.comparing import comparable
from tests.law.simulated import good_facts
from tests.trials.measure import WHOLE

pytestmark = [pytest.mark.long, pytest.mark.django_db]

CODES = {Route.FRANCE_VAE: "RNCP38901", Route.LAW_2002: "RNCP41814"}


@pytest.fixture(scope="module")
def done() -> set[tuple[str, Act]]:
    """The rows done so far, each at the stage where it was done, whatever the shape of journey."""
    return set()


@pytest.mark.parametrize("accompaniment", Accompaniment)
@pytest.mark.parametrize("route", Route)
def test_each_row_leaves_the_rows_that_its_stage_means(
    demo: DemoPeople, route: Route, accompaniment: Accompaniment, done: set[tuple[str, Act]]
) -> None:
    certification = Certification.objects.get(code=CODES[route])
    walked = Scenario(demo, certification, TODAY, route=route, accompaniment=accompaniment)
    here: set[Act] = set()
    for scenario in stops(walked):
        timekeeper.travel(scenario.at + timedelta(minutes=5))
        before = snapshot(Journey.objects.get(pk=scenario.journey.pk), Role.CANDIDATE)
        stage = scenario.journey.stage
        for transition in lifecycle.TABLE:
            again = not WHOLE and transition.act in here and (stage, transition.act) in done
            if transition.serves(stage, route, accompaniment) and not again:
                with transaction.atomic():
                    acts = does_as_foreseen(scenario, transition, before)
                    here |= acts
                    done |= {(stage, act) for act in acts}
                    transaction.set_rollback(True)
    assert here >= {row.act for row in lifecycle.TABLE if opens(row, route, accompaniment)}


def opens(row: Transition, route: Route, accompaniment: Accompaniment) -> bool:
    """Say whether a row is one that this walk must have done: acts of people, on this shape."""
    mine = route in row.routes and accompaniment in row.accompaniment
    return bool(mine and row.at and Role.SYSTEM not in row.by and row.act not in NEVER_HERE)


#: In which role an act is tried, when several may do it.
BY_PREFERENCE = (Role.CANDIDATE, Role.CERTIFIER, *Role)
#: Acts that need another journey (`test_equivalences.py`), or a certifier who does not work here
#: (`test_outside.py`).
NEVER_HERE = (
    Act.NOTIFY_TARGETED,
    Act.COUNT_EQUIVALENT,
    Act.REQUEST_EXTRA_FILING,
    Act.DEPOSIT_FEASIBILITY,
    Act.DEPOSIT_VALIDATION,
    Act.NOTE_SUMMONS,
    Act.NOTE_RESULT,
    Act.CORRECT_DAY,
)


def stops(scenario: Scenario) -> Iterator[Scenario]:
    """Walk a journey from end to end, stopping at each stage, and at those beside the way."""
    yield scenario.register()
    if scenario.accompanied:
        yield scenario.wait(2).take_charge()
        with aside(scenario) as other:
            yield other.sign(Act.GIVE_MANDATE)
        with aside(scenario) as other:
            Journey.objects.filter(pk=other.journey.pk).update(architect=None)
            yield other
        yield scenario.wait(2).first_meeting()
        yield scenario.wait(2).propose_path()
        yield scenario.wait(2).accept_path()
    yield scenario.fill_feasibility()
    if scenario.accompanied and scenario.route == Route.FRANCE_VAE:
        yield scenario.give_opinion()
    yield scenario.wait(1).sign(Act.CONFIRM_FEASIBILITY)
    yield scenario.send_feasibility()
    with aside(scenario) as other:
        ends_on = other.at.date() + timedelta(days=30)
        Certification.objects.filter(pk=other.certification.pk).update(ends_on=ends_on)
        yield other
    with aside(scenario) as other:
        yield other.certifier(Act.DECLARE_INCOMPLETE, facts.Missing(("Justificatif",)))
    yield scenario.wait(3).certifier(Act.DECLARE_COMPLETE)
    with aside(scenario) as other:
        yield other.certifier(
            Act.DECLARE_INADMISSIBLE,
            facts.Decision(reason="Sans rapport.", analysis="Deux blocs non couverts."),
        )
    with aside(scenario) as other:
        other.wait(70).do(Act.ADMIT_TACITLY, SYSTEM)
        yield other
    yield scenario.wait(20).admissible(with_gaps=True)
    with aside(scenario) as other:
        if scenario.route == Route.FRANCE_VAE:
            claim = facts.Claim("Congé maternité.", "Attestation")
            yield other.do(Act.CLAIM_REASON, other.person, claim)
        else:
            yield other.do(Act.ASK_EXTENSION, other.person, facts.Reason("Congé maternité."))
        yield other.hold_elsewhere(missing(other))
    if scenario.route == Route.FRANCE_VAE:
        with aside(scenario) as other:
            other.wait(230).do(Act.ALERT_LAPSE, SYSTEM)
            yield other
            yield other.certifier(Act.CONFIRM_LAPSE, facts.Lapse(no_legitimate_reason=True))
            other.do(Act.CONTEST_LAPSE, other.person, facts.Reason("J’étais malade."))
            yield other
    if scenario.accompanied:
        with aside(scenario) as other:
            yield other.do(Act.AMEND_PATH, other.architect, texts.path(other.at.date()))
            proposal = facts.EndProposal("Plus de nouvelles.", End.STOP)
            yield other.do(Act.PROPOSE_END, other.architect, proposal)
    yield scenario.wait(20).write_validation()
    yield scenario.sign(Act.SIGN_ORIGINALITY)
    scenario.do(Act.SEND_VALIDATION, scenario.person)
    yield scenario
    with aside(scenario) as other:
        yield other.certifier(Act.RETURN_VALIDATION, facts.Missing(("Une preuve",)))
    with aside(scenario) as other:
        grounds = facts.FraudOpening("Texte copié.", other.at.date() + timedelta(days=15))
        yield other.certifier(Act.OPEN_FRAUD, grounds).wait(16)
    yield scenario.wait(3).certifier(Act.ACCEPT_VALIDATION)
    with aside(scenario) as other:
        needed = (AdjustmentKind.MORE_TIME,)
        request = facts.AdjustmentRequest(AdjustedStep.JURY, needed)
        yield other.do(Act.ASK_ADJUSTMENT, other.person, request)
    yield scenario.wait(3).convene()
    with aside(scenario) as other:
        yield other.do(Act.DROP_OUT, other.person, facts.Leaving(DropOutReason.JOB))
        dispute = facts.Reason("Un litige est en cours.")
        yield other.do(Act.HOLD_DATA, other.demo.administrator, dispute)
    for won, condition in ((partial(scenario), ""), ([], ""), (None, "Une habilitation")):
        with aside(scenario) as other:
            yield other.deliberate(won, condition)
            yield other.wait(3).notify()
            if other.accompanied and other.journey.stage in stages.AFTER_JURY:
                yield other.do(Act.PROPOSE_POST_JURY, other.architect, PROPOSAL)
                yield other.wait(3).post_jury()
            if won:
                yield other.hold_elsewhere(missing(other)).recognise(missing(other))
    yield scenario.hear()
    yield scenario.sign_minutes()
    yield scenario.wait(3).notify()
    with aside(scenario) as other:
        why = facts.ComplaintFiled(Addressee.CERTIFIER, "Mon certificat porte une erreur.")
        yield other.do(Act.FILE_COMPLAINT, other.person, why)
    with aside(scenario) as other:
        yield other.certifier(Act.ARCHIVE, facts.Reason("Parcours terminé."))
    with aside(scenario) as other:
        death = facts.Death(other.at.date(), "Acte de décès")
        yield other.certifier(Act.CLOSE_DECEASED, death)
    scenario.do(Act.REQUEST_DOCUMENTS, scenario.person)
    yield scenario


#: A meeting at a date to agree upon.
PROPOSAL = facts.PostJuryProposal(None, MeetingMode.PHONE)


def missing(scenario: Scenario) -> str:
    """Return the code of a bloc still to obtain: the last one."""
    held = scenario.journey.awards.held().values("bloc")
    return scenario.journey.targeted.exclude(pk__in=held).latest("position").code


@contextmanager
def aside(scenario: Scenario) -> Iterator[Scenario]:
    """Lend a copy of the walk that goes its own way, then undo all it did."""
    with transaction.atomic():
        other = copy(scenario)
        other.journey = Journey.objects.get(pk=scenario.journey.pk)
        yield other
        transaction.set_rollback(True)


def does_as_foreseen(scenario: Scenario, transition: Transition, before: Case) -> set[Act]:
    """Do an act through the door; check what it left against its stage and against the simulation."""
    there = transition.by if scenario.accompanied else transition.by - {Role.HEAD}
    role = next(role for role in BY_PREFERENCE if role in there)
    before = replace(before, actor=role)
    facts_given = brought(scenario, transition, before)
    foreseen = simulation.attempt(before, transition.act, role, good(transition, before))
    if isinstance(foreseen, Refusal) and transition.completed is None:
        return set()
    try:
        by = person(scenario, role)
        entry = act(scenario.journey.pk, transition.act, by=by, facts=facts_given)
    except Refused:
        return set()
    journey = Journey.objects.get(pk=scenario.journey.pk)
    after = snapshot(journey, role)
    assert_rows_of(journey, after)
    kept = entry.facts_as(transition.judged)
    assert comparable(simulation.apply(before, transition, kept)) == comparable(after)
    return {transition.act}


def good(transition: Transition, case: Case) -> Facts:
    """Return facts that the law lets through, one bloc being awarded."""
    return good_facts(transition, case, frozenset(sorted(case.missing_blocs)[:1]))


def person(scenario: Scenario, role: Role) -> User | None:
    """Return somebody who holds a role towards the journey."""
    demo = scenario.demo
    return {
        Role.CANDIDATE: scenario.person,
        Role.ARCHITECT: scenario.journey.architect or scenario.architect,
        Role.HEAD: demo.head,
        Role.CERTIFIER: demo.officer,
        Role.JUROR: demo.jurors[0].user,
        Role.ADMINISTRATOR: demo.administrator,
        Role.SYSTEM: SYSTEM,
    }[role]


def brought(scenario: Scenario, transition: Transition, case: Case) -> Facts:
    """Return what a person brings to an act: what is completed inside is not theirs to bring."""
    hearing = Hearing.objects.living().filter(attempt__journey=scenario.journey).last()
    if transition.act == Act.SCHEDULE_HEARING:
        return facts.HearingRequest(scenario.plan_session(20).pk, time(14), late_reason="Congés.")
    if transition.act == Act.POSTPONE_HEARING:
        return facts.PostponementRequest("Salle fermée.", PostponedBy.CERTIFIER)
    if hearing and transition.act == Act.RECORD_DELIBERATION:
        return facts.MinutesRequest(hearing.pk)
    if hearing and transition.act == Act.RECORD_ABSENCE:
        return facts.AbsenceRequest(hearing.pk, Outcome.ABSENT)
    if transition.act == Act.RECORD_PRIOR_BLOC:
        held = good(transition, case)
        return replace(held, document=Actions(scenario.person).proof(scenario.journey))
    return brought_to(transition, scenario.journey, scenario.demo, good(transition, case))


def assert_rows_of(journey: Journey, case: Case) -> None:
    """Check that a journey has the rows that its stage and its outcome speak of."""
    assert FeasibilityFile.objects.filter(journey=journey).exists()
    hearings = Hearing.objects.filter(attempt__journey=journey)
    stage = journey.stage
    asked_later = journey.journal.filter(act=Act.ASK_ACCOMPANIMENT).exists()
    if stage in stages.MET and journey.organisation_id and not asked_later:
        assert Meeting.objects.filter(journey=journey).exists()
    if stage in (Stage.PATH_PROPOSED, Stage.PATH_ACCEPTED):
        assert journey.milestones.exists()
    if case.admissibility and case.admissibility.admissible:
        file = ValidationFile.objects.get(attempt=journey.attempt)
        assert set(file.sections.asked().values_list("competence__bloc__code", flat=True)) == set(
            journey.attempt.blocs.values_list("code", flat=True)
        )
    if stage == Stage.JURY_SCHEDULED:
        assert hearings.to_come().count() == 1
    if stage == Stage.VALIDATION_ACCEPTED:
        assert not hearings.to_come().exists()
    if case.outcome:
        closed = hearings.get(attempt=journey.attempt, locked_at__isnull=False)
        assert closed.entry and closed.entry.act == Act.RECORD_DELIBERATION
    if case.post_jury_on:
        assert journey.meetings.filter(held_on=case.post_jury_on).exists()
