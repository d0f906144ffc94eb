"""Keeping data from being erased, while a dispute needs them."""

from jalon.law import retention, support
from jalon.law.facts import Reason
from jalon.law.transitions import ADMINISTRATOR, HEAD, Offer, Transition
from jalon.law.vocabulary import Act, Role, Stage

ROWS = (
    Transition(
        Act.HOLD_DATA,
        at=frozenset(Stage),
        by=HEAD | ADMINISTRATOR,
        done="Effacement des données suspendu",
        article="R6411-6",
        asks=Reason,
        when=(retention.not_held,),
        guards=(support.reason_given,),
        notifies=(Role.CANDIDATE,),
        offer=Offer.QUIET,
    ),
    Transition(
        Act.RELEASE_DATA,
        at=frozenset(Stage),
        by=HEAD | ADMINISTRATOR,
        done="Effacement des données rétabli",
        article="R6411-6",
        asks=Reason,
        when=(retention.held,),
        guards=(support.reason_given,),
        notifies=(Role.CANDIDATE,),
        offer=Offer.QUIET,
    ),
)
