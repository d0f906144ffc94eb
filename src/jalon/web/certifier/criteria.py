"""What a jury looks at, competence by competence: the certifier writes it (R-072)."""

from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.catalogue.models import Certification
from jalon.juries import actions
from jalon.law.vocabulary import Role
from jalon.people.policy import organisations
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.certifier.forms import CriteriaForm


@needs(Role.CERTIFIER)
@require_safe
def sheets(request: Visit) -> HttpResponse:
    """List the certifications that the person delivers, and how many competences lack criteria."""
    own = organisations(request.user, Role.CERTIFIER)
    lacking = Count(
        "every_bloc__competences",
        filter=Q(every_bloc__competences__criteria=None, every_bloc__version=F("version")),
        distinct=True,
    )
    found = Certification.objects.filter(certifying__organisation__in=own).distinct()
    return render(request, "certifier/criteria.html", {"sheets": found.annotate(lacking=lacking)})


@needs(Role.CERTIFIER)
def criteria(request: Visit, code: str) -> HttpResponse:
    """Write the criteria of a certification."""
    certification = get_object_or_404(Certification, code=code)
    if not actions.may_write_criteria(request.user, certification):
        raise Http404
    form = CriteriaForm(request.POST or None, certification=certification)
    if form_actions.submit(
        request,
        form,
        lambda: actions.write_criteria(request.user, certification, form.criteria()),
    ):
        messages.success(request, "Les critères sont enregistrés : les jurys à venir les lisent.")
        return redirect("certifier:criteria")
    return form_actions.render_form(
        request,
        form,
        title=f"Critères : {certification.title}",
        lead="Un critère par ligne. Les constats déjà écrits par un jury gardent les critères de leur jour.",
        back=reverse("certifier:criteria"),
    )
