"""After the result: the meeting that follows a jury, conditions, blocs held from elsewhere."""

from django import forms

from jalon.documents.actions import store_upload
from jalon.journeys.models import BlocAward
from jalon.law.facts import (
    Annulment,
    ConditionNotMet,
    HeldElsewhere,
    PlanAction,
    PostJury,
    PostJuryProposal,
    PriorBlocAnswer,
    Reason,
    Rectification,
)
from jalon.law.vocabulary import Act, DocumentKind, MeetingMode
from jalon.people.models import User
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.common import ReasonForm
from jalon.web.fields import ONE_LINE, DateField, LongText, field, group


@form_for(Act.HOLD_POST_JURY)
class PostJuryForm(ActForm):
    """The meeting after the jury: an action for each missing bloc, or another project (R-081)."""

    prefilled = ("held_on", "minutes")
    held_on = DateField(label="Date de l’entretien")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=600)
    report = LongText(label="Compte rendu")
    alternative = LongText(label="Le projet choisi", required=False)

    def prepare(self) -> None:
        """Add what, who and when for each missing bloc."""
        held = BlocAward.objects.still_valid().told().of(self.journey).values("bloc")
        self.to_obtain = list(self.journey.targeted.exclude(pk__in=held).order_by("position"))
        for bloc in self.to_obtain:
            action, who, due = (f"{part}_{bloc.pk}" for part in ("action", "who", "due"))
            self.fields[action] = forms.CharField(label="Ce qui sera fait", required=False)
            self.fields[who] = forms.CharField(
                label="Qui s’en charge ?", required=False, max_length=ONE_LINE
            )
            self.fields[due] = DateField(label="Pour quand ?", required=False)
            group(self, f"Pour obtenir « {bloc.title} »", action, who, due)
        if self.to_obtain:
            self.lead = "Écrivez une action pour chaque bloc qui manque, ou bien un autre projet."
            group(self, "Ou un autre projet", "alternative")
            self.order_fields([name for name in self.fields if name != "alternative"])

    def facts(self) -> PostJury:
        """Return the report and its plan."""
        said = self.cleaned_data
        actions = tuple(
            PlanAction(
                bloc.code, said[f"action_{bloc.pk}"], said[f"who_{bloc.pk}"], said[f"due_{bloc.pk}"]
            )
            for bloc in self.to_obtain
            if said[f"action_{bloc.pk}"] and said[f"due_{bloc.pk}"]
        )
        return PostJury(
            said["held_on"], said["minutes"], said["report"], actions, said["alternative"]
        )


@form_for(Act.PROPOSE_POST_JURY)
class ProposalForm(ActForm):
    """A meeting that the candidate may do without (R-081)."""

    on = DateField(
        label="Date proposée", required=False, help_text="Laissez vide pour en convenir ensemble."
    )
    mode = forms.ChoiceField(label="Comment ?", choices=MeetingMode.choices())
    message = LongText(label="Message au candidat", required=False)

    def facts(self) -> PostJuryProposal:
        """Return the proposal."""
        said = self.cleaned_data
        return PostJuryProposal(said["on"], MeetingMode(said["mode"]), said["message"])


@form_for(Act.DECLINE_POST_JURY)
class DecliningForm(ActForm):
    """A candidate does without the meeting, and need not say why (R-081)."""

    reason = LongText(label="Voulez-vous dire pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason, maybe empty."""
        return Reason(self.cleaned_data["reason"])


@form_for(Act.CONDITION_NOT_MET)
class ConditionForm(ActForm):
    """Which blocs the condition bore on, and why they are not acquired (R-085)."""

    asked_by_law = ("blocs", "reason")
    blocs = forms.MultipleChoiceField(
        label="Les blocs sur lesquels portait la réserve",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Ils ne sont plus acquis. Les autres le restent.",
    )
    reason = LongText(label="Ce qui a manqué", required=False)

    def prepare(self) -> None:
        """Offer the blocs that this journey gave."""
        given = self.journey.awards.held().filter(attempt__isnull=False).select_related("bloc")
        choices = [(one.bloc.code, one.bloc.title) for one in given.order_by("bloc__position")]
        field(self, "blocs").choices = choices

    def facts(self) -> ConditionNotMet:
        """Return the blocs and the reason."""
        said = self.cleaned_data
        return ConditionNotMet(reason=said["reason"], blocs=tuple(said["blocs"]))


@form_for(Act.ANNUL_HEARING)
class AnnulmentForm(ReasonForm):
    """Why a jury is annulled."""

    lead = (
        "Ce que ce jury a donné est retiré, et le même dossier passe devant un autre jury. Le "
        "procès-verbal signé reste tel quel."
    )

    def facts(self) -> Annulment:
        """Return the reason."""
        return Annulment(self.cleaned_data["reason"])


@form_for(Act.RECTIFY_RESULT)
class RectificationForm(ActForm):
    """What the jury really gave, why the minutes say otherwise, and what proves it (R-076)."""

    lead = (
        "Le procès-verbal signé ne change pas. Cette rectification s’y ajoute, avec sa date et sa "
        "raison. Les papiers déjà remis sont marqués « rectifié »."
    )
    asked_by_law = ("reason", "evidence")
    won = forms.MultipleChoiceField(
        label="Les blocs que le jury a réellement accordés",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Seuls les blocs présentés à ce jury. Décochez celui qui a été accordé par erreur.",
    )
    condition = LongText(
        label="Réserve du jury, s’il y en a une",
        required=False,
        help_text="Laissez vide si le jury n’en a pas mis.",
    )
    reason = LongText(label="Quelle est l’erreur ?", required=False)
    evidence = forms.CharField(
        label="La pièce qui le prouve",
        required=False,
        max_length=300,
        help_text="Par exemple : grille signée du 12 mars, relevé des votes.",
    )

    def prepare(self) -> None:
        """Offer the blocs of the attempt that was judged, those that it gave being ticked, if one was."""
        attempt = self.journey.attempts.order_by("number").last()
        if attempt is None:
            return
        elsewhere = self.journey.awards.held().filter(attempt__isnull=True).values("bloc")
        shown = attempt.blocs.exclude(pk__in=elsewhere).order_by("position")
        field(self, "won").choices = [(bloc.code, bloc.title) for bloc in shown]
        held = attempt.awards.held().values_list("bloc__code", flat=True)
        self.initial.setdefault("won", list(held))
        if attempt.under_condition:
            self.initial.setdefault("condition", attempt.condition)

    def facts(self) -> Rectification:
        """Return what is so."""
        said = self.cleaned_data
        return Rectification(
            reason=said["reason"],
            won=tuple(said["won"]),
            condition=said["condition"],
            evidence=said["evidence"],
        )


@form_for(Act.RECORD_PRIOR_BLOC)
class HeldElsewhereForm(ActForm):
    """A bloc obtained elsewhere, where, when, and the file that proves it (R-073)."""

    asked_by_law = ("where", "proof")
    bloc = forms.ChoiceField(label="Le bloc", widget=forms.RadioSelect)
    where = forms.CharField(
        label="Où a-t-il été obtenu ?",
        max_length=200,
        required=False,
        help_text="Par exemple : une formation, un autre parcours, un autre centre.",
    )
    obtained_on = DateField(label="Obtenu le")
    proof = forms.FileField(
        label="L’attestation qui le prouve", required=False, help_text="PDF, JPEG ou PNG."
    )
    document = ""
    file_field = "proof"

    def prepare(self) -> None:
        """Offer the blocs of the certification that the person does not hold."""
        held = BlocAward.objects.still_valid().told().of(self.journey).values("bloc__code")
        open_blocs = self.journey.blocs.exclude(code__in=held).order_by("position")
        field(self, "bloc").choices = [(bloc.code, bloc.title) for bloc in open_blocs]

    def keep(self, by: User) -> None:
        """Keep the proof with the documents of the journey."""
        if proof := self.cleaned_data["proof"]:
            kind = DocumentKind.EQUIVALENCE
            self.document = str(store_upload(self.journey, kind, proof, by).pk)

    def facts(self) -> HeldElsewhere:
        """Return the bloc and its proof."""
        said = self.cleaned_data
        return HeldElsewhere(said["bloc"], said["where"], said["obtained_on"], self.document)


@form_for(Act.CONFIRM_PRIOR_BLOC, Act.REFUSE_PRIOR_BLOC)
class PriorBlocForm(ActForm):
    """Which bloc was checked, and what was found."""

    bloc = forms.ChoiceField(label="Le bloc vérifié", widget=forms.RadioSelect)
    reason = LongText(
        label="Ce que vous avez vérifié", required=False, help_text="Un refus dit pourquoi."
    )

    def prepare(self) -> None:
        """Offer the blocs that wait."""
        waiting = self.journey.prior_blocs.pending().select_related("bloc")
        field(self, "bloc").choices = [
            (one.bloc.code, f"{one.bloc.title} ({one.source})") for one in waiting
        ]

    def facts(self) -> PriorBlocAnswer:
        """Return the answer."""
        return PriorBlocAnswer(self.cleaned_data["reason"], self.cleaned_data["bloc"])
