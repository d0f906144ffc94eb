"""The procedure for fraud."""

from datetime import timedelta

from jalon.law.facts import FraudOpening
from jalon.law.rulebook import value
from jalon.law.vocabulary import Act, Setting
from jalon.now import today
from jalon.people.queries import settled
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText


@form_for(Act.OPEN_FRAUD)
class FraudForm(ActForm):
    """What is held against the candidate, and until when they may answer (R-082)."""

    grounds = LongText(label="Faits reprochés")
    answer_by = DateField(label="Observations attendues jusqu’au")

    def prepare(self) -> None:
        """Say how long the certifier gives at least, or the house until then, and propose that day."""
        settings = settled(self.journey.certifier_id)
        days = settings.value(Setting.FRAUD_ANSWER, today())
        given = settings.said(Setting.FRAUD_ANSWER, today())
        if days is None:
            days = value("R-082", "answer_days", today())
            given = f"{given} ; d’ici là, Jalon demande {days} jours"
        self.fields["answer_by"].help_text = f"Délai laissé au moins : {given}."
        self.fields["answer_by"].initial = today() + timedelta(days=days)

    def facts(self) -> FraudOpening:
        """Return the opening."""
        return FraudOpening(**self.cleaned_data)
