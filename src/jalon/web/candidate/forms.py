"""What a person says to register."""

from typing import Any

from django import forms

from jalon.catalogue.models import Certification
from jalon.law.vocabulary import Accompaniment, Scope
from jalon.web.forms import field


class StartForm(forms.Form):
    """Alone or accompanied, whole or by blocs, and the person's agreement (R-004…R-010)."""

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
