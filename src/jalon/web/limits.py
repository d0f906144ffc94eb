"""How large what people send may be, looked at before any of it is read, and from which network."""

from collections.abc import Callable

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from jalon.law.vocabulary import Role
from jalon.people.policy import roles

#: What a form takes beside its file.
FIELDS = 1024 * 1024
#: The archive of the whole register, with room to grow; unpacked, it is larger.
WHOLE_REGISTER = 300 * 1024 * 1024
#: How many figures of an announced size are read: more would be terabytes.
FIGURES = 15
#: Where an administrator sends the whole national register.
REGISTER = "/gestion/catalogue/"


class BodyLimit:
    """Refuses what is larger than a form and a file; from who is not signed in, larger than a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse by what the request says of its own size."""
        announced = request.META.get("CONTENT_LENGTH") or ""
        size = int(announced[:FIGURES]) if announced.isdecimal() else 0
        if size > FIELDS and too_large(request, size):
            whole = sends_the_register(request)
            return render(request, "errors/413.html", {"register": whole}, status=413)
        return self.get_response(request)


def too_large(request: HttpRequest, size: int) -> bool:
    """Say whether a person may not send so many bytes there."""
    if not request.user.is_authenticated:
        return True
    limit = WHOLE_REGISTER if sends_the_register(request) else settings.UPLOAD_LIMIT
    return size > limit + FIELDS


def sends_the_register(request: HttpRequest) -> bool:
    """Say whether this is where an administrator sends the whole national register."""
    return (
        request.path.startswith(REGISTER)
        and request.user.is_authenticated
        and Role.ADMINISTRATOR in roles(request.user)
    )


def sender(request: HttpRequest) -> str:
    """Return what tells the network of a request from any other, without saying it."""
    return salted_hmac("address", get_ip(request)).hexdigest()
