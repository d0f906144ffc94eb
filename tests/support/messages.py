"""Messages between a candidate and who accompanies them, for the tests that begin with some."""

from django.core.files.uploadedfile import SimpleUploadedFile

from jalon.demo.scenario import Scenario
from jalon.demo.texts import ONE_PAGE
from jalon.people.models import User
from jalon.support import thread
from jalon.support.models import JoinedFile, ThreadMessage

ASKED = "Puis-je joindre ma fiche de poste ?"
ANSWERED = "Oui, avec une attestation de votre employeur."


def a_file(name: str = "fiche.pdf") -> SimpleUploadedFile:
    """Return a whole PDF, as a browser brings it."""
    return SimpleUploadedFile(name, ONE_PAGE, "application/pdf")


def a_message(
    one: Scenario, by: User | None = None, text: str = ASKED, *, file: bool = False
) -> ThreadMessage:
    """Return a message that was just sent, by the candidate unless another author is given."""
    return thread.write(one.journey.pk, by or one.person, text, [a_file()] if file else [])


def joined_file(one: Scenario) -> JoinedFile:
    """Return the file of a message of the candidate."""
    return a_message(one, file=True).joined.select_related("document").get()
