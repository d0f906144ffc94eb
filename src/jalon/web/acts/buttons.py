"""What may be done to a journey, put in the order of the table: what goes on, what is aside, what is grave."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from jalon.journeys.models import Journey
from jalon.journeys.queries import Position
from jalon.law.guidance import REQUESTS
from jalon.law.transitions import Offer, Transition
from jalon.law.vocabulary import Role
from jalon.web.templatetags.jalon import lower_first


@dataclass(frozen=True)
class Button:
    """What a button says, where it leads, and in a line what that brings about."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Blocked:
    """What would go on, and why it cannot yet."""

    label: str
    why: str


@dataclass(frozen=True)
class Buttons:
    """The acts offered to somebody: one goes on, the others come after, grave ones are folded away."""

    main: tuple[Button, ...]
    aside: tuple[Button, ...]
    quiet: tuple[Button, ...]
    grave: tuple[Button, ...]
    blocked: tuple[Blocked, ...]

    @property
    def awaited(self) -> bool:
        """Say whether something is waited for from this person."""
        return bool(self.main)


def buttons(journey: Journey, position: Position, first: Iterable[Button] = ()) -> Buttons:
    """Return the buttons of a page; `first` are those of acts that have a page of their own."""
    own = [
        (row.offered_as(position.case), act_button(journey, row, position)) for row in position.acts
    ]
    blocked = tuple(Blocked(row.act.label, refusal.why) for row, refusal in position.blocked)
    return grouped([*((Offer.MAIN, button) for button in first), *own], blocked)


def report_buttons(journey: Journey, position: Position) -> Buttons:
    """Return the buttons by which somebody writes down what is done outside."""
    return grouped(
        [
            (row.offer, Button(f"Noter : {lower_first(row.done)}", address_of(journey, row)))
            for row in position.reports
        ]
    )


def grouped(offered: Iterable[tuple[Offer, Button]], blocked: tuple[Blocked, ...] = ()) -> Buttons:
    """Return buttons by the way in which they are offered, in their order."""
    found: dict[Offer, list[Button]] = {offer: [] for offer in Offer}
    for offer, button in offered:
        found[offer].append(button)
    return Buttons(
        main=tuple(found[Offer.MAIN]),
        aside=tuple(found[Offer.ASIDE]),
        quiet=tuple(found[Offer.QUIET]),
        grave=tuple(found[Offer.GRAVE]),
        blocked=blocked,
    )


def address_of(journey: Journey, transition: Transition) -> str:
    """Return the page of an act of the table."""
    return reverse("dossiers:act", args=[journey.pk, transition.act.value])


def act_button(journey: Journey, transition: Transition, position: Position) -> Button:
    """Return the button of an act of the table."""
    address = address_of(journey, transition)
    mine = position.case.actor == Role.CANDIDATE
    note = REQUESTS.get(transition.act, "") if mine else ""
    return Button(transition.button(position.case), address, note)
