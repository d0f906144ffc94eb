"""Acts through real pages: opens each one, fills in its form, sends it, and reads what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.demo.drivers import fields
from jalon.demo.drivers.browsing import CONFLICT, Browser, Files, Page, refusal_in
from jalon.demo.drivers.driver import (
    Astray,
    Driver,
    FeasibilityAnswers,
    SessionPlan,
    ValidationAnswers,
)
from jalon.demo.drivers.fields import Fields
from jalon.demo.drivers.pages import act_page, file_page, jury_page
from jalon.demo.texts import LETTER, ONE_PAGE
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing, Session
from jalon.law.facts import BlocVote, Facts, HeldElsewhere, Registration
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, DocumentKind, Mastery
from jalon.people.models import User
from jalon.support.models import Milestone


@dataclass(frozen=True)
class HttpDriver(Driver):
    """A person who acts through the pages, with a browser of their own."""

    browser: Browser

    def submit(self, path: str, said: Fields, files: Files | None = None) -> Page:
        """Open a page and send its form; raises `Refused` when the law refuses what it asks."""
        seen = self.browser.get(path).hidden("seen")
        return self.send(path, {"seen": seen} | said, files)

    def send(self, path: str, said: Fields, files: Files | None = None) -> Page:
        """Send a form; raises `Refused`, or `Astray` when the page asks for something else."""
        page = self.browser.send(path, said, files)
        if page.status == CONFLICT:
            raise Refused(refusal_in(page.problem))
        if page.status >= 400 or page.problem:
            raise Astray(f"{path}: {page.status} {page.problem or page.text[:300]}")
        return page

    def register(
        self, certification: Certification, registration: Registration, **offices: Any
    ) -> None:
        """Register from the certification's page."""
        path = reverse("candidate:start", args=[certification.code])
        self.submit(path, fields.registration_fields(registration, **offices))

    def act(self, journey: Journey, act: Act, facts: Facts) -> None:
        """Do an act from its page."""
        proof = (
            {"proof": ("attestation.pdf", ONE_PAGE)} if isinstance(facts, HeldElsewhere) else None
        )
        self.submit(act_page(journey, act, facts), fields.fields_of(facts, journey), proof)

    def report(self, journey: Journey, act: Act, facts: Facts, on: date) -> None:
        """Send the form of the act, with its day, how it is known, and the letter."""
        said = fields.fields_of(facts, journey) | fields.report_fields(on)
        self.submit(act_page(journey, act, facts), said, {"report_proof": (LETTER, ONE_PAGE)})

    def fill_feasibility(self, journey: Journey, answers: FeasibilityAnswers) -> None:
        """Fill in each page of the file."""
        self.submit(file_page("profile", journey), fields.typed_all(answers.profile))
        if answers.experience:
            self.submit(file_page("experience", journey), fields.typed_all(answers.experience))
        if not journey.on_portal:
            self.submit(file_page("request", journey), fields.typed_all(answers.request))
            return
        self.submit(file_page("goals", journey), fields.typed_all(answers.goals))
        for bloc in journey.targeted.prefetch_related("competences"):
            said = fields.bloc_fields(bloc, answers.bloc, answers.level, answers.example)
            self.submit(file_page("bloc", journey, bloc.pk), said)

    def add_document(self, journey: Journey, kind: DocumentKind, name: str) -> None:
        """Send a file."""
        said = {"kind": kind.value}
        self.submit(file_page("upload", journey), said, {"file": (name, ONE_PAGE)})

    def write_validation(self, journey: Journey, answers: ValidationAnswers) -> None:
        """Write each competence on its page."""
        self.submit(file_page("presentation", journey), {"presentation": answers.presentation})
        for section in journey.attempt.validation.sections.asked():
            path = file_page("section", journey, section.competence_id)
            self.submit(path, dict(answers.section))

    def keep_milestone(self, milestone: Milestone) -> None:
        """Press the button beside a date of the calendar."""
        journey = milestone.journey_id
        self.send(reverse("dossiers:keep_milestone", args=[journey, milestone.pk]), {})

    def plan_session(self, plan: SessionPlan) -> Session:
        """Plan a session on its page, and read its number where it leads."""
        page = self.submit(reverse("certifier:new_session"), fields.session_fields(plan))
        return Session.objects.get(pk=page.address.rstrip("/").rsplit("/", 1)[-1])

    def declare(self, hearing: Hearing, *, related: bool) -> None:
        """Sign a declaration of independence."""
        self.submit(jury_page("declare", hearing), {"related": "oui" if related else "non"})

    def assess(self, hearing: Hearing, found: Mapping[Competence, Mastery]) -> None:
        """Write what the panel finds."""
        self.submit(jury_page("assessments", hearing), fields.assessment_fields(found))

    def vote(self, hearing: Hearing, votes: Mapping[Bloc, BlocVote]) -> None:
        """Write the votes."""
        self.submit(jury_page("votes", hearing), fields.vote_fields(votes))


@dataclass
class HttpDrivers:
    """Gives each person a browser, signed in on first use."""

    open_browser: Callable[[User], Browser]
    known: dict[int, HttpDriver] = field(default_factory=dict)

    def __call__(self, by: User | None) -> HttpDriver:
        """Return the way a person acts; the system has no pages."""
        assert by is not None
        if by.pk not in self.known:
            self.known[by.pk] = HttpDriver(self.open_browser(by))
        return self.known[by.pk]
