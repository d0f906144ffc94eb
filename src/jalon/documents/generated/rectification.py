"""The paper that puts a signed result right: what it said, what is so, why, and what proves it."""

from collections.abc import Iterable, Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.result import (
    acquired,
    awards_of,
    condition_said,
    contest,
    left_to_obtain,
)
from jalon.documents.generated.words import certifier_signs, file_name, french_date, paper
from jalon.documents.pdf import Block, heading, note, pairs, text
from jalon.journeys.models import JournalEntry
from jalon.law.facts import Rectification
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, DocumentKind, Stage


@prints(Act.RECTIFY_RESULT)
@enforces("R-076")
def rectification(entry: JournalEntry) -> Iterator[Printed]:
    """What is joined to the minutes; once the result was told, the letter that replaces its notice."""
    issuer = entry.journey.certifier.name
    if entry.stage_after == Stage.DELIBERATED:
        blocks = [*what_changes(entry), certifier_signs(entry)]
        drawn = paper(entry, "Rectification du procès-verbal", issuer, blocks)
        name = file_name("Rectification du procès-verbal", entry)
        yield Printed(DocumentKind.MINUTES, name, drawn)
        return
    blocks = [
        text("Ce courrier remplace la notification du résultat que vous avez reçue."),
        *what_changes(entry),
        *what_is_held(entry),
        heading("Si vous n’êtes pas d’accord"),
        text(contest(entry.journey)),
        certifier_signs(entry),
    ]
    outcome = entry.facts_as(Rectification).outcome
    drawn = paper(entry, "Rectification du résultat du jury", issuer, blocks, outcome.label)
    yield Printed(DocumentKind.RECTIFICATION, file_name("Rectification", entry), drawn)


def what_changes(entry: JournalEntry) -> list[Block]:
    """Return what the minutes said, what is so, why, and the paper that proves it."""
    said = entry.facts_as(Rectification)
    return [
        heading("Ce qui est rectifié"),
        pairs(
            ("Jury du", french_date(entry.attempt.hearing_on)),
            ("Le procès-verbal disait acquis", titles(entry, said.before)),
            ("Le jury a accordé", titles(entry, said.won)),
            ("Résultat", said.outcome.label),
            ("Réserve", said.condition),
            ("Erreur", said.reason),
            ("Preuve", said.evidence),
        ),
        text("Le procès-verbal signé reste tel quel. Cette rectification s’y ajoute."),
    ]


def titles(entry: JournalEntry, codes: Iterable[str]) -> str:
    """Return blocs as people name them, or that there is none."""
    blocs = entry.journey.blocs.filter(code__in=tuple(codes)).order_by("position")
    return ", ".join(str(bloc) for bloc in blocs) or "aucun bloc"


def what_is_held(entry: JournalEntry) -> list[Block]:
    """Return what the person holds, under which condition, and what is left to obtain."""
    journey, said = entry.journey, entry.facts_as(Rectification)
    won = awards_of(journey)
    blocks: list[Block] = [note(condition_said(said.condition))] if said.condition else []
    if won:
        blocks += [heading("Blocs acquis"), acquired(journey, won)]
    return blocks + left_to_obtain(journey, {award.bloc_id for award in won})
