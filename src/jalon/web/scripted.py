"""What a script of a page sends by itself: answered in JSON, each refusal in words, never by the sign-in page."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

#: Above this, no page has counted.
MOST = 2_000_000_000


def refused(
    status: int, why: str, told: Mapping[str, Any] | None = None, *, closed: bool = False
) -> JsonResponse:
    """Return why something was not kept, and whether it never will be: its page then offers to forget it."""
    return JsonResponse(why_not(why, closed=closed) | dict(told or {}), status=status)


def why_not(why: str, *, closed: bool = False) -> dict[str, Any]:
    """Return the same as one answer among others."""
    return {"why": why, "closed": closed}


def known_sender(signed_out: str) -> Callable[[View], View]:
    """Answer in these words, not by the sign-in page, to what comes once the session is over."""

    def protect(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not request.user.is_authenticated:
                return refused(401, signed_out)
            return view(request, *args, **kwargs)

        return guarded

    return protect


def said_by(request: HttpRequest) -> dict[str, Any]:
    """Return what a script sends; raises ValueError when it is not what scripts of ours send."""
    try:
        said = json.loads(request.body) if request.content_type == "application/json" else None
    except RecursionError as folded:
        raise ValueError from folded
    if not isinstance(said, dict):
        raise ValueError
    return said


def counted(said: Any) -> int:
    """Return a whole number that a page counts with; raises ValueError."""
    if type(said) is not int or not 0 <= said < MOST:
        raise ValueError
    return said
