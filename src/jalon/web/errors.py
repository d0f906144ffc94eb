"""The pages for what went wrong: plain words, what to do, and a reference when it is our fault."""

import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import (
    REASON_BAD_REFERER,
    REASON_INSECURE_REFERER,
    CsrfViewMiddleware,
    get_token,
)
from django.shortcuts import render
from django.template.loader import render_to_string

from jalon.logs.situation import reference as current_reference
from jalon.people.contact import contact, contact_in_memory

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
    context = {
        "typed": typed_in(request),
        "address": request.get_full_path(),
        "own": reason not in FROM_ELSEWHERE and not reason.startswith("Origin checking failed"),
        "files": bool(request.FILES),
    }
    return render(request, "errors/form_expired.html", context, status=403)


def typed_in(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return what may be given back of a form: nothing of a page where one proves who one is."""
    if request.path.startswith("/compte/"):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(secret in name for secret in KEPT_BACK)
    ]


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: also what a person gets for a file they may not see."""
    return render(request, "errors/404.html", status=404)


def lost_file(request: HttpRequest, path: str) -> HttpResponse:
    """404 for a file that is known and is not on the disk: with a reference that the log knows too."""
    reference = current_reference()
    logger.error("error %s: the file %s is not on the disk", reference, path)
    return render(request, "errors/lost_file.html", {"reference": reference}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: with a reference that the log knows too; 503 when the database is away or too slow."""
    if database_is_away(sys.exception()):
        return unavailable(request)
    reference = current_reference()
    logger.error(
        "error %s on %s", reference, request.resolver_match and request.resolver_match.view_name
    )
    page = render_to_string("errors/500.html", {"reference": reference, "contact": contact()})
    return HttpResponse(page, status=500)


#: After how many seconds a page that the database could not give is worth asking again.
AGAIN_AFTER = 60


def database_is_away(failure: BaseException | None) -> bool:
    """Say whether a failure comes from a database that is gone, full of people, or took too long."""
    while failure is not None:
        if isinstance(failure, OperationalError | InterfaceError):
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: what was typed is given back, to be sent again; asks nothing of the database."""
    logger.error("the database did not answer %s", request.path)
    typed = typed_in(request)
    context = {
        "typed": typed,
        "token": get_token(request) if typed and sent_from_here(request) else "",
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "contact": contact_in_memory(),
    }
    page = render_to_string("errors/503.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(AGAIN_AFTER)})


class OwnForms(CsrfViewMiddleware):
    """Django's own check that a form comes from this site, without the page that says that it does not."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def sent_from_here(request: HttpRequest) -> bool:
    """Say whether a form comes from a page of this site: only then is it offered to be sent again."""
    check = OwnForms(lambda _: HttpResponse())
    check.process_request(request)
    return check.process_view(request, unavailable, (), {}) is None
