"""Who may open a page: signed in, and in the right capacity; others are told nothing exists."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from jalon.journeys import queries
from jalon.journeys.models import Journey
from jalon.journeys.policy import follows
from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import roles


class Visit(HttpRequest):
    """A request from somebody who signed in; only for the type checker to know it."""

    user: User


View = Callable[..., HttpResponseBase]


def needs(*wanted: Role) -> Callable[[View], View]:
    """Open a view to the people who hold one of these roles."""

    def protect(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: Visit, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not roles(request.user) & set(wanted):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return protect


def found(request: Visit, id: uuid.UUID, what: str) -> Journey:
    """Return a journey the person may see, or a 404 that says nothing; the look is recorded."""
    try:
        return queries.journey(request.user, id, what=what)
    except Journey.DoesNotExist as unknown:
        raise Http404 from unknown


def followed(request: Visit, id: uuid.UUID, what: str) -> Journey:
    """Return a journey the person reads whole, or a 404: a juror reads only what is for the jury."""
    journey = found(request, id, what)
    if not follows(request.user, journey):
        raise Http404
    return journey
