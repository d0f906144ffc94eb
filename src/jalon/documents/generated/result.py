"""The papers that follow a deliberation: result, certificate, attestations, post-jury plan."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import accompanist, file_name, french_date, name_of, paper
from jalon.documents.pdf import Block, bullets, heading, note, pairs, table, text
from jalon.journeys.models import BlocAward, JournalEntry, Journey
from jalon.law.facts import PostJury
from jalon.law.results import bloc_validity_said
from jalon.law.vocabulary import Act, DocumentKind, Outcome
from jalon.people.queries import settled

POST_JURY_MEETING = (
    "Un entretien post-jury vous est proposé : il sert à préparer la suite, pour obtenir "
    "la certification entière ou choisir un autre projet."
)
COMPLAINT = (
    "Si vous contestez cette décision, écrivez d’abord au certificateur. Il enregistre "
    "votre réclamation et vous répond."
)


def awards_of(journey: Journey) -> list[BlocAward]:
    """Return the blocs that the person holds."""
    return list(journey.awards.held().select_related("bloc"))


@prints(
    Act.NOTIFY_FULL,
    Act.NOTIFY_CONDITIONAL,
    Act.NOTIFY_TARGETED,
    Act.NOTIFY_PARTIAL,
    Act.NOTIFY_NONE,
)
def result(entry: JournalEntry) -> Iterator[Printed]:
    """The notice of the result, bloc by bloc, and what may follow (R-074, R-079, R-081)."""
    journey = entry.journey
    won = awards_of(journey)
    held = {award.bloc_id for award in won}
    missing = [str(bloc) for bloc in journey.targeted.all() if bloc.pk not in held]
    outcome = entry.attempt.outcome
    blocks = [text(f"Le jury a rendu sa décision : {outcome.label.lower()}.")]
    if won:
        blocks += [heading("Blocs acquis"), acquired(journey, won)]
    if missing:
        blocks += [
            heading("Ce qui reste à obtenir"),
            bullets(*missing),
            text(POST_JURY_MEETING),
        ]
    if outcome == Outcome.NONE:
        blocks.append(note(COMPLAINT))
    drawn = paper(entry, "Résultat du jury", journey.certifier.name, blocks, outcome.label)
    yield Printed(DocumentKind.RESULT, file_name("Résultat", entry), drawn)


def acquired(journey: Journey, won: list[BlocAward]) -> Block:
    """Return the table of the blocs acquired, with how long each is valid."""
    settings = settled(journey.certifier_id)
    rows = (
        (
            str(award.bloc),
            french_date(award.awarded_on),
            bloc_validity_said(settings, award.awarded_on, award.valid_until),
        )
        for award in won
    )
    return table(("Bloc", "Acquis le", "Valable"), *rows)


@prints(Act.ISSUE_DOCUMENTS)
def certificate_and_attestations(entry: JournalEntry) -> Iterator[Printed]:
    """The certificate when the whole is acquired, and an attestation for each bloc (R-073, R-080)."""
    journey = entry.journey
    won = awards_of(journey)
    whole = set(journey.certification.blocs.values_list("pk", flat=True))
    if {award.bloc_id for award in won} >= whole:
        yield certificate(entry, won)
    for award in won:
        yield attestation(entry, award)


def certificate(entry: JournalEntry, won: list[BlocAward]) -> Printed:
    """The certificate, dated by the last bloc."""
    journey = entry.journey
    blocks = [
        text(f"{name_of(journey)} a obtenu la certification"),
        heading(journey.certification.title),
        pairs(
            ("Numéro RNCP", journey.certification.code),
            ("Niveau", str(journey.certification.level or "—")),
            ("Acquise le", french_date(max(award.awarded_on for award in won))),
        ),
    ]
    drawn = paper(entry, "Certificat", journey.certifier.name, blocks)
    return Printed(DocumentKind.CERTIFICATE, f"Certificat {journey.reference}.pdf", drawn)


def attestation(entry: JournalEntry, award: BlocAward) -> Printed:
    """The attestation of one bloc, with the code that anybody can verify."""
    journey = entry.journey
    blocks = [
        text(f"{name_of(journey)} a acquis le bloc de compétences suivant."),
        pairs(
            ("Bloc", f"{award.bloc.code} · {award.bloc.title}"),
            ("Acquis le", french_date(award.awarded_on)),
            (
                "Valable",
                bloc_validity_said(
                    settled(journey.certifier_id), award.awarded_on, award.valid_until
                ),
            ),
            ("Code de vérification", award.verification_code),
        ),
    ]
    drawn = paper(entry, "Attestation de bloc de compétences", journey.certifier.name, blocks)
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
    drawn = paper(entry, "Plan d’actions post-jury", accompanist(journey), blocks)
    yield Printed(DocumentKind.PLAN, file_name("Plan post-jury", entry), drawn)
