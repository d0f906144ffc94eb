"""Complaints and their answers."""

from django import forms

from jalon.journeys.models import Complaint
from jalon.law.facts import ComplaintAnswer, ComplaintFiled
from jalon.law.vocabulary import Accompaniment, Act, Addressee
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText, field


@form_for(Act.FILE_COMPLAINT)
class ComplaintForm(ActForm):
    """What is contested, or did not go well (R-130)."""

    asked_by_law = ("words",)
    lead = (
        "Votre réclamation est inscrite au registre, avec sa date. La réponse, datée elle aussi, sera sur "
        "votre page."
    )
    to = forms.ChoiceField(
        label="À qui l’adressez-vous ?", choices=Addressee.choices(), widget=forms.RadioSelect
    )
    words = LongText(
        label="Ce que vous contestez, ou ce qui ne s’est pas bien passé", required=False
    )

    def prepare(self) -> None:
        """Somebody alone writes to the certifier."""
        if self.journey.accompaniment == Accompaniment.ALONE:
            field(self, "to").choices = Addressee.choices()[:1]
            self.initial["to"] = Addressee.CERTIFIER

    def facts(self) -> ComplaintFiled:
        """Return the complaint."""
        return ComplaintFiled(Addressee(self.cleaned_data["to"]), self.cleaned_data["words"])


@form_for(Act.ANSWER_COMPLAINT)
class AnswerForm(ActForm):
    """The answer to a complaint, and what was done."""

    asked_by_law = ("answer",)
    number = forms.TypedChoiceField(label="La réclamation", coerce=int, widget=forms.RadioSelect)
    answer = LongText(label="Votre réponse, que le candidat lira", required=False)
    action = LongText(label="Ce qui est fait à la suite", required=False)

    def prepare(self) -> None:
        """Offer the complaints that wait."""
        waiting = Complaint.objects.waiting().filter(journey=self.journey).order_by("number")
        field(self, "number").choices = [
            (one.number, f"n° {one.number}, {one.to.label} : {one.words[:80]}") for one in waiting
        ]

    def facts(self) -> ComplaintAnswer:
        """Return the answer."""
        return ComplaintAnswer(**self.cleaned_data)
