"""The page on which everybody settles how they read: each button is done at once, and shows on the page itself."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from jalon.web.comfort import SETTINGS, chosen, keep, known


@require_http_methods(["GET", "HEAD", "POST"])
def comfort(request: HttpRequest) -> HttpResponse:
    """Show each setting with its choices; keep the one that was pressed, and show the page again."""
    if request.method == "POST":
        return settled(request)
    kept = chosen(request)
    rows = [(one, kept.get(one.name, one.choices[0].value)) for one in SETTINGS]
    context = {"settings": rows, "changed": bool(kept), "back": read_before(request)}
    return render(request, "public/comfort.html", context)


def settled(request: HttpRequest) -> HttpResponse:
    """Keep what was pressed, and come back to where it stands on the page."""
    said = request.POST.dict()
    pressed = next((one.name for one in SETTINGS if one.name in said), "")
    choices = {} if "reset" in said else known(chosen(request) | said)
    back = read_before(request)
    asked = f"?{urlencode({'retour': back})}" if back else ""
    response = redirect(f"{reverse('public:comfort')}{asked}{'#' * bool(pressed)}{pressed}")
    keep(response, choices)
    return response


def read_before(request: HttpRequest) -> str:
    """Return the page of ours from which somebody came; empty for none."""
    asked = request.POST.get("retour") or request.GET.get("retour")
    said = asked or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}):
        return ""
    parts = urlsplit(said)
    back = f"{parts.path}?{parts.query}" if parts.query else parts.path
    # The way of an address of ours may itself look like another site.
    ours = parts.path.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    return back if ours and parts.path != reverse("public:comfort") else ""
