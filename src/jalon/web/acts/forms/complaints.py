"""Complaints and their answers."""

from django import forms

from jalon.journeys import queries
from jalon.journeys.models import Complaint
from jalon.journeys.models.complaint import ComplaintQuerySet
from jalon.journeys.policy import capacity
from jalon.law.facts import ComplaintAnswer, ComplaintFiled
from jalon.law.vocabulary import Accompaniment, Act, Addressee, RequestNature, Role
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText, field
from jalon.web.templatetags.jalon import lower_first


@form_for(Act.FILE_COMPLAINT)
class ComplaintForm(ActForm):
    """What is contested, did not go well, or is to be corrected or erased (R-122, R-130)."""

    asked_by_law = ("words",)
    prefilled = ("nature",)
    lead = (
        "Votre demande est inscrite au registre, avec sa date. La réponse, datée elle aussi, sera sur "
        "votre page."
    )
    nature = forms.TypedChoiceField(
        label="Que voulez-vous faire ?",
        choices=RequestNature.choices(),
        coerce=RequestNature,
        initial=RequestNature.COMPLAINT,
        widget=forms.RadioSelect,
        help_text="Les titres obtenus et ce qui les prouve ne s’effacent pas. Un parcours en cours "
        "s’arrête d’abord.",
    )
    to = forms.ChoiceField(
        label="À qui l’adressez-vous ?", choices=Addressee.choices(), widget=forms.RadioSelect
    )
    words = LongText(
        label="Expliquez en quelques phrases",
        required=False,
        help_text="Ce que vous contestez, ce qui est à corriger, ou ce qui est à effacer.",
    )

    def prepare(self) -> None:
        """Somebody alone writes to the certifier."""
        if self.journey.accompaniment == Accompaniment.ALONE:
            field(self, "to").choices = Addressee.choices()[:1]
            self.initial["to"] = Addressee.CERTIFIER

    def facts(self) -> ComplaintFiled:
        """Return the complaint, or what is asked."""
        said = self.cleaned_data
        return ComplaintFiled(Addressee(said["to"]), said["words"], said["nature"])


@form_for(Act.ANSWER_COMPLAINT)
class AnswerForm(ActForm):
    """The answer to a complaint, and what was done."""

    asked_by_law = ("answer",)
    number = forms.TypedChoiceField(
        label="Ce à quoi vous répondez", coerce=int, widget=forms.RadioSelect
    )
    answer = LongText(label="Votre réponse, que le candidat lira", required=False)
    action = LongText(label="Ce qui est fait à la suite", required=False)
    granted = forms.BooleanField(
        label="La correction ou l’effacement demandé est accepté.",
        required=False,
        help_text="Un effacement accepté est fait la nuit suivante, sauf les titres obtenus et leurs preuves.",
    )

    def prepare(self) -> None:
        """Offer the complaints that wait for the answer of who looks.

        Whoever writes down the answer of somebody elsewhere does not read what was told to them.
        """
        waiting = list(self.waiting().order_by("number"))
        field(self, "number").choices = [
            (
                one.number,
                f"N° {one.number}, {lower_first(one.nature.label)}"
                + ("" if self.reported else f" : {one.words[:80]}"),
            )
            for one in waiting
        ]
        if all(one.nature == RequestNature.COMPLAINT for one in waiting):
            del self.fields["granted"]

    def waiting(self) -> ComplaintQuerySet:
        """Return the complaints that may be answered here."""
        of_the_file = Complaint.objects.waiting().filter(journey=self.journey)
        if self.viewer and Role.ADMINISTRATOR in capacity(self.viewer, self.journey):
            return of_the_file.told_before()
        of_the_file = of_the_file.of_now()
        if self.reported:
            return of_the_file.filter(to=Addressee.CERTIFIER)
        readable = queries.complaints(self.viewer) if self.viewer else Complaint.objects.none()
        return of_the_file.filter(pk__in=readable.values("pk"))

    def facts(self) -> ComplaintAnswer:
        """Return the answer."""
        return ComplaintAnswer(**self.cleaned_data)
