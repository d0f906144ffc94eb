"""Staff must hold a second factor before they see anything else."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.people.policy import memberships

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
