"""Where somebody whom a candidate named helps to write, by a personal link, without signing in."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jalon.law.rulebook import Refused
from jalon.law.vocabulary import AidDeed
from jalon.web import form_actions
from jalon.web.dossiers.views import served
from jalon.web.scripted import refused
from jalon.web.sealing import name_of
from jalon.web.writing import autosave
from jalon.web.writing.helping import HelpForm, recordings_of
from jalon.web.writing.remarks_told import label_of
from jalon.writing import aids
from jalon.writing.models import HelpedText, Section, WritingAid

View = Callable[..., HttpResponseBase]

CUT = "Ce lien n’est pas entier : ouvrez le courriel reçu."

#: Any other way to ask for a text would show it, and leave nothing of that to its candidate.
noted = require_http_methods(["GET", "HEAD", "POST"])


def closed(aid: WritingAid | None) -> str:
    """Return why a link does not serve, in words; nothing while it does."""
    return aids.closed(aid) if aid else CUT


def by_link(view: View) -> View:
    """Give a view who helps by its link; say why, in words, to whom it serves no more."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **named: Any) -> HttpResponseBase:
        aid = aids.aid_of(token)
        why = closed(aid)
        if aid is None or why:
            context = {"why": why, "unsent": unsent(request)}
            answer: HttpResponseBase = render(request, "public/aid_over.html", context, status=410)
        else:
            answer = view(request, token, aid, **named)
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return guarded


def unsent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what somebody typed and sends too late, to be copied: question by question."""
    typed = ((name, request.POST.get(name, "").strip()) for name in Section.QUESTIONS)
    return [(label_of(name), text) for name, text in typed if text]


def told(token: str, aid: WritingAid) -> dict[str, Any]:
    """Return what each of these pages says."""
    return {"token": token, "aid": aid, "candidate": aid.journey.candidate.get_full_name()}


def shown(request: HttpRequest, aid: WritingAid, deed: AidDeed, number: int | None = None) -> None:
    """Keep that somebody was shown a page: a form sent back empty or too late shows it as well as opening it."""
    if request.method != "HEAD":
        aids.note(aid, deed, number)


@noted
@by_link
def helps(request: HttpRequest, token: str, aid: WritingAid) -> HttpResponse:
    """List the texts with which somebody helps."""
    shown(request, aid, AidDeed.OPENED)
    sections = aids.asked_of(aid).prefetch_related("helped")
    return render(request, "public/aid.html", told(token, aid) | {"sections": sections})


@noted
@by_link
def text(request: HttpRequest, token: str, aid: WritingAid, number: int) -> HttpResponse:
    """Show a text to who helps with it, and propose what they typed to its candidate."""
    try:
        section = aids.text_of(aid, number)
    except Refused as refusal:
        context = told(token, aid) | {"why": refusal.refusal.why, "back": True}
        return render(request, "public/aid_over.html", context, status=403)
    recordings = recordings_of(section)
    form = HelpForm(
        request.POST or None,
        instance=section,
        recordings=recordings,
        initial={"seen": section.version} | aids.typed_by(aid, number),
    )
    given = form_actions.submit(request, form, lambda: aids.propose(aid, number, form.typed))
    if given:
        messages.success(request, "C’est proposé. La personne que vous aidez est prévenue.")
        return redirect("public:aid", token)
    shown(request, aid, AidDeed.READ, number)
    last = section.helped.last()
    context = told(token, aid) | {
        "section": section,
        "recordings": recordings,
        "waits": last if last and last.waits else None,
        "left_out": answers_left_out(last, aid),
        "typist": aid,
        "typed_as": aids.page_of(number),
        "typed_at": reverse("public:save_aid_text", args=[token, number]),
    }
    return form_actions.render_form(request, form, "public/aid_text.html", **context)


def answers_left_out(last: HelpedText | None, aid: WritingAid) -> list[tuple[str, str]]:
    """Return what somebody proposed last of a text, when its candidate left it out, question by question."""
    if last is None or last.aid_id != aid.pk or last.declined_at is None:
        return []
    return [
        (label_of(name), last.answers[name]) for name in Section.QUESTIONS if last.answers[name]
    ]


@require_POST
def save(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Keep what somebody who helps types, as they type it; every refusal is in words."""
    aid = aids.aid_of(token)
    why = closed(aid)
    if aid is None or why:
        return refused(410, why, closed=True)
    sent = autosave.read(request)
    own = aids.page_of(number)
    if (
        sent is None
        or sent.person != name_of(aid)
        or any(subject != own for subject, _, _ in sent.texts)
    ):
        return refused(400, autosave.ILL_SAID)
    return autosave.saved(sent, lambda _, question, typed: aids.keep(aid, number, question, typed))


@noted
@by_link
def listen(
    request: HttpRequest, token: str, aid: WritingAid, number: int, id: uuid.UUID
) -> HttpResponseBase:
    """Let somebody who helps hear what the candidate said aloud of a competence."""
    try:
        section = aids.text_of(aid, number)
    except Refused as refusal:
        raise Http404 from refusal
    document = next((one for one in recordings_of(section) if one.pk == id), None)
    if document is None:
        raise Http404
    aids.note(aid, AidDeed.HEARD, number)
    return served(request, document)
