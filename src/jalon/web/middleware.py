"""Staff hold a second factor before they see anything else; a closed session loses no text."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from jalon.people.policy import memberships
from jalon.web.errors import form_expired

#: Where a person without a second factor may still go: to set one up, or to leave.
OPEN_TO_ALL = ("/compte/", "/static/", "/healthz", "/demo/")


class StaffSecondFactor:
    """Sends staff without a second factor to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or send the person to set up their second factor."""
        if (
            settings.SECOND_FACTOR_FOR_STAFF
            and request.user.is_authenticated
            and not request.path.startswith(OPEN_TO_ALL)
            and memberships(request.user)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)


class SignedOutForm:
    """Gives back what was typed in a form that is sent once the session is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; instead of the sign-in page, which would lose the text, show it to be sent again."""
        response = self.get_response(request)
        if request.method == "POST" and not request.user.is_authenticated and asks_who(response):
            return form_expired(request)
        return response


def asks_who(response: HttpResponse) -> bool:
    """Say whether an answer sends to the sign-in page somebody whom a page asked to be known."""
    to = urlsplit(response.get("Location", ""))
    return to.path == resolve_url(settings.LOGIN_URL) and "next=" in to.query
