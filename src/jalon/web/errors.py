"""The pages for what went wrong: plain words, what to do, and a reference when it is our fault."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_REFERER, REASON_INSECURE_REFERER
from django.shortcuts import render
from django.template.loader import render_to_string

from jalon.people.contact import contact

#: A form that was not on a page of this site.
FROM_ELSEWHERE = (REASON_BAD_REFERER, REASON_INSECURE_REFERER)

logger = logging.getLogger("jalon.errors")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


#: What is never given back on a page: secrets, and what the page makes anew.
KEPT_BACK = ("csrfmiddlewaretoken", "password", "code", "otp")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, when a form comes without its cookie: what was typed is given back, to be sent again.

    A form that another site sends is shown but not offered to be sent.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(secret in name for secret in KEPT_BACK)
    ]
    account = request.path.startswith("/compte/")
    context = {
        "typed": [] if account else typed,
        "address": request.get_full_path(),
        "own": reason not in FROM_ELSEWHERE and not reason.startswith("Origin checking failed"),
        "files": bool(request.FILES),
    }
    return render(request, "errors/form_expired.html", context, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: also what a person gets for a file they may not see."""
    return render(request, "errors/404.html", status=404)


def lost_file(request: HttpRequest, path: str) -> HttpResponse:
    """404 for a file that is known and is not on the disk: with a reference that the log knows too."""
    reference = secrets.token_hex(4).upper()
    logger.error("error %s: the file %s is not on the disk", reference, path)
    return render(request, "errors/lost_file.html", {"reference": reference}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: with a reference that the log knows too; asks nothing of a database that may be down."""
    reference = secrets.token_hex(4).upper()
    logger.error(
        "error %s on %s", reference, request.resolver_match and request.resolver_match.view_name
    )
    page = render_to_string("errors/500.html", {"reference": reference, "contact": contact()})
    return HttpResponse(page, status=500)
