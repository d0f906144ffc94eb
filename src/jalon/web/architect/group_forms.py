"""The form of a company's group."""

from typing import Any

from django import forms

from jalon.catalogue.models import Certification
from jalon.people.models import User
from jalon.people.queries import colleagues
from jalon.support.models import CompanyGroup
from jalon.web.fields import ONE_LINE, DateField, asked_in_digits, field, validate_siren

#: What of a group a form says as it stands.
KEPT = ("title", "company", "siren", "starts_on", "ends_on")


class GroupForm(forms.Form):
    """A company and its SIREN, a title, two days, what is aimed at, and who answers for the group."""

    title = forms.CharField(
        label="Titre du groupe",
        max_length=120,
        help_text="Les candidats le lisent. Par exemple, « Usinage, printemps 2027 ».",
    )
    company = forms.CharField(label="Entreprise", max_length=ONE_LINE)
    siren = forms.CharField(label="SIREN", help_text="Neuf chiffres.")
    starts_on = DateField(label="Premier jour")
    ends_on = DateField(label="Dernier jour", help_text="Ensuite, le code n’ouvre plus le groupe.")
    certifications = forms.ModelMultipleChoiceField(
        label="Certifications visées",
        queryset=Certification.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    referent = forms.ModelChoiceField(
        label="Architecte référent",
        queryset=User.objects.none(),
        empty_label=None,
        help_text="Les candidats que personne n’accompagne encore lui sont proposés.",
    )

    def __init__(
        self, *args: Any, organisation: int, changed: CompanyGroup | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked_in_digits(self, "siren", validate_siren)
        leaders = colleagues(organisation)
        if changed:
            leaders |= User.objects.filter(pk=changed.referent_id)
        field(self, "referent").queryset = leaders.distinct()
        field(self, "referent").label_from_instance = User.get_full_name
        aimed_at = Certification.objects.filter(active=True).order_by("title", "code")
        field(self, "certifications").queryset = aimed_at
        if changed:
            self.initial = {**said_of(changed), **self.initial}


def said_of(group: CompanyGroup) -> dict[str, Any]:
    """Return what a form shows of a group as it is now."""
    return {name: getattr(group, name) for name in KEPT} | {
        "referent": group.referent_id,
        "certifications": list(group.certifications.values_list("pk", flat=True)),
    }
