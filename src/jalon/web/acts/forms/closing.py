"""Leaving a journey."""

from django import forms

from jalon.law.facts import Death, EndProposal, Leaving, Nothing
from jalon.law.vocabulary import Act, DropOutReason, End
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText, field


@form_for(Act.DROP_OUT)
class LeavingForm(ActForm):
    """Why a journey stops."""

    lead = (
        "Votre parcours s’arrête, vos délais aussi, et une date de jury est annulée. Ce que vous avez "
        "écrit reste : vous pourrez reprendre."
    )
    reason = forms.ChoiceField(
        label="Pourquoi ?", choices=DropOutReason.choices(), widget=forms.RadioSelect
    )
    comment = LongText(label="Voulez-vous ajouter quelque chose ?", required=False)

    def prepare(self) -> None:
        """Ask a candidate only what a candidate would answer."""
        if self.mine:
            reasons = [one for one in DropOutReason if one is not DropOutReason.SILENT]
            field(self, "reason").choices = [(one.value, one.label) for one in reasons]

    def facts(self) -> Leaving:
        """Return the reason."""
        said = self.cleaned_data
        return Leaving(DropOutReason(said["reason"]), said["comment"])


@form_for(Act.PROPOSE_END)
class EndProposalForm(ActForm):
    """What an architect proposes: the candidate decides."""

    lead = (
        "Le candidat reçoit votre proposition et décide. Pour cesser de l’accompagner sans "
        "arrêter son parcours, choisissez « Mettre fin à l’accompagnement »."
    )
    asked_by_law = ("reason",)
    end = forms.TypedChoiceField(
        label="Que proposez-vous ?", choices=End.choices(), coerce=End, widget=forms.RadioSelect
    )
    reason = LongText(label="Pourquoi ?", required=False)

    def facts(self) -> EndProposal:
        """Return the proposal."""
        return EndProposal(**self.cleaned_data)


@form_for(Act.RESUME)
class ResumingForm(ActForm):
    """A candidate goes on where they stopped."""

    lead = (
        "Votre parcours reprend avec tout ce que vous aviez écrit. Un dossier qui était parti est à "
        "signer et à envoyer de nouveau. Le délai de votre recevabilité n’a pas cessé de courir."
    )

    def facts(self) -> Nothing:
        """Return nothing: where it goes on is known."""
        return Nothing()


@form_for(Act.CLOSE_DECEASED)
class DeathForm(ActForm):
    """A person died, or was declared absent, and a paper says so."""

    lead = (
        "Le dossier est clos et le compte fermé. Plus aucun courriel n’est envoyé à la personne. Ses "
        "héritiers peuvent demander les documents de ce qu’elle avait obtenu."
    )
    asked_by_law = ("evidence",)
    on = DateField(label="Date du décès, ou du jugement")
    evidence = forms.CharField(
        label="Pièce qui le prouve",
        required=False,
        help_text="Par exemple : acte de décès reçu de la famille.",
    )

    def facts(self) -> Death:
        """Return the day and its proof."""
        return Death(**self.cleaned_data)
