"""What all papers share: dates in French, who issues them, whom they are about, the file's name."""

from collections.abc import Iterable
from datetime import date, datetime

from jalon.documents.pdf import Block, Paper, sign
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.clocks import french
from jalon.law.rulebook import enforces
from jalon.now import paris_day
from jalon.people.models import CandidateProfile


def french_date(value: date | datetime | None) -> str:
    """Return a date in French, or a dash; a moment is dated in Paris."""
    if value is None:
        return "—"
    return french(paris_day(value) if isinstance(value, datetime) else value)


def joined(*words: str, by: str = " ") -> str:
    """Return the words that are not blank, one after another."""
    return by.join(word for word in words if word)


def name_of(journey: Journey) -> str:
    """Return the candidate's name."""
    return journey.candidate.get_full_name()


def protection(profile: CandidateProfile | None) -> list[tuple[str, str]]:
    """Return the row that names who assists or represents a protected adult; none for others."""
    said = profile.protection if profile else ""
    return [("Mesure de protection", said)] if said else []


def around(journey: Journey) -> list[tuple[str, str]]:
    """Return who had the idea of a journey, and who assists the person, where there is something to say."""
    told = journey.context.told
    profile = getattr(journey.candidate, "candidate_profile", None)
    return [*([("Origine de la démarche", told)] if told else []), *protection(profile)]


@enforces("R-080")
def civil_status(journey: Journey) -> list[tuple[str, str]]:
    """Return who a certificate names: birth name, first names, birth date and place, usual name if other.

    The account's name stands in while the civil status is blank.
    """
    person = journey.candidate
    profile = getattr(person, "candidate_profile", None) or CandidateProfile(user=person)
    birth_name = profile.birth_name or person.last_name
    place = joined(profile.birth_town, profile.birth_department, profile.birth_country)
    rows = [
        ("Nom de naissance", birth_name),
        ("Prénoms", joined(person.first_name, profile.other_first_names)),
        ("Né(e) le", french_date(profile.born_on)),
        ("À", place),
    ]
    if person.last_name.casefold() != birth_name.casefold():
        rows.insert(1, ("Nom d’usage", person.last_name))
    return rows


def certifier_signs(entry: JournalEntry) -> Block:
    """Return who signs a letter of the certifier, and when."""
    name = entry.author.get_full_name() if entry.author else "Jalon"
    return sign(f"{name}, pour {entry.journey.certifier.name}", french_date(entry.at))


def accompanist(journey: Journey) -> str:
    """Return who issues a paper on the candidate's side."""
    return journey.organisation.name if journey.organisation else name_of(journey)


def watermark(journey: Journey) -> str:
    """Return what is written across papers drawn from demonstration blocs."""
    shown = journey.blocs.filter(demonstration=True).exists()
    return "DÉMONSTRATION" if shown else ""


def file_name(label: str, entry: JournalEntry) -> str:
    """Return the name of a paper's file: what it is, the journey, and the number of the act."""
    return f"{label} {entry.journey.reference} {entry.number}.pdf"


def paper(
    entry: JournalEntry,
    title: str,
    issuer: str,
    blocks: Iterable[Block],
    subtitle: str = "",
) -> Paper:
    """Return a paper about a journey, dated by the act that prints it."""
    journey = entry.journey
    return Paper(
        title=title,
        subtitle=subtitle,
        reference=journey.reference,
        issuer=issuer,
        day=paris_day(entry.at),
        watermark=watermark(journey),
        facts=(
            ("Candidat", name_of(journey)),
            ("Certification", f"{journey.certification.title} ({journey.certification.code})"),
            ("Objectif", journey.scope.label),
            ("Procédure", journey.route.label),
            ("Date", french_date(entry.at)),
        ),
        blocks=tuple(blocks),
    )
