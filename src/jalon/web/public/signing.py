"""Signing one's hours by the link of a mail and its code, without signing in.

To open the link changes nothing, whoever opens it: programs that look at mails do.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jalon.support.links import hours_to_sign
from jalon.web.signing import Door
from jalon.web.signing import sign as signing


def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Show the hours of a link, to be signed by a code; that it serves no more, once it is over."""
    hours = hours_to_sign(token)
    here = reverse("public:sign", args=[token])
    if hours is None:
        answer = render(request, "signing/over.html", status=410)
    else:
        answer = signing(request, Door(hours, hours.person, here, back="", done=here))
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
