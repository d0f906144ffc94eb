"""The leave for a VAE, asked of an employer."""

from jalon.law import leave, stages
from jalon.law.facts import Leave
from jalon.law.transitions import CANDIDATE, Offer, Transition
from jalon.law.vocabulary import Act, Role, Stage

ROWS = (
    Transition(
        Act.ASK_LEAVE,
        at=stages.AFTER_JURY
        | stages.at(
            Stage.ADMISSIBLE,
            Stage.VALIDATION_SENT,
            Stage.VALIDATION_RETURNED,
            Stage.VALIDATION_ACCEPTED,
            Stage.JURY_SCHEDULED,
        ),
        by=CANDIDATE,
        done="Demande de congé VAE préparée",
        article="L6422-1, R6422-3",
        asks=Leave,
        when=(leave.admissible_for_leave,),
        guards=(
            leave.leave_dated,
            leave.leave_within_hours,
            leave.leave_after_a_year,
        ),
        notifies=(Role.CANDIDATE,),
        offer=Offer.QUIET,
        writes=False,
    ),
)
