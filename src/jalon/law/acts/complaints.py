"""Complaints and contestations, and their answers."""

from jalon.law import complaints
from jalon.law.facts import ComplaintAnswer, ComplaintFiled
from jalon.law.transitions import ADMINISTRATOR, CANDIDATE, CERTIFIER, HEAD, Offer, Transition
from jalon.law.vocabulary import Act, Role, Stage

ROWS = (
    Transition(
        Act.FILE_COMPLAINT,
        at=frozenset(Stage),
        by=CANDIDATE,
        done="Réclamation inscrite au registre",
        article="Qualiopi, indicateur 31",
        asks=ComplaintFiled,
        guards=(
            complaints.complaint_written,
            complaints.somebody_answers,
        ),
        notifies=(Role.CANDIDATE, Role.HEAD, Role.CERTIFIER),
        offer=Offer.QUIET,
    ),
    Transition(
        Act.ANSWER_COMPLAINT,
        at=frozenset(Stage),
        by=CERTIFIER | HEAD | ADMINISTRATOR,
        done="Réclamation : réponse envoyée au candidat",
        article="Qualiopi, indicateur 31",
        asks=ComplaintAnswer,
        when=(complaints.complaint_waits,),
        guards=(
            complaints.answers_a_complaint,
            complaints.erasure_may_be_granted,
        ),
        notifies=(Role.CANDIDATE,),
        offer=Offer.ASIDE,
    ),
)
