"""The register of complaints, for who has to answer them (R-130)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jalon.journeys import queries
from jalon.journeys.rights import record_list
from jalon.law.vocabulary import Role
from jalon.web.access import Visit, needs

ROWS = 25


@needs(Role.CERTIFIER, Role.HEAD)
@require_safe
def register(request: Visit) -> HttpResponse:
    """List the complaints addressed to the viewer's organisation, the latest first."""
    page = Paginator(queries.complaints(request.user), ROWS).get_page(request.GET.get("page"))
    record_list(request.user, "Registre des réclamations", len(page.object_list))
    return render(request, "dossiers/complaints.html", {"page": page})
