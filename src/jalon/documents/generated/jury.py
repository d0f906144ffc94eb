"""The papers of a hearing: the summons before it, the minutes after it."""

from collections.abc import Iterator, Mapping

from jalon.catalogue.models import Bloc
from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import file_name, french_date, paper, protection
from jalon.documents.pdf import Block, heading, pairs, sign, table, text
from jalon.journeys.models import JournalEntry
from jalon.law.clocks import french_hour
from jalon.law.facts import BlocVote, Convening, Deliberation, Member, Score, SessionChange
from jalon.law.jury import agreed_role, decision_in_words
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Act, DocumentKind, Event, PanelRole, SessionMode


@prints(Act.SCHEDULE_HEARING)
@enforces("R-056")
def summons(entry: JournalEntry) -> Iterator[Printed]:
    """The summons: when, where, how, how long, with what, and whom to ask for an adjustment."""
    opening = text("Voici votre convocation devant le jury.")
    yield a_summons(entry, opening, entry.facts_as(Convening))


@prints(Event.HEARING_CHANGED)
@enforces("R-056")
def summons_again(entry: JournalEntry) -> Iterator[Printed]:
    """The summons as it is once a session changed: it says what, and that the one before is void."""
    said = entry.facts_as(SessionChange)
    opening = text(
        "Votre convocation devant le jury a changé : "
        f"{', '.join(said.changes)}. Celle-ci remplace la précédente."
    )
    yield a_summons(entry, opening, said)


def a_summons(entry: JournalEntry, opening: Block, said: Convening | SessionChange) -> Printed:
    """Return a summons: when, where, how, how long, with what, and whom to ask for an adjustment."""
    told = pairs(
        ("Date", french_date(said.held_on)),
        ("Heure", french_hour(said.starts_at) if said.starts_at else ""),
        ("Où", said.link if said.mode == SessionMode.REMOTE else said.place),
        ("Comment", said.mode.label),
        ("Forme de l’évaluation", said.form.label),
        ("Durée", f"{said.minutes} minutes"),
        ("À apporter", said.documents),
        ("Besoin d’un aménagement ?", said.accessibility_contact),
        *protection(getattr(entry.journey.candidate, "candidate_profile", None)),
    )
    issuer = entry.journey.certifier.name
    drawn = paper(entry, "Convocation devant le jury", issuer, [opening, told])
    return Printed(DocumentKind.SUMMONS, file_name("Convocation", entry), drawn)


@prints(Act.RECORD_DELIBERATION)
def minutes(entry: JournalEntry) -> Iterator[Printed]:
    """The minutes of a deliberation for one candidate (R-061…R-076)."""
    journey = entry.journey
    said = entry.facts_as(Deliberation)
    targeted = list(journey.targeted.prefetch_related("competences"))
    president = next(one for one in said.panel if one.role == PanelRole.PRESIDENT)
    presides = agreed_role(president.gender, president.role)
    blocks = [
        heading("Jury"),
        present_members(said.panel),
        heading("Évaluation par compétence"),
        assessments(said.scores, targeted),
        heading("Décision par bloc"),
        votes(said.votes, {bloc.code: str(bloc) for bloc in targeted}),
        pairs(
            ("Résultat", entry.attempt.outcome.label),
            ("Réserve", said.condition),
            ("Session", said.session),
            ("Tenue le", french_date(said.held_on)),
            ("Vérification des employeurs", said.conflict_reason),
        ),
        sign(f"{president.name}, {presides} du jury", french_date(entry.at)),
    ]
    drawn = paper(entry, "Procès-verbal de délibération", journey.certifier.name, blocks)
    yield Printed(DocumentKind.MINUTES, file_name("Procès-verbal", entry), drawn)


def present_members(panel: tuple[Member, ...]) -> Block:
    """Return the table of those who sat."""
    rows = (
        (
            one.name,
            agreed_role(one.gender, one.role).capitalize(),
            "oui" if one.qualified else "non",
            f"signée le {french_date(one.declared_on)}" if one.declared_on else "—",
        )
        for one in panel
        if one.present
    )
    return table(("Membre", "Rôle", "Qualifié", "Déclaration d’indépendance"), *rows)


def assessments(scores: tuple[Score, ...], targeted: list[Bloc]) -> Block:
    """Return the table of what the panel found for each competence."""
    titles = {str(one.pk): one.title for bloc in targeted for one in bloc.competences.all()}
    rows = ((titles.get(one.competence, one.competence), one.mastery.label) for one in scores)
    return table(("Compétence", "Constat"), *rows)


def votes(cast: tuple[BlocVote, ...], titles: Mapping[str, str]) -> Block:
    """Return the table of the votes and of the decision, bloc by bloc."""
    rows = (
        (
            titles.get(one.bloc, one.bloc),
            str(one.votes_for),
            str(one.votes_against),
            decision_in_words(one).capitalize(),
            one.ground or "—",
        )
        for one in cast
    )
    return table(("Bloc", "Pour", "Contre", "Décision", "Motif"), *rows)
