"""What a candidate, or the architect beside them, writes: one thing a page."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from jalon.catalogue.models import Bloc
from jalon.documents import sound
from jalon.journeys.models import Journey
from jalon.law.cerfa import Status, YesNo
from jalon.law.clocks import add_months
from jalon.law.vocabulary import (
    ClaimLevel,
    DocumentKind,
    ExperienceKind,
    FeasibilityKind,
    ReadThrough,
    RemarkKind,
)
from jalon.now import today
from jalon.people.models import CandidateProfile, in_france
from jalon.web.fields import (
    DateInput,
    LongText,
    asked_in_digits,
    drop_empty_choice,
    field,
    mark_asked_by_law,
    name_empty_choices,
    validate_not_to_come,
    validate_phone,
    validate_siren,
    validate_within_a_life,
)
from jalon.writing.models import AdmissibilityRequest, Experience, FeasibilityFile, Section

#: The age from which somebody works, in years.
YOUNGEST = 16
PROFILE_HELP = {
    "birth_department": "Pour une naissance en France : son nom ou son numéro.",
    "phone": "Pour vous joindre au sujet de votre dossier.",
    "collective_agreement": "Elle est écrite sur votre fiche de paie, par exemple « Métallurgie ». "
    "Vous ne la trouvez pas ? Laissez vide.",
}
#: What a browser may fill in by itself, so that nobody types on a phone what it already knows.
AUTOCOMPLETE = {
    "born_on": "bday",
    "street": "street-address",
    "postcode": "postal-code",
    "town": "address-level2",
    "country": "country-name",
    "phone": "tel",
}


class ProfileForm(forms.ModelForm):
    """The civil status: what is there is checked and kept, what is not yet there may come later."""

    class Meta:
        model = CandidateProfile
        exclude: ClassVar = ["user"]
        widgets: ClassVar = {"born_on": DateInput(), "civility": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, *CandidateProfile.REQUIRED)
        for name, purpose in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose
        name_empty_choices(self)
        drop_empty_choice(self, "civility")
        field(self, "born_on").validators += [validate_not_to_come, validate_within_a_life]
        field(self, "phone").validators.append(validate_phone)
        for name, help_text in PROFILE_HELP.items():
            field(self, name).help_text = help_text

    def clean_born_on(self) -> date | None:
        """Check that the person is old enough to ask for a VAE."""
        born: date | None = self.cleaned_data["born_on"]
        if born and add_months(born, 12 * YOUNGEST) > today():
            raise forms.ValidationError(
                f"Vérifiez la date : il faut avoir {YOUNGEST} ans au moins."
            )
        return born

    def clean(self) -> dict[str, Any]:
        """Check that a postcode of France has its five digits."""
        said = super().clean() or {}
        postcode, country = said.get("postcode", ""), said.get("country", "")
        french = in_france(country or "France")
        if postcode and french and not re.fullmatch(r"\d{5}", postcode):
            self.add_error(
                "postcode", "Un code postal de France a cinq chiffres, par exemple 14000."
            )
        return said


class GoalsForm(forms.ModelForm):
    """The kind of request, prerequisites, expectations, trainings followed (R-014)."""

    class Meta:
        model = FeasibilityFile
        fields: ClassVar = [
            "kind",
            "admissible_until",
            "prerequisites",
            "goals",
            "trainings_followed",
            "candidate_remark",
        ]
        widgets: ClassVar = {
            "kind": forms.RadioSelect,
            "admissible_until": DateInput(),
            "prerequisites": forms.RadioSelect,
        }
        help_texts: ClassVar = {
            "kind": "Dossier adapté : vous avez déjà une recevabilité pour cette certification, ou elle a "
            "changé de numéro. Les blocs et l’avis ne sont alors pas demandés.",
            "admissible_until": "Pour un dossier adapté : la date écrite sur votre décision.",
            "prerequisites": "Un prérequis est ce qu’il faut déjà avoir : une habilitation, un permis, un "
            "diplôme. La fiche de la certification le dit.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_empty_choice(self, "prerequisites")
        self.fields["kind"].required = False
        self.fields["prerequisites"].required = True

    def clean(self) -> dict[str, Any]:
        """Keep the date of an adapted request, and of no other; it is not over."""
        said = super().clean() or {}
        kind = FeasibilityKind.or_none(str(said.get("kind", ""))) or FeasibilityKind.FULL
        until = said.get("admissible_until")
        if kind == FeasibilityKind.FULL:
            until = None
        elif until and until < today():
            self.add_error(
                "admissible_until", "Cette recevabilité est terminée : faites un dossier intégral."
            )
        return said | {"kind": kind, "admissible_until": until}


class ExperienceForm(forms.ModelForm):
    """One activity."""

    kind = forms.ChoiceField(label="Type d’activité", choices=ExperienceKind.choices())

    class Meta:
        model = Experience
        fields: ClassVar = [
            "kind",
            "title",
            "employer",
            "employer_siren",
            "town",
            "started_on",
            "ended_on",
            "hours_per_week",
            "activities",
        ]
        widgets: ClassVar = {"started_on": DateInput(), "ended_on": DateInput()}
        help_texts: ClassVar = {
            "ended_on": "Laissez vide si vous y êtes encore.",
            "employer_siren": "Neuf chiffres, sur votre fiche de paie. Laissez vide si vous ne savez pas.",
            "activities": "Avec vos mots : ce que vous faisiez, sur quelles machines, pour qui.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("started_on", "ended_on"):
            field(self, name).validators += [validate_not_to_come, validate_within_a_life]
        asked_in_digits(self, "employer_siren", validate_siren)
        if "hours_per_week" in self.fields:
            field(self, "hours_per_week").validators += [
                MinValueValidator(1, "Indiquez une heure par semaine au moins."),
                MaxValueValidator(60, "Indiquez soixante heures par semaine au plus."),
            ]

    def clean(self) -> dict[str, Any]:
        """Check that the end comes after the start."""
        said = super().clean() or {}
        start, end = said.get("started_on"), said.get("ended_on")
        if start and end and end < start:
            self.add_error("ended_on", "La fin vient après le début : vérifiez les deux dates.")
        return said


class ActivityForm(ExperienceForm):
    """One activity of the 2002 route, with the columns of the form; the status says its kind."""

    class Meta(ExperienceForm.Meta):
        fields: ClassVar = [
            "status",
            "title",
            "employer",
            "employer_siren",
            "town",
            "family",
            "started_on",
            "ended_on",
            "hours_total",
            "working_time",
            "certification_prepared",
            "purpose",
            "activities",
        ]
        help_texts: ClassVar = ExperienceForm.Meta.help_texts | {
            "hours_total": "Le nombre d’heures de toute la période. Un an à temps plein : 1 607 heures.",
            "working_time": "Pour un emploi, une activité indépendante ou bénévole, un mandat, une immersion.",
            "certification_prepared": "Seulement pour une alternance, un stage ou une période de formation.",
            "purpose": "Seulement pour une période d’immersion (PMSMP) : une courte période en entreprise.",
        }

    asked = ("status", "family", "hours_total")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]
        name_empty_choices(self)
        mark_asked_by_law(self, *self.asked)

    def clean(self) -> dict[str, Any]:
        """Read the kind of the activity in its status."""
        said = super().clean()
        status = Status.or_none(str(said.get("status", "")))
        return said | {"kind": status.kind if status else ExperienceKind.EMPLOYED}


class RequestForm(forms.ModelForm):
    """The nature of a request, the person's situation and studies (headings 1, 3 and 4)."""

    class Meta:
        model = AdmissibilityRequest
        exclude: ClassVar = ["feasibility"]
        widgets: ClassVar = {
            "nature": forms.RadioSelect,
            "nationality": forms.RadioSelect,
            "seeking_since": DateInput(),
            "disabled_worker": forms.RadioSelect,
            "studies_recognised": forms.RadioSelect,
        }
        help_texts: ClassVar = {
            "nature": "Renouvellement ou prolongation : joignez la copie de votre première demande et de sa notification.",
            "disabled_worker": "Vous pouvez ne pas répondre : cela ne change rien à la décision.",
            "parts_obtained": "Laissez vide si vous n’en avez aucune.",
            "related_certifications": "Leurs intitulés exacts.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_empty_choices(self)
        drop_empty_choice(self, "nature", "nationality", "studies_recognised")
        field(self, "disabled_worker").choices = [
            ("", "Je préfère ne pas répondre"),
            *YesNo.choices(),
        ]
        field(self, "seeking_since").validators.append(validate_not_to_come)
        mark_asked_by_law(self, *AdmissibilityRequest.REQUIRED)


class BlocForm(forms.Form):
    """How the experience covers one bloc, competence by competence."""

    def __init__(
        self, *args: Any, bloc: Bloc, claims: dict[int, Any], text: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.competences = list(bloc.competences.all())
        for competence in self.competences:
            claim = claims.get(competence.pk)
            self.fields[f"level_{competence.pk}"] = forms.ChoiceField(
                label=competence.title,
                choices=ClaimLevel.choices(),
                widget=forms.RadioSelect,
                initial=claim.level if claim else None,
            )
            self.fields[f"example_{competence.pk}"] = forms.CharField(
                label=f"Un exemple pour « {competence.title} »",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=claim.example if claim else "",
            )
        self.fields["text"] = LongText(
            label="En résumé, comment votre expérience couvre ce bloc", initial=text
        )

    def claims(self) -> dict[Any, tuple[ClaimLevel, str]]:
        """Return the answer and the example for each competence."""
        said = self.cleaned_data
        return {
            one: (ClaimLevel(said[f"level_{one.pk}"]), said[f"example_{one.pk}"])
            for one in self.competences
        }


#: What a renewal or an extension is proved with (R-042).
OF_A_RENEWAL = (DocumentKind.FIRST_REQUEST, DocumentKind.NOTIFICATION)


class UploadForm(forms.Form):
    """A file to add."""

    kind = forms.ChoiceField(
        label="Ce que c’est",
        choices=[
            (kind.value, kind.label)
            for kind in (
                DocumentKind.IDENTITY,
                DocumentKind.EXPERIENCE_PROOF,
                DocumentKind.TRAINING_PROOF,
                DocumentKind.EQUIVALENCE,
                DocumentKind.OTHER,
            )
        ],
    )
    file = forms.FileField(label="Fichier ou photo", help_text="PDF, JPEG ou PNG, 15 Mo au plus.")

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not journey.on_portal:
            known = field(self, "kind").choices
            field(self, "kind").choices = [
                *known[:-1],
                *((kind.value, kind.label) for kind in OF_A_RENEWAL),
                known[-1],
            ]


class SectionForm(forms.ModelForm):
    """The small questions for one competence."""

    #: What brings a proof: the camera of a phone, or a file.
    PROOFS = ("photo", "evidence")

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    photo = forms.FileField(
        label="Prendre une photo",
        required=False,
        help_text="Une preuve : une pièce, un plan, votre poste. Pas de visage. Le lieu de la photo n’est pas gardé.",
        widget=forms.FileInput(
            attrs={"accept": "image/*", "capture": "environment", "data-preview": True}
        ),
    )
    evidence = forms.FileField(
        label="Choisir un fichier",
        required=False,
        help_text="Une preuve : photo ou document, en PDF, JPEG ou PNG ; ou votre voix, "
        f"{sound.LONGEST_SAID} au plus, en {sound.TYPES}.",
        widget=forms.FileInput(attrs={"data-preview": True}),
    )

    class Meta:
        model = Section
        fields: ClassVar = list(Section.QUESTIONS)
        help_texts: ClassVar = {
            "context": "Où, quand, pour quel travail ?",
            "actions": "Écrivez « je » : ce que vous avez fait vous-même, dans l’ordre.",
            "result": "Comment avez-vous su que c’était bien fait ?",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, *Section.NEEDED)


class PresentationForm(forms.Form):
    """A few lines for the jury."""

    presentation = LongText(label="Votre parcours en quelques lignes", required=False)


class ReadThroughForm(forms.Form):
    """What who accompanies looked at before a file leaves."""

    points = forms.MultipleChoiceField(
        label="Ce que vous avez relu",
        required=False,
        choices=ReadThrough.choices(),
        widget=forms.CheckboxSelectMultiple,
    )


class RemarkForm(forms.Form):
    """What who accompanies says of some words."""

    sentence = forms.CharField(widget=forms.HiddenInput, strip=False)
    words = forms.CharField(
        label="Les mots visés",
        required=False,
        help_text="Laissez vide pour viser toute la phrase, ou recopiez-en quelques mots.",
    )
    kind = forms.ChoiceField(
        label="Nature", choices=RemarkKind.choices(), widget=forms.RadioSelect, initial="question"
    )
    body = LongText(
        label="Votre remarque",
        required=False,
        help_text="Pour une proposition, elle peut rester vide.",
    )
    replacement = forms.CharField(
        label="Les mots que vous proposez",
        required=False,
        help_text="Pour une proposition : le candidat pourra les mettre à la place des siens.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_asked_by_law(self, "body")

    def clean(self) -> dict[str, Any]:
        """Ask for what each kind needs: words proposed, or a remark."""
        said = super().clean() or {}
        if said.get("kind") == RemarkKind.SUGGESTION:
            if not said.get("replacement"):
                self.add_error("replacement", "Écrivez les mots que vous proposez.")
        elif not said.get("body"):
            self.add_error("body", "Écrivez votre remarque.")
        return said


class ReplyForm(forms.Form):
    """What a candidate does of a remark: an answer in a line, done, or accepted."""

    answer = forms.CharField(max_length=300, required=False)
    act = forms.ChoiceField(choices=[(one, one) for one in ("answer", "done", "accept")])
    seen = forms.IntegerField()

    def clean(self) -> dict[str, Any]:
        """Refuse an answer without words."""
        said = super().clean() or {}
        if said.get("act") == "answer" and not said.get("answer"):
            self.add_error("answer", "Écrivez votre réponse avant de l’envoyer.")
        return said
