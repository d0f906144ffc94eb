"""Named sets of stages: what the rows of the table, the policy and the lists speak of."""

from jalon.law.vocabulary import Stage


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
AFTER_JURY = at(S.PARTIALLY_CERTIFIED, S.NOT_CERTIFIED)
AWARDED = at(S.CERTIFIED, S.BLOCS_CERTIFIED, S.PARTIALLY_CERTIFIED)
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
ARCHIVABLE = ENDS - at(S.ARCHIVED) | AFTER_JURY
FRAUD_STAGES = at(
    S.VALIDATION_SENT,
    S.VALIDATION_RETURNED,
    S.VALIDATION_ACCEPTED,
    S.JURY_SCHEDULED,
    S.DELIBERATED,
    S.CERTIFIED,
    S.CONDITIONALLY_CERTIFIED,
    S.BLOCS_CERTIFIED,
    S.PARTIALLY_CERTIFIED,
)
