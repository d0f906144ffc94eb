"""What the certifier writes: the members of its juries, the sessions and their panels."""

from typing import Any, ClassVar

from django import forms

from jalon.juries.models import Juror, Session
from jalon.law.vocabulary import College, PanelRole, SessionMode
from jalon.now import today
from jalon.web.fields import (
    DateInput,
    drop_empty_choice,
    field,
    name_empty_choices,
    validate_siren,
)

#: What is asked of a person once, when they join.
PERSON = ("first_name", "last_name", "email")


class JurorForm(forms.ModelForm):
    """A member of the pool (R-060, R-065, R-066, R-068)."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    email = forms.EmailField(label="Adresse e-mail")

    class Meta:
        model = Juror
        fields: ClassVar = [
            "first_name",
            "last_name",
            "email",
            "college",
            "union",
            "gender",
            "employer",
            "employer_siren",
            "qualified_for",
        ]
        labels: ClassVar = {"qualified_for": "Qualifié pour"}
        widgets: ClassVar = {
            "college": forms.RadioSelect,
            "gender": forms.RadioSelect,
            "qualified_for": forms.CheckboxSelectMultiple,
        }
        help_texts: ClassVar = {
            "union": "Pour le collège des salariés seulement.",
            "employer_siren": "Neuf chiffres. Sert à voir si un candidat vient de la même entreprise.",
            "qualified_for": "Au moins un membre de chaque jury doit l’être pour la certification.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_empty_choice(self, "college", "gender")
        field(self, "qualified_for").required = False
        field(self, "employer_siren").validators.append(validate_siren)
        if self.instance.pk:
            for name in PERSON:
                del self.fields[name]
        name_empty_choices(self)

    def clean(self) -> dict[str, Any]:
        """Check that a member of the employees' side names their union (R-068)."""
        said = super().clean() or {}
        if said.get("college") == College.EMPLOYEES and not said.get("union"):
            self.add_error("union", "Indiquez l’organisation syndicale de ce membre.")
        return said

    def person(self) -> dict[str, str]:
        """Return the names and address of a new member; nothing of one already known."""
        return {name: self.cleaned_data[name] for name in PERSON if name in self.fields}

    def known(self) -> dict[str, Any]:
        """Return what is known of the member as a juror."""
        return {name: said for name, said in self.cleaned_data.items() if name not in PERSON}


class SessionForm(forms.ModelForm):
    """A session and its panel."""

    president = forms.ModelChoiceField(label="Président du jury", queryset=Juror.objects.none())
    members = forms.ModelMultipleChoiceField(
        label="Autres membres", queryset=Juror.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Session
        fields = (
            "certification",
            "held_on",
            "mode",
            "form",
            "place",
            "link",
            "documents",
            "accessibility_contact",
            "imbalance_reason",
            "conflict_reason",
        )
        widgets: ClassVar = {
            "held_on": DateInput(),
            "mode": forms.RadioSelect,
            "form": forms.RadioSelect,
            "documents": forms.TextInput,
            "imbalance_reason": forms.TextInput,
            "conflict_reason": forms.TextInput,
        }
        help_texts: ClassVar = {
            "imbalance_reason": "À remplir si le jury ne compte que des femmes ou que des hommes.",
            "conflict_reason": "À remplir si un membre travaille dans une entreprise d’un candidat.",
        }

    def __init__(self, *args: Any, pool: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("president", "members"):
            field(self, name).queryset = pool
        drop_empty_choice(self, "mode", "form")

    def clean(self) -> dict[str, Any]:
        """Check that the session is somewhere, to come, and that nobody sits twice."""
        said = super().clean() or {}
        if said.get("mode") == SessionMode.ON_SITE and not said.get("place"):
            self.add_error("place", "Indiquez l’adresse de la session.")
        if said.get("mode") == SessionMode.REMOTE and not said.get("link"):
            self.add_error("link", "Indiquez le lien de la visioconférence.")
        if said.get("held_on") and said["held_on"] < today():
            self.add_error("held_on", "Choisissez une date à venir.")
        if said.get("president") in (said.get("members") or []):
            self.add_error("members", "Le président est déjà membre : ne le cochez pas ici.")
        return said

    def values(self) -> dict[str, Any]:
        """Return the session's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def panel(self) -> list[tuple[Juror, PanelRole]]:
        """Return who sits, and as what."""
        members = [(one, PanelRole.MEMBER) for one in self.cleaned_data["members"]]
        return [(self.cleaned_data["president"], PanelRole.PRESIDENT), *members]
