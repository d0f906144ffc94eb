"""The messages of a journey, one page for both sides: what was written, and the form that writes."""

import re
import uuid
from typing import Any

from django import forms
from django.contrib import messages as said
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jalon.documents.models import Document
from jalon.journeys.models import Journey
from jalon.journeys.policy import capacity
from jalon.law.thread import LONGEST, left_today, may_send, may_settle
from jalon.law.vocabulary import Role
from jalon.mailbox import exchanges
from jalon.mailbox.exchanges import Exchange
from jalon.support import thread as messages
from jalon.support.models import ThreadMessage
from jalon.web import form_actions
from jalon.web.access import Visit, followed, needs
from jalon.web.dossiers.views import served
from jalon.web.fields import FilesField, LongText
from jalon.web.leaves import Leaf, leaf
from jalon.writing.drafts import forget_typed
from jalon.writing.homes import Place, own_drafts

#: How many messages a page shows at once.
ROWS = 20
#: The name under which a message is kept as it is typed.
TYPED = "message"
LOOKED_AT = "messages"


class MessageForm(forms.Form):
    """A message, and the files that come with it."""

    text = LongText(label="Votre message", max_length=LONGEST)
    joined = FilesField(
        label="Fichiers ou photos", required=False, help_text="PDF, JPEG ou PNG : cinq au plus."
    )


def read_here(request: Visit, id: uuid.UUID) -> Journey:
    """Return a journey whose messages this person reads, or a 404; the look is recorded."""
    journey = followed(request, id, LOOKED_AT)
    if not messages.reads_thread(request.user, journey):
        raise Http404
    return journey


@login_required
def thread(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show the messages, those of the other side now read, and send one."""
    journey = read_here(request, id)
    mine = journey.candidate_id == request.user.pk
    form = bound_form(request, journey)
    if form_actions.submit(request, form, lambda: send(request, journey, form), file="joined"):
        said.success(request, "Votre message est envoyé.")
        return redirect("dossiers:thread", journey.pk)
    lines = read_now(request, journey, mine=mine)
    sent = messages.sent_today(request.user, journey)
    refusal = messages.no_writing(request.user, journey) or may_send(sent)
    return form_actions.render_form(
        request,
        form,
        "dossiers/thread.html",
        journey=journey,
        mine=mine,
        leaf=lines,
        seen="" if mine else max((one.number for one in lines.rows), default=""),
        refusal=refusal,
        left="" if refusal else left_today(sent),
        settles=settles(request, journey),
        typed_as="" if refusal else TYPED,
        back=reverse("candidate:journey" if mine else "dossiers:exchanges", args=[journey.pk]),
    )


def read_now(request: Visit, journey: Journey, *, mine: bool) -> Leaf[Exchange]:
    """Return the messages of the page that the address names, those of the other side read from now on."""
    lines = written(request, journey)
    unread = exchanges.messages_to_open(lines.rows, by_candidate=mine)
    opened = messages.mark_read(request.user, journey, unread)
    return written(request, journey) if opened else lines


def written(request: Visit, journey: Journey) -> Leaf[Exchange]:
    """Return the messages of the page that the address names."""
    found = exchanges.thread(request.user, journey)
    return leaf(found, request.GET.get("page", ""), ROWS, exchanges.exchange)


def bound_form(request: Visit, journey: Journey) -> MessageForm:
    """Return the form with what was sent, else with what somebody typed and did not send."""
    if request.method == "POST":
        return MessageForm(request.POST, request.FILES)
    return MessageForm(initial=own_drafts(Place(journey, request.user, TYPED, "")))


@transaction.atomic
def send(request: Visit, journey: Journey, form: MessageForm) -> ThreadMessage:
    """Send what was written, and forget what was kept of it; raises `Refused`, `UploadRefused`."""
    wanted: dict[str, Any] = form.cleaned_data
    sent = messages.write(
        journey.pk, request.user, wanted["text"], wanted["joined"], seen=seen(request)
    )
    forget_typed(journey, request.user, TYPED)
    return sent


def seen(request: Visit) -> int | None:
    """Return the last message that the page showed to whoever answers; None when it does not say."""
    said = request.POST.get("seen", "")
    return int(said) if re.fullmatch(r"[0-9]{1,18}", said) else None


def settles(request: Visit, journey: Journey) -> bool:
    """Say whether this person may say that what the candidate wrote asks for no answer."""
    if may_settle(capacity(request.user, journey)):
        return False
    return messages.messages(request.user, journey).waiting().exists()


@needs(Role.ARCHITECT, Role.HEAD)
@require_POST
def settle(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Say that what the candidate wrote asks for no answer."""
    journey = read_here(request, id)
    last = seen(request)
    if form_actions.attempt(request, lambda: messages.settle(journey.pk, request.user, last)):
        said.success(request, "C’est noté : aucune réponse n’est attendue de vous.")
    return redirect("dossiers:exchanges", journey.pk)


@login_required
@require_safe
def joined(request: Visit, id: uuid.UUID, file: uuid.UUID) -> HttpResponseBase:
    """Send a file that came with a message as a download."""
    journey = read_here(request, id)
    try:
        return served(request, messages.joined(request.user, journey, file))
    except Document.DoesNotExist as unknown:
        raise Http404 from unknown
