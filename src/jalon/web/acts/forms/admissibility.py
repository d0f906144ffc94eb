"""The decision on admissibility: gaps, recommendations, reasons."""

from django import forms

from jalon.law.facts import Decision, GapFound, Overturning, Receipt
from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText


@form_for(Act.DECLARE_COMPLETE)
class ReceiptForm(ActForm):
    """The day on which the complete file came, when it came by post (R-026)."""

    received_on = DateField(
        label="Dossier complet arrivé le",
        required=False,
        help_text="Les deux mois se comptent de ce jour. Laissez vide s’il est arrivé le jour de son envoi.",
    )

    def prepare(self) -> None:
        """What is sent here is received at once: only a file sent by post has a day of its own."""
        if self.journey.on_portal:
            del self.fields["received_on"]

    def facts(self) -> Receipt:
        """Return the day, if one was given."""
        return Receipt(self.cleaned_data.get("received_on"))


@form_for(Act.DECLARE_ADMISSIBLE, Act.DECLARE_INADMISSIBLE, Act.CONFIRM_TACIT)
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

    def facts(self) -> Decision:
        """Return the decision."""
        said = self.cleaned_data
        gaps = tuple(
            GapFound(title, said[name]) for name, title in self.targets if said[name].strip()
        )
        return Decision(gaps, said["recommendations"], said["reason"], said.get("valid_until"))


@form_for(Act.OVERTURN_TACIT)
class OverturningForm(ActForm):
    """Grave reasons, and what the candidate said when they were heard (R-031)."""

    asked_by_law = ("reason", "heard_on", "observations")
    reason = LongText(
        label="Motifs graves de ce retrait",
        required=False,
        help_text="Le silence a donné un droit au candidat : aucun texte ne prévoit de le retirer.",
    )
    heard_on = DateField(label="Candidat entendu le", required=False)
    observations = LongText(label="Ce que le candidat a répondu", required=False)

    def facts(self) -> Overturning:
        """Return the decision."""
        return Overturning(**self.cleaned_data)
