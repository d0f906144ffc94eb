"""The request for admissibility of the 2002 route: the headings of the Cerfa 12818, to sign and to post.

It is not the official form: it takes up its headings, in their order, and says where the form is.
"""

from collections.abc import Iterable
from datetime import date

from jalon.documents.generated.words import french_date, joined, watermark
from jalon.documents.models import Document, Origin
from jalon.documents.pdf import (
    Block,
    Paper,
    PaperSection,
    blanks,
    boxes,
    heading,
    note,
    pairs,
    sign,
    subheading,
    text,
)
from jalon.journeys.models import Journey
from jalon.law.cerfa import IN_TRAINING, OFFICIAL_FORM, WITH_HOURS, Nature, Statement, Status
from jalon.law.rulebook import enforces
from jalon.law.vocabulary import TELLING, DocumentKind, Scope, Word
from jalon.people.models import CandidateProfile, in_france
from jalon.writing.models import AdmissibilityRequest, Experience

TITLE = "Demande de recevabilité à la VAE (Livret 1)"
FOLLOWS = (
    "Ce document reprend les rubriques du Cerfa 12818*02, « Demande de recevabilité à la validation "
    "des acquis de l’expérience ». Il ne remplace pas le formulaire officiel, que l’on trouve ici : "
    f"{OFFICIAL_FORM}"
)
#: What stands in the place of what only those who follow the file read.
WITHHELD = "Réservé aux personnes qui suivent ce dossier."
PENALTIES = "Une fausse déclaration est punie par le Code pénal (articles 441-1, 441-6 et 441-7)."
#: The files that a person joins to a first file, on either route.
JOINED = (
    DocumentKind.IDENTITY,
    DocumentKind.EXPERIENCE_PROOF,
    DocumentKind.TRAINING_PROOF,
    DocumentKind.EQUIVALENCE,
    DocumentKind.FIRST_REQUEST,
    DocumentKind.NOTIFICATION,
    DocumentKind.OTHER,
)
#: What a certifier writes on the form once it has come (heading 7): nobody else fills it in.
CERTIFIER_WRITES = (
    "Dossier reçu le",
    "Dossier complet le",
    "Identifiant du dossier",
    "Décision (favorable ou défavorable)",
    "Date de la décision",
    "Recevabilité valable jusqu’au",
)


@enforces("R-038")
def request_paper(journey: Journey, day: date) -> Paper:
    """Return the whole request, dated; the seventh heading stays empty for the certifier."""
    return Paper(
        title=TITLE,
        subtitle="Parcours classique (loi de 2002)",
        reference=journey.reference,
        issuer=f"À l’attention de : {journey.certifier.name}",
        day=day,
        watermark=watermark(journey),
        blocks=(
            note(FOLLOWS),
            *numbered(request_sections(journey)),
            heading("7. Réservé au certificateur"),
            blanks(*CERTIFIER_WRITES),
        ),
    )


def numbered(sections: Iterable[PaperSection]) -> tuple[Block, ...]:
    """Return the blocks of sections, each under its number and title."""
    return tuple(
        block
        for number, section in enumerate(sections, 1)
        for block in (heading(f"{number}. {section.title}"), *section.blocks)
    )


def request_sections(journey: Journey, *, whole: bool = True) -> list[PaperSection]:
    """Return the six headings that the candidate fills in, and the list of enclosures.

    Unless `whole`, what tells of health, union or politics is left out (R-123).
    """
    file = journey.feasibility
    said = getattr(file, "request", None) or AdmissibilityRequest(feasibility=file)
    return [
        PaperSection("Nature de la demande", (choice(Nature, said.nature),)),
        certification(journey),
        civil_status(file.person, said, whole=whole),
        studies(said),
        activities(journey, whole=whole),
        sworn(journey),
    ]


def choice(words: Iterable[Word], chosen: str) -> Block:
    """Return every answer as a box, the chosen one ticked."""
    return boxes(*((word == chosen, word.label) for word in words))


def certification(journey: Journey) -> PaperSection:
    """Return what is aimed at, and which authority delivers it."""
    aimed = "La certification entière"
    if journey.scope == Scope.BLOCS:
        aimed = " ; ".join(str(bloc) for bloc in journey.targeted.all())
    rows = pairs(
        ("Nature et intitulé", f"CQPM {journey.certification.title}"),
        ("Numéro RNCP", journey.certification.code),
        ("Demande", aimed),
        ("Autorité responsable", journey.certifier.name),
        ("Son adresse", " ".join(journey.certifier.address.split())),
    )
    return PaperSection("Certification visée", (rows,))


def civil_status(
    person: CandidateProfile, said: AdmissibilityRequest, *, whole: bool
) -> PaperSection:
    """Return who asks, where they live, and what they do today."""
    account = person.user
    usage = account.last_name if account.last_name != person.birth_name else ""
    identity = pairs(
        ("Sexe", {"madame": "F", "monsieur": "M"}.get(person.civility, "")),
        ("Nom de naissance", person.birth_name),
        ("Nom d’usage", usage),
        ("Prénoms", joined(account.first_name, person.other_first_names)),
        ("Date de naissance", french_date(person.born_on)),
        ("Commune de naissance", person.birth_town),
        ("Département", person.birth_department),
        ("Pays de naissance", person.birth_country),
        ("Nationalité", joined(label(said.nationality), person.nationality, by=" : ")),
        ("Adresse", address(person)),
        ("Téléphone", person.phone),
        ("Adresse e-mail", account.email),
    )
    since = f"depuis le {french_date(said.seeking_since)}" if said.seeking_since else ""
    disabled = label(said.disabled_worker) or "Sans réponse"
    today = pairs(
        ("Situation actuelle", joined(label(said.occupation), since, by=", ")),
        ("Indemnisation", label(said.benefit)),
        ("Reconnu travailleur handicapé", disabled if whole else WITHHELD),
    )
    return PaperSection("État civil et situation", (identity, today))


def label(word: object) -> str:
    """Return the label of a word, or nothing for one that was not chosen."""
    return str(getattr(word, "label", ""))


def address(person: CandidateProfile) -> str:
    """Return where a person lives, on one line."""
    place = joined(person.postcode, person.town)
    abroad = "" if in_france(person.country) else person.country
    return joined(person.street, place, abroad, by=", ")


def coded(word: object) -> str:
    """Return a word with the code that the form gives it, or nothing for one that was not chosen."""
    return f"{word} · {label(word)}" if word else ""


def studies(said: AdmissibilityRequest) -> PaperSection:
    """Return the level of studies, and what was obtained before."""
    rows = pairs(
        ("Dernière classe suivie", coded(said.last_class)),
        ("Diplôme français le plus élevé", coded(said.highest_diploma)),
        ("Autre certification française", said.other_certification),
        ("Diplôme étranger", said.foreign_diploma),
        ("Études reconnues à l’étranger", label(said.studies_recognised)),
        ("Parties de la certification obtenues", said.parts_obtained),
        ("Certifications en rapport", said.related_certifications),
        ("Formations courtes en rapport", said.related_trainings),
    )
    return PaperSection("Niveau de formation et certifications obtenues", (rows,))


@enforces("R-039", "R-040")
def activities(journey: Journey, *, whole: bool) -> PaperSection:
    """Return the activities related to the certification, the latest first, each with its columns."""
    blocks: list[Block] = []
    for number, one in enumerate(journey.experiences.order_by("-started_on", "pk"), 1):
        if one.kind in TELLING and not whole:
            blocks += [subheading(f"Activité {number}"), text(WITHHELD)]
            continue
        blocks += [subheading(f"Activité {number} : {one.title}"), activity(one)]
        blocks += [text(one.activities)]
    return PaperSection("Expérience en rapport direct", tuple(blocks) or (text("Aucune."),))


def activity(one: Experience) -> Block:
    """Return the columns of a row; those of a few statuses only stand where they are asked."""
    until = french_date(one.ended_on) if one.ended_on else "aujourd’hui"
    rows = [
        ("1. Statut", coded(one.status)),
        ("2. Emploi ou fonction", one.title),
        ("3. Organisme", joined(one.employer, one.town, by=", ")),
        ("4. Famille professionnelle", coded(one.family)),
        ("6. Période", f"du {french_date(one.started_on)} au {until}"),
        ("8. Durée en heures", str(one.hours_total) if one.hours_total else ""),
    ]
    if one.status in IN_TRAINING:
        rows.insert(4, ("5. Certification préparée", one.certification_prepared))
    if one.status in WITH_HOURS:
        rows.insert(-1, ("7. Temps de travail", label(one.working_time)))
    if one.status == Status.IMMERSION:
        rows.append(("Objet de l’immersion", label(one.purpose)))
    return pairs(*rows)


@enforces("R-041", "R-042")
def sworn(journey: Journey) -> PaperSection:
    """Return the four statements, the signature or its place, and what is enclosed."""
    file = journey.feasibility
    signed = bool(file.sworn_at)
    name = file.sworn_name or journey.candidate.get_full_name()
    closing: tuple[Block, ...] = (blanks("Fait à", "Le", "Signature"),)
    if signed:
        when = f"à {file.sworn_place}, le {french_date(file.sworn_at)}"
        closing = (
            sign(name, when),
            blanks("Signature à la main, si vous envoyez ce document par la poste"),
        )
    return PaperSection(
        "Déclaration sur l’honneur",
        (
            text(f"Je soussigné(e), {name}, déclare sur l’honneur :"),
            boxes(*((signed, one.label) for one in Statement)),
            text(PENALTIES),
            *closing,
            subheading("Pièces jointes"),
            enclosures(journey),
        ),
    )


def joined_to(journey: Journey) -> list[Document]:
    """Return the files that people brought to a file, in the order in which they came."""
    brought = journey.documents.kept().filter(origin=Origin.UPLOADED, kind__in=JOINED)
    return list(brought.order_by("created_at", "pk"))


def enclosures(journey: Journey) -> Block:
    """Return the list of enclosures: what is joined is ticked, what is asked and missing is not."""
    brought = joined_to(journey)
    there = {one.kind for one in brought}
    request = getattr(journey.feasibility, "request", None)
    asked = [DocumentKind.IDENTITY, DocumentKind.EXPERIENCE_PROOF]
    if request and request.nature in (Nature.RENEWAL, Nature.EXTENSION):
        asked += [DocumentKind.FIRST_REQUEST, DocumentKind.NOTIFICATION]
    return boxes(
        *((True, f"{one.kind.label} : {one.name}") for one in brought),
        *((False, f"{kind.label} : à joindre") for kind in asked if kind not in there),
    )
