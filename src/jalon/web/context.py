"""What every page knows: the person's roles, and how this installation runs."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse

from jalon.law.vocabulary import Role
from jalon.mailbox.accounts import mail_is_late
from jalon.people.contact import contact
from jalon.people.policy import roles
from jalon.queue.vitals import Late, vitals
from jalon.web.comfort import chosen
from jalon.web.contact import activity_notice
from jalon.web.office.first_steps import first_steps

#: Who works with the law as it is applied.
STAFF = frozenset({Role.ARCHITECT, Role.HEAD, Role.CERTIFIER, Role.ADMINISTRATOR})

#: The list in which people look for a file, from any page.
SEARCHES = {
    "architect:caseload": frozenset({Role.ARCHITECT, Role.HEAD}),
    "certifier:inbox": frozenset({Role.CERTIFIER}),
    "office:all_files": frozenset({Role.ADMINISTRATOR}),
}


def search_at(held: frozenset[Role]) -> str:
    """Return where the words of a search are looked for by who holds some roles; nowhere for the others."""
    space = next((name for name, roles in SEARCHES.items() if held & roles), "")
    return reverse(space) if space else ""


def late_work() -> list[Late]:
    """Return what is late of the work behind the pages."""
    with connection.cursor() as cursor:
        return vitals(cursor).late()


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Return the roles of the viewer, how they read, and the name of the organisation for the frame of the page."""
    held = roles(getattr(request, "user", None))
    accompanies = bool(held & {Role.ARCHITECT, Role.HEAD})
    return {
        "demo": settings.DEMO or settings.DEV,
        "comfort": chosen(request),
        "contact": contact(),
        "contact_hours": settings.CONTACT_HOURS,
        # Asked by the pages that say so, and by no other.
        "mail_is_late": mail_is_late,
        "late_work": late_work,
        "first_steps": first_steps,
        "activity_notice": activity_notice(),
        "is_candidate": Role.CANDIDATE in held,
        "is_architect": accompanies,
        # Each page of this space sends what was noted at a visit and did not leave yet.
        "sends_visits": accompanies and request.path.startswith(reverse("architect:caseload")),
        "is_head": Role.HEAD in held,
        "is_certifier": Role.CERTIFIER in held,
        "answers_complaints": bool(held & {Role.CERTIFIER, Role.HEAD, Role.ADMINISTRATOR}),
        "is_juror": Role.JUROR in held,
        "is_staff": bool(held & STAFF),
        "search_at": search_at(held),
        "is_administrator": Role.ADMINISTRATOR in held,
        "is_office": bool(held & {Role.ADMINISTRATOR, Role.HEAD}),
    }
