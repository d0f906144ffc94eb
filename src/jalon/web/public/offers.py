"""The roles that were offered to a person, who accepts or declines each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jalon.people import actions, queries
from jalon.people.models import Membership
from jalon.web.access import Visit
from jalon.web.invitations import tell


@login_required
@require_safe
def offers(request: Visit) -> HttpResponse:
    """Show the roles that wait for the person's answer, and what accepting changes."""
    return render(request, "public/offers.html", {"offers": queries.offers(request.user)})


@login_required
@require_POST
def answer(request: Visit, number: int) -> HttpResponse:
    """Accept or decline one of them."""
    accepts = request.POST.get("answer") == "accept"
    try:
        membership = actions.answer_offer(request.user, number, accepts=accepts)
    except Membership.DoesNotExist as unknown:
        raise Http404 from unknown
    if accepts:
        messages.success(request, f"C’est noté : le rôle est à vous.{told(request, membership)}")
    else:
        messages.success(request, "C’est noté : rien ne change pour vous.")
    return redirect("public:offers")


def told(request: Visit, membership: Membership) -> str:
    """Send who has no password the link to choose one; return what to say of it."""
    sent = tell(request, membership)
    return " Ouvrez le courriel que vous recevez pour choisir votre mot de passe." if sent else ""
