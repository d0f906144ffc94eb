"""The request for admissibility of the 2002 route: the headings of the Cerfa 12818, and what each asks.

The codes are those of the form and of its notice (R-038…R-043).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from jalon.law.case import Case
from jalon.law.facts import Signature
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import DocumentKind, ExperienceKind, Route, Word

#: Where the form itself is found: what Jalon prints follows its headings, and never replaces it.
OFFICIAL_FORM = "https://www.formulaires.service-public.fr/gf/cerfa_12818.do"


class Nature(Word):
    """What is asked (heading 1)."""

    FIRST = "first", "Première demande"
    RENEWAL = "renewal", "Renouvellement"
    EXTENSION = "extension", "Prolongation"


class Nationality(Word):
    """Which nationality (heading 3)."""

    FRENCH = "french", "Française"
    EUROPEAN = "european", "Ressortissant de l’Union européenne ou de l’Espace économique européen"
    OTHER = "other", "Autre"


class Occupation(Word):
    """What the person does today (heading 3)."""

    PERMANENT = "permanent", "En emploi : CDI"
    FIXED = "fixed", "En emploi : CDD, CDD d’usage, intérim"
    INDEPENDENT = "independent", "Indépendant, artisan, profession libérale"
    PUBLIC = "public", "Fonctionnaire"
    MILITARY = "military", "Militaire"
    AIDED = "aided", "Contrat aidé ou en alternance"
    INACTIVE = "inactive", "Sans activité"
    SEEKING_REGISTERED = "seeking_registered", "En recherche d’emploi, inscrit à France Travail"
    SEEKING = "seeking", "En recherche d’emploi, non inscrit"
    VOLUNTEER = "volunteer", "Bénévole"
    ELECTED = "elected", "Mandat électif"


class Benefit(Word):
    """What a person looking for a job receives (heading 3)."""

    NONE = "none", "Aucune indemnisation"
    INSURANCE = "insurance", "Assurance chômage"
    INTERMITTENT = "intermittent", "Régime des intermittents"
    MINIMUM = "minimum", "Minima sociaux"


class YesNo(Word):
    """An answer that may be left out."""

    YES = "yes", "Oui"
    NO = "no", "Non"


class LastClass(Word):
    """The last class that was followed (heading 4, codes 1 to 7)."""

    CAP_FIRST = "1", "Primaire, ou première année de CAP ou BEP"
    CAP_SECOND = "2", "Seconde, première, deuxième année de CAP ou BEP"
    FINAL = "3", "Terminale"
    HIGHER = "4", "Première à quatrième année d’études supérieures"
    THIRD = "5", "Troisième"
    FOURTH = "6", "Quatrième ou cinquième"
    SIXTH = "7", "Sixième"


class HighestDiploma(Word):
    """The highest French diploma (heading 4, codes 1 to 11)."""

    NONE = "1", "Aucun diplôme"
    CERTIFICATE = "2", "Certificat d’études primaires"
    BREVET = "3", "Brevet des collèges"
    CAP = "4", "CAP, BEP (niveau 3)"
    BAC = "5", "Baccalauréat (niveau 4)"
    BTS = "6", "BTS, DUT, DEUG (niveau 5)"
    LICENCE = "7", "Licence, BUT, maîtrise (niveau 6)"
    MASTER = "8", "Master, titre d’ingénieur (niveau 7)"
    DOCTORATE = "9", "Doctorat (niveau 8)"
    CQP = "10", "CQP"
    CQPI = "11", "CQPI"


class Status(Word):
    """In which status an activity was done (heading 5, column 1, codes 1 to 14)."""

    EMPLOYED = "1", "Salarié"
    INDEPENDENT = "2", "Indépendant, artisan, profession libérale"
    SERVICE = "3", "Volontaire"
    ATHLETE = "4", "Sportif de haut niveau"
    VOLUNTEER = "5", "Bénévole"
    UNION = "6", "Responsabilités syndicales"
    ELECTED = "7", "Mandat ou fonction élective locale"
    APPRENTICE = "8", "Contrat d’apprentissage"
    PROFESSIONAL = "9", "Contrat de professionnalisation"
    AIDED = "10", "Contrat unique d’insertion"
    IMMERSION = "11", "Période d’immersion (PMSMP)"
    OPERATIONAL = "12", "Préparation opérationnelle à l’emploi"
    SCHOOL = "13", "Période de formation en milieu professionnel"
    PRACTICAL = "14", "Stage pratique de formation"

    @property
    def kind(self) -> ExperienceKind:
        """Return the kind of activity that this status is."""
        return KINDS.get(self, ExperienceKind.EMPLOYED)


KINDS = {
    Status.INDEPENDENT: ExperienceKind.SELF_EMPLOYED,
    Status.SERVICE: ExperienceKind.VOLUNTEER,
    Status.ATHLETE: ExperienceKind.UNPAID,
    Status.VOLUNTEER: ExperienceKind.VOLUNTEER,
    Status.UNION: ExperienceKind.UNION,
    Status.ELECTED: ExperienceKind.ELECTED,
    Status.APPRENTICE: ExperienceKind.WORK_TRAINING,
    Status.PROFESSIONAL: ExperienceKind.WORK_TRAINING,
    Status.IMMERSION: ExperienceKind.PMSMP,
    Status.OPERATIONAL: ExperienceKind.INTERNSHIP,
    Status.SCHOOL: ExperienceKind.INTERNSHIP,
    Status.PRACTICAL: ExperienceKind.INTERNSHIP,
}
#: Statuses in which a certification was prepared: column 5 says which one.
IN_TRAINING = frozenset({Status.APPRENTICE, Status.PROFESSIONAL, Status.SCHOOL, Status.PRACTICAL})
#: Statuses of which column 7 says whether the time was full or part.
WITH_HOURS = frozenset(Status) - frozenset(
    {
        Status.APPRENTICE,
        Status.PROFESSIONAL,
        Status.AIDED,
        Status.OPERATIONAL,
        Status.SCHOOL,
        Status.PRACTICAL,
    }
)


class Family(Word):
    """The occupational family of a job (heading 5, column 4)."""

    A = "A", "Agriculture, marine, pêche"
    B = "B", "Bâtiment, travaux publics"
    C = "C", "Électricité, électronique"
    D = "D", "Mécanique, travail des métaux"
    E = "E", "Industries de process"
    F = "F", "Matériaux souples, bois, industries graphiques"
    G = "G", "Maintenance"
    H = "H", "Ingénieurs et cadres de l’industrie"
    J = "J", "Transports, logistique et tourisme"
    K = "K", "Artisanat"
    L = "L", "Gestion, administration des entreprises"
    M = "M", "Informatique et télécommunications"
    N = "N", "Études et recherche"
    P = "P", "Administration publique, droit, armée, police"
    Q = "Q", "Banque et assurances"
    R = "R", "Commerce"
    S = "S", "Hôtellerie, restauration, alimentation"
    T = "T", "Services aux particuliers et aux collectivités"
    U = "U", "Communication, information, art et spectacle"
    V = "V", "Santé, action sociale, culturelle et sportive"
    W = "W", "Enseignement, formation"
    X = "X", "Politique, religion"


class WorkingTime(Word):
    """How much of the week was worked (heading 5, column 7)."""

    FULL = "full", "Temps plein"
    PART = "part", "Temps partiel"


class Purpose(Word):
    """What a period of immersion was for (R-043)."""

    CONFIRM = "confirm", "Confirmer un projet professionnel"
    RECRUIT = "recruit", "Initier un recrutement"
    DISCOVER = "discover", "Découvrir un métier"


class Statement(Word):
    """What a person swears under heading 6 (R-041)."""

    ALLOWED = (
        "allowed",
        "Aucune décision pénale ou administrative ne m’interdit de me présenter devant un jury.",
    )
    EXACT = "exact", "Toutes les informations de cette demande sont exactes."
    ONLY = (
        "only",
        "C’est ma seule demande pour cette certification pendant l’année civile en cours.",
    )
    THREE = (
        "three",
        "Je ne dépose pas plus de trois demandes, pour des certifications différentes, pendant "
        "cette année civile.",
    )


@dataclass(frozen=True)
class Activity:
    """A row of heading 5, as the law needs to know it."""

    title: str
    status: Status | None
    family: Family | None
    hours: int | None
    working_time: WorkingTime | None = None
    certification: str = ""
    purpose: Purpose | None = None


@enforces("R-039", "R-040", "R-043")
def activity_lacks(one: Activity) -> str:
    """Return what a row still lacks, in French, or nothing: columns 5 and 7 depend on the status."""
    if one.status is None:
        return "le statut"
    if one.family is None:
        return "la famille professionnelle"
    if one.hours is None:
        return "la durée totale en heures"
    if one.status in IN_TRAINING and not one.certification.strip():
        return "la certification préparée"
    if one.status in WITH_HOURS and one.working_time is None:
        return "le temps de travail"
    if one.status == Status.IMMERSION and one.purpose in (None, Purpose.DISCOVER):
        return "un objet d’immersion qui serve de preuve (confirmer un projet, ou un recrutement)"
    return ""


@enforces("R-039", "R-043")
def activities_lacking(activities: Iterable[Activity]) -> tuple[str, ...]:
    """Return what the activities still lack, each named."""
    found = ((one.title, activity_lacks(one)) for one in activities)
    return tuple(f"« {title} » : {what}" for title, what in found if what)


@enforces("R-038", "R-042")
def request_lacking(case: Case) -> tuple[str, ...]:
    """Return what a request for admissibility still lacks, in French: headings 1 to 5, and the proofs.

    No opinion, no planned hours, no text by bloc: the old R335-7 asks for the form and its proofs.
    """
    file = case.feasibility
    first = file.nature == Nature.FIRST
    kinds = case.document_kinds
    wanted = [
        (file.civil_status_complete, "l’état civil complet"),
        (file.nature is not None, "la nature de la demande"),
        (file.request_complete, "la situation et le niveau de formation"),
        (file.experiences > 0, "au moins une expérience"),
        (case.identity_document, "une pièce d’identité"),
        (DocumentKind.EXPERIENCE_PROOF in kinds, "un justificatif d’expérience"),
        (
            first or file.nature is None or DocumentKind.FIRST_REQUEST in kinds,
            "la copie de votre première demande",
        ),
        (
            first or file.nature is None or DocumentKind.NOTIFICATION in kinds,
            "la copie de la notification de recevabilité",
        ),
    ]
    return tuple(what for there, what in wanted if not there) + file.activities_lacking


@enforces("R-041")
def statements_signed(case: Case, facts: Signature) -> Refusal | None:
    """On the 2002 route the four statements are sworn, and the place is told."""
    if case.route != Route.LAW_2002:
        return None
    if set(Statement) <= set(facts.statements) and facts.place.strip():
        return None
    return Refusal(
        "R-041", "Cochez les quatre déclarations sur l’honneur, et indiquez où vous signez."
    )
