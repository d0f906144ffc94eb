"""The whole accompanied story, each person before their own screen, the candidate on a phone."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from jalon import now as timekeeper
from jalon.catalogue.models import Certification
from jalon.demo.scenario import ANSWERS, PROFILE, DemoPeople, Scenario
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Act, Stage
from jalon.now import PARIS, today
from jalon.people.models import User
from tests.conftest import TODAY

from .people import Screen, sign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Story:
    """The journey, the people of the house, and the day."""

    def __init__(self, browser: Browser, address: str, demo: DemoPeople) -> None:
        timekeeper.travel(TODAY)
        self.certification = Certification.objects.get(code="RNCP38901")
        self.demo, self.at = demo, TODAY
        self.candidate = User.objects.create_user(
            "accompagnee@exemple.fr", first_name="Seule", last_name="Exemple"
        )
        self.scenario = Scenario(demo, self.certification, TODAY, candidate=self.candidate)
        self.phone = Screen(browser, address, self.candidate, width=390)
        self.architect = Screen(browser, address, self.scenario.architect)
        self.officer = Screen(browser, address, demo.officer)
        self.jurors = [Screen(browser, address, one.user) for one in demo.jurors[:3]]

    @property
    def screens(self) -> list[Screen]:
        """Return everybody's screen."""
        return [self.phone, self.architect, self.officer, *self.jurors]

    @property
    def journey(self) -> Journey:
        """Return the journey as it is now."""
        return Journey.objects.get(candidate=self.candidate)

    def wait(self, days: int) -> None:
        """Let days pass, and the worker print and tell what is due."""
        self.scenario.journey = self.journey
        self.scenario.run_pending_jobs()
        self.at += timedelta(days=days)
        timekeeper.travel(self.at)

    def reached(self, stage: Stage) -> None:
        """Check where the journey stands."""
        assert self.journey.stage == stage


def test_the_whole_story_is_clicked_by_each_person(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    story = Story(browser, live_server.url, demo)  # type: ignore[attr-defined]
    register(story)
    build_the_path(story)
    fill_the_feasibility_file(story)
    go_back_and_forth_with_the_certifier(story)
    write_and_send(story)
    hear(story, awarded=1)
    story.officer.does(story.journey, Act.NOTIFY_PARTIAL)
    story.reached(Stage.PARTIALLY_CERTIFIED)
    story.wait(8)
    plan_what_is_missing(story)
    story.wait(60)
    write_and_send(story)
    hear(story, awarded=2)
    story.officer.does(story.journey, Act.NOTIFY_FULL)
    story.reached(Stage.CERTIFIED)
    story.wait(1)
    story.phone.open("/candidat/", "accompanied-certified").reads("Certification obtenue")
    story.phone.does(story.journey, Act.REQUEST_DOCUMENTS).reads("Il prépare votre certificat")
    story.officer.does(story.journey, Act.ISSUE_DOCUMENTS)
    story.wait(0)
    story.phone.open("/candidat/", "accompanied-issued").reads("Téléchargez vos documents")
    with story.phone.page.expect_download() as download:
        story.phone.page.get_by_role("link", name="Certificat :").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert [fault for screen in story.screens for fault in screen.faults] == []


def register(story: Story) -> None:
    """The candidate chooses, and says yes."""
    story.phone.open(f"/certifications/{story.certification.code}/", "accompanied-sheet")
    story.phone.follow("Déposer ma candidature", "accompanied-start")
    story.phone.write(consent=True).press("Déposer ma candidature").reads("Candidature déposée")
    story.reached(Stage.REGISTERED)


def build_the_path(story: Story) -> None:
    """Taken on, met, a path proposed and accepted; a meeting to come is no meeting."""
    story.architect.open("/accompagnement/?filtre=nouveaux&tous=1").follow("Exemple Seule")
    story.architect.does(story.journey, Act.TAKE_CHARGE)
    story.wait(7)
    meeting = {"held_on": today() + timedelta(days=1), "minutes": 90, "mode": "on_site"}
    story.architect.open(f"/dossiers/{story.journey.pk}/faire/hold_first_meeting/")
    story.architect.write(**meeting).press(Act.HOLD_FIRST_MEETING.label).reads("R-089")
    subjects = (
        "device_relevance",
        "certification_adequacy",
        "prerequisites",
        "training_needs",
        "calendar",
        "duration",
        "modalities",
    )
    story.architect.write(held_on=today(), **dict.fromkeys(subjects, "Vu ensemble."))
    story.architect.press(Act.HOLD_FIRST_MEETING.label).reads("C’est fait")
    story.wait(3)
    hours = {"hours_individual": 14, "hours_group": 6, "hours_training": 0, "mode": "remote"}
    story.architect.does(story.journey, Act.PROPOSE_PATH, "accompanied-path", **hours)
    story.wait(2)
    story.phone.open("/candidat/", "accompanied-proposed").reads("Lisez le parcours proposé")
    story.phone.follow(Act.ACCEPT_PATH.label, "accompanied-answer").reads("14 heures")
    story.phone.press(Act.ACCEPT_PATH.label).reads("C’est fait")
    story.reached(Stage.PATH_ACCEPTED)


def fill_the_feasibility_file(story: Story) -> None:
    """The candidate fills it in on the phone, the architect gives an opinion, it leaves signed."""
    phone = story.phone.open("/candidat/").follow("Mon dossier de faisabilité")
    phone.follow("Mon état civil", "accompanied-civil").write(
        **PROFILE | {"birth_name": "Exemple"}
    ).press("Enregistrer")
    phone.follow("Prérequis et attentes").write(prerequisites="none").press("Enregistrer")
    beside = story.architect.open(f"/dossiers/{story.journey.pk}/").follow("Remplir le dossier")
    beside.follow("Ajouter une expérience", "accompanied-beside").reads(
        "Vous écrivez dans le dossier"
    )
    beside.write(title="Contrôleuse", started_on=date(2020, 9, 1), activities="Je contrôle.")
    beside.press("Enregistrer").reads("Contrôleuse")
    phone.open(f"/dossiers/{story.journey.pk}/faisabilite/").reads("Contrôleuse")
    phone.follow("Ajouter un document")
    phone.upload("Fichier ou photo").press("Enregistrer")
    for bloc in story.certification.blocs.prefetch_related("competences"):
        phone.follow(bloc.title, "accompanied-bloc")
        phone.write(**{f"level_{one.pk}": "yes" for one in bloc.competences.all()})
        phone.write(text="Je le fais chaque jour.").press("Enregistrer")
    comment = {"opinion": "favourable", "comment": "Expérience en rapport direct."}
    story.architect.does(story.journey, Act.GIVE_OPINION, **comment)
    confirm_and_send(story)


def confirm_and_send(story: Story) -> None:
    """Re-read, signed, sent."""
    story.phone.open("/candidat/").follow("Mon dossier de faisabilité").follow("Relire mon dossier")
    story.phone.look("accompanied-review").follow("Confirmer et signer")
    sign(story.phone.page, "Confirmer et signer")
    story.phone.does(story.journey, Act.SEND_FEASIBILITY)
    story.reached(Stage.FEASIBILITY_SENT)
    story.wait(4)


def go_back_and_forth_with_the_certifier(story: Story) -> None:
    """Sent back incomplete once, completed, then admissible with a gap."""
    story.officer.open("/certificateur/", "accompanied-inbox").follow("Exemple Seule")
    story.officer.does(story.journey, Act.DECLARE_INCOMPLETE, items="Justificatif d’emploi")
    story.wait(2)
    story.phone.open("/candidat/", "accompanied-incomplete").reads("Justificatif d’emploi")
    story.phone.follow("Mon dossier de faisabilité").follow("Ajouter un document")
    story.phone.write(kind="experience_proof").upload("Fichier ou photo").press("Enregistrer")
    confirm_and_send(story)
    story.officer.does(story.journey, Act.DECLARE_COMPLETE)
    story.officer.follow("Lire le dossier de faisabilité", "accompanied-read").reads("Je contrôle.")
    story.wait(20)
    story.officer.open(f"/dossiers/{story.journey.pk}/faire/declare_inadmissible/")
    story.officer.press(Act.DECLARE_INADMISSIBLE.label).reads("R-033")
    weakest = story.certification.blocs.first().competences.first()
    gap = {f"gap_{weakest.pk}": "Peu d’exemples récents.", "recommendations": "Des cas récents."}
    story.officer.does(story.journey, Act.DECLARE_ADMISSIBLE, "accompanied-decision", **gap)
    story.reached(Stage.ADMISSIBLE)
    story.wait(5)
    story.phone.open("/candidat/", "accompanied-admissible").reads("Peu d’exemples récents.")
    story.wait(60)


def write_and_send(story: Story) -> None:
    """Each competence written, the text signed as one's own, the file sent and accepted."""
    phone = story.phone.open("/candidat/").follow("Écrire mon dossier de validation")
    sections = story.journey.attempt.validation.sections.select_related("competence")
    for section in sections.order_by("competence__bloc__position", "competence__position"):
        phone.follow(section.competence.title, "accompanied-section")
        phone.write(**ANSWERS).press("Enregistrer")
    phone.follow(Act.SIGN_ORIGINALITY.label)
    sign(phone.page, Act.SIGN_ORIGINALITY.label)
    phone.does(story.journey, Act.SEND_VALIDATION)
    story.wait(5)
    story.officer.does(story.journey, Act.ACCEPT_VALIDATION)
    story.reached(Stage.VALIDATION_ACCEPTED)
    story.wait(3)


def hear(story: Story, *, awarded: int) -> None:
    """A session with its panel; each declares, the panel scores, votes and signs."""
    held_on = today() + timedelta(days=30)
    officer = story.officer.open("/certificateur/jurys/nouveau/", "accompanied-session")
    president, *members = story.demo.jurors[:3]
    officer.write(
        certification=story.certification.pk,
        held_on=held_on,
        mode="on_site",
        form="both",
        place="Atelier de démonstration, Ville-Exemple",
        documents="Pièce d’identité",
        accessibility_contact="referent.handicap@exemple.fr",
        president=president.pk,
    )
    for one in members:
        officer.page.locator(f"[name=members][value='{one.pk}']").check()
    officer.press("Créer la session").reads("La session est créée")
    officer.open(f"/dossiers/{story.journey.pk}/").follow("Convoquer devant un jury")
    officer.write(starts_at="09:30").press("Convoquer").reads("La convocation est envoyée")
    story.reached(Stage.JURY_SCHEDULED)
    story.wait(1)
    story.phone.open("/candidat/", "accompanied-convened").reads("Mon passage devant le jury")
    story.at = datetime(held_on.year, held_on.month, held_on.day, 12, tzinfo=PARIS)
    story.wait(0)
    hearing = story.scenario.current_hearing()
    desk = f"/jury/passage/{hearing.pk}/"
    for juror in story.jurors:
        juror.open("/jury/").follow("Seule Exemple", "accompanied-hearing")
        juror.follow("Lire le dossier de validation", "accompanied-reading").reads(
            ANSWERS["result"]
        )
        juror.page.go_back()
        juror.follow("Signer ma déclaration").write(related="non").press("Signer ma déclaration")
    chair = story.jurors[0].open(desk).follow("Évaluer les compétences", "accompanied-assessments")
    blocs = list(hearing.attempt.blocs.order_by("position"))
    for number, bloc in enumerate(blocs):
        mastery = "mastered" if number < awarded else "not_shown"
        chair.write(**{f"mastery_{one.pk}": mastery for one in bloc.competences.all()})
    chair.press("Enregistrer").follow("Délibérer", "accompanied-votes")
    for number, bloc in enumerate(blocs):
        won = number < awarded
        chair.write(**{f"for_{bloc.pk}": 3 if won else 1, f"against_{bloc.pk}": 0 if won else 2})
        if not won:
            chair.write(**{f"ground_{bloc.pk}": "Gestes attendus non démontrés."})
    chair.press("Enregistrer").follow("Signer le procès-verbal")
    chair.write(grounds_confirmed=True, signed=True).press("Signer")
    story.reached(Stage.DELIBERATED)
    story.wait(3)


def plan_what_is_missing(story: Story) -> None:
    """The post-jury meeting gives a plan, then the candidate prepares a new attempt."""
    missing = story.certification.blocs.latest("position")
    plan = {
        "held_on": today(),
        "minutes": 60,
        "report": "Retour sur le jury.",
        f"action_{missing.pk}": "S’entraîner avec le tuteur",
        f"who_{missing.pk}": "Le candidat",
        f"due_{missing.pk}": today() + timedelta(days=50),
    }
    story.architect.does(story.journey, Act.HOLD_POST_JURY, "accompanied-plan", **plan)
    story.wait(1)
    story.phone.open("/candidat/", "accompanied-partial").reads("S’entraîner avec le tuteur")
    story.phone.does(story.journey, Act.OPEN_NEXT_ATTEMPT)
    story.reached(Stage.ADMISSIBLE)
