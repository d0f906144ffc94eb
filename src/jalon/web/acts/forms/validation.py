"""The validation file: its statement of originality."""

from django import forms

from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import form_for
from jalon.web.acts.forms.common import SignatureForm


@form_for(Act.SIGN_ORIGINALITY)
class OriginalityForm(SignatureForm):
    """The text is theirs."""

    sworn = forms.BooleanField(
        label="J’atteste que ce dossier est mon travail et décrit mon expérience.", required=False
    )
