"""The letter by which an employee asks for a leave, and the proof that goes with it."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import file_name, french_date, name_of, paper
from jalon.documents.pdf import Block, blanks, heading, note, pairs, text
from jalon.journeys.models import JournalEntry, Journey
from jalon.journeys.snapshot import snapshot
from jalon.law.clocks import french
from jalon.law.facts import Leave
from jalon.law.leave import employer_answers_by
from jalon.law.rulebook import enforces, value
from jalon.law.vocabulary import Act, DocumentKind, Role


@prints(Act.ASK_LEAVE)
@enforces("R-106", "R-107", "R-108")
def leave(entry: JournalEntry) -> Iterator[Printed]:
    """The request to the employer, then the admissibility, in one file to sign and give (R6422-3)."""
    said = entry.facts_as(Leave)
    journey = entry.journey
    anchors = snapshot(journey, Role.CANDIDATE).anchors
    answer = employer_answers_by(entry.occurred_on, anchors)
    blocks = [
        text(f"À {said.employer}"),
        text("Je vous demande un congé pour validation des acquis de l’expérience (congé VAE)."),
        pairs(
            ("Du", french(said.starts_on)),
            ("Au", french(said.ends_on)),
            ("Durée", f"{said.hours} heures"),
            ("Pour", said.purpose.label),
            ("Certificateur", journey.certifier.name),
            *([("Accord collectif", said.agreement)] if said.agreement else []),
        ),
        text(
            f"Vous avez {value('R-108', 'days', anchors)} jours pour me répondre, après avoir reçu "
            "cette demande. Sans réponse, mon congé est accepté. Vous pouvez le reporter d’un mois au plus, en disant pourquoi."
        ),
        text("La preuve de ma recevabilité est ci-dessous."),
        *proof(journey),
        heading("Signature"),
        blanks("Fait à", "Le", "Signature"),
        note(
            "À remettre avec une date certaine : lettre recommandée, ou remise contre reçu. Si vous la "
            f"remettez le {french_date(entry.at)}, la réponse est attendue au plus tard le {french(answer)}."
        ),
    ]
    title = "Demande de congé VAE"
    drawn = paper(entry, title, name_of(journey), blocks)
    yield Printed(DocumentKind.LEAVE, file_name(title, entry), drawn)


def proof(journey: Journey) -> list[Block]:
    """Return what proves to an employer that a person is admissible, and nothing of their file."""
    taken = journey.decisions.in_force().first()
    if taken is None:
        return []
    how = "Silence du certificateur pendant deux mois" if taken.tacit else "Décision écrite"
    rows = [
        ("Recevable depuis le", french_date(taken.decided_on)),
        ("Par", how),
        *(
            [("Recevabilité valable jusqu’au", french_date(taken.valid_until))]
            if taken.valid_until
            else []
        ),
    ]
    return [heading("Preuve de la recevabilité"), pairs(*rows)]
