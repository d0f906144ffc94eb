"""The certifier's pool of jurors: who may sit, for what, on whose side."""

import re
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.juries import actions, queries
from jalon.law.calendar import half_year
from jalon.law.vocabulary import Role
from jalon.now import today
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.certifier.forms import JurorForm
from jalon.web.invitations import tell


@needs(Role.CERTIFIER)
@require_safe
def members(request: Visit) -> HttpResponse:
    """List the members who may sit."""
    page = Paginator(queries.jurors(request.user), 50).get_page(request.GET.get("page"))
    asked = queries.asked_to_sit(request.user)
    return render(request, "certifier/jurors.html", {"page": page, "asked": asked})


@needs(Role.CERTIFIER)
@require_safe
def participations(request: Visit) -> HttpResponse:
    """Show who sat in a half of the year, for the attestation that its end asks for (R-068)."""
    asked = request.GET.get("jusqu_au", "")
    known = re.fullmatch(r"20\d{2}-(06-30|12-31)", asked)
    since, until = half_year(date.fromisoformat(asked) if known else today())
    found = queries.participations(request.user, since, until)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "since": since,
        "until": until,
        "before": half_year(since - timedelta(days=1))[1],
        "query": f"jusqu_au={until.isoformat()}&",
    }
    return render(request, "certifier/participations.html", shown)


@needs(Role.CERTIFIER)
def member(request: Visit, number: int | None = None) -> HttpResponse:
    """Enrol a member, or change what is known of one."""
    kept = get_object_or_404(queries.jurors(request.user), pk=number) if number else None
    form = JurorForm(request.POST or None, instance=kept)

    enrolled = form_actions.submit(
        request, form, lambda: actions.enrol(request.user, form.person(), form.known(), kept)
    )
    if enrolled:
        asked = enrolled.value.user.memberships.filter(role=Role.JUROR)
        told = "" if kept else tell(request, asked.latest("pk"))
        messages.success(request, f"C’est enregistré.{told}")
        return redirect("certifier:jurors")
    return form_actions.render_form(
        request,
        form,
        "certifier/juror.html",
        juror=kept,
        back=reverse("certifier:jurors"),
        title=kept.user.get_full_name() if kept else "Nouveau membre de jury",
    )


@needs(Role.CERTIFIER)
@require_POST
def retire(request: Visit, number: int) -> HttpResponse:
    """Take a member out of the pool."""
    kept = get_object_or_404(queries.jurors(request.user), pk=number)
    actions.retire(request.user, kept)
    messages.success(request, f"{kept} ne siégera plus. Ce qui est signé reste.")
    return redirect("certifier:jurors")
