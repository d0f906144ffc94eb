"""The validation file: its statement of originality, and what it leaves without."""

from django import forms

from jalon.journeys.snapshot import snapshot
from jalon.law import departure
from jalon.law.vocabulary import Act, Role
from jalon.web.acts.forms.base import form_for
from jalon.web.acts.forms.common import SendingForm, SignatureForm
from jalon.writing.aids import helped_by
from jalon.writing.queries import departure_of


@form_for(Act.SIGN_ORIGINALITY)
class OriginalityForm(SignatureForm):
    """The text is theirs."""

    sworn = forms.BooleanField(
        label="J’atteste que ce dossier est mon travail et décrit mon expérience.", required=False
    )

    @property
    def lead(self) -> str:  # type: ignore[override]  # told of each file
        """Return what tells whoever was helped that they may sign all the same."""
        helped = " et ".join(helped_by(self.journey))
        if not helped:
            return ""
        return (
            f"L’aide de {helped} pour écrire est permise : elle est dite au bas du dossier. Vous signez "
            "que c’est bien votre expérience, et que vous avez relu et approuvé chaque texte."
        )


@form_for(Act.SEND_VALIDATION)
class ValidationSendingForm(SendingForm):
    """Nothing is asked; what is missing is said, and keeps nothing back."""

    def missing(self) -> tuple[str, ...]:
        """Return what the file would leave without, in sentences."""
        if not self.journey.attempts.exists():
            return ()
        seen = departure_of(self.journey, snapshot(self.journey, Role.CANDIDATE))
        return departure.missing_to_candidate(seen) if self.mine else departure.missing(seen)
