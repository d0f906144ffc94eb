"""Acts in a real browser: opens one's home, follows links, fills in what is asked, presses the button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlparse

from django.urls import reverse
from playwright.sync_api import Browser, expect

from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.demo.drivers import fields
from jalon.demo.drivers.actions import Actions
from jalon.demo.drivers.browsing import refusal_in
from jalon.demo.drivers.driver import (
    Astray,
    Driver,
    FeasibilityAnswers,
    SessionPlan,
    ValidationAnswers,
)
from jalon.demo.drivers.fields import Fields
from jalon.demo.drivers.pages import act_page, jury_page
from jalon.demo.texts import LETTER
from jalon.journeys.models import Journey
from jalon.juries.models import Hearing, Session
from jalon.law import lifecycle
from jalon.law.facts import BlocVote, Facts, Registration
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, DocumentKind, Mastery
from jalon.people.models import User
from jalon.support.models import Milestone

from .screen import Screen

#: The links that lead to an act from one's home, when it is not offered there under its own name.
WAY = {
    Act.CONFIRM_FEASIBILITY: (
        "Mon dossier de faisabilité",
        "Relire mon dossier",
        "Confirmer et signer",
    ),
    Act.SIGN_ORIGINALITY: ("Écrire mon dossier de validation", Act.SIGN_ORIGINALITY.label),
    Act.SCHEDULE_HEARING: ("Convoquer devant un jury",),
    Act.RECORD_DELIBERATION: ("Signer le procès-verbal",),
}
#: The words of the button, when they are not those of the act.
BUTTON = {Act.SCHEDULE_HEARING: "Convoquer", Act.RECORD_DELIBERATION: "Signer"}


class BrowserDriver(Driver):
    """A person before their screen."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def home(self, journey: Journey) -> Screen:
        """Open the page where a person finds this journey."""
        if journey.candidate == self.screen.person:
            return self.screen.open(reverse("candidate:journey", args=[journey.pk]))
        return self.screen.open(reverse("dossiers:journey", args=[journey.pk]))

    def submit(self, said: Fields, button: str = "Enregistrer") -> None:
        """Fill in the form of the page and press its button; raises `Refused`, or `Astray`."""
        here = self.screen.page.url
        self.screen.write(said).press(button)
        if problem := self.screen.problem:
            refusal = refusal_in(problem)
            raise Refused(refusal) if refusal.rule else Astray(f"{here}: {problem}")
        expect(self.screen.page.locator(".message").first).to_be_visible()

    def register(
        self, certification: Certification, registration: Registration, **offices: Any
    ) -> None:
        """Register from the certification's page."""
        self.screen.open(reverse("public:sheet", args=[certification.code]))
        self.screen.follow("Déposer ma candidature")
        self.submit(fields.registration_fields(registration, **offices), Act.REGISTER.label)

    def act(self, journey: Journey, act: Act, facts: Facts) -> None:
        """Do an act from where it is offered."""
        if act is Act.RECORD_DELIBERATION:
            self.screen.open(jury_page("hearing", Hearing.objects.get(pk=facts.hearing)))  # type: ignore[attr-defined]
        else:
            self.home(journey)
        for link in WAY.get(act, (act.label,)):
            self.screen.follow(link)
        self.submit(fields.fields_of(facts, journey), BUTTON.get(act, act.label))

    def report(self, journey: Journey, act: Act, facts: Facts, on: date) -> None:
        """Follow the link that notes an act of somebody outside, and join the letter."""
        done = lifecycle.done(act)
        self.home(journey).follow(f"Noter : {done[:1].lower()}{done[1:]}")
        self.screen.upload("Preuve", LETTER)
        said = fields.fields_of(facts, journey) | fields.report_fields(on)
        self.submit(said, "Noter")

    def attempt(self, journey: Journey, act: Act, facts: Facts) -> None:
        """Try an act from its page, offered or not."""
        self.screen.open(act_page(journey, act, facts))
        self.submit(fields.fields_of(facts, journey), BUTTON.get(act, act.label))

    def fill_feasibility(self, journey: Journey, answers: FeasibilityAnswers) -> None:
        """Fill in the file, page after page."""
        self.home(journey).follow("Mon dossier de faisabilité").follow("Mon état civil")
        self.submit(fields.typed_all(answers.profile))
        self.screen.follow("Prérequis et attentes")
        self.submit(fields.typed_all(answers.goals))
        if answers.experience:
            self.screen.follow("Ajouter une expérience")
            self.submit(fields.typed_all(answers.experience))
        for bloc in journey.targeted.prefetch_related("competences"):
            self.screen.follow(bloc.title)
            said = fields.bloc_fields(bloc, answers.bloc, answers.level, answers.example)
            self.submit(said)

    def add_document(self, journey: Journey, kind: DocumentKind, name: str) -> None:
        """Choose a file and send it."""
        self.home(journey).follow("Mon dossier de faisabilité").follow("Ajouter un document")
        self.screen.upload("Fichier ou photo", name)
        self.submit({"kind": kind.value})

    def write_validation(self, journey: Journey, answers: ValidationAnswers) -> None:
        """Write each competence."""
        self.home(journey).follow("Écrire mon dossier de validation").follow("Me présenter")
        self.submit({"presentation": answers.presentation})
        for section in journey.attempt.validation.sections.select_related("competence"):
            self.screen.follow(section.competence.title)
            if not section.evidence.exists():
                self.screen.upload("Choisir un fichier", f"preuve {section.pk}.pdf")
            self.submit(dict(answers.section))

    def keep_milestone(self, milestone: Milestone) -> None:
        """Press the button beside a date of the calendar."""
        self.home(milestone.journey).press(f"Noter comme tenu : {milestone.title}")

    def plan_session(self, plan: SessionPlan) -> Session:
        """Plan a session, and read its number in the address."""
        self.screen.open(reverse("certifier:sessions")).follow("Nouvelle session")
        self.submit(fields.session_fields(plan), "Créer la session")
        path = urlparse(self.screen.page.url).path
        return Session.objects.get(pk=path.rstrip("/").rsplit("/", 1)[-1])

    def declare(self, hearing: Hearing, *, related: bool) -> None:
        """Sign a declaration of independence, from the list of one's sessions."""
        name = hearing.attempt.journey.candidate.get_full_name()
        self.screen.open(reverse("juror:home")).follow(name).follow("Signer ma déclaration")
        self.submit({"related": "oui" if related else "non"}, "Signer ma déclaration")

    def assess(self, hearing: Hearing, found: Mapping[Competence, Mastery]) -> None:
        """Write what the panel finds."""
        self.screen.open(jury_page("hearing", hearing)).follow("Évaluer ensemble")
        self.submit(fields.assessment_fields(found))

    def vote(self, hearing: Hearing, votes: Mapping[Bloc, BlocVote]) -> None:
        """Write the votes."""
        self.screen.open(jury_page("hearing", hearing)).follow("Délibérer")
        self.submit(fields.vote_fields(votes))


@dataclass
class Screens:
    """Puts people before a screen of their own; `only` some, and the others act through functions."""

    browser: Browser
    address: str
    only: tuple[User, ...] = ()
    scripts: bool = True
    known: dict[int, BrowserDriver] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)

    def __call__(self, by: User | None) -> Driver:
        """Return the way a person acts."""
        if by is None or (self.only and by not in self.only):
            return Actions(by)
        return self.driver(by)

    def driver(self, by: User) -> BrowserDriver:
        """Return a person's driver, before their screen: a phone, unless they hold a role."""
        if by.pk not in self.known:
            self.goes_on(self.screen(by, 1280 if by.memberships.exists() else 390), by)
        return self.known[by.pk]

    def screen(self, person: User | None, width: int) -> Screen:
        """Return a new screen."""
        return Screen(
            self.browser,
            self.address,
            person,
            width=width,
            scripts=self.scripts,
            looked_at=self.looked_at,
        )

    def newcomer(self) -> Screen:
        """Return the phone of somebody who has no account yet."""
        return self.screen(None, 390)

    def goes_on(self, screen: Screen, person: User) -> None:
        """Let a person act from now on before a screen on which they signed in."""
        screen.person = person
        self.known[person.pk] = BrowserDriver(screen)

    def of(self, person: User) -> Screen:
        """Return a person's screen."""
        return self.driver(person).screen

    @property
    def faults(self) -> list[str]:
        """Return what is wrong with the pages that anybody went through."""
        return [fault for one in self.known.values() for fault in one.screen.faults]
