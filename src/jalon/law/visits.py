"""What somebody brings to a visit or a workshop, and what is refused of answers noted away from the network."""

from jalon.law import stages
from jalon.law.vocabulary import Stage

#: What the person is asked to bring, by where their journey stands; nothing once it is over.
BRINGS: tuple[tuple[frozenset[Stage], str], ...] = (
    (
        stages.PREPARING,
        "Pièce d’identité, CV, contrats ou fiches de paie qui montrent l’expérience",
    ),
    (
        stages.at(Stage.FEASIBILITY_INCOMPLETE),
        "Demande du certificateur et pièces qui manquent au dossier",
    ),
    (
        stages.WITH_THE_CERTIFIER,
        "Copie du dossier de faisabilité envoyé",
    ),
    (
        stages.at(Stage.ADMISSIBLE, Stage.VALIDATION_RETURNED),
        "Dossier de validation en cours, exemples de travaux sans secret de l’entreprise",
    ),
    (
        stages.AWAITING_A_JURY,
        "Dossier de validation envoyé, convocation si elle est arrivée, pièce d’identité",
    ),
    (stages.RESULT_KNOWN - stages.ENDS, "Décision du jury"),
)


def to_bring(stage: Stage) -> str:
    """Return what somebody brings at a stage of their journey, in a few words; empty when nothing is needed."""
    return next((what for where, what in BRINGS if stage in where), "")
