"""What the office writes: people with their roles, organisations."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models import QuerySet

from jalon.catalogue.models import Certification
from jalon.journeys.actions import act
from jalon.journeys.models import Journey
from jalon.journeys.queries import loads
from jalon.law.facts import Reason, ReassignmentRequest
from jalon.law.vocabulary import Act, Role
from jalon.people import queries
from jalon.people.models import Membership, Organisation, User
from jalon.web.fields import (
    DateInput,
    Impersonal,
    asked_in_digits,
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
            "works_here",
            "address",
            "phone",
            "email",
            "disability_contact",
        ]
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "qualiopi_until": DateInput(),
            "closed_on": DateInput(),
            "address": Impersonal(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "siret": "Quatorze chiffres.",
            "qualiopi_until": "Sans certification valable, l’organisme ne prend personne en charge.",
            "territory": "Les départements ou la région où il travaille : les candidats choisissent avec lui.",
            "closed_on": "À remplir quand l’organisme cesse : plus aucun candidat ne peut le choisir.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_empty_choice(self, "kind")
        asked_in_digits(self, "siret", validate_siret)


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
        help_text="Un candidat qui vise une de ces certifications s’inscrit auprès de ce certificateur.",
    )
    territory = forms.CharField(
        label="Territoire",
        max_length=200,
        required=False,
        help_text="À remplir si, pour ces certifications, ce n’est pas tout le territoire de l’organisme.",
    )


class EndAccessForm(forms.Form):
    """To whom the files of a person go when their access is closed."""

    colleague = forms.ModelChoiceField(
        label="À qui confier ses dossiers ?",
        queryset=User.objects.none(),
        required=False,
        empty_label="À personne pour l’instant",
        help_text="Sans choix, chaque collègue pourra reprendre ces dossiers.",
    )

    def __init__(self, *args: Any, membership: Membership, files: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = membership.organisation_id
        if not files or organisation is None:
            del self.fields["colleague"]
            return
        others = queries.colleagues(organisation).exclude(pk=membership.user_id)
        field(self, "colleague").queryset = others


def hand_over(by: User, journeys: Iterable[uuid.UUID], colleague: User, reason: str = "") -> int:
    """Hand some files to a colleague, wholly or not at all, and return how many; raises `Refused`."""
    return share_out(by, [(one, colleague) for one in journeys], reason)


def share_out(by: User, files: Iterable[tuple[uuid.UUID, User]], reason: str) -> int:
    """Hand each file to its colleague, wholly or not at all, and return how many; raises `Refused`."""
    with transaction.atomic():
        return len(
            [
                act(one, Act.REASSIGN, by=by, facts=ReassignmentRequest(to.pk, reason))
                for one, to in files
            ]
        )


#: How many files change hands at once at most.
MOST = 200


def end_accompaniments(by: User, journeys: Iterable[uuid.UUID], reason: str) -> int:
    """End the accompaniment of some files, wholly or not at all, and return how many; raises `Refused`."""
    with transaction.atomic():
        return len(
            [act(one, Act.END_ACCOMPANIMENT, by=by, facts=Reason(reason)) for one in journeys]
        )


class HandOverForm(forms.Form):
    """What becomes of the ticked files: a colleague takes them, or the accompaniment ends."""

    HAND_OVER, END = "confier", "terminer"

    journeys = forms.ModelMultipleChoiceField(
        label="Dossiers",
        queryset=Journey.objects.none(),
        error_messages={"required": "Cochez au moins un dossier."},
    )
    every = forms.BooleanField(label="Tous les dossiers de cette liste", required=False)
    what = forms.ChoiceField(
        label="Que faire de ces dossiers ?",
        choices=[
            (HAND_OVER, "Les confier à un ou plusieurs collègues"),
            (END, "Mettre fin à l’accompagnement : chaque candidat choisit la suite"),
        ],
        widget=forms.RadioSelect,
        initial=HAND_OVER,
    )
    colleague = forms.ModelMultipleChoiceField(
        label="À quel collègue ?",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Avec plusieurs collègues, chaque dossier va à celui qui en suit le moins.",
    )
    reason = forms.CharField(
        label="Pourquoi ?",
        required=False,
        max_length=500,
        help_text="Le candidat le lit si l’accompagnement se termine.",
    )

    def __init__(
        self,
        *args: Any,
        organisation: Organisation | None,
        found: QuerySet[Journey],
        count: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field(self, "journeys").required = "every" not in self.data
        field(self, "journeys").queryset = found
        self.loads = loads(organisation.pk) if organisation else {}
        every = field(self, "every")
        every.label = f"Tous les dossiers de cette liste : {count}"
        if count > MOST:
            every.help_text = f"Les {MOST} premiers d’abord, puis revenez ici pour les autres."
        mark_asked_by_law(self, "colleague")
        if organisation:
            field(self, "colleague").queryset = queries.colleagues(organisation.pk)
            field(self, "colleague").label_from_instance = self.with_load

    def with_load(self, colleague: User) -> str:
        """Return the name of a colleague, and how many files they follow."""
        files = self.loads.get(colleague.pk, 0)
        return f"{colleague.get_full_name()} : {files} dossier{'s' * (files > 1)}"

    def clean(self) -> dict[str, Any]:
        """Take every file of the list when asked to, and ask for a colleague when they are handed over."""
        said = super().clean() or self.cleaned_data
        chosen = list(said.get("colleague") or ())
        if said.get("every"):
            listed = field(self, "journeys").queryset
            handed = said.get("what") == self.HAND_OVER and len(chosen) == 1
            said["journeys"] = list(
                (listed.exclude(architect=chosen[0]) if handed else listed)[:MOST]
            )
        if said.get("what") == self.HAND_OVER and not chosen:
            self.add_error("colleague", "Choisissez un collègue.")
        return said

    def carry_out(self, by: User) -> int:
        """Do what is asked of the ticked files; raises `Refused`."""
        said = self.cleaned_data
        if said["what"] == self.END:
            return end_accompaniments(by, [one.pk for one in said["journeys"]], said["reason"])
        return share_out(by, self.shares(), said["reason"])

    def shares(self) -> list[tuple[uuid.UUID, User]]:
        """Return to whom each file goes: who has the fewest then, and never who has it already, if others may."""
        colleagues, loads = list(self.cleaned_data["colleague"]), dict(self.loads)
        shared = []
        for one in self.cleaned_data["journeys"]:
            others = [who for who in colleagues if who.pk != one.architect_id] or colleagues
            to = min(others, key=lambda who: (loads.get(who.pk, 0), who.pk))
            loads[to.pk] = loads.get(to.pk, 0) + 1
            if one.architect_id in loads:
                loads[one.architect_id] -= 1
            shared.append((one.pk, to))
        return shared

    def done(self) -> str:
        """Return what was done, in a sentence."""
        count = len(self.cleaned_data["journeys"])
        if self.cleaned_data["what"] == self.END:
            return f"C’est fait : {count} accompagnement{'s' * (count > 1)} terminé{'s' * (count > 1)}."
        whom = " et ".join(one.get_full_name() for one in self.cleaned_data["colleague"])
        return (
            f"C’est fait : {count} dossier{'s' * (count > 1)} confié{'s' * (count > 1)} à {whom}."
        )

    @property
    def hands_over(self) -> bool:
        """Say whether the files go to colleagues."""
        return bool(self.cleaned_data["what"] == self.HAND_OVER)
