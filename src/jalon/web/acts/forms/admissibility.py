"""The decision on admissibility: gaps, recommendations, reasons."""

from django import forms

from jalon.law.facts import Decision, GapFound, Overturning, Reason, Receipt
from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, Impersonal, LongText, mark_asked_by_law


@form_for(Act.CONFIRM_SHEET)
class SheetForm(ActForm):
    """What becomes of a certification whose registration ends (R-011)."""

    asked_by_law = ("reason",)
    reason = LongText(
        label="Que devient cette certification ?",
        required=False,
        help_text="La décision qui prolonge son enregistrement, ou le numéro de la fiche qui la remplace.",
        widget=Impersonal(attrs={"rows": 5}),
    )

    def facts(self) -> Reason:
        """Return the certifier's word."""
        return Reason(self.cleaned_data["reason"])


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


class DecisionForm(ActForm):
    """A decision: the gaps by competence, their analysis, recommendations, reasons (R-032, R-033)."""

    analysis = LongText(
        label="Analyse des écarts",
        required=False,
        help_text="Comparez l’expérience au référentiel. S’il n’y a pas d’écart, dites-le.",
    )
    recommendations = LongText(label="Recommandations", required=False)
    reason = LongText(label="Motifs", required=False)

    def prepare(self) -> None:
        """Add one text for each competence; the analysis is always asked on the 2002 route."""
        if self.journey.on_portal:
            del self.fields["analysis"]
        else:
            mark_asked_by_law(self, "analysis")
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
        return Decision(
            gaps,
            said["recommendations"],
            said["reason"],
            said.get("valid_until"),
            said.get("analysis", ""),
        )


@form_for(Act.DECLARE_ADMISSIBLE, Act.CONFIRM_TACIT)
class AdmissionForm(DecisionForm):
    """A favourable decision; on the 2002 route it says until when it holds (R-047)."""

    lead = (
        "Un écart n’empêche pas d’être recevable. Écrivez en face de la compétence ce qui manque à "
        "l’expérience : le candidat et son architecte le liront."
    )

    valid_until = DateField(
        label="Recevabilité valable jusqu’au",
        required=False,
        help_text="Votre décision dit combien de temps elle vaut.",
    )

    def prepare(self) -> None:
        """Ask for the limit of validity on the 2002 route only."""
        super().prepare()
        if self.journey.on_portal:
            del self.fields["valid_until"]
        else:
            mark_asked_by_law(self, "valid_until")


@form_for(Act.DECLARE_INADMISSIBLE)
class RefusalForm(DecisionForm):
    """An unfavourable decision: gaps or reasons."""

    reason = LongText(
        label="Motifs", required=False, help_text="À écrire si vous ne nommez aucun écart."
    )

    def prepare(self) -> None:
        """Ask for reasons, which stand in for the gaps that are not named."""
        super().prepare()
        mark_asked_by_law(self, "reason")


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
