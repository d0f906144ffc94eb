"""Staff hold a second factor before they see anything else; a closed session loses no text."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from jalon.law.vocabulary import Role
from jalon.now import now
from jalon.people.models import User
from jalon.people.policy import as_candidate, memberships, roles
from jalon.web.errors import form_expired

#: Where a person without a second factor may still go: to set one up, or to leave.
OPEN_TO_ALL = ("/compte/", "/static/", "/healthz", "/demo/")


class StaffSecondFactor:
    """Lets staff work only in a session that proved their second factor; sends the others to set it up.

    Who signed in with a mailed code has their own file, and nothing of their work, in that session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or send the person to set up their second factor, or to sign in with it."""
        person = request.user
        if settings.SECOND_FACTOR_FOR_STAFF and person.is_authenticated and memberships(person):
            if proved(request):
                if work_is_over(request):
                    return signed_out(request)
            elif is_mfa_enabled(person):
                return signed_out(request)
            elif by_code_alone(request) and Role.CANDIDATE in roles(person):
                as_candidate(person)
            elif not request.path.startswith(OPEN_TO_ALL):
                return redirect("mfa_index")
        return self.get_response(request)


#: How long staff work in one session, and for how long they may leave it untouched, in seconds.
LONGEST, IDLE = 12 * 60 * 60, 30 * 60
#: How often a session notes that somebody is there.
NOTED_EVERY = 60


def work_is_over(request: HttpRequest) -> bool:
    """Say whether a session of staff lasted too long, or was left; otherwise note that they are there."""
    at = now().timestamp()
    since, seen = request.session.get("at_work", (at, 0))
    if at - since > LONGEST or (seen and at - seen > IDLE):
        return True
    if at - seen > NOTED_EVERY:
        request.session["at_work"] = (since, at)
    return False


def proved(request: HttpRequest) -> bool:
    """Say whether this very session proved a second factor."""
    return any(one["method"] == "mfa" for one in records(request))


def by_code_alone(request: HttpRequest) -> bool:
    """Say whether this session was opened with a mailed code, and no password since."""
    methods = {one["method"] for one in records(request)}
    return "code" in methods and "password" not in methods


def records(request: HttpRequest) -> list[dict[str, Any]]:
    """Return how the person proved who they are in this session, as the library keeps it."""
    found: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return found


def signed_out(request: HttpRequest) -> HttpResponse:
    """End a session that is over, or never proved the second factor; its person signs in again."""
    back = request.get_full_path() if request.method == "GET" else "/"
    logout(request)
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


@receiver(authenticator_added)
def first_factor_proved(
    request: HttpRequest, user: User, authenticator: Authenticator, **signal: Any
) -> None:
    """Hold a session as proved once it sets up the first factor, and end the others of that person."""
    codes = Authenticator.Type.RECOVERY_CODES
    others = Authenticator.objects.filter(user=user).exclude(type=codes)
    if authenticator.type == codes or others.exclude(pk=authenticator.pk).exists():
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    here = request.session.session_key
    for session in UserSession.objects.purge_and_list(user):
        if session.session_key != here:
            session.end()


class PrivatePages:
    """Keeps what somebody signed in reads or writes out of what a shared computer remembers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the Back button shows nothing of it once the person has left."""
        known = request.user.is_authenticated
        response = self.get_response(request)
        if known or request.user.is_authenticated or request.method == "POST":
            response["Cache-Control"] = "private, no-store"
        return response


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
