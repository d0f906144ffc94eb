"""What the certifier writes: the members of its juries, the sessions and their panels."""

from datetime import time
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from jalon.catalogue.models import Certification, Competence
from jalon.journeys.models import Journey
from jalon.juries import queries
from jalon.juries.models import Juror, Session
from jalon.law.clocks import french, french_hour
from jalon.law.facts import HearingRequest
from jalon.law.vocabulary import College, PanelRole, SessionMode, Stage
from jalon.now import today
from jalon.web.fields import (
    DateInput,
    Impersonal,
    LongText,
    asked_in_digits,
    drop_empty_choice,
    field,
    group,
    mark_asked_by_law,
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
            "college": "Qui ce membre représente dans le jury.",
            "union": "Pour le collège des salariés seulement.",
            "employer_siren": "Neuf chiffres. Sert à voir si un candidat vient de la même entreprise.",
            "qualified_for": "Chaque jury compte au moins un membre qualifié pour sa certification.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_empty_choice(self, "college", "gender")
        field(self, "qualified_for").required = False
        mark_asked_by_law(self, "union")
        asked_in_digits(self, "employer_siren", validate_siren)
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


def somewhere(form: forms.BaseForm, said: dict[str, Any]) -> None:
    """Check that a session is somewhere, and lasts."""
    if said.get("mode") == SessionMode.ON_SITE and not said.get("place"):
        form.add_error("place", "Indiquez l’adresse de la session.")
    if said.get("mode") == SessionMode.REMOTE and not said.get("link"):
        form.add_error("link", "Indiquez le lien de la visioconférence.")
    if said.get("held_on") and said["held_on"] < today():
        form.add_error("held_on", "Choisissez une date à venir.")
    if said.get("starts_at") and said.get("ends_at") and said["ends_at"] <= said["starts_at"]:
        form.add_error(
            "ends_at", "L’heure de fin est avant l’heure de début : corrigez l’une des deux."
        )


#: What a session is asked: where, in which form, with what.
PLACE_LABELS = {
    "mode": "Sur place ou à distance",
    "form": "Forme de l’évaluation",
    "place": "Adresse, si la session est sur place",
    "link": "Lien de visioconférence, si elle est à distance",
    "documents": "Ce que le candidat apporte",
    "accessibility_contact": "À qui demander un aménagement",
}
PLACE_HELP = {
    "accessibility_contact": "Un nom, un téléphone ou une adresse e-mail, pour la convocation du candidat.",
}
#: What explains a panel that a rule would refuse.
PANEL_REASONS = {
    "imbalance_reason": "Si le jury ne compte que des femmes ou que des hommes, pourquoi ?",
    "conflict_reason": "Si un membre travaille pour un employeur ou un accompagnateur d’un candidat, "
    "qu’avez-vous vérifié ?",
}


class SessionForm(forms.ModelForm):
    """A session and its panel."""

    president = forms.ModelChoiceField(label="Qui préside", queryset=Juror.objects.none())
    members = forms.ModelMultipleChoiceField(
        label="Autres membres", queryset=Juror.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Session
        fields = (
            "certification",
            "held_on",
            "starts_at",
            "ends_at",
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
            "starts_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "ends_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "mode": forms.RadioSelect,
            "form": forms.RadioSelect,
            "documents": forms.TextInput,
            "imbalance_reason": forms.TextInput,
            "conflict_reason": forms.TextInput,
        }
        labels: ClassVar = PLACE_LABELS | PANEL_REASONS
        help_texts: ClassVar = PLACE_HELP

    def __init__(self, *args: Any, pool: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("president", "members"):
            field(self, name).queryset = pool
        drop_empty_choice(self, "mode", "form")
        mark_asked_by_law(self, "place", "link", *PANEL_REASONS)
        # Who sits is chosen before anything of it is explained.
        asked = [name for name in self.fields if name not in PANEL_REASONS]
        self.order_fields([*asked, *PANEL_REASONS])
        awaited = Journey.objects.filter(stage=Stage.VALIDATION_ACCEPTED).values("certification")
        usable = Certification.objects.filter(Q(active=True) | Q(pk__in=awaited))
        field(self, "certification").queryset = usable
        name_empty_choices(self)

    def clean(self) -> dict[str, Any]:
        """Check that the session is somewhere, to come, and that nobody sits twice."""
        said = super().clean() or {}
        somewhere(self, said)
        if said.get("president") in (said.get("members") or []):
            self.add_error(
                "members", "La personne qui préside est déjà membre : ne la cochez pas ici."
            )
        return said

    def values(self) -> dict[str, Any]:
        """Return the session's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def panel(self) -> list[tuple[Juror, PanelRole]]:
        """Return who sits, and as what."""
        members = [(one, PanelRole.MEMBER) for one in self.cleaned_data["members"]]
        return [(self.cleaned_data["president"], PanelRole.PRESIDENT), *members]


class SessionChangeForm(forms.ModelForm):
    """What a session says, once it is planned: everybody who was told otherwise is told again."""

    class Meta:
        model = Session
        fields = (
            "held_on",
            "starts_at",
            "ends_at",
            "mode",
            "form",
            "place",
            "link",
            "documents",
            "accessibility_contact",
        )
        widgets: ClassVar = {
            name: widget
            for name, widget in SessionForm.Meta.widgets.items()
            if name not in PANEL_REASONS
        }
        labels: ClassVar = PLACE_LABELS
        help_texts: ClassVar = PLACE_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_empty_choice(self, "mode", "form")
        mark_asked_by_law(self, "place", "link")

    def clean(self) -> dict[str, Any]:
        """Check that the session is somewhere, and to come."""
        said = super().clean() or {}
        somewhere(self, said)
        return said

    def _post_clean(self) -> None:
        """Leave the row as it is: the room changes it, and tells people."""

    def values(self) -> dict[str, Any]:
        """Return what the session says from now on."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PanelForm(forms.Form):
    """Who sits from now on, and why it changes (R-061)."""

    president = forms.ModelChoiceField(label="Qui préside", queryset=Juror.objects.none())
    members = forms.ModelMultipleChoiceField(
        label="Autres membres", queryset=Juror.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="Pourquoi ce changement ?",
        max_length=250,
        help_text="Le membre remplacé le lira. Le journal de chaque candidat le garde.",
    )
    imbalance_reason = forms.CharField(label=PANEL_REASONS["imbalance_reason"], required=False)
    conflict_reason = forms.CharField(label=PANEL_REASONS["conflict_reason"], required=False)

    def __init__(self, *args: Any, session: Session, pool: Any, **kwargs: Any) -> None:
        seats = list(session.panel.all())
        kwargs["initial"] = {
            "president": next((s.juror_id for s in seats if s.role == PanelRole.PRESIDENT), None),
            "members": [s.juror_id for s in seats if s.role == PanelRole.MEMBER],
            "imbalance_reason": session.imbalance_reason,
            "conflict_reason": session.conflict_reason,
        }
        super().__init__(*args, **kwargs)
        for name in ("president", "members"):
            field(self, name).queryset = pool
        mark_asked_by_law(self, *PANEL_REASONS)
        name_empty_choices(self)

    def clean(self) -> dict[str, Any]:
        """Check that nobody sits twice."""
        said = super().clean() or {}
        if said.get("president") in (said.get("members") or []):
            self.add_error(
                "members", "La personne qui préside est déjà membre : ne la cochez pas ici."
            )
        return said

    def panel(self) -> list[tuple[Juror, PanelRole]]:
        """Return who sits, and as what."""
        members = [(one, PanelRole.MEMBER) for one in self.cleaned_data["members"]]
        return [(self.cleaned_data["president"], PanelRole.PRESIDENT), *members]

    def reasons(self) -> dict[str, str]:
        """Return what explains the panel."""
        return {name: self.cleaned_data[name] for name in PANEL_REASONS}


class CancelForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.CharField(
        label="Pourquoi ?", help_text="Les candidats et les membres du jury le liront."
    )


class LiftForm(forms.Form):
    """Why a declared link does not bar its member (R-064)."""

    reason = LongText(
        label="Pourquoi ce lien n’empêche pas de juger ce candidat ?",
        help_text="Par exemple : déclaré par erreur, sur le mauvais candidat. Le journal du dossier garde "
        "ce motif. La déclaration du membre reste, et ce membre en signe une nouvelle.",
    )


class BatchForm(forms.Form):
    """Several candidates called before one session, each at an hour of their own."""

    def __init__(self, *args: Any, session: Session, waiting: list[Journey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.waiting = session, waiting
        hours = [
            (one.isoformat("minutes"), french_hour(one)) for one in queries.free_hours_of(session)
        ]
        for journey in waiting:
            self.fields[f"hour_{journey.pk}"] = forms.ChoiceField(
                label=journey.candidate.get_full_name(),
                choices=[("", "Ne pas convoquer"), *hours],
                required=False,
                help_text=limit_in_words(journey),
            )
            mark_asked_by_law(self, f"hour_{journey.pk}")
        for name, label in REASONS.items():
            self.fields[name] = forms.CharField(label=label, required=False)
        mark_asked_by_law(self, *REASONS)

    @property
    def nothing_to_choose(self) -> bool:
        """Say whether nobody can be called."""
        return not self.waiting

    def clean(self) -> dict[str, Any]:
        """Check that somebody is called, and that nobody shares an hour."""
        said = super().clean() or {}
        hours = [said[name] for name in said if name.startswith("hour_") and said[name]]
        if not hours:
            self.add_error(None, "Choisissez une heure pour un candidat au moins.")
        if len(hours) != len(set(hours)):
            self.add_error(None, "Deux candidats ont la même heure : changez l’une des deux.")
        return said

    def called(self) -> list[tuple[Journey, HearingRequest]]:
        """Return each candidate called, with what is asked of the session."""
        said = self.cleaned_data
        reasons = {name: said[name] for name in REASONS}
        return [
            (
                journey,
                HearingRequest(
                    self.session.pk, time.fromisoformat(said[f"hour_{journey.pk}"]), **reasons
                ),
            )
            for journey in self.waiting
            if said[f"hour_{journey.pk}"]
        ]


#: What explains a summons that a rule would refuse.
REASONS = {
    "short_notice_reason": "Si la session est dans moins de quinze jours, pourquoi ?",
    "late_reason": "Si un candidat est entendu après sa date limite, pourquoi ?",
    "conflict_reason": PANEL_REASONS["conflict_reason"],
}


def limit_in_words(journey: Journey) -> str:
    """Return by when a candidate must be heard, when the law says so."""
    limit = getattr(journey, "hearing_limit", None)
    return f"À entendre avant le {french(limit)}." if limit else "Aucune date limite dans la loi."


class CriteriaForm(forms.Form):
    """What a jury looks at for each competence of a sheet, one criterion a line (R-072).

    A jury to come may still judge by an older version of the sheet: that one is asked too.
    """

    def __init__(self, *args: Any, certification: Certification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        followed = Journey.objects.under_way().filter(certification=certification)
        judged = Q(bloc__version=certification.version) | Q(
            bloc__version__in=followed.values("sheet_version")
        )
        self.competences = list(
            Competence.objects.filter(judged, bloc__certification=certification)
            .select_related("bloc")
            .prefetch_related("criteria")
            .order_by("-bloc__version", "bloc__position", "position")
        )
        for one in self.competences:
            name = f"criteria_{one.pk}"
            self.fields[name] = forms.CharField(
                label=one.title,
                required=False,
                widget=Impersonal(attrs={"rows": 3}),
                initial="\n".join(criterion.text for criterion in one.criteria.all()),
                validators=[validate_lines],
            )
            older = one.bloc.version < certification.version
            group(
                self,
                f"{one.bloc.title} (ancienne version de la fiche)" if older else one.bloc.title,
                name,
            )

    def criteria(self) -> dict[Competence, list[str]]:
        """Return the criteria of each competence, in order."""
        said = self.cleaned_data
        return {
            one: [line.strip() for line in said[f"criteria_{one.pk}"].splitlines() if line.strip()]
            for one in self.competences
        }


#: How long a criterion is at most.
CRITERION_LENGTH = 400


def validate_lines(text: str) -> None:
    """Refuse a criterion that is too long to be read in a grid."""
    if any(len(line.strip()) > CRITERION_LENGTH for line in text.splitlines()):
        why = f"Un critère fait {CRITERION_LENGTH} caractères au plus : écrivez-en un par ligne."
        raise forms.ValidationError(why)
