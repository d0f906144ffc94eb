"""The feasibility file: its sections, for a page and for the paper, and the paper once it is sent."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.words import (
    accompanist,
    file_name,
    french_date,
    joined,
    name_of,
    paper,
)
from jalon.documents.pdf import (
    Block,
    PaperSection,
    heading,
    pairs,
    sign,
    subheading,
    table,
    text,
)
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import Accompaniment, Act, DocumentKind
from jalon.people.models import CandidateProfile, in_france
from jalon.writing.models import Experience


def opening_sections(journey: Journey) -> list[PaperSection]:
    """Return who asks for what: the page and the paper say it alike."""
    return [certification(journey), prerequisites(journey), candidate(journey)]


def closing_sections(journey: Journey) -> list[PaperSection]:
    """Return the trainings, and who accompanies: the page and the paper say it alike."""
    if journey.accompaniment == Accompaniment.ACCOMPANIED:
        return [trainings(journey), accompaniment_and_opinion(journey)]
    return [trainings(journey)]


def feasibility_sections(journey: Journey) -> list[PaperSection]:
    """Return what the feasibility file says, in the order in which it is read.

    No field foreign to a CQPM appears in it (R-013, R-037).
    """
    return [
        *opening_sections(journey),
        experiences(journey),
        claimed_blocs(journey),
        *closing_sections(journey),
    ]


@prints(Act.SEND_FEASIBILITY)
@enforces("R-037")
def feasibility(entry: JournalEntry) -> Iterator[Printed]:
    """The feasibility file as it was sent, with the statement on honour."""
    journey = entry.journey
    file = journey.feasibility
    blocks: list[Block] = []
    for number, section in enumerate(feasibility_sections(journey), 1):
        blocks += [heading(f"{number}. {section.title}"), *section.blocks]
    blocks += [
        heading("Déclaration sur l’honneur"),
        text(
            "Je déclare sur l’honneur que les informations de ce dossier sont exactes et que je "
            "respecte les limites de dépôt de l’année civile."
        ),
        sign(file.sworn_name or name_of(journey), french_date(file.sworn_at)),
    ]
    title = "Dossier de faisabilité"
    drawn = paper(entry, title, accompanist(journey), blocks)
    yield Printed(DocumentKind.FEASIBILITY, file_name(title, entry), drawn)


def certification(journey: Journey) -> PaperSection:
    """What is aimed at, and at whose."""
    file = journey.feasibility
    rows = pairs(
        ("Intitulé", journey.certification.title),
        ("Numéro RNCP", journey.certification.code),
        ("Certificateur", journey.certifier.name),
        ("Type de demande", file.kind.label),
        ("Recevabilité déjà obtenue jusqu’au", french_date(file.admissible_until)),
        ("Blocs visés", " ; ".join(str(bloc) for bloc in journey.targeted.all())),
    )
    return PaperSection("Certification visée", (rows,))


def prerequisites(journey: Journey) -> PaperSection:
    """Where the candidate stands with the prerequisites."""
    stands = journey.feasibility.prerequisites
    return PaperSection("Prérequis", (text(stands.label if stands else "—"),))


def candidate(journey: Journey) -> PaperSection:
    """Who asks, and what they expect; blank until the candidate writes it."""
    profile = journey.feasibility.person
    person = profile.user
    level = profile.get_certification_level_display()
    birthplace = (profile.birth_town, profile.birth_department, profile.birth_country)
    rows = pairs(
        ("Civilité", profile.get_civility_display()),
        ("Nom de naissance", profile.birth_name),
        ("Prénoms", joined(person.first_name, profile.other_first_names)),
        ("Né(e) le", french_date(profile.born_on)),
        ("À", joined(*birthplace)),
        ("Nationalité", profile.nationality),
        ("Adresse", address(profile)),
        ("Téléphone", profile.phone),
        ("Courriel", person.email),
        ("Situation", profile.get_situation_display()),
        ("Convention collective", profile.collective_agreement),
        ("Niveau d’études", profile.get_education_level_display()),
        ("Certification la plus élevée", joined(level, profile.certification_title)),
    )
    goals = text(journey.feasibility.goals or "Attentes : non précisées.")
    return PaperSection("Candidat", (rows, goals))


def address(profile: CandidateProfile) -> str:
    """Return where a person lives, on one line."""
    place = joined(profile.postcode, profile.town)
    abroad = "" if in_france(profile.country) else profile.country
    return joined(profile.street, place, abroad, by=", ")


def experiences(journey: Journey) -> PaperSection:
    """What the candidate did, where and when."""
    rows = (experience(one) for one in journey.experiences.all())
    return PaperSection("Expériences", (table(("Poste", "Où", "Quand", "Activités"), *rows),))


def experience(one: Experience) -> tuple[str, ...]:
    """Return a row of the table of experiences."""
    until = french_date(one.ended_on) if one.ended_on else "aujourd’hui"
    return (
        f"{one.title} ({one.kind.label})",
        joined(one.employer, one.town) or "—",
        f"{french_date(one.started_on)} – {until}",
        one.activities,
    )


def claimed_blocs(journey: Journey) -> PaperSection:
    """How the candidate covers each targeted bloc, competence by competence."""
    claims = {claim.competence_id: claim for claim in journey.feasibility.competences.all()}
    texts = {claim.bloc_id: claim.text for claim in journey.feasibility.blocs.all()}
    blocks: list[Block] = []
    for bloc in journey.targeted.prefetch_related("competences"):
        blocks += [subheading(f"{bloc.code} · {bloc.title}"), text(texts.get(bloc.pk) or "—")]
        rows = []
        for competence in bloc.competences.all():
            claim = claims.get(competence.pk)
            level = claim.level.label if claim else "—"
            rows.append((competence.title, level, claim.example if claim else "—"))
        blocks.append(table(("Compétence", "Je sais le faire", "Exemple"), *rows))
    return PaperSection("Blocs et compétences", tuple(blocks))


def trainings(journey: Journey) -> PaperSection:
    """Which trainings were followed, and which were chosen among those proposed."""
    file = journey.feasibility
    rows = pairs(
        ("Suivies", file.trainings_followed),
        ("Choisies", " ; ".join(file.trainings_chosen) or "Aucune"),
        *((("Remarque", file.candidate_remark),) if file.candidate_remark else ()),
    )
    return PaperSection("Formations", (rows,))


def accompaniment_and_opinion(journey: Journey) -> PaperSection:
    """Who accompanies, for how long, and what they think of the project."""
    file = journey.feasibility
    rows = pairs(
        ("Organisme", accompanist(journey)),
        ("Heures individuelles", str(file.hours_individual or 0)),
        ("Heures collectives", str(file.hours_group or 0)),
        ("Heures de formation", str(file.hours_training or 0)),
        ("Avis", file.opinion.label if file.opinion else "—"),
        ("Motifs", file.opinion_comment),
    )
    return PaperSection("Accompagnement et avis", (rows,))
