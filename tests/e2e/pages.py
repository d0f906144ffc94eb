"""The pages of each space, for tests that look at all of them."""

from jalon.catalogue.models import Competence
from jalon.demo.scenario import DemoPeople, Scenario
from jalon.journeys import questions
from jalon.people.models import User
from jalon.support import notes
from jalon.support.links import news_token
from tests.support.messages import a_message


def pages(scenario: Scenario, demo: DemoPeople) -> list[tuple[User | None, list[str]]]:
    """Return who opens which pages, around a journey that waits for its jury."""
    journey, hearing = scenario.journey, scenario.current_hearing()
    file = f"/dossiers/{journey.pk}/"
    note, asked = said_around(scenario)
    task = Competence.objects.filter(bloc__certification=journey.certification).earliest("pk")
    return [
        (
            None,
            [
                "/",
                "/orientation/",
                "/orientation/?projet=non",
                "/orientation/?projet=oui&experience=court&ecrit=aide",
                "/mon-travail/",
                "/certifications/",
                "/certifications/?q=rapport&famille=200",
                "/certifications/?q=je+soude+des+tuyaux",
                "/certifications/RNCP38901/",
                f"/certifications/RNCP38901/?tache-{task.pk}=un-peu",
                "/pages/contact/",
                "/pages/accessibilite/",
                "/confort/",
                "/verifier/",
                "/compte/login/",
                f"/nouvelles/lien/{news_token(journey)}/je-continue/",
                f"/nouvelles/lien/{news_token(journey)}/j-arrete/",
            ],
        ),
        (
            journey.candidate,
            [
                "/candidat/",
                f"{file}faisabilite/",
                f"{file}faisabilite/relire/",
                f"{file}validation/",
                f"{file}validation/relire/",
                f"{file}messages/",
                "/dossiers/avis/",
            ],
        ),
        (
            scenario.architect,
            [
                "/accompagnement/aujourdhui/",
                "/accompagnement/remplacements/",
                "/accompagnement/remplacements/nouveau/",
                "/accompagnement/",
                "/accompagnement/?tous=1&silence=15&tri=-echeance",
                f"/accompagnement/plusieurs/?acte=record_contact&dossier={journey.pk}",
                "/accompagnement/vues/enregistrer/?filtre=en-cours",
                file,
                f"{file}messages/",
                f"{file}echanges/",
                f"{file}echanges/{journey.meetings.earliest('pk').pk}/",
                f"{file}ecrits/",
                f"{file}documents/",
                f"{file}journal/",
                f"{file}notes/",
                f"{file}notes/{note}/",
                f"{file}questions/",
                f"{file}faire/record_contact/",
                f"{file}faisabilite/",
                f"{file}faisabilite/relire/",
                f"/dossiers/{journey.pk}/faire/confirm_told/",
            ],
        ),
        (
            demo.officer,
            [
                "/certificateur/",
                file,
                f"{file}echanges/",
                f"{file}questions/{asked}/",
                "/certificateur/jurys/",
                "/certificateur/jurys/nouveau/",
                f"/certificateur/jurys/{hearing.session_id}/",
                "/certificateur/membres/",
                "/certificateur/membres/nouveau/",
                f"/certificateur/membres/{demo.jurors[0].pk}/",
                "/certificateur/reglages/",
                "/certificateur/reglages/quorum/",
            ],
        ),
        (
            demo.jurors[0].user,
            [
                "/jury/",
                f"/jury/passage/{hearing.pk}/",
                f"/jury/passage/{hearing.pk}/competences/",
                f"/jury/passage/{hearing.pk}/presences/",
                f"/jury/passage/{hearing.pk}/votes/",
                f"/jury/passage/{hearing.pk}/signer/",
            ],
        ),
        (
            demo.head,
            [
                "/gestion/",
                "/gestion/ajouter/",
                "/droit/",
                "/pilotage/",
                "/pilotage/parcours/",
                "/pilotage/delais/",
                "/pilotage/equipe/",
                "/pilotage/calendriers/",
                "/pilotage/entrees/liste/",
            ],
        ),
        (
            demo.administrator,
            [
                "/gestion/organismes/",
                "/gestion/organismes/nouveau/",
                f"/gestion/organismes/{demo.accompanist.pk}/",
                "/compte/sessions/",
            ],
        ),
    ]


def said_around(scenario: Scenario) -> tuple[int, int]:
    """Write a note, send a message, ask the certifier twice, have one answer; return the note and the question that waits."""
    journey, architect = scenario.journey, scenario.architect
    note = notes.write(journey.pk, architect, "Joignable le soir seulement.")
    a_message(scenario, file=True)
    answered = questions.ask(journey.pk, architect, "Une fiche de poste suffit-elle ?")
    questions.answer(answered, scenario.demo.officer, "Oui, avec une attestation.")
    waits = questions.ask(journey.pk, architect, "Le jury se tient-il à distance ?")
    return note.pk, waits.pk
