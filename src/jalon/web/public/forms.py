"""What everyone may ask: a certification, the truth of an attestation."""

from django import forms

from jalon.people.models import LEVELS


class SearchForm(forms.Form):
    """What one looks for."""

    q = forms.CharField(label="Métier, mot ou code RNCP", required=False, max_length=100)
    level = forms.TypedChoiceField(
        label="Niveau",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Tous"), *((n, dict(LEVELS)[f"N{n}"]) for n in range(3, 9))],
    )


class CodeForm(forms.Form):
    """The code printed on an attestation."""

    code = forms.CharField(label="Code de vérification", max_length=20)
