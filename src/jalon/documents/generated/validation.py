"""The validation file as it was sent to the jury."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import accompanist, french_date, paper
from jalon.documents.models import Document
from jalon.documents.pdf import Block, bullets, heading, note, pairs, sign, subheading, text
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.route_words import in_words_of
from jalon.law.vocabulary import Act, DocumentKind
from jalon.writing.aids import helped_by
from jalon.writing.models import Section


@prints(Act.SEND_VALIDATION)
def validation(entry: JournalEntry) -> Iterator[Printed]:
    """The validation file: one part a bloc, then a competence (R-050, R-051)."""
    journey = entry.journey
    attempt = entry.attempt
    file = attempt.validation
    blocks = [heading("Présentation"), text(file.presentation or "—")]
    for bloc in attempt.blocs.order_by("position"):
        blocks.append(heading(f"{bloc.code} · {bloc.title}"))
        for section in file.sections.filter(competence__bloc=bloc):
            blocks += competence(section)
    blocks += [
        heading("Attestation d’originalité"),
        text("J’atteste que ce dossier est mon travail et décrit mon expérience."),
        *aided(journey),
        sign(file.originality_name, french_date(file.originality_at)),
        note(f"Empreinte du texte envoyé (SHA-256) : {file.fingerprint}"),
    ]
    title = in_words_of(entry.journey.route, "Dossier de validation")
    drawn = paper(entry, title, accompanist(journey), blocks, f"Passage n° {attempt.number}")
    name = f"{title} {journey.reference} passage {attempt.number}.pdf"
    yield Printed(DocumentKind.VALIDATION, name, drawn)


def aided(journey: Journey) -> list[Block]:
    """Return who helped to write a file, at its foot; nothing where nobody did."""
    names = helped_by(journey)
    return [text(f"Avec l’aide à l’écriture de {', '.join(names)}.")] if names else []


def competence(section: Section) -> list[Block]:
    """Return what the candidate wrote of one competence, and what they joined to prove it."""
    blocks = [subheading(section.competence.title)]
    blocks += [pairs(answer) for answer in section.answers]
    blocks += [note(one.said) for one in section.helped.approved()]
    evidence = [proof(one) for one in section.evidence.kept()]
    if evidence:
        blocks.append(bullets(*evidence))
    return blocks


def proof(one: Document) -> str:
    """Return how a proof is listed: its name; of a recording, how long it lasts and its day too."""
    return f"Preuve : {one} ({one.recorded})" if one.recorded else f"Preuve : {one}"
