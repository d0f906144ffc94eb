"""The contradictory procedure for fraud."""

from jalon.law import results, stages, support
from jalon.law.facts import FraudOpening, Reason
from jalon.law.transitions import (
    BOTH_SIDES,
    CANDIDATE,
    CERTIFIER,
    STOP_EVERY_CLOCK,
    Offer,
    Transition,
)
from jalon.law.vocabulary import Act, Role, Stage

ROWS = (
    Transition(
        Act.OPEN_FRAUD,
        at=stages.FRAUD_STAGES,
        by=CERTIFIER,
        done="Procédure pour fraude ouverte, avec un délai pour répondre",
        article="R6412-7 al. 5",
        asks=FraudOpening,
        when=(
            results.no_fraud_procedure,
            results.something_to_refuse,
        ),
        guards=(
            results.fraud_grounds_stated,
            results.time_to_answer,
        ),
        notifies=BOTH_SIDES,
        offer=Offer.GRAVE,
    ),
    Transition(
        Act.ANSWER_FRAUD,
        at=stages.FRAUD_STAGES,
        by=CANDIDATE,
        done="Observations présentées",
        article="R6412-7 al. 5",
        asks=Reason,
        when=(results.fraud_procedure_open,),
        guards=(support.reason_given,),
        notifies=(Role.CERTIFIER,),
    ),
    Transition(
        Act.DISMISS_FRAUD,
        at=stages.FRAUD_STAGES,
        by=CERTIFIER,
        done="Procédure pour fraude classée sans suite",
        article="R6412-7 al. 5",
        asks=Reason,
        when=(results.fraud_procedure_open,),
        guards=(support.reason_given,),
        notifies=BOTH_SIDES,
    ),
    Transition(
        Act.REFUSE_FOR_FRAUD,
        at=stages.FRAUD_STAGES,
        to=Stage.FRAUD_REFUSED,
        by=CERTIFIER,
        done="Certification refusée ou retirée pour fraude",
        article="R6412-7 al. 5",
        asks=Reason,
        when=(results.fraud_was_contradictory,),
        guards=(support.reason_given,),
        clocks=STOP_EVERY_CLOCK,
        notifies=BOTH_SIDES,
        offer=Offer.GRAVE,
    ),
)
