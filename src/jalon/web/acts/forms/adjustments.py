"""Adjustments: asked in a few ticks or in one's own words, answered, shared with the jury, taken back."""

from typing import ClassVar

from django import forms

from jalon.journeys import queries
from jalon.journeys.models import Adjustment
from jalon.journeys.policy import certifies
from jalon.law.adjustments import holder, jury_is_over
from jalon.law.facts import (
    AdjustmentAnswer,
    AdjustmentRequest,
    AdjustmentSharing,
    AdjustmentWithdrawal,
)
from jalon.law.vocabulary import (
    Accompaniment,
    Act,
    Addressee,
    AdjustedStep,
    AdjustmentKind,
    AdjustmentOutcome,
    DocumentKind,
)
from jalon.now import today
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText, YesNoField, field
from jalon.web.templatetags.jalon import lower_first

#: How much of a request stands in a list of several.
SHOWN = 120


@form_for(Act.ASK_ADJUSTMENT)
class AdjustmentForm(ActForm):
    """What is needed, for which step; never why, and a proof only if the person wants (R-127)."""

    proof_kind: ClassVar[DocumentKind] = DocumentKind.ADJUSTMENT_PROOF
    asked_by_law = ("kinds",)
    step = forms.TypedChoiceField(
        label="Pour quelle étape ?",
        choices=AdjustedStep.choices(),
        coerce=AdjustedStep,
        widget=forms.RadioSelect,
    )
    kinds = forms.TypedMultipleChoiceField(
        label="Qu’est-ce qui vous aiderait ?",
        choices=AdjustmentKind.choices(),
        coerce=AdjustmentKind,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Cochez tout ce qui convient. Vous pouvez aussi l’écrire ci-dessous.",
    )
    words = LongText(
        label="Avec vos mots",
        required=False,
        help_text="Dites ce qu’il vous faut. Rien ne vous oblige à dire pourquoi.",
    )
    report_proof = forms.FileField(
        label="Un justificatif, seulement si vous le souhaitez",
        required=False,
        help_text="PDF, JPEG ou PNG, 15 Mo au plus.",
    )
    jury_may_know = YesNoField(
        label="Si c’est pour le jury : peut-il savoir ce qui est accordé ?",
        yes="Oui, pour qu’il s’organise",
        no="Non",
        required=False,
        help_text="Il ne lit ni votre demande ni votre justificatif. Vous pourrez changer d’avis.",
    )

    def prepare(self) -> None:
        """Say who reads the request, and offer only the steps that somebody holds and that are not over."""
        certifier = self.journey.certifier
        alone = self.journey.accompaniment == Accompaniment.ALONE
        attempt = self.journey.attempts.order_by("number").last()
        over = jury_is_over(attempt.hearing_on if attempt else None, today())
        offered = [
            one
            for one in AdjustedStep
            if not (alone and accompanies(one)) and not (over and one is AdjustedStep.JURY)
        ]
        field(self, "step").choices = [(one.value, one.label) for one in offered]
        who = [f"{certifier.name}, pour les dossiers et le jury"]
        if not alone:
            who.insert(0, "la personne qui vous accompagne, pour ses rendez-vous")
        self.lead = (
            f"Ces personnes lisent votre demande, et elles seules : {' ; '.join(who)}. Vous avez une "
            "réponse avant le jury."
        )
        if not certifier.works_here:
            passed_on = "Vous la lui transmettez" if alone else "Votre architecte la lui transmet"
            self.lead += f" {certifier.name} ne travaille pas dans Jalon. {passed_on}."

    def facts(self) -> AdjustmentRequest:
        """Return the request."""
        said = self.cleaned_data
        return AdjustmentRequest(
            said["step"],
            tuple(said["kinds"]),
            said["words"],
            jury_may_know=said["jury_may_know"] is True,
        )


def accompanies(step: AdjustedStep) -> bool:
    """Say whether a step is held by who accompanies."""
    return holder(step) == Addressee.ACCOMPANIST


class OfARequest(ActForm):
    """A form about one of the requests that its viewer reads."""

    number = forms.TypedChoiceField(label="La demande", coerce=int, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Offer the requests that the act may be about; a single one is chosen already."""
        offered = [(one.number, said_of(one)) for one in self.requests()]
        field(self, "number").choices = offered
        if len(offered) == 1:
            self.initial["number"] = offered[0][0]

    def requests(self) -> list[Adjustment]:
        """Return the requests to choose from, the oldest first."""
        if self.viewer is None:
            return []
        return list(queries.adjustments(self.viewer, self.journey).order_by("number"))


def said_of(one: Adjustment) -> str:
    """Return a request in a line: its number, its step, what is needed."""
    needs = ", ".join(one.needs)
    short = needs if len(needs) <= SHOWN else f"{needs[:SHOWN]}…"
    return f"N° {one.number}, {lower_first(one.step.label)} : {short}"


@form_for(Act.ANSWER_ADJUSTMENT)
class AdjustmentAnswerForm(OfARequest):
    """Granted, granted otherwise or refused: what is put in place, or why nothing is."""

    asked_by_law = ("words",)
    outcome = forms.TypedChoiceField(
        label="Votre réponse",
        choices=AdjustmentOutcome.choices(),
        coerce=AdjustmentOutcome,
        widget=forms.RadioSelect,
    )
    words = LongText(
        label="Ce qui sera mis en place, ou pourquoi ce n’est pas possible",
        required=False,
        help_text="Le candidat lit cette réponse. Le jury lit ce qui est accordé, si le candidat l’a "
        "voulu : n’écrivez rien de sa santé.",
    )

    def requests(self) -> list[Adjustment]:
        """Return those that wait for the side for which the viewer answers."""
        certifying = self.reported or bool(self.viewer and certifies(self.viewer, self.journey))
        return [
            one
            for one in super().requests()
            if not one.outcome and accompanies(one.step) != certifying
        ]

    def facts(self) -> AdjustmentAnswer:
        """Return the answer."""
        return AdjustmentAnswer(**self.cleaned_data)


@form_for(Act.SHARE_ADJUSTMENT)
class AdjustmentSharingForm(OfARequest):
    """Whether the jury may learn what is granted (R-123)."""

    jury_may_know = YesNoField(
        label="Le jury peut-il savoir ce qui est accordé ?",
        yes="Oui, pour qu’il s’organise",
        no="Non",
        help_text="Il ne lit ni votre demande ni votre justificatif.",
    )

    def requests(self) -> list[Adjustment]:
        """Return those about the jury that were not refused."""
        return [
            one
            for one in super().requests()
            if one.step == AdjustedStep.JURY and one.outcome != AdjustmentOutcome.REFUSED
        ]

    def facts(self) -> AdjustmentSharing:
        """Return the choice."""
        return AdjustmentSharing(**self.cleaned_data)


@form_for(Act.WITHDRAW_ADJUSTMENT)
class AdjustmentWithdrawalForm(OfARequest):
    """Which request is taken back."""

    lead = (
        "Votre demande, sa réponse et son justificatif sont effacés. Rien n’est plus mis en place "
        "pour elle."
    )

    def facts(self) -> AdjustmentWithdrawal:
        """Return the request to take back."""
        return AdjustmentWithdrawal(**self.cleaned_data)
