"""The register of complaints, for who has to answer them (R-130)."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jalon.journeys import queries
from jalon.journeys.actions import act
from jalon.journeys.models import Complaint, JournalEntry
from jalon.journeys.models.complaint import LEFT
from jalon.journeys.rights import record_list
from jalon.law.facts import ComplaintAnswer
from jalon.law.vocabulary import Act, Role
from jalon.web import form_actions
from jalon.web.access import Visit, needs
from jalon.web.fields import LongText

ROWS = 25


class AnswerForm(forms.Form):
    """The answer to what was told to an organisation that the candidate left."""

    answer = LongText(label="Votre réponse, que le candidat lira")
    action = LongText(label="Ce qui est fait à la suite", required=False)


@needs(Role.CERTIFIER, Role.HEAD, Role.ADMINISTRATOR)
@require_safe
def register(request: Visit) -> HttpResponse:
    """List the complaints addressed to the viewer's organisation, the latest first."""
    page = Paginator(queries.complaints(request.user), ROWS).get_page(request.GET.get("page"))
    record_list(request.user, "Registre des réclamations", len(page.object_list))
    return render(request, "dossiers/complaints.html", {"page": page})


@needs(Role.HEAD, Role.ADMINISTRATOR)
def answer(request: Visit, id: int) -> HttpResponse:
    """Answer what was told to an organisation that the candidate left: the complaint is read, not the file."""
    waiting = queries.complaints(request.user).filter(LEFT, answered_on__isnull=True)
    complaint = get_object_or_404(waiting, pk=id)
    form = AnswerForm(request.POST or None)
    if form_actions.submit(request, form, lambda: send(request, complaint, form)):
        messages.success(request, "C’est fait. Votre réponse est envoyée au candidat.")
        return redirect("dossiers:complaints")
    record_list(request.user, "Réclamation à laquelle répondre", 1)
    who = complaint.journey.candidate.get_full_name()
    return form_actions.render_form(
        request,
        form,
        "dossiers/answer_complaint.html",
        title=f"Répondre à {who}",
        lead="Cette personne a changé d’accompagnement depuis. Elle attend toujours une réponse.",
        submit="Envoyer la réponse",
        back=reverse("dossiers:complaints"),
        complaint=complaint,
    )


def send(request: Visit, complaint: Complaint, form: AnswerForm) -> JournalEntry:
    """Give the answer by the one door of acts; raises `Refused`."""
    facts = ComplaintAnswer(complaint.number, **form.cleaned_data)
    return act(complaint.journey_id, Act.ANSWER_COMPLAINT, by=request.user, facts=facts)
