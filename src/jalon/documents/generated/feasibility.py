"""The feasibility file: its sections, for a page and for the paper, and the paper once it is sent."""

from collections.abc import Iterator

from jalon.documents.generated.registry import Printed, prints
from jalon.documents.generated.request import (
    WITHHELD,
    address,
    joined_to,
    numbered,
    request_paper,
    request_sections,
)
from jalon.documents.generated.words import (
    accompanist,
    file_name,
    french_date,
    joined,
    paper,
    protection,
)
from jalon.documents.pdf import (
    Block,
    PaperSection,
    bullets,
    pairs,
    sign,
    subheading,
    table,
    text,
)
from jalon.journeys.models import JournalEntry, Journey
from jalon.law.rulebook import enforces
from jalon.law.support import hours_said
from jalon.law.vocabulary import TELLING, Accompaniment, Act, DocumentKind, FeasibilityKind
from jalon.writing.models import Experience

#: By which names the page knows what it shows in its own way: beside the référentiel, with links.
BLOCS, DOCUMENTS = "blocs", "documents"
SWORN = (
    "Je déclare sur l’honneur que les informations de ce dossier sont exactes et que je respecte les "
    "limites de dépôt de l’année civile."
)
UNSIGNED = "Pas encore signée."


def sections_of(journey: Journey, *, whole: bool = True) -> list[PaperSection]:
    """Return what a file says, in the order in which it is read: on the page, then on the paper.

    No field foreign to a CQPM appears in it (R-013, R-037). Unless `whole`, what tells of health, union
    or politics is left out (R-123).
    """
    if journey.on_portal:
        return feasibility_sections(journey, whole=whole)
    return request_sections(journey, whole=whole)


def feasibility_sections(journey: Journey, *, whole: bool = True) -> list[PaperSection]:
    """Return the sections of the feasibility file of France VAE."""
    accompanied = journey.accompaniment == Accompaniment.ACCOMPANIED
    full = journey.feasibility.kind == FeasibilityKind.FULL
    return [
        certification(journey),
        prerequisites(journey),
        candidate(journey),
        experiences(journey, whole=whole),
        *([claimed_blocs(journey)] if full else []),
        trainings(journey),
        *([accompaniment_and_opinion(journey)] if accompanied else []),
        *([remark(journey)] if journey.feasibility.candidate_remark else []),
        attachments(journey),
        sworn(journey),
    ]


@prints(Act.SEND_FEASIBILITY)
@enforces("R-037")
def feasibility(entry: JournalEntry) -> Iterator[Printed]:
    """The file as it was sent, with the statement on honour: each route has its own."""
    journey = entry.journey
    if not journey.on_portal:
        drawn = request_paper(journey, entry.occurred_on)
        yield Printed(DocumentKind.REQUEST, file_name("Demande de recevabilité", entry), drawn)
        return
    title = "Dossier de faisabilité"
    drawn = paper(entry, title, accompanist(journey), numbered(feasibility_sections(journey)))
    yield Printed(DocumentKind.FEASIBILITY, file_name(title, entry), drawn)


def certification(journey: Journey) -> PaperSection:
    """What is aimed at, and at whose."""
    file = journey.feasibility
    held = ("Recevabilité déjà obtenue jusqu’au", french_date(file.admissible_until))
    rows = pairs(
        ("Intitulé", journey.certification.title),
        ("Numéro RNCP", journey.certification.code),
        ("Certificateur", journey.certifier.name),
        ("Type de demande", file.kind.label),
        *([held] if file.admissible_until else []),
        ("Blocs visés", joined(*map(str, journey.targeted.all()), by="\N{NO-BREAK SPACE}; ")),
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
    level, diploma = profile.get_certification_level_display(), profile.certification_title
    birthplace = (profile.birth_town, profile.birth_department, profile.birth_country)
    rows = pairs(
        ("Civilité", profile.get_civility_display()),
        ("Nom de naissance", profile.birth_name),
        ("Prénoms", joined(person.first_name, profile.other_first_names)),
        ("Date de naissance", french_date(profile.born_on)),
        ("Lieu de naissance", joined(*birthplace, by=", ")),
        ("Nationalité", profile.nationality),
        ("Adresse", address(profile)),
        ("Téléphone", profile.phone),
        ("Adresse e-mail", person.email),
        *protection(profile),
        ("Situation", profile.get_situation_display()),
        ("Convention collective", profile.collective_agreement),
        ("Niveau d’études", profile.get_education_level_display()),
        ("Certification la plus élevée", joined(level, diploma, by=", ")),
        ("Attentes", journey.feasibility.goals or "Non précisées"),
    )
    return PaperSection("Candidat", (rows,))


def experiences(journey: Journey, *, whole: bool) -> PaperSection:
    """What the candidate did, where and when."""
    blocks: list[Block] = []
    for one in journey.experiences.all():
        if one.kind in TELLING and not whole:
            blocks.append(text(WITHHELD))
            continue
        blocks += [subheading(str(one)), experience(one), text(one.activities)]
    return PaperSection("Expériences", tuple(blocks) or (text("Aucune."),))


def experience(one: Experience) -> Block:
    """Return what an experience was, beside what was done."""
    return pairs(
        ("Type d’activité", one.kind.label),
        ("Où", joined(one.employer, one.town)),
        ("Du", french_date(one.started_on)),
        ("Au", french_date(one.ended_on) if one.ended_on else "aujourd’hui"),
        ("Heures par semaine", str(one.hours_per_week)),
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
    return PaperSection("Blocs et compétences", tuple(blocks), BLOCS)


def trainings(journey: Journey) -> PaperSection:
    """Which trainings were followed, and which were chosen among those proposed."""
    file = journey.feasibility
    rows = pairs(
        ("Suivies", file.trainings_followed),
        ("Choisies", " ; ".join(file.trainings_chosen) or "Aucune"),
    )
    return PaperSection("Formations", (rows,))


def accompaniment_and_opinion(journey: Journey) -> PaperSection:
    """Who accompanies, for how long, and what they think of the project."""
    file = journey.feasibility
    rows = pairs(
        ("Organisme", accompanist(journey)),
        ("Heures individuelles", hours_said(file.hours_individual)),
        ("Heures collectives", hours_said(file.hours_group)),
        ("Heures de formation", hours_said(file.hours_training)),
        ("Avis", file.opinion.label if file.opinion else "—"),
        ("Motifs", file.opinion_comment),
    )
    return PaperSection("Accompagnement et avis", (rows,))


def remark(journey: Journey) -> PaperSection:
    """What the candidate adds of their own."""
    return PaperSection("Remarque du candidat", (text(journey.feasibility.candidate_remark),))


def attachments(journey: Journey) -> PaperSection:
    """What is joined to the file."""
    joined_files = joined_to(journey)
    listed = bullets(*(f"{one.kind.label} : {one.name}" for one in joined_files))
    shown = listed if joined_files else text("Aucun.")
    return PaperSection("Documents joints", (shown,), DOCUMENTS)


def sworn(journey: Journey) -> PaperSection:
    """The words that are sworn, and by whom and when they were."""
    file = journey.feasibility
    signed = sign(file.sworn_name, french_date(file.sworn_at)) if file.sworn_at else text(UNSIGNED)
    return PaperSection("Déclaration sur l’honneur", (text(SWORN), signed))
