"""The answer to a reminder by its link, without signing in: I go on, or I stop and say why.

To open the link changes nothing, whoever opens it: programs that look at mails do.
"""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.journeys import news
from jalon.journeys.models import Journey
from jalon.law.guidance import BY_STAGE
from jalon.law.news import may_go_on, may_stop
from jalon.law.rulebook import Refusal
from jalon.law.vocabulary import Stage
from jalon.support.links import journey_of
from jalon.web import form_actions
from jalon.web.acts.forms.closing import LeavingForm
from jalon.web.public.booking import unkept

Page = Callable[[HttpRequest, Journey, str], HttpResponse]


class StoppingForm(LeavingForm):
    """Why somebody stops, and that they mean it: a link alone stops nothing."""

    sure = forms.BooleanField(
        label="Je le confirme : j’arrête mon parcours.",
        error_messages={"required": "Cochez pour confirmer."},
    )


def by_link(
    allowed: Callable[[Stage], Refusal | None],
) -> Callable[[Page], Callable[[HttpRequest, str], HttpResponse]]:
    """Open a page to whoever holds a link that still serves, as long as the law lets it be done."""

    def protect(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
        @wraps(page)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            journey = journey_of(token)
            if journey is None or allowed(journey.stage):
                return unkept(over(request, journey))
            return unkept(page(request, journey, token))

        return opened

    return protect


def over(request: HttpRequest, journey: Journey | None) -> HttpResponse:
    """Say that a link serves no more, and how to come back to a journey that stopped."""
    context = {"journey": journey, "title": BY_STAGE[journey.stage].title if journey else ""}
    return render(request, "news/over.html", context, status=200 if journey else 410)


@by_link(may_go_on)
def go_on(request: HttpRequest, journey: Journey, token: str) -> HttpResponse:
    """Ask to confirm that one goes on; note it."""
    if request.method == "POST":
        form_actions.attempt(request, lambda: news.go_on(journey.pk))
        return redirect("public:goes_on", token)
    context = {"journey": journey, "token": token, "said": news.said_today(journey)}
    return render(request, "news/goes_on.html", context)


@by_link(may_stop)
def stop(request: HttpRequest, journey: Journey, token: str) -> HttpResponse:
    """Ask why one stops and to confirm it; stop."""
    sent = (request.POST,) if request.method == "POST" else ()
    form = StoppingForm(*sent, journey=journey, mine=True)
    if form_actions.submit(request, form, lambda: news.stop(journey.pk, form.facts())):
        messages.success(request, "C’est fait. Un courriel vous dit comment revenir.")
        return redirect("public:stops", token)
    return form_actions.render_form(
        request, form, "news/stops.html", journey=journey, token=token, grave=True
    )
