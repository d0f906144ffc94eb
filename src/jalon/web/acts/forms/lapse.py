"""Keeping an admissibility alive: steps, reasons, extensions; and its lapse (caducité)."""

from django import forms

from jalon.law.facts import Claim, Extension, Lapse, Step
from jalon.law.vocabulary import Act, Motive, StepKind
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText


def proof_field() -> forms.FileField:
    """Return the field of the file that proves what is told; the journal keeps it with the act."""
    return forms.FileField(
        label="Le justificatif", required=False, help_text="PDF, JPEG ou PNG, 15 Mo au plus."
    )


@form_for(Act.RECORD_STEP)
class StepForm(ActForm):
    """A step that keeps an admissibility alive, and what proves it (R-045)."""

    asked_by_law = ("kind", "text", "evidence")
    on = DateField(label="Date")
    kind = forms.ChoiceField(
        label="C’est",
        choices=StepKind.choices(),
        widget=forms.RadioSelect,
        required=False,
    )
    text = LongText(
        label="Ce qui a été fait",
        required=False,
        help_text="Une formation, un atelier d’écriture, une période en entreprise…",
    )
    evidence = forms.CharField(
        label="Ce qui le prouve",
        required=False,
        help_text="Une attestation, une feuille de présence, un courriel.",
    )
    report_proof = proof_field()

    def facts(self) -> Step:
        """Return the step."""
        said = self.cleaned_data
        return Step(
            on=said["on"],
            text=said["text"],
            evidence=said["evidence"],
            kind=StepKind.or_none(said["kind"]),
        )


@form_for(Act.CLAIM_REASON)
class ClaimForm(ActForm):
    """Why no step was made in six months, and what proves it (R-044)."""

    asked_by_law = ("reason", "evidence")
    motive = forms.TypedChoiceField(
        label="C’est",
        choices=Motive.choices(),
        coerce=Motive,
        empty_value=Motive.OTHER,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = LongText(
        label="Quel motif vous a empêché d’avancer ?",
        required=False,
        help_text="En une phrase : le certificateur la lira. Ne donnez pas de détail médical.",
    )
    evidence = forms.CharField(
        label="Ce qui le prouve",
        required=False,
        help_text="Par exemple une attestation, avec les dates.",
    )
    report_proof = proof_field()

    def facts(self) -> Claim:
        """Return the reason and its proof."""
        return Claim(**self.cleaned_data)


@form_for(Act.EXTEND_VALIDITY)
class ExtensionForm(ActForm):
    """Until when an admissibility holds from now on (R-047)."""

    valid_until = DateField(label="Recevabilité valable jusqu’au")
    reason = LongText(label="Motifs", required=False)

    def facts(self) -> Extension:
        """Return the new limit."""
        return Extension(**self.cleaned_data)


@form_for(Act.CONFIRM_LAPSE)
class LapseForm(ActForm):
    """A person vouches that nothing excuses the silence (R-044)."""

    no_legitimate_reason = forms.BooleanField(
        label="J’ai vérifié : aucun motif légitime n’explique cette absence d’étape.",
        required=False,
    )
    comment = LongText(label="Ce qui a été vérifié", required=False)

    def facts(self) -> Lapse:
        """Return the confirmation."""
        return Lapse(**self.cleaned_data)
