"""Temporary: what the rows of the table and the one door are about to say and do themselves.

`offer_of(row)`, `is_dangerous(row)` and `is_worth_a_button(row, …)` become `row.offer`, `row.danger`
and `row.when`; `act()` becomes `journeys.actions.act()`. This module then goes.
"""

import uuid
from collections.abc import Callable
from enum import Enum

from jalon.journeys import actions
from jalon.law.case import Case
from jalon.law.facts import Facts
from jalon.law.lifecycle import Transition
from jalon.law.vocabulary import Act
from jalon.people.models import User
from jalon.support import actions as support


class Offer(Enum):
    """How an act is put before the people who may do it."""

    MAIN = "main"  #: what goes on: the first button
    ASIDE = "aside"  #: turns back, or adds a note: after the one that goes on
    QUIET = "quiet"  #: seldom wanted: at the bottom of the page
    WITHIN = "within"  #: done inside a page of its own, beside what it is about


BY_OFFER = {
    Offer.ASIDE: (
        Act.DECLARE_INCOMPLETE,
        Act.RETURN_VALIDATION,
        Act.RECORD_CONTACT,
        Act.REVOKE_DECISION,
        Act.OPEN_FRAUD,
        Act.REFUSE_FOR_FRAUD,
        Act.REORIENT,
        Act.ARCHIVE,
    ),
    Offer.QUIET: (
        Act.DROP_OUT,
        Act.REQUEST_EXTRA_FILING,
        Act.RECORD_GIP_NOTICE,
        Act.PURSUE_PLAN_B,
        Act.GIVE_MANDATE,
    ),
    Offer.WITHIN: (
        Act.CONFIRM_FEASIBILITY,
        Act.SIGN_ORIGINALITY,
        Act.SCHEDULE_HEARING,
        Act.POSTPONE_HEARING,
        Act.RECORD_ABSENCE,
        Act.RECORD_DELIBERATION,
    ),
}
DANGER = (Act.DROP_OUT, Act.REFUSE_FOR_FRAUD, Act.CONFIRM_LAPSE, Act.ARCHIVE)


def offer_of(transition: Transition) -> Offer:
    """Return how an act is offered."""
    return next((offer for offer, acts in BY_OFFER.items() if transition.act in acts), Offer.MAIN)


def is_dangerous(transition: Transition) -> bool:
    """Say whether an act ends a journey, or what it gave."""
    return transition.act in DANGER


def is_worth_a_button(transition: Transition, case: Case, *, documents_issued: bool) -> bool:
    """Say whether the candidate is shown an act: sending waits for its signature, asking is done once."""
    if transition.act == Act.REQUEST_DOCUMENTS:
        return not documents_issued and case.documents_requested_on is None
    if transition.act == Act.SEND_FEASIBILITY:
        return case.feasibility.sworn_on is not None
    if transition.act == Act.SEND_VALIDATION:
        return case.validation.originality_on is not None
    return True


#: Acts that keep rows of their own beside the journey go through their room.
ROOMS: dict[Act, Callable[..., object]] = {
    Act.HOLD_FIRST_MEETING: support.hold_first_meeting,
    Act.PROPOSE_PATH: support.propose_path,
    Act.HOLD_POST_JURY: support.hold_post_jury,
}


def act(
    journey_id: uuid.UUID, name: Act, *, by: User, facts: Facts, seen: int | None = None
) -> object:
    """Do an act through its room, or through the one door; raises `Refused`."""
    if room := ROOMS.get(name):
        return room(journey_id, by, facts, seen=seen)
    return actions.act(journey_id, name, by=by, facts=facts, seen=seen)
