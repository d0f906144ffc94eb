"""The procedure for fraud."""

from jalon.law.facts import FraudOpening
from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText


@form_for(Act.OPEN_FRAUD)
class FraudForm(ActForm):
    """What is held against the candidate, and until when they may answer (R-082)."""

    grounds = LongText(label="Faits reprochés")
    answer_by = DateField(
        label="Observations attendues jusqu’au",
        help_text="Assez tard pour que la personne ait le temps de répondre.",
    )

    def facts(self) -> FraudOpening:
        """Return the opening."""
        return FraudOpening(**self.cleaned_data)
