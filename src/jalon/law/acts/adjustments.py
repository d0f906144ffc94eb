"""Adjustments: asked for any step of a living journey, answered by whoever holds it, taken back."""

from jalon.law import adjustments, stages
from jalon.law.facts import (
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
)
from jalon.law.transitions import ARCHITECT, CANDIDATE, CERTIFIER, Offer, Transition
from jalon.law.vocabulary import Act, Role

ARTICLE = "Qualiopi, indicateur 26"
WHO_ANSWERS = "Seulement la personne qui répond pour cette étape, par un avis et un courriel."

ROWS = (
    Transition(
        Act.ASK_ADJUSTMENT,
        at=stages.UNDER_WAY,
        by=CANDIDATE,
        done="Aménagement demandé",
        article=ARTICLE,
        asks=AdjustmentRequest,
        guards=(
            adjustments.need_said,
            adjustments.somebody_holds_the_step,
            adjustments.jury_to_come,
        ),
        taken_back=Act.WITHDRAW_ADJUSTMENT,
        offer=Offer.QUIET,
        confidential=True,
        tells=WHO_ANSWERS,
    ),
    Transition(
        Act.ANSWER_ADJUSTMENT,
        at=stages.UNDER_WAY,
        by=CERTIFIER | ARCHITECT,
        done="Réponse à une demande d’aménagement",
        article=ARTICLE,
        asks=AdjustmentAnswer,
        when=(adjustments.adjustment_waits,),
        guards=(
            adjustments.answers_a_request,
            adjustments.answer_said,
        ),
        notifies=(Role.CANDIDATE,),
        offer=Offer.ASIDE,
        confidential=True,
    ),
    Transition(
        Act.SHARE_ADJUSTMENT,
        at=stages.UNDER_WAY,
        by=CANDIDATE,
        done="Choix de ce que le jury sait d’un aménagement",
        article="Code du travail, R6411-4 II",
        asks=AdjustmentSharing,
        when=(adjustments.something_to_share,),
        guards=(adjustments.shares_a_request,),
        taken_back=Act.SHARE_ADJUSTMENT,
        offer=Offer.QUIET,
        confidential=True,
        tells=WHO_ANSWERS,
    ),
    Transition(
        Act.WITHDRAW_ADJUSTMENT,
        at=stages.UNDER_WAY,
        by=CANDIDATE,
        done="Demande d’aménagement retirée",
        article="Code du travail, R6411-4 II",
        asks=AdjustmentWithdrawal,
        when=(adjustments.something_asked,),
        guards=(adjustments.takes_back_a_request,),
        offer=Offer.QUIET,
        confidential=True,
        tells=WHO_ANSWERS,
    ),
)
