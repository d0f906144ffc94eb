"""« Mes données »: what a candidate may know, take away, correct or have erased (R-122, R-124)."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.journeys import copies, retention
from jalon.journeys.models import DataCopy
from jalon.law.retention import signed_in_lately
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Role
from jalon.now import now
from jalon.web import errors, form_actions
from jalon.web.access import Visit, needs

SIGNED_IN_AT = "signed_in_at"


@receiver(user_logged_in)
def note_the_hour(request: HttpRequest, **signal: Any) -> None:
    """Keep in the session when its person proved who they are."""
    request.session[SIGNED_IN_AT] = now().isoformat()


def stale(request: Visit) -> Refusal | None:
    """Return why this session may not take everything away, if it is not fresh enough."""
    kept = request.session.get(SIGNED_IN_AT)
    return signed_in_lately(datetime.fromisoformat(kept) if kept else None, now())


@needs(Role.CANDIDATE)
@require_safe
def data(request: Visit) -> HttpResponse:
    """Show what a person may do about what is held on them."""
    own = DataCopy.objects.filter(person=request.user)
    context = {
        "outlooks": retention.of_candidate(request.user),
        "under_way": own.under_way().first(),
        "ready": list(own.available()),
    }
    return render(request, "candidate/data.html", context)


@needs(Role.CANDIDATE)
@require_POST
def ask_copy(request: Visit) -> HttpResponse:
    """Ask for a copy of everything held about oneself."""
    if form_actions.attempt(request, lambda: copies.ask(request.user)):
        messages.success(
            request, "C’est demandé. Un courriel vous dira quand votre copie sera prête."
        )
    return redirect("candidate:data")


@needs(Role.CANDIDATE)
@require_safe
def copy(request: Visit, id: uuid.UUID) -> HttpResponseBase:
    """Give a copy to its person alone, or ask them to sign in again first."""
    wanted = get_object_or_404(DataCopy.objects.available(), pk=id, person=request.user)
    if refusal := stale(request):
        return render(request, "candidate/sign_in_again.html", {"refusal": refusal}, status=409)
    try:
        content = wanted.file.open("rb")
    except FileNotFoundError:
        return errors.lost_file(request, str(wanted.file.name))
    DataCopy.objects.filter(pk=wanted.pk).update(taken_at=now())
    response = FileResponse(
        content,
        as_attachment=True,
        filename="mes-donnees-jalon.zip",
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needs(Role.CANDIDATE)
@require_POST
def sign_in_again(request: Visit) -> HttpResponse:
    """Close the session: « Mes données » asks to sign in, and is shown again afterwards."""
    logout(request)
    return redirect("candidate:data")
