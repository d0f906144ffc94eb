"""Who may open a page: signed in, and in the right capacity; others are told nothing exists."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from jalon.law.vocabulary import Role
from jalon.people.models import User
from jalon.people.policy import roles


class Visit(HttpRequest):
    """A request from somebody who signed in; only for the type checker to know it."""

    user: User


View = Callable[..., HttpResponse]


def needs(*wanted: Role) -> Callable[[View], View]:
    """Open a view to the people who hold one of these roles."""

    def protect(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
            if not roles(request.user) & set(wanted):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return protect
