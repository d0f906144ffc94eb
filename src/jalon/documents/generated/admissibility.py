"""The certifier's letters about a feasibility file: the acknowledgement and the decision."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import certifier_signs, file_name, french_date, paper
from jalon.documents.pdf import Block, heading, pairs, table, text
from jalon.journeys.models import AdmissibilityDecision, Clock, JournalEntry
from jalon.law.facts import Extension
from jalon.law.route_words import in_words_of
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, ClockKind, DocumentKind, Route, Stage

TACITLY = (
    "Le certificateur n’a pas répondu dans les deux mois : votre demande est recevable. "
    "L’avis officiel vient du service public de la VAE (France VAE)."
)


TACITLY_2002 = "Le certificateur n’a pas répondu dans les deux mois : votre demande est recevable."
#: The text that gives the certifier two months, on each route.
TEXTS = {
    Route.FRANCE_VAE: "Code du travail, R6412-4",
    Route.LAW_2002: "Code de l’éducation, ancien R335-7",
}


@prints(Act.CORRECT_DAY)
@enforces("R-027")
def acknowledgement_again(entry: JournalEntry) -> Iterator[Printed]:
    """The acknowledgement, once the day of receipt was put right; nothing for a deposit."""
    if entry.stage_after == Stage.FEASIBILITY_COMPLETE:
        yield from acknowledgement(entry)


@prints(Act.DECLARE_COMPLETE)
@enforces("R-027")
def acknowledgement(entry: JournalEntry) -> Iterator[Printed]:
    """The acknowledgement: the certain date is that of the complete file."""
    journey = entry.journey
    clock = Clock.objects.filter(journey=journey, kind=ClockKind.DECISION).last()
    blocks = [
        text(
            in_words_of(
                journey.route,
                "Votre dossier de faisabilité est complet. Nous l’avons reçu complet le "
                f"{french_date(journey.feasibility.completed_on)}.",
            )
        ),
        pairs(
            ("Décision au plus tard le", french_date(clock.limit_on if clock else None)),
            ("Calcul", clock.explanation if clock else ""),
            ("Texte", TEXTS[journey.route]),
        ),
        text("Sans réponse à cette date, votre demande est recevable."),
    ]
    title = "Accusé de réception"
    drawn = paper(entry, title, journey.certifier.name, blocks)
    yield Printed(DocumentKind.ACKNOWLEDGEMENT, file_name(title, entry), drawn)


@prints(
    Act.DECLARE_ADMISSIBLE,
    Act.DECLARE_INADMISSIBLE,
    Act.ADMIT_TACITLY,
    Act.CONFIRM_TACIT,
    Act.OVERTURN_TACIT,
)
def decision(entry: JournalEntry) -> Iterator[Printed]:
    """The decision on admissibility, with its gaps and recommendations (R-032)."""
    journey = entry.journey
    taken = journey.decisions.in_force().prefetch_related("gaps").first()
    if taken is None:
        return
    said = "recevable" if taken.admissible else "non recevable"
    tacitly = TACITLY if journey.on_portal else TACITLY_2002
    opening = tacitly if taken.tacit else f"Votre demande est déclarée {said}."
    title = "Décision de recevabilité"
    blocks = [text(opening), *reasons(taken)]
    if entry.author:
        blocks.append(certifier_signs(entry))
    drawn = paper(entry, title, journey.certifier.name, blocks, said.capitalize())
    yield Printed(DocumentKind.DECISION, file_name(title, entry), drawn)


def reasons(taken: AdmissibilityDecision) -> list[Block]:
    """Return what a decision rests on, what it advises, and until when it holds."""
    blocks: list[Block] = []
    if taken.reason:
        blocks += [heading("Motifs"), text(taken.reason)]
    if taken.analysis:
        blocks += [heading("Analyse des écarts"), text(taken.analysis)]
    if gaps := [(gap.target, gap.text) for gap in taken.gaps.all()]:
        blocks += [heading("Écarts constatés"), table(("Compétence ou bloc", "Écart"), *gaps)]
    if taken.recommendations:
        blocks += [heading("Recommandations"), text(taken.recommendations)]
    if taken.valid_until:
        blocks.append(pairs(("Recevabilité valable jusqu’au", french_date(taken.valid_until))))
    return blocks


@prints(Act.EXTEND_VALIDITY)
@enforces("R-047")
def extension(entry: JournalEntry) -> Iterator[Printed]:
    """The letter that says until when an admissibility holds from now on."""
    journey = entry.journey
    said = entry.facts_as(Extension)
    title = "Prolongation de la recevabilité"
    blocks = [
        text(
            f"Votre recevabilité est prolongée : elle est valable jusqu’au {french_date(said.valid_until)}."
        ),
        *([heading("Motifs"), text(said.reason)] if said.reason else []),
    ]
    drawn = paper(entry, title, journey.certifier.name, blocks)
    yield Printed(DocumentKind.DECISION, file_name(title, entry), drawn)
