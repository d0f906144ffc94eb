"""The papers that follow a deliberation: result, certificate, attestations, post-jury plan."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import (
    accompanist,
    certifier_signs,
    civil_status,
    file_name,
    french_date,
    paper,
)
from jalon.documents.pdf import Block, heading, note, pairs, table, text
from jalon.journeys.models import BlocAward, JournalEntry, Journey
from jalon.journeys.queries import grounds
from jalon.law.facts import PostJury
from jalon.law.results import bloc_validity_said
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Accompaniment, Act, DocumentKind
from jalon.people.queries import settled

NEXT = (
    "Vous pouvez préparer un nouveau passage devant le jury pour ce qui reste à obtenir, ou choisir un "
    "autre projet, depuis votre page."
)
MEETING = (
    "Votre architecte peut vous recevoir en entretien pour préparer cette suite, si vous le "
    "souhaitez."
)
VALIDITY = (
    "Durée de validité des blocs : le Code du travail n’en fixe aucune. Lisez le règlement du "
    "certificateur."
)


def awards_of(journey: Journey) -> list[BlocAward]:
    """Return the blocs of the certification that the person holds, wherever they were obtained."""
    held = BlocAward.objects.still_valid().told().of(journey)
    return list(held.select_related("bloc", "attempt", "journey").order_by("bloc__position"))


@prints(
    Act.NOTIFY_FULL,
    Act.NOTIFY_CONDITIONAL,
    Act.NOTIFY_TARGETED,
    Act.NOTIFY_PARTIAL,
    Act.NOTIFY_NONE,
)
def result(entry: JournalEntry) -> Iterator[Printed]:
    """The notice of the result, bloc by bloc, why, how to contest it, and what may follow (R-074…R-081)."""
    journey, attempt = entry.journey, entry.attempt
    won = awards_of(journey)
    outcome = attempt.outcome
    blocks = [text(f"Le jury a rendu sa décision : {outcome.label.lower()}.")]
    if attempt.under_condition:
        blocks.append(note(condition_said(attempt.condition)))
    if won:
        blocks += [heading("Blocs acquis"), acquired(journey, won), text(VALIDITY)]
    blocks += left_to_obtain(journey, {award.bloc_id for award in won})
    blocks += [
        heading("Si vous n’êtes pas d’accord"),
        text(contest(journey)),
        certifier_signs(entry),
    ]
    drawn = paper(entry, "Résultat du jury", journey.certifier.name, blocks, outcome.label)
    yield Printed(DocumentKind.RESULT, file_name("Résultat", entry), drawn)


@enforces("R-085")
def condition_said(condition: str) -> str:
    """Return what a condition asks, and what it keeps from being final."""
    return (
        f"Réserve du jury : {condition}. Votre certification n’est pas définitive tant que le "
        "certificateur n’a pas reçu la pièce qui lève cette réserve."
    )


def left_to_obtain(journey: Journey, held: set[int]) -> list[Block]:
    """Return each bloc that is missing, with the reason that the jury wrote, and what may follow."""
    missing = [bloc for bloc in journey.targeted.order_by("position") if bloc.pk not in held]
    if not missing:
        return []
    why = grounds(journey)
    rows = ((str(bloc), why.get(bloc.code) or "—") for bloc in missing)
    follows = f"{NEXT} {MEETING}" if accompanied(journey) else NEXT
    return [
        heading("Ce qui reste à obtenir"),
        table(("Bloc", "Motif du jury"), *rows),
        text(follows),
    ]


def accompanied(journey: Journey) -> bool:
    """Say whether an architect follows the journey."""
    return journey.accompaniment == Accompaniment.ACCOMPANIED


def contest(journey: Journey) -> str:
    """Return how a result is contested, and whom to call."""
    certifier = journey.certifier
    reached = ", ".join(filter(None, (certifier.name, certifier.phone, certifier.email)))
    return (
        "Pour contester ce résultat, choisissez « Faire une réclamation ou une demande » sur votre page, ou écrivez au "
        f"certificateur : {reached}. Une réclamation faite sur votre page est inscrite au registre, et "
        "la réponse y figure avec sa date."
    )


def acquired(journey: Journey, won: list[BlocAward]) -> Block:
    """Return the table of the blocs acquired, each with where it comes from and how long it is valid."""
    settings = settled(journey.certifier_id)
    rows = (
        (
            str(award.bloc),
            french_date(award.awarded_on),
            award.source or "Jury",
            bloc_validity_said(settings, award.awarded_on, award.valid_until),
        )
        for award in won
    )
    return table(("Bloc", "Acquis le", "Origine", "Valable"), *rows)


@prints(Act.ISSUE_DOCUMENTS)
@enforces("R-073", "R-080")
def certificate_and_attestations(entry: JournalEntry) -> Iterator[Printed]:
    """The certificate once the whole is held, whatever each bloc comes from, and the attestations.

    A bloc held from elsewhere has an attestation already: it is the proof that was checked.
    """
    journey = entry.journey
    won = awards_of(journey)
    whole = set(journey.blocs.values_list("code", flat=True))
    firm = not any(award.attempt and award.attempt.under_condition for award in won)
    if firm and {award.bloc.code for award in won} >= whole:
        yield certificate(entry, won)
    for award in won:
        if award.attempt:
            yield attestation(entry, award)


def certificate(entry: JournalEntry, won: list[BlocAward]) -> Printed:
    """The certificate, in the civil status of the person, dated by the last bloc."""
    journey = entry.journey
    blocks = [
        text("Le certificateur certifie que"),
        pairs(*civil_status(journey)),
        text("a obtenu la certification"),
        heading(journey.certification.title),
        pairs(
            ("Numéro RNCP", journey.certification.code),
            ("Niveau", str(journey.certification.level or "—")),
            ("Acquise le", french_date(max(award.awarded_on for award in won))),
        ),
        heading("Blocs acquis"),
        table(
            ("Bloc", "Acquis le", "Code de vérification"),
            *(
                (str(award.bloc), french_date(award.awarded_on), award.verification_code)
                for award in won
            ),
        ),
        certifier_signs(entry),
    ]
    drawn = paper(entry, "Certificat", journey.certifier.name, blocks)
    return Printed(
        DocumentKind.CERTIFICATE, f"Certificat {journey.reference} {entry.number}.pdf", drawn
    )


def attestation(entry: JournalEntry, award: BlocAward) -> Printed:
    """The attestation of one bloc, with the code that anybody can verify."""
    blocks = [
        text("Le certificateur atteste que"),
        pairs(*civil_status(entry.journey)),
        text("a acquis le bloc de compétences suivant."),
        pairs(
            ("Bloc", f"{award.bloc.code} · {award.bloc.title}"),
            ("Acquis le", french_date(award.awarded_on)),
            (
                "Valable",
                bloc_validity_said(
                    settled(entry.journey.certifier_id), award.awarded_on, award.valid_until
                ),
            ),
            ("Code de vérification", award.verification_code),
        ),
    ]
    if award.attempt and award.attempt.under_condition:
        blocks.append(note(condition_said(award.attempt.condition)))
    blocks.append(certifier_signs(entry))
    certifier = entry.journey.certifier.name
    drawn = paper(entry, "Attestation de bloc de compétences", certifier, blocks)
    name = f"Attestation {award.bloc.code} {entry.number}.pdf"
    return Printed(DocumentKind.ATTESTATION, name, drawn)


@prints(Act.HOLD_POST_JURY)
def plan(entry: JournalEntry) -> Iterator[Printed]:
    """The plan that came out of the post-jury meeting (R-081)."""
    journey = entry.journey
    said = entry.facts_as(PostJury)
    blocks = [heading("Compte rendu"), text(said.report)]
    if said.actions:
        titles = {bloc.code: bloc.title for bloc in journey.targeted.all()}
        rows = (
            (titles.get(one.bloc, one.bloc), one.action, one.who, french_date(one.due_on))
            for one in said.actions
        )
        blocks += [heading("Plan d’actions"), table(("Bloc", "Action", "Qui", "Pour le"), *rows)]
    if said.alternative:
        blocks += [heading("Autre projet"), text(said.alternative)]
    drawn = paper(entry, "Plan d’actions après le jury", accompanist(journey), blocks)
    yield Printed(DocumentKind.PLAN, file_name("Plan après le jury", entry), drawn)
