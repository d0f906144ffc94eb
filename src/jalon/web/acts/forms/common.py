"""The forms that acts of several chapters share: by the facts that their rows ask for."""

from django import forms

from jalon.law.facts import DatedNote, Missing, Nothing, Reason, Signature
from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import ActForm, form_for, form_for_facts
from jalon.web.fields import ONE_LINE, DateField, LongText


@form_for_facts(Nothing)
class ConfirmationForm(ActForm):
    """An act that brings nothing but itself."""


@form_for(Act.SEND_FEASIBILITY)
class SendingForm(ActForm):
    """A file leaves; its paper is printed after."""

    def told_once_done(self) -> str:
        """Say that the paper is to come, and where: the page that follows does not show it yet."""
        where = "« Mes documents »" if self.mine else "les documents du dossier"
        return f"Son PDF se prépare : il sera dans {where} dans un instant."


@form_for_facts(Reason)
class ReasonForm(ActForm):
    """Why."""

    asked_by_law = ("reason",)
    reason = LongText(label="Pourquoi ?", required=False)

    def facts(self) -> Reason:
        """Return the reason."""
        return Reason(self.cleaned_data["reason"])


@form_for_facts(Signature)
class SignatureForm(ActForm):
    """Read, sworn, signed by name."""

    asked_by_law = ("name",)
    read = forms.BooleanField(label="J’ai relu le dossier en entier.", required=False)
    sworn = forms.BooleanField(
        label="Je déclare sur l’honneur que ces informations sont exactes.", required=False
    )
    name = forms.CharField(
        label="Votre prénom et votre nom, en guise de signature",
        max_length=ONE_LINE,
        required=False,
    )

    def facts(self) -> Signature:
        """Return the signature."""
        return Signature(**self.cleaned_data)


@form_for_facts(Missing)
class MissingForm(ActForm):
    """What is missing, one thing a line (R-026)."""

    asked_by_law = ("items",)
    items = forms.CharField(
        label="Ce qui manque",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text="Une chose par ligne.",
    )
    comment = LongText(label="Message au candidat", required=False)

    def facts(self) -> Missing:
        """Return the list."""
        lines = (line.strip() for line in self.cleaned_data["items"].splitlines())
        return Missing(tuple(line for line in lines if line), self.cleaned_data["comment"])


@form_for_facts(DatedNote)
class DatedNoteForm(ActForm):
    """Something that happened, and what proves it (R-045)."""

    asked_by_law = ("text", "evidence")
    on = DateField(label="Date")
    text = LongText(label="Ce qui a été fait", required=False)
    evidence = forms.CharField(label="Ce qui le prouve", required=False)

    def facts(self) -> DatedNote:
        """Return the dated note."""
        return DatedNote(**self.cleaned_data)
