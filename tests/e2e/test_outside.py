"""A certifier who does not work here: the architect alone carries a journey taken over to its end."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from jalon import now as timekeeper
from jalon.demo.scenario import DemoPeople
from jalon.demo.texts import ONE_PAGE
from jalon.journeys.models import Journey
from jalon.law.vocabulary import Channel, Stage
from tests.conftest import TODAY

from .driver import Screens
from .screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADMISSIBLE = {
    "first_name": "Reprise",
    "last_name": "Exemple",
    "email": "reprise@exemple.fr",
    "registered_on": "2026-09-01",
    "portal_number": "FVAE-2026-17",
    "filed_on": "2026-10-05",
    "complete_on": "2026-10-06",
    "verdict": "admissible",
    "decided_on": "2026-11-20",
}


def test_a_journey_taken_over_goes_to_its_certificate_by_the_architect_alone(
    browser: Browser, live_server: object, demo: DemoPeople
) -> None:
    demo.certifier.works_here = False
    demo.certifier.save()
    timekeeper.travel(TODAY)
    screens = Screens(browser, live_server.url)  # type: ignore[attr-defined]
    desk = screens.of(demo.architects[0]).open("/accompagnement/")
    desk.follow("Reprendre un parcours commencé avant Jalon")
    desk.write({"code": "RNCP38901"}).press("Continuer").reads("hors de Jalon")
    desk.write(ADMISSIBLE).press("Reprendre ce parcours").reads("Recevable")
    desk.reads("vae.gouv.fr").reads("FVAE-2026-17")

    desk.follow("Noter le dépôt du dossier de validation")
    desk.write({"on": "2027-02-01"}).press("Noter le dépôt du dossier de validation")
    report(
        desk, "Noter : convoqué devant le jury", "2027-02-08", "portal", {"held_on": "2027-02-22"}
    )
    desk.reads("Passage devant le jury fixé")

    blocs = list(Journey.objects.get().targeted.values_list("code", flat=True))
    won = {"held_on": "2027-02-22", "won": blocs}
    report(desk, "Noter : résultat du jury", "2027-02-26", "letter", won, proof=True)
    desk.reads("Certification obtenue")
    report(desk, "Noter : certificat ou attestations", "2027-03-01", "letter", {}, proof=True)

    journey = Journey.objects.get()
    assert journey.stage == Stage.CERTIFIED and journey.documents_issued_at
    assert journey.journal.acts().filter(channel=Channel.LETTER).count() == 2
    assert not journey.clocks.running().exists()
    timekeeper.travel(TODAY + timedelta(minutes=5))
    screens.of(journey.candidate).open("/candidat/").reads("Blocs acquis")
    assert screens.faults == []


def report(
    desk: Screen, link: str, on: str, channel: str, facts: dict[str, object], *, proof: bool = False
) -> None:
    """Write down what the certifier did, as it is known."""
    desk.follow(link).reads("ne travaille pas dans Jalon")
    place = {"place": "1 rue de l’Exemple, Ville-Exemple"} if "jury" in link and not proof else {}
    desk.write(facts | place | {"report_on": on, "report_channel": channel})
    if proof:
        file = {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": ONE_PAGE}
        desk.page.get_by_label("Preuve").set_input_files(file)  # type: ignore[arg-type]
    desk.press("Noter")
