"""What a panel writes of one candidate: independence, presence, assessments, votes, addenda."""

from typing import Any

from django import forms

from jalon.catalogue.models import Competence
from jalon.juries.models import Hearing, Seat
from jalon.law.facts import BlocVote
from jalon.law.vocabulary import Mastery
from jalon.web.fields import LongText, YesNoField, field, group, mark_asked_by_law
from jalon.web.juror.hearings import assessments_in_words, present_seats


class DeclarationForm(forms.Form):
    """Independence towards one candidate (R-064)."""

    related = YesNoField(
        label="Avez-vous, ou avez-vous eu, un lien professionnel ou personnel avec ce candidat ?",
        yes="Oui, un lien",
        no="Non, aucun lien",
    )
    detail = forms.CharField(label="Si oui, lequel ?", required=False)


class PresenceForm(forms.Form):
    """Who sits for one candidate (R-059, R-071): the votes are those of the members present."""

    present = forms.ModelMultipleChoiceField(
        label="Qui siège pour ce candidat ?",
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Décochez les absents, et qui se retire pour ce candidat : leur voix ne compte pas.",
    )

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = shown.session.panel.select_related("juror__user")
        field(self, "present").queryset = seats
        mark_asked_by_law(self, "present")
        field(self, "present").initial = list(present_seats(shown))

    def seats(self) -> list[int]:
        """Return the keys of the seats that are held."""
        return [seat.pk for seat in self.cleaned_data["present"]]


class AssessmentsForm(forms.Form):
    """What the panel finds, competence by competence (R-072)."""

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {one.competence_id: one for one in shown.assessments.all()}
        self.competences = list(
            Competence.objects.filter(bloc__attempts=shown.attempt)
            .select_related("bloc")
            .prefetch_related("criteria")
            .order_by("bloc__position", "position")
        )
        for one in self.competences:
            found = kept.get(one.pk)
            self.fields[f"mastery_{one.pk}"] = forms.ChoiceField(
                label=one.title,
                choices=Mastery.choices(),
                widget=forms.RadioSelect,
                required=False,
                help_text=" ".join(criterion.text for criterion in one.criteria.all()),
                initial=found.mastery if found else None,
            )
            self.fields[f"comment_{one.pk}"] = forms.CharField(
                label=f"Remarque sur « {one.title} »",
                required=False,
                initial=found.comment if found else "",
            )
            mark_asked_by_law(self, f"mastery_{one.pk}")
            group(self, one.bloc.title, f"mastery_{one.pk}", f"comment_{one.pk}")

    def assessments(self) -> dict[Competence, tuple[Mastery, str]]:
        """Return what was found so far."""
        said = self.cleaned_data
        return {
            one: (Mastery(said[f"mastery_{one.pk}"]), said[f"comment_{one.pk}"])
            for one in self.competences
            if said[f"mastery_{one.pk}"]
        }


#: The president's vote, as the form says it.
CASTING = {None: "", True: "oui", False: "non"}


class VotesForm(forms.Form):
    """The votes, bloc by bloc (R-062)."""

    def __init__(self, *args: Any, shown: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {one.bloc_id: one for one in shown.votes.all()}
        found = assessments_in_words(shown)
        self.blocs = list(shown.attempt.blocs.order_by("position"))
        for bloc in self.blocs:
            vote = kept.get(bloc.pk)
            asked = {
                f"for_{bloc.pk}": forms.IntegerField(
                    label="Voix pour",
                    min_value=0,
                    initial=vote.votes_for if vote else None,
                    help_text=found.get(bloc.pk, "Aucune compétence n’est encore évaluée."),
                ),
                f"against_{bloc.pk}": forms.IntegerField(
                    label="Voix contre",
                    min_value=0,
                    initial=vote.votes_against if vote else None,
                ),
                f"president_{bloc.pk}": forms.ChoiceField(
                    label="Vote du président, s’il y a égalité",
                    required=False,
                    choices=[("", "Pas d’égalité"), ("oui", "Pour"), ("non", "Contre")],
                    initial=CASTING[vote.president_for] if vote else "",
                ),
                f"ground_{bloc.pk}": LongText(
                    label="Motif, si le bloc n’est pas acquis",
                    required=False,
                    help_text="Au regard du référentiel seulement.",
                    initial=vote.ground if vote else "",
                ),
            }
            self.fields.update(asked)
            group(self, bloc.title, *asked)

    def votes(self) -> dict[Any, BlocVote]:
        """Return the votes."""
        said = self.cleaned_data
        return {
            bloc: BlocVote(
                bloc.code,
                said[f"for_{bloc.pk}"],
                said[f"against_{bloc.pk}"],
                next(
                    kept for kept, word in CASTING.items() if word == said[f"president_{bloc.pk}"]
                ),
                said[f"ground_{bloc.pk}"],
            )
            for bloc in self.blocs
        }


class AddendumForm(forms.Form):
    """A correction of signed minutes."""

    text = LongText(label="Additif au procès-verbal")
