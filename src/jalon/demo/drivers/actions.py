"""Acts through the functions of the rooms, as fast as can be: for tests and for the demonstration."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from jalon.catalogue.models import Bloc, Certification, Competence
from jalon.demo.drivers.driver import Driver, FeasibilityAnswers, SessionPlan, ValidationAnswers
from jalon.demo.texts import LETTER, ONE_PAGE
from jalon.documents.actions import store_proof, store_upload
from jalon.journeys.actions import act, register
from jalon.journeys.models import Journey
from jalon.juries import actions as juries
from jalon.juries import planning
from jalon.juries.models import Hearing, Session
from jalon.law.facts import BlocVote, Facts, HeldElsewhere, Registration
from jalon.law.vocabulary import Act, Channel, DocumentKind, Mastery, PanelRole
from jalon.people.models import User
from jalon.support import actions as support
from jalon.support.models import Milestone
from jalon.writing import drafts


@dataclass(frozen=True)
class Actions(Driver):
    """A person, or the system, who acts through functions."""

    by: User | None

    @property
    def person(self) -> User:
        """Return who writes or judges: never the system."""
        assert self.by
        return self.by

    def register(
        self, certification: Certification, registration: Registration, **offices: Any
    ) -> None:
        """Open a journey with a given certifier and organisation."""
        register(self.person, certification, registration, **offices)

    def act(self, journey: Journey, name: Act, facts: Facts) -> None:
        """Do an act of the table."""
        if isinstance(facts, HeldElsewhere) and not facts.document:
            facts = replace(facts, document=self.proof(journey))
        act(journey.pk, name, by=self.by, facts=facts)

    def proof(self, journey: Journey) -> str:
        """Store the attestation of a bloc obtained elsewhere, and return what identifies it."""
        upload = SimpleUploadedFile("attestation.pdf", ONE_PAGE)
        return str(store_upload(journey, DocumentKind.EQUIVALENCE, upload, self.person).pk)

    def report(self, journey: Journey, name: Act, facts: Facts, on: date) -> None:
        """Do the act in the name of who did it, and keep the letter."""
        entry = act(journey.pk, name, by=self.by, facts=facts, on=on, channel=Channel.LETTER)
        store_proof(entry, SimpleUploadedFile(LETTER, ONE_PAGE), self.person)

    def fill_feasibility(self, journey: Journey, answers: FeasibilityAnswers) -> None:
        """Save each part of the file."""
        id = journey.pk
        drafts.save_profile(id, self.person, answers.profile)
        if answers.experience:
            drafts.save_experience(id, self.person, answers.experience)
        if not journey.on_portal:
            drafts.save_request(id, self.person, answers.request)
            return
        drafts.save_feasibility(id, self.person, answers.goals)
        claim = answers.level, answers.example
        for bloc in journey.targeted.prefetch_related("competences"):
            claims = dict.fromkeys(bloc.competences.all(), claim)
            drafts.save_bloc(id, self.person, bloc, text=answers.bloc, claims=claims)

    def add_document(self, journey: Journey, kind: DocumentKind, name: str) -> None:
        """Store a file."""
        drafts.open_feasibility_for(journey.pk, self.person)
        store_upload(journey, kind, SimpleUploadedFile(name, ONE_PAGE), self.person)

    def write_validation(self, journey: Journey, answers: ValidationAnswers) -> None:
        """Save each section."""
        drafts.save_presentation(journey.pk, self.person, answers.presentation)
        for section in journey.attempt.validation.sections.asked():
            drafts.save_section(journey.pk, self.person, section.competence_id, answers.section)

    def keep_milestone(self, milestone: Milestone) -> None:
        """Note that a date of the calendar was kept."""
        support.keep_milestone(milestone, self.person)

    def plan_session(self, plan: SessionPlan) -> Session:
        """Create a session; its first juror presides."""
        roles = [PanelRole.PRESIDENT, *[PanelRole.MEMBER] * (len(plan.jurors) - 1)]
        return planning.create_session(
            self.person, plan.values, zip(plan.jurors, roles, strict=True)
        )

    def declare(self, hearing: Hearing, *, related: bool) -> None:
        """Sign a declaration of independence."""
        juries.declare(hearing, self.person, related=related)

    def assess(self, hearing: Hearing, found: Mapping[Competence, Mastery]) -> None:
        """Record what the panel finds."""
        assessments = {competence: (mastery, "") for competence, mastery in found.items()}
        juries.record_assessments(hearing, self.person, assessments)

    def vote(self, hearing: Hearing, votes: Mapping[Bloc, BlocVote]) -> None:
        """Record the votes."""
        juries.vote(hearing, self.person, votes)
