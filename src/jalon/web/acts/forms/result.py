"""After the result: the meeting that follows a jury."""

from django import forms

from jalon.journeys.models import BlocAward
from jalon.law.facts import PlanAction, PostJury
from jalon.law.vocabulary import Act
from jalon.web.acts.forms.base import ActForm, form_for
from jalon.web.fields import DateField, LongText


@form_for(Act.HOLD_POST_JURY)
class PostJuryForm(ActForm):
    """The meeting after the jury: an action for each missing bloc, or another project (R-081)."""

    held_on = DateField(label="Date de l’entretien")
    minutes = forms.IntegerField(label="Durée en minutes", min_value=1, max_value=600)
    report = LongText(label="Compte rendu")
    alternative = LongText(label="Ou un autre projet", required=False)

    def prepare(self) -> None:
        """Add what, who and when for each missing bloc."""
        held = BlocAward.objects.still_valid().told().of(self.journey).values("bloc")
        self.missing = list(self.journey.targeted.exclude(pk__in=held).order_by("position"))
        for bloc in self.missing:
            about = f"« {bloc.title} »"
            self.fields[f"action_{bloc.pk}"] = forms.CharField(
                label=f"Action pour {about}", required=False
            )
            self.fields[f"who_{bloc.pk}"] = forms.CharField(
                label=f"Qui s’en charge, pour {about}", required=False
            )
            self.fields[f"due_{bloc.pk}"] = DateField(
                label=f"Pour quand, pour {about}", required=False
            )

    def facts(self) -> PostJury:
        """Return the report and its plan."""
        said = self.cleaned_data
        actions = tuple(
            PlanAction(
                bloc.code, said[f"action_{bloc.pk}"], said[f"who_{bloc.pk}"], said[f"due_{bloc.pk}"]
            )
            for bloc in self.missing
            if said[f"action_{bloc.pk}"] and said[f"due_{bloc.pk}"]
        )
        return PostJury(
            said["held_on"], said["minutes"], said["report"], actions, said["alternative"]
        )
