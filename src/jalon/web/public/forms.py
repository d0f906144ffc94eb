"""What everyone may ask: the truth of an attestation."""

from django import forms


class CodeForm(forms.Form):
    """The code printed on an attestation."""

    code = forms.CharField(label="Code de vérification", max_length=20)
