"""Named sets of stages: the filters of the lists that people work from."""

from dataclasses import dataclass

from jalon.law.lifecycle import ENDS
from jalon.law.vocabulary import Stage

#: Everything that is not an end; a reserve still to be lifted is under way.
UNDER_WAY = frozenset(Stage) - ENDS


@dataclass(frozen=True)
class StageFilter:
    """The stages that a person goes through together: the slug stands in the address of the list."""

    slug: str
    label: str
    stages: frozenset[Stage]


def stage_filter(slug: str, label: str, *stages: Stage) -> StageFilter:
    """Return a filter of a few stages."""
    return StageFilter(slug, label, frozenset(stages))


S = Stage

#: After the first, which is every journey under way, each stage stands under one filter.
ARCHITECT_FILTERS = (
    StageFilter("en-cours", "En cours", UNDER_WAY),
    stage_filter("nouveaux", "À prendre en charge", S.REGISTERED),
    stage_filter(
        "preparation", "Parcours à construire", S.TAKEN_ON, S.MEETING_HELD, S.PATH_PROPOSED
    ),
    stage_filter(
        "faisabilite", "Dossier de faisabilité", S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE
    ),
    stage_filter(
        "certificateur",
        "Chez le certificateur",
        S.FEASIBILITY_SENT,
        S.FEASIBILITY_COMPLETE,
        S.VALIDATION_SENT,
    ),
    stage_filter("ecriture", "Écriture", S.ADMISSIBLE, S.VALIDATION_RETURNED),
    stage_filter("jury", "Jury", S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED, S.DELIBERATED),
    stage_filter(
        "post-jury",
        "Après le jury",
        S.CONDITIONALLY_CERTIFIED,
        S.PARTIALLY_CERTIFIED,
        S.NOT_CERTIFIED,
    ),
    StageFilter("finis", "Terminés", ENDS),
)

#: What waits for the certifier, one filter for each thing to do.
CERTIFIER_TASKS = (
    stage_filter("a-verifier", "À vérifier", S.FEASIBILITY_SENT),
    stage_filter("a-decider", "À décider", S.FEASIBILITY_COMPLETE),
    stage_filter("validation", "Dossiers de validation", S.VALIDATION_SENT),
    stage_filter("a-convoquer", "À convoquer", S.VALIDATION_ACCEPTED),
    stage_filter("a-notifier", "À notifier", S.DELIBERATED),
)
CERTIFIER_FILTERS = (
    StageFilter(
        "tout",
        "Tout ce qui attend",
        frozenset[Stage]().union(*(task.stages for task in CERTIFIER_TASKS)),
    ),
    *CERTIFIER_TASKS,
    stage_filter(
        "chez-eux",
        "Chez le candidat",
        S.FEASIBILITY_INCOMPLETE,
        S.ADMISSIBLE,
        S.VALIDATION_RETURNED,
        S.JURY_SCHEDULED,
    ),
    stage_filter("caducite", "Caducité", S.LAPSED),
    stage_filter(
        "resultats",
        "Résultats",
        S.CERTIFIED,
        S.CONDITIONALLY_CERTIFIED,
        S.BLOCS_CERTIFIED,
        S.PARTIALLY_CERTIFIED,
        S.NOT_CERTIFIED,
        S.INADMISSIBLE,
        S.FRAUD_REFUSED,
    ),
)
