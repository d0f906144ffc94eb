"""The architects' space: their caseload, by what waits for them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from jalon.juries.queries import hearings_to_tell
from jalon.law.stages import ARCHITECT_FILTERS
from jalon.law.vocabulary import Role
from jalon.web.access import Visit, needs
from jalon.web.listing import journeys_page


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def caseload(request: Visit) -> HttpResponse:
    """Show the caseload: one's own, or the whole team's."""
    to_tell = hearings_to_tell(request.user)[:10]
    return journeys_page(
        request, "Mes dossiers", ARCHITECT_FILTERS, mine=True, to_tell=to_tell, takes_over=True
    )
