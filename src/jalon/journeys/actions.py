"""The one door: `act()` does what a person does to a journey, wholly or not at all."""

import secrets
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jalon.catalogue.models import Bloc, Certification
from jalon.journeys import clocks, signs
from jalon.journeys.facts_json import to_json
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.policy import capacity, complaints_led, reporting, stands_in
from jalon.journeys.registry import EFFECTS, RESOLVERS, ActContext
from jalon.journeys.sides import lost
from jalon.journeys.snapshot import snapshot
from jalon.law import chronology, lifecycle
from jalon.law.case import Case
from jalon.law.facts import DelaysRecounted, Facts, Nothing, Registration
from jalon.law.independence import other_side
from jalon.law.nir import no_nir_written
from jalon.law.outside import may_be_reported
from jalon.law.route_words import in_words_of
from jalon.law.routing import accompanied_by_someone
from jalon.law.rulebook import Refusal, Refused, refuse
from jalon.law.transitions import Transition
from jalon.law.vocabulary import Accompaniment, Act, Channel, Event, Role, Route, Scope, Stage
from jalon.now import moment_of, now, paris_day, today
from jalon.people.models import Organisation, User

#: Who acts when a clock runs out.
SYSTEM = None

#: The letters of a reference that nobody mistakes for another when read on the phone.
REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"


@dataclass(frozen=True)
class Told:
    """Who does an act, in which role; when it was done elsewhere, the day and how it is known."""

    by: User | None
    role: Role
    on: date | None = None
    channel: Channel | None = None


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
    on: date | None = None,
    channel: Channel | None = None,
) -> JournalEntry:
    """Do one act of the table and return its line in the journal.

    The journey's row is locked, the row of the table found, the facts completed by the room that
    knows them, the guards asked, the rows written, the clocks moved, the journal appended and the
    notices queued, in one transaction. `facts` is of the kind that the row asks for; without any,
    the act says no more than it must. `seen` is the
    journey's version on the page the person was looking at. `on` is the day it happened, when it is
    neither today nor said by the facts. Raises `Refused` with the rule, or `Stale` when somebody
    else acted meanwhile and the act is no longer possible.
    """
    with transaction.atomic():
        journey = locked(journey_id)
        try:
            transition, role = _open_to(journey, name, by, on, channel)
            told = Told(by, role, on, channel)
            asked = transition.asks() if facts is None else facts
            return _carry_out(journey, transition, told, asked, journey.stage)
        except Refused as refused:
            raise _stale(journey, seen) or _in_words_of(journey.route, refused) from None


def foreseen(
    journey: Journey, name: Act, *, by: User, facts: Facts | None, case: Case
) -> Refusal | None:
    """Return why `act()` would refuse an act today, or None; nothing is locked nor written.

    `case` is the journey as it stands, whoever looks at it. Facts that nobody gave yet are judged by
    no guard: only what stands in the way whatever they are is said.
    """
    try:
        transition, role = _open_to(journey, name, by, None, None)
        case = replace(case, actor=role)
        if facts is None and transition.asks is not Nothing:
            return lifecycle.not_offered_because(transition, case)
        _judged(transition, journey, case, facts or Nothing())
    except Refused as refused:
        return _in_words_of(journey.route, refused).refusal
    return None


def _in_words_of(route: Route, refused: Refused) -> Refused:
    """Return a refusal in the words of a route (R-133)."""
    refusal = refused.refusal
    return Refused(replace(refusal, why=in_words_of(route, refusal.why)))


def take_over_act(journey_id: uuid.UUID, name: Act, told: Told, facts: Facts) -> JournalEntry:
    """Write down an act of a journey that began before Jalon, in the name of who did it then.

    It passes the same guards, as of its day; who may take journeys over is asked before. Must run in
    the transaction that brings the whole journey in. Raises `Refused`.
    """
    journey = locked(journey_id)
    transition = _row_of(journey, name, told.on)
    if told.role not in transition.by:
        raise Refused(_not_here(name, journey.stage))
    return _carry_out(journey, transition, told, facts, journey.stage)


def locked(journey_id: uuid.UUID) -> Journey:
    """Return a journey whose row nobody else can act on until this transaction ends."""
    return (
        Journey.objects.select_for_update(of=("self",))
        .select_related("candidate__candidate_profile", "certification", "organisation")
        .get(pk=journey_id)
    )


def register(
    candidate: User,
    certification: Certification,
    registration: Registration,
    *,
    certifier: Organisation,
    organisation: Organisation | None,
    told: "Told | None" = None,
) -> Journey:
    """Open a journey and return it; raises `Refused` (R-001…R-011).

    The journey is made first, then goes through the same door as any other act: what refuses the
    registration undoes it.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=candidate.pk)
        told = told or Told(candidate, Role.CANDIDATE)
        transition = lifecycle.transition_for(
            Act.REGISTER,
            None,
            registration.route,
            registration.accompaniment,
            told.on or today(),
        )
        if transition is None:
            raise Refused(_not_here(Act.REGISTER, None))
        if alone := accompanied_by_someone(
            registration.accompaniment, chosen=organisation is not None
        ):
            raise Refused(alone)
        moment = moment_of(told.on, now()) if told.on else now()
        journey = _new_journey(
            candidate, certification, registration, certifier, organisation, moment
        )
        _carry_out(journey, transition, told, registration, None)
        return journey


def _new_journey(
    candidate: User,
    certification: Certification,
    registration: Registration,
    certifier: Organisation,
    organisation: Organisation | None,
    moment: datetime,
) -> Journey:
    accompanied = registration.accompaniment == Accompaniment.ACCOMPANIED
    journey = Journey.objects.create(
        reference=f"J{moment:%y}-" + random_letters(6),
        candidate=candidate,
        candidate_seen_at=moment,
        team_seen_at=moment,
        certification=certification,
        sheet_version=certification.version,
        certifier=certifier,
        organisation=organisation if accompanied else None,
        route=registration.route,
        accompaniment=registration.accompaniment,
        scope=registration.scope,
        context=registration.context,
        stage=Stage.REGISTERED,
        registered_at=moment,
        stage_since=moment,
        reached_on=paris_day(moment),
        consent_at=moment,
    )
    journey.targeted.set(_targeted(certification, registration))
    return journey


def random_letters(count: int) -> str:
    """Return letters for a reference, that cannot be guessed."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(count))


def _targeted(certification: Certification, registration: Registration) -> list[Bloc]:
    blocs = certification.blocs.order_by("position")
    if registration.scope == Scope.WHOLE:
        return list(blocs)
    return list(blocs.filter(code__in=registration.blocs))


def _open_to(
    journey: Journey, name: Act, by: User | None, on: date | None, channel: Channel | None
) -> tuple[Transition, Role]:
    """Return the row of the table and the role in which it is done, or refuse.

    What is known by a channel was done by somebody else, elsewhere: the role is theirs.
    """
    able = capacity(by, journey) if by else frozenset({Role.SYSTEM})
    if by and channel:
        able = reporting(by, journey)
    elif by and name == Act.ANSWER_COMPLAINT and complaints_led(by, journey):
        able |= {Role.HEAD}
    transition = _row_of(journey, name, on)
    if channel and not may_be_reported(transition):
        raise Refused(_not_here(name, journey.stage))
    role = next((role for role in Role if role in able & transition.by), None)
    if role is None:
        both = by and not channel and other_side(transition.by, lost(by, journey))
        raise Refused(both or _not_yours(transition))
    return transition, role


def _row_of(journey: Journey, name: Act, on: date | None) -> Transition:
    """Return the row of the table for an act that happened on a day, today by default; or refuse."""
    row = lifecycle.transition_for(
        name, journey.stage, journey.route, journey.accompaniment, journey.anchors(on or today())
    )
    if row is None:
        raise Refused(_not_here(name, journey.stage))
    return row


def _not_here(name: Act, stage: Stage | None) -> Refusal:
    where = f" à l’étape « {stage.label} »" if stage else ""
    return Refusal("TABLE", f"« {name.label} » n’est pas possible{where}.")


def _not_yours(transition: Transition) -> Refusal:
    who = ", ".join(role.label.lower() for role in Role if role in transition.by)
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
    journey: Journey, transition: Transition, told: Told, asked: Facts, before: Stage | None
) -> JournalEntry:
    """Do an act on a locked journey: judge, append, write, move the clocks, queue what follows.

    The law judges what was done elsewhere as of the day on which it was done.
    """
    case = snapshot(journey, told.role)
    if told.channel:
        case = replace(
            case,
            today=case.today if told.role == Role.SYSTEM else told.on or case.today,
            reported=True,
            certifier_outside=case.certifier_outside or told.channel == Channel.TAKEN_OVER,
        )
    if transition.act == Act.ANSWER_COMPLAINT and told.by and told.role == Role.HEAD:
        case = replace(case, complaints_led=complaints_led(told.by, journey))
    facts = _judged(transition, journey, case, asked)
    on = facts.happened_on or told.on or today()
    refuse(chronology.out_of_order(case, transition, on, today()))
    entry = _append(journey, transition, told, on, before, facts)
    signs.note(journey, entry, facts)
    journey.forget_rows()
    context = ActContext(journey, facts, case, told.by, entry.at, entry)
    for write in EFFECTS.get(transition.act, ()):
        write(context)
    clocks.move(journey, transition.clocks, facts, on, case)
    journey.save()
    announce(entry)
    if on < today() and clocks.written_late(journey, entry.number, on):
        _recount(journey, case)
    return entry


def _recount(journey: Journey, case: Case) -> None:
    """Count the delays anew, and let the journal say what changed."""
    if changed := clocks.recount(journey, case):
        append_event(
            journey,
            Event.DELAYS_RECOUNTED,
            by=None,
            role=Role.SYSTEM,
            facts=DelaysRecounted(changed),
        )


def append_event(
    journey: Journey, event: Event, *, by: User | None, role: Role, facts: Facts
) -> JournalEntry:
    """Append what happened beside the acts to the journal of a locked journey; queue what follows."""
    journey.version += 1
    entry = JournalEntry.objects.create(
        journey=journey,
        number=journey.version,
        event=event,
        role=role,
        author=by,
        acted_for=replaced(journey, by, role),
        at=now(),
        occurred_on=today(),
        stage_before=journey.stage,
        stage_after=journey.stage,
        facts=to_json(facts),
        facts_version=facts.version,
    )
    changed = ["version", *signs.note(journey, entry, facts)]
    Journey.objects.filter(pk=journey.pk).update(
        **{name: getattr(journey, name) for name in changed}
    )
    announce(entry)
    return entry


def _judged(transition: Transition, journey: Journey, case: Case, asked: Facts) -> Facts:
    """Return the facts of an act once completed and let through by every rule; raises `Refused`."""
    refuse(lifecycle.not_offered_because(transition, case))
    if not isinstance(asked, transition.asks):
        raise TypeError(f"{transition.act} asks for {transition.asks}, not {type(asked)}")
    refuse(no_nir_written(asdict(asked)))
    complete = RESOLVERS.get(transition.act)
    facts = complete(journey, asked) if complete else asked
    refuse(lifecycle.refused_by(transition, case, facts))
    return facts


def _append(
    journey: Journey,
    transition: Transition,
    told: Told,
    on: date,
    before: Stage | None,
    facts: Facts,
) -> JournalEntry:
    """Append an act to the journal, and bring the journey to its stage."""
    moment = now()
    journey.version += 1
    journey.stage = transition.reaches(journey.stage, facts)
    if journey.stage != before or transition.to == before:
        journey.stage_since = moment_of(on, moment)
        if told.by:
            journey.reached_on = on
    return JournalEntry.objects.create(
        journey=journey,
        number=journey.version,
        act=transition.act,
        role=told.role,
        author=told.by,
        acted_for=replaced(journey, told.by, told.role),
        at=moment,
        occurred_on=on,
        channel=told.channel or "",
        stage_before=before or "",
        stage_after=journey.stage,
        facts=to_json(facts),
        facts_version=facts.version,
        article=transition.article,
        law=lifecycle.law_applied(transition, journey.anchors(on)),
    )


def replaced(journey: Journey, by: User | None, role: Role) -> User | None:
    """Return the absent architect in whose place somebody acts on a journey; None for everybody else."""
    standing_in = by is not None and role == Role.ARCHITECT and stands_in(by, journey)
    return journey.architect if standing_in else None


def announce(entry: JournalEntry) -> None:
    """Queue what follows from an act in the same transaction: notices to people, papers to print."""
    for task in ("mailbox.notify", "documents.issue"):
        jobs.configure_task(task, queue="acts").defer(entry_id=entry.pk)
