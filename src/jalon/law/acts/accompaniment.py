"""The first meeting, the personal path, and the mandate to send files."""

from jalon.law import changes, stages, support
from jalon.law.facts import FirstMeeting, Path, PathAnswer, Reason, Signature
from jalon.law.transitions import ACCOMPANIED, ARCHITECT, CANDIDATE, Offer, Start, Stop, Transition
from jalon.law.vocabulary import Act, ClockKind, Role, Stage

ROWS = (
    Transition(
        Act.HOLD_FIRST_MEETING,
        at=stages.at(Stage.TAKEN_ON),
        to=Stage.MEETING_HELD,
        by=ARCHITECT,
        done="Premier rendez-vous tenu",
        article="Arrêté du 3 juillet 2025, annexe I",
        asks=FirstMeeting,
        guards=(
            support.meeting_already_held,
            support.since_registration,
            support.first_meeting_covers_all,
        ),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.PROPOSE_PATH,
        at=stages.at(Stage.MEETING_HELD, Stage.PATH_PROPOSED),
        to=Stage.PATH_PROPOSED,
        by=ARCHITECT,
        done="Parcours proposé",
        article="Arrêté du 3 juillet 2025, article 1",
        asks=Path,
        guards=(
            support.calendar_set,
            support.three_quotes,
            support.quotes_proportionate,
        ),
        clocks=(Start(ClockKind.ANSWER),),
        notifies=(Role.CANDIDATE,),
        already=support.path_proposed,
        again="Modifier le parcours proposé",
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.ACCEPT_PATH,
        at=stages.at(Stage.PATH_PROPOSED),
        to=Stage.PATH_ACCEPTED,
        by=CANDIDATE,
        done="Parcours accepté",
        article="R6412-2",
        asks=PathAnswer,
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.ARCHITECT,),
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.DECLINE_PATH,
        at=stages.at(Stage.PATH_PROPOSED),
        to=Stage.MEETING_HELD,
        by=CANDIDATE,
        done="Modification du parcours demandée",
        article="L6421-1",
        asks=Reason,
        guards=(support.reason_given,),
        clocks=(Stop(ClockKind.ANSWER),),
        notifies=(Role.ARCHITECT,),
        writes=False,
        accompaniment=ACCOMPANIED,
    ),
    Transition(
        Act.GIVE_MANDATE,
        at=stages.BEFORE_JURY,
        by=CANDIDATE,
        done="Mandat donné à l’architecte",
        article="R6412-2 al. 3",
        asks=Signature,
        when=(changes.mandate_not_given,),
        guards=(support.statement_signed,),
        notifies=(Role.ARCHITECT,),
        offer=Offer.QUIET,
        accompaniment=ACCOMPANIED,
    ),
)
