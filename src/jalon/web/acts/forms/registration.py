"""Registering, and the first attempts to reach the candidate."""

from typing import Any

from django import forms

from jalon.catalogue.models import Certification
from jalon.law.facts import Contact, Registration
from jalon.law.vocabulary import Accompaniment, Act, Route, Scope
from jalon.now import today
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText, YesNoField, field


class RegistrationForm(forms.Form):
    """Alone or accompanied, whole or by blocs, and the person's agreement (R-004…R-010).

    It stands on a page of its own: there is no journey yet.
    """

    accompaniment = forms.ChoiceField(
        label="Voulez-vous être accompagné ?",
        choices=Accompaniment.choices(),
        widget=forms.RadioSelect,
        initial=Accompaniment.ACCOMPANIED,
        help_text="Un architecte-accompagnateur vous aide à chaque étape. Vous pouvez aussi avancer seul.",
    )
    scope = forms.ChoiceField(
        label="Que visez-vous ?",
        choices=Scope.choices(),
        widget=forms.RadioSelect,
        initial=Scope.WHOLE,
    )
    blocs = forms.MultipleChoiceField(
        label="Si vous visez des blocs, lesquels ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_initial_training = forms.BooleanField(
        label="Je prépare déjà cette même certification à l’école ou en apprentissage.",
        required=False,
    )
    consent = forms.BooleanField(
        label="J’accepte de commencer cette démarche et que mon dossier soit traité.",
        required=False,
    )

    def __init__(self, *args: Any, certification: Certification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "blocs").choices = [
            (bloc.code, bloc.title) for bloc in certification.blocs.all()
        ]

    def facts(self, route: Route) -> Registration:
        """Return what the person chooses, on the route that their certification opens."""
        said = self.cleaned_data
        return Registration(
            route,
            Accompaniment(said["accompaniment"]),
            Scope(said["scope"]),
            tuple(said["blocs"]),
            said["consent"],
            said["in_initial_training"],
        )


@form_for(Act.RECORD_CONTACT)
class ContactForm(ActForm):
    """An attempt to reach the candidate."""

    on = DateField(label="Date", initial=today)
    text = LongText(label="Comment, et avec quel résultat ?")
    answered = YesNoField(
        label="Le candidat a-t-il répondu ?",
        no="Non : Jalon le relance dans une semaine, puis dans deux",
    )

    def facts(self) -> Contact:
        """Return the contact."""
        return Contact(**self.cleaned_data)
