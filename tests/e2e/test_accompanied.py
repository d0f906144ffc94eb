"""The whole accompanied story, from the public home on: each person before their own screen, the candidate on a phone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core import mail
from playwright.sync_api import Browser

from jalon import now as timekeeper
from jalon.demo import texts
from jalon.demo.scenario import DemoPeople, Observer, Scenario
from jalon.demo.stories import TOLD
from jalon.law.vocabulary import Act, DocumentKind, Stage
from jalon.people.models import User
from tests.conftest import TODAY
from tests.support.agenda import opened
from tests.web.test_accounts import code_in

from .driver import Screens
from .screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


#: The story of a candidate who writes eight competences, in four blocs, then again those of the two that lack.
STORY = replace(TOLD[0], code="RNCP39883")
COMPETENCES, AGAIN = 8, 4


class Reader(Observer):
    """Reads, at each new stage, what the pages say to whom it concerns."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens
        self.stage: Stage | None = None

    def acted(self, scenario: Scenario) -> None:
        """Read the candidate's home, and what others see, when the stage is new."""
        if scenario.journey.stage == self.stage:
            return
        self.stage = Stage(scenario.journey.stage)
        timekeeper.travel(scenario.at)
        phone = self.screens.of(scenario.person).open("/candidat/")
        for text in ON_THE_PHONE.get(self.stage, ()):
            phone.reads(text)
        if read := ELSEWHERE.get(self.stage):
            read(scenario, self.screens)

    def waited(self, scenario: Scenario) -> None:
        """Live on the day the story has come to."""
        timekeeper.travel(scenario.at)


#: What the candidate reads at home.
ON_THE_PHONE: dict[Stage, tuple[str, ...]] = {
    Stage.REGISTERED: ("Candidature déposée",),
    Stage.PATH_PROPOSED: ("Lisez le parcours proposé",),
    Stage.FEASIBILITY_INCOMPLETE: ("Justificatif d’emploi",),
    Stage.ADMISSIBLE: (texts.GAP,),
    Stage.JURY_SCHEDULED: ("Mon passage devant le jury",),
    Stage.PARTIALLY_CERTIFIED: ("Blocs acquis", "Ce qui reste à obtenir", texts.GROUND),
    Stage.CERTIFIED: ("Certification obtenue",),
}


def name_in_list(scenario: Scenario) -> str:
    """Return a candidate's name as the lists write it."""
    return f"{scenario.person.last_name} {scenario.person.first_name}"


def architect_finds_it(scenario: Scenario, screens: Screens) -> None:
    """The architect finds the journey among those to take on."""
    architect = screens.of(scenario.architect)
    architect.open("/accompagnement/?filtre=nouveaux&tous=1").follow(name_in_list(scenario))


def candidate_books_a_meeting(scenario: Scenario, screens: Screens) -> None:
    """The candidate books a first meeting, at an hour that the architect opened."""
    opened(scenario.architect, scenario.demo.accompanist)
    phone = screens.of(scenario.person).open("/candidat/").follow("Prendre rendez-vous")
    phone.follow("9 h 00").press("Oui, confirmer").reads("Mon rendez-vous")


def candidate_reads_the_path(scenario: Scenario, screens: Screens) -> None:
    """The candidate reads the hours before accepting."""
    screens.of(scenario.person).follow(Act.ACCEPT_PATH.label).reads("14 h 00")


def architect_writes_beside(scenario: Scenario, screens: Screens) -> None:
    """The architect adds an experience in the candidate's file, who sees it."""
    architect = screens.of(scenario.architect).open(f"/dossiers/{scenario.journey.pk}/")
    architect.follow("Remplir le dossier").follow("Ajouter une expérience")
    architect.reads("Vous écrivez dans le dossier")
    said = {"title": "Contrôleuse", "started_on": "2020-09-01", "activities": "Je contrôle."}
    architect.write(said).press("Enregistrer").reads("Contrôleuse")
    phone = screens.of(scenario.person)
    phone.open(f"/dossiers/{scenario.journey.pk}/faisabilite/").reads("Contrôleuse")


def certifier_reads_the_file(scenario: Scenario, screens: Screens) -> None:
    """The certifier finds the journey in the inbox and reads the file."""
    officer = screens.of(scenario.demo.officer).open("/certificateur/")
    officer.follow(name_in_list(scenario))
    officer.follow("Lire le dossier de faisabilité").reads("Je contrôle.")


def certifier_reads_what_was_written(scenario: Scenario, screens: Screens) -> None:
    """The certifier finds each competence written and proved; the second time, those of the missing blocs alone."""
    sections = scenario.journey.attempt.validation.sections.select_related("competence")
    assert len(sections) == (COMPETENCES if scenario.journey.attempt.number == 1 else AGAIN)
    officer = screens.of(scenario.demo.officer)
    officer.open(f"/dossiers/{scenario.journey.pk}/validation/relire/")
    for section in sections:
        assert section.evidence.get().kind == DocumentKind.EVIDENCE
        officer.reads(section.competence.title)


def jurors_declare_before_they_read(scenario: Scenario, screens: Screens) -> None:
    """Each juror finds the candidate, and is asked to declare their independence first; the second time, one of them."""
    first = scenario.journey.attempt.number == 1
    for juror in scenario.demo.jurors[: 3 if first else 1]:
        screen = screens.of(juror.user).open("/jury/").follow(scenario.person.get_full_name())
        screen.reads("Signer ma déclaration d’indépendance")


#: What others read, at some stages.
ELSEWHERE: dict[Stage, Callable[[Scenario, Screens], None]] = {
    Stage.REGISTERED: architect_finds_it,
    Stage.TAKEN_ON: candidate_books_a_meeting,
    Stage.PATH_PROPOSED: candidate_reads_the_path,
    Stage.PATH_ACCEPTED: architect_writes_beside,
    Stage.FEASIBILITY_COMPLETE: certifier_reads_the_file,
    Stage.VALIDATION_SENT: certifier_reads_what_was_written,
    Stage.JURY_SCHEDULED: jurors_declare_before_they_read,
}


def test_the_whole_story_is_clicked_by_each_person(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    timekeeper.travel(TODAY)
    phone = screens.newcomer()
    chooses_and_signs_up(phone)
    scenario = STORY.scenario(
        demo, TODAY, drivers=screens, observer=Reader(screens), runs_jobs=True
    )
    assert scenario.person == User.objects.latest("pk")
    screens.goes_on(phone, scenario.person)
    STORY.play(scenario)
    scenario.wait(1)
    phone.open("/candidat/").reads("Téléchargez vos documents")
    assert downloaded(phone).startswith(b"%PDF-")
    assert screens.faults == []


def chooses_and_signs_up(phone: Screen) -> None:
    """Find one's trade from the public home, ask to apply, and make an account with the code of a mail."""
    phone.open("/").write({"q": "chaudronnerie navale"}).press("Chercher")
    phone.follow("Chaudronnier naval").follow("Déposer ma candidature").follow("Créer mon compte")
    said = {"email": "ana.exemple@exemple.fr", "first_name": "Ana", "last_name": "Exemple"}
    phone.write(said).press("Créer mon compte")
    phone.write({"code": code_in(mail.outbox[-1].body)}).press("Confirmer").reads(
        Act.REGISTER.label
    )


def downloaded(phone: Screen) -> bytes:
    """Download the certificate."""
    with phone.page.expect_download() as download:
        phone.page.get_by_role("link", name="Certificat :").click()
    return download.value.path().read_bytes()
