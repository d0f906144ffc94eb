"""Named sets of stages: what the rows of the table, the policy and the lists speak of."""

from dataclasses import dataclass

from jalon.law.vocabulary import Pending, Stage


def at(*stages: Stage) -> frozenset[Stage]:
    """Name the stages from which a row is open."""
    return frozenset(stages)


S = Stage
PREPARING = at(S.REGISTERED, S.TAKEN_ON, S.MEETING_HELD, S.PATH_PROPOSED, S.PATH_ACCEPTED)
#: Stages that an accompanied journey only reaches after its first meeting.
MET = frozenset(S) - at(S.REGISTERED, S.TAKEN_ON, S.REORIENTED, S.DROPPED_OUT, S.ARCHIVED)
BEFORE_JURY = PREPARING | at(
    S.FEASIBILITY_SENT,
    S.FEASIBILITY_INCOMPLETE,
    S.FEASIBILITY_COMPLETE,
    S.ADMISSIBLE,
    S.VALIDATION_SENT,
    S.VALIDATION_RETURNED,
    S.VALIDATION_ACCEPTED,
)
#: Where the candidate is awaited: a path to answer, a file to sign or to mend.
AWAITING = at(
    S.TAKEN_ON, S.PATH_PROPOSED, S.PATH_ACCEPTED, S.FEASIBILITY_INCOMPLETE, S.VALIDATION_RETURNED
)
#: Where the candidate writes by themselves, and nothing waits but their own writing.
WRITING = at(S.ADMISSIBLE)
#: A feasibility file that the certifier holds: received, then found complete.
WITH_THE_CERTIFIER = at(S.FEASIBILITY_SENT, S.FEASIBILITY_COMPLETE)
#: Nothing is decided yet on admissibility.
UNDECIDED = PREPARING | WITH_THE_CERTIFIER | at(S.FEASIBILITY_INCOMPLETE)
#: Where a candidate waits for a jury, or was called before one.
AWAITING_A_JURY = at(S.VALIDATION_SENT, S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED)
AFTER_JURY = at(S.PARTIALLY_CERTIFIED, S.NOT_CERTIFIED)
#: Where somebody may hold a bloc: it may have been obtained before, whatever became of the rest.
MAY_HOLD = (
    frozenset(S)
    - PREPARING
    - at(S.FEASIBILITY_SENT, S.FEASIBILITY_INCOMPLETE, S.FEASIBILITY_COMPLETE)
)
ENDS = at(
    S.CERTIFIED,
    S.BLOCS_CERTIFIED,
    S.INADMISSIBLE,
    S.LAPSED,
    S.FRAUD_REFUSED,
    S.REORIENTED,
    S.DROPPED_OUT,
    S.ARCHIVED,
)
#: Everything that is not an end; a reserve still to be lifted is under way.
UNDER_WAY = frozenset(S) - ENDS
ARCHIVABLE = ENDS - at(S.ARCHIVED) | AFTER_JURY
#: Where a jury has given its result, notified or not: it may be annulled.
JUDGED = AFTER_JURY | at(S.DELIBERATED, S.CERTIFIED, S.CONDITIONALLY_CERTIFIED, S.BLOCS_CERTIFIED)
#: Where the person was told what a jury gave.
RESULT_KNOWN = JUDGED - at(S.DELIBERATED)
#: Where a bloc held from elsewhere changes nothing that was sent to a jury.
PRIOR_BLOC_COUNTS = AFTER_JURY | at(
    S.FEASIBILITY_SENT, S.FEASIBILITY_INCOMPLETE, S.FEASIBILITY_COMPLETE, S.ADMISSIBLE
)
#: Where a file may go to another certifier: one is there, and no jury of this one is to come.
TRANSFERABLE = UNDER_WAY - PREPARING - at(S.JURY_SCHEDULED, S.DELIBERATED)
#: Where a path was proposed, and where it is to be proposed anew: to come back undoes it.
PATH_MADE = at(S.PATH_PROPOSED, S.PATH_ACCEPTED)
PATH_TO_MAKE = at(S.REGISTERED, S.TAKEN_ON, S.MEETING_HELD)
#: Where a candidate may stop: once a jury sat, what it decided is told first.
LEAVABLE = UNDER_WAY - at(S.DELIBERATED, S.CONDITIONALLY_CERTIFIED)
#: Where a journey that was stopped may go on.
RESUMABLE = PREPARING | AFTER_JURY | at(S.FEASIBILITY_INCOMPLETE, S.ADMISSIBLE)
#: Where a path still holds, and may be amended as things turn out.
AMENDABLE = at(S.ADMISSIBLE, S.VALIDATION_RETURNED) | AFTER_JURY
#: Where an amended path may still be answered.
ANSWERABLE = AMENDABLE | at(S.VALIDATION_SENT, S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED)
#: Ends against which something is still possible: they are not put away in haste.
TIME_TO_CHOOSE = AFTER_JURY | at(S.LAPSED, S.INADMISSIBLE)
#: Wherever something was filed or obtained, put away or not.
FRAUD_STAGES = frozenset(S) - PREPARING - at(S.FRAUD_REFUSED)


#: Where a validation file may still have to leave: the end of an admissibility matters.
BEFORE_SENDING = at(S.ADMISSIBLE, S.VALIDATION_RETURNED) | AFTER_JURY
#: Where an admissibility counts for what is under way, and its end changes nothing.
AFTER_SENDING = at(S.VALIDATION_SENT, S.VALIDATION_ACCEPTED, S.JURY_SCHEDULED, S.DELIBERATED)


@dataclass(frozen=True)
class StageFilter:
    """The stages that a person goes through together: the slug stands in the address of the list.

    `pending` adds the journeys, at whatever stage, on which something was asked and waits.
    `late` keeps only what is past a limit and still awaited; `once_late` adds stages that count from then;
    `silent` keeps only those whose candidate is awaited and gave no sign for long.
    """

    slug: str
    label: str
    stages: frozenset[Stage]
    pending: frozenset[Pending] = frozenset()
    late: bool = False
    silent: bool = False
    once_late: frozenset[Stage] = frozenset()


def stage_filter(slug: str, label: str, *stages: Stage) -> StageFilter:
    """Return a filter of a few stages."""
    return StageFilter(slug, label, frozenset(stages))


#: After those of every journey under way, of the late and of the silent, each stage stands under one filter.
ARCHITECT_FILTERS = (
    StageFilter("en-cours", "En cours", UNDER_WAY),
    StageFilter("en-retard", "En retard", UNDER_WAY, late=True),
    StageFilter("sans-nouvelles", "Sans nouvelles", UNDER_WAY, silent=True),
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
    StageFilter("amenagements", "Aménagements", frozenset(), frozenset({Pending.TEAM_ADJUSTMENT})),
    StageFilter("finis", "Terminés", ENDS),
)

#: What waits for the certifier, one filter for each thing to do.
CERTIFIER_TASKS = (
    stage_filter("a-verifier", "À vérifier", S.FEASIBILITY_SENT),
    stage_filter("a-decider", "À décider", S.FEASIBILITY_COMPLETE),
    stage_filter("validation", "Dossiers de validation", S.VALIDATION_SENT),
    stage_filter("a-convoquer", "À convoquer", S.VALIDATION_ACCEPTED),
    StageFilter("a-notifier", "À notifier", at(S.DELIBERATED), once_late=at(S.JURY_SCHEDULED)),
    stage_filter("reserves", "Réserves à lever", S.CONDITIONALLY_CERTIFIED),
    StageFilter("a-delivrer", "Documents à délivrer", frozenset(), frozenset({Pending.DOCUMENTS})),
    StageFilter("blocs", "Blocs à vérifier", frozenset(), frozenset({Pending.PRIOR_BLOC})),
    StageFilter("reclamations", "Réclamations", frozenset(), frozenset({Pending.COMPLAINT})),
    StageFilter("amenagements", "Aménagements", frozenset(), frozenset({Pending.ADJUSTMENT})),
    StageFilter(
        "demandes",
        "Demandes sans réponse",
        frozenset(),
        frozenset({Pending.EXTRA_FILING, Pending.REASON, Pending.EXTENSION, Pending.CONTESTATION}),
    ),
)
ASKED_OF_CERTIFIER = frozenset[Pending]().union(*(task.pending for task in CERTIFIER_TASKS))
#: What is late waits too, whoever it was awaited from: both first filters count it alike.
CERTIFIER_FILTERS = (
    StageFilter(
        "tout",
        "Tout ce qui attend",
        frozenset[Stage]().union(*(task.stages for task in CERTIFIER_TASKS)),
        ASKED_OF_CERTIFIER,
        once_late=UNDER_WAY | at(S.LAPSED),
    ),
    StageFilter("en-retard", "En retard", UNDER_WAY | at(S.LAPSED), ASKED_OF_CERTIFIER, late=True),
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
        S.BLOCS_CERTIFIED,
        S.PARTIALLY_CERTIFIED,
        S.NOT_CERTIFIED,
        S.INADMISSIBLE,
        S.FRAUD_REFUSED,
    ),
)

#: An administrator looks for one file among all.
ADMINISTRATOR_FILTERS = (
    StageFilter("en-cours", "En cours", UNDER_WAY),
    StageFilter("en-retard", "En retard", UNDER_WAY, late=True),
    stage_filter("decisions", "Décisions de recevabilité", S.ADMISSIBLE, S.INADMISSIBLE),
    StageFilter("finis", "Terminés", ENDS),
)
