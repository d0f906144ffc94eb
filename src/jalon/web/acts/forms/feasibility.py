"""The feasibility file: what the accompanist says of it before the candidate signs."""

from django import forms

from jalon.law.cerfa import Statement
from jalon.law.facts import OpinionGiven, Signature
from jalon.law.vocabulary import Act, Opinion
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.common import SignatureForm
from jalon.web.fields import LongText, mark_asked_by_law


@form_for(Act.GIVE_OPINION)
class OpinionForm(ActForm):
    """The accompanist's opinion (R-015, R-016)."""

    opinion = forms.ChoiceField(
        label="Votre avis", choices=Opinion.choices(), widget=forms.RadioSelect
    )
    comment = LongText(label="Motifs", required=False)

    def facts(self) -> OpinionGiven:
        """Return the opinion."""
        return OpinionGiven(Opinion(self.cleaned_data["opinion"]), self.cleaned_data["comment"])


@form_for(Act.CONFIRM_FEASIBILITY)
class FeasibilitySignatureForm(SignatureForm):
    """Read, sworn, signed; on the 2002 route each of the four statements is ticked (R-041)."""

    place = forms.CharField(label="Fait à", required=False, max_length=100)

    def prepare(self) -> None:
        """Ask for the statements of the route."""
        if self.journey.on_portal:
            del self.fields["place"]
            return
        del self.fields["sworn"]
        for one in Statement:
            self.fields[one.value] = forms.BooleanField(label=one.label, required=False)
        self.order_fields(["read", *Statement, "place", "name"])
        mark_asked_by_law(self, "place")

    def facts(self) -> Signature:
        """Return the signature, with the statements that were ticked."""
        if self.journey.on_portal:
            return super().facts()
        said = self.cleaned_data
        sworn = tuple(one.value for one in Statement if said[one.value])
        return Signature(
            read=said["read"],
            sworn=len(sworn) == len(Statement),
            name=said["name"],
            statements=sworn,
            place=said["place"],
        )
