"""The pages for what went wrong: plain words, what to do, and a reference when it is our fault."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from jalon.people.contact import contact

logger = logging.getLogger("jalon.errors")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: also what a person gets for a file they may not see."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: with a reference that the log knows too; asks nothing of a database that may be down."""
    reference = secrets.token_hex(4).upper()
    logger.error(
        "error %s on %s", reference, request.resolver_match and request.resolver_match.view_name
    )
    page = render_to_string("errors/500.html", {"reference": reference, "contact": contact()})
    return HttpResponse(page, status=500)
