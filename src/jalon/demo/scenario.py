"""One journey and what each person does to it, in order, at the dates they would: written once.

How they do it is a driver's matter: functions, pages over HTTP, a browser. Nothing here writes a
stage; each step is what a person would do, at a moment that `jalon.now` holds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count

from jalon import now as timekeeper
from jalon.catalogue.models import Certification, Competence
from jalon.demo import people, texts
from jalon.demo.drivers.actions import Actions
from jalon.demo.drivers.driver import (
    Astray,
    Driver,
    Drivers,
    FeasibilityAnswers,
    SessionPlan,
    ValidationAnswers,
)
from jalon.demo.people import DemoPeople, build_demo_people, member, person
from jalon.demo.texts import ANSWERS, ONE_PAGE, PROFILE
from jalon.documents.jobs import issue
from jalon.journeys.jobs import run_due_clock
from jalon.journeys.models import Journey
from jalon.juries.effects import hours_clash
from jalon.juries.models import Hearing, Session
from jalon.law import facts
from jalon.law.calendar import working_day_before
from jalon.law.cerfa import Statement
from jalon.law.consent import consent_text
from jalon.law.lifecycle import rows_of
from jalon.law.results import NOTICES
from jalon.law.rulebook import Refusal, Refused, value
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    ClaimLevel,
    DocumentKind,
    Mastery,
    Occasion,
    Opinion,
    Outcome,
    PanelRole,
    Role,
    Route,
    Scope,
    Stage,
)
from jalon.mailbox.delivery import send
from jalon.mailbox.jobs import notify, tell
from jalon.mailbox.models import Notice, NoticeState
from jalon.now import PARIS, now, today
from jalon.people.models import Organisation, User

__all__ = [
    "ANSWERS",
    "ONE_PAGE",
    "PROFILE",
    "DemoPeople",
    "Observer",
    "Scenario",
    "build_demo_people",
    "member",
    "moment_before",
    "partial",
    "person",
]

#: When the worker looks at the clocks.
CLOCKS_LOOKED_AT = time(6, 5)
#: When a jury sits.
HEARD_AT = time(12)

_numbers = count(1)


class Observer:
    """Watches a scenario as it goes; by itself, it does nothing of what it sees."""

    def acted(self, scenario: "Scenario") -> None:
        """Something was done to the journey."""

    def refused(
        self, scenario: "Scenario", by: User, role: Role, act: Act, refusal: Refusal
    ) -> None:
        """A person tried something that the law refuses."""

    def waited(self, scenario: "Scenario") -> None:
        """Days have passed."""


@dataclass
class Scenario:
    """One journey being walked, with the moment it has reached."""

    demo: DemoPeople
    certification: Certification
    at: datetime
    route: Route = Route.FRANCE_VAE
    accompaniment: Accompaniment = Accompaniment.ACCOMPANIED
    scope: Scope = Scope.WHOLE
    blocs: tuple[str, ...] = ()
    candidate: User | None = None
    number: int = field(default_factory=lambda: next(_numbers))
    journey: Journey = field(init=False)
    hearing: Hearing | None = None
    drivers: Drivers = Actions
    observer: Observer = field(default_factory=Observer)
    runs_clocks: bool = False
    runs_jobs: bool = False
    sits_on_working_days: bool = False
    jobs_run_up_to: int = 0

    # -------------------------------------------------------- who

    @property
    def architect(self) -> User:
        """Return the architect who follows this journey."""
        return self.demo.architects[self.number % len(self.demo.architects)]

    @property
    def person(self) -> User:
        """Return the candidate, made on first use."""
        if self.candidate is None:
            self.candidate = people.candidate(self.number)
        return self.candidate

    @property
    def accompanied(self) -> bool:
        """Say whether an architect follows this journey."""
        return self.accompaniment == Accompaniment.ACCOMPANIED

    @property
    def delivered_by(self) -> Organisation:
        """Return the certifier of this certification."""
        outside = self.certification.code == people.OUTSIDE
        return self.demo.outsider if outside else self.demo.certifier

    @property
    def registered(self) -> bool:
        """Say whether the journey exists yet."""
        return hasattr(self, "journey")

    # -------------------------------------------------------- time

    def wait(self, days: int) -> "Scenario":
        """Let some days pass."""
        return self.until(self.at + timedelta(days=days))

    def until(self, moment: datetime) -> "Scenario":
        """Come to a moment; the clocks ring on the way, each on its day, when they run."""
        if self.runs_jobs:
            self.run_pending_jobs()
        if self.runs_clocks:
            self._ring_clocks(moment)
        if self.runs_jobs:
            self._send_reminders(moment)
        self.at = moment
        self.observer.waited(self)
        return self

    def _ring_clocks(self, moment: datetime) -> None:
        due = self.journey.clocks.filter(next_on__lte=moment.date()).order_by("next_on", "pk")
        while (first := due.first()) and first.next_on:
            looked_at = datetime.combine(first.next_on, CLOCKS_LOOKED_AT, PARIS)
            with timekeeper.at(max(looked_at, self.at)):
                run_due_clock(first, today())
        self._acted()

    def _send_reminders(self, until: datetime) -> None:
        """Send what was planned for an hour on the way, each at its hour."""
        planned = Notice.objects.scheduled().filter(entry__journey=self.journey)
        hours = planned.filter(state=NoticeState.WAITING, due_at__lte=until).order_by("due_at")
        for due_at in list(hours.values_list("due_at", flat=True).distinct()):
            with timekeeper.at(due_at):
                send(planned)

    def run_pending_jobs(self) -> "Scenario":
        """Let the worker do at once what the acts since the last time queued."""
        pending = self.journey.journal.filter(number__gt=self.jobs_run_up_to).order_by("number")
        for entry in pending:
            with timekeeper.at(entry.at):
                issue(entry_id=entry.pk)
                notify(entry_id=entry.pk)
            self.jobs_run_up_to = entry.number
        return self

    # -------------------------------------------------------- doing, and being refused

    def do(self, name: Act, by: User | None, facts: facts.Facts | None = None) -> "Scenario":
        """Do an act at the moment reached."""
        return self._step(by, lambda driver: driver.act(self.journey, name, brought(name, facts)))

    def note(self, name: Act, facts: facts.Facts | None = None, days_ago: int = 0) -> "Scenario":
        """Whoever accompanies, or the candidate alone, writes down what was done outside some days ago."""
        by = self.architect if self.accompanied else self.person
        on = self.at.date() - timedelta(days=days_ago)
        said = brought(name, facts)
        return self._step(by, lambda driver: driver.report(self.journey, name, said, on))

    def refuses(
        self, rule: str, name: Act, by: User, facts: facts.Facts | None = None
    ) -> "Scenario":
        """Check that an act is refused, and under which rule."""
        return self._refused(
            rule, name, by, lambda driver: driver.attempt(self.journey, name, brought(name, facts))
        )

    def reached(self, stage: Stage) -> "Scenario":
        """Check where the journey stands; raises `Astray`."""
        if self.journey.stage != stage:
            raise Astray(f"at {self.journey.stage} instead of {stage}")
        return self

    def _step(self, by: User | None, do: Callable[[Driver], object]) -> "Scenario":
        with timekeeper.at(self.at):
            do(self.drivers(by))
        return self._acted()

    def _acted(self) -> "Scenario":
        self.journey.refresh_from_db()
        self.observer.acted(self)
        return self

    def _write(self, by: User, write: Callable[[Driver], object]) -> "Scenario":
        """Let a person write something that is no act: an event may join the journal."""
        with timekeeper.at(self.at):
            write(self.drivers(by))
        self.journey.refresh_from_db()
        return self

    def _refused(
        self, rule: str, name: Act, by: User, attempt: Callable[[Driver], object]
    ) -> "Scenario":
        with timekeeper.at(self.at):
            try:
                attempt(self.drivers(by))
            except Refused as refused:
                if refused.rule != rule:
                    raise Astray(f"{name}: expected {rule}, got {refused}") from refused
                self.observer.refused(self, by, self._role_of(by), name, refused.refusal)
                return self
        raise Astray(f"{name}: expected {rule}, and it was done")

    def _role_of(self, by: User) -> Role:
        if by == self.person:
            return Role.CANDIDATE
        if by in self.demo.architects:
            return Role.ARCHITECT
        return Role.CERTIFIER if by == self.demo.officer else Role.JUROR

    # -------------------------------------------------------- the steps, in the order of the story

    def register(self) -> "Scenario":
        """Sign up and register."""
        with timekeeper.at(self.at):
            self._register(self.drivers(self.person), consent=True)
            self.journey = Journey.objects.get(
                candidate=self.person, certification=self.certification, registered_at=now()
            )
        self.observer.acted(self)
        return self

    def refuses_registration_without_consent(self) -> "Scenario":
        """Check that nothing starts without the person's agreement."""
        return self._refused(
            "R-010",
            Act.REGISTER,
            self.person,
            lambda driver: self._register(driver, consent=False),
        )

    def _register(self, driver: Driver, *, consent: bool) -> None:
        driver.register(
            self.certification,
            facts.Registration(
                self.route,
                self.accompaniment,
                self.scope,
                self.blocs,
                consent=consent,
                in_initial_training=False,
                agreed_to=consent_text() if consent else "",
            ),
            certifier=self.delivered_by,
            organisation=self.demo.accompanist if self.accompanied else None,
        )

    def take_charge(self) -> "Scenario":
        """The architect takes the file on."""
        return self.do(Act.TAKE_CHARGE, self.architect)

    def first_meeting(self) -> "Scenario":
        """The first meeting is held."""
        report = texts.first_meeting(self.at.date())
        return self.do(Act.HOLD_FIRST_MEETING, self.architect, report)

    def propose_path(self) -> "Scenario":
        """A path with dated milestones is proposed."""
        return self.do(Act.PROPOSE_PATH, self.architect, texts.path(self.at.date()))

    def accept_path(self) -> "Scenario":
        """The candidate accepts, and chooses no training."""
        return self.do(Act.ACCEPT_PATH, self.person, facts.PathAnswer())

    def fill_feasibility(self) -> "Scenario":
        """The candidate fills in the file: civil status, experience, blocs, identity."""
        known = self.journey.experiences.exists()
        columns = {} if self.journey.on_portal else texts.COLUMNS
        answers = FeasibilityAnswers(
            profile=PROFILE | {"birth_name": self.person.last_name},
            goals=texts.GOALS,
            request=texts.REQUEST,
            experience=None if known else texts.experience(self.number, self.at.date()) | columns,
            bloc=texts.BLOC,
            level=ClaimLevel.YES,
            example=texts.EXAMPLE,
        )
        self._write(self.person, lambda driver: driver.fill_feasibility(self.journey, answers))
        if not self.journey.on_portal:
            self.add_document(DocumentKind.EXPERIENCE_PROOF, "certificat de travail.pdf")
        return self.add_document(DocumentKind.IDENTITY, "carte d’identité.pdf")

    def add_document(self, kind: DocumentKind, name: str) -> "Scenario":
        """The candidate joins a file to the feasibility file."""
        return self._write(
            self.person, lambda driver: driver.add_document(self.journey, kind, name)
        )

    def give_opinion(self) -> "Scenario":
        """The architect gives an opinion; the 2002 route asks for none."""
        if not self.journey.on_portal:
            return self
        comment = "Expérience en rapport direct avec la certification."
        opinion = facts.OpinionGiven(Opinion.FAVOURABLE, comment)
        return self.do(Act.GIVE_OPINION, self.architect, opinion)

    def sign(self, name: Act) -> "Scenario":
        """The candidate signs a statement; the four of the form on the 2002 route."""
        signed = self.signature
        if name == Act.CONFIRM_FEASIBILITY and not self.journey.on_portal:
            signed = replace(signed, statements=tuple(Statement), place="Ville-Exemple")
        return self.do(name, self.person, signed)

    @property
    def signature(self) -> facts.Signature:
        """Return the candidate's signature under a statement."""
        return facts.Signature(read=True, sworn=True, name=self.person.get_full_name())

    def send_feasibility(self) -> "Scenario":
        """The file leaves."""
        return self.do(Act.SEND_FEASIBILITY, self.person)

    def keep_milestone(self) -> "Scenario":
        """The architect notes that the next date of the calendar is kept."""
        planned = self.journey.milestones.to_come().first()
        if planned and self.journey.architect:
            self._write(self.architect, lambda driver: driver.keep_milestone(planned))
        return self

    def certifier(self, name: Act, facts: facts.Facts | None = None) -> "Scenario":
        """The certifier acts."""
        return self.do(name, self.demo.officer, facts)

    def admissible(self, *, with_gaps: bool = False) -> "Scenario":
        """The certifier declares the file admissible."""
        gaps: tuple[facts.GapFound, ...] = ()
        if with_gaps:
            weakest = Competence.objects.filter(bloc__in=self.journey.targeted.all()).earliest("pk")
            gaps = (facts.GapFound(weakest.title, texts.GAP),)
        until = self.at.date() + timedelta(days=700) if self.route == Route.LAW_2002 else None
        decision = facts.Decision(
            gaps=gaps,
            recommendations="Décrire des cas récents.",
            valid_until=until,
            analysis="" if until is None else texts.ANALYSIS,
        )
        return self.certifier(Act.DECLARE_ADMISSIBLE, decision)

    def write_validation(self) -> "Scenario":
        """The candidate writes each competence."""
        answers = ValidationAnswers(texts.PRESENTATION, ANSWERS)
        return self._write(
            self.person, lambda driver: driver.write_validation(self.journey, answers)
        )

    def send_validation(self) -> "Scenario":
        """The file is signed and sent."""
        return self.keep_milestone().sign(Act.SIGN_ORIGINALITY).do(Act.SEND_VALIDATION, self.person)

    def convene(self, in_days: int = 45) -> "Scenario":
        """The certifier calls the candidate before a session, planned for them."""
        session = self.plan_session(in_days)
        if self.runs_jobs:
            with timekeeper.at(self.at):
                tell(occasion=Occasion.SESSION_CREATED, key=str(session.pk))
        late = "" if in_days >= value("R-056", "days", self.at.date()) else texts.SHORT_NOTICE
        asked = facts.HearingRequest(session.pk, free_hour(session), short_notice_reason=late)
        self.certifier(Act.SCHEDULE_HEARING, asked)
        self.hearing = self.current_hearing()
        return self

    def plan_session(self, in_days: int) -> Session:
        """The certifier plans a session with its panel."""
        held_on = self.at.date() + timedelta(days=in_days)
        if self.sits_on_working_days:
            held_on = working_day_before(held_on)
        plan = SessionPlan(self.certification, held_on, tuple(self.demo.jurors[:3]))
        with timekeeper.at(self.at):
            return self.drivers(self.demo.officer).plan_session(plan)

    def current_hearing(self) -> Hearing:
        """Return the hearing planned for the attempt under way."""
        return (
            Hearing.objects.living()
            .select_related("session", "attempt")
            .get(attempt=self.journey.attempt)
        )

    def president_of(self, hearing: Hearing) -> User:
        """Return who presides over a hearing."""
        return User.objects.get(
            juror__seats__session=hearing.session, juror__seats__role=PanelRole.PRESIDENT
        )

    def deliberate(self, won: Iterable[str] | None = None, condition: str = "") -> "Scenario":
        """The jury hears the candidate on the day, and awards some blocs (all of them by default)."""
        return self.hear(won).sign_minutes(condition)

    def hear(self, won: Iterable[str] | None = None) -> "Scenario":
        """On the day, each juror declares; competences are assessed, blocs voted."""
        return self.until_the_jury_sits().declare_independence().assess_and_vote(won)

    def until_the_jury_sits(self) -> "Scenario":
        """Come to the day of the session."""
        hearing = self.current_hearing()
        noon = datetime.combine(hearing.session.held_on, HEARD_AT, tzinfo=PARIS)
        return self.until(max(noon, hearing.moment + timedelta(minutes=hearing.minutes)))

    def declare_independence(self) -> "Scenario":
        """Each member of the panel declares no link with the candidate."""
        hearing = self.current_hearing()
        for seat in hearing.session.panel.select_related("juror__user"):
            self._write(seat.juror.user, lambda driver: driver.declare(hearing, related=False))
        return self

    def assess_and_vote(self, won: Iterable[str] | None = None) -> "Scenario":
        """The president writes what the panel finds and how it votes; the blocs not won lack a vote."""
        hearing = self.current_hearing()
        president = self.president_of(hearing)
        blocs = list(hearing.attempt.blocs.prefetch_related("competences"))
        awarded = {bloc.code for bloc in blocs} if won is None else set(won)
        found = {
            competence: Mastery.MASTERED if bloc.code in awarded else Mastery.NOT_SHOWN
            for bloc in blocs
            for competence in bloc.competences.all()
        }
        votes = {
            bloc: facts.BlocVote(bloc.code, 3, 0)
            if bloc.code in awarded
            else facts.BlocVote(bloc.code, 1, 2, ground=texts.GROUND)
            for bloc in blocs
        }
        self._write(president, lambda driver: driver.assess(hearing, found))
        return self._write(president, lambda driver: driver.vote(hearing, votes))

    def sign_minutes(self, condition: str = "") -> "Scenario":
        """The president signs the minutes."""
        hearing = self.current_hearing()
        minutes = facts.MinutesRequest(hearing.pk, condition=condition)
        president = self.president_of(hearing)
        return self.do(Act.RECORD_DELIBERATION, president, minutes)

    def refuses_minutes(self, rule: str) -> "Scenario":
        """Check that the minutes cannot be signed yet, and under which rule."""
        hearing = self.current_hearing()
        minutes = facts.MinutesRequest(hearing.pk)
        return self.refuses(rule, Act.RECORD_DELIBERATION, self.president_of(hearing), minutes)

    def notify(self) -> "Scenario":
        """The certifier notifies what the jury decided."""
        return self.certifier(NOTICES[Outcome(self.journey.attempt.outcome)])

    def post_jury(self) -> "Scenario":
        """The post-jury meeting gives a plan for each missing bloc."""
        held = self.journey.awards.values("bloc")
        missing = self.journey.targeted.exclude(pk__in=held).order_by("position")
        report = texts.post_jury(self.at.date(), [bloc.code for bloc in missing])
        return self.do(Act.HOLD_POST_JURY, self.architect, report)

    def hold_elsewhere(self, bloc: str) -> "Scenario":
        """The candidate says that they hold a bloc from elsewhere, with its proof."""
        on = self.at.date() - timedelta(days=200)
        said = facts.HeldElsewhere(bloc, "Titre professionnel, autre centre", on)
        return self.do(Act.RECORD_PRIOR_BLOC, self.person, said)

    def recognise(self, bloc: str) -> "Scenario":
        """The certifier reads the proof of a bloc obtained elsewhere, and counts it."""
        said = facts.PriorBlocAnswer("Attestation vérifiée auprès du centre.", bloc)
        return self.certifier(Act.CONFIRM_PRIOR_BLOC, said)

    def next_attempt(self) -> "Scenario":
        """A new file is opened with the missing blocs."""
        return self.do(Act.OPEN_NEXT_ATTEMPT, self.person)

    # -------------------------------------------------------- several steps at once

    def to_path_accepted(self) -> "Scenario":
        """Walk to an accepted path."""
        self.register().wait(3).take_charge().wait(8).first_meeting()
        return self.wait(4).propose_path().wait(3).accept_path()

    def to_ready(self) -> "Scenario":
        """Walk to a feasibility file that only waits to be sent."""
        if self.accompanied:
            self.to_path_accepted().wait(12).fill_feasibility().wait(2).give_opinion()
        else:
            self.register().wait(10).fill_feasibility()
        return self.wait(1).sign(Act.CONFIRM_FEASIBILITY)

    def to_complete(self) -> "Scenario":
        """Walk to a complete feasibility file."""
        return self.to_ready().send_feasibility().wait(6).certifier(Act.DECLARE_COMPLETE)

    def to_admissible(self, *, with_gaps: bool = False) -> "Scenario":
        """Walk to an express admissibility."""
        return self.to_complete().wait(25).admissible(with_gaps=with_gaps)

    def to_validation_sent(self) -> "Scenario":
        """Walk to a validation file sent."""
        return self.to_admissible().wait(80).write_validation().wait(3).send_validation()

    def to_scheduled(self) -> "Scenario":
        """Walk to a hearing planned."""
        return self.to_validation_sent().wait(5).certifier(Act.ACCEPT_VALIDATION).wait(4).convene()

    def to_result(self, won: Iterable[str] | None = None) -> "Scenario":
        """Walk to a notified result."""
        return self.to_scheduled().deliberate(won).wait(6).notify()


def brought(name: Act, said: facts.Facts | None) -> facts.Facts:
    """Return what somebody brings to an act: the least that it asks for, unless they say more."""
    return rows_of(name)[0].asks() if said is None else said


def partial(scenario: Scenario) -> list[str]:
    """Return the codes of the blocs that a partial award gives: all but the last."""
    return [bloc.code for bloc in scenario.journey.targeted.order_by("position")][:-1]


def free_hour(session: Session) -> time:
    """Return the first hour of a session at which the whole panel is free."""
    hours = (time(hour, 30) for hour in range(9, 19))
    return next(hour for hour in hours if hours_clash(session, hour, 60) is None)


def moment_before(days: int) -> datetime:
    """Return mid-morning some days ago."""
    return (now() - timedelta(days=days)).replace(hour=10, minute=0, second=0, microsecond=0)
