"""Where somebody whom a candidate named helps to write, by a personal link, without signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jalon.law.rulebook import Refused
from jalon.law.vocabulary import AidDeed
from jalon.web import form_actions
from jalon.web.writing.helping import AnswersForm
from jalon.writing import aids
from jalon.writing.helping import Typed
from jalon.writing.models import WritingAid

View = Callable[..., HttpResponse]

#: Any other way to ask for a text would show it, and leave nothing of that to its candidate.
noted = require_http_methods(["GET", "HEAD", "POST"])


def by_link(view: View) -> View:
    """Give a view who helps by its link; say why, in words, to whom it serves no more."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        aid = aids.aid_of(token)
        why = aids.closed(aid) if aid else "Ce lien n’est pas entier : ouvrez le courriel reçu."
        if aid is None or why:
            answer = render(request, "public/aid_over.html", {"why": why}, status=410)
        else:
            answer = view(request, token, aid, **named)
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return guarded


def told(token: str, aid: WritingAid) -> dict[str, Any]:
    """Return what each of these pages says."""
    return {"token": token, "aid": aid, "candidate": aid.journey.candidate.get_full_name()}


@noted
@by_link
def helps(request: HttpRequest, token: str, aid: WritingAid) -> HttpResponse:
    """List the texts with which somebody helps."""
    if request.method == "GET":
        aids.note(aid, AidDeed.OPENED)
    sections = aids.asked_of(aid).prefetch_related("helped")
    return render(request, "public/aid.html", told(token, aid) | {"sections": sections})


@noted
@by_link
def text(request: HttpRequest, token: str, aid: WritingAid, number: int) -> HttpResponse:
    """Show a text to who helps with it, and propose what they typed to its candidate."""
    try:
        section = aids.text_of(aid, number)
    except Refused as refused:
        context = told(token, aid) | {"why": refused.refusal.why, "back": True}
        return render(request, "public/aid_over.html", context, status=403)
    if request.method == "GET":
        aids.note(aid, AidDeed.READ, number)
    form = AnswersForm(request.POST or None, instance=section, initial={"seen": section.version})
    given = form_actions.submit(request, form, lambda: aids.propose(aid, number, typed(form)))
    if given:
        messages.success(request, "C’est proposé. La personne que vous aidez est prévenue.")
        return redirect("public:aid", token)
    waits = section.helped.waiting().first()
    context = told(token, aid) | {"section": section, "waits": waits}
    return form_actions.render_form(request, form, "public/aid_text.html", **context)


def typed(form: AnswersForm) -> Typed:
    """Return what was typed in a form."""
    return Typed(form.answers, form.cleaned_data["seen"])
