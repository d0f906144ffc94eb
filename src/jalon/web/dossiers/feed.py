"""The address at which a person's own agenda reads Jalon: made, replaced and revoked by them alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jalon.law.vocabulary import Role
from jalon.mailbox import feeds
from jalon.mailbox.models import CalendarFeed
from jalon.web.access import Visit, needs


@needs(Role.CANDIDATE, Role.ARCHITECT, Role.HEAD)
def feed(request: Visit) -> HttpResponse:
    """Say whether there is an address, and how to use one; make one, shown on this answer only."""
    secret = feeds.make(request.user) if request.method == "POST" else ""
    https = feeds.address(secret) if secret else ""
    context = {
        "feed": CalendarFeed.objects.filter(person=request.user).first(),
        "address": https,
        "subscribe": https.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render(request, "dossiers/feed.html", context)


@needs(Role.CANDIDATE, Role.ARCHITECT, Role.HEAD)
@require_POST
def revoke(request: Visit) -> HttpResponse:
    """Close the address: agendas read nothing there any more."""
    feeds.revoke(request.user)
    messages.success(request, "L’adresse est supprimée. Votre agenda ne lit plus rien ici.")
    return redirect("dossiers:feed")
