"""Forms that ask for the facts of an act: the shape of the data is checked here, the law decides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator

from jalon.journeys.models import Journey
from jalon.law import facts
from jalon.law.support import FIRST_MEETING_SUBJECTS
from jalon.law.vocabulary import Act, DropOutReason, MeetingMode, Opinion
from jalon.now import today

ONLY_WHAT_IS_NEEDED = "N’écrivez que ce qui est utile au dossier : pas de santé, d’opinion ni de données d’autres personnes."


SIREN = RegexValidator(r"^\d{9}$", "Écrivez les neuf chiffres du SIREN, sans espace.")
SIRET = RegexValidator(r"^\d{14}$", "Écrivez les quatorze chiffres du SIRET, sans espace.")


def gone_by(day: date) -> None:
    """Refuse a day to come, where only the past is told."""
    if day > today():
        raise forms.ValidationError("Cette date n’est pas encore venue : vérifiez l’année.")


def field(form: forms.BaseForm, name: str) -> Any:
    """Return a field of a form as the kind it is: the types know only what all kinds share."""
    return form.fields[name]


def law_asks(form: forms.BaseForm, *names: str) -> None:
    """Mark fields that the law will ask for, though the form lets them be empty: not optional."""
    for name in names:
        field(form, name).law_asks = True


def grouped(form: forms.BaseForm, title: str, *names: str) -> None:
    """Put fields under one heading, which screen readers hear with each label."""
    for name in names:
        field(form, name).group = title


def plain_choices(form: forms.BaseForm) -> None:
    """Say what to do where a list starts with dashes."""
    for one in form.fields.values():
        if isinstance(one, forms.ChoiceField) and isinstance(one.widget, forms.Select):
            known = list(one.choices)  # type: ignore[arg-type]
            if known and not known[0][0]:
                one.choices = [("", "Choisissez"), *known[1:]]


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DateField(forms.DateField):
    """A day."""

    widget = DateInput


class LongText(forms.CharField):
    """A text of several lines, with the reminder of what not to write (R-126)."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(
        self, *, label: str, required: bool = True, help_text: str = "", **kwargs: Any
    ) -> None:
        super().__init__(
            label=label, required=required, help_text=help_text or ONLY_WHAT_IS_NEEDED, **kwargs
        )


class ActForm(forms.Form):
    """What a person brings to an act; `facts()` gives it in the law's own shape.

    `asked` names the fields that the law refuses empty: the form lets the law say so, with its rule.
    """

    asked: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        self.journey = journey
        super().__init__(*args, **kwargs)
        self.prepare()
        law_asks(self, *self.asked)

    def prepare(self) -> None:
        """Adapt the fields to the journey."""

    def facts(self) -> facts.Facts:
        """Return the facts of the act."""
        return facts.Nothing()


#: The acts that say it better than the form of their facts would.
FORM_OF_ACT: dict[Act, type[ActForm]] = {}


def form_for(act: Act) -> Callable[[type[ActForm]], type[ActForm]]:
    """Register the form of one act, in place of the one of its facts."""

    def register(form: type[ActForm]) -> type[ActForm]:
        FORM_OF_ACT[act] = form
        return form

    return register


class ReasonForm(ActForm):
    """Why."""

    asked = ("reason",)
    reason = LongText(label="Pourquoi ?", required=False)

    def facts(self) -> facts.Facts:
        """Return the reason."""
        return facts.Reason(self.cleaned_data["reason"])


class SignatureForm(ActForm):
    """Read, sworn, signed by name."""

    asked = ("name",)
    read = forms.BooleanField(label="J’ai relu le dossier en entier.", required=False)
    sworn = forms.BooleanField(
        label="Je déclare sur l’honneur que ces informations sont exactes.", required=False
    )
    name = forms.CharField(label="Votre prénom et votre nom, en guise de signature", required=False)

    def facts(self) -> facts.Facts:
        """Return the signature."""
        return facts.Signature(**self.cleaned_data)


@form_for(Act.GIVE_MANDATE)
class MandateForm(SignatureForm):
    """A mandate to deposit."""

    read = forms.BooleanField(
        label="J’autorise mon architecte à envoyer mes dossiers à ma place.", required=False
    )
    sworn = forms.BooleanField(label="Je peux retirer cet accord à tout moment.", required=False)


@form_for(Act.SIGN_ORIGINALITY)
class OriginalityForm(SignatureForm):
    """The text is theirs."""

    sworn = forms.BooleanField(
        label="J’atteste que ce dossier est mon travail et décrit mon expérience.", required=False
    )


class FirstMeetingForm(ActForm):
    """The seven subjects of the first meeting (R-089)."""

    asked = tuple(FIRST_MEETING_SUBJECTS)
    held_on = DateField(label="Date du rendez-vous")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=600)
    mode = forms.ChoiceField(
        label="Modalité", choices=MeetingMode.choices(), widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        """Add one text for each subject."""
        for name, label in FIRST_MEETING_SUBJECTS.items():
            self.fields[name] = LongText(label=label.capitalize(), required=False)

    def facts(self) -> facts.Facts:
        """Return the report."""
        said = self.cleaned_data
        return facts.FirstMeeting(**said | {"mode": MeetingMode(said["mode"])})


MILESTONES = 4


class PathForm(ActForm):
    """Milestones up to the jury, hours, modality (R-090)."""

    asked = ("title_0", "due_0")
    hours_individual = forms.IntegerField(label="Heures individuelles", min_value=0, max_value=400)
    hours_group = forms.IntegerField(label="Heures en atelier", min_value=0, max_value=400)
    hours_training = forms.IntegerField(label="Heures de formation", min_value=0, max_value=400)
    mode = forms.ChoiceField(
        label="Modalité", choices=MeetingMode.choices(), widget=forms.RadioSelect
    )
    training = forms.CharField(
        label="Formation proposée",
        required=False,
        help_text="Laissez vide s’il n’y en a pas. Sinon, ajoutez trois devis au moins.",
    )
    quotes = forms.CharField(
        label="Devis",
        required=False,
        widget=forms.Textarea,
        help_text="Un par ligne : SIREN ; organisme ; prix en euros. Exemple : 123456789 ; Centre A ; 900",
    )
    disproportion_reason = forms.CharField(
        label="Si les prix sont très différents, pourquoi ?", required=False
    )

    def prepare(self) -> None:
        """Add the milestones, the first ones suggested."""
        start = today()
        suggested = (
            ("Dossier de faisabilité envoyé", start + timedelta(days=30)),
            ("Dossier de validation envoyé", start + timedelta(days=180)),
            ("Passage devant le jury", start + timedelta(days=250)),
        )
        for number in range(MILESTONES):
            title, due = suggested[number] if number < len(suggested) else ("", None)
            self.fields[f"title_{number}"] = forms.CharField(
                label=f"Jalon {number + 1}", required=False, initial=title
            )
            self.fields[f"due_{number}"] = DateField(
                label=f"Date du jalon {number + 1}", required=False, initial=due
            )
        self.order_fields(
            f"{part}_{number}" for number in range(MILESTONES) for part in ("title", "due")
        )

    def clean_quotes(self) -> tuple[facts.Quote, ...]:
        """Return the quotes, one for each line."""
        found = []
        for number, line in enumerate(self.cleaned_data["quotes"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(";")]
            siren, price = parts[0].replace(" ", ""), parts[-1].replace(",", ".").replace(" ", "")
            if (
                len(parts) != 3
                or not siren.isdigit()
                or len(siren) != 9
                or not price.replace(".", "", 1).isdigit()
            ):
                raise forms.ValidationError(
                    f"Ligne {number} : écrivez SIREN (9 chiffres) ; organisme ; prix en euros."
                )
            found.append(facts.Quote(siren, parts[1], round(float(price) * 100)))
        return tuple(found)

    def facts(self) -> facts.Facts:
        """Return the path."""
        said = self.cleaned_data
        milestones = tuple(
            facts.Milestone(said[f"title_{n}"], said[f"due_{n}"])
            for n in range(MILESTONES)
            if said[f"title_{n}"] and said[f"due_{n}"]
        )
        trainings = (
            (
                facts.Training(
                    said["training"], said.get("quotes", ()), said["disproportion_reason"]
                ),
            )
            if said["training"]
            else ()
        )
        return facts.Path(
            milestones=milestones,
            hours_individual=said["hours_individual"],
            hours_group=said["hours_group"],
            hours_training=said["hours_training"],
            mode=MeetingMode(said["mode"]),
            trainings=trainings,
        )


class PathAnswerForm(ActForm):
    """Which of the proposed trainings the candidate chooses."""

    trainings_chosen = forms.MultipleChoiceField(
        label="Formations que je choisis",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous pouvez n’en choisir aucune.",
    )

    def prepare(self) -> None:
        """Show the proposed path, and offer its trainings."""
        self.proposed = self.journey.journal.filter(act=Act.PROPOSE_PATH).latest("number").facts
        self.mode = MeetingMode(self.proposed["mode"]).label
        titles = [one["title"] for one in self.proposed["trainings"]]
        if titles:
            field(self, "trainings_chosen").choices = [(title, title) for title in titles]
        else:
            del self.fields["trainings_chosen"]

    def facts(self) -> facts.Facts:
        """Return the choice."""
        return facts.PathAnswer(tuple(self.cleaned_data.get("trainings_chosen", ())))


class OpinionForm(ActForm):
    """The accompanist's opinion (R-015, R-016)."""

    opinion = forms.ChoiceField(
        label="Votre avis", choices=Opinion.choices(), widget=forms.RadioSelect
    )
    comment = LongText(label="Motifs", required=False)

    def facts(self) -> facts.Facts:
        """Return the opinion."""
        return facts.OpinionGiven(
            Opinion(self.cleaned_data["opinion"]), self.cleaned_data["comment"]
        )


class MissingForm(ActForm):
    """What is missing, one thing a line (R-026)."""

    asked = ("items",)
    items = forms.CharField(
        label="Ce qui manque",
        widget=forms.Textarea,
        required=False,
        help_text="Une chose par ligne.",
    )
    comment = LongText(label="Message au candidat", required=False)

    def facts(self) -> facts.Facts:
        """Return the list."""
        lines = tuple(
            line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()
        )
        return facts.Missing(lines, self.cleaned_data["comment"])


class DecisionForm(ActForm):
    """A decision: gaps by competence, recommendations, reasons (R-032, R-033)."""

    recommendations = LongText(label="Recommandations", required=False)
    reason = LongText(
        label="Motifs", required=False, help_text="Obligatoire pour refuser sans écart nommé."
    )
    valid_until = DateField(label="Recevabilité valable jusqu’au", required=False)

    def prepare(self) -> None:
        """Add one text for each competence; the limit of validity exists on the 2002 route only."""
        if self.journey.on_portal:
            del self.fields["valid_until"]
        self.targets = [
            (f"gap_{competence.pk}", competence.title)
            for bloc in self.journey.targeted.prefetch_related("competences").order_by("position")
            for competence in bloc.competences.all()
        ]
        for name, title in self.targets:
            self.fields[name] = forms.CharField(
                label=f"Écart : {title}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
            )
        self.order_fields([name for name, _ in self.targets])

    def facts(self) -> facts.Facts:
        """Return the decision."""
        said = self.cleaned_data
        gaps = tuple(
            facts.GapFound(title, said[name]) for name, title in self.targets if said[name].strip()
        )
        return facts.Decision(
            gaps, said["recommendations"], said["reason"], said.get("valid_until")
        )


class StepForm(ActForm):
    """Something that happened, and what proves it (R-045)."""

    asked = ("text", "evidence")
    on = DateField(label="Date")
    text = LongText(label="Ce qui a été fait", required=False)
    evidence = forms.CharField(label="Ce qui le prouve", required=False)

    def facts(self) -> facts.Facts:
        """Return the dated note."""
        return facts.DatedNote(**self.cleaned_data)


@form_for(Act.RECORD_CONTACT)
class ContactForm(ActForm):
    """An attempt to reach the candidate."""

    on = DateField(label="Date", initial=today)
    text = LongText(label="Comment, et avec quel résultat ?")
    answered = forms.TypedChoiceField(
        label="Le candidat a-t-il répondu ?",
        widget=forms.RadioSelect,
        choices=[
            ("oui", "Oui"),
            ("non", "Non : Jalon le relance dans une semaine, puis dans deux"),
        ],
        coerce=lambda said: said == "oui",
    )

    def facts(self) -> facts.Facts:
        """Return the contact."""
        return facts.Contact(**self.cleaned_data)


class LapseForm(ActForm):
    """A person vouches that nothing excuses the silence (R-044)."""

    no_legitimate_reason = forms.BooleanField(
        label="J’ai vérifié : aucun motif légitime n’explique cette absence d’étape.",
        required=False,
    )
    comment = LongText(label="Ce qui a été vérifié", required=False)

    def facts(self) -> facts.Facts:
        """Return the confirmation."""
        return facts.Lapse(**self.cleaned_data)


class PostJuryForm(ActForm):
    """The meeting after the jury: an action for each missing bloc, or another project (R-081)."""

    held_on = DateField(label="Date de l’entretien")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=600)
    report = LongText(label="Compte rendu")
    alternative = LongText(label="Ou un autre projet", required=False)

    def prepare(self) -> None:
        """Add what, who and when for each missing bloc."""
        held = self.journey.awards.filter(withdrawn_on__isnull=True).values("bloc")
        self.missing = list(self.journey.targeted.exclude(pk__in=held).order_by("position"))
        for bloc in self.missing:
            about = f"« {bloc.title} »"
            self.fields[f"action_{bloc.pk}"] = forms.CharField(
                label=f"Action pour {about}", required=False
            )
            self.fields[f"who_{bloc.pk}"] = forms.CharField(
                label=f"Qui s’en charge, pour {about}", required=False
            )
            self.fields[f"due_{bloc.pk}"] = DateField(
                label=f"Pour quand, pour {about}", required=False
            )

    def facts(self) -> facts.Facts:
        """Return the report and its plan."""
        said = self.cleaned_data
        actions = tuple(
            facts.PlanAction(
                bloc.code, said[f"action_{bloc.pk}"], said[f"who_{bloc.pk}"], said[f"due_{bloc.pk}"]
            )
            for bloc in self.missing
            if said[f"action_{bloc.pk}"] and said[f"due_{bloc.pk}"]
        )
        return facts.PostJury(
            said["held_on"], said["minutes"], said["report"], actions, said["alternative"]
        )


class FraudForm(ActForm):
    """What is held against the candidate, and until when they may answer (R-082)."""

    grounds = LongText(label="Faits reprochés")
    answer_by = DateField(label="Observations attendues avant le")

    def facts(self) -> facts.Facts:
        """Return the opening."""
        return facts.FraudOpening(**self.cleaned_data)


class LeavingForm(ActForm):
    """Why a journey stops."""

    reason = forms.ChoiceField(
        label="Pourquoi ?", choices=DropOutReason.choices(), widget=forms.RadioSelect
    )
    comment = LongText(label="Voulez-vous ajouter quelque chose ?", required=False)

    def facts(self) -> facts.Facts:
        """Return the reason."""
        said = self.cleaned_data
        return facts.Leaving(DropOutReason(said["reason"]), said["comment"])


class ConfirmForm(ActForm):
    """An act that brings nothing but itself."""


#: The form of each act, by the facts that its row of the table asks for; some acts say it better.
FORMS: dict[type[facts.Facts], type[ActForm]] = {
    facts.Nothing: ConfirmForm,
    facts.Reason: ReasonForm,
    facts.Signature: SignatureForm,
    facts.FirstMeeting: FirstMeetingForm,
    facts.Path: PathForm,
    facts.PathAnswer: PathAnswerForm,
    facts.OpinionGiven: OpinionForm,
    facts.Missing: MissingForm,
    facts.Decision: DecisionForm,
    facts.DatedNote: StepForm,
    facts.Lapse: LapseForm,
    facts.PostJury: PostJuryForm,
    facts.FraudOpening: FraudForm,
    facts.Leaving: LeavingForm,
}


def form_of(act: Act, asked: type[facts.Facts]) -> type[ActForm] | None:
    """Return the form of an act, or None when the act has a page of its own (the jury's)."""
    return FORM_OF_ACT.get(act) or FORMS.get(asked)
