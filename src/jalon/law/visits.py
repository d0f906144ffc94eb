"""What somebody brings to a visit or a workshop, and what is refused of answers noted away from the network."""

from jalon.law import stages
from jalon.law.meetings import REPORTED_BY
from jalon.law.rulebook import Refusal, enforces
from jalon.law.vocabulary import MeetingKind, Stage

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


def as_carried(carried: str, now: str, when: str) -> Refusal | None:
    """Refuse an answer noted under other hours than those of now; `when` says these in words."""
    if carried == now:
        return None
    return Refusal.permission(
        "Les heures ont changé depuis que cette page a été emportée\N{NO-BREAK SPACE}: c’est maintenant "
        f"{when}. Dites laquelle des deux réponses garder."
    )


def noted_meanwhile(known: str | None, now: str, said: str) -> Refusal | None:
    """Refuse to write over another answer than the one a device knew of, if it did; `said` is that answer in words."""
    if now == known:
        return None
    return Refusal.permission(
        f"Une autre réponse a été notée entre-temps\N{NO-BREAK SPACE}: {said}. Dites laquelle des deux garder."
    )


def signed_there(kind: MeetingKind) -> bool:
    """Say whether a meeting is signed as soon as it was held: one that has a report is signed after it."""
    return kind not in REPORTED_BY


@enforces("R-110")
def report_first(kind: MeetingKind) -> Refusal | None:
    """Refuse the signature of a meeting whose report says how long it lasted."""
    if signed_there(kind):
        return None
    return Refusal(
        "R-110", "Ce rendez-vous se signe une fois son compte rendu écrit : écrivez-le d’abord."
    )
