"""The architects' space: their caseload, by what waits for them."""

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.juries.queries import hearings_to_tell
from jalon.law.stages import ARCHITECT_FILTERS
from jalon.law.vocabulary import Role
from jalon.web import saved_views
from jalon.web.access import Visit, needs
from jalon.web.architect.several_forms import FORMS
from jalon.web.asked import Space
from jalon.web.listing import journeys_page

CASELOAD = Space(
    "Mes dossiers",
    ARCHITECT_FILTERS,
    (
        "candidat",
        "qui",
        "echeance",
        "etape",
        "contact",
        "rendez-vous",
        "certification",
        "architecte",
    ),
    ("etape", "delai", "certification", "architecte", "silence", "lieu", "atelier", "groupe"),
    mine=True,
    keeps_views=True,
)


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def caseload(request: Visit) -> HttpResponseBase:
    """Show the caseload: one's own, or the whole team's; the bare address opens on a view, if one was chosen."""
    if not request.GET and (first := saved_views.opened_first(request.user)):
        return redirect(f"{reverse('architect:caseload')}?{first.query}")
    to_tell = hearings_to_tell(request.user)[:10]
    return journeys_page(
        request,
        CASELOAD,
        to_tell=to_tell,
        takes_over=True,
        acts=list(FORMS),
    )
