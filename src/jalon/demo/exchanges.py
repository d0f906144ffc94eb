"""What is said around the journeys of the demonstration: calls, messages, meetings, notes of the team, questions."""

from django.core.files.uploadedfile import SimpleUploadedFile

from jalon import now as timekeeper
from jalon.demo.people import DemoPeople
from jalon.demo.scenario import moment_before
from jalon.demo.texts import ONE_PAGE
from jalon.journeys import questions
from jalon.journeys.actions import act
from jalon.journeys.models import Journey
from jalon.journeys.policy import known_to_certifier
from jalon.law.facts import Contact
from jalon.law.vocabulary import Act, ContactKind
from jalon.now import today
from jalon.people.models import User
from jalon.support import notes, thread

#: How many journeys of each architect hold something, and how many days ago it was said.
HOLDING, LONG_AGO, LATELY = 4, 9, 2


def fill_exchanges(demo: DemoPeople) -> None:
    """Let each architect note a call, a meeting and something for the team, and ask the certifier."""
    shown = latest_of_each_stage()
    for architect in demo.architects:
        mine = Journey.objects.under_way().filter(architect=architect).order_by("reference")
        with timekeeper.at(moment_before(LONG_AGO)):
            begun = [one for one in mine if one.registered_at < timekeeper.now()]
            lately = [one for one in begun if one in shown]
            for one in begun[:HOLDING]:
                notes.write(one.pk, architect, "Joignable le soir seulement. Préfère le téléphone.")
            asked = [one for one in begun if known_to_certifier(one)][: HOLDING // 2]
            for one in asked:
                questions.ask(one.pk, architect, "Une fiche de poste suffit-elle comme preuve ?")
        for one in lately:
            write_messages(one, architect)
        with timekeeper.at(moment_before(LATELY)):
            for one in begun[:HOLDING]:
                note_exchanges(one, architect)
            answer(demo, asked[:1])
            for number, one in enumerate(lately):
                ask_again(one, architect, answered=number > 0)


def latest_of_each_stage() -> list[Journey]:
    """Return the last journey to have come to each stage, of those to which nothing happened lately."""
    known = Journey.objects.under_way().filter(
        architect__isnull=False, stage_since__lt=moment_before(LONG_AGO)
    )
    return list(known.order_by("stage", "-stage_since", "pk").distinct("stage"))


def write_messages(journey: Journey, architect: User) -> None:
    """Let a candidate write, with a file, and be answered."""
    candidate = journey.candidate
    file = SimpleUploadedFile("fiche-de-poste.pdf", ONE_PAGE, "application/pdf")
    with timekeeper.at(moment_before(LONG_AGO - 1)):
        first = thread.write(
            journey.pk, candidate, "Voici ma fiche de poste. Suffit-elle comme preuve ?", [file]
        )
    with timekeeper.at(moment_before(LONG_AGO - 2)):
        thread.mark_read(architect, journey, [first.pk])
        thread.write(journey.pk, architect, "Oui, avec une attestation de votre employeur.")


def ask_again(journey: Journey, architect: User, *, answered: bool) -> None:
    """Let a candidate read the answer, then ask something that waits, or has its answer to read."""
    candidate = journey.candidate
    thread.mark_read(candidate, journey, [journey.messages.latest("pk").pk])
    asked = thread.write(
        journey.pk, candidate, "Mon employeur demande un modèle : en avez-vous un ?"
    )
    if answered:
        thread.mark_read(architect, journey, [asked.pk])
        thread.write(journey.pk, architect, "Oui, je vous l’apporte à notre rendez-vous.")


def note_exchanges(journey: Journey, by: User) -> None:
    """Note a call, then a meeting."""
    call = Contact(today(), "Avance bien, hésite sur les preuves.", next_step="Rappeler lundi")
    met = Contact(
        today(), "Preuves choisies pour chaque bloc.", kind=ContactKind.REMOTE, minutes=45
    )
    for facts in (call, met):
        act(journey.pk, Act.RECORD_CONTACT, by=by, facts=facts)


def answer(demo: DemoPeople, journeys: list[Journey]) -> None:
    """Let the certifier answer what it was asked, where it works here."""
    for one in journeys:
        if one.certifier_id == demo.certifier.pk and one.certifier.works_here:
            for asked in one.questions.waiting():
                questions.answer(asked, demo.officer, "Oui, avec une attestation de l’employeur.")
