"""The demonstration: become any of its people, and read the e-mails it would have sent."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from jalon.journeys.models import Journey
from jalon.law.vocabulary import Stage
from jalon.mailbox.models import RecordedMail
from jalon.people.models import Membership, User
from jalon.web.fields import whole_number

#: The stages of which the page offers a candidate.
SHOWN = (
    Stage.REGISTERED,
    Stage.PATH_PROPOSED,
    Stage.PATH_ACCEPTED,
    Stage.FEASIBILITY_INCOMPLETE,
    Stage.FEASIBILITY_COMPLETE,
    Stage.ADMISSIBLE,
    Stage.JURY_SCHEDULED,
    Stage.PARTIALLY_CERTIFIED,
    Stage.CERTIFIED,
)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Offer to become someone; only people at exemple.fr, only from this machine."""
    if request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1", "", None):
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(
            User,
            pk=whole_number(request.POST.get("person", "")),
            email__endswith="@exemple.fr",
        )
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        UserSession.objects.create_from_request(request)
        return redirect("public:after_sign_in")
    candidates = []
    for stage in SHOWN:
        journey = (
            Journey.objects.filter(stage=stage)
            .select_related("candidate")
            .order_by("-stage_since")
            .first()
        )
        if journey:
            candidates.append((stage, journey.candidate))
    staff = (
        Membership.objects.living()
        .filter(user__email__endswith="@exemple.fr")
        .select_related("user", "organisation")
        .order_by("role", "pk")
    )
    return render(request, "demo/sign_in.html", {"candidates": candidates, "staff": staff})


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Show every e-mail that would have been sent."""
    page = Paginator(RecordedMail.objects.all(), 25).get_page(request.GET.get("page"))
    return render(request, "demo/mails.html", {"page": page})
