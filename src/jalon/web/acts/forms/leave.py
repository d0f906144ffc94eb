"""The leave for a VAE, asked of an employer."""

from django import forms

from jalon.law.facts import Leave
from jalon.law.rulebook import value
from jalon.law.vocabulary import Act, LeaveFor
from jalon.now import today
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, field


@form_for(Act.ASK_LEAVE)
class LeaveForm(ActForm):
    """What the letter to the employer says; Jalon sends it to nobody (R-107)."""

    asked_by_law = ("employer",)
    lead = (
        "Jalon écrit la lettre, avec la preuve que vous êtes recevable. Elle reste dans vos documents : "
        "c’est vous qui la donnez à votre employeur. Le certificateur ne la voit pas."
    )
    employer = forms.CharField(label="Votre employeur", max_length=200, required=False)
    purpose = forms.TypedChoiceField(
        label="Ce congé sert à",
        choices=LeaveFor.choices(),
        coerce=LeaveFor,
        widget=forms.RadioSelect,
    )
    starts_on = DateField(label="Début du congé")
    ends_on = DateField(label="Fin du congé")
    hours = forms.IntegerField(label="Nombre d’heures", min_value=1)
    agreement = forms.CharField(
        label="L’accord collectif qui en donne davantage, s’il y en a un",
        max_length=200,
        required=False,
    )
    previous_on = DateField(
        label="Début de votre dernier congé VAE dans cette entreprise, s’il y en a eu un",
        required=False,
    )

    def prepare(self) -> None:
        """Say from when, and how long, a leave may be."""
        days, hours = value("R-107", "days", today()), value("R-106", "hours", today())
        field(self, "starts_on").help_text = f"Dans {days} jours au plus tôt."
        field(self, "hours").help_text = f"{hours} heures au plus par session."

    def facts(self) -> Leave:
        """Return the leave."""
        return Leave(**self.cleaned_data)
