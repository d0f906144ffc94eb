"""Changing who accompanies, or who has the file."""

from django import forms

from jalon.law.facts import AccompanimentRequest, Reason, ReassignmentRequest
from jalon.law.vocabulary import Act
from jalon.now import today
from jalon.people import queries as people
from jalon.people.models import Organisation, User
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.registration import with_territory
from jalon.web.fields import LongText, field

IN_OTHER_HANDS = "L’organisme actuel ne verra plus votre dossier."


@form_for(Act.LEAVE_ACCOMPANIMENT)
class LeavingForm(ActForm):
    """A candidate goes on alone, and need not say why."""

    lead = (
        "Votre parcours continue au même endroit, et tout ce que vous avez écrit reste. Vous signez "
        f"et envoyez vous-même. {IN_OTHER_HANDS} Vous pourrez redemander un accompagnement."
    )
    reason = LongText(label="Voulez-vous dire pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason, if any."""
        return Reason(self.cleaned_data["reason"])


@form_for(Act.END_ACCOMPANIMENT)
class EndingForm(ActForm):
    """An accompaniment ends, the journey does not."""

    lead = (
        "Le parcours continue : la personne avance seule, ou choisit un autre organisme. Elle reçoit "
        "votre motif. Votre organisme ne verra plus le dossier."
    )
    asked_by_law = ("reason",)
    reason = LongText(label="Pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason."""
        return Reason(self.cleaned_data["reason"])


@form_for(Act.ASK_ACCOMPANIMENT)
class AskingForm(ActForm):
    """Which organisation a candidate asks, among those that can serve."""

    organisation = forms.ModelChoiceField(
        label="Quel organisme ?",
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = LongText(label="Voulez-vous lui dire quelque chose ?", required=False)

    def prepare(self) -> None:
        """Offer the organisations that can serve, but the one that accompanies already."""
        serving = people.serving(self.journey.route, today())
        offered = [one.pk for one in serving if one.pk != self.journey.organisation_id]
        found = Organisation.objects.filter(pk__in=offered)
        field(self, "organisation").queryset = found.order_by("territory", "name", "pk")
        field(self, "organisation").label_from_instance = with_territory
        if self.journey.organisation_id:
            self.lead = f"{IN_OTHER_HANDS} Le nouvel organisme vous contacte."
        if not offered:
            self.lead = "Aucun autre organisme ne peut prendre de dossier aujourd’hui."

    def facts(self) -> AccompanimentRequest:
        """Return the organisation asked."""
        said = self.cleaned_data
        return AccompanimentRequest(said["organisation"].pk, said["reason"])


@form_for(Act.REASSIGN)
class ReassigningForm(ActForm):
    """To which colleague a file goes."""

    architect = forms.ModelChoiceField(
        label="À qui ?", queryset=User.objects.none(), empty_label="Choisissez"
    )
    reason = LongText(label="Pourquoi ?", required=False)

    def prepare(self) -> None:
        """Offer the colleagues who work there."""
        organisation = self.journey.organisation_id
        if organisation:
            colleagues = people.colleagues(organisation).exclude(pk=self.journey.architect_id or 0)
            field(self, "architect").queryset = colleagues

    def facts(self) -> ReassignmentRequest:
        """Return the colleague."""
        return ReassignmentRequest(self.cleaned_data["architect"].pk, self.cleaned_data["reason"])


@form_for(Act.WITHDRAW_MANDATE)
class WithdrawalForm(ActForm):
    """A mandate is withdrawn at once."""

    lead = (
        "Dès maintenant, vous êtes la seule personne à pouvoir envoyer vos dossiers. Votre "
        "architecte en est prévenu. Ce qui est déjà envoyé le reste."
    )
