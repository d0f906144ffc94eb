"""What the office writes: people with their roles, organisations."""

from typing import Any, ClassVar

from django import forms

from jalon.catalogue.models import Certification
from jalon.law.vocabulary import Role
from jalon.people import queries
from jalon.people.models import Organisation
from jalon.web.fields import (
    DateInput,
    drop_empty_choice,
    field,
    mark_asked_by_law,
    validate_siret,
)


class MemberForm(forms.Form):
    """A person and a role."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    email = forms.EmailField(label="Adresse e-mail professionnelle")
    role = forms.TypedChoiceField(label="Rôle", choices=(), widget=forms.RadioSelect, coerce=Role)
    organisation = forms.ModelChoiceField(
        label="Organisme",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Choisissez",
        help_text="Un administrateur n’en a pas.",
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field(self, "role").choices = [
            (role.value, role.label) for role in queries.grantable(viewer)
        ]
        field(self, "organisation").queryset = queries.organisations_of(viewer)
        mark_asked_by_law(self, "organisation")


class OrganisationForm(forms.ModelForm):
    """An accompanying organisation or a certifier (R-007)."""

    class Meta:
        model = Organisation
        fields: ClassVar = [
            "kind",
            "name",
            "siret",
            "qualiopi_until",
            "territory",
            "closed_on",
            "address",
            "phone",
            "email",
            "disability_contact",
        ]
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "qualiopi_until": DateInput(),
            "closed_on": DateInput(),
            "address": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "siret": "Quatorze chiffres, sans espace.",
            "qualiopi_until": "Sans certification valable, l’organisme ne prend personne en charge.",
            "territory": "Les départements ou la région où il travaille : les candidats choisissent avec lui.",
            "closed_on": "À remplir quand l’organisme cesse : plus aucun candidat ne peut le choisir.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_empty_choice(self, "kind")
        field(self, "siret").validators.append(validate_siret)


class ContactForm(forms.Form):
    """Whom people are told to call or to write to."""

    name = forms.CharField(label="Nom affiché", max_length=200)
    email = forms.EmailField(label="Adresse e-mail")
    phone = forms.RegexField(
        r"^0[1-9]( ?\d{2}){4}$",
        label="Téléphone",
        help_text="Dix chiffres, par exemple 02 31 00 00 00.",
        error_messages={
            "invalid": "Écrivez les dix chiffres du numéro, par exemple 02 31 00 00 00."
        },
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    site = forms.RegexField(
        r"^[a-z0-9.-]+\.[a-z]{2,}(/[\w./-]*)?$",
        label="Site",
        max_length=200,
        help_text="Sans https://, par exemple www.exemple.fr.",
        error_messages={
            "invalid": "Écrivez l’adresse du site sans https://, par exemple www.exemple.fr."
        },
    )

    def clean_phone(self) -> str:
        """Return the number in pairs, as people read it."""
        digits = self.cleaned_data["phone"].replace(" ", "")
        return " ".join(digits[start : start + 2] for start in range(0, 10, 2))


class CertifyingForm(forms.Form):
    """The certifications that a certifier delivers."""

    certifications = forms.ModelMultipleChoiceField(
        label="Certifications délivrées",
        queryset=Certification.objects.order_by("title", "code"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Un candidat s’inscrit auprès du certificateur que sa certification nomme.",
    )
    territory = forms.CharField(
        label="Territoire",
        max_length=200,
        required=False,
        help_text="À remplir si, pour ces certifications, ce n’est pas tout le territoire de l’organisme.",
    )
