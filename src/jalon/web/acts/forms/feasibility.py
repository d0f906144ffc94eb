"""The feasibility file: what the accompanist says of it before the candidate signs."""

from django import forms

from jalon.law.facts import OpinionGiven
from jalon.law.vocabulary import Act, Opinion
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import LongText


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
