"""What one person can do in a scenario, however they do it: the contract of every driver."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing, Juror, Session
from jalon.law.facts import BlocVote, Facts, Registration
from jalon.law.vocabulary import Act, ClaimLevel, DocumentKind, EvaluationForm, Mastery, SessionMode
from jalon.people.models import User
from jalon.support.models import Milestone


class Astray(Exception):
    """The product did something else than the scenario tells."""


@dataclass(frozen=True)
class FeasibilityAnswers:
    """What a candidate writes in a feasibility file; the same words for each bloc and competence.

    The 2002 route has a request instead of goals and blocs.
    """

    profile: Mapping[str, Any]
    goals: Mapping[str, Any]
    request: Mapping[str, Any]
    experience: Mapping[str, Any] | None
    bloc: str
    level: ClaimLevel
    example: str


@dataclass(frozen=True)
class ValidationAnswers:
    """What a candidate writes in a validation file; the same answers for each competence."""

    presentation: str
    section: Mapping[str, str]


@dataclass(frozen=True)
class SessionPlan:
    """A jury session to plan; the first juror presides."""

    certification: Certification
    held_on: date
    jurors: tuple[Juror, ...]
    mode: SessionMode = SessionMode.ON_SITE
    form: EvaluationForm = EvaluationForm.BOTH
    place: str = "Atelier de démonstration, 1 rue de l’Exemple, Ville-Exemple"
    documents: str = "Pièce d’identité et convocation"
    accessibility_contact: str = "referent.handicap@exemple.fr"
    starts_at: time = time(9)
    ends_at: time = time(20)

    @property
    def values(self) -> dict[str, Any]:
        """Return what is known of the session beside its panel."""
        return {name: value for name, value in vars(self).items() if name != "jurors"}


class Driver(ABC):
    """How one person acts; each method raises `Refused` when the law says no, with its rule."""

    @abstractmethod
    def register(
        self, certification: Certification, registration: Registration, **offices: Any
    ) -> None:
        """Open a journey; `offices` are the certifier and the organisation, where one chooses."""

    @abstractmethod
    def act(self, journey: Journey, act: Act, facts: Facts) -> None:
        """Do an act of the table."""

    @abstractmethod
    def report(self, journey: Journey, act: Act, facts: Facts, on: date) -> None:
        """Write down an act of somebody outside, as a letter told it, with the letter."""

    def attempt(self, journey: Journey, act: Act, facts: Facts) -> None:
        """Try an act that may not be offered at all."""
        self.act(journey, act, facts)

    @abstractmethod
    def fill_feasibility(self, journey: Journey, answers: FeasibilityAnswers) -> None:
        """Write the feasibility file, one page after the other."""

    @abstractmethod
    def add_document(self, journey: Journey, kind: DocumentKind, name: str) -> None:
        """Join a file of one page to the feasibility file."""

    @abstractmethod
    def write_validation(self, journey: Journey, answers: ValidationAnswers) -> None:
        """Write the validation file, competence by competence."""

    @abstractmethod
    def keep_milestone(self, milestone: Milestone) -> None:
        """Note that a date of the calendar was kept."""

    @abstractmethod
    def plan_session(self, plan: SessionPlan) -> Session:
        """Plan a jury session with its panel."""

    @abstractmethod
    def declare(self, hearing: Hearing, *, related: bool) -> None:
        """Sign a declaration of independence."""

    @abstractmethod
    def assess(self, hearing: Hearing, found: Mapping[Competence, Mastery]) -> None:
        """Write what the panel finds for each competence."""

    @abstractmethod
    def vote(self, hearing: Hearing, votes: Mapping[Bloc, BlocVote]) -> None:
        """Write the votes on each bloc."""


#: Gives each person their way to act; nobody is the system, which acts when a clock runs out.
Drivers = Callable[[User | None], Driver]
