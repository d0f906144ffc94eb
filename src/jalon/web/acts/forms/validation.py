"""The validation file: its statement of originality, and what it leaves without."""

from django import forms

from jalon.journeys.snapshot import snapshot
from jalon.law import departure
from jalon.law.vocabulary import Act, Role
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.acts.forms.common import SignatureForm
from jalon.writing.queries import departure_of


@form_for(Act.SIGN_ORIGINALITY)
class OriginalityForm(SignatureForm):
    """The text is theirs."""

    sworn = forms.BooleanField(
        label="J’atteste que ce dossier est mon travail et décrit mon expérience.", required=False
    )


@form_for(Act.SEND_VALIDATION)
class SendingForm(ActForm):
    """Nothing is asked; what is missing is said, and keeps nothing back."""

    def missing(self) -> tuple[str, ...]:
        """Return what the file would leave without, in sentences."""
        if not self.journey.attempts.exists():
            return ()
        return departure.missing(departure_of(self.journey, snapshot(self.journey, Role.CANDIDATE)))
