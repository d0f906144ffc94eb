"""Whom a candidate asks to help them write: named, told by an e-mail, taken away in one click, followed."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jalon.catalogue.models import Competence
from jalon.counting import times
from jalon.journeys.models import Journey
from jalon.law import aids as law
from jalon.law import writing
from jalon.law.rulebook import refuse
from jalon.mailbox.aids import mail_link
from jalon.now import today
from jalon.people.models import User
from jalon.web import form_actions
from jalon.web.access import Visit
from jalon.web.fields import DateField
from jalon.web.listing import ROWS
from jalon.web.writing.pages import shared, validation_of
from jalon.writing import aids
from jalon.writing.models import WritingAid

#: For how long help is asked, unless said otherwise.
USUAL = timedelta(days=30)
#: For how long addresses are counted, in seconds.
DAY = 24 * 60 * 60


class Named(forms.ModelMultipleChoiceField):
    """Some competences, each by its title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the title of a competence."""
        return str(obj.title)


class AidForm(forms.Form):
    """Somebody who helps to write: who, why, until when, for which competences."""

    name = forms.CharField(label="Prénom et nom", max_length=150)
    email = forms.EmailField(label="Adresse e-mail", help_text="Le lien y sera envoyé.")
    why = forms.CharField(
        label="Pourquoi",
        max_length=300,
        help_text="Par exemple : « Elle écrit ce que je lui dicte. » Cette personne le lira. Rien sur votre santé.",
    )
    until = DateField(
        label="Jusqu’au",
        help_text="Six mois au plus. L’envoi du dossier met fin à l’aide ; vous pouvez arrêter avant.",
    )
    competences = Named(
        label="Pour quelles compétences",
        help_text="Cette personne lira ce que vous y avez écrit, et entendra ce que vous y avez dit.",
        error_messages={"required": "Cochez au moins une compétence."},
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = journey.attempt.validation.sections.asked()
        asked = Competence.objects.filter(pk__in=sections.values("competence"))
        field: Any = self.fields["competences"]
        field.queryset = asked.order_by("bloc__position", "position", "pk")


@login_required
def list_aids(request: Visit, id: uuid.UUID) -> HttpResponse:
    """Show who helps to write, what they did, and name somebody else."""
    journey = validation_of(request, id)
    begun = {"until": today() + USUAL}
    form = AidForm(request.POST or None, journey=journey, initial=begun)
    named = form_actions.submit(request, form, lambda: try_to_name(journey, request.user, form))
    if named:
        messages.success(request, f"Un lien part vers {named.value.email}.")
        return redirect("writing:aids", journey.pk)
    helping = journey.aids.helping(today()).prefetch_related("competences")
    editable = journey.stage in writing.VALIDATION.stages
    let_go = journey.aids.let_go(today()) if editable else ()
    return form_actions.render_form(
        request,
        form,
        "writing/aids.html",
        **shared(request, journey),
        aids=helping,
        let_go=[law.told_of_sending(one.name) for one in let_go],
        deeds=Paginator(aids.deeds(journey), ROWS).get_page(request.GET.get("page")),
        editable=editable,
    )


def try_to_name(journey: Journey, by: User, form: AidForm) -> WritingAid:
    """Name somebody, unless too many addresses were tried; raises `Refused`, and counts what is refused too."""
    refuse(law.may_try(times(f"aids-tried-{by.pk}", DAY)))
    return name(journey, by, form)


@transaction.atomic
def name(journey: Journey, by: User, form: AidForm) -> WritingAid:
    """Name somebody and send their link, or neither; raises `Refused`."""
    said = aids.Asked(**form.cleaned_data)
    aid = aids.name(journey.pk, by, said)
    mail_link(aid)
    return aid


@login_required
@require_POST
def send_again(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Send somebody their link again."""
    journey = validation_of(request, id)

    def send() -> WritingAid:
        aid = aids.send_again(journey.pk, request.user, number)
        mail_link(aid)
        return aid

    sent = form_actions.attempt(request, transaction.atomic(send))
    if sent:
        messages.success(request, f"Un lien part de nouveau vers {sent.value.email}.")
    return redirect("writing:aids", journey.pk)


@login_required
@require_POST
def withdraw(request: Visit, id: uuid.UUID, number: int) -> HttpResponse:
    """Take somebody's help away."""
    journey = validation_of(request, id)
    gone = form_actions.attempt(request, lambda: aids.withdraw(journey.pk, request.user, number))
    if gone:
        messages.success(request, f"Le lien de {gone.value.name} ne sert plus.")
    return redirect("writing:aids", journey.pk)
