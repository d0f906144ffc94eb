"""What the people of a demonstration say and write, from their civil status to a jury's report."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from jalon.law import calendar, facts
from jalon.law.cerfa import (
    Family,
    HighestDiploma,
    LastClass,
    Nationality,
    Nature,
    Occupation,
    Status,
    WorkingTime,
)
from jalon.law.vocabulary import ExperienceKind, ImmersionPurpose, MeetingMode, Prerequisites

#: The smallest PDF that a reader opens: what demonstration people show as identity.
#: The name of a letter that proves what was done outside.
LETTER = "lettre du certificateur.pdf"
ONE_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)

PROFILE = {
    "civility": "madame",
    "born_on": date(1985, 5, 4),
    "birth_town": "Ville-Exemple",
    "birth_department": "Calvados",
    "birth_country": "France",
    "nationality": "Française",
    "street": "2 rue de l’Exemple",
    "postcode": "00000",
    "town": "Ville-Exemple",
    "country": "France",
    "phone": "06 00 00 00 00",
    "situation": "employee",
    "education_level": "N3",
    "certification_level": "N3",
    "certification_title": "CAP de démonstration",
    "collective_agreement": "Métallurgie",
}
REQUEST = {
    "nature": Nature.FIRST,
    "nationality": Nationality.FRENCH,
    "occupation": Occupation.PERMANENT,
    "last_class": LastClass.CAP_SECOND,
    "highest_diploma": HighestDiploma.CAP,
}
#: What the request of the 2002 route asks of an activity, beside what each file does.
COLUMNS = {
    "status": Status.EMPLOYED,
    "family": Family.D,
    "hours_total": 9600,
    "working_time": WorkingTime.FULL,
}
GOALS = {"prerequisites": Prerequisites.NONE, "goals": "Faire reconnaître mon métier."}
JOBS = (
    ("Régleur sur tour à commande numérique", "Atelier Fictif"),
    ("Ajusteur monteur", "Aéro Exemple"),
    ("Contrôleur qualité", "Mesures Exemple"),
    ("Conducteur de ligne", "Cellules Exemple"),
    ("Chaudronnier", "Chantier Exemple"),
)
BLOC = "Je tiens ce poste chaque jour depuis plusieurs années."
EXAMPLE = "Je l’ai fait sur une série de pièces."
PRESENTATION = "Je travaille en atelier depuis six ans."
ANSWERS = {
    "context": "Dans mon atelier, pour une série de pièces urgentes.",
    "actions": "J’ai lu le plan, réglé la machine, usiné la première pièce puis contrôlé la cote.",
    "means": "Un tour à commande numérique, un pied à coulisse, le dossier de fabrication.",
    "result": "Les pièces étaient conformes et livrées à l’heure.",
    "learnt": "Je vérifie toujours la première pièce avant de lancer la série.",
}
#: The same situation, once it was read again.
MENDED = {
    "actions": "J’ai lu le plan et relevé les trois cotes serrées. J’ai choisi les outils, monté la pièce "
    "brute, puis réglé les origines de la machine. J’ai usiné la première pièce à vitesse réduite, et je "
    "l’ai contrôlée au pied à coulisse, puis au micromètre. La cote était trop forte de quatre centièmes : "
    "j’ai corrigé l’usure de l’outil, et j’ai relancé. J’ai noté la correction sur la fiche de suivi.",
    "result": "Les pièces étaient conformes : j’ai rempli la fiche de contrôle, et le client n’a rien renvoyé. "
    "Les quarante pièces ont été livrées à l’heure.",
}
ANALYSIS = "L’expérience couvre une partie du référentiel."
GAP = "Peu d’exemples récents."
GROUND = "Gestes attendus non démontrés."


def experience(number: int, today: date) -> dict[str, object]:
    """Return six years in a job, which the number chooses."""
    title, employer = JOBS[number % len(JOBS)]
    return {
        "kind": ExperienceKind.EMPLOYED,
        "title": title,
        "employer": employer,
        "town": "Ville-Exemple",
        "started_on": today - timedelta(days=365 * 6),
        "hours_per_week": 35,
        "activities": "Préparer le poste, produire, contrôler.",
    }


def first_meeting(held_on: date) -> facts.FirstMeeting:
    """Return the report of a first meeting that covers its seven subjects."""
    return facts.FirstMeeting(
        held_on=held_on,
        minutes=90,
        mode=MeetingMode.ON_SITE,
        device_relevance="La VAE convient : l’expérience est réelle et récente.",
        certification_adequacy="Le CQPM correspond au poste tenu.",
        prerequisites="Aucun prérequis à acquérir.",
        training_needs="Un appui à la rédaction suffit.",
        calendar="Jury visé dans huit mois.",
        duration="Vingt heures sur six mois.",
        modalities="Alternance de rendez-vous à distance et sur place.",
    )


def path(start: date, trainings: tuple[facts.Training, ...] = ()) -> facts.Path:
    """Return a path of eight months, with its milestones."""
    return facts.Path(
        milestones=(
            facts.Milestone(calendar.FEASIBILITY_SENT, start + timedelta(days=30)),
            facts.Milestone("Atelier d’écriture", start + timedelta(days=90)),
            facts.Milestone(calendar.VALIDATION_SENT, start + timedelta(days=180)),
            facts.Milestone(calendar.JURY, start + timedelta(days=250)),
        ),
        hours_individual=Decimal(14),
        hours_group=Decimal(6),
        hours_training=Decimal(0),
        mode=MeetingMode.ON_SITE,
        trainings=trainings,
    )


def immersion(start: date) -> facts.Immersion:
    """Return two weeks in a company that confirm a project."""
    return facts.Immersion(
        host="Atelier Exemple",
        siren="123456782",
        purpose=ImmersionPurpose.CONFIRM,
        starts_on=start,
        ends_on=start + timedelta(days=13),
        days=10,
        prescriber="Mission locale de démonstration",
    )


#: Why a candidate is called a few days before only.
SHORT_NOTICE = "Une place s’est libérée ; le candidat est d’accord."


def post_jury(held_on: date, missing: Iterable[str]) -> facts.PostJury:
    """Return the report of a post-jury meeting, with one thing to do for each missing bloc."""
    return facts.PostJury(
        held_on=held_on,
        minutes=60,
        report="Retour sur l’entretien et les gestes attendus.",
        actions=tuple(
            facts.PlanAction(
                bloc,
                "S’entraîner sur le poste avec le tuteur",
                "Le candidat",
                held_on + timedelta(days=60),
            )
            for bloc in missing
        ),
    )
