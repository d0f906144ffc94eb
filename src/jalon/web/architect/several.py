"""The same act on several files of a list: who will be concerned and who will not, then what was done."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import lists, queries
from jalon.journeys.actions import act, foreseen
from jalon.journeys.rights import record_list
from jalon.journeys.snapshot import snapshots
from jalon.law.facts import Facts, Nothing
from jalon.law.lifecycle import rows_of
from jalon.law.rulebook import Refused
from jalon.law.vocabulary import Act, Role
from jalon.people.models import User
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.architect.several_forms import FORMS
from jalon.web.architect.views import CASELOAD
from jalon.web.asked import Asked
from jalon.web.listing import exported
from jalon.web.spreadsheets import KINDS

#: How many files one form changes: whoever asks reads their names before.
MOST = 100
#: What a list sends: the ticked files, or all of them; what to do; and that it was read and confirmed.
FILE, WHOLE_LIST, WHAT, CONFIRMED = "dossier", "liste", "acte", "confirme"
#: Where the session keeps what was done, until the next time.
DONE = "jalon.several"


@dataclass(frozen=True)
class Line:
    """A file among several, and why the act is refused on it, if it is."""

    journey: Any
    why: str = ""


@needs(Role.ARCHITECT, Role.HEAD)
def several(request: Visit) -> HttpResponseBase:
    """Ask what the act needs, show on which files it will be done and on which not, then do it."""
    said = request.POST if request.method == "POST" else request.GET
    asked = Asked.read(request.user, CASELOAD, said)
    ids = wanted(asked, said)
    if refusal := too_few_or_too_many(ids):
        messages.error(request, refusal)
        return redirect(f"{reverse('architect:caseload')}?{asked.query()}")
    if said.get(WHAT) in KINDS:
        chosen = queries.journeys(request.user).filter(pk__in=ids).order_by("reference")
        told = f"{CASELOAD.title} : dossiers cochés"
        return exported(request.user, chosen, told, "selection", said[WHAT])
    return asked_for(request, act_or_404(said.get(WHAT, "")), asked, ids)


def asked_for(
    request: Visit, name: Act, asked: Asked, ids: Sequence[uuid.UUID]
) -> HttpResponseBase:
    """Show the form of an act and the files concerned; do it once it was read and confirmed."""
    needs_facts = rows_of(name)[0].asks is not Nothing
    sent = request.POST if request.method == "POST" else None
    form = FORMS[name](sent, viewer=request.user)
    ready = form_actions.accepted(form) if sent is not None else not needs_facts
    facts = form.facts() if ready and needs_facts else None
    lines = foreseen_on(request.user, name, facts, lists.shown(request.user, ids))
    will = [one for one in lines if not one.why]
    if ready and will and request.POST.get(CONFIRMED):
        keep_done(request, name, facts, [one.journey.pk for one in will], lines)
        return redirect("architect:several_done")
    record_list(request.user, f"Plusieurs dossiers : {name.label}", len(lines))
    return form_actions.render_form(
        request,
        form,
        "architect/several.html",
        act=name,
        will=will,
        will_not=[one for one in lines if one.why],
        ready=ready,
        kept=hidden(asked, name, ids),
        back=f"{reverse('architect:caseload')}?{asked.query()}",
    )


def act_or_404(said: str) -> Act:
    """Return the act that is asked for, among those that make sense on several files; raises Http404."""
    name = Act.or_none(said)
    if name not in FORMS:
        raise Http404
    return name


def wanted(asked: Asked, said: QueryDict) -> list[uuid.UUID]:
    """Return the files that are ticked, or the whole list; never one that the viewer does not see."""
    if said.get(WHOLE_LIST):
        return list(asked.listed().values_list("pk", flat=True)[: MOST + 1])
    ticked = [known for one in said.getlist(FILE)[: MOST + 1] if (known := read_id(one))]
    seen = queries.journeys(asked.viewer).filter(pk__in=ticked)
    here = set(seen.values_list("pk", flat=True))
    return [one for one in dict.fromkeys(ticked) if one in here]


def read_id(said: str) -> uuid.UUID | None:
    """Return the file that an address names, or None when it names none."""
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def too_few_or_too_many(ids: Sequence[uuid.UUID]) -> str:
    """Return what to do when nothing is ticked, or more than one form changes."""
    if not ids:
        return "Cochez au moins un dossier, ou « Tous les dossiers de cette liste »."
    if len(ids) > MOST:
        return (
            f"Pas plus de {MOST} dossiers à la fois\N{NO-BREAK SPACE}: filtrez la liste, ou cochez ceux de cette "
            "page."
        )
    return ""


def foreseen_on(
    viewer: User, name: Act, facts: Facts | None, journeys: Sequence[Any]
) -> list[Line]:
    """Return each file with why the act would be refused on it."""
    cases = snapshots(journeys, Role.ARCHITECT)
    found = []
    for one in journeys:
        refusal = foreseen(one, name, by=viewer, facts=facts, case=cases[one.pk])
        found.append(Line(one, refusal.why if refusal else ""))
    return found


def keep_done(
    request: Visit, name: Act, facts: Facts | None, ids: Iterable[uuid.UUID], lines: Iterable[Line]
) -> None:
    """Do the act on each file, each wholly or not at all; keep which ones it was refused on, and why."""
    refused = {str(one.journey.pk): one.why for one in lines if one.why}
    done = []
    for id in ids:
        try:
            act(id, name, by=request.user, facts=facts)
            done.append(str(id))
        except Refused as late:
            refused[str(id)] = late.refusal.why
    request.session[DONE] = {"act": name.value, "done": done, "refused": refused}


def hidden(asked: Asked, name: Act, ids: Iterable[uuid.UUID]) -> list[tuple[str, str]]:
    """Return what the form says beside its fields: the list it comes from, the act, the files."""
    return [*asked.said().items(), (WHAT, name.value), *((FILE, str(one)) for one in ids)]


@needs(Role.ARCHITECT, Role.HEAD)
@require_safe
def done(request: Visit) -> HttpResponse:
    """Show what was done on several files and what was refused, file by file."""
    kept = request.session.get(DONE)
    if not kept:
        return redirect("architect:caseload")
    files = {str(one.pk): one for one in lists.shown(request.user, visible(request.user, kept))}
    record_list(request.user, "Plusieurs dossiers : fait", len(files))
    context = {
        "act": Act(kept["act"]),
        "done": [files[one] for one in kept["done"] if one in files],
        "count": len(kept["done"]),
        "refused": [Line(files[one], why) for one, why in kept["refused"].items() if one in files],
    }
    return render(request, "architect/several_done.html", context)


def visible(viewer: User, kept: dict[str, Any]) -> list[uuid.UUID]:
    """Return the files of a result that the viewer still sees."""
    ids = [*kept["done"], *kept["refused"]]
    return list(queries.journeys(viewer).filter(pk__in=ids).values_list("pk", flat=True))
