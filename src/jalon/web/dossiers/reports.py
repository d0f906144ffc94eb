"""The report of a meeting, written anew: the page asks why, and says that what was written stays."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from jalon.journeys.policy import capacity
from jalon.law.clocks import french
from jalon.law.meetings import ACCOMPANISTS
from jalon.law.vocabulary import Role
from jalon.support import reports
from jalon.support.models.path import subject
from jalon.web import form_actions
from jalon.web.access import Visit, followed, needs
from jalon.web.fields import ONE_LINE, LongText, mark_asked_by_law, remind_once


class ReportForm(forms.Form):
    """Each subject of a report, and why it is corrected unless nothing was written yet."""

    why = forms.CharField(label="Pourquoi cette correction ?", max_length=ONE_LINE, required=False)

    def __init__(self, report: Mapping[str, str], *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = tuple(report)
        why = self.fields.pop("why")
        for name, text in report.items():
            self.fields[name] = LongText(label=subject(name), required=False, initial=text)
        if not first:
            self.fields["why"] = why
            mark_asked_by_law(self, "why")
        remind_once(self)

    def report(self) -> dict[str, str]:
        """Return the report as it was typed."""
        return {name: self.cleaned_data[name] for name in self.subjects}


@needs(Role.ARCHITECT, Role.HEAD)
def correct(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Correct the report of a meeting, or write the first; a 404 for who does not accompany."""
    journey = followed(request, id, "compte rendu")
    if not capacity(request.user, journey) & ACCOMPANISTS:
        raise Http404
    meeting = get_object_or_404(journey.meetings, pk=number)
    first = not meeting.report
    sent = (request.POST,) if request.method == "POST" else ()
    form = ReportForm(reports.standing(meeting), *sent, first=first)

    def write() -> None:
        why = form.cleaned_data.get("why", "")
        reports.correct(journey.pk, number, request.user, form.report(), why)

    back = reverse("dossiers:exchanges", args=[journey.pk])
    if form_actions.submit(request, form, write):
        messages.success(request, "C’est fait. Le compte rendu est enregistré.")
        return redirect(back)
    kept = "" if first else "Ce qui est écrit aujourd’hui restera lisible, avec votre correction."
    return form_actions.render_form(
        request,
        form,
        title="Écrire le compte rendu" if first else "Corriger le compte rendu",
        about=journey.candidate.get_full_name(),
        lead=f"{meeting.kind.label} du {french(meeting.held_on)}. {kept}".strip(),
        back=back,
    )
