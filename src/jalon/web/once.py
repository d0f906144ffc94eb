"""A form that is sent twice, by two clicks or by a bad network, is done once and answered twice the same.

Nothing is added to the forms: the token that Django writes in each of them against forgery is drawn
anew for each page, so that the same token with the same words is the same form of the same page. Only
the last form that somebody sent to an address is known: what is done, undone by another button of the
same page, and done again is done.
"""

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from jalon.web.models import Sending

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
#: For how long a form that was done is known; and one that is being done, whose process may have died.
KNOWN_FOR, GIVEN_UP = timedelta(minutes=10), timedelta(minutes=1)
#: How long the second click waits for the first, in seconds, and how often it looks.
PATIENCE, LOOK = 5.0, 0.1
#: Where a request keeps which form it brings, and that it was refused.
SENT, REFUSED = "jalon.once.sent", "jalon.once.refused"

TAKE = """
    INSERT INTO web_sending AS last (door, key, went_to) VALUES (%(door)s, %(key)s, '')
    ON CONFLICT (door) DO UPDATE SET key = excluded.key, at = statement_timestamp(), went_to = ''
        WHERE last.key <> excluded.key OR last.at < statement_timestamp() - make_interval(
            secs => CASE WHEN last.went_to = '' THEN %(given_up)s ELSE %(known_for)s END
        )
"""


@dataclass(frozen=True)
class Sent:
    """A form that is sent: to which address by whom, and what tells it from any other sent there."""

    door: bytes
    key: bytes

    @property
    def row(self) -> QuerySet[Sending]:
        """Return what is kept of it, unless another form was sent there since."""
        return Sending.objects.filter(door=self.door, key=self.key)


class Once:
    """Does each form once: whoever sends it again is sent where the first one went."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; keep where a form that was done sent its person."""
        response = self.get_response(request)
        if sent := request.META.get(SENT):
            note(sent, request, response)
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Let a form through, once it is known to be no forgery; or answer as the first one was."""
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        sent = sent_by(request)
        if sent is None or (went_to := taken(sent)) is None:
            request.META[SENT] = sent
            return None
        return again(request, went_to)


def sent_by(request: HttpRequest) -> Sent | None:
    """Return the form that a request brings; None for what was not a form of a page of ours."""
    token = request.POST.get(TOKEN)
    if not token:
        return None
    files = [(name, *told_apart(one)) for name, sent in request.FILES.lists() for one in sent]
    said = [sorted(request.POST.lists()), sorted(files)]
    return Sent(digest([request.user.pk, request.get_full_path()]), digest(said))


def digest(said: list[Any]) -> bytes:
    """Return the SHA-256 of something said."""
    return hashlib.sha256(json.dumps(said).encode()).digest()


def told_apart(file: UploadedFile) -> tuple[str | None, int | None, str]:
    """Return what tells a file from any other, its content included unless it could not be received."""
    content = hashlib.sha256()
    with suppress(OSError):
        for piece in file.chunks():
            content.update(piece)
        file.seek(0)
    return file.name, file.size, content.hexdigest()


def taken(sent: Sent) -> str | None:
    """Take a form to do it, and return None; or return where it went, "" when it is not done yet."""
    until = time.monotonic() + PATIENCE
    while not take(sent):
        went_to = sent.row.values_list("went_to", flat=True).first()
        if went_to or time.monotonic() > until:
            return went_to or ""
        time.sleep(LOOK)
    return None


def take(sent: Sent) -> bool:
    """Say whether nobody does or did this form: it is then ours to do."""
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            {
                "door": sent.door,
                "key": sent.key,
                "given_up": GIVEN_UP.total_seconds(),
                "known_for": KNOWN_FOR.total_seconds(),
            },
        )
        return cursor.rowcount == 1


def note(sent: Sent, request: HttpRequest, response: HttpResponse) -> None:
    """Keep where a form that was done sent its person; what was not done may be sent again.

    A database that is gone by now takes nothing away from the answer.
    """
    with suppress(OperationalError, InterfaceError):
        if isinstance(response, HttpResponseRedirect) and REFUSED not in request.META:
            sent.row.update(went_to=response.url)
        else:
            sent.row.delete()


def not_done(request: HttpRequest) -> None:
    """Say that what a form asked was refused, though its person is sent to another page to read it."""
    request.META[REFUSED] = True


def again(request: HttpRequest, went_to: str) -> HttpResponse:
    """Send where the first one went; say that it is still being done when nobody knows yet."""
    if went_to:
        return HttpResponseRedirect(went_to)
    return render(request, "errors/twice.html", {"address": request.get_full_path()}, status=409)


def forget() -> int:
    """Forget the forms that were done long enough ago; return how many."""
    return Sending.objects.filter(at__lt=Now() - KNOWN_FOR).delete()[0]
