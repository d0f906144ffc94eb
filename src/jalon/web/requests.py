"""Each request has a reference; how it was answered is said in one line, and counted."""

import logging
import re
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram

from jalon.logs import situation
from jalon.logs.private import scrubbed
from jalon.logs.situation import Asked, answering, drawn

logger = logging.getLogger("jalon.requests")

#: A reference that another program gave, and that may be taken as it is.
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
#: What is asked too often, or by programs only, to be told.
UNTOLD = ("/static/", "/healthz", "/metrics")
#: No address of ours is longer.
LONGEST_PATH = 300

#: What one process counted. Several processes of the pages count in files that they share.
COUNTED = CollectorRegistry()
answered = Histogram(
    "jalon_request_seconds",
    "How long pages took, by the name of the page and the class of the answer.",
    ("view", "status"),
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
    registry=COUNTED,
)


class Referenced:
    """Gives a request its reference, says it in the answer, and tells how and how fast it was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the reference in `X-Request-ID`."""
        began = perf_counter()
        with answering(Asked(given(request) or drawn())) as asked:
            response = self.get_response(request)
            response["X-Request-ID"] = asked.reference
            if not request.path.startswith(UNTOLD):
                tell(request, response, perf_counter() - began)
        return response


class Known:
    """Has the log say who sent a request, by their number. Stands where the person is known already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if asked := situation.request.get():
            asked.person = request.user.pk
        return self.get_response(request)


def given(request: HttpRequest) -> str:
    """Return the reference that a program in front gave to a request, if it is one."""
    said = request.headers.get("X-Request-ID", "")
    return said if GIVEN.fullmatch(said) else ""


def tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Log and count an answer: the address without what was searched, and the name of its page."""
    found = request.resolver_match
    view = found.view_name if found else ""
    answered.labels(view, f"{response.status_code // 100}xx").observe(seconds)
    said = {
        "method": request.method,
        "path": scrubbed(request.path)[:LONGEST_PATH],
        "view": view,
        "status": response.status_code,
        "ms": round(seconds * 1000),
    }
    logger.info("answered", extra={"answered": said})
