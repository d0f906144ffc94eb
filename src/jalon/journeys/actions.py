"""The one door: `act()` does what a person does to a journey, wholly or not at all."""

import dataclasses
import secrets
import uuid
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jalon.catalogue.models import Bloc, Certification
from jalon.catalogue.queries import sheet
from jalon.journeys import clocks, effects
from jalon.journeys.models import FeasibilityFile, JournalEntry, Journey
from jalon.journeys.snapshot import snapshot
from jalon.law import lifecycle
from jalon.law.case import Case
from jalon.law.facts import Facts, Nothing, Registration
from jalon.law.lifecycle import Transition
from jalon.law.rulebook import Refusal, Refused
from jalon.law.vocabulary import Accompaniment, Act, Role, Route, Scope, Stage
from jalon.now import now
from jalon.people.models import Organisation, User
from jalon.people.policy import capacity

#: Who acts when a clock runs out.
SYSTEM = None

#: The letters of a reference that nobody mistakes for another when read on the phone.
REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"


class Stale(Refused):
    """Somebody else acted meanwhile; `meanwhile` says what, in order."""

    def __init__(self, refusal: Refusal, meanwhile: list[JournalEntry]) -> None:
        super().__init__(refusal)
        self.meanwhile = meanwhile


def act(
    journey_id: uuid.UUID,
    name: Act,
    *,
    by: User | None,
    facts: Facts | None = None,
    seen: int | None = None,
) -> JournalEntry:
    """Do one act of the table and return its transition in the journal.

    The journey's row is locked, the row of the table found, its guards asked, the facts written, the
    clocks moved, the journal appended and the notices queued, in one transaction. `seen` is the
    journey's version on the page the person was looking at. Raises `Refused` with the rule, or
    `Stale` when somebody else acted meanwhile and the act is no longer possible.
    """
    facts = facts or Nothing()
    with transaction.atomic():
        journey = locked(journey_id)
        transition, role = _transition_for(journey, name, by, seen)
        case = snapshot(journey, role)
        if refusal := lifecycle.refused_by(transition, case, facts):
            raise _stale(journey, seen) or Refused(refusal)
        return _carry_out(journey, transition, role, by, case, facts)


def locked(journey_id: uuid.UUID) -> Journey:
    """Return a journey whose row nobody else can act on until this transaction ends."""
    return (
        Journey.objects.select_for_update(of=("self",))
        .select_related(
            "candidate__candidate_profile", "certification", "feasibility", "organisation"
        )
        .get(pk=journey_id)
    )


def register(
    candidate: User,
    certification: Certification,
    registration: Registration,
    *,
    certifier: Organisation,
    organisation: Organisation | None,
) -> Journey:
    """Open a journey and return it; raises `Refused` (R-001…R-011).

    Starting anew while a journey on the same certification is open is refused: the person is sent
    back to the one file they have.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=candidate.pk)
        moment = now()
        transition = lifecycle.transition_for(
            Act.REGISTER, None, registration.route, registration.accompaniment
        )
        if transition is None:
            raise Refused(_not_here(Act.REGISTER, None))
        still_open = open_journeys(candidate).filter(certification=certification).count()
        facts = dataclasses.replace(registration, open_journeys_on_certification=still_open)
        targeted = _targeted(certification, registration)
        case = Case(
            journey="",
            today=moment.date(),
            actor=Role.CANDIDATE,
            route=registration.route,
            accompaniment=registration.accompaniment,
            scope=registration.scope,
            stage=Stage.REGISTERED,
            sheet=sheet(certification),
            all_blocs=frozenset(certification.blocs.values_list("code", flat=True)),
            targeted_blocs=frozenset(bloc.code for bloc in targeted),
            registered_on=moment.date(),
            consent_on=moment if registration.consent else None,
            qualiopi_until=organisation.qualiopi_until if organisation else None,
        )
        if refusal := lifecycle.refused_by(transition, case, facts):
            raise Refused(refusal)
        journey = _open(candidate, certification, registration, certifier, organisation, moment)
        journey.targeted.set(targeted)
        FeasibilityFile.objects.create(journey=journey)
        clocks.move(journey, transition.clocks, facts, moment.date())
        entry = _append(journey, transition, Role.CANDIDATE, candidate, "", facts, moment)
        announce(entry)
        return journey


def open_journeys(candidate: User) -> Any:
    """Return the journeys of a candidate that have not come to an end."""
    return Journey.objects.filter(candidate=candidate).exclude(stage__in=lifecycle.ENDS)


def _open(
    candidate: User,
    certification: Certification,
    registration: Registration,
    certifier: Organisation,
    organisation: Organisation | None,
    moment: datetime,
) -> Journey:
    accompanied = registration.accompaniment == Accompaniment.ACCOMPANIED
    return Journey.objects.create(
        reference=f"J{moment:%y}-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6)),
        candidate=candidate,
        certification=certification,
        certifier=certifier,
        organisation=organisation if accompanied else None,
        route=registration.route,
        accompaniment=registration.accompaniment,
        scope=registration.scope,
        stage=Stage.REGISTERED,
        registered_at=moment,
        stage_since=moment,
        consent_at=moment,
    )


def _targeted(certification: Certification, registration: Registration) -> list[Bloc]:
    blocs = certification.blocs.order_by("position")
    if registration.scope == Scope.WHOLE:
        return list(blocs)
    return list(blocs.filter(code__in=registration.blocs))


def _transition_for(
    journey: Journey, name: Act, by: User | None, seen: int | None
) -> tuple[Transition, Role]:
    """Return the row of the table and the role in which the person acts, or refuse."""
    able = capacity(by, journey) if by else frozenset({Role.SYSTEM})
    stage, route = Stage(journey.stage), Route(journey.route)
    transition = lifecycle.transition_for(name, stage, route, Accompaniment(journey.accompaniment))
    if transition is None:
        raise _stale(journey, seen) or Refused(_not_here(name, stage))
    role = next((role for role in Role if role in able & transition.actors), None)
    if role is None:
        raise Refused(_not_yours(transition))
    return transition, role


def _not_here(name: Act, stage: Stage | None) -> Refusal:
    where = f" à l’étape « {stage.label} »" if stage else ""
    return Refusal("TABLE", f"« {name.label} » n’est pas possible{where}.")


def _not_yours(transition: Transition) -> Refusal:
    who = ", ".join(role.label.lower() for role in Role if role in transition.actors)
    return Refusal("TABLE", f"« {transition.act.label} » revient à : {who}.")


def _stale(journey: Journey, seen: int | None) -> Stale | None:
    """Return what to tell a person whose page was drawn before somebody else's act."""
    if seen is None or seen == journey.version:
        return None
    meanwhile = list(journey.journal.filter(number__gt=seen).select_related("author"))
    done = " ; ".join(f"« {entry.label} »" for entry in meanwhile)
    return Stale(
        Refusal("TABLE", f"Le dossier a changé pendant que vous le lisiez : {done}. Relisez-le."),
        meanwhile,
    )


def _carry_out(
    journey: Journey,
    transition: Transition,
    role: Role,
    by: User | None,
    case: Case,
    facts: Facts,
) -> JournalEntry:
    moment = now()
    before = journey.stage
    effects.write(journey, transition.act, facts, case, by, moment)
    clocks.move(journey, transition.clocks, facts, moment.date())
    journey.stage = transition.reaches(Stage(before))
    entry = _append(journey, transition, role, by, before, facts, moment)
    announce(entry)
    return entry


def _append(
    journey: Journey,
    transition: Transition,
    role: Role,
    by: User | None,
    before: str,
    facts: Facts,
    moment: datetime,
) -> JournalEntry:
    journey.version += 1
    if journey.stage != before:
        journey.stage_since = moment
    journey.save()
    return JournalEntry.objects.create(
        journey=journey,
        number=journey.version,
        act=transition.act,
        role=role,
        author=by,
        at=moment,
        stage_before=before,
        stage_after=journey.stage,
        facts=as_json(facts),
        article=transition.article,
    )


def announce(entry: JournalEntry) -> None:
    """Queue what follows from an act in the same transaction: notices to people, papers to print."""
    for task in ("mailbox.notify", "documents.issue"):
        jobs.configure_task(task, queue="acts").defer(entry_id=entry.pk)


def as_json(facts: Facts) -> dict[str, Any]:
    """Return the facts of an act as the journal keeps them: words, numbers and ISO dates."""
    return {field.name: _as_json(getattr(facts, field.name)) for field in dataclasses.fields(facts)}


def _as_json(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_as_json(item) for item in value]
    return value
