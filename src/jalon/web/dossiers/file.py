"""The file of a journey as staff open it: its head, which stays on each of its tabs, and who may open one."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries
from jalon.journeys.models import Clock, Journey
from jalon.journeys.policy import capacity, follows
from jalon.journeys.queries import Position
from jalon.law.vocabulary import Act, Role
from jalon.web.access import Visit, found
from jalon.web.acts.buttons import Button, Buttons, buttons

#: The tabs: the name of each address, and what its link says.
TABS = (
    ("journey", "Résumé"),
    ("exchanges", "Échanges"),
    ("written", "Écrits"),
    ("papers", "Documents"),
    ("journal", "Journal"),
)


@dataclass(frozen=True)
class File:
    """A journey open before somebody of the staff, at one of its tabs."""

    request: Visit
    journey: Journey
    position: Position
    tab: str

    @cached_property
    def able(self) -> frozenset[Role]:
        """Return the roles in which the person may act on it."""
        return capacity(self.request.user, self.journey)

    @cached_property
    def buttons(self) -> Buttons:
        """Return the acts offered; that which notes an exchange stands in the head, and not among them."""
        offered = buttons(self.journey, self.position, self.convening)
        aside = tuple(one for one in offered.aside if one.href != self.note_address)
        return replace(offered, aside=aside)

    @property
    def convening(self) -> list[Button]:
        """Return the button that calls a candidate before a jury, an act that has a page of its own."""
        if not self.offers(Act.SCHEDULE_HEARING):
            return []
        where = reverse("certifier:convene", args=[self.journey.pk])
        return [Button("Convoquer devant un jury", where)]

    def offers(self, act: Act) -> bool:
        """Say whether an act is offered to the person now."""
        return any(transition.act == act for transition in self.position.acts)

    @property
    def note(self) -> str:
        """Return the page that notes a call or a meeting; nothing for whoever may not."""
        return self.note_address if self.offers(Act.RECORD_CONTACT) else ""

    @property
    def note_address(self) -> str:
        """Return the page that notes a call or a meeting."""
        return reverse("dossiers:act", args=[self.journey.pk, Act.RECORD_CONTACT.value])

    @property
    def limit(self) -> Clock | None:
        """Return the delay that matters most: the longest late, else the nearest."""
        return next(iter(self.position.open_clocks), None)

    @property
    def phone(self) -> str:
        """Return the telephone of the candidate, that of their file first."""
        profile = getattr(self.journey.candidate, "candidate_profile", None)
        told: str = (profile and profile.phone) or self.journey.candidate.phone
        return told

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Return each tab: its address, what it says, and whether it is open."""
        return [
            (reverse(f"dossiers:{name}", args=[self.journey.pk]), label, name == self.tab)
            for name, label in TABS
        ]


Tab = Callable[[File], dict[str, Any]]
View = Callable[[Visit, uuid.UUID], HttpResponse]


def tab(name: str, looked_at: str) -> Callable[[Tab], View]:
    """Make a page of what a tab shows: for staff; a candidate and a juror are led to their own pages."""

    def page_of(shown: Tab) -> View:
        @login_required
        @require_safe
        @wraps(shown)
        def page(request: Visit, id: uuid.UUID) -> HttpResponse:
            journey = found(request, id, looked_at)
            if journey.candidate_id == request.user.pk:
                return redirect("candidate:journey", journey.pk)
            if not follows(request.user, journey):
                return redirect("juror:home")
            file = File(request, journey, queries.position(request.user, journey), name)
            context = {"file": file, "journey": journey, "buttons": file.buttons} | shown(file)
            return render(request, f"dossiers/{name}.html", context)

        return page

    return page_of
